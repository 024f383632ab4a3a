"""What a reload costs those who ask meanwhile: `python -m tests.bench.reload [DOCUMENTS] [ROUNDS] [FOLDER]`.

An archive of documents made of the seeds' own paragraphs, with the seeds' names of things; then rounds in which ten
documents change and the bot reloads, with the program's own command in a process of its own, while one search after
another is answered by the real handlers over the Telegram of this process. Beside it the same searches with nothing
else going on, and the same build run in a thread of the bot. The goals: a reload under 2 s, and the 99th percentile of
`/quote` meanwhile at most twice that without. Making the archive takes minutes: in a FOLDER that is named it stays, for
the next run.
"""

from __future__ import annotations

import asyncio
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from bot.allowances import Limits
from bot.app import build
from bot.builds import Done
from bot.console import ConsoleTelegram
from bot.floods import Ceiling, Floods
from bot.settings import load
from store import aliases
from store.archive import Archive
from store.ingest.run import run
from store.model import Report
from store.text import STOP_WORDS, words
from tests.bench.table import percentile, print_table

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = 7  # The same documents and searches in every run.
CHANGED = 10
PARAGRAPHS = 6
GOAL_S = 2.0
GOAL_RATIO = 2.0
BETWEEN_S = 0.05
"""Searches come so long after the answer before, so that they do not fill a processor by themselves."""

_NO_LIMITS = Limits(interval=0.0, group_most=1_000_000)
_NO_CEILING = Ceiling(most=1_000_000)


def texts(paragraphs: list[str], number: int, rng: random.Random) -> str:
    """Return an interview of some of the paragraphs, each an answer, under a headline and a date of its own."""
    said = "\n\n".join(f"Sergey Lavrov: {paragraph}" for paragraph in rng.sample(paragraphs, PARAGRAPHS))
    day = f"{1 + number % 28} {('January', 'May', 'July', 'October')[number % 4]} {1990 + number % 30}"
    return f"Interview {number} with Sergey Lavrov\n\n{day}\n\nQuestion: What do you say to that?\n\n{said}\n"


class _Corpus:
    """A folder of documents and its archive; `kept` is where they stay, for another run."""

    def __init__(self, documents: int, scratch: Path, kept: Path | None) -> None:
        self.documents = documents
        self.seeds, self.data = (kept or scratch) / "seeds", (kept or scratch) / "data"
        self.seeds.mkdir(parents=True, exist_ok=True)
        shutil.copy(SEEDS / aliases.FILE, self.seeds)
        self.rng = random.Random(SEED)  # noqa: S311 - nothing secret
        run(SEEDS, scratch / "seeds.db")
        with Archive.open(scratch / "seeds.db") as archive:
            self._paragraphs = [passage.text for passage in archive.passages() if len(passage.text) > 200]
        said = [word for text in self._paragraphs for word in words(text)]
        self._words = [word for word in said if word not in STOP_WORDS and len(word) > 3]
        for number in range(documents):
            if not (self.seeds / f"{number:06}.txt").exists():
                self._write(number, self.rng)

    def build(self) -> Report:
        """Build the archive, in this process."""
        return run(self.seeds, self.data / "archive.db")

    def change(self) -> None:
        """Let some of the documents say something else."""
        for number in self.rng.sample(range(self.documents), CHANGED):
            self._write(number, random.Random())  # noqa: S311 - in a folder that is kept, other than last time

    def search(self) -> str:
        """Return a search of two words, each as often as it is said."""
        return f"{self.rng.choice(self._words)} {self.rng.choice(self._words)}"

    def _write(self, number: int, rng: random.Random) -> None:
        text = texts(self._paragraphs, number, rng)
        (self.seeds / f"{number:06}.txt").write_text(text, encoding="utf-8")


@dataclass
class _Measured:
    """How long the answers took, in ms, what the work lasted, and what processor time it cost, both in s."""

    answers: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)

    async def beside(self, work: Callable[[], Awaitable[object]], ask: Callable[[], Awaitable[object]]) -> None:
        """Ask one question after another until the work is done."""
        before, began = _processor(), perf_counter()
        task = asyncio.ensure_future(work())
        while not task.done():
            asked = perf_counter()
            await ask()
            self.answers.append((perf_counter() - asked) * 1000)
            await asyncio.wait([task], timeout=BETWEEN_S)
        await task
        self.seconds.append(perf_counter() - began)
        self.cost.append(_processor() - before)


def _processor() -> float:
    """Return the seconds of processor time that ended children of this process took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _measure(corpus: _Corpus, rounds: int) -> dict[str, _Measured]:
    telegram = ConsoleTelegram(patience=600)
    admin = telegram.owner.id
    settings = load(seeds=corpus.seeds, data=corpus.data).model_copy(update={"messages_per_second": 100_000})
    bot = build(settings, request=telegram, chats="console.db", limits=_NO_LIMITS, floods=Floods(_NO_CEILING))

    async def reload() -> None:
        ended = await bot.reload.begin(admin, "Admin")
        assert isinstance(ended.outcome, Done), ended
        assert len(ended.outcome.report.changed) == CHANGED

    kinds: dict[str, Callable[[], Awaitable[object]]] = {
        "nothing else": partial(asyncio.sleep, GOAL_S),
        "a reload": reload,
        "a build in a thread": partial(asyncio.to_thread, corpus.build),
    }
    measured = {kind: _Measured() for kind in kinds}
    async with telegram.running(bot.application):
        chat = telegram.private()
        await bot.warm()

        async def ask() -> None:
            await chat.say(f"/quote {corpus.search()}")

        await _Measured().beside(kinds["nothing else"], ask)  # Warm.
        for _ in range(rounds):
            for kind, work in kinds.items():
                if kind != "nothing else":
                    corpus.change()
                await measured[kind].beside(work, ask)
    return measured


def main(documents: int, rounds: int, kept: Path | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        corpus = _Corpus(documents, Path(scratch), kept)
        print(f"the archive: {corpus.build().passages:,} passages of {documents:,} documents")
        measured = asyncio.run(_measure(corpus, rounds))
    calm = percentile(measured["nothing else"].answers, 0.99)
    rows = [
        (
            kind,
            f"{len(one.answers)}",
            *(f"{percentile(one.answers, share):.1f}" for share in (0.5, 0.99)),
            f"{percentile(one.answers, 0.99) / calm:.2f}",
            f"{percentile(one.seconds, 0.5):.2f}",
            f"{max(one.seconds):.2f}",
            f"{percentile(one.cost, 0.5):.2f}" if kind == "a reload" else "",
        )
        for kind, one in measured.items()
    ]
    columns = ("/quote beside", "n", "p50 ms", "p99 ms", "ratio", "mid s", "max s", "CPU s")
    print_table(f"{CHANGED} changed, {rounds} rounds (goals: p99 ratio {GOAL_RATIO:g}, {GOAL_S:g} s)", columns, rows)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 10_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
        Path(sys.argv[3]) if len(sys.argv) > 3 else None,
    )
