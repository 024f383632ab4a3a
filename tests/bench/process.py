"""How long a command takes as a process, start to end: `python -m tests.bench.process [ROUNDS]`.

The goal is that `quotebot quote syria` takes at most 20 times `python3 -c pass`: the interpreter that runs this, since
`python3` on the path may be a script that looks for one. Everything is measured in turn, round by round, so that a
busy moment of the machine falls on all alike.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from store.ingest.run import run
from tests.bench.table import milliseconds, percentile, print_table

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOAL = 20
QUOTEBOT = str(Path(sys.executable).with_name("quotebot"))
UTILS = str(Path(sys.executable).with_name("sqlite-utils"))


def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        run(SEEDS, archive)
        mine = [QUOTEBOT, "--data", folder, "--seeds", str(SEEDS)]
        commands = {
            "python3 -c pass": [sys.executable, "-c", "pass"],
            "quotebot quote syria": [*mine, "quote", "syria"],
            "quotebot quote syria --json": [*mine, "quote", "syria", "--json"],
            "quotebot quote venezuala": [*mine, "quote", "venezuala"],
            "quotebot onthisday 28.12.": [*mine, "onthisday", "28.12."],
            "quotebot onthisday 28 dec": [*mine, "onthisday", "28", "dec"],
            "quotebot --help": [*mine, "--help"],
            "python -c 'import sqlite_utils'": [sys.executable, "-c", "import sqlite_utils"],
            "sqlite-utils search … syria": [UTILS, "search", str(archive), "passages", "syria", "--limit", "5"],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(milliseconds(partial(_run, command)))
    yard = percentile(taken["python3 -c pass"], 0.5)
    rows = [
        (name, f"{percentile(some, 0.5):.0f}", f"{min(some):.0f}", f"{percentile(some, 0.5) / yard:.1f}")
        for name, some in taken.items()
    ]
    columns = ("process", "median ms", "best ms", "times python3")
    print_table(f"{rounds} rounds (the goal: `quotebot quote syria` at most {GOAL} times)", columns, rows)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
