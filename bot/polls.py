"""Requests for updates: that they come back is noted, and what can't be read does not stop those behind it."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.signs import Signs
from bot.transport import AiohttpRequest

REFUSALS = 5
"""So many refusals of the token in a row are meant: Telegram has been seen to refuse good ones for a moment."""

_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
"""What the library takes for a wrong token; its polling would end there, without a word."""
_REASON_LIMIT = 200

_log = logging.getLogger(__name__)


class Polls(BaseRequest):
    """A transport for getUpdates alone, by way of `inner`, that tells `signs` what comes of each request."""

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)

    def __init__(self, inner: BaseRequest, signs: Signs) -> None:
        self._inner = inner
        self._signs = signs
        self._refusals = 0
        self._last_offset: str | None = None
        self._handed_out = False

    @property
    def read_timeout(self) -> float | None:
        """Seconds that a request waits for its answer; long polling adds its own time to it."""
        return self._inner.read_timeout

    async def initialize(self) -> None:
        """Make ready to send."""
        await self._inner.initialize()

    async def shutdown(self) -> None:
        """Close all connections."""
        await self._inner.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ANN401 - passed on
        **named: Any,  # noqa: ANN401 - passed on
    ) -> tuple[int, bytes]:
        """Return HTTP status and body of the answer; raises like the transport within."""
        try:
            status, body = await self._inner.do_request(url, method, request_data, *timeouts, **named)
        except TelegramError as error:
            self._signs.telegram.failed(f"{type(error).__name__}: {error.message}")
            raise
        finally:
            self._signs.updates.beat()
        self._note(status, body)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._signs.updates.beat(self._asked_to_wait(body))
        return status, self._readable(body, request_data) if status == HTTPStatus.OK else body

    def _note(self, status: int, body: bytes) -> None:
        """Tell whether that was an answer; NetworkError, which is tried again, where the token is refused."""
        outage = self._signs.telegram
        if status in _REFUSED:
            self._refusals += 1
            if self._refusals >= REFUSALS:
                self._signs.token_refused.set()
            outage.failed(f"the token is refused ({status})")
            raise NetworkError(f"the token is refused ({status})")
        self._refusals = 0
        try:
            answer = self.parse_json_payload(body) if outage.reason or status != HTTPStatus.OK else {"ok": True}
        except TelegramError as error:
            outage.failed(f"{error.message} ({status})")
        else:
            if answer.get("ok"):
                outage.over()
            else:
                outage.failed(str(answer.get("description", status))[:_REASON_LIMIT])

    def _asked_to_wait(self, body: bytes) -> float:
        """Return for how many seconds the library will not ask again."""
        try:
            return float(self.parse_json_payload(body)["parameters"]["retry_after"])
        except (TelegramError, TypeError, KeyError, ValueError):
            return 0.0

    def _readable(self, body: bytes, request_data: RequestData | None) -> bytes:
        """Return the answer; where the same is asked for again, emptied of what the library can't read.

        Of an update that it can't read, the library takes none of those that came with it, and asks for the same ones
        again at once, and again.
        """
        offset = None if request_data is None else request_data.json_parameters.get("offset")
        again = self._handed_out and offset == self._last_offset
        self._last_offset = offset
        if again:
            body = self._emptied(body)
        self._handed_out = b'"update_id"' in body
        return body

    def _emptied(self, body: bytes) -> bytes:
        try:
            answer = self.parse_json_payload(body)
            updates = [_bare(update) for update in answer["result"]]
        except (TelegramError, TypeError, KeyError):
            return body
        return json.dumps(answer | {"result": [update for update in updates if update is not None]}).encode()


def _bare(update: Any) -> dict[str, Any] | None:  # noqa: ANN401 - JSON
    """Return an update as it is, or without its content where the library can't read that; None where it has no id."""
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 - whatever the library makes of what it does not expect
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            _log.error("an update without an id was passed over error=%s", type(error).__name__)
            return None
        kinds = ",".join(sorted(name for name in update if name != "update_id" and name.isidentifier()))
        _log.error(
            "update could not be read update=%d kind=%s error=%s", update["update_id"], kinds, type(error).__name__
        )
        return {"update_id": update["update_id"]}
    return update if isinstance(update, dict) else None
