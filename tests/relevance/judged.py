"""The relevance set as its files have it: searches, each with the grades of the passages that are worth something."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

KINDS = ("subject", "slips", "names", "languages", "wording", "other words", "nothing")
NOTHING = "nothing"
HALVES = ("tune", "report")
GRADES = MappingProxyType({"exact": 3, "about": 2, "touches": 1})
SEARCHES = Path(__file__).parent / "searches"

_TABLE = "search"
_KEYS = frozenset({"typed", "kind", "half", "why"})


class JudgementError(Exception):
    """The set can't be used: the fault, with the file or the search that has it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A search as typed, why somebody types it, and the grade of each passage that has one, by id."""

    typed: str
    kind: str
    half: str
    why: str
    grades: Mapping[str, int] = field(default_factory=dict)


def read(folder: Path = SEARCHES) -> tuple[Judged, ...]:
    """Return the searches of every file of the folder; `JudgementError` where there are none, or one is faulty."""
    searches = [search for file in sorted(folder.glob("*.toml")) for search in read_file(file)]
    if not searches:
        raise JudgementError(f"{folder}: no file that ends in .toml holds a search")
    return tuple(searches)


def read_file(file: Path) -> list[Judged]:
    """Return the searches of one file, in its order."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise JudgementError(f"{file.name}: {error}") from error
    if tables.keys() != {_TABLE} or not isinstance(tables[_TABLE], list):
        raise JudgementError(f"{file.name}: expected tables [[{_TABLE}]] and nothing else")
    return [_search(file.name, table) for table in tables[_TABLE]]


def check(searches: Iterable[Judged], passages: Iterable[str]) -> None:
    """Raise `JudgementError` where a search names a passage that is none of these ids."""
    known = frozenset(passages)
    strangers = [f"{search.typed!r}: {name}" for search in searches for name in search.grades if name not in known]
    if strangers:
        raise JudgementError("no passages of these seeds: " + "; ".join(strangers))


def _search(file: str, table: Mapping[str, Any]) -> Judged:
    where = f"{file}, {table.get('typed')!r}"
    if not _KEYS <= table.keys() <= _KEYS | GRADES.keys():
        raise JudgementError(f"{where}: needs {sorted(_KEYS)}, may have {list(GRADES)}, and has {sorted(table)}")
    if table["kind"] not in KINDS or table["half"] not in HALVES or not table["typed"].strip():
        raise JudgementError(f"{where}: `kind` is one of {KINDS}, `half` one of {HALVES}, and something is typed")
    grades: dict[str, int] = {}
    for name, grade in GRADES.items():
        for passage in table.get(name, ()):
            if passage in grades:
                raise JudgementError(f"{where}: passage {passage} is judged twice")
            grades[passage] = grade
    if bool(grades) == (table["kind"] == NOTHING):
        raise JudgementError(f"{where}: a search has passages judged unless it is of the kind {NOTHING!r}")
    return Judged(table["typed"], table["kind"], table["half"], table["why"], grades)
