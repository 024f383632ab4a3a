"""What `quotebot build` in a process of its own says of itself, read into records; pure.

It prints lines on stderr as it goes (`--progress json`) and its report on stdout (`--json`). None of it is believed
before it has been looked at: a process that was killed, or another program in its place, prints anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from store.model import Remark, Report


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: files done, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many documents a build would take out of the archive, of `held`; `tag` agrees to just these.

    `files` are the names of the first.
    """

    number: int
    held: int
    tag: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A build that came to its end."""

    report: Report


@dataclass(frozen=True, slots=True)
class Refused:
    """A build that was not done, since most documents would leave and nobody had agreed to it."""

    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Failed:
    """A build that was not done for another reason, a sentence; `changed` where the archive changed all the same."""

    reason: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """A build that was not done because the bot is stopping."""


Outcome = Done | Refused | Failed | Stopped


@dataclass(slots=True)
class Running:
    """A build under way: who asked for it, by id and name, since when (aware), and how far it is."""

    person: int
    name: str
    since: datetime
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A build that is over: who had asked for it, when it began and ended (aware), and what came of it."""

    person: int
    name: str
    since: datetime
    at: datetime
    outcome: Outcome

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.at - self.since).total_seconds()


def told(line: str) -> Progress | Leaving | str:
    """Return what a line of stderr tells: how far it is, what would leave, or else the words themselves."""
    said = _object(line)
    match said:
        case {"done": int(done), "total": int(total)} if 0 <= done <= total:
            return Progress(done, total)
        case {"leaving": int(number), "held": int(held), "tag": str(tag), "files": list(files)} if _strings(files):
            return Leaving(number, held, tag, tuple(files))
    return line


def report(printed: str) -> Report | None:
    """Return the report that was printed on stdout; None where that is no report."""
    said = _object(printed)
    if said is None or not said.keys() >= _REPORT:
        return None
    read: dict[str, Any] = {name: said[name] for name in _REPORT}
    for name in ("added", "changed", "unchanged", "removed"):
        if not _strings(read[name]):
            return None
        read[name] = tuple(read[name])
    for name in ("refused", "warnings"):
        remarks = read[name]
        if not isinstance(remarks, list) or not all(map(_is_remark, remarks)):
            return None
        read[name] = tuple(Remark(one["file"], one["line"], one["reason"]) for one in remarks)
    numbers = (read["documents"], read["passages"], read["passages_before"])
    if not all(isinstance(number, int) for number in numbers) or not isinstance(read["seconds"], int | float):
        return None
    return Report(**read) if isinstance(read["tag"], str) and isinstance(read["names"], bool) else None


def outcome(status: int, printed: str, leaving: Leaving | None, said: Sequence[str], *, changed: bool) -> Outcome:
    """Return what came of a build that ended with that exit status, minus the number of the signal that ended it.

    `printed` is what it wrote on stdout, `leaving` what it said would leave, `said` its last words on stderr; `changed`
    tells whether the archive was changed meanwhile. A report is printed when all is done, so it counts whatever else.
    """
    if (found := report(printed)) is not None:
        return Done(found)
    if leaving is not None and status == 1:
        return Refused(leaving)
    return Failed(_reason(status, said), changed)


def _reason(status: int, said: Sequence[str]) -> str:
    last = next((line.strip() for line in reversed(said) if line.strip()), "")
    if status < 0:
        return _SIGNALS.get(-status, f"It was ended by signal {-status}.")
    if status == 0:
        return "It ended without a report that I can read."
    if last == "MemoryError":
        return "It ran out of memory."
    return last or f"It ended with exit status {status} and said nothing."


_REPORT = frozenset(field.name for field in fields(Report))
_SIGNALS = {
    2: "It was interrupted (SIGINT).",
    9: "It was killed (SIGKILL), as the system does where memory runs out.",
    11: "It crashed (SIGSEGV).",
    15: "It was told to end (SIGTERM).",
}


def _object(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _strings(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _is_remark(found: object) -> bool:
    match found:
        case {"file": str(), "line": int() | None, "reason": str()}:
            return True
    return False
