"""The order of Passages that match a search: pure features, and a handful of weights with a reason each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import NamedTuple

from store.model import Attribution
from store.sayings import Said, asked_by, forms_asked, said_in, stands_in
from store.sought import Sought
from store.text import STOP_WORDS
from store.views import View
from store.wording import A_WORDING, is_remembered, run_of, share_of, tells

COVERAGE = 4.0
"""Saying more of what was asked outweighs saying a part of it well."""

ASKED = 0.7
"""The share of a word's COVERAGE where only the question has it: behind any passage that says the word itself."""

ABOUT = 3.0
"""Coming back to a word is the surest sign of being about it."""

PHRASE = 1.5
"""Words in the order typed are most likely the very sentence that is remembered."""

VERBATIM = 3.0
"""All of A_WORDING and more, as it was typed or nearly: whoever remembers that much wants that sentence."""

TOGETHER = 1.0
"""Words near each other, in one sentence, make one thought; but what comes back to each is about both as well."""

EARLY = 0.6
"""A passage names its subject in its first sentence; what comes up at its end is an example."""

OPENS = 0.6
"""A sentence is about what it opens with; what stands deep within it, in a list or a clause, is said by the way."""

BY_ITSELF = 0.4
"""One name in a row of others is rarely what the passage is about."""

AS_TYPED = 0.4
"""The word itself before others of its stem: a stemmer takes "general" and "generally" for one."""

SUBSTANCE = 0.4
"""A whole thought before a fragment, in which any word looks frequent."""

TOPIC = 0.6
"""A passage that says the word in answer to a question about it is about it."""

THREAD = 0.6
"""So is one between two that say it too, in the same answer."""

OWN_WORDS = 0.25
"""Where equally good, the speaker's own words go before the outlet's."""

VARIETY = 0.06
"""What the second passage of an answer loses, and the third again: lets another document in where equally good."""

FORMULA = 20.0
"""Courtesies come after everything else."""

BEHIND = 20.0
"""What lacks a word, or has it in other words alone, comes after all that says all of it outright."""

OTHER_WORDS = 1.0
"""Among these, the more is said outright, the better; but all of it in other words goes before a part outright."""

LACKING = 8.0
"""A word that is not there at all is worse than one in other words."""

COMPLETE = 0.999
"""Coverage from which every term is there; it is a sum of fractions."""

NEAREST = 0.4
"""Where few passages have every term: the share of the best coverage that another hit must reach."""

FEW = 8
"""Passages with every term, outright, from which no others are hits."""

_ANY = 1e-9
_SATURATION = 1.5
_LENGTH_SHARE = 0.25
_TYPICAL = 90
"""As in BM25 (Robertson and Zaragoza 2009, section 3.4): each further occurrence adds less, each in a long passage
tells less. The last is how many words a passage has by and large."""

WHOLE_THOUGHT = 30
"""Words from which a passage is taken for a whole thought."""

_MOST_REPEATS = 3
"""Passages of one answer from which VARIETY takes no more, so that a long answer is not buried."""

_MOST_PLACES = 8
"""Places of a word that are looked at for what is near it: function words have dozens."""

_OPENING = 10
"""Words of a sentence behind which a word is worth half of what it is where it opens that sentence."""

_A_PAIR = 2
"""The same of different things; of two words that are one name another name is no worse: "European Union", "EU"."""

LONG_QUESTION = 12
"""Words of subject in a question up to which each is taken for its subject."""


PARTS = (
    "says it",
    "comes back to it",
    "says it early",
    "opens a sentence with it",
    "not in a row of names",
    "in the very word",
    "asked about it",
    "a whole thought",
    "near each other",
    "in the order typed",
    "word for word",
    "so do its neighbours",
    "the speaker's own words",
    "a courtesy",
    "behind what says all of it",
    "in other words",
    "lacks a word",
    "another of this answer is above",
)
"""What the parts of a score are for, in words for a person."""


class Ranked(NamedTuple):
    """A Passage in its place.

    `coverage` is the share, by weight, of what was sought that the passage, its question or its speaker's name has;
    `places` are those of the words of its text, in order, by the number of the term they are found for. A term that
    names its speaker has none: a report that names its speaker is no more about that person than another. `parts` are
    what its `score` is the sum of, by what each is for; `figures` are the same in the order of PARTS but for the last,
    which is what is lost by `loss`. `asked` is the worth of the terms that its question has. Where it is `remembered`,
    it has the wording that was typed, as `is_remembered` tells.
    """

    view: View
    coverage: float
    said: Mapping[int, Said]
    asked: Mapping[int, float]
    score: float
    figures: Sequence[float]
    remembered: bool
    loss: float

    @property
    def places(self) -> dict[int, Sequence[int]]:
        """The places of the words found, by the number of the term."""
        return {n: said.places for n, said in self.said.items()}

    @property
    def parts(self) -> dict[str, float]:
        """What the score is the sum of, by what each part is for."""
        figures = (*self.figures, -self.loss)
        return {name: round(figure, 6) for name, figure in zip(PARTS, figures, strict=True) if figure}


class _Found(NamedTuple):
    """What a passage has of a search: said in its text, by number of the term, and asked in its question, by worth.

    `lower` is the share of what it has in other words alone; it `is_whole` where it has every term outright.
    """

    view: View
    coverage: float
    said: dict[int, Said]
    asked: Mapping[int, float]
    lower: float
    is_whole: bool


_NAMED = Said((), 1.0, 0.0, lower=False)
"""That a term names the speaker."""

_NOTHING: dict[int, float] = {}

_REPORTED = Attribution.REPORTED  # To look it up costs as much as the comparison.


class Hits(NamedTuple):
    """The hits among some passages, in the order of these, and where a passage tells of its neighbours.

    They are `whole` if many have every term, and of the others only wording that is remembered is among them.
    """

    found: Sequence[_Found]
    told: Collection[tuple[str, int]]
    whole: bool


def rank(
    views: Iterable[View],
    sought: Sought,
    days: Mapping[str, date],
    *,
    newest_first: bool = False,
    beside: Collection[tuple[str, int]] = (),
) -> tuple[Ranked, ...]:
    """Return the hits among the passages, best first: see `hits_among` and `in_order`."""
    return in_order(hits_among(views, sought, beside), sought, days, newest_first=newest_first)


def hits_among(
    views: Iterable[View],
    sought: Sought,
    beside: Collection[tuple[str, int]] = (),
    *,
    at_most: Iterable[float] | None = None,
) -> Hits:
    """Return the hits among the passages: those that have every term, and where few do, the nearest.

    `beside` are passages that are not compared but have every term too: their documents, and their positions in them.
    `at_most` is known of each passage's coverage, by which what can't be a hit is left out at once.
    """
    asked: dict[str | None, Mapping[int, float]] = {None: _NOTHING}
    found, best = [], 0.0
    for view, most in zip(views, repeat(1.0) if at_most is None else at_most, strict=False):
        if most >= NEAREST * best and (not sought.exactly or stands_in(view, sought.exactly)):
            one = _found(view, sought, asked)
            found.append(one)
            best = max(best, one.coverage)
    whole = [one for one in found if one.is_whole]
    enough = max(NEAREST * best, _ANY)
    if len(whole) < FEW:
        near = [one for one in found if one.coverage >= enough]
    else:
        near = [one for one in found if one.is_whole or is_remembered(one, sought)]
    hits = near if sought.terms else found
    told = {(one.view.passage.document, one.view.passage.position) for one in hits if one.said and not one.lower}
    told.update(beside)
    return Hits(hits, told, len(whole) >= FEW)


def in_order(
    hits: Hits, sought: Sought, days: Mapping[str, date], *, newest_first: bool = False, among: slice = slice(None)
) -> tuple[Ranked, ...]:
    """Return the hits, or those `among` them, best first.

    `days` are the dates of their documents, by id: of equals the newer comes first, then the lower id, so that the
    order is the same whatever the order in which they came.
    """
    found = hits.found[among]
    newest: dict[str, int] = {}
    scored = []
    for number, one in enumerate(found):
        passage = one.view.passage
        parts = _figures(one, sought, hits.told)
        day = newest.get(passage.document)
        if day is None:
            day = newest[passage.document] = -days[passage.document].toordinal()
        scored.append((day if newest_first else 0, -round(sum(parts[0]), 6), day, passage.id, number, parts))
    scored.sort()
    if newest_first:
        return tuple([Ranked(*found[n][:4], -minus, *parts, 0.0) for _, minus, _, _, n, parts in scored])
    seen: dict[tuple[str, str | None], int] = {}
    varied = []
    for _, minus_score, minus_day, identifier, number, parts in scored:
        passage = found[number].view.passage
        answer = passage.document, passage.question
        repeats = seen.get(answer, 0)
        seen[answer] = repeats + 1
        loss = VARIETY * min(repeats, _MOST_REPEATS)
        varied.append((minus_score + loss, minus_day, identifier, number, parts, loss))
    varied.sort()
    return tuple([Ranked(*found[n][:4], -score, *parts, loss) for score, _, _, n, parts, loss in varied])


def matched(ranked: Ranked, sought: Sought) -> tuple[str, ...]:
    """Return the words that were found: of the text in order, then of the question, then of the speaker's name.

    Each once, as it stands there but in lower case; none that only joins those of a name: the "of" of "order of merit".
    """
    view, speaker = ranked.view, ranked.view.passage.speaker
    places = ((place, n) for n, said in ranked.said.items() for place in said.places)
    found = [view.written(place) for place, n in sorted(places) if not _joins(view.words[place], n, sought)]
    found += [view.written_in_question(form) for form in sorted(forms_asked(view, sought))]
    found += [sought.terms[n].word for n in sought.named if speaker in sought.terms[n].speakers]
    return tuple(dict.fromkeys(word.lower() for word in found))


def _joins(word: str, n: int, sought: Sought) -> bool:
    """Tell whether a word is a function word that counts as a term only as a part of several."""
    return word in STOP_WORDS and not any(one.n == n and not one.phrase for one in sought.counts.get(word, ()))


def _found(view: View, sought: Sought, asked_in: dict[str | None, Mapping[int, float]]) -> _Found:
    """Return what a passage has of what is sought; `asked_in` keeps what each question has."""
    shares = sought.shares
    said = said_in(view, sought)
    question = view.passage.question
    asked = asked_in.get(question)
    if asked is None:
        asked = asked_in[question] = asked_by(view, sought)
    for n in sought.named:
        if view.passage.speaker in sought.terms[n].speakers:
            said[n] = _NAMED
    coverage = lower = 0.0
    for n, one in said.items():
        coverage += shares[n]
        if one.lower and n not in asked:
            lower += shares[n]
    for n in asked:
        if n not in said:
            coverage += shares[n]
    return _Found(view, coverage, said, asked, lower, coverage >= COMPLETE and not lower)


def _figures(found: _Found, sought: Sought, told: Collection[tuple[str, int]]) -> tuple[tuple[float, ...], bool]:
    """Return what the score is made of, in the order of PARTS but for the last, and if a wording is remembered."""
    view, said, terms, shares = found.view, found.said, sought.terms, sought.shares
    passage, length, at = view.passage, len(view.words), view.sentence
    half = half_of(length)
    coverage = about = early = opens = itself = typed = asked = outright = together = run = beside = 0.0
    remembered = False
    for n, one in said.items():
        share = shares[n] * one.worth
        coverage += share
        if one.places:
            outright += shares[n]
            about += share * one.mass / (one.mass + half)
            places = one.places[:_MOST_PLACES]
            if not view.is_set_aside(places[0]):
                early += share / (1 + at[places[0]])
                begins = min([place - at.index(at[place]) for place in places])
                opens += share / (1 + begins / _OPENING)
            itself += 0.0 if all(map(view.is_listed, places)) else share
            if terms[n].word in view.held:
                typed += shares[n]
    if found.asked:
        focus = min(1.0, LONG_QUESTION * view.focus)
        for n, worth in found.asked.items():
            asked += shares[n] * worth * focus * (TOPIC if n in said else COVERAGE * ASKED)
    if outright:
        if len(said) > 1:
            together = outright * _nearness(view, said)
        if len(sought.order) >= (A_WORDING if len(terms) == 1 else _A_PAIR):
            steps = run_of(view, sought, said)
            run = share_of(steps, sought)
            remembered = tells(steps, said, found.coverage, sought)
        document, position = passage.document, passage.position
        beside = ((document, position - 1) in told) + ((document, position + 1) in told)
    behind = 0.0 if found.is_whole or remembered or not terms else 1.0
    return (
        COVERAGE * coverage,
        ABOUT * about,
        EARLY * early,
        OPENS * opens,
        BY_ITSELF * itself,
        AS_TYPED * typed,
        asked,
        SUBSTANCE * min(1.0, length / WHOLE_THOUGHT),
        TOGETHER * together,
        PHRASE * run,
        VERBATIM * run if remembered or (run >= COMPLETE and len(sought.order) >= A_WORDING) else 0.0,
        THREAD * beside / 2,
        0.0 if passage.attribution is _REPORTED else OWN_WORDS,
        -FORMULA if passage.formula else 0.0,
        -BEHIND * behind,
        -OTHER_WORDS * found.lower * behind,
        -LACKING * (1 - found.coverage) * behind,
    ), remembered


def half_of(length: float) -> float:
    """Return how often a passage of so many words says a term whose ABOUT is half of what it can be."""
    return _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _TYPICAL)


def _nearness(view: View, said: Mapping[int, Said]) -> float:
    """Return 1 where the words found stand side by side, less the further apart, half of it for one sentence."""
    found = [(n, one.places) for n, one in said.items() if one.places]
    needed = len(found)
    if needed < 2:
        return 0.0
    last: dict[int, int] = {}
    first, end, width = 0, 0, len(view.words)
    for place, n in sorted((place, n) for n, places in found for place in places[:_MOST_PLACES]):
        last[n] = place
        if len(last) == needed and place - (start := min(last.values())) < width:
            first, end, width = start, place, place - start
    same_sentence = view.sentence[first] == view.sentence[end]
    return 0.5 * same_sentence + 0.5 * (needed - 1) / max(width, needed - 1)
