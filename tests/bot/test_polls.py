from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.ext import Application, Updater
from telegram.request import BaseRequest, RequestData

from bot.polls import REFUSALS, Polls
from bot.signs import Outage, Pulse, Signs
from tests.telegram_stub import ME

UNREADABLE = {"update_id": 7, "message": {"text": "what somebody wrote"}}
NO_ID: dict[str, Any] = {"message": {}}


def said(number: int) -> dict[str, Any]:
    chat = {"id": 5, "type": "private"}
    return {"update_id": number, "message": {"message_id": number, "date": 1, "chat": chat, "text": "x"}}


def answer(*updates: object) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": updates}).encode()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Scripted(BaseRequest):
    """Gives these answers, one after another, then waits for ever."""

    def __init__(self, answers: Sequence[tuple[int, bytes] | Exception]) -> None:
        self.answers = [*answers]
        self.offsets: list[object] = []

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        del method
        if url.endswith("getMe"):
            return 200, json.dumps({"ok": True, "result": ME}).encode()
        if not url.endswith("getUpdates"):
            return 200, b'{"ok":true,"result":true}'
        self.offsets.append((request_data.parameters if request_data else {}).get("offset", 0))
        if not self.answers:
            await asyncio.Event().wait()
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given


async def polled(inner: Scripted, updates: int) -> list[int]:
    """Let the library's own Updater poll until so many updates have come, and return their ids."""
    polls = Polls(inner, Signs())
    builder = Application.builder().token("1:x").request(inner).get_updates_request(polls).job_queue(None)
    application = builder.build()
    updater: Updater | None = application.updater
    assert updater is not None
    await application.initialize()
    await updater.start_polling()
    async with asyncio.timeout(10):
        found = [await updater.update_queue.get() for _ in range(updates)]
    inner.answers.append(answer())
    await updater.stop()
    await application.shutdown()
    return [update.update_id for update in found]  # type: ignore[attr-defined]


async def test_an_update_that_can_not_be_read_stops_none_behind_it(caplog: pytest.LogCaptureFixture) -> None:
    batch = answer(said(6), UNREADABLE, said(8))
    inner = Scripted([batch, batch, answer(said(9))])
    assert await polled(inner, 4) == [6, 7, 8, 9]
    assert inner.offsets[:3] == [0, 0, 9]
    told = [record.getMessage() for record in caplog.records if record.name == "bot.polls"]
    assert told == ["update could not be read update=7 kind=message error=KeyError"]


async def test_it_may_be_the_last_or_have_no_id() -> None:
    batch = answer(said(6), NO_ID, UNREADABLE)
    assert await polled(Scripted([batch, batch, answer(said(9))]), 3) == [6, 7, 9]


async def test_the_same_update_given_twice_is_no_sign_of_that() -> None:
    assert await polled(Scripted([answer(said(6)), answer(said(6)), answer(said(7))]), 3) == [6, 6, 7]


@pytest.mark.parametrize(
    "given",
    [answer(), (502, b"<html>"), (200, b"{garbage"), (429, b"{}"), (409, b"[]"), TimedOut(), NetworkError("lost")],
)
async def test_whatever_comes_back_is_a_sign_of_life(given: tuple[int, bytes] | Exception) -> None:
    clock = Clock()
    signs = Signs(updates=Pulse(clock))
    clock.now = 50.0
    with suppress(NetworkError):
        await Polls(Scripted([given]), signs).do_request("x/getUpdates", "POST")
    assert signs.updates.age() == 0


async def test_while_telegram_asks_to_wait_nothing_is_missed() -> None:
    clock = Clock()
    signs = Signs(updates=Pulse(clock))
    body = {"ok": False, "description": "Too Many Requests: retry after 300", "parameters": {"retry_after": 300}}
    await Polls(Scripted([(429, json.dumps(body).encode())]), signs).do_request("x/getUpdates", "POST")
    clock.now = 299.0
    assert signs.updates.age() == 0


async def test_a_token_refused_again_and_again_is_told_a_passing_refusal_is_tried_again() -> None:
    signs = Signs()
    refused = (401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
    polls = Polls(Scripted([*[refused] * (REFUSALS - 1), answer(), *[refused] * REFUSALS]), signs)
    for _ in range(REFUSALS - 1):
        with pytest.raises(NetworkError):
            await polls.do_request("x/getUpdates", "POST")
    await polls.do_request("x/getUpdates", "POST")
    assert not signs.token_refused.is_set()
    assert not signs.telegram.reason
    for _ in range(REFUSALS):
        with pytest.raises(NetworkError):
            await polls.do_request("x/getUpdates", "POST")
    assert signs.token_refused.is_set()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((502, b"<html>"), "Invalid server response (502)"),
        ((409, b'{"ok":false,"description":"Conflict: other getUpdates"}'), "Conflict: other getUpdates"),
        (TimedOut(), "TimedOut: Timed out"),
    ],
)
async def test_why_telegram_is_away_is_told_until_it_is_back(given: tuple[int, bytes] | Exception, reason: str) -> None:
    signs = Signs(telegram=Outage(Clock()))
    polls = Polls(Scripted([given, (200, b"{garbage"), answer()]), signs)
    with suppress(NetworkError):
        await polls.do_request("x/getUpdates", "POST")
    assert signs.telegram.reason == reason
    await polls.do_request("x/getUpdates", "POST")
    assert signs.telegram.reason == "Invalid server response (200)"
    await polls.do_request("x/getUpdates", "POST")
    assert not signs.telegram.reason
