"""Which words of one stem are forms of one word: a stemmer joins "capital" and "capitalism" too.

Forms are what English bends by rule, and what is made of a word so that whoever asks for one wants the other, as the
table `derived.tsv` beside this module has it, with its source. What is made of a word with another stem, as the table
`related.tsv` has it, is no form of it, but means nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from store.spellings import common_form
from store.text import STOP_WORDS

DERIVED = Path(__file__).with_name("derived.tsv")
RELATED = Path(__file__).with_name("related.tsv")

_ANOTHER_WORD = re.compile(r"(ive|ity|ful|ant|(?<!m)ent|[ae]ncy|national)(?:s|ly)?$")
"""Endings that make a word of its own, as often as not: "objective", "authority", "important", "emergency",
"international"."""

_MANY = re.compile(r"(?<=it|nc)ies$")
_DEED = re.compile(r"ations?$")
"""The ending of what those do who are called by the same stem and "ant": immigrants, "immigration"."""

_QUALITY = re.compile(r"(?<=[ae]n)ces?$")
"""The ending of the quality that what ends in "ant" or "ent" has: deterrents, "deterrence"."""

_BENT = tuple(
    (re.compile(pattern), tuple(instead.split("|")))
    for pattern, instead in (
        (r"ies$|ied$|ier$|iest$", "y"),
        (r"(?<=[hosxz])es$", "|e"),
        (r"(?<!s)s$", ""),
        (r"e[dr]$|est$|ers$|ing$|ings$", "|e"),
    )
)
"""Regular endings of English, and what stands in their place in the word itself."""

_UNBENT = {
    word: base
    for base, *words in map(
        str.split,
        """
        even evening evenings
        engine engineer engineers engineering
        market marketing
        mean meaning meanings
        new news
        office officer officers
        secret secreted
        severe severed
        suite suited
        unit united uniting
        us used uses using
        """.strip().splitlines(),
    )
    for word in words
}
"""Words that look bent by rule, each with the word of its stem that it is no form of: "news" is not "new"."""

_MADE = (*_BENT, (re.compile(r"ly$|ness$|less$|ful$"), ("",)))
"""These, and endings that make another word of most."""

_SYSTEMATIC = tuple(
    (re.compile(pattern), (instead,))
    for pattern, instead in (
        (r"is(?:ation|er)$", "ise"),  # radicalisation
        (r"ical(?:ly)?$", "ic"),  # historical
        (r"(?<=[a-z]{3}[st]ion)al(?:ly)?$", ""),  # conditional
        (r"(?<=[a-z]{3}(?:al|us|ve|te))ly$", ""),  # notoriously
    )
)
"""Endings that make another word of any, which is sought with it, and what stands in their place."""


def bases(word: str) -> tuple[str, ...]:
    """Return what a folded word may be a regular form of: "stop" and "stopp" for "stopping", "city" for "cities"."""
    return _without(word, _MADE)


@lru_cache(maxsize=16384)  # Asked of each name that a word typed may be, time and again of the same.
def are_forms(word: str, other: str) -> bool:
    """Tell whether two folded words of one stem are forms of one word, not words that only come of the same one."""
    if (word in STOP_WORDS) != (other in STOP_WORDS):  # "Hi" is none of "his".
        return False
    if word != other and word.rstrip("s").isdecimal():  # The "80s" are no 80.
        return False
    endings = _ending(word), _ending(other)
    if endings[0] != endings[1]:
        named = dict(zip(endings, (other, word), strict=True))
        if _DEED.search(named.get("ant", "")):
            return True
        if not any(_QUALITY.search(named.get(ending, "")) for ending in ("ant", "ent")):
            return False
    own, others = _roots(word), _roots(other)
    return not own.isdisjoint(others) or any(_is_made_of(*sorted((one, two))) for one in own for two in others)


def related(word: str) -> tuple[str, ...]:
    """Return what is made of a folded word, or it of that, with another stem: "destruction" of "destroyed"."""
    known = _related()
    return tuple(dict.fromkeys(other for root in sorted(_roots(word)) for other in known.get(root, "").split()))


@lru_cache(maxsize=4096)
def _roots(word: str) -> frozenset[str]:
    """Return what a word may be a form of by rule, itself among it, in the spelling that all spellings share."""
    bent = {common_form(base) for base in (word, *_without(common_form(word), _BENT))} - {_UNBENT.get(word)}
    return frozenset(bent.union(*(_without(base, _SYSTEMATIC) for base in bent)))


def _without(word: str, endings: Iterable[tuple[re.Pattern[str], Sequence[str]]]) -> tuple[str, ...]:
    """Return what is left of a word without its ending, once with the last consonant and once without its double."""
    found = [ending.sub(one, word) for ending, instead in endings if ending.search(word) for one in instead]
    undoubled = [base[:-1] for base in found if base[-1:] == base[-2:-1]]
    return tuple(dict.fromkeys((*found, *undoubled)))


def _ending(word: str) -> str:
    found = _ANOTHER_WORD.search(_MANY.sub("y", word))
    return found[1] if found else ""


def _is_made_of(first: str, last: str) -> bool:
    """Tell whether one of two words, in the order of the alphabet, is made of the other."""
    lines = _derived().get(first[:1], "")
    start = lines.find(f"\n{first}\t")
    return start >= 0 and f" {last} " in lines[start : lines.index("\n", start + 1)].replace("\t", " ") + " "


@cache
def _derived() -> dict[str, str]:
    """Return the lines of DERIVED by their first letter, without its comments: a tenth of what sets take."""
    lines = [line for line in DERIVED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {letter: "\n".join(["", *some, ""]) for letter, some in groupby(lines, key=itemgetter(0))}


@cache
def _related() -> dict[str, str]:
    """Return what RELATED has for each word, parted by blanks."""
    lines = (line for line in RELATED.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return dict(line.split("\t") for line in lines)
