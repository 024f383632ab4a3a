"""What searches need of all documents of a commit of an archive: made for the first, as showing a quote needs none."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from store.candidates import Candidates
from store.lexicon import Lexicon
from store.query import EARLIEST, LATEST, Query, parse
from store.stretches import Stretches
from store.text import fold, words
from store.typeddays import typed_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.accumulators import Accumulators
    from store.archive import Archive
    from store.model import Document


class Commit:
    """Documents by year and source, the words and the candidates of one commit; good until `Archive.version` changes.

    `most` sets of documents that were looked among are remembered.
    """

    def __init__(self, archive: Archive, most: int) -> None:
        self._archive = archive
        self.dated = lru_cache(most)(self._dated)

    @cached_property
    def stretches(self) -> Stretches:
        """Where the passages of each document stand."""
        return Stretches(self._archive.index.stretches())

    @cached_property
    def lexicon(self) -> Lexicon:
        """What words mean."""
        return Lexicon(self._archive)

    @cached_property
    def candidates(self) -> Candidates | Accumulators:
        """What finds passages to compare."""
        if not self._archive.index.has_postings():
            return Candidates(self._archive, self.stretches)
        from store.accumulators import Accumulators  # noqa: PLC0415 - numpy takes 0.1 s and 17 MB, for large archives

        return Accumulators(self._archive, self.stretches)

    def readings(self, typed: str) -> Iterator[Query]:
        """Yield what may be looked for, the first first: where there are documents of a day or month typed, in these.

        Else, and where these do not answer, the day is words like others.
        """
        query = parse(typed)
        found = typed_days(typed)
        if found and self._archive.listing.of_days(found.first, found.last):
            beside = parse(found.beside) if found.beside else Query("", ())
            yield self.lexicon.in_own_script(replace(beside, days=(found.first, found.last)))
        yield self.lexicon.in_own_script(query)

    def documents_within(self, query: Query) -> frozenset[str] | None:
        """Return the ids of the documents that a query is narrowed to by its source and its time, or None."""
        narrows = query.source or query.years or query.without_source or query.without_years
        found = self.dated(query.source, *(query.years or (EARLIEST, LATEST))) if narrows else None
        if found:
            found = found.difference(
                *(self.dated(source, EARLIEST, LATEST) for source in query.without_source),
                *(self.dated((), *years) for years in query.without_years),
            )
        if query.days is None:
            return found
        of_days = frozenset(self._archive.listing.of_days(*query.days))
        return of_days if found is None else of_days & found

    def _dated(self, source: tuple[str, ...], first: int, last: int) -> frozenset[str]:
        """Return the ids of the documents of these years that may be called so."""
        if not source:
            return frozenset(self._archive.listing.dated(first, last))
        wanted = set(source)
        return frozenset(
            one.id for one in self._documents if first <= one.date.year <= last and wanted <= _names_of(one)
        )

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        return self._archive.documents()


def _names_of(document: Document) -> set[str]:
    """Return the folded words by which a document may be asked for with `source:`."""
    names = (document.outlet, document.title, document.kind, document.venue, document.file, document.id)
    return {word for name in names if name for word in (*words(name), fold(name))}
