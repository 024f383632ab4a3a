from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from store.chats import KEPT, Chats, SavedSearches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
ANN, BOB = 11, -1001234567890


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Chats]:
    with Chats.open(tmp_path / "data" / "chats.db") as opened:
        yield opened


@pytest.fixture
def searches(chats: Chats) -> SavedSearches:
    return SavedSearches(chats)


@pytest.mark.parametrize("words", ["syria", "", "x" * 4096, "'; DROP TABLE searches --", "سوريا 🙂", "\0"])
def test_what_was_typed_comes_back(words: str, searches: SavedSearches) -> None:
    assert searches.words(searches.keep(ANN, words, NOW)) == words


def test_half_a_character_is_kept_as_a_question_mark(searches: SavedSearches) -> None:
    assert searches.words(searches.keep(ANN, "a\ud83d", NOW)) == "a?"


def test_the_same_words_of_a_chat_keep_their_id(searches: SavedSearches) -> None:
    first = searches.keep(ANN, "syria", NOW)
    others = {searches.keep(ANN, "Syria", NOW), searches.keep(BOB, "syria", NOW)}
    assert searches.keep(ANN, "syria", NOW + timedelta(days=1)) == first
    assert len(others | {first}) == 3


def test_a_search_is_open_to_anyone_or_to_its_chat(searches: SavedSearches) -> None:
    saved = searches.keep(ANN, "syria", NOW)
    assert searches.words(saved) == searches.words(saved, chat=ANN) == "syria"
    assert searches.words(saved, chat=BOB) is None


@pytest.mark.parametrize("identifier", [0, -1, 99, 2**63, 10**40])
def test_a_forged_id_finds_nothing(identifier: int, searches: SavedSearches) -> None:
    searches.keep(ANN, "syria", NOW)
    assert searches.words(identifier) is None


def test_forgetting_a_chat_leaves_the_others(searches: SavedSearches) -> None:
    mine, theirs = searches.keep(ANN, "syria", NOW), searches.keep(BOB, "kosovo", NOW)
    searches.forget(ANN)
    assert (searches.words(mine), searches.words(theirs)) == (None, "kosovo")


def test_searches_are_gone_thirty_days_after_they_were_typed_last(searches: SavedSearches) -> None:
    old, again, fresh = (searches.keep(ANN, words, NOW) for words in ("old", "again", "fresh"))
    assert timedelta(days=30) == KEPT
    assert searches.sweep(NOW + KEPT) == 0
    searches.keep(ANN, "again", NOW + timedelta(seconds=1))
    searches.keep(ANN, "fresh", NOW + KEPT)
    assert searches.sweep(NOW + KEPT + timedelta(seconds=1)) == 1
    assert [searches.words(one) for one in (old, again, fresh)] == [None, "again", "fresh"]


def test_an_id_is_never_given_to_another_search(searches: SavedSearches) -> None:
    gone = searches.keep(ANN, "syria", NOW)
    searches.forget(ANN)
    assert searches.keep(BOB, "kosovo", NOW) != gone
    assert searches.words(gone) is None


def test_times_of_any_zone_are_kept_as_utc_and_bare_ones_refused(chats: Chats, searches: SavedSearches) -> None:
    searches.keep(ANN, "syria", NOW.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert chats.rows("SELECT created_at FROM searches") == [("2018-02-07T12:00:00+00:00",)]
    with pytest.raises(ValueError, match="without a zone"):
        searches.keep(ANN, "syria", NOW.replace(tzinfo=None))


def test_a_search_outlives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "chats.db"
    with Chats.open(path) as chats:
        saved = SavedSearches(chats).keep(ANN, "syria", NOW)
    with Chats.open(path) as chats:
        assert SavedSearches(chats).words(saved) == "syria"


def test_what_fails_in_the_middle_is_undone(chats: Chats, searches: SavedSearches) -> None:
    saved = searches.keep(ANN, "syria", NOW)

    def fail() -> None:
        with chats.writing() as connection:
            connection.execute("DELETE FROM searches")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert searches.words(saved) == "syria"


def test_forgotten_words_are_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "chats.db"
    with Chats.open(path) as chats:
        SavedSearches(chats).keep(ANN, "a very private matter", NOW)
        SavedSearches(chats).forget(ANN)
    assert b"private matter" not in path.read_bytes()


def test_writes_reach_the_disk_before_they_are_acknowledged(chats: Chats, tmp_path: Path) -> None:
    assert chats.rows("PRAGMA synchronous") == [(2,)]
    assert chats.rows("PRAGMA journal_mode") == [("wal",)]
    assert chats.rows("PRAGMA busy_timeout") == [(5000,)]
    with closing(sqlite3.connect(tmp_path / "data" / "chats.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
