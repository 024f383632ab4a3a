"""How long a build of the seeds takes, within the process: `python -m tests.bench.build [ROUNDS]`.

The goal is under 1 s. Beside it, in the same run, what the least build would be: every paragraph of the same files,
unread, put into a table with a full-text index by sqlite-utils.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import sqlite_utils

from store.ingest.run import run
from tests.bench.table import milliseconds, percentile, print_table

SEEDS = Path(__file__).parents[2] / "seeds"
GOAL_S = 1.0


def main(rounds: int) -> None:
    """Measure and print."""
    taken: dict[str, list[float]] = {}
    size = sum(file.stat().st_size for file in SEEDS.glob("*.txt")) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        first = milliseconds(partial(_as_process, Path(folder) / "first"))
        for number in range(rounds):
            archive = Path(folder) / f"{number}.db"
            taken.setdefault("everything new", []).append(milliseconds(partial(run, SEEDS, archive)))
            taken.setdefault("nothing changed", []).append(milliseconds(partial(run, SEEDS, archive)))
            plain = Path(folder) / f"{number}-plain.db"
            taken.setdefault("sqlite-utils, paragraphs", []).append(milliseconds(partial(_plain, plain)))
    rows = [("quotebot build, as a process", f"{first / 1000:.3f}", "", "")]
    for name, some in taken.items():
        median = percentile(some, 0.5) / 1000
        rows.append((name, f"{median:.3f}", f"{min(some) / 1000:.3f}", f"{size / median:.1f}"))
    columns = ("build", "median s", "best s", "MB/s")
    print_table(f"{rounds} builds of {size:.2f} MB (the goal: under {GOAL_S} s)", columns, rows)


def _as_process(folder: Path) -> None:
    quotebot = Path(sys.executable).with_name("quotebot")
    command = [str(quotebot), "build", "--seeds", str(SEEDS), "--data", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _plain(path: Path) -> None:
    db = sqlite_utils.Database(path)
    db.table("paragraphs").insert_all(
        {"file": file.name, "text": paragraph}
        for file in sorted(SEEDS.glob("*.txt"))
        for paragraph in file.read_text(encoding="utf-8").split("\n\n")
    ).enable_fts(["text"], tokenize="porter")
    db.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
