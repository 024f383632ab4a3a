"""The settings of a Subscription as a message with buttons: hour, days, words, delivery; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import markup
from bot.buttons import Button, Row
from bot.markup import html
from bot.outlook import Outlook
from bot.replies import Reply
from bot.switches import Act, tag
from bot.terms import COVERS, Target, coming, place_of, rhythm_of, sending, short, where, words_of
from store.days import WEEKDAYS
from store.model import Rhythm, Subscription, SubscriptionState
from store.timing import zone_of

_RHYTHM_LABELS = {Rhythm.DAILY: "Daily", Rhythm.WEEKDAYS: "Weekdays", Rhythm.WEEKLY: "Weekly"}
_ONLY_EXACT = "on, so nothing comes on a day on which nothing was said or happened"
_NOT_ONLY_EXACT = "off, so another quote comes on a day on which nothing was said or happened"
_HOURS_IN_ROW = 6
_WEEKDAY_LETTERS = 2
"""How much of a day's name fits on one of seven buttons in a row."""


def settings(
    target: Target, subscription: Subscription | None, *, zone: str, now: datetime, outlook: Outlook | None
) -> Reply:
    """Show what a Subscription holds, with buttons to change it; `zone` is that of a chat without one."""
    if subscription is None or outlook is None:
        change = html("/timezone changes it")
        if target.title is not None:
            change = html("to change it, send {sent}", sent=sending(target, "/timezone", "berlin"))
        text = html(
            "<b>Settings</b>{where}\nNo digest comes {place}. The zone is {zone}; {change}.",
            where=where(target),
            place="here" if target.title is None else "there",
            zone=zone,
            change=change,
        )
        return Reply(text, ((Button("Subscribe: every day at 09:00", target.switch(Act.BEGIN)),),))
    facts = (
        ("Hour", subscription.hour),
        ("Zone", f"{place_of(subscription)}, now {now.astimezone(zone_of(subscription.zone)):%H:%M}"),
        ("Days", ". ".join(filter(None, (rhythm_of(subscription), COVERS.get(subscription.rhythm, ""))))),
        ("Words", words_of(subscription) or "any"),
        ("Silent delivery", "on, so it makes no sound" if subscription.silent else "off, so it comes with a sound"),
        ("Only exact anniversaries", _ONLY_EXACT if subscription.exact else _NOT_ONLY_EXACT),
    )
    lines = [html("{name}: {fact}", name=name, fact=fact) for name, fact in facts]
    if subscription.state is SubscriptionState.PAUSED:
        state = html("\n<b>Paused</b>: {reason}. Nothing comes before you resume it.", reason=subscription.reason)
    else:
        state = html("\n{coming}", coming=coming(subscription, outlook, now))
    text = markup.join([html("<b>Settings</b>{where}", where=where(target)), *lines, state], "\n")
    return Reply(text, _settings_rows(target, subscription, outlook))


def _settings_rows(target: Target, subscription: Subscription, outlook: Outlook) -> tuple[Row, ...]:
    rhythms = tuple(
        Button(_chosen(label, rhythm is subscription.rhythm), target.switch(Act.RHYTHM, rhythm))
        for rhythm, label in _RHYTHM_LABELS.items()
    )
    silent, exact = subscription.silent, subscription.exact
    rows: list[Row] = [
        (
            Button(f"🕘 {subscription.hour}", target.switch(Act.HOURS)),
            Button("🌍 Zone", target.switch(Act.ZONES)),
            Button("🔎 Words", target.switch(Act.WORDS)),
        ),
        rhythms,
        *([_weekdays(target, subscription)] if subscription.rhythm is Rhythm.WEEKLY else []),
        (Button(_ticked("Silent delivery", silent), target.switch(Act.SILENT, "0" if silent else "1")),),
        (Button(_ticked("Only exact anniversaries", exact), target.switch(Act.EXACT, "0" if exact else "1")),),
    ]
    if subscription.state is SubscriptionState.PAUSED:
        rows.insert(0, (Button("▶ Resume", target.switch(Act.RESUME)),))
    elif outlook.on_request:
        rows.append((Button("Send today’s now", target.switch(Act.NOW, "s")),))
    rows.append((Button("Unsubscribe", target.switch(Act.END)),))
    return tuple(rows)


def hours(target: Target, subscription: Subscription) -> Reply:
    """Show the hours to choose from."""
    buttons = [
        Button(_chosen(f"{hour:02}", f"{hour:02}:00" == subscription.hour), target.switch(Act.HOUR, f"{hour:02}00"))
        for hour in range(24)
    ]
    rows = [tuple(buttons[at : at + _HOURS_IN_ROW]) for at in range(0, len(buttons), _HOURS_IN_ROW)]
    text = html(
        "<b>Hour</b>{where}\nNow {hour}, by the clock of {place}. For a time between the hours, send {sent}.",
        where=where(target),
        hour=subscription.hour,
        place=place_of(subscription),
        sent=sending(target, "/subscribe", "7:30"),
    )
    return Reply(text, (*rows, _back(target)))


def zone(target: Target, subscription: Subscription, now: datetime) -> Reply:
    """Show the zone, and how to change it."""
    text = html(
        "<b>Zone</b>{where}\nNow {place}, where it is {time}. To change it, send a city or an offset:\n"
        "{city}\n{offset}",
        where=where(target),
        place=place_of(subscription),
        time=f"{now.astimezone(zone_of(subscription.zone)):%H:%M}",
        city=sending(target, "/timezone", "berlin"),
        offset=sending(target, "/timezone", "+5:30"),
    )
    return Reply(text, (_back(target),))


def words(target: Target, subscription: Subscription, offered: Sequence[str]) -> Reply:
    """Show the words, to take away, and some that the archive speaks of, to add."""
    wanted = [(f"✕ {short(one)}", one) for one in subscription.wanted]
    unwanted = [(f"✕ -{short(one)}", f"-{one}") for one in subscription.unwanted]
    rows: list[Row] = [(Button(label, target.switch(Act.DROP, tag(one))),) for label, one in (*wanted, *unwanted)]
    adding = tuple(Button(f"+ {short(one)}", target.switch(Act.ADD, one)) for one in offered)
    text = html(
        "<b>Words</b>{where}\nNow: {words}\n\nWords wanted choose among a day’s quotes and the quote of an empty day; "
        "a quote with an unwanted word is left out. To choose others, send them:\n{sent}",
        where=where(target),
        sent=sending(target, "/subscribe", 'syria "arms control" -sanctions'),
        words=words_of(subscription) or "any",
    )
    return Reply(text, tuple(row for row in (*rows, adding, _back(target)) if row))


def _weekdays(target: Target, subscription: Subscription) -> Row:
    return tuple(
        Button(_chosen(name[:_WEEKDAY_LETTERS], at == subscription.weekday), target.switch(Act.WEEKDAY, str(at)))
        for at, name in enumerate(WEEKDAYS)
    )


def _back(target: Target) -> Row:
    return (Button("‹ Settings", target.switch(Act.SHOW)),)


def _chosen(label: str, chosen: bool) -> str:
    return f"● {label}" if chosen else label


def _ticked(label: str, on: bool) -> str:
    return f"{'☑' if on else '☐'} {label}: {'on' if on else 'off'}"
