"""The event loop that the bot runs on: uvloop's, which takes less of the processor for a message than asyncio's."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")

_SWITCH_S = 0.0005
"""How long another thread may keep Python from the loop: a search, a tick's lease. Ten times less than Python's own."""


def run_loop(main: Coroutine[Any, Any, _Result]) -> _Result:
    """Return what `main` returns, or raise what it raises, as `asyncio.run` does."""
    sys.setswitchinterval(_SWITCH_S)
    if sys.platform == "win32":  # uvloop is not made for it
        return asyncio.run(main)
    import uvloop  # noqa: PLC0415

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)
