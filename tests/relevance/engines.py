"""What answers searches: Quotebot, and what one would pick instead, each over the same passages."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from weakref import finalize

import tantivy
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from store.archive import Archive
from store.errors import UsageError
from store.ingest.run import run
from store.model import Passage
from store.search import Search
from tests.relevance.judged import Judged
from tests.relevance.measure import DEPTH, Answer, mean, score

_SCORERS = (fuzz.WRatio, fuzz.partial_ratio, fuzz.token_set_ratio, fuzz.partial_token_set_ratio)
_CUTOFFS = range(0, 101, 5)
_FIELDS = ("text", "question")
_NOTHING = Answer(())


class Engine(Protocol):
    """Something that answers a search."""

    name: str

    def answer(self, typed: str, limit: int = DEPTH) -> Answer:
        """Return what is shown for what was typed, at most so many passages."""


@contextmanager
def built(seeds: Path) -> Iterator[Archive]:
    """Build the archive of a folder of seeds for as long as it is needed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        run(seeds, path)
        with Archive.open(path) as archive:
            yield archive


def engines(archive: Archive, tuning: Sequence[Judged]) -> list[Engine]:
    """Return every engine over the archive; what has a figure to choose gets the one that suits `tuning` best."""
    passages = list(archive.passages())
    return [
        Quotebot(archive),
        FullText("FTS5, any word", " OR ", passages),
        FullText("FTS5, all words", " AND ", passages),
        *(Scan(scorer, passages, tuning) for scorer in _SCORERS),
        Tantivy(passages),
        Tantivy(passages, slips=1),
    ]


class Quotebot:
    """`Search.find`. What it shows as nearest to something that nobody speaks of is no answer."""

    name = "Quotebot"

    def __init__(self, archive: Archive) -> None:
        self._search = Search(archive)

    def answer(self, typed: str, limit: int = DEPTH) -> Answer:
        """Return the quotes found; none where the search is refused, since then the reader is told what is wrong."""
        try:
            quotes = self._search.find(typed, limit=limit).quotes
        except UsageError:
            return _NOTHING
        return Answer(tuple(quote.passage.id for quote in quotes), all(quote.partial for quote in quotes))


class FullText:
    """SQLite's full text as it comes: FTS5 over text and question, stemmed by porter, best by bm25 first.

    Each word typed is a string in quotation marks, and these are joined by `join`. Marks and filters are words too:
    it knows none.
    """

    def __init__(self, name: str, join: str, passages: Iterable[Passage]) -> None:
        self.name = name
        self._join = join
        self._database = sqlite3.connect(":memory:")
        finalize(self, self._database.close)
        self._database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5 (id UNINDEXED, text, question, tokenize='porter unicode61')"
        )
        rows = ((passage.id, passage.text, passage.question) for passage in passages)
        self._database.executemany("INSERT INTO passages VALUES (?, ?, ?)", rows)

    def answer(self, typed: str, limit: int = DEPTH) -> Answer:
        """Return the passages that match."""
        match = self._join.join(f'"{word}"' for word in re.findall(r"\w+", typed)) or '""'
        found = self._database.execute(
            "SELECT id FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?", (match, limit)
        )
        return Answer(tuple(identifier for (identifier,) in found))


class Scan:
    """One of rapidfuzz's scorers over text and question of every passage, all folded by its `default_process`.

    What scores below a cutoff is no answer; the cutoff, in steps of 5, is the one that is best on the searches given.
    """

    def __init__(self, scorer: Callable[..., float], passages: Iterable[Passage], tuning: Sequence[Judged]) -> None:
        self._scorer = scorer
        self._texts = {passage.id: default_process(f"{passage.text} {passage.question or ''}") for passage in passages}
        self._cutoff = self._best_cutoff(tuning)
        self.name = f"{scorer.__name__} ≥ {self._cutoff}"

    def answer(self, typed: str, limit: int = DEPTH) -> Answer:
        """Return the passages that score highest, from the cutoff on."""
        return self._from(self._scored(typed, limit), self._cutoff)

    def _best_cutoff(self, tuning: Sequence[Judged]) -> int:
        scored = [(search, self._scored(search.typed, DEPTH)) for search in tuning]
        return max(_CUTOFFS, key=lambda cutoff: mean(score(one, self._from(some, cutoff)) for one, some in scored) or 0)

    def _scored(self, typed: str, limit: int) -> list[tuple[str, float]]:
        found = process.extract(default_process(typed), self._texts, scorer=self._scorer, limit=limit)
        return [(identifier, reached) for _, reached, identifier in found]

    @staticmethod
    def _from(scored: Iterable[tuple[str, float]], cutoff: int) -> Answer:
        return Answer(tuple(identifier for identifier, reached in scored if reached >= cutoff))


class Tantivy:
    """Tantivy over text and question, stemmed by its `en_stem`, queries read by its own lenient parser.

    With `slips`, a word matches those within that Damerau-Levenshtein distance too.
    """

    def __init__(self, passages: Iterable[Passage], slips: int = 0) -> None:
        self.name = f"tantivy, fuzzy {slips}" if slips else "tantivy"
        self._fuzzy = dict.fromkeys(_FIELDS, (False, slips, True)) if slips else None
        schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
        for field in _FIELDS:
            schema.add_text_field(field, tokenizer_name="en_stem")
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer(num_threads=1)
        for passage in passages:
            writer.add_document(tantivy.Document(id=passage.id, text=passage.text, question=passage.question or ""))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def answer(self, typed: str, limit: int = DEPTH) -> Answer:
        """Return the passages with any of the words, best by bm25 first."""
        query, _ = self._index.parse_query_lenient(typed, list(_FIELDS), fuzzy_fields=self._fuzzy)
        searcher = self._index.searcher()
        hits = searcher.search(query, limit).hits
        return Answer(tuple(searcher.doc(address)["id"][0] for _, address in hits))
