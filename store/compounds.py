"""Which words sought name one thing together, and whether a passage speaks of that thing; pure.

A dining car is no car. That both words stand in a passage tells little of a pair that English uses as one word, unless
they stand together there, or each by itself. A word is bound where another one goes with it: "foreign" in "foreign
ministers exchange views" is no part of "foreign exchange".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from store.ranking import LONG_QUESTION
from store.sayings import said_in
from store.text import STOP_WORDS
from store.views import question_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from store.ranking import Ranked
    from store.sought import Sought
    from store.views import View

_NEAR = 20
"""Words apart that two of them may stand in different sentences and still be one thought: a sentence's length."""

_CLAUSE = 10
"""Words apart that the two of a firm pair may stand where each stands by itself."""

_CLOSE = 3
"""Places apart that two words may stand and still be said as one, with nothing but function words and names between,
or one word more of the same kind: "the rights of the children", "air force base"."""

_BEHIND = 4
"""Places behind another word that a word which modifies it may stand: "the team at the 2018 Olympics"."""

_PREFIXES = frozenset({"anti", "ex", "non", "post", "pre"})
"""Words that are a part of the next one, whatever it is: "nuclear non-proliferation"."""

_OF_VERBS = ("ed", "ly")
_OF_NOUNS = ("tion", "sion", "ment", "ness", "ity", "ism", "ship", "ance", "ence")
"""Endings of words that stand before a noun for something else than what kind of thing it is, and of nouns alone."""

_PLURALS = frozenset({"children", "men", "people", "women"})

_CONJUNCTIONS = frozenset({"and", "but", "nor", "or"})
_POSSESSIVE = frozenset({"s"})

_OF_NO_KIND = STOP_WORDS | frozenset(
    """
    additional another certain current different entire first former further last latest new next old particular planned
    possible present previous recent second several similar single various whole
    """.split()
)
"""Words that tell of a thing which one it is, or how many, and not of what kind: "the new pipeline" is a pipeline."""

_A_NAME = 2
"""Words that have "of" between them and name one thing: of more, the last ones may be a name by themselves."""

_YEAR = re.compile(r"(?:1[89]|20)\d\d$")

_OF = "of"
_JOINING = frozenset({_OF, "the", "a", "an"})
"""Words that may stand between two that name one thing: "the partition of the country"."""


class Pair(NamedTuple):
    """The numbers of two terms that name one thing: `first` modifies `last`, whatever their order was.

    `words` were typed for them, side by side; or with "of" between, and it `is_of`.
    """

    first: int
    last: int
    words: tuple[str, ...]
    is_of: bool = False


def pairs_in(sought: Sought) -> list[Pair]:
    """Return the terms that were typed as one thing: side by side, or with "of" between them.

    A year tells when something was, and of what kind it is no more than a speaker's name does: "crimea 2014".
    """
    typed = sought.typed
    things = [(n, term) for n, term in enumerate(sought.terms) if n not in sought.named and not _YEAR.match(term.word)]
    places = sorted(_typed_at(typed, term.word, n) for n, term in things)
    found = []
    for (_, end, one), (start, then, two) in zip(places, places[1:], strict=False):
        between = typed[end:start]
        if end <= start < then <= len(typed):
            words = typed[end - 1 : start + 1]
            if not between:
                found.append(Pair(one, two, words))
            elif len(places) == _A_NAME and _OF in between and _JOINING.issuperset(between):
                found.append(Pair(two, one, words, is_of=True))
    return found


def _typed_at(typed: Sequence[str], term: str, n: int) -> tuple[int, int, int]:
    """Return where the words of a term begin among those typed, and where they end, with its number."""
    words = tuple(term.split(" "))
    at = (place for place in range(len(typed)) if tuple(typed[place : place + len(words)]) == words)
    start = next(at, len(typed))
    return start, start + len(words), n


def speaks_of(hit: Ranked, pair: Pair, sought: Sought, *, firmly: bool, outright: bool = False) -> bool:
    """Tell whether a passage speaks of a pair: in one sentence, or near each other, or in answer to one of them.

    `firmly` it does where they are said as one, or each by itself in one clause. Where two names are only typed side
    by side, it does wherever it has both. `outright` it does in no words that only mean nearly the same.
    """
    said = {n: one.places for n, one in said_in(hit.view, sought.outright).items()} if outright else hit.places
    if _is_said(hit, pair, said, firmly=firmly) or _is_answered(hit, pair, sought, firmly=firmly):
        return True
    return not firmly and all(_is_named(hit, n, sought) for n in (pair.first, pair.last))


def _is_named(hit: Ranked, n: int, sought: Sought) -> bool:
    """Tell whether a passage has a name: of a country, or what is written as one and is no part of a longer one."""
    if sought.terms[n].is_name:
        return n in hit.asked or (n in hit.said and not hit.said[n].lower)
    return n in hit.said and any(_stands_as_a_name(hit.view, place) for place in hit.said[n].places)


def _stands_as_a_name(view: View, place: int) -> bool:
    if not view.written(place)[0].isupper():
        return False
    after = place + 1
    return after == len(view.words) or not (view.written(after)[0].isupper() and view.runs_on(place, after))


def _is_said(hit: Ranked, pair: Pair, said: Mapping[int, Sequence[int]], *, firmly: bool) -> bool:
    if not said.get(pair.first) or not said.get(pair.last):
        return False
    is_plain = pair.is_of or not hit.said[pair.last].lower
    return _stand_together(hit.view, said, pair, firmly=firmly, is_plain=is_plain)


def _is_answered(hit: Ranked, pair: Pair, sought: Sought, *, firmly: bool) -> bool:
    asked = hit.asked
    if pair.first not in asked and pair.last not in asked:
        return False
    if not all(n in asked or (n in hit.said and not hit.said[n].lower) for n in (pair.first, pair.last)):
        return False
    question = question_of(hit.view.passage)
    said = {n: one.places for n, one in said_in(question, sought).items()}
    if pair.first in said and pair.last in said and _stand_together(question, said, pair, firmly=firmly):
        return True
    ways = [(n, other) for n, other in ((pair.first, pair.last), (pair.last, pair.first)) if n in said]
    return any(
        other in hit.said
        and (not firmly or hit.view.focus * LONG_QUESTION >= 1)
        and _free(question, said, pair, n, firmly=firmly)
        and (not firmly or _free(hit.view, hit.places, pair, other, firmly=firmly))
        for n, other in ways
    )


def _stand_together(
    view: View, said: Mapping[int, Sequence[int]], pair: Pair, *, firmly: bool, is_plain: bool = True
) -> bool:
    """Tell whether a text speaks of a pair; where not `is_plain`, it has other words that mean nearly the same."""
    first, last, at = said[pair.first], said[pair.last], view.sentence
    if any(_run_together(view, one, two) for one in first for two in last):
        return True
    pairs = ((one, two, at[one] == at[two], abs(one - two)) for one in first for two in last)
    if firmly:
        near = [(one, two) for one, two, is_one, apart in pairs if is_one and apart <= _CLAUSE]
    else:
        near = [(one, two) for one, two, is_one, apart in pairs if is_one or apart <= _NEAR]
    if not near or (firmly and not is_plain):
        return False
    free = {*_free(view, said, pair, pair.first, firmly=firmly)}
    heads = {*_free(view, said, pair, pair.last, firmly=firmly)}
    if firmly:
        return any(one in free and two in heads for one, two in near)
    return any(one in free or two in heads or abs(one - two) < _CLOSE for one, two in near)


def _run_together(view: View, one: int, two: int) -> bool:
    """Tell whether two words are said as one, with no sign between: side by side, or as `_CLOSE` and others tell."""
    first, last = min(one, two), max(one, two)
    if last - first > (_CLOSE if one < two else _BEHIND) or not view.runs_on(first, last):
        return False
    between = [place for place in range(first + 1, last) if view.words[place] not in _PREFIXES]
    if not between:
        return one <= two
    if all(_may_stand_between(view, place) for place in between):
        leads = (
            one < two or view.words[between[0]] in STOP_WORDS - _POSSESSIVE
        )  # "Of foreign", not "country's foreign".
        return leads and _CONJUNCTIONS.isdisjoint(view.words[place] for place in between)
    return one < two and len(between) == 1 and _modifies(view.words[between[0]], view.words[two])


def _may_stand_between(view: View, place: int) -> bool:
    """Tell whether a word is a function word, a name or a number."""
    return view.words[place] in STOP_WORDS or not view.written(place)[0].islower()


def _modifies(word: str, head: str) -> bool:
    """Tell whether a word may be one more of what a noun has before it: "air force base", no "ministers exchange".

    Hardly any is one in the plural, but before what can't be a verb: "weapons proliferation".
    """
    is_many = word.endswith("s") or word in _PLURALS
    return not word.endswith(_OF_VERBS) and (not is_many or head.removesuffix("s").endswith(_OF_NOUNS))


def _free(view: View, said: Mapping[int, Sequence[int]], pair: Pair, n: int, *, firmly: bool) -> list[int]:
    """Return where a term of a pair stands with no other word that goes with it but those that are sought."""
    sought = {place for places in said.values() for place in places}
    step = 1 if n == pair.first else -1
    free = [place for place in said[n] if not _goes_with(view, place, step, sought)]
    if not firmly or n == pair.first:
        return free
    if not pair.is_of:  # "Firm ground" is no firm.
        free = [place for place in free if not _goes_with(view, place, 1, sought)]
    return [place for place in free if not _is_of_another(view, place, sought)]


def _is_of_another(view: View, place: int, sought: AbstractSet[int]) -> bool:
    """Tell whether "of" follows a word, and then something else than what is sought."""
    if view.words[place + 1 : place + 2] != (_OF,):
        return False
    return sought.isdisjoint(range(place + 2, place + 2 + _CLAUSE))


def _goes_with(view: View, place: int, step: int, sought: AbstractSet[int]) -> bool:
    """Tell whether a word that is not sought goes with one: the next one, or the one before, with no sign between."""
    beside = place + step
    if not 0 <= beside < len(view.words) or beside in sought:
        return False
    if view.words[beside] in _OF_NO_KIND and not view.written(beside).isupper():  # "US forces"
        return False
    return view.runs_on(min(place, beside), max(place, beside))
