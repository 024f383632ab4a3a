"""Tables of measurements, and what they are measured with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

_WIDE = 250


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose first column holds names and whose others hold figures."""
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console = Console()
    # Into a file or a pipe goes the whole table, however wide.
    (console if console.is_terminal else Console(width=_WIDE)).print(table)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes, once."""
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000


def clocked(work: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Return in milliseconds how long `work` takes the first time, at best, and at best on the processor alone."""
    clock, processor = [], []
    for _ in range(rounds):
        started = process_time()
        clock.append(milliseconds(work))
        processor.append((process_time() - started) * 1000)
    return clock[0], min(clock), min(processor)


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
