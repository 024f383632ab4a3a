from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from telegram import Bot, Update

from bot.metrics import Metrics
from bot.serving import CannotListenError, serving
from bot.settings import Settings
from bot.signs import Pulse
from bot.webhook import LARGEST, Webhook

SECRET = "a-secret_that-is_ours"  # noqa: S105
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
UPDATE = {"update_id": 3, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}}


@dataclass
class Listening:
    webhook: Webhook
    updates: asyncio.Queue[object]
    port: int

    async def post(self, body: object, path: str = "/hook/1", **headers: str) -> tuple[int, str]:
        data = io.BytesIO(body) if isinstance(body, bytes) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            ClientSession() as session,
            session.post(f"http://127.0.0.1:{self.port}{path}", data=data, headers=HEADERS | named) as answer,
        ):
            return answer.status, await answer.text()


@asynccontextmanager
async def listening() -> AsyncIterator[Listening]:
    updates: asyncio.Queue[object] = asyncio.Queue()
    settings = Settings(webhook_url="https://bot.example.org/hook/1", webhook_secret=SecretStr(SECRET))
    webhook = Webhook(settings, Bot("1:x"), updates, Metrics())
    async with serving(webhook.app(), ("127.0.0.1", 0)) as port:
        yield Listening(webhook, updates, port)


async def test_an_update_is_queued() -> None:
    async with listening() as here:
        assert await here.post(UPDATE) == (200, "")
        update = here.updates.get_nowait()
    assert isinstance(update, Update)
    assert update.message is not None
    assert (update.update_id, update.message.text) == (3, "x")


@pytest.mark.parametrize("secret", ["wrong", "", SECRET[:-1], f"{SECRET}x", "ünicode"])
async def test_a_wrong_secret_gets_403_and_is_not_logged(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    async with listening() as here:
        status, _ = await here.post(UPDATE, X_Telegram_Bot_Api_Secret_Token=secret)
        assert status == 403
        assert here.updates.empty()
    [told] = [record.getMessage() for record in caplog.records if record.name == "bot.webhook"]
    assert told.startswith("refused at the webhook from=127.0.0.1 reason=the secret is ")
    assert not secret or secret not in told.replace("wrong", "", 1)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", {}, 400),
        (b"{garbage", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"[]", {}, 400),
        (b'"update_id"', {}, 400),
        (b"null", {}, 400),
        (b'{"message": {}}', {}, 400),
        (b'{"update_id": "3"}', {}, 400),
        (b'{"update_id": 3}', {"Content_Type": "text/plain"}, 415),
        (b'{"update_id": 3}', {"Content_Type": ""}, 415),
        (b'{"update_id": 3, "x": "' + b"x" * LARGEST + b'"}', {}, 413),
    ],
)
async def test_what_is_no_update_is_refused(
    body: bytes, headers: dict[str, str], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening() as here:
        assert (await here.post(body, **headers))[0] == status
        assert here.updates.empty()
        assert (await here.post(UPDATE))[0] == 200
    assert "Traceback" not in caplog.text
    assert here.webhook._metrics.webhook_refusals._value.get() == 1


async def test_an_update_that_can_not_be_read_is_passed_over_and_does_not_come_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with listening() as here:
        assert (await here.post({"update_id": 4, "message": {"text": "what somebody wrote"}}))[0] == 200
        assert here.updates.empty()
    assert "update could not be read update=4" in caplog.text
    assert "somebody" not in caplog.text


async def test_other_addresses_and_ways_are_not_there() -> None:
    async with listening() as here:
        assert (await here.post(UPDATE, path="/"))[0] == 404
        assert (await here.post(UPDATE, path="/hook/1/more"))[0] == 404
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{here.port}/hook/1") as answer:
            assert answer.status == 405


async def test_what_comes_while_it_stops_is_left_to_telegram() -> None:
    async with listening() as here:
        here.webhook.stop()
        assert (await here.post(UPDATE))[0] == 503
        assert here.updates.empty()


async def test_the_pulse_beats_while_the_listener_answers(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    pulse = Pulse(lambda: now)
    now = 50.0
    async with listening() as here:
        await here.webhook.look(here.port, pulse, times=1)
        assert pulse.age() == 0
    now = 100.0
    await here.webhook.look(here.port, pulse, times=1)
    assert pulse.age() == 50
    assert "webhook does not answer" in caplog.text


async def test_an_address_that_is_taken_is_told_in_a_sentence() -> None:
    async with listening() as here:
        with pytest.raises(CannotListenError, match=f"can't listen on 127.0.0.1:{here.port}: "):
            async with serving(here.webhook.app(), ("127.0.0.1", here.port)):
                pass
