from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.check import findings
from bot.settings import Settings
from store.chats import Chats

TOKEN = "123456789:" + "AbCdEf-_" * 4 + "xyz"


def faults(seeds: Path, data: Path) -> list[str]:
    return [finding.words for finding in findings(seeds, data) if not finding.sound]


def test_nothing_is_wrong_with_a_sound_installation(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEBOT_TOKEN", TOKEN)
    Chats.open(settings.data / "chats.db").close()
    found = list(findings(settings.seeds, settings.data))
    assert all(finding.sound for finding in found)
    told = "\n".join(finding.words for finding in found)
    assert "SQLite 3." in told
    assert "5 texts with" in told
    assert "chats.db: sound" in told
    assert "console.db: not there yet" in told


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


def test_looking_changes_nothing(settings: Settings) -> None:
    before = sorted((file.name, file.read_bytes()) for file in settings.data.iterdir())
    list(findings(settings.seeds, settings.data))
    after = sorted((file.name, file.read_bytes()) for file in settings.data.iterdir() if file.suffix == ".db")
    assert before == after


def test_a_missing_seeds_folder_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    assert any("no seeds folder" in fault for fault in faults(tmp_path / "nowhere", settings.data))
