"""`/healthz` and `/metrics` over HTTP."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.metrics import Metrics
from bot.vitals import Vitals


class Monitor:
    """Answers whoever watches over the bot."""

    def __init__(self, vitals: Vitals, metrics: Metrics) -> None:
        self._vitals = vitals
        self._metrics = metrics

    def app(self) -> web.Application:
        """Return what answers both addresses."""
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/metrics", self._numbers)
        return app

    async def _health(self, _request: web.Request) -> web.Response:
        """Answer 200 while all is well, else 503 with what is amiss."""
        amiss = await self._vitals.amiss()
        return web.json_response({"healthy": not amiss, "amiss": amiss}, status=503 if amiss else 200)

    async def _numbers(self, _request: web.Request) -> web.Response:
        await self._vitals.measure()
        return web.Response(body=self._metrics.exposed(), headers={"Content-Type": CONTENT_TYPE_LATEST})
