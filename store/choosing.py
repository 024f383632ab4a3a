"""Which Passages a digest chooses among: those that hold the words a chat wants, and none of those it does not."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from store.choice import Choice
from store.index import EVERYWHERE
from store.looking import Looking
from store.query import expression, in_text, parse
from store.ranking import COMPLETE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.archive import Archive
    from store.commit import Commit
    from store.meaning import Meaning
    from store.query import Query
    from store.ranking import Ranked

_MOST_LOOKED_AT = 5000
"""Passages looked at for a word that only some of the matching ones mean."""

_MOST_CHOICES = 64


class _Holding(NamedTuple):
    """The ids of the passages that hold every word of a phrase, of those that say it, and what counts as one of it."""

    ids: frozenset[str] = frozenset()
    say: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()


class Choosing:
    """Makes Choices of the passages of one commit of an archive; `rank` returns the hits among some of them."""

    def __init__(
        self, archive: Archive, commit: Commit, rank: Callable[[Looking, Sequence[int]], Sequence[Ranked]]
    ) -> None:
        self._archive = archive
        self._commit = commit
        self._rank = rank
        self.choice = lru_cache(_MOST_CHOICES)(self._chosen_by)

    def corrected(self, phrase: str) -> str:
        """Return what is taken for a word or a phrase that is spelt otherwise, else ""; see `Search.corrected`."""
        query = parse(phrase)
        return self._as_meant(query, self._commit.lexicon.read(query))

    def _chosen_by(self, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Choice:
        held = [self._holding(phrase) for phrase in wanted]
        return Choice(
            among=frozenset().union(*(holding.say or holding.ids for holding in held)) if wanted else None,
            without=frozenset().union(*(self._holding(phrase).ids for phrase in unwanted)),
            forms=frozenset().union(*(holding.forms for holding in held)),
        )

    def _holding(self, phrase: str) -> _Holding:
        query = parse(phrase)
        meaning = self._commit.lexicon.read(query)
        if not meaning.sought.terms or meaning.missing or (meaning.corrected and not self._as_meant(query, meaning)):
            return _Holding()
        forms = meaning.sought.forms
        held = meaning.every_word or meaning.every_word_widely
        if meaning.is_narrowed:
            numbers = self._archive.index.matching(held, _MOST_LOOKED_AT, **meaning.by)
            hits = [hit for hit in self._rank(Looking(meaning, EVERYWHERE), numbers) if hit.coverage >= COMPLETE]
            say = frozenset(hit.view.passage.id for hit in hits if hit.places)
            return _Holding(frozenset(hit.view.passage.id for hit in hits), say, forms)
        if meaning.groups and not held:
            return _Holding()  # To ask for nothing would be to ask for everything.
        ids = frozenset(self._archive.index.ids_matching(held, **meaning.by))
        said = in_text(held)
        return _Holding(ids, frozenset(self._archive.index.ids_matching(said, **meaning.by)) if said else ids, forms)

    def _as_meant(self, query: Query, meaning: Meaning) -> str:
        """Return a phrase with its slips put right; "" where there are none, or nobody says that."""
        whole = f" {' '.join(query.order)} " if meaning.corrected else ""
        for typed, meant in meaning.corrected:
            whole = whole.replace(f" {typed} ", f" {meant} ")
        whole = whole.strip()
        is_said = len(query.order) == 1 or (whole and self._archive.words.has_phrase(expression((whole,))))
        return whole if is_said else ""
