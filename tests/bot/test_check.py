from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.check import State, findings
from bot.settings import Settings
from store.chats import Chats
from store.health import has_wal_reset_fault

NO_SEEDS = Path("nowhere")
"""For tests of what has nothing to do with texts, which take long to read."""
TOKEN = "123456789:" + "AbCdEf-_" * 4 + "xyz"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nobody to ask for the time, unless a test says otherwise."""
    clock_says(monkeypatch, clock.UnknownClockError("Name or service not known"))


def clock_says(monkeypatch: pytest.MonkeyPatch, said: timedelta | Exception) -> None:
    def ahead(_url: str) -> timedelta:
        if isinstance(said, Exception):
            raise said
        return said

    monkeypatch.setattr(clock, "ahead", ahead)


def faults(seeds: Path, data: Path) -> list[str]:
    return [finding.words for finding in findings(seeds, data) if finding.state is State.FAULT]


def test_nothing_is_wrong_with_a_sound_installation(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEBOT_TOKEN", TOKEN)
    Chats.open(settings.data / "chats.db").close()
    found = list(findings(settings.seeds, settings.data))
    assert {finding.words for finding in found if finding.state is State.FAULT} == set()
    told = "\n".join(finding.words for finding in found)
    assert "SQLite 3." in told
    assert "5 texts with" in told
    assert "chats.db: sound" in told
    assert "console.db: not there yet" in told
    assert "clock: not checked, for api.telegram.org does not tell the time (Name or service not known)" in told


def test_every_fault_is_found_in_one_go(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUOTEBOT_TIMEZONE", "Mars")
    monkeypatch.setenv("QUOTEBOT_TOKN", TOKEN)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "good.txt").write_bytes((settings.seeds / "001_10286d6be6f0cf31.txt").read_bytes())
    (seeds / "bad.txt").write_bytes(b"\x00\x01\x02")
    with closing(sqlite3.connect(settings.data / "archive.db", isolation_level=None)) as archive:
        archive.execute("PRAGMA foreign_keys = OFF")
        archive.execute("INSERT INTO dates VALUES ('nobody', '2018-01-01', '01-01', '1 January', 0)")
    (settings.data / "chats.db").write_bytes(b"rubbish" * 1000)
    with closing(sqlite3.connect(settings.data / "console.db")) as other:
        other.execute("CREATE TABLE theirs (x)")
    told = "\n".join(faults(seeds, settings.data))
    for fault in (
        "QUOTEBOT_TOKEN or QUOTEBOT_TOKEN_FILE is needed",
        "“Mars” is not a time zone",
        "did you mean QUOTEBOT_TOKEN?",
        "bad.txt",
        "a row in dates that refers to nothing",
        "chats.db is damaged",
        "database of another program",
    ):
        assert fault in told


@pytest.mark.parametrize(("token", "admins", "warned"), [(TOKEN, "", True), ("", "", True), (TOKEN, "7", False)])
def test_that_nobody_can_reload_is_a_warning(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, token: str, admins: str, warned: bool
) -> None:
    monkeypatch.setenv("QUOTEBOT_TOKEN", token)
    monkeypatch.setenv("QUOTEBOT_ADMINS", admins)
    told = [found.state for found in findings(NO_SEEDS, settings.data) if "nobody can /reload" in found.words]
    assert told == [State.WARNING] * warned


def test_looking_changes_nothing(settings: Settings) -> None:
    before = sorted((file.name, file.read_bytes()) for file in settings.data.iterdir())
    list(findings(settings.seeds, settings.data))
    after = sorted((file.name, file.read_bytes()) for file in settings.data.iterdir() if file.suffix == ".db")
    assert before == after


def test_a_missing_seeds_folder_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    assert any("no seeds folder" in fault for fault in faults(tmp_path / "nowhere", settings.data))


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 51, 3), False),
        ((3, 51, 2), True),
        ((3, 40, 1), True),
    ],
)
def test_an_sqlite_with_the_fault_is_named_with_what_to_do(
    version: tuple[int, int, int], faulty: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.check.has_wal_reset_fault", lambda: has_wal_reset_fault(version))
    [told] = [finding for finding in findings(NO_SEEDS, settings.data) if finding.words.find("SQLite") >= 0]
    # No fault: our processes take turns, whatever SQLite it is.
    assert told.state is (State.WARNING if faulty else State.SOUND)
    assert ("has the WAL-reset fault" in told.words) == faulty
    assert ("3.51.3 or later, 3.50.7, or 3.44.6" in told.words) == faulty


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(seconds=29), None),
        (timedelta(seconds=-29), None),
        (timedelta(seconds=31), "clock: 31 seconds ahead of that of api.telegram.org: digests come at the wrong time."),
        (timedelta(minutes=-5), "clock: 5 minutes behind that of"),
        (timedelta(hours=3), "clock: 3 hours ahead of that of"),
        (timedelta(days=-800), "clock: 800 days behind that of"),
        (clock.WrongTimeError("certificate is not yet valid"), "the certificate of api.telegram.org is not valid"),
    ],
)
def test_a_clock_far_from_telegrams_is_a_fault(
    ahead: timedelta | Exception, said: str | None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_says(monkeypatch, ahead)
    told = [fault for fault in faults(NO_SEEDS, settings.data) if "clock" in fault]
    assert len(told) == (said is not None)
    assert all(said in fault and "timedatectl set-ntp true" in fault for fault in told if said)


def test_the_clock_asked_is_that_of_the_server_that_is_set(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ahead(url: str) -> timedelta:
        asked.append(url)
        return timedelta()

    monkeypatch.setattr(clock, "ahead", ahead)
    monkeypatch.setenv("QUOTEBOT_API_URL", "http://127.0.0.1:8081/")
    list(findings(NO_SEEDS, settings.data))
    monkeypatch.setenv("QUOTEBOT_API_URL", "not an address")
    list(findings(NO_SEEDS, settings.data))
    assert asked == ["http://127.0.0.1:8081", "https://api.telegram.org"]


@pytest.mark.usefixtures("bare_environment")
def test_a_data_folder_that_can_not_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert any("can't be made: " in fault for fault in faults(NO_SEEDS, tmp_path / "file" / "data"))
    found = [finding.words for finding in findings(NO_SEEDS, tmp_path / "new" / "data")]
    assert f"{tmp_path / 'new' / 'data'}: to be made" in found
    assert not (tmp_path / "new").exists()


def test_a_data_folder_that_may_not_be_looked_into_is_a_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def denied(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.parent == settings.data:  # Root may look everywhere.
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", denied)
    found = faults(NO_SEEDS, settings.data)
    for name in ("archive.db", "chats.db"):
        assert any(f"{name} can't be reached: Permission denied. Do it as" in fault for fault in found)


def test_a_data_folder_that_can_not_be_written_is_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != settings.data)  # Root may write everywhere.
    assert any("can't be written by the user" in fault for fault in faults(NO_SEEDS, settings.data))
