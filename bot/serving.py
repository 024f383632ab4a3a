"""An HTTP server of ours, for as long as it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

_SHUTDOWN_S = 2.0


class CannotListenError(Exception):
    """The address can't be listened on."""


@asynccontextmanager
async def serving(app: web.Application, listen: tuple[str, int]) -> AsyncIterator[int]:
    """Serve `app` on an address, port 0 for any free one, and yield the port; CannotListenError says why not."""
    # Requests are not logged: whoever asks every few seconds would fill the log.
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *listen).start()
        except OSError as error:
            raise CannotListenError(f"can't listen on {listen[0]}:{listen[1]}: {error.strerror or error}") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
