"""Index: which passages match, by their numbers, as the full-text index and the postings of the archive have it."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from store.postings import MADE_BY
from store.query import expression

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.numbers import Stretch
    from store.vocabulary import Ask


class Order(Enum):
    """In which order passages are wanted."""

    ANY = "any"
    BEST = "best"
    NEWEST = "newest"


class Within(NamedTuple):
    """What narrows a search beside its words: ids of documents, exact names of speakers, and what must not match.

    None where that does not matter; `without` are folded words, or several with blanks between.
    """

    documents: frozenset[str] | None = None
    speakers: frozenset[str] | None = None
    without: tuple[str, ...] = ()

    def conditions(self) -> list[str]:
        """Return the conditions on a row of `passages`."""
        conditions = []
        if self.documents is not None:
            conditions.append("document IN (SELECT value FROM json_each(:documents))")
        if self.speakers is not None:
            conditions.append("speaker IN (SELECT value FROM json_each(:said_by))")
        return conditions

    def values(self) -> dict[str, object]:
        """Return the values that the conditions name."""
        return {
            "documents": json.dumps(sorted(self.documents or ())),
            "said_by": json.dumps(sorted(self.speakers or ())),
            "without": expression(self.without),
        }


EVERYWHERE = Within()


class Index:
    """What finds passages of the archive that `ask` asks, as of its last commit.

    Every method may raise what `ask` raises.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def matching(
        self,
        match: str,
        limit: int,
        *,
        order: Order = Order.BEST,
        within: Within = EVERYWHERE,
        speakers: Collection[str] = (),
        names: str = "",
    ) -> tuple[int, ...]:
        """Return the numbers of the passages that match an FTS5 expression, best by bm25 first, for `Archive.numbered`.

        A word in the question counts a quarter of one in the text. Where the order does not matter, `Order.ANY` saves
        most of the time. With `speakers`, only passages by one of these or that match `names`, an expression too;
        `match` may then be empty: all of these, those that stand alone first.
        """
        tables, best = _matching(match, speakers, within)
        values = _values(match, speakers, names, within)
        number = "passages_fts.rowid" if match else "passages.number"
        newest = (
            "(SELECT date FROM documents JOIN passages AS said ON said.document = documents.id "
            f"WHERE said.number = {number}) DESC"
        )
        ordered = {Order.ANY: "", Order.BEST: f"ORDER BY {best}, rowid", Order.NEWEST: f"ORDER BY {newest}, rowid"}
        rows = self._ask(
            f"SELECT rowid FROM {tables} {ordered[order]} LIMIT :limit",
            {**values, "limit": limit},
        )
        return tuple(number for (number,) in rows)

    def ids_matching(self, match: str, *, speakers: Collection[str] = (), names: str = "") -> tuple[str, ...]:
        """Return the ids of all passages that `matching` returns a stretch of, in no order."""
        tables, _ = _matching(match, speakers, EVERYWHERE)
        values = {"match": match, "speakers": json.dumps(tuple(speakers)), "names": names}
        rows = self._ask(f"SELECT id FROM passages WHERE number IN (SELECT rowid FROM {tables})", values)
        return tuple(identifier for (identifier,) in rows)

    def stretches(self) -> tuple[bytes, bytes, bytes]:
        """Return the row of stretches: the first numbers of all documents, their last numbers and their dates."""
        return next(iter(self._ask("SELECT firsts, lasts, days FROM stretches", ())), (b"", b"", b""))

    def stretches_of(self, documents: Collection[str]) -> list[Stretch]:
        """Return the stretches of the documents with these ids, in no order."""
        return self._ask(
            "SELECT number, number + passages - 1 FROM json_each(?) AS named "
            "JOIN documents ON documents.id = named.value JOIN passages ON document = documents.id AND position = 0",
            (json.dumps(tuple(documents)),),
        )

    def has_postings(self) -> bool:
        """Tell whether it is so large that it keeps postings; see `store.postings`."""
        return bool(self._ask("SELECT 1 FROM about WHERE name = ?", (MADE_BY,)))

    def postings(self, kind: str, key: str) -> list[tuple[int, bytes, bytes]]:
        """Return the rows of postings for a key: segment, offsets and impacts."""
        return self._ask(
            "SELECT segment, offsets, impacts FROM postings WHERE kind = ? AND key = ? ORDER BY segment", (kind, key)
        )


def _matching(match: str, speakers: Collection[str], within: Within) -> tuple[str, str]:
    """Return the tables and conditions of `Index.matching`, and its order."""
    conditions = within.conditions()
    if speakers:
        conditions.append(
            "(speaker IN (SELECT value FROM json_each(:speakers))"
            " OR number IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH :names))"
        )
    if not match:
        if within.without:
            conditions.append("number NOT IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH :without)")
        return f"passages WHERE {' AND '.join(conditions) or 'TRUE'}", "formula, alone DESC"
    matches, order = "passages_fts WHERE passages_fts MATCH :match", "bm25(passages_fts, 1.0, 0.25)"
    if not conditions:
        return matches, order
    where = " AND ".join(("number = passages_fts.rowid", *conditions))
    return f"{matches} AND EXISTS (SELECT * FROM passages WHERE {where})", order


def _values(match: str, speakers: Collection[str], names: str, within: Within) -> dict[str, object]:
    """Return the values that the tables of `_matching` name."""
    return {
        **within.values(),
        "match": _but(match, within),
        "speakers": json.dumps(tuple(speakers)),
        "names": names,
    }


def _but(match: str, within: Within) -> str:
    """Return the expression for what matches, but for what must not: FTS5 leaves that out without listing it."""
    return f"({match}) NOT {expression(within.without)}" if match and within.without else match
