"""`quotebot check`: everything that would keep the bot from doing its work, found in one go."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bot import clock, settings
from store.database import ARCHIVE, CHATS, PLACES, reachable
from store.errors import StoreError
from store.health import ailments, has_wal_reset_fault, sqlite_version
from store.ingest import run as ingest
from store.model import Remark

_DATABASES = {"archive.db": ARCHIVE, "chats.db": CHATS, "console.db": CHATS, "places.db": PLACES}


_WAL_RESET_FAULT = (
    "has the WAL-reset fault (https://www.sqlite.org/wal.html#walresetbug), unless the system has mended it. Quotebot "
    "is safe from it, for its processes write one at a time; let no other program write to the databases meanwhile, or "
    "use a Python whose SQLite is mended: 3.51.3 or later, 3.50.7, or 3.44.6."
)
_SET_CLOCK = "Let the system set its clock by the network: `timedatectl set-ntp true` where systemd runs."


class State(StrEnum):
    """How something is that was looked at, as it is told."""

    SOUND = "ok"
    WARNING = "warn"
    """It keeps the bot from nothing, but is to be known."""
    FAULT = "FAULT"


class Finding(NamedTuple):
    """Something that was looked at: how it is, and what was found, in words."""

    state: State
    words: str


def findings(seeds: Path | None = None, data: Path | None = None) -> Iterator[Finding]:
    """Look at everything, changing nothing, and yield what was found; folders that are given win over the settings."""
    yield from _of_settings()
    seeds, data = settings.folders(seeds, data)
    yield from _of_seeds(seeds)
    yield _of_folder(data)
    for file, kind in _DATABASES.items():
        path = data / file
        try:
            there = reachable(path).exists()
        except StoreError as error:
            yield Finding(State.FAULT, str(error))
            continue
        if not there:
            yield Finding(State.SOUND, f"{path}: not there yet")
            continue
        faults = ailments(path, kind)
        yield from (Finding(State.FAULT, fault) for fault in faults)
        if not faults:
            yield Finding(State.SOUND, f"{path}: sound")
    yield _of_sqlite()
    yield _of_clock()


def _of_sqlite() -> Finding:
    if not has_wal_reset_fault():
        return Finding(State.SOUND, f"SQLite {sqlite_version()}: sound")
    return Finding(State.WARNING, f"SQLite {sqlite_version()} {_WAL_RESET_FAULT}")


def _of_folder(data: Path) -> Finding:
    """Tell whether the databases can be written: SQLite needs the folder itself for that."""
    nearest = next(folder for folder in (data, *data.absolute().parents) if os.path.exists(folder))  # noqa: PTH110 - no error where it is not to be known
    if not nearest.is_dir():
        return Finding(State.FAULT, f"{data} can't be made: {nearest} is no folder.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        return Finding(State.FAULT, f"{nearest} can't be written by the user that this runs as.")
    return Finding(State.SOUND, f"{data}: {'can be written' if nearest == data else 'to be made'}")


def _of_clock() -> Finding:
    address = settings.api_url()
    host = urlsplit(address).hostname
    try:
        ahead = clock.ahead(address)
    except clock.UnknownClockError as error:
        return Finding(State.WARNING, f"clock: not checked, for {host} does not tell the time ({error})")
    except clock.WrongTimeError as error:
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        words = f"clock: it says {now}, when the certificate of {host} is not valid ({error})."
        return Finding(State.FAULT, f"{words} {_SET_CLOCK}")
    if abs(ahead) <= clock.TOLERATED:
        return Finding(State.SOUND, f"clock: as that of {host}")
    words = f"clock: {_said(abs(ahead))} {'ahead of' if ahead > timedelta() else 'behind'} that of {host}:"
    return Finding(State.FAULT, f"{words} digests come at the wrong time. {_SET_CLOCK}")


def _said(span: timedelta) -> str:
    """Return a span of time in the largest unit that says enough."""
    for seconds, unit in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if span.total_seconds() >= 2 * seconds:
            return f"{span.total_seconds() / seconds:.0f} {unit}"
    return f"{span.total_seconds():.0f} seconds"


def _of_settings() -> Iterator[Finding]:
    faults: tuple[str, ...] = ()
    try:
        settings.load(needs_token=True)
    except settings.SettingsError as error:
        faults = error.faults
    with suppress(settings.SettingsError):  # These are told already.
        if not settings.load(needs_token=False).admins:
            yield Finding(State.WARNING, "QUOTEBOT_ADMINS names nobody: nobody can /reload or see /status.")
    faults += settings.misspelt()
    yield from (Finding(State.FAULT, fault) for fault in faults)
    if not faults:
        yield Finding(State.SOUND, "settings: complete")


def _of_seeds(seeds: Path) -> Iterator[Finding]:
    """Build an archive that is thrown away: what it refuses, the real one would."""
    with tempfile.TemporaryDirectory(prefix="quotebot-check-") as folder:
        try:
            report = ingest.run(seeds, Path(folder) / "archive.db")
        except StoreError as error:
            yield Finding(State.FAULT, str(error))
            return
    yield from (Finding(State.FAULT, f"refused: {_remark(seeds, one)}") for one in report.refused)
    yield from (Finding(State.WARNING, f"{_remark(seeds, one)}") for one in report.warnings)
    yield Finding(State.SOUND, f"{seeds}: {report.documents} texts with {report.passages} passages can be read")


def _remark(seeds: Path, remark: Remark) -> str:
    where = f"{seeds / remark.file}" if remark.line is None else f"{seeds / remark.file}:{remark.line}"
    return f"{where}: {remark.reason}"
