"""What the bot tells its admins: of a reload, and how it is; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from bot import markup
from bot.builds import Done, Ended, Failed, Leaving, Progress, Refused, Running
from bot.buttons import Button, Row
from bot.markup import Html, html
from bot.presses import NewDocuments, Removal
from bot.replies import Reply, count
from store import days
from store.model import DeliveryState, Remark, Report
from store.timing import zone_of

STOPPING = "I am being stopped and begin nothing new. Please try again when I am back."

_Entry = TypeVar("_Entry")

_NAME_LIMIT = 40
_FILE_LIMIT = 120
_REASON_LIMIT = 300
_ROOM = {"refused": 1500, "warnings": 600, "new": 600, "changed": 400, "gone": 400}
"""UTF-16 units that a list may take; together they leave room for the rest of a message."""


class Clock(NamedTuple):
    """The time, aware, and the zone in which it is told."""

    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot is; every time is aware, None where there is none.

    `outcomes` are those of the Deliveries that were due within `DAY`; `heard_at` is when the last update came before
    the one that asks; `sizes` are bytes, by the name of the database; `reload` is the last one since `up_since`.
    """

    documents: int
    passages: int
    chats: int
    active: int
    paused: int
    last_sent_at: datetime | None
    next_due_at: datetime | None
    outcomes: Mapping[DeliveryState, int]
    heard_at: datetime | None
    running: Running | None
    reload: Ended | None
    sizes: Mapping[str, int]
    versions: Mapping[str, str]
    up_since: datetime


DAY = timedelta(days=1)


def reading(progress: Progress | None) -> Reply:
    """Say how far a reload is."""
    if progress is None:
        return Reply(html("Reading the texts…"))
    if progress.done == progress.total:
        return Reply(
            html("Reading the texts: all {total} are read, the archive is being written…", total=progress.total)
        )
    return Reply(html("Reading the texts: file {done} of {total}…", done=progress.done, total=progress.total))


def already(running: Running, clock: Clock) -> Reply:
    """Say who runs a reload, since when, and how far it is."""
    return Reply(markup.as_html(already_words(running, clock)))


def already_words(running: Running, clock: Clock) -> str:
    """Return the same as plain words, short enough for an alert."""
    name = markup.clip(running.name, _NAME_LIMIT)
    far = f", file {running.progress.done:,} of {running.progress.total:,}" if running.progress else ""
    begun = f"A reload is under way, begun by {name} {_at(running.since, clock)}"
    return f"{begun}{far}. There is one at a time: try again when it is over."


def ended(reload: Ended) -> Reply:
    """Say what came of a reload."""
    match reload.outcome:
        case Done(report):
            return _done(report, reload.seconds)
        case Refused(leaving):
            return _refused(leaving)
        case Failed(reason, changed):
            return _failed(reason, changed=changed)
    return Reply(
        html("I was stopped during this reload. The archive is as it was before; send /reload when I am back.")
    )


def interrupted(documents: int, passages: int) -> Reply:
    """Say of a reload whose end could not be told what there is since the bot has started again."""
    return Reply(
        html(
            "I was stopped before I could tell what came of this reload. I have started again, and the archive has "
            "{size} now; /reload tells whether there is more to take in.",
            size=_size(documents, passages),
        )
    )


def status(found: Status, clock: Clock) -> Reply:
    """Say how the bot is."""
    outcomes = [f"{number:,} {state.value}" for state, number in found.outcomes.items()]
    facts = (
        ("Up for", duration(clock.now - found.up_since)),
        ("Archive", _size(found.documents, found.passages)),
        ("Chats", f"{found.chats:,}"),
        ("Subscriptions", f"{found.active:,} active, {found.paused:,} paused"),
        ("Last digest", f"sent {_at(found.last_sent_at, clock)}" if found.last_sent_at else "none sent yet"),
        ("Next digest", f"due {_at(found.next_due_at, clock)}" if found.next_due_at else "none due"),
        ("Deliveries of the last 24 hours", ", ".join(outcomes) or "none"),
        ("Last update before this one", _at(found.heard_at, clock) if found.heard_at else "none since the start"),
        ("Last reload", _last_reload(found, clock)),
        ("Databases", ", ".join(f"{name} {_bytes(size)}" for name, size in found.sizes.items())),
        ("Versions", ", ".join(f"{name} {version}" for name, version in found.versions.items())),
    )
    lines = [html("{name}: {fact}", name=name, fact=markup.clip(fact, _REASON_LIMIT)) for name, fact in facts]
    zone = html("Times are those of {zone}.", zone=clock.zone)
    return Reply(markup.join([html("<b>Status</b>"), *lines, "", zone], "\n"))


def _last_reload(found: Status, clock: Clock) -> str:
    if found.running is not None:
        return f"under way, begun {_at(found.running.since, clock)} by {found.running.name}"
    if found.reload is None:
        return "none since the start"
    came = {Done: "done", Refused: "not done: most documents would have left", Failed: "failed"}
    what = came.get(type(found.reload.outcome), "stopped")
    return f"{what}, {_at(found.reload.at, clock)}, by {found.reload.name}"


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def _done(report: Report, seconds: float) -> Reply:
    changed = report.added or report.changed or report.removed or report.names
    more = report.passages - report.passages_before
    difference = f"{abs(more):,} {'more' if more > 0 else 'fewer'} than before" if more else "as many as before"
    parts = [
        html(
            "<b>{what}</b> The archive has {size}, {difference}. It took {seconds} s.",
            what="Reloaded." if changed else "Nothing has changed.",
            size=_size(report.documents, report.passages),
            difference=difference,
            seconds=f"{seconds:.1f}",
        ),
        html("The other names of things were taken in anew, as aliases.toml has them now.") if report.names else Html(),
        _list("Refused", report.refused, _remark, _ROOM["refused"]),
        _list("New", report.added, _file, _ROOM["new"]),
        _list("Changed", report.changed, _file, _ROOM["changed"]),
        _list("Gone", report.removed, _file, _ROOM["gone"]),
        _list("Warnings", report.warnings, _remark, _ROOM["warnings"]),
    ]
    rows: tuple[Row, ...] = ()
    if report.tag:
        label = f"📚 {count(len(report.added), 'new document')}"
        rows = ((Button(label, NewDocuments(report.tag, fresh=True)),),)
    return Reply(markup.join([part for part in parts if part], "\n\n"), rows)


def _refused(leaving: Leaving) -> Reply:
    text = html(
        "<b>Nothing was changed.</b> {number} of {held} have no text in the folder any more. "
        "That is more than half, so I ask first: put the texts back and send /reload, or let these leave the archive."
        "{files}",
        number=f"{leaving.number:,}",
        held=count(leaving.held, "document"),
        files=html("\n\n{list}", list=_list("To leave", leaving.files, _file, _ROOM["refused"], leaving.number)),
    )
    return Reply(text, ((Button(f"🗑 Remove {count(leaving.number, 'document')}", Removal(leaving.tag)),),))


def _failed(reason: str, *, changed: bool) -> Reply:
    state = "The archive was changed all the same." if changed else "The archive is as it was before."
    return Reply(
        html(
            "<b>The reload failed.</b> {state}\n\n{reason}",
            state=state,
            reason=markup.clip(reason, _ROOM["refused"]),
        )
    )


def _list(
    heading: str, entries: Sequence[_Entry], say: Callable[[_Entry], Html], room: int, number: int | None = None
) -> Html:
    """Return a list of as many entries as there is room for, with the number of the others; empty without entries.

    `number` is how many there are in all, where `entries` are the first of them.
    """
    total = len(entries) if number is None else number
    lines: list[Html] = []
    for entry in entries:
        line = html("• {entry}", entry=say(entry))
        room -= markup.length(line) + 1
        if lines and room < 0:
            break
        lines.append(line)
    if not lines:
        return Html()
    if total > len(lines):
        lines.append(html("+{more} more", more=f"{total - len(lines):,}"))
    return html(
        "<b>{heading}</b> ({total})\n{lines}", heading=heading, total=f"{total:,}", lines=markup.join(lines, "\n")
    )


def _file(name: str) -> Html:
    return html("<code>{name}</code>", name=markup.clip(name, _FILE_LIMIT))


def _remark(remark: Remark) -> Html:
    where = "" if remark.line is None else f", line {remark.line:,}"
    return html(
        "{file}{where}: {reason}",
        file=_file(remark.file),
        where=where,
        reason=markup.clip(remark.reason, _REASON_LIMIT),
    )


def _size(documents: int, passages: int) -> str:
    return f"{count(documents, 'document')} with {count(passages, 'passage')}"


def _at(moment: datetime, clock: Clock) -> str:
    """Return a moment by the clock of a zone, and how long ago it is, or how far ahead."""
    local, here = (one.astimezone(zone_of(clock.zone)) for one in (moment, clock.now))
    day = "" if local.date() == here.date() else f"{local.day} {days.MONTHS[local.month - 1]}, "
    gap = clock.now - moment
    return f"at {day}{local:%H:%M} ({duration(abs(gap))} {'ago' if gap >= timedelta() else 'ahead'})"


def duration(span: timedelta) -> str:
    """Return a length of time in its two largest units: "3 d 4 h", "12 min 5 s", "0 s"."""
    seconds = int(span.total_seconds())
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        number, seconds = divmod(seconds, size)
        parts.append((number, unit))
    first = next((place for place, (number, _) in enumerate(parts) if number), None)
    if first is None:
        return "0 s"
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)
