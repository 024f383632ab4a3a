"""How long searches take as the archive grows: `python -m tests.bench.scale [PASSAGES…] [--folder DIR]`.

The archives are made of the seeds' own words, each as often as it is said there, in passages as long as theirs; an
archive that is in the folder already is used again. Beside ours, in the same run and over the same passages, SQLite's
full text as it comes (the words in quotation marks, any of them, best by bm25) and tantivy (any of the words, as its
lenient parser reads them). Searches are of each kind that people type, and of those that could take long: the newest of
very many, and words that are none. The goals: the 99th percentile under 2 ms on the seeds, 10 ms at 100,000 passages,
25 ms at 1,000,000; a build of at least 3 MB/s, and a database of at most 3 times the text.

Each search counts as the best of its rounds, by the clock and by what it took of the processor, which is less on a busy
machine; "first" is the first of them, for which nothing was kept in memory yet. A build is measured from the passages
on: cutting them out of a text is left out.
"""

from __future__ import annotations

import random
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

from store import gazetteer
from store.aliases import Aliases, read
from store.archive import Archive
from store.ingest.run import run
from store.model import Attribution, Dated, Document, Passage
from store.query import MOST_WORDS
from store.search import Search
from store.text import STOP_WORDS, words
from store.writer import ArchiveWriter, Kept
from tests.bench.table import clocked, milliseconds, percentile, print_table
from tests.relevance.engines import Tantivy

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = 7  # The same archives and searches in every run.
ROUNDS = 3
EACH = 40
IN_DOCUMENT = 100
IN_ANSWER = 4

FOREIGN = ("Сирия", "Türkei", "中国", "Russie", "Германия", "الصين", "Ucrania", "сирийцы", "Vereinigte Staaten", "Иран")
OTHERS = (
    "poisoned agents",
    "atomic bomb",
    "hackers",
    "trade bloc",
    "military alliance",
    "fake reports",
    "spies",
    "soccer",
)
NOBODY = (
    "zebra",
    "football transfers",
    "cheese recipe",
    "quantum computing",
    "penguins in syria",
    "wine",
    "opera singer",
)

COLUMNS = (
    *("passages", "search", "p50", "p99", "p99 processor", "p99 first"),
    *("FTS5 p50", "p99", "tantivy p50", "p99"),
)

_PLAIN = """
SELECT passages.id, passages.text FROM passages_fts JOIN passages ON number = passages_fts.rowid
WHERE passages_fts MATCH ? ORDER BY rank LIMIT 5
"""


def documents(seeds: Sequence[Passage], count: int) -> Iterator[tuple[Document, list[Passage]]]:
    """Yield documents with `count` passages in all, of the seeds' words as often as they are said."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    said = Counter(word for passage in seeds for word in re.findall(r"[\w’'-]+", passage.text))
    known, weights = list(said), list(accumulate(said.values()))
    lengths = [len(words(passage.text)) for passage in seeds]

    def sentences(length: int) -> str:
        chosen = rng.choices(known, cum_weights=weights, k=max(length, 3))
        return " ".join(" ".join(chosen[at : at + 20]) + "." for at in range(0, len(chosen), 20))

    for number in range(0, count, IN_DOCUMENT):
        name = f"d{number}"
        held = []
        for position in range(min(IN_DOCUMENT, count - number)):
            if position % IN_ANSWER == 0:
                question = sentences(15)
            kind = rng.choice((Attribution.SPOKEN, Attribution.SPOKEN, Attribution.QUOTED, Attribution.REPORTED))
            text = sentences(rng.choice(lengths))
            held.append(Passage(f"{name}-{position}", name, position, text, kind, (), "Sergey Lavrov", question))
        day = date(2017, 1, 1) + timedelta(days=number // IN_DOCUMENT % 1500)
        yield Document(name, f"{name}.txt", name, day, Dated.UTTERANCE, speakers=("Sergey Lavrov",)), held


def make(path: Path, count: int) -> None:
    """Make an archive of so many passages, and say how fast that was and how large it is."""
    with tempfile.TemporaryDirectory() as folder:
        run(SEEDS, Path(folder) / "archive.db")
        with Archive.open(Path(folder) / "archive.db") as archive:
            seeds = [passage for passage in archive.passages() if not passage.formula]
    places = path.with_name("places.db")
    gazetteer.bring_up_to_date(places)
    file = SEEDS / "aliases.toml"
    aliases = read(file.read_text(encoding="utf-8")) if file.exists() else Aliases()
    size, seconds, busy = 0, 0.0, 0.0
    with ArchiveWriter(path) as writer:
        for document, passages in documents(seeds, count):
            size += sum(len(passage.text.encode()) for passage in passages)
            size += sum(len(question.encode()) for question in {passage.question or "" for passage in passages})
            started, at_work = perf_counter(), process_time()
            writer.put(document, passages, {}, Kept(document.id, document.id))
            seconds, busy = seconds + perf_counter() - started, busy + process_time() - at_work
        started, at_work = perf_counter(), process_time()
        writer.call(places, aliases)
        writer.commit()
        seconds, busy = seconds + perf_counter() - started, busy + process_time() - at_work
    print(
        f"{count:,} passages: built at {size / seconds / 1e6:.1f} MB/s by the clock, {size / busy / 1e6:.1f} by the "
        f"processor; database {path.stat().st_size / size:.2f} times the text of {size / 1e6:.1f} MB"
    )


def searches(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield searches of each kind, made of the archive's own words as often as they are said."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    documents = archive.documents()
    chosen = [next(archive.passages(rng.choice(documents).id)) for _ in range(EACH)]
    for passage in chosen:
        said = [word for word in words(passage.text) if word not in STOP_WORDS and len(word) > 3] or ["syria"]
        word, other = rng.choice(said), rng.choice(said)
        every = words(passage.text)
        start = rng.randrange(max(len(every) - 3, 1))
        at = rng.randrange(len(word))
        yield "subject", word
        yield "subject", f"{word} {other}"
        yield "slips", word[:at] + word[at + 1 :]
        yield (
            "names",
            rng.choice(("US", "united states", "president putin", "eu", "Ankara", "syrian", "un charter", "nato")),
        )
        yield "languages", rng.choice(FOREIGN)
        yield "wording", " ".join(every[start : start + 4])
        yield "wording", f'"{word}" year:2018 -{other}'
        yield "other words", rng.choice(OTHERS)
        yield "nothing", rng.choice(NOBODY)
        yield "newest", f"{word} sort:date"
        yield "hostile", rng.choice((" ".join(f"{one}qx" for one in every[:32]), "syria " * 700, " ".join(every[:80])))


def measure(path: Path) -> list[tuple[str, ...]]:
    """Return a row for each kind of search on the archive at `path`."""
    ours: dict[str, list[tuple[float, float, float]]] = {}
    others: dict[str, list[tuple[float, float]]] = {}
    with Archive.open(path) as archive, closing(sqlite3.connect(path)) as plain:
        search, tantivy = Search(archive), Tantivy(archive.passages())
        search.find("the very first")  # Opens what has to be opened once.
        for kind, typed in searches(archive):
            ours.setdefault(kind, []).append(clocked(partial(search.find, typed), ROUNDS))
            both = milliseconds(partial(_plain, plain, typed)), milliseconds(partial(tantivy.answer, typed))
            others.setdefault(kind, []).append(both)
        passages = f"{archive.counts()[1]:,}"
    everything = [one for some in ours.values() for one in some], [one for some in others.values() for one in some]
    rows = {**{kind: (ours[kind], others[kind]) for kind in ours}, "all": everything}
    return [(passages, kind, *_figures(mine, theirs)) for kind, (mine, theirs) in rows.items()]


def main(counts: Sequence[int], folder: Path) -> None:
    """Measure and print."""
    rows = []
    for count in counts:
        path = folder / str(count) / "archive.db"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path, count)
        rows += measure(path)
    print_table("Searches, five quotes each, in ms", COLUMNS, rows)


def _figures(ours: Sequence[tuple[float, float, float]], others: Sequence[tuple[float, float]]) -> list[str]:
    """Return the figures of a row in the order of COLUMNS."""
    first, best, busy = zip(*ours, strict=True)
    plain, tantivy = zip(*others, strict=True)
    halves = [(best, 0.5), (best, 0.99), (busy, 0.99), (first, 0.99)]
    halves += [(times, share) for times in (plain, tantivy) for share in (0.5, 0.99)]
    return [f"{percentile(times, share):.2f}" for times, share in halves]


def _plain(connection: sqlite3.Connection, typed: str) -> list[tuple[str, str]]:
    different = list(dict.fromkeys(re.findall(r"\w+", typed)))[:MOST_WORDS]  # As many as we read; of more, minutes.
    match = " OR ".join(f'"{word}"' for word in different) or '""'
    return connection.execute(_PLAIN, (match,)).fetchall()


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()] or [1_000, 100_000, 1_000_000]
    if "--folder" in sys.argv:
        main(sizes, Path(sys.argv[sys.argv.index("--folder") + 1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(sizes, Path(made))
