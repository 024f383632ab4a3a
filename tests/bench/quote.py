"""How long a search takes within the process, on the seeds: `python -m tests.bench.quote [SEARCHES]`.

Beside it, in the same run and on the same archive, SQLite's full text as it comes: the same words in quotation
marks, any of them, best by bm25. The goal is 2 ms at the 99th percentile, with the caches warm. Each search counts as
the best of its rounds, which leaves out what else the machine was doing; the last lines do not.
"""

from __future__ import annotations

import random
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from store.archive import Archive
from store.ingest.run import run
from store.search import Search
from store.text import STOP_WORDS, words
from tests.bench.table import milliseconds, percentile, print_table

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = 7  # The same searches in every run.
ROUNDS = 5
GOAL_MS = 2.0

_PLAIN = """
SELECT passages.id, passages.text FROM passages_fts JOIN passages ON number = passages_fts.rowid
WHERE passages_fts MATCH ? ORDER BY rank LIMIT 5
"""


def searches(archive: Archive, count: int) -> Iterator[tuple[str, str]]:
    """Yield searches of each kind, made of the archive's own words as often as they are said."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    texts = [passage.text for passage in archive.passages()]
    said = [[word for word in words(text) if word not in STOP_WORDS and len(word) > 3] for text in texts]
    said = [found for found in said if len(found) > 8]
    hostile = ['"', "NEAR(", "*", "assad's", "syria OR", "😀 syria", "'); DROP TABLE", "x" * 4096, "سوريا", "-"]
    for _ in range(count):
        passage = rng.choice(said)
        word = rng.choice(passage)
        at = rng.randrange(len(word))
        start = rng.randrange(len(passage) - 5)
        yield "one word", word
        yield "two words", " ".join(rng.sample(passage, 2))
        yield "a question", f"what did Lavrov say about the {word} and {rng.choice(rng.choice(said))}?"
        yield "a slip", word[:at] + word[at + 1 :]
        yield "a phrase", " ".join(passage[start : start + 5])
        yield "stop words", " ".join(rng.sample(sorted(STOP_WORDS), 2))
        yield "a paragraph", rng.choice(texts)[:600]
        yield "anything", rng.choice(hostile)


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        run(SEEDS, path)
        with Archive.open(path) as archive, closing(sqlite3.connect(path)) as plain:
            search = Search(archive)
            asked = list(searches(archive, count))
            first = [milliseconds(partial(search.find, typed)) for _, typed in asked]
            ours: dict[str, list[float]] = {}
            theirs: dict[str, list[float]] = {}
            every = []
            for kind, typed in asked:
                rounds = [milliseconds(partial(search.find, typed)) for _ in range(ROUNDS)]
                ours.setdefault(kind, []).append(min(rounds))
                every += rounds
                rounds = [milliseconds(partial(_plain, plain, typed)) for _ in range(ROUNDS)]
                theirs.setdefault(kind, []).append(min(rounds))
    rows = [_row(kind, ours[kind], theirs[kind]) for kind in ours]
    rows.append(_row("all", *([one for some in kinds.values() for one in some] for kinds in (ours, theirs))))
    columns = ("search", "Quotebot p50", "p99", "max", "plain FTS5 p50", "p99")
    print_table(f"{len(asked)} searches, five quotes each, in ms (the goal: p99 under {GOAL_MS})", columns, rows)
    print(f"the very first search, nothing read yet: {first[0]:.1f} ms")
    print(f"p99 of the first round: {percentile(first, 0.99):.1f} ms; of every round: {percentile(every, 0.99):.1f} ms")


def _plain(connection: sqlite3.Connection, typed: str) -> list[tuple[str, str]]:
    match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", typed)) or '""'
    return connection.execute(_PLAIN, (match,)).fetchall()


def _row(kind: str, ours: list[float], theirs: list[float]) -> tuple[str, ...]:
    figures = (
        percentile(ours, 0.5),
        percentile(ours, 0.99),
        max(ours),
        percentile(theirs, 0.5),
        percentile(theirs, 0.99),
    )
    return (kind, *(f"{figure:.2f}" for figure in figures))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
