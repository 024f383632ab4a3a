"""Search: what a reader typed becomes Quotes; so does an id, a day of the year, and chance."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from store.candidates import Found, nearly_worded
from store.choice import EVERYTHING, Choice
from store.choosing import Choosing
from store.commit import Commit
from store.index import EVERYWHERE, Within
from store.looking import Looking, compare
from store.model import Explained, Filter, Results
from store.query import EARLIEST, LATEST, as_typed, expression, with_phrases
from store.quoting import Quoting
from store.ranking import COMPLETE, FEW, Hits, Ranked, hits_among, in_order, matched
from store.realwords import is_compound
from store.sought import explanation
from store.thatday import ThatDay
from store.typeddays import dated_threes
from store.unmet import alike, as_met, otherwise, unworded
from store.views import View
from store.wording import A_WORDING, in_step, is_remembered

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from random import Random

    from store.archive import Archive
    from store.days import Day
    from store.looking import Compared
    from store.meaning import Meaning
    from store.model import OnThisDay, Quote
    from store.query import Query

MOST_NARROWED = 128
"""Passages that are compared where only some of them are hits, which takes little time to see."""

_MOST_DATED = 64
_MOST_VIEWS = 1500  # Some 22 kB each.


class Search:
    """Answers from one archive; every method sees one commit of it, the latest.

    Any method may raise `ArchiveError` when the file fails.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._version: int | None = None
        self._commit: Commit
        self._quoting: Quoting
        self._views: OrderedDict[int, View] = OrderedDict()
        self._choosing: Choosing

    def find(
        self, typed: str, *, limit: int = 5, offset: int = 0, explain: bool = False, compare: bool = False
    ) -> Results:
        """Return the hits from `offset` on, at most `limit`; `UsageError` where nothing was typed.

        Hits are the passages that have every word, or what counts as it, in their text, their question or their
        speaker's name; where few do, those that come nearest follow. A word that occurs nowhere, under no spelling or
        alias, is in `missing`: the quotes for the others are partial, and where it was the only one there are none.
        They are partial too where the words are `apart`: each is said, but not with the others. Words in quotation
        marks are looked for as they are. With `explain`, `Results.explained` tells how each word was understood, and
        what each score is made of; with `compare`, `Results.alike` how many of the quotes are as good as the first.
        """
        with self._archive.snapshot():
            self._renew()
            query, meaning, page, total = self._read(typed, max(limit, 0), max(offset, 0))
            quotes = tuple(self._quote(ranked, meaning) for ranked in page)
            silent = () if total or meaning.missing or meaning.unmet else unworded(query, meaning, self._archive.words)
        explained = None
        if explain:
            parts = {one.view.passage.id: dict(one.parts) for one in page}
            idle = as_typed(typed, meaning.idle)
            explained = Explained(explanation(meaning.sought), meaning.sought.shares, parts, idle)
        return Results(
            quotes,
            total,
            corrected=tuple(
                zip(as_typed(typed, dict(meaning.corrected)), dict(meaning.corrected).values(), strict=True)
            ),
            missing=as_typed(typed, meaning.missing),
            apart=as_typed(typed, meaning.apart),
            otherwise=self._otherwise(typed, meaning) if quotes else (),
            elsewhere=as_typed(typed, meaning.elsewhere),
            unmet=(*meaning.unmet, *silent),
            alike=alike(page, meaning.sought, is_compound) if compare else 0,
            days=query.days,
            explained=explained,
        )

    def quote(self, identifier: str) -> Quote:
        """Return the passage with that id, shown from its beginning; `NotFoundError` where there is none."""
        with self._archive.snapshot():
            self._renew()
            return self._quoting.quote(self._archive.passage(identifier))

    def passages(self) -> Generator[Quote]:
        """Yield every passage in archive order, shown from its beginning; close it before the archive."""
        with self._archive.snapshot():
            self._renew()
            yield from map(self._quoting.quote, self._archive.passages())

    def random(self, rng: Random) -> Quote | None:
        """Return one of the quotes that stand alone; None where the archive has none."""
        with self._archive.snapshot():
            self._renew()
            return next(map(self._quoting.quote, self._archive.draw(rng, 1)), None)

    def on_this_day(self, day: Day, *, today: date, choice: Choice = EVERYTHING) -> tuple[OnThisDay, ...]:
        """Return what falls on that day of the year: anniversaries of documents, then events, each newest first.

        Years count back from the year that was asked about, from today's where none was; they are negative for what
        came after it. What is still to come on `today` is left out, and what `choice` (as of this commit) leaves out.
        """
        year = today.year if day.year is None else day.year
        with self._archive.snapshot():
            self._renew()
            that_day = ThatDay(self._archive, self._quoting, choice)
            found = sorted(that_day.anniversaries(day, year), key=lambda entry: -entry.date.toordinal())
            found += sorted(that_day.events(day, year), key=lambda entry: -entry.date.toordinal())
        return tuple(entry for entry in found if entry.date <= today)

    def choice(self, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Choice:
        """Return which passages hold one of the wanted words, and none of the unwanted, as `find` finds them.

        Of a phrase, every word must be held. A passage that only answers a question with a wanted word is one where no
        passage says it. Good until the archive changes.
        """
        with self._archive.snapshot():
            self._renew()
            return self._choosing.choice(wanted, unwanted)

    def corrected(self, phrase: str) -> str:
        """Return what `choice` takes a word or a phrase for, where that is spelt otherwise; else "".

        The words of a phrase are corrected together or not at all: to what somebody said, one after the other.
        """
        with self._archive.snapshot():
            self._renew()
            return self._choosing.corrected(phrase)

    def chosen(self, identifier: str, choice: Choice) -> Quote:
        """Return the passage with that id, shown around the words that were chosen by; or raise `NotFoundError`."""
        with self._archive.snapshot():
            self._renew()
            passage = self._archive.passage(identifier)
            return self._quoting.quote(passage, choice.hits(passage), matched=choice.matched(passage))

    def _renew(self) -> None:
        """Forget what was kept of an older commit; a number, though, is that of the same passage in all of them."""
        version = self._archive.version()
        if version != self._version:
            self._commit = Commit(self._archive, _MOST_DATED)
            self._quoting = Quoting(self._archive)
            self._choosing = Choosing(self._archive, self._commit, self._ranked)
            self._version = version

    def _read(self, typed: str, limit: int, offset: int) -> tuple[Query, Meaning, Sequence[Ranked], int]:
        """Return what `_hits` returns, of days typed where these answer, unless they are part of what somebody said."""
        *of_days, as_words = self._commit.readings(typed)
        if of_days and (worded := self._said_with(as_words, frozenset(of_days[0].order), limit, offset)):
            return as_words, *worded
        for query in of_days:
            found = self._hits(query, limit, offset)
            if found[2] and not (found[0].missing or found[0].apart):
                return query, *found
        return as_words, *self._hits(as_words, limit, offset)

    def _said_with(
        self, query: Query, beside: frozenset[str], limit: int, offset: int
    ) -> tuple[Meaning, Sequence[Ranked], int] | None:
        """Return what `_hits` does where a wording is remembered, of which something does not stand `beside` a date."""
        dated = dated_threes(query.order, beside)
        if len(query.order) <= A_WORDING or (dated and not self._archive.words.has_phrase(expression(dated))):
            return None
        found = self._hits(query, max(limit, 1), 0)
        meaning, hits, _ = found
        if not hits or in_step(hits[0].view, meaning.sought, hits[0].said) <= A_WORDING:
            return None
        return found if limit and not offset else self._hits(query, limit, offset)

    def _hits(self, query: Query, limit: int, offset: int) -> tuple[Meaning, Sequence[Ranked], int]:
        """Return what was looked for, the hits from `offset` on, and how many there are in all."""
        within, borne, unmet = self._within(query)
        best: tuple[Meaning, Compared] | None = None
        for capitals in (True, False) if query.capitals else (False,):
            looking = self._looking(query, within, borne, capitals=capitals)
            meaning = looking.meaning
            if unmet:
                return replace(meaning, unmet=unmet), (), 0
            if not meaning.sought.terms and (meaning.missing or not query.is_narrowed):
                return meaning, (), 0
            most = MOST_NARROWED if meaning.is_narrowed else self._commit.candidates.most_compared
            found = self._found(looking, query, most)
            if len(found.numbers) > most and not meaning.is_narrowed:
                many = partial(self._of_many, looking, found)
                meaning, compared = self._met(looking, compare(len(found.numbers), most, many))
                return meaning, compared.page(limit, offset), compared.total
            numbers = found.numbers[:most]
            compared = self._compared(looking, numbers, found.beside)
            if len(numbers) == len(found.numbers):
                meaning, compared = self._met(looking, compared)
            if best is None or compared.coverage >= best[1].coverage:  # "Tell us", if that is no worse than the US.
                best = meaning, compared
            if compared.total and (compared.coverage >= COMPLETE or not meaning.sought.terms):
                break
        assert best is not None  # noqa: S101 - there is a reading of every query
        meaning, compared = best
        return meaning, compared.page(limit, offset), compared.total

    def _looking(self, query: Query, within: Within, borne: Sequence[tuple[str, str]], *, capitals: bool) -> Looking:
        """Return what is looked for by one reading of a query; without `capitals` abbreviations count in any case.

        `borne` are names of speakers that were typed otherwise, each with its spelling here.
        """
        meaning = self._commit.lexicon.read(query, capitals=capitals)
        if borne:
            meaning = replace(meaning, corrected=(*meaning.corrected, *borne))
        asked, silent = self._commit.lexicon.asked_of(query, meaning) if within.speakers is None else (None, ())
        if asked:
            within = within._replace(speakers=asked)
        elif silent:
            meaning = replace(meaning, unmet=tuple(Filter("by", (name,)) for name in silent))
        return Looking(meaning, within, newest_first=query.newest_first)

    def _met(self, looking: Looking, compared: Compared) -> tuple[Meaning, Compared]:
        """Return what was looked for with what of it is not met, and the hits, where they go by that, in that order."""
        if not looking.may_come_near:
            return looking.meaning, compared
        meaning, first = as_met(looking.meaning, compared.first, is_compound)
        return meaning, compared if looking.newest_first else compared._replace(first=first)

    def _found(self, looking: Looking, query: Query, most: int) -> Found:
        """Return what matches; of function words alone, what has them as they were typed, of the first so many."""
        meaning = looking.meaning
        match = with_phrases(meaning.every_word, query)
        if meaning.groups and not match:
            return Found(())
        found = self._commit.candidates.every(meaning, match, looking.within, looking.order)
        if not meaning.is_of_function_words and len(found.numbers) >= FEW:
            return self._with_remembered(looking, found)
        if not meaning.is_of_function_words or len(meaning.sought.order) < A_WORDING:
            return found
        numbers = {
            view.passage.id: n for n, view in zip(found.numbers, self._viewed(found.numbers[:most]), strict=False)
        }
        hits = self._ranked(looking, (*numbers.values(),))
        worded = (hit.view for hit in hits if in_step(hit.view, meaning.sought, hit.said) >= A_WORDING)
        return Found(tuple(numbers[view.passage.id] for view in worded))

    def _with_remembered(self, looking: Looking, found: Found) -> Found:
        """Return what was found with what is remembered nearly as it was typed before it, though it lacks a word."""
        some = nearly_worded(self._archive, looking.meaning, looking.within, beside=found.numbers)
        hits, _ = self._hits_among(looking, some)
        ids = {hit.view.passage.id for hit in hits.found if is_remembered(hit, looking.meaning.sought)}
        first = tuple(n for n, view in zip(some, self._viewed(some), strict=True) if view.passage.id in ids)
        return found._replace(numbers=(*first, *found.numbers)) if first else found

    def _compared(self, looking: Looking, numbers: Sequence[int], beside: frozenset[int]) -> Compared:
        """Return the hits among these passages; where they are few, compared once, among what comes near too."""
        if looking.meaning.sought.is_of_another:
            return compare(0, 1, lambda _: ())
        most, may_be_few = self._commit.candidates.most_compared, looking.may_come_near
        if len(numbers) >= FEW or not may_be_few:
            hits, days = self._hits_among(looking, numbers, beside)
            total = len(hits.found)
            if total >= FEW or not may_be_few:
                at_once = most if hits.whole and not looking.newest_first else total
                return compare(total, at_once, lambda some: self._in_order(looking, hits, days, some))
        near = self._commit.candidates.some(looking.meaning, most, looking.within)
        at_most = dict.fromkeys(numbers, 1.0) | near
        hits, days = self._hits_among(looking, tuple(at_most), at_most=at_most.values())
        return compare(len(hits.found), len(hits.found), lambda some: self._in_order(looking, hits, days, some))

    def _of_many(self, looking: Looking, found: Found, some: slice) -> tuple[Ranked, ...]:
        return self._ranked(looking, found.numbers[some], found.beside)

    def _within(self, query: Query) -> tuple[Within, tuple[tuple[str, str], ...], tuple[Filter, ...]]:
        """Return what narrows a search beside its words, names of speakers spelt otherwise, and what of it is unmet."""
        if not query.is_narrowed:
            return EVERYWHERE, (), ()
        unmet: list[Filter] = []
        borne: tuple[tuple[str, str], ...] = ()
        speakers, documents = None, self._commit.documents_within(query)
        if query.by:
            speakers, borne = self._commit.lexicon.speakers_called(query.by)
            unmet += [] if speakers else [Filter("by", query.by)]
        if query.without_by and not unmet:
            speakers = self._commit.lexicon.speakers_but(query.without_by, speakers)
        if query.source and not self._commit.dated(query.source, EARLIEST, LATEST):
            unmet.append(Filter("source", query.source))
        elif query.years and not self._commit.dated(query.source, *query.years):
            unmet.append(Filter("years", years=query.years))
        elif not unmet and query.leaves_out and (documents == frozenset() or speakers == frozenset()):
            unmet.append(Filter("left out"))
        return Within(documents, speakers, tuple(" ".join(phrase) for phrase in query.without)), borne, tuple(unmet)

    def _ranked(
        self, looking: Looking, numbers: Sequence[int], beside: frozenset[int] = frozenset()
    ) -> tuple[Ranked, ...]:
        """Return the hits among these passages; those `beside` have every term too, and stand next to one of them."""
        hits, days = self._hits_among(looking, numbers, beside)
        return self._in_order(looking, hits, days)

    def _hits_among(
        self,
        looking: Looking,
        numbers: Sequence[int],
        beside: frozenset[int] = frozenset(),
        *,
        at_most: Iterable[float] | None = None,
    ) -> tuple[Hits, Mapping[str, date]]:
        """Return the hits among these passages, and the days of their documents."""
        views, stretches = tuple(self._viewed(numbers)), self._commit.stretches
        days: dict[str, date] = {}
        for number, view in zip(numbers, views, strict=True):
            if view.passage.document not in days:
                days[view.passage.document] = stretches.day(number)
        near: set[tuple[str, int]] = set()
        for number, view in zip(numbers, views, strict=True) if beside else ():
            document, position = view.passage.document, view.passage.position
            first, last = stretches.of(number)  # The next number may be another document's.
            beside_it = (step for step in (-1, 1) if number + step in beside and first <= number + step <= last)
            near.update((document, position + step) for step in beside_it)
        return hits_among(views, looking.meaning.sought, near, at_most=at_most), days

    def _in_order(
        self, looking: Looking, hits: Hits, days: Mapping[str, date], some: slice = slice(None)
    ) -> tuple[Ranked, ...]:
        return in_order(hits, looking.meaning.sought, days, newest_first=looking.newest_first, among=some)

    def _viewed(self, numbers: Sequence[int]) -> Iterator[View]:
        new = [number for number in numbers if number not in self._views]
        for number, passage in self._archive.numbered(new).items() if new else ():
            self._views[number] = View(passage)
        for number in numbers:
            self._views.move_to_end(number)
            yield self._views[number]
        while len(self._views) > _MOST_VIEWS:
            self._views.popitem(last=False)

    def _quote(self, ranked: Ranked, meaning: Meaning) -> Quote:
        view, worth = ranked.view, meaning.sought.worth_of
        return self._quoting.quote(
            view.passage,
            [(*view.span(at), worth(n, view.words[at])) for n, places in ranked.places.items() for at in places],
            score=round(ranked.score, 6),
            matched=matched(ranked, meaning.sought),
            partial=bool(meaning.missing or meaning.apart or meaning.unmet),
        )

    def _otherwise(self, typed: str, meaning: Meaning) -> tuple[str, ...]:
        """Return what nobody says and is found all the same, as typed: words, and two that name one thing as one."""
        words = otherwise(meaning.sought, (*meaning.missing, *meaning.apart))
        return (*as_typed(typed, words), *filter(None, (" ".join(as_typed(typed, meaning.unsaid)),)))
