"""The table of places, opened when it is first asked for: making it takes seconds, and most questions need none."""

from __future__ import annotations

import asyncio
from pathlib import Path

from store import gazetteer
from store.places import Places


class Atlas:
    """`places.db`, made where there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: Places | None = None
        self._opening = asyncio.Lock()

    async def places(self) -> Places:
        """Return the open table; ArchiveError where it can't be had."""
        async with self._opening:
            if self._places is None:
                await asyncio.to_thread(gazetteer.bring_up_to_date, self._path)
                self._places = Places.open(self._path)
            return self._places

    def close(self) -> None:
        """Let go of the file."""
        if self._places is not None:
            self._places.close()
