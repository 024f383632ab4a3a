"""`quotebot check`: everything that would keep the bot from doing its work, found in one go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot import settings
from store.database import ARCHIVE, CHATS, PLACES
from store.errors import StoreError
from store.health import ailments, sqlite_version
from store.ingest import run as ingest
from store.model import Remark

_DATABASES = {"archive.db": ARCHIVE, "chats.db": CHATS, "console.db": CHATS, "places.db": PLACES}


class Finding(NamedTuple):
    """Something that was looked at: whether it is sound, and what was found, in words."""

    sound: bool
    words: str


def findings(seeds: Path | None = None, data: Path | None = None) -> Iterator[Finding]:
    """Look at everything, changing nothing, and yield what was found; folders that are given win over the settings."""
    yield Finding(sound=True, words=f"SQLite {sqlite_version()}")
    yield from _of_settings()
    seeds, data = settings.folders(seeds, data)
    yield from _of_seeds(seeds)
    for file, kind in _DATABASES.items():
        path = data / file
        if not path.exists():
            yield Finding(sound=True, words=f"{path}: not there yet")
            continue
        faults = ailments(path, kind)
        yield from (Finding(sound=False, words=fault) for fault in faults)
        if not faults:
            yield Finding(sound=True, words=f"{path}: sound")


def _of_settings() -> Iterator[Finding]:
    faults: tuple[str, ...] = ()
    try:
        settings.load(needs_token=True)
    except settings.SettingsError as error:
        faults = error.faults
    faults += settings.misspelt()
    yield from (Finding(sound=False, words=fault) for fault in faults)
    if not faults:
        yield Finding(sound=True, words="settings: complete")


def _of_seeds(seeds: Path) -> Iterator[Finding]:
    """Build an archive that is thrown away: what it refuses, the real one would."""
    with tempfile.TemporaryDirectory(prefix="quotebot-check-") as folder:
        try:
            report = ingest.run(seeds, Path(folder) / "archive.db")
        except StoreError as error:
            yield Finding(sound=False, words=str(error))
            return
    yield from (Finding(sound=False, words=f"refused: {_remark(seeds, one)}") for one in report.refused)
    yield from (Finding(sound=True, words=f"warning: {_remark(seeds, one)}") for one in report.warnings)
    yield Finding(sound=True, words=f"{seeds}: {report.documents} texts with {report.passages} passages can be read")


def _remark(seeds: Path, remark: Remark) -> str:
    where = f"{seeds / remark.file}" if remark.line is None else f"{seeds / remark.file}:{remark.line}"
    return f"{where}: {remark.reason}"
