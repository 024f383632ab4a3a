from __future__ import annotations

import asyncio
import gc
import json
import logging
import sys
import threading
from collections.abc import Iterator

import click
import pytest
from telegram import Chat, PollAnswer, Update
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


@pytest.fixture
def _hooks_as_before() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, sys.stderr
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook, sys.stderr = before
    logging.captureWarnings(capture=False)


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


WRITTEN = "what somebody wrote"


def break_down() -> None:
    raise ValueError(WRITTEN)


def test_of_an_error_is_told_where_it_came_about_not_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug", "text")
    try:
        break_down()
    except ValueError as error:
        logging.getLogger("bot.x").exception("fault")
        logging.getLogger("telegram.ext.x").critical("aborted due to %r", error)
    told = capsys.readouterr().err
    assert "fault\nbuiltins.ValueError\n  " in told
    assert "aborted due to 'builtins.ValueError'" in told
    assert "in break_down" in told
    assert WRITTEN not in told


def test_of_an_update_that_the_library_logs_its_id_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug", "text")
    poll = PollAnswer("1", (), option_persistent_ids=(), voter_chat=Chat(5, "channel", title=WRITTEN))
    logger = logging.getLogger("telegram.ext.Application")
    logger.critical("Error while building CallbackContext for update %s", Update(7, poll_answer=poll))
    logger.critical("Received data was: %r, %s", {"text": WRITTEN}, poll)
    told = capsys.readouterr().err
    assert "for update Update 7" in told
    assert WRITTEN not in told


def test_a_record_that_can_not_be_formatted_is_told_without_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug", "json")
    logging.getLogger("bot.x").info("%d chats", WRITTEN)
    assert capsys.readouterr().err.startswith("not logged logger=bot.x line=")


def test_secrets_are_blotted_out_in_whatever_form(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json"):
        logs.set_up("debug", form, ["hook-secret"])
        logging.getLogger("bot.x").info("hook-secret at /bot%s/x", TOKEN.replace(":", "%3A"))
    told = capsys.readouterr().err
    assert told.count("[secret] at /bot[token]/x") == 2


@pytest.mark.usefixtures("_hooks_as_before")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_handled_is_logged_without_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info", "text")
    logs.catch_all([TOKEN])
    thread = threading.Thread(target=break_down, name="a-thread")
    thread.start()
    thread.join()
    try:
        break_down()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    told = capsys.readouterr().err
    assert told.count("critical bot.logs: fault that nobody handled") == 2
    assert "thread=a-thread" in told
    assert told.count("in break_down") == 2
    assert WRITTEN not in told


@pytest.mark.usefixtures("_hooks_as_before")
def test_what_libraries_print_themselves_holds_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info", "text")
    logs.catch_all([TOKEN])
    print("asked /bot", TOKEN, "/x", file=sys.stderr, sep="")
    click.echo("no seeds", err=True)
    print("half a line", end="", file=sys.stderr, flush=True)
    assert capsys.readouterr().err == "asked /bot[token]/x\nno seeds\nhalf a line"


async def test_the_error_of_a_task_that_nobody_asked_is_told_without_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("info", "text")
    asyncio.get_running_loop().set_exception_handler(logs.loop_fault)

    async def work() -> None:
        break_down()

    task = asyncio.create_task(work(), name="a-task")
    await asyncio.wait({task})
    del task
    gc.collect()
    told = capsys.readouterr().err
    assert "Task exception was never retrieved task=a-task\nbuiltins.ValueError" in told
    assert WRITTEN not in told
