"""No update, of whatever shape, brings a handler down."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from telegram import Update
from telegram.ext import ContextTypes
from telegram.request import BaseRequest, RequestData

from bot.app import build
from bot.floods import Floods
from bot.settings import Settings
from tests.bot.digests import AT_ONCE
from tests.bot.driving import NO_CEILING
from tests.bot.shapes import updates
from tests.telegram_stub import ME

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")]

_PATIENCE_S = 20.0


class Agreeable(BaseRequest):
    """A Telegram that knows every chat and takes whatever it is sent; people are admins at times."""

    def __init__(self) -> None:
        self.rng = random.Random(0)  # noqa: S311 - no secret
        self.sent = 0

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        del method
        name = url.rsplit("/", 1)[1]
        given = request_data.parameters if request_data else {}
        result: object = True
        chat = {"id": given.get("chat_id", 1), "type": "supergroup", "title": "Group", "first_name": "Ann"}
        if name == "getMe":
            result = ME
        elif name == "getChat":
            result = chat | {"id": 7, "accent_color_id": 0, "max_reaction_count": 1, "accepted_gift_types": _GIFTS}
        elif name == "getChatMember":
            result = _member(given["user_id"], self.rng.choice(["member", "left", "creator"]))
        elif name == "getChatAdministrators":
            result = [_member(number, "creator") for number in self.rng.sample(range(-60, 60), 60)]
        elif name.startswith(("send", "editMessage")):
            self.sent += 1
            result = {"message_id": self.sent, "date": 1, "chat": chat, "text": "x"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


def _member(user: object, status: str) -> dict[str, object]:
    person = {"id": user, "is_bot": False, "first_name": "Ann"}
    return {"status": status, "user": person, "is_anonymous": False}


_GIFTS = dict.fromkeys(
    ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"], False
)


class Driven:
    """The bot, running in an event loop that goes on only while an update is handled."""

    def __init__(self, settings: Settings) -> None:
        self.telegram = Agreeable()
        self.faults: list[BaseException | None] = []
        settings = settings.model_copy(update={"messages_per_second": 100_000})
        bot = build(settings, request=self.telegram, limits=AT_ONCE, floods=Floods(NO_CEILING))
        self._application = bot.application
        self._application.add_error_handler(self._note)
        self._numbers = itertools.count(1)
        self._runner = asyncio.Runner()

    async def _note(self, _update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        self.faults.append(context.error)

    def __enter__(self) -> Self:
        self._runner.run(self._application.initialize())
        self._runner.run(self._application.start())
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._application.stop())
        self._runner.run(self._application.shutdown())
        assert self._application.post_shutdown is not None
        self._runner.run(self._application.post_shutdown(self._application))
        self._runner.close()

    def take(self, update: dict[str, Any]) -> None:
        """Hand an update to the bot as if it came from Telegram, and wait until it has been handled."""
        self._runner.run(self._take(update))

    async def _take(self, update: dict[str, Any]) -> None:
        read = Update.de_json(
            json.loads(json.dumps({"update_id": next(self._numbers), **update})), self._application.bot
        )
        async with asyncio.timeout(_PATIENCE_S):
            await self._application.update_queue.put(read)
            await self._application.update_queue.join()


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory, seeds_archive: Path, places_file: Path) -> Iterator[Driven]:
    data = tmp_path_factory.mktemp("data")
    (data / "archive.db").hardlink_to(seeds_archive)
    (data / "places.db").hardlink_to(places_file)
    with Driven(Settings(data=data)) as driven:
        yield driven


@profile(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(update=updates())
def test_no_update_brings_a_handler_down(driven: Driven, update: dict[str, Any]) -> None:
    driven.take(update)
    assert not driven.faults, driven.faults.pop()


def test_it_would_have_been_answered(driven: Driven) -> None:
    before = driven.telegram.sent
    person = {"id": 5, "is_bot": False, "first_name": "Ann"}
    chat = {"id": 5, "type": "private", "first_name": "Ann"}
    driven.take({"message": {"message_id": 1, "date": 1, "from": person, "chat": chat, "text": "syria"}})
    assert driven.telegram.sent == before + 1
