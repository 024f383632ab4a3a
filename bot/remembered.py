"""What was found in the archive, remembered until the archive changes: what one person asks for, others ask for too."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

MOST = 256

_Key = TypeVar("_Key", bound=Hashable)
_Found = TypeVar("_Found")


class Remembered(Generic[_Key, _Found]):
    """The last things found, at most `most`; `version` gives a number that changes with the archive."""

    def __init__(self, version: Callable[[], int], most: int = MOST) -> None:
        self._version = version
        self._most = most
        self._of: int | None = None
        self._found: OrderedDict[_Key, _Found] = OrderedDict()

    def get(self, key: _Key) -> _Found | None:
        """Return what was found under a key, None where that is forgotten, or of an archive that has changed since.

        May raise `ArchiveError`, as `version` may.
        """
        version = self._version()
        if version != self._of:
            self._found.clear()
            self._of = version
        if key in self._found:
            self._found.move_to_end(key)
        return self._found.get(key)

    def found(self, key: _Key, find: Callable[[], _Found]) -> _Found:
        """Return what was found under a key, and where that is nothing, what `find` returns, which is then kept."""
        found = self.get(key)
        if found is None:
            found = find()
            self.keep(key, found)
        return found

    @property
    def of(self) -> int | None:
        """The version of the archive that `get` met last: for `keep`, where others may ask meanwhile."""
        return self._of

    def keep(self, key: _Key, found: _Found, of: int | None = None) -> None:
        """Remember what was looked for after `get` had returned None, and found in the archive of then or later.

        Where `get` has met another archive than that `of` then, it is not: it may be what the older one said.
        """
        if of is not None and of != self._of:
            return
        self._found[key] = found
        while len(self._found) > self._most:
            self._found.popitem(last=False)
