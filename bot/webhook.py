"""Updates that Telegram brings itself, over HTTP, to an address that is kept behind somebody else's TLS.

The library's own listener compares the secret in a way that tells how much of it was right, logs a wrong one, and would
be a second HTTP server beside that of the health page.
"""

from __future__ import annotations

import asyncio
import hmac
import itertools
import json
import logging
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from telegram import Bot, Update
from yarl import URL

from bot.metrics import Metrics
from bot.settings import Settings
from bot.signs import Pulse

LARGEST = 1024 * 1024
"""Bytes of an update; the largest of Telegram's own, a message of 4,096 characters in each of its parts, are below."""
CONNECTIONS = 40
"""How many Telegram may open at a time, its own default: each is answered as soon as the update is in the queue."""
DEFAULT_LISTEN = ("127.0.0.1", 8080)

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_PATIENCE_S = 10.0
_LOOK_EVERY_S = 15.0

_log = logging.getLogger(__name__)


class Webhook:
    """Puts what Telegram brings into `updates`; `settings` name address, secret, and where to listen."""

    def __init__(self, settings: Settings, bot: Bot, updates: asyncio.Queue[object], metrics: Metrics) -> None:
        if settings.webhook_url is None or settings.webhook_secret is None:
            raise ValueError("a webhook needs its address and its secret")
        self.url = settings.webhook_url
        self.secret = settings.webhook_secret.get_secret_value()
        self.listen = settings.listen or DEFAULT_LISTEN
        self._bot = bot
        self._updates = updates
        self._metrics = metrics
        self._path = urlsplit(self.url).path or "/"
        self._taking = True

    def app(self) -> web.Application:
        """Return what answers at the address."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(self._path, self._take)
        return app

    def stop(self) -> None:
        """Take no more updates: Telegram keeps them, and brings them to the next start."""
        self._taking = False

    async def look(self, port: int, pulse: Pulse, times: int | None = None) -> None:
        """Ask the listener on that port for something, `times` or for ever; `pulse` beats whenever it answers."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.listen[0], self.listen[0])  # noqa: S104 - asked, not bound
        address = URL.build(scheme="http", host=host, port=port, path=self._path)
        async with ClientSession(timeout=ClientTimeout(_PATIENCE_S)) as session:
            for look in itertools.count(1) if times is None else range(1, times + 1):
                try:
                    async with session.get(address):
                        pulse.beat()
                except (ClientError, TimeoutError) as error:
                    _log.warning("webhook does not answer error=%s", type(error).__name__)
                if look != times:
                    await asyncio.sleep(_LOOK_EVERY_S)

    async def _take(self, request: web.Request) -> web.Response:
        try:
            update = await self._update(request)
        except web.HTTPException as refusal:
            self._metrics.webhook_refusals.inc()
            _log.warning("refused at the webhook from=%s reason=%s", request.remote, refusal.text)
            raise
        await self._hand_on(update)
        return web.Response()

    async def _update(self, request: web.Request) -> dict[str, Any]:
        """Return the update that a request brings; HTTPException where it is not Telegram's, or none."""
        given = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self.secret.encode()):
            raise web.HTTPForbidden(text="the secret is wrong" if given else "the secret is missing")
        if not self._taking:
            raise web.HTTPServiceUnavailable(text="the bot is stopping")
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="the content type is not application/json")
        try:
            async with asyncio.timeout(_PATIENCE_S):
                update = json.loads(await request.read())
            if isinstance(update["update_id"], int):
                return dict(update)
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="the body did not come in time") from None
        except (ValueError, TypeError, KeyError, RecursionError):
            raise web.HTTPBadRequest(text="the body is not an update") from None
        raise web.HTTPBadRequest(text="the body is not an update")

    async def _hand_on(self, given: dict[str, Any]) -> None:
        """Queue an update; one that the library can't read is passed over, since it would come again and again."""
        try:
            update = Update.de_json(given, self._bot)
        except Exception as error:  # noqa: BLE001 - whatever the library makes of what it does not expect
            _log.error("update could not be read update=%d error=%s", given["update_id"], type(error).__name__)
        else:
            await self._updates.put(update)
