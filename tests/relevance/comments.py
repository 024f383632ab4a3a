"""The files of the set as they are kept: beside each id the day and the first words of its passage, so that they can be
read and argued with. `python -m tests.relevance.comments` writes these comments anew, which changes nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from store.archive import Archive
from store.text import clip
from tests.goldens import SEEDS
from tests.relevance.engines import built
from tests.relevance.judged import GRADES, SEARCHES, Judged, read_file

_WIDTH = 120


class Line(NamedTuple):
    """What a comment says of a passage, and where this stands in the archive."""

    day: date
    position: int
    text: str


def lines(archive: Archive) -> dict[str, Line]:
    """Return what to say of every passage, by id."""
    days = {document.id: document.date for document in archive.documents()}
    return {passage.id: Line(days[passage.document], passage.position, passage.text) for passage in archive.passages()}


def commented(head: str, searches: Iterable[Judged], passages: Mapping[str, Line]) -> str:
    """Return a file: its head, and each search with its passages in the order of the archive, newest document last."""
    return head + "".join(f"\n[[search]]\n{_table(search, passages)}" for search in searches)


def head(file: Path) -> str:
    """Return the comment that a file begins with."""
    return file.read_text(encoding="utf-8").partition("\n[[")[0]


def main() -> None:
    """Write every file of the set anew."""
    with built(SEEDS) as archive:
        passages = lines(archive)
    for file in sorted(SEARCHES.glob("*.toml")):
        file.write_text(commented(head(file), read_file(file), passages), encoding="utf-8")


def _table(search: Judged, passages: Mapping[str, Line]) -> str:
    table = "".join(
        f"{key} = {_string(value)}\n"
        for key, value in (
            ("typed", search.typed),
            ("kind", search.kind),
            ("half", search.half),
            ("why", search.why),
        )
    )
    for name, grade in GRADES.items():
        ids = [passage for passage, given in search.grades.items() if given == grade]
        if ids:
            entries = "".join(_entry(one, passages[one]) for one in sorted(ids, key=passages.__getitem__))
            table += f"{name} = [\n{entries}]\n"
    return table


def _entry(identifier: str, line: Line) -> str:
    entry = f'    "{identifier}",  # {line.day:%Y-%m-%d} {line.position:2}: '
    return entry + clip(line.text, _WIDTH - len(entry)) + "\n"


def _string(text: str) -> str:
    # A string of JSON is one of TOML, but for what only DEL and lone surrogates would need.
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
