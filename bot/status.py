"""How the bot is, gathered for the admin who asks."""

from __future__ import annotations

import importlib.metadata
import platform
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import telegram
from telegram import Update
from telegram.ext import ContextTypes

from bot.admin_notices import DAY, Status
from bot.desk import Desk
from bot.reload import Reload
from store.archive import Archive
from store.health import sqlite_version

_OF_A_DATABASE = ("", "-wal")
"""What a database's name ends in, on the disk: https://www.sqlite.org/wal.html."""
_REMEMBERED = 1024


class Heard:
    """Remembers when updates came; `now` gives the time, aware."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._at: OrderedDict[int, datetime] = OrderedDict()

    async def note(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take note of an update."""
        self._at[update.update_id] = self._now()
        if len(self._at) > _REMEMBERED:
            self._at.popitem(last=False)

    def before(self, update: Update) -> datetime | None:
        """Return when the last update came before that one, None where there was none since the start."""
        return max((at for number, at in self._at.items() if number < update.update_id), default=None)


class Health:
    """Looks at the archive, the chats and the process; `databases` are their files, `now` gives the time, aware."""

    def __init__(
        self,
        archive: Archive,
        desk: Desk,
        reload: Reload,
        heard: Heard,
        *,
        databases: tuple[Path, ...],
        now: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._desk = desk
        self._reload = reload
        self._heard = heard
        self._databases = databases
        self._now = now
        self._up_since = now()

    async def status(self, update: Update) -> Status:
        """Return how the bot is, for whoever asks with that update."""
        now = self._now()
        documents, passages = self._archive.counts()
        ledger = await self._desk.overview(now - DAY)
        return Status(
            documents=documents,
            passages=passages,
            chats=ledger.counts.chats,
            active=ledger.counts.active,
            paused=ledger.counts.paused,
            last_sent_at=ledger.last_sent_at,
            next_due_at=ledger.next_due_at,
            outcomes=ledger.outcomes,
            heard_at=self._heard.before(update),
            running=self._reload.running,
            reload=self._reload.last,
            sizes={path.name: _size(path) for path in self._databases},
            versions={
                "Quotebot": _version(),
                "Python": platform.python_version(),
                "python-telegram-bot": telegram.__version__,
                "SQLite": sqlite_version(),
            },
            up_since=self._up_since,
        )


def _size(path: Path) -> int:
    """Return how many bytes a database takes on the disk, 0 where there is none."""
    files = (path.with_name(path.name + ending) for ending in _OF_A_DATABASE)
    return sum(file.stat().st_size for file in files if file.exists())


def _version() -> str:
    try:
        return importlib.metadata.version("quotebot")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
