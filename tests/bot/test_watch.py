from __future__ import annotations

import subprocess
import sys
import threading

from bot.signs import Pulse
from bot.watch import STUCK, Watch


def test_the_end_is_asked_for_when_nothing_has_come_back() -> None:
    asked = threading.Event()
    watch = Watch(Pulse(), 0.05, asked.set)
    watch.start()
    assert asked.wait(5)
    watch.stop()


def test_as_long_as_it_beats_nothing_happens() -> None:
    asked = threading.Event()
    pulse = Pulse()
    watch = Watch(pulse, 0.5, asked.set)
    watch.start()
    for _ in range(20):
        pulse.beat()
        assert not asked.wait(0.05)
    watch.stop()


STUCK_LOOP = """
import asyncio, logging, time
from bot.signs import Pulse
from bot.watch import Watch
logging.basicConfig(level="INFO")
async def block():
    loop = asyncio.get_running_loop()
    Watch(Pulse(), 0.3, lambda: loop.call_soon_threadsafe(loop.stop), grace=0.3).start()
    time.sleep(60)
asyncio.run(block())
"""


def test_a_loop_that_is_stuck_is_ended_and_told_where_it_is() -> None:
    done = subprocess.run([sys.executable, "-c", STUCK_LOOP], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == STUCK
    assert "no request for updates has come back" in done.stderr
    assert "stuck, ending at once" in done.stderr
    assert "in block" in done.stderr
