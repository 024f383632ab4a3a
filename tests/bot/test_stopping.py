from __future__ import annotations

import asyncio
import logging

import pytest

from bot.settings import Settings
from tests.bot.digests import world


async def test_a_stop_waits_for_a_tick_and_begins_no_other(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(settings) as bot:
        assert bot.telegram._application is not None
        queue = bot.telegram._application.job_queue
        assert queue is not None
        begun: list[int] = []
        ended: list[int] = []

        async def slow(_context: object) -> None:
            begun.append(0)
            await asyncio.sleep(0.3)
            ended.append(0)

        queue.run_repeating(slow, 0.1, first=0, job_kwargs={"max_instances": 9})
        await asyncio.sleep(0.15)
    assert begun
    assert len(ended) == len(begun)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
