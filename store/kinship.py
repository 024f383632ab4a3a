"""By what rule one kind of name counts as another: a people, a capital, a name in another language; pure.

And which words of one stem are forms of one word: a stemmer joins "executive" and "execution" too.
"""

from __future__ import annotations

import re

from store.sought import Rule

_ANOTHER_WORD = re.compile(r"(ive|ity|ful|ant|(?<!m)ent|[ae]ncy|national)(?:s|ly)?$")
"""Endings that make a word of its own, as often as not: "objective", "authority", "important", "emergency",
"international"."""

_VIEW = re.compile(r"is(m|ts?)$")
_MANNER = re.compile(r"ly$|(?<=[a-z]{3})at(?:e[sd]?|ing|ions?|ors?)$")
"""Endings of what people believe in, and of how something is done, or what is: "extremely" is no form of "extremism",
nor "communication" of "communism"."""

_MANY = re.compile(r"(?<=it|nc)ies$")
_DEED = re.compile(r"ations?$")
"""The ending of what those do who are called by the same stem and "ant": immigrants, "immigration"."""


_REGULAR = tuple(
    (re.compile(pattern), tuple(instead.split("|")))
    for pattern, instead in (
        (r"ies$|ied$|ier$|iest$", "y"),
        (r"(?<=[hosxz])es$", "|e"),
        (r"(?<!s)s$", ""),
        (r"e[dr]$|est$|ers$|ing$|ings$", "|e"),
        (r"ly$|ness$|less$|ful$", ""),
    )
)
"""Regular endings of English, and what stands in their place in the word itself."""


def bases(word: str) -> tuple[str, ...]:
    """Return what a folded word may be a regular form of: "stop" and "stopp" for "stopping", "city" for "cities"."""
    found = [ending.sub(one, word) for ending, instead in _REGULAR if ending.search(word) for one in instead]
    undoubled = [base[:-1] for base in found if base[-1:] == base[-2:-1]]
    return tuple(dict.fromkeys((*found, *undoubled)))


def rule_of(typed: str, said: str) -> Rule:
    """Return by what rule one kind of name counts as another kind that was typed."""
    if typed == "wider":
        return Rule.NARROWER
    if "capital" in {typed, said} and typed != said:
        return Rule.CAPITAL if said == "capital" else Rule.GOVERNED
    if "alike" in {typed, said}:
        return Rule.ALIKE
    if typed == "foreign":
        return Rule.FOREIGN
    if typed == "people":
        return Rule.COUNTRY if said != "people" else Rule.NAME
    return Rule.PEOPLE if said == "people" else Rule.NAME


def are_forms(word: str, other: str) -> bool:
    """Tell whether two folded words of one stem are forms of one word, not words that only come of the same one."""
    endings = _ending(word), _ending(other)
    if any(_VIEW.search(one) and _MANNER.search(two) for one, two in ((word, other), (other, word))):
        return False
    does = any(ending == "ant" for ending in endings) and any(_DEED.search(one) for one in (word, other))
    return endings[0] == endings[1] or does


def _ending(word: str) -> str:
    found = _ANOTHER_WORD.search(_MANY.sub("y", word))
    return found[1] if found else ""
