"""What sentences about a Subscription are made of: where it is, when it comes, what it is about; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot import markup
from bot.markup import Html, html
from bot.outlook import Outlook
from bot.switches import Act, Switch
from store import days
from store.model import Rhythm, Subscription
from store.timing import zone_of

NAME_LIMIT = 60
_WORDS_LIMIT = 300
_SHORT_LIMIT = 30
_RHYTHMS = {Rhythm.DAILY: "every day", Rhythm.WEEKDAYS: "Monday to Friday"}
COVERS = {
    Rhythm.WEEKDAYS: "Monday’s has the weekend’s days too",
    Rhythm.WEEKLY: "Each has the seven days up to it",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a Subscription is: a topic (0: none) of a chat.

    `title` is None for the chat that is spoken to; `name` is the public name of another, "@news", if it has one.
    """

    chat: int
    topic: int
    kind: str
    title: str | None = None
    name: str = ""

    def switch(self, act: Act, value: str = "") -> Switch:
        """Return an act on this Subscription."""
        return Switch(act, value, self.chat if self.title is not None else None, self.topic)


def where(target: Target) -> Html:
    """Return which chat is spoken of, " for Title", where it is not the one that is spoken to."""
    return Html() if target.title is None else html(" for <b>{title}</b>", title=title_of(target))


def here(target: Target) -> str:
    """Return what stands behind a command that is about a chat other than the one that is spoken to: "@news "."""
    return f"{target.name} " if target.name else ""


def sending(target: Target, command: str, words: str = "") -> Html:
    """Return what to send, and where: the commands for a chat without a public name have to be sent in it."""
    sent = html("<code>{typed}</code>", typed=f"{command} {here(target)}{words}".rstrip())
    if target.title is None or target.name:
        return sent
    return html("{sent} in <b>{title}</b> itself", sent=sent, title=title_of(target))


def title_of(target: Target) -> str:
    """Return what a chat is called."""
    return markup.clip(target.title or "this chat", NAME_LIMIT)


def terms_of(subscription: Subscription) -> Html:
    """Return when it comes and what it is about: "every day at 09:00, UTC, about “syria”"."""
    words = words_of(subscription)
    return html(
        "{rhythm} at <b>{hour}</b>, {place}{words}{days}",
        rhythm=rhythm_of(subscription),
        hour=subscription.hour,
        place=place_of(subscription),
        words=f", {words}" if words else "",
        days=f". {COVERS[subscription.rhythm]}" if subscription.rhythm in COVERS else "",
    )


def rhythm_of(subscription: Subscription) -> str:
    """Return the days: "every Monday"."""
    return days_of(subscription.rhythm, subscription.weekday)


def days_of(rhythm: Rhythm, weekday: int | None) -> str:
    """Return the days of a rhythm: "every Monday"; a weekly one without its day is "once a week"."""
    if rhythm is Rhythm.WEEKLY:
        return "once a week" if weekday is None else f"every {days.WEEKDAYS[weekday]}"
    return _RHYTHMS[rhythm]


def place_of(subscription: Subscription) -> str:
    """Return whose clock it goes by: "Berlin, Germany (Europe/Berlin)"."""
    return named(subscription.zone_said, subscription.zone)


def named(label: str, zone: str) -> str:
    """Return a zone with the place that it was chosen by, if any."""
    label = markup.clip(label, NAME_LIMIT)
    return f"{label} ({zone})" if label and label != zone else zone


def words_of(subscription: Subscription) -> str:
    """Return what it is about, "about “syria”, without “sanctions”"; empty where that is anything."""
    parts = []
    if subscription.wanted:
        parts.append("about " + " or ".join(f"“{one}”" for one in subscription.wanted))
    if subscription.unwanted:
        parts.append("without " + " or ".join(f"“{one}”" for one in subscription.unwanted))
    return markup.clip(", ".join(parts), _WORDS_LIMIT)


def coming(subscription: Subscription, outlook: Outlook, now: datetime) -> Html:
    """Return what comes next."""
    if outlook.at_once:
        day = now.astimezone(zone_of(subscription.zone)).date()
        # Who had one already, before the zone was changed, must not take it for the same once more.
        which = (
            ""
            if outlook.first
            else f", that of {days.WEEKDAYS[day.weekday()]}, {day.day} {days.MONTHS[day.month - 1]},"
        )
        today = html("Today’s{which} follows at once. ", which=which)
    elif outlook.sent:
        today = html("Today’s has been sent. ")
    elif outlook.under_way:
        today = html("Today’s is on its way. ")
    else:
        today = html("Nothing falls on today. ") if outlook.empty else Html()
    return html("{today}{next}", today=today, next=next_one(subscription, outlook, now))


def next_one(subscription: Subscription, outlook: Outlook, now: datetime) -> Html:
    """Return when the next one comes, and of what day."""
    if outlook.next_at is None:
        return html("Nor does anything within a year: in /settings you can have a quote on such days, or other words.")
    at = outlook.next_at.astimezone(zone_of(subscription.zone))
    day = f"{days.WEEKDAYS[at.weekday()]}, {at.day} {_month(at)}"
    near = {0: "today, ", 1: "tomorrow, "}.get((at.date() - now.astimezone(at.tzinfo).date()).days, "")
    which = "first" if outlook.first and not outlook.at_once else "next"
    return html("The {which} one comes {near}{day}, at {time}.", which=which, near=near, day=day, time=f"{at:%H:%M}")


def _month(day: date) -> str:
    return days.MONTHS[day.month - 1]


def short(words: str, limit: int = _SHORT_LIMIT) -> str:
    """Return words as they fit on a button or into a sentence."""
    return markup.clip(words, limit)
