"""The order of Passages that match a search: pure features, and a handful of weights with a reason each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import NamedTuple

from store.model import Attribution, Passage
from store.query import INITIALS
from store.text import Word, fold, sentences, spans

COVERAGE = 4.0
"""Saying more of what was asked outweighs saying a part of it well."""

ASKED = 0.25
"""The share of a word's COVERAGE where only the question has it: behind any passage that says the word itself."""

ABOUT = 2.0
"""Coming back to a word is the surest sign of being about it."""

PHRASE = 1.5
"""Words in the order typed are most likely the very sentence that is remembered."""

TOGETHER = 1.0
"""Words near each other, in one sentence, make one thought."""

EARLY = 0.6
"""A passage names its subject in its first sentence; what comes up at its end is an example."""

AS_TYPED = 0.4
"""The word itself before others of its stem: a stemmer takes "general" and "generally" for one."""

SUBSTANCE = 0.4
"""A whole thought before a fragment, in which any word looks frequent."""

TOPIC = 0.3
"""A passage that says the word in answer to a question about it is about it."""

OWN_WORDS = 0.25
"""Where equally good, the speaker's own words go before the outlet's."""

VARIETY = 0.12
"""What the second passage of an answer loses, and the third again: lets another document in where equally good."""

FORMULA = 20.0
"""Courtesies come after everything else."""

COMPLETE = 0.999
"""Coverage from which every term is there; it is a sum of fractions."""

NEAREST = 0.6
"""Where no passage has every term: the share of the best coverage that another hit must reach."""

_ANY = 1e-9
_SATURATION = 1.5
_LENGTH_SHARE = 0.4
_TYPICAL = 90
"""As in BM25 (Robertson and Zaragoza 2009, section 3.4): each further occurrence adds less, each in a long passage
tells less. The last is how many words a passage has by and large."""

_WHOLE_THOUGHT = 30
"""Words from which a passage is taken for a whole thought."""

_MOST_REPEATS = 3
"""Passages of one answer from which VARIETY takes no more, so that a long answer is not buried."""


_MOST_PLACES = 8
"""Places of a word at which its neighbours are looked at: function words have dozens."""

_MOST_STARTS = 3
"""Words, those with the fewest places first, from which a run of what was typed is looked for."""

_FEW = 16
"""Forms up to which asking for each is quicker than intersecting sets."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word sought, and what counts as it.

    `word` is folded, spelt as the archive spells it; `forms` are the archive's folded words of its stem, itself
    among them where it stands there; `weight` says how much it tells (see `rarity`). With `capital` only forms
    written in capitals count. `speakers` bear it as a name: their passages need not say it.
    """

    word: str
    forms: frozenset[str]
    weight: float
    capital: bool = False
    speakers: frozenset[str] = frozenset()


def rarity(passages: int, among: int) -> float:
    """Return how much a word tells that is in so many passages: its inverse document frequency as BM25 has it, > 0."""
    return log(1 + (max(among - passages, 0) + 0.5) / (passages + 0.5))


class Sought:
    """Terms made ready for comparing with many passages; `order` is what was typed, stop words included."""

    def __init__(self, terms: Iterable[Term], order: Sequence[str] = ()) -> None:
        self.terms = tuple(terms)
        self.total = sum(term.weight for term in self.terms) or 1.0
        self.shares = tuple(term.weight / self.total for term in self.terms)
        self.number_of = {form: number for number, term in enumerate(self.terms) for form in (term.word, *term.forms)}
        self._forms = sorted((number, form) for form, number in self.number_of.items())
        self.named = tuple(number for number, term in enumerate(self.terms) if term.speakers)
        self.capital = frozenset(number for number, term in enumerate(self.terms) if term.capital)
        self.order = tuple(
            self.terms[self.number_of[word]].forms if word in self.number_of else frozenset((word,)) for word in order
        )
        self.place_in_order = {
            self.number_of[word]: place for place, word in reversed(list(enumerate(order))) if word in self.number_of
        }

    def found_in(self, held: Mapping[str, object]) -> list[tuple[int, str]]:
        """Return which of these words count, each behind the number of its term, in order."""
        if len(self._forms) < _FEW:
            return [form for form in self._forms if form[1] in held]
        # Never in the order of a set, which would change the last digit of a sum from one process to the next.
        return sorted((self.number_of[form], form) for form in self.number_of.keys() & held.keys())


class View:
    """A Passage cut into words, once for all searches that meet it.

    `places` are those of each folded word among `spans`, `sentence` the index of the sentence that each place is in,
    `asked` the words of the question as they stand there, by their folded form. `worth` is the part of its score that
    no search changes, `half` how often it must say a word to be half about it.
    """

    __slots__ = ("asked", "half", "passage", "places", "sentence", "spans", "words", "worth")

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.spans = cut(passage.text)
        self.words = tuple(word.folded for word in self.spans)
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            self.places.setdefault(word, []).append(place)
        starts = [start for start, _ in sentences(passage.text)]
        self.sentence = bytes(min(max(bisect_right(starts, word.start) - 1, 0), 255) for word in self.spans)
        length = len(self.spans)
        self.half = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _TYPICAL)
        self.worth = SUBSTANCE * min(1.0, length / _WHOLE_THOUGHT) - FORMULA * passage.formula
        self.worth += OWN_WORDS * (passage.attribution is not Attribution.REPORTED)
        question = passage.question or ""
        self.asked = {word.folded: question[word.start : word.end] for word in reversed(cut(question))}

    def written(self, place: int) -> str:
        """Return the word at this place as it stands there."""
        word = self.spans[place]
        return self.passage.text[word.start : word.end]


class Ranked(NamedTuple):
    """A Passage in its place.

    `coverage` is the share, by weight, of what was sought that the passage, its question or its speaker's name has;
    `places` are those of the words of its text, in order, by the number of the term they are found for. A term that
    names its speaker has none: a report that names its speaker is no more about that person than another.
    """

    view: View
    score: float
    coverage: float
    places: Mapping[int, list[int]]


def cut(text: str) -> tuple[Word, ...]:
    """Return the words of a text as `spans` does, but an abbreviation written with dots as one."""
    dotted = {match.start(): match for match in INITIALS.finditer(text)}
    if not dotted:
        return spans(text)
    found: list[Word] = []
    for word in spans(text):
        if match := dotted.get(word.start):
            found.append(Word(word.start, match.end(), fold(match.group().replace(".", ""))))
        elif not found or word.start >= found[-1].end:
            found.append(word)
    return tuple(found)


def rank(views: Iterable[View], sought: Sought, days: Mapping[str, date]) -> tuple[Ranked, ...]:
    """Return the hits among the passages, best first: those that have every term, or where none has, the nearest.

    `days` are the dates of their documents, by id: of equals the newer comes first, then the lower id, so that the
    order is the same whatever the order of `views`.
    """
    found = [(view, *_found(view, sought)) for view in views]
    best = max((coverage for _, coverage, _, _ in found), default=0.0)
    enough = COMPLETE if best >= COMPLETE else max(NEAREST * best, _ANY)
    scored = [
        (-_score(view, sought, places, asked), -days[view.passage.document].toordinal(), view.passage.id, number)
        for number, (view, coverage, places, asked) in enumerate(found)
        if coverage >= enough
    ]
    scored.sort()
    seen: dict[tuple[str, str | None], int] = {}
    varied = []
    for minus_score, minus_day, identifier, number in scored:
        passage = found[number][0].passage
        answer = passage.document, passage.question
        repeats = seen.get(answer, 0)
        seen[answer] = repeats + 1
        varied.append((minus_score + VARIETY * min(repeats, _MOST_REPEATS), minus_day, identifier, number))
    varied.sort()
    return tuple(Ranked(found[n][0], round(-score, 6), *found[n][1:3]) for score, _, _, n in varied)


def matched(ranked: Ranked, sought: Sought) -> tuple[str, ...]:
    """Return the words that were found: of the text in order, then of the question, then of the speaker's name.

    Each once, as it stands there but in lower case.
    """
    view, speaker = ranked.view, ranked.view.passage.speaker
    found = [view.written(place) for place in sorted(place for places in ranked.places.values() for place in places)]
    asked = _asked(view, sought)
    found += [view.asked[form] for n, form in sought.found_in(view.asked) if n in asked]
    found += [sought.terms[n].word for n in sought.named if speaker in sought.terms[n].speakers]
    return tuple(dict.fromkeys(word.lower() for word in found))


def _found(view: View, sought: Sought) -> tuple[float, dict[int, list[int]], list[int]]:
    """Return coverage, places, and the numbers of the terms that the question has."""
    shares = sought.shares
    places = _places(view, sought)
    asked = _asked(view, sought) if view.asked else []
    for n in sought.named:
        if view.passage.speaker in sought.terms[n].speakers:
            places[n] = []
    coverage = sum([shares[n] for n in places])
    return coverage + sum([shares[n] for n in asked if n not in places]), places, asked


def _score(view: View, sought: Sought, places: Mapping[int, list[int]], asked: Sequence[int]) -> float:
    terms, shares = sought.terms, sought.shares
    score = view.worth
    for n in asked:
        score += shares[n] * (TOPIC if n in places else COVERAGE * ASKED)
    said = 0.0
    for n, found in places.items():
        worth = COVERAGE
        if found:
            said += shares[n]
            often = len(found)
            worth += ABOUT * often / (often + view.half) + EARLY / (1 + view.sentence[found[0]])
            if terms[n].word in view.places:
                worth += AS_TYPED
        score += worth * shares[n]
    if len(places) > 1:
        score += TOGETHER * said * _nearness(view, places)
    if said and len(sought.order) > 1:
        score += PHRASE * (_longest_run(view, sought, places) - 1) / (len(sought.order) - 1)
    return round(score, 6)


def _places(view: View, sought: Sought) -> dict[int, list[int]]:
    """Return where the terms stand, by their numbers in order."""
    places: dict[int, list[int]] = {}
    for n, form in sought.found_in(view.places):
        found = view.places[form]
        if n in sought.capital:
            found = [place for place in found if view.written(place).isupper()]
        if found:
            places[n] = sorted(places[n] + found) if n in places else found
    return places


def _asked(view: View, sought: Sought) -> list[int]:
    """Return the numbers of the terms that the question has."""
    found = sought.found_in(view.asked)
    return list(dict.fromkeys(n for n, form in found if n not in sought.capital or view.asked[form].isupper()))


def _nearness(view: View, places: Mapping[int, Sequence[int]]) -> float:
    """Return 1 where the words found stand side by side, less the further apart, half of it for one sentence."""
    needed = sum(1 for found in places.values() if found)
    if needed < 2:
        return 0.0
    last: dict[int, int] = {}
    first, end, width = 0, 0, len(view.words)
    for place, n in sorted((place, n) for n, found in places.items() for place in found[:_MOST_PLACES]):
        last[n] = place
        if len(last) == needed and place - (start := min(last.values())) < width:
            first, end, width = start, place, place - start
    same_sentence = view.sentence[first] == view.sentence[end]
    return 0.5 * same_sentence + 0.5 * (needed - 1) / max(width, needed - 1)


def _longest_run(view: View, sought: Sought, places: Mapping[int, Sequence[int]]) -> int:
    """Return how many of the words typed follow each other here as they were typed."""
    order, held = sought.order, view.words
    longest = 1
    seen: dict[int, int] = {}  # A run keeps the distance between both texts: where the last one at each ended.
    rarest = sorted(filter(places.get, places), key=lambda n: len(places[n]))[:_MOST_STARTS]
    for n in rarest:
        found = places[n]
        typed = sought.place_in_order.get(n, -1)
        for place in found[:_MOST_PLACES] if typed >= 0 else ():
            away = place - typed
            if place < seen.get(away, 0):
                continue
            first, last = place, place + 1
            while first > max(away, 0) and held[first - 1] in order[first - 1 - away]:
                first -= 1
            while last < min(len(held), len(order) + away) and held[last] in order[last - away]:
                last += 1
            seen[away] = last
            longest = max(longest, last - first)
    return longest
