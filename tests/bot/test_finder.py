from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.finder import Finder
from store.commit import Commit
from store.errors import ArchiveError, UsageError
from store.model import Results
from tests.builders import make_archive, passage


async def test_searches_run_in_one_thread_that_is_not_the_loops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_archive(tmp_path, passage("Peace in Kosovo.")).close()
    finder = Finder(tmp_path / "archive.db", lambda: 0)
    try:
        ran: list[int] = []
        search = finder._search.find

        def find(typed: str, *, limit: int, offset: int, compare: bool) -> Results:
            ran.append(threading.get_ident())
            return search(typed, limit=limit, offset=offset, compare=compare)

        monkeypatch.setattr(finder._search, "find", find)
        for _ in range(3):
            assert [quote.text for quote in (await finder.find("kosovo")).quotes] == ["Peace in Kosovo."]
        assert len(set(ran)) == 1
        assert threading.get_ident() not in ran
        with pytest.raises(UsageError):
            await finder.find(" ")
    finally:
        finder.close()


def test_without_an_archive_there_is_nothing_to_find_in(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        Finder(tmp_path / "archive.db", lambda: 0)


async def test_what_was_found_once_is_not_looked_for_again_before_the_archive_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_archive(tmp_path, passage("Peace in Kosovo.")).close()
    version = 1
    finder = Finder(tmp_path / "archive.db", lambda: version)
    try:
        first = await finder.find("kosovo")
        monkeypatch.setattr(finder._search, "find", lambda *_, **__: Results((), 0))
        assert await finder.find("kosovo") is first
        assert await finder.find("kosovo", limit=1) == Results((), 0)
        version = 2
        assert await finder.find("kosovo") == Results((), 0)
    finally:
        finder.close()


async def test_what_a_search_found_that_outlasted_a_reload_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_archive(tmp_path, passage("Peace in Kosovo.")).close()
    version = 1
    finder = Finder(tmp_path / "archive.db", lambda: version)
    begun, reloaded = threading.Event(), threading.Event()

    def before_and_after(typed: str, **_: int) -> Results:
        if typed == "kosovo" and not reloaded.is_set():
            begun.set()
            reloaded.wait(10)
            return Results((), 1)
        return Results((), 0)

    monkeypatch.setattr(finder._search, "find", before_and_after)
    try:
        slow = asyncio.create_task(finder.find("kosovo"))
        await asyncio.to_thread(begun.wait, 10)
        version = 2
        other = asyncio.create_task(finder.find("syria"))
        await asyncio.sleep(0)
        reloaded.set()
        assert (await slow).total == 1
        await other
        assert (await finder.find("kosovo")).total == 0
    finally:
        reloaded.set()
        finder.close()


async def test_what_the_first_search_takes_long_for_is_done_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_archive(tmp_path, passage("Peace in Kosovo.")).close()
    made: list[Commit] = []

    def commit(*given: Any) -> Commit:  # noqa: ANN401 - as Commit takes it
        made.append(Commit(*given))
        return made[-1]

    monkeypatch.setattr("store.search.Commit", commit)
    finder = Finder(tmp_path / "archive.db", lambda: 0)
    try:
        await finder.warm()
        assert len(made) == 1
        assert "dateparser.date" in sys.modules
        await finder.find("kosovo")
        assert len(made) == 1
    finally:
        finder.close()


async def test_an_archive_that_fails_is_told_by_the_first_search_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_archive(tmp_path, passage("Peace in Kosovo.")).close()
    finder = Finder(tmp_path / "archive.db", lambda: 0)
    try:
        monkeypatch.setattr(finder._search, "find", _failing)
        await finder.warm()
        assert "disk" in caplog.text
    finally:
        finder.close()


def _failing(*_: object, **__: object) -> Results:
    raise ArchiveError("the disk reports an error")
