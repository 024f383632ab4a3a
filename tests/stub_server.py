"""HTTP/1.1 as far as clients of the Bot API speak it: the wire under `TelegramStub`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import TypeAlias

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TYPE = re.compile(rb"\r\ncontent-type: *([^\r]+)", re.IGNORECASE)
_REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 429: "Too Many Requests", 502: "Bad Gateway"}

Handler: TypeAlias = "Callable[[Connection, str, str, bytes, bytes], None]"
"""Called for each request: the connection to answer on, the last two parts of the path, content type, body."""


class Connection(asyncio.Protocol):
    """One connection, one request after another."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._received[:end])
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            body = bytes(self._received[end + 4 : whole])
            del self._received[:whole]
            kind = _TYPE.search(head)
            place, name = head.split(b" ", 2)[1].decode().split("?")[0].rsplit("/", 2)[-2:]
            self._handler(self, place, name, kind[1] if kind else b"", body)

    def answer(self, status: int, body: bytes, after: float = 0.0) -> None:
        """Send an answer after so many seconds, should the client still be there."""
        head = f"HTTP/1.1 {status} {_REASONS.get(status, 'Other')}\r\nContent-Length: {len(body)}\r\n"
        answer = head.encode() + b"Content-Type: application/json\r\n\r\n" + body
        if after:
            asyncio.get_running_loop().call_later(after, self._write, answer)
        else:
            self._write(answer)

    def cut(self) -> None:
        """Lose the connection."""
        if self._transport is not None:
            self._transport.abort()

    def _write(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)


class Server:
    """Listens on the loopback interface and hands requests to a handler."""

    def __init__(self, handler: Handler) -> None:
        self.port = 0
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()

    async def start(self, port: int) -> None:
        """Listen on a port, any free one for 0."""

        def connected() -> Connection:
            self._connections = {one for one in self._connections if one._transport is not None}
            connection = Connection(self._handler)
            self._connections.add(connection)
            return connection

        self._server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more and lose every connection."""
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cut()
        await asyncio.sleep(0)
