"""Where documents stand among the numbers of passages is known as it was written down, gaps and all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from store.archive import Archive
from store.stretches import Stretches
from store.writer import ArchiveWriter, Kept
from tests.builders import document, passage

if TYPE_CHECKING:
    from pathlib import Path

DAYS = {"a": dt.date(2018, 3, 1), "b": dt.date(1999, 12, 31), "c": dt.date(2020, 2, 29)}


def put(path: Path, *names: str, without: str = "") -> Stretches:
    """Build: documents of three passages each come in or come anew, one goes; return the stretches then."""
    with ArchiveWriter(path) as writer:
        for name in names:
            said = [passage(f"{name} {n}.", document=name, position=n) for n in range(3)]
            writer.put(document(name, date=DAYS[name]), said, {}, Kept(name, name))
        if without:
            writer.remove(f"{without}.txt")
        writer.commit()
    with Archive.open(path) as archive:
        return Stretches(archive.index.stretches())


def test_each_number_leads_to_the_document_it_stands_in(tmp_path: Path) -> None:
    stretches = put(tmp_path / "archive.db", "a", "b", "c")

    assert [stretches.of(number) for number in (1, 3, 4, 6, 7, 9)] == [(1, 3)] * 2 + [(4, 6)] * 2 + [(7, 9)] * 2
    assert [stretches.day(number) for number in (3, 4, 9)] == [DAYS["a"], DAYS["b"], DAYS["c"]]
    assert stretches.ordinals(np.array([9, 4])).tolist() == [DAYS["c"].toordinal(), DAYS["b"].toordinal()]


def test_numbers_of_what_is_gone_lead_nowhere(tmp_path: Path) -> None:
    put(tmp_path / "archive.db", "a", "b", "c")
    stretches = put(tmp_path / "archive.db", "a", without="b")

    assert np.flatnonzero(stretches.there()).tolist() == [7, 8, 9, 10, 11, 12]
    assert stretches.day(7) == DAYS["c"]
    assert stretches.day(12) == DAYS["a"]


@pytest.mark.parametrize("went", ["a", ""])
def test_an_archive_without_documents_has_none(tmp_path: Path, went: str) -> None:
    put(tmp_path / "archive.db", *went)
    assert not put(tmp_path / "archive.db", without=went or "z").there().any()
