"""What `sources.toml` says of the texts beside it; its faults by line; pure."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from store.errors import BuildError
from store.model import Remark, Source
from store.text import squash

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NAME = "sources.toml"

_DAYS = ("date", "published")
_TEXTS = ("title", "kind", "outlet", "venue", "speaker")
_ADDRESSES = ("url", "archived")
_KEYS = (*_DAYS, *_TEXTS, "language", *_ADDRESSES)

# The form of a tag, not its registration: https://www.rfc-editor.org/rfc/rfc5646#section-2.1
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_NAME = r"""(?:"([^"]*)"|'([^']*)'|([\w-]+))"""
_HEADER = re.compile(rf"\s*\[\s*{_NAME}\s*[].]")
_KEY = re.compile(rf"\s*{_NAME}\s*[=.]")


class Entries(NamedTuple):
    """The Source of each file, the refusal of each whose entry has a bad value, and what else is to be said."""

    sources: Mapping[str, Source]
    refused: Mapping[str, Remark]
    warnings: tuple[Remark, ...]


def read_entries(raw: bytes, files: Collection[str]) -> Entries:
    """Read the bytes of `sources.toml` for these file names; a file without an entry has a Source that says nothing.

    Unknown keys and entries without a file are warnings. Raises `BuildError`, with the line, where it is no TOML.
    """
    toml = _decode(raw)
    try:
        entries = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = _AT_LINE.search(message)
        where = f"{NAME}:{at[1]}" if at else NAME
        raise BuildError(f"{where}: {_AT_LINE.sub('', message)}. Nothing was built.") from error
    lines = _Lines(toml)
    sources = {file: Source(file) for file in files}
    refused = {}
    warnings = []
    for file, entry in entries.items():
        if file not in sources or not isinstance(entry, dict):
            warnings.append(Remark(NAME, lines.find(file), _stray(file, entry, files)))
            continue
        warnings += [
            Remark(NAME, lines.find(file, key), f"unknown key `{key}` for {file}; there are {', '.join(_KEYS)}")
            for key in entry.keys() - set(_KEYS)
        ]
        values, faults = _values(entry)
        sources[file] = Source(file, **values)
        if faults:
            reason = "; ".join(
                f"{NAME}:{lines.find(file, key) or '?'}: `{key}` {fault}" for key, fault in faults.items()
            )
            refused[file] = Remark(file, None, reason)
    return Entries(sources, refused, tuple(sorted(warnings, key=lambda warning: (warning.line or 0, warning.reason))))


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BuildError(f"{NAME}:{line}: not UTF-8. Nothing was built.") from error


def _stray(file: str, entry: object, files: Collection[str]) -> str:
    if file in files:
        return f"`{file}` is no table of keys and values"
    if isinstance(entry, dict) and f"{file}.txt" in files:
        return f'no file is named `{file}`: a name with a full stop stands in quotation marks, ["{file}.txt"]'
    return f"no text is named `{file}`"


def _values(entry: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of an entry, and what is wrong with each that is none."""
    values = {}
    faults = {}
    for key in _KEYS:
        if key not in entry:
            continue
        try:
            values[key] = _day(entry[key]) if key in _DAYS else _text(key, entry[key])
        except ValueError as error:
            faults[key] = str(error)
    return values, faults


def _day(value: object) -> dt.date:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise ValueError("must be a day, YYYY-MM-DD")


def _text(key: str, value: object) -> str:
    said = squash(value) if isinstance(value, str) else ""
    if not said:
        raise ValueError("must be a text in quotation marks; leave the key out where it is not known")
    if key == "language" and not _LANGUAGE.fullmatch(said):
        raise ValueError("must be a language tag such as en")
    if key in _ADDRESSES and not _is_address(said):
        raise ValueError("must be a web address that begins with http:// or https://")
    return said


def _is_address(said: str) -> bool:
    try:
        parts = urlsplit(said)
    except ValueError:  # "http://[": brackets that hold no address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in said


class _Lines:
    """Where tables and keys of a TOML text stand, in the plain form that people write; tomllib doesn't tell."""

    def __init__(self, toml: str) -> None:
        self._at: dict[tuple[str, str | None], int] = {}
        table = ""
        for number, line in enumerate(toml.split("\n"), start=1):
            if header := _HEADER.match(line):
                table = _named(header)
                self._at.setdefault((table, None), number)
            elif key := _KEY.match(line):
                self._at.setdefault((table, _named(key)) if table else (_named(key), None), number)

    def find(self, table: str, key: str | None = None) -> int | None:
        """Return the line of a key, else of its table, from 1; None where neither is written plainly."""
        return self._at.get((table, key)) or self._at.get((table, None))


def _named(match: re.Match[str]) -> str:
    return next(name for name in match.groups() if name is not None)
