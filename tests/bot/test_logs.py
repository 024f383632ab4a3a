from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from telegram.error import BadRequest, TimedOut

from bot import logs
from bot.logs import account
from store.errors import ArchiveError, UsageError

TOKEN = "123456789:" + "AbCdEf-_" * 4 + "xyz"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = root.level, root.handlers[:], {name: logging.getLogger(name).level for name in logs._AT_LEAST}
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


def fail() -> None:
    raise OSError(f"https://api.telegram.org/bot{TOKEN}/sendMessage failed")


def time_out() -> None:
    raise TimedOut


def test_the_token_never_gets_into_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json"):
        logs.set_up("debug", form)
        logging.getLogger("bot.x").info("asked %s", f"/bot{TOKEN}/getMe")
        try:
            fail()
        except OSError:
            logging.getLogger("bot.y").exception("fault")
    told = capsys.readouterr().err
    assert told.count("[token]") == 4
    assert "AbCdEf" not in told


def test_requests_with_the_token_in_their_address_are_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info", "text")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot…")
    logging.getLogger("bot.x").info("started a=%d", 1)
    told = capsys.readouterr().err
    assert told.endswith("info bot.x: started a=1\n")
    assert "HTTP" not in told


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info", "json")
    logging.getLogger("bot.x").warning("two\nlines ✓")
    record = json.loads(capsys.readouterr().err)
    assert (record["level"], record["logger"], record["event"]) == ("warning", "bot.x", "two\nlines ✓")
    assert record["time"].endswith("+00:00")


def test_a_telegram_that_is_away_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug", "text")
    logging.getLogger("telegram.ext.ExtBot").debug("Update(message=what somebody wrote)")
    try:
        time_out()
    except TimedOut:
        logging.getLogger("telegram.ext").exception("polling failed")
    assert capsys.readouterr().err.endswith("error telegram.ext: polling failed\nTimedOut: Timed out\n")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (BadRequest("Chat not found"), "telegram.error.BadRequest: Chat not found"),
        (ArchiveError("archive.db is locked."), "store.errors.ArchiveError: archive.db is locked."),
        (UsageError("“my words” is no day"), "store.errors.UsageError"),
    ],
)
def test_only_errors_about_servers_and_files_are_logged_with_their_text(error: Exception, line: str) -> None:
    assert next(account(error)) == line
