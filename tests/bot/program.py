"""The real program in a process of its own, against a Bot API stub on loopback in another."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from store.chats import Chats
from store.model import Subscription
from store.subscriptions import Subscriptions
from tests.telegram_stub import TOKEN, StubProcess

SEEDS = Path(__file__).parents[2] / "seeds"
_PATIENCE = 60.0
_IMPATIENT = """
import sys
from bot.process import run
from bot.settings import load
sys.exit(run(load(needs_token=True), patience=float(sys.argv[1])))
"""


class Program:
    """`quotebot run` with its log in `folder`, and its data too unless said: started, stopped and killed at a word."""

    def __init__(self, folder: Path, telegram: StubProcess, *, data: Path | None = None, **settings: str) -> None:
        self.data = data or folder / "data"
        self.log = folder / "log"
        self._environment = os.environ | {
            "QUOTEBOT_API_URL": telegram.url,
            "QUOTEBOT_TOKEN": TOKEN,
            "QUOTEBOT_SEEDS": str(SEEDS),
            "QUOTEBOT_DATA": str(self.data),
            "QUOTEBOT_MESSAGES_PER_SECOND": "1000",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float | None = None) -> None:
        """Start it, in seconds with another `patience` than its own; `until` tells when it is there."""
        with self.log.open("ab") as log:
            how = ["-m", "bot", "run"] if patience is None else ["-c", _IMPATIENT, str(patience)]
            command = [sys.executable, *how]
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log, cwd=SEEDS.parent)

    def ended(self, patience: float = _PATIENCE) -> int:
        """Wait until it ends by itself, and return its exit status."""
        assert self._process is not None
        return self._process.wait(patience)

    def told(self) -> str:
        """Return all that it has written to its streams."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    @property
    def pid(self) -> int:
        """The id of the process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it as `kill -9` does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> tuple[int, float]:
        """Ask it to stop, as a service manager does; return its exit status and the seconds that it took."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30), time.monotonic() - began

    def chat(self, *messages: str) -> str:
        """Return what `quotebot chat` prints for messages, with the same settings."""
        command = [sys.executable, "-m", "bot", "chat", *messages]
        done = subprocess.run(command, env=self._environment, cwd=SEEDS.parent, capture_output=True, check=True)
        return done.stdout.decode()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Return what `chats.db` holds."""
        with closing(sqlite3.connect(f"file:{self.data / 'chats.db'}?mode=ro", uri=True)) as database:
            return database.execute(statement).fetchall()

    def settled(self, number: int) -> bool:
        """Tell whether so many digests have come to an end, whichever."""
        if not (self.data / "chats.db").exists():
            return False
        final = "SELECT count(*) FROM deliveries WHERE state NOT IN ('leased', 'sending', 'later')"
        return self.rows(final) == [(number,)]

    def subscribe(
        self,
        chats: Iterable[int],
        *,
        topic: int = 0,
        due: timedelta = timedelta(minutes=-1),
        made: timedelta | None = None,
    ) -> None:
        """Subscribe chats to a digest due so long from now, by the wall clock of a zone where it is noon.

        Those with negative ids are groups.
        """
        now = datetime.now(UTC)
        offset = 12 - now.hour
        at = now + due + timedelta(hours=offset)
        made_at = now + (due - timedelta(minutes=1) if made is None else made)
        self.data.mkdir(exist_ok=True)
        database = Chats.open(self.data / "chats.db")
        try:
            subscriptions = Subscriptions(database)
            for chat in chats:
                kind = "private" if chat > 0 else "supergroup"
                zone = f"UTC{offset:+03d}:00"
                subscriptions.subscribe(
                    chat, topic, made_at, kind=kind, hour=f"{at:%H:%M}", zone=zone, zone_said="noon"
                )
        finally:
            database.close()

    def subscription(self, chat: int, topic: int = 0) -> Subscription | None:
        """Return the subscription of a chat."""
        database = Chats.open(self.data / "chats.db")
        try:
            return Subscriptions(database).get(chat, topic)
        finally:
            database.close()


def until(holds: Callable[[], object], *, patience: float = _PATIENCE) -> None:
    """Wait until something holds; fail when that takes too long."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)
