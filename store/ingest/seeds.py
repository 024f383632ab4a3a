"""The seeds folder: which texts it holds, what `sources.toml` says of them, and their bytes as text."""

from __future__ import annotations

import codecs
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from store import aliases
from store.errors import BuildError, RefusedError, UsageError
from store.ingest import sources
from store.model import Remark, Source
from store.text import squash

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 8 * 1024 * 1024
"""The largest text that is read: forty times the longest of a day's transcripts; what is larger is no such text."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_ENDING = ".txt"
_OURS = frozenset({sources.NAME, aliases.FILE})
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Seed(NamedTuple):
    """A text of the folder; `refused` tells that its entry in `sources.toml` can't be used."""

    folder: Path
    source: Source
    refused: Remark | None = None

    @property
    def path(self) -> Path:
        """Where the text is."""
        return self.folder / self.source.file


class Folder(NamedTuple):
    """What the seeds folder holds: its texts by name, in order, and what to say of the rest."""

    seeds: tuple[Seed, ...]
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    aliases: aliases.Aliases = aliases.Aliases()


def read_folder(folder: Path) -> Folder:
    """List the texts of a folder: the files that end in `.txt`, without reading them.

    Whatever else lies there is a warning, but for `sources.toml`, `aliases.toml` and names that begin with a dot.
    Raises `BuildError` where the folder or `sources.toml` can't be read.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        raw, other = (
            (folder / name).read_bytes() if any(entry.name == name for entry in entries) else b""
            for name in (sources.NAME, aliases.FILE)
        )
    except OSError as error:
        raise BuildError(f"The seeds folder {folder} can't be read: {error.strerror}. Nothing was built.") from error
    refused, warnings, names = [], [], []
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _OURS:
            continue
        if not _is_unicode(entry.name):
            shown = entry.name.encode("utf-8", "backslashreplace").decode()
            refused.append(Remark(shown, None, "the name of the file is not UTF-8: rename it"))
        elif not entry.name.endswith(_ENDING):
            warnings.append(Remark(entry.name, None, f"not read: only files that end in {_ENDING} are texts"))
        elif entry.is_dir():
            warnings.append(Remark(entry.name, None, "not read: it is a folder"))
        else:
            names.append(entry.name)
    said = sources.read_entries(raw, names)
    try:
        called = aliases.read(decode(aliases.FILE, other)) if other.strip() else aliases.Aliases()
    except (UsageError, RefusedError) as error:
        raise BuildError(f"{error} Nothing was built.") from error
    warnings += [Remark(aliases.FILE, None, warning) for warning in called.warnings]
    seeds = tuple(Seed(folder, said.sources[name], said.refused.get(name)) for name in names)
    return Folder(seeds, tuple(refused), (*warnings, *said.warnings), called)


def read_bytes(folder: Path, file: str) -> bytes:
    """Return the bytes of a text; `RefusedError` where it is no plain file, too large, or can't be read.

    By the system's own calls, as few as will do: a folder of many texts is read whole at every build.
    """
    try:
        # Without waiting: opening a pipe that nobody writes to would hang the build.
        descriptor = os.open(os.path.join(folder, file), _OPEN)  # noqa: PTH118 - a Path takes longer than the opening
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise RefusedError(file, None, "not a plain file")
            raw = _up_to(descriptor, status.st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise RefusedError(file, None, f"could not be read: {error.strerror}") from error
    if len(raw) > MOST_BYTES:
        size = max(status.st_size, len(raw))
        raise RefusedError(file, None, f"too large: {size:,} bytes, the most is {MOST_BYTES:,}")
    return raw


def _up_to(descriptor: int, size: int) -> bytes:
    """Return what a file holds, but no more than a byte beyond `MOST_BYTES`; `size` is how much that should be."""
    raw = os.read(descriptor, min(size, MOST_BYTES) + 1)
    if len(raw) == size:
        return raw  # One byte more was asked for, so this is the end.
    parts = [raw]  # It grows or shrinks under our hands, or the system gives less than it was asked for.
    left = MOST_BYTES + 1 - len(raw)
    while left > 0 and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def decode(file: str, raw: bytes) -> str:
    r"""Return bytes as text with `\n` at its line ends; `RefusedError`, with the line, where they are none.

    UTF-8, with or without a mark, or UTF-16 with one: no other encoding tells itself from the rest, and a guess would
    put words into a mouth.
    """
    name, codec = ("UTF-16", "utf-16") if raw.startswith(_UTF_16) else ("UTF-8", "utf-8-sig")
    if name == "UTF-8" and b"\0" in raw:
        raise _binary(file, raw[: raw.index(b"\0")].decode(errors="replace"))
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        offset = len(raw) - len(error.object) + error.start  # The codec may have put a mark aside.
        raise RefusedError(
            file,
            _line(error.object[: error.start].decode(error.encoding)),
            f"not {name}: byte 0x{raw[offset]:02x} at offset {offset:,} does not fit; save it as UTF-8",
        ) from error
    if "\0" in text:
        raise _binary(file, text[: text.index("\0")])
    if not squash(text):
        raise RefusedError(file, None, "empty: there is no text in it")
    return _plain_line_ends(text)


def _binary(file: str, before: str) -> RefusedError:
    reason = "not a text: it holds zeros, as binary files do and UTF-16 without its mark"
    return RefusedError(file, _line(before), reason)


def _line(before: str) -> int:
    return _plain_line_ends(before).count("\n") + 1


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
