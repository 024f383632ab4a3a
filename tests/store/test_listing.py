from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from tests.builders import document, make_archive, passage

if TYPE_CHECKING:
    from pathlib import Path


def test_documents_are_leafed_through_in_the_order_of_all(tmp_path: Path) -> None:
    days = (dt.date(2018, 2, 7), dt.date(2018, 2, 8))
    held = [document(f"d{n}", date=days[n % 2], speakers=(f"S{n % 3}", "Ann")) for n in range(7)]
    with make_archive(tmp_path, documents=held) as archive:
        every = archive.documents()
        assert [one.id for one in every] == ["d1", "d3", "d5", "d0", "d2", "d4", "d6"]
        assert [archive.listing.page(3, at) for at in (0, 3, 6, 7)] == [every[:3], every[3:6], every[6:], ()]
        assert [archive.listing.place(one) for one in every] == [*range(1, 8)]
        assert archive.listing.span() == days
        assert archive.listing.speakers() == tuple(dict.fromkeys(name for one in every for name in one.speakers))
    with make_archive(tmp_path / "other") as archive:
        assert (archive.listing.page(3, 0), archive.listing.span(), archive.listing.speakers()) == ((), None, ())


def test_lists_are_read_from_indexes(tmp_path: Path) -> None:
    asked: list[str] = []
    with make_archive(tmp_path, passage(document="d"), documents=[document("d")]) as archive:
        archive._connection.set_trace_callback(asked.append)
        archive.listing.page(8, 8)
        archive.listing.place(archive.document("d"))
        archive.listing.count()
        archive.listing.speakers()
        archive.listing.span()
        archive.listing.passages_by_speakers()
        archive._connection.set_trace_callback(None)
        plans = [archive._all(f"EXPLAIN QUERY PLAN {one}") for one in asked if "SELECT" in one]
    steps = [step for plan in plans for *_, step in plan]
    assert len(plans) > 5
    assert [step for step in steps if re.search(r"SCAN documents(?! USING COVERING)", step)] == [], steps


def test_passages_are_counted_by_those_who_speak_together(tmp_path: Path) -> None:
    held = [document("a", speakers=("Ann",)), document("b", speakers=("Ann", "Bo")), document("c", speakers=("Ann",))]
    said = [
        passage(text, document=name) for name, text in (("a", "One."), ("b", "Two."), ("c", "Three."), ("c", "Four."))
    ]
    with make_archive(tmp_path, *said, documents=held) as archive:
        assert archive.listing.passages_by_speakers() == {("Ann",): 3, ("Ann", "Bo"): 1}
