"""What the bot says when chats subscribe, unsubscribe, choose a zone, come and go; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from bot import markup
from bot.buttons import Button, Row
from bot.markup import Html, html
from bot.outlook import Outlook
from bot.replies import EMPTY, Reply
from bot.switches import Act, Switch
from bot.terms import NAME_LIMIT, Target, coming, days_of, named, next_one, short, terms_of, title_of, where, words_of
from bot.tokens import QUOTES
from bot.wishes import EXAMPLE, Reading, Taken, Unread, Why, Wish
from store.model import Subscription, SubscriptionState
from store.timing import zone_of
from store.zones import How, Place

# What a pressed button says in an alert, as in `notices`.
NOT_YOURS = "Only an admin can change that."
NO_SUBSCRIPTION = "There is no digest here any more. /subscribe begins one."
HAD_TODAY = "Today’s digest has been sent already, or is on its way."
SENT_NOW = "Here it is; the next one comes at its hour."
NOT_SENT = "It could not be sent just now. I try again in a while."
REQUEST_GONE = "I no longer know what you had asked for. Please send it again."
CHANGED = "Changed."

_MOST_READINGS = 12
_MOST_REMARKS = 8
"""What is listed of each kind at most, so that a confirmation is one message, whatever was typed."""

_TAKEN = {
    Taken.HOUR: "the hour",
    Taken.ZONE: "the zone",
    Taken.RHYTHM: "the days",
    Taken.WANTED: "a word wanted",
    Taken.UNWANTED: "a word unwanted",
    Taken.EVERYTHING: "any words",
    Taken.NOTHING: "nothing",
}

_SEVERAL = {
    Taken.RHYTHM: "the days",
    Taken.WANTED: "words wanted",
    Taken.UNWANTED: "words unwanted",
    Taken.NOTHING: "nothing",
}

_ONLY_ONE = {
    Why.SECOND_HOUR: "hour",
    Why.SECOND_RHYTHM: "choice of days",
    Why.SECOND_ZONE: "zone",
}


# Subscribing


def confirmed(
    target: Target,
    subscription: Subscription,
    wish: Wish,
    *,
    now: datetime,
    outlook: Outlook,
    before: Subscription | None = None,
    others: Sequence[tuple[Reading, Switch]] = (),
    unsaid: Sequence[str] = (),
    corrected: Sequence[tuple[str, str]] = (),
) -> Reply:
    """Say what was understood of a request, what comes when, and how to change it.

    `before` is what was there. `others` are the readings that have another one, with what takes it instead, `unsaid`
    the words wanted that the archive has nothing about, `corrected` those typed and those that they were taken for.
    """
    lines = [html("<b>Subscribed</b>{where}: {terms}.", where=where(target), terms=terms_of(subscription))]
    if wish.readings:
        lines.append(html("I took {readings}.", readings=markup.join(_readings(wish.readings), ", ")))
    if before and _loses_words(before, subscription):
        lines.append(html("Before, it was {words}. Words are replaced as a whole.", words=words_of(before)))
    lines += _remarks(subscription, wish, unsaid, corrected)
    lines.append(coming(subscription, outlook, now))
    lines.append(
        html("To change it: /settings, or all in a line, such as\n<code>{example}</code>", example=EXAMPLE)
        if target.title is None
        else html("To change it, press Settings.")
    )
    rows: list[Row] = [(Button(f"“{short(_said(one))}” is {_other(one)}", switch),) for one, switch in others]
    if outlook.on_request:
        rows.append((Button("Send today’s now", target.switch(Act.NOW)),))
    rows.append((Button("⚙ Settings", target.switch(Act.SHOW, "!")),))
    return Reply(markup.join(lines, "\n\n"), tuple(rows))


def which_place(target: Target, places: Sequence[tuple[Place, Switch]], typed: str) -> Reply:
    """Ask which of several places of one name is meant."""
    return Reply(
        html(
            "Which “{typed}” do you mean{where}? Once I know, I note the rest too.",
            typed=markup.clip(typed, NAME_LIMIT),
            where=where(target),
        ),
        tuple((Button(short(place.label, NAME_LIMIT), switch),) for place, switch in places),
    )


def too_vague(places: Sequence[Place]) -> Reply:
    """Say that a name stands for several places, where buttons can't be had."""
    names = markup.join([html("“{label}”", label=place.label) for place in places], ", ")
    return Reply(
        html("There are several places of that name: {names}. Please say which, with the country.", names=names)
    )


def nothing_today(subscription: Subscription, outlook: Outlook, now: datetime) -> Reply:
    """Say that today has nothing: for anniversaries alone, for words that leave nothing over, of an empty archive."""
    if not subscription.exact:
        if subscription.unwanted:
            return Reply(
                html("No quote in the archive is without the words that you want none of. /settings changes them.")
            )
        return Reply(EMPTY)
    return Reply(html("Nothing in the archive falls on today. {next}", next=next_one(subscription, outlook, now)))


def not_sent() -> Reply:
    """Say that today's Digest could not be sent at once."""
    return Reply(html("{words}", words=NOT_SENT))


def ended(target: Target, *, was: bool) -> Reply:
    """Say that a Subscription has ended, or that there was none."""
    if not was:
        return Reply(html("There is no digest{where} to end. /subscribe begins one.", where=where(target)))
    return Reply(
        html("<b>Unsubscribed</b>{where}. No digest comes any more; /subscribe begins anew.", where=where(target))
    )


# The zone


def zone(target: Target, place: str, name: str, now: datetime) -> Reply:
    """Say which zone a chat has, and how to change it."""
    return Reply(
        html(
            "The zone{where} is <b>{place}</b>, where it is {time} now. To change it, send a city, such as\n"
            "<code>/timezone berlin</code>",
            where=where(target) or " here",
            place=named(place, name),
            time=f"{now.astimezone(zone_of(name)):%H:%M}",
        )
    )


def zone_set(
    target: Target,
    place: Place,
    typed: str,
    subscriptions: Sequence[Subscription],
    now: datetime,
    *,
    outlook: Outlook | None,
    before: Place | None = None,
) -> Reply:
    """Say that the zone was set, and what that means for the Digest; `before` is the one to go back to, if any.

    `outlook` is that of the first active Subscription.
    """
    lines = [
        html(
            "{guess}The zone{where} is now <b>{place}</b>, where it is {time}.",
            where=where(target) or " here",
            guess=html("I took “{typed}” for {place}. ", typed=markup.clip(typed, NAME_LIMIT), place=place.label)
            if place.slip or place.how is How.ALIAS
            else "",
            place=named(place.label, place.zone),
            time=f"{now.astimezone(zone_of(place.zone)):%H:%M}",
        )
    ]
    active = [one for one in subscriptions if one.state is SubscriptionState.ACTIVE]
    lines += [coming(one, outlook, now) for one in active[:1] if outlook]
    if before is None or before.zone == place.zone or not place.slip:
        return Reply(markup.join(lines, "\n"))
    lines.append(html("If that is not what you meant, one press brings back what was before."))
    return Reply(markup.join(lines, "\n"), _place_rows(target, [before]))


def which_zone(target: Target, places: Sequence[Place], typed: str) -> Reply:
    """Ask which of several places is meant; the zone of the chat is then set."""
    return Reply(
        html("Which “{typed}” do you mean?", typed=markup.clip(typed, NAME_LIMIT)),
        _place_rows(target, places),
    )


def no_such_place(target: Target, typed: str, nearest: Sequence[Place]) -> Reply:
    """Say that a place is not known, and offer those that are spelt nearly so."""
    text = html(
        "I know no city, zone or offset “{typed}”. Try a larger city nearby, or an offset, such as\n"
        "<code>/timezone +5:30</code>",
        typed=markup.clip(typed, NAME_LIMIT),
    )
    return Reply(text, _place_rows(target, nearest))


# Chats that come and go


def offered(target: Target) -> Reply:
    """Offer a Digest for a channel to the admin who let the bot in."""
    return Reply(
        html("I may post in <b>{title}</b> now. Shall a digest come there?", title=title_of(target)),
        ((Button("Every day at 09:00", target.switch(Act.BEGIN)),),),
    )


def back(target: Target, reason: str) -> Reply:
    """Say that what was paused can go on, to a chat that the bot can write to again."""
    return Reply(
        html("The digest{where} is paused: {reason}. One press, and it goes on.", where=where(target), reason=reason),
        ((Button("▶ Resume", Switch(Act.RESUME, "", target.switch(Act.RESUME).chat)),),),
    )


def resumed(target: Target, subscriptions: Sequence[Subscription], outlook: Outlook | None, now: datetime) -> Reply:
    """Say that what was paused goes on; `outlook` is that of the first."""
    if not subscriptions or outlook is None:
        return Reply(html("No digest is paused{where}.", where=where(target)))
    return Reply(
        html("<b>Resumed</b>{where}. {next}", where=where(target), next=coming(subscriptions[0], outlook, now))
    )


def topic_closed(topic: int) -> Reply:
    """Say, outside a topic that takes no messages, that its Digest is paused."""
    return Reply(
        html(
            "A topic of this group takes no messages any more, so its digest is paused. Open it again and press the "
            "button, or send /subscribe in another topic."
        ),
        ((Button("▶ Resume in that topic", Switch(Act.RESUME, "", None, topic)),),),
    )


def no_such_chat(name: str) -> Reply:
    """Say why a channel can't be set up."""
    return Reply(
        html(
            "I can’t set up {name}: make me an admin of it first, with the right to post, and be one yourself.",
            name=markup.clip(name, NAME_LIMIT),
        )
    )


# Parts


def _place_rows(target: Target, places: Sequence[Place]) -> tuple[Row, ...]:
    # The number tells apart the buttons of places in one zone.
    return tuple(
        (Button(short(place.label, NAME_LIMIT), target.switch(Act.ZONE, f"{place.zone}#{at}")),)
        for at, place in enumerate(places)
    )


def _readings(readings: Sequence[Reading]) -> list[Html]:
    """Return what everything typed was taken for, words of a kind together, in the order in which each kind begins."""
    found: list[Html] = []
    for taken in dict.fromkeys(reading.taken for reading in readings):
        alike = [reading for reading in readings if reading.taken is taken]
        if taken not in _SEVERAL or len(alike) == 1:
            found += map(_reading, alike[:_MOST_READINGS])
            continue
        typed = [html("“{typed}”", typed=short(_unquoted(reading.typed))) for reading in alike]
        found.append(html("{typed} for {taken}", typed=_listed(typed, ", ", _MOST_READINGS), taken=_SEVERAL[taken]))
    return found


def _reading(reading: Reading) -> Html:
    taken: str = _TAKEN[reading.taken]
    place = reading.places[0].label if reading.taken is Taken.ZONE and reading.places else ""
    if place and place.casefold() != reading.typed.casefold():
        taken += f" ({place})"
    if reading.taken is Taken.RHYTHM and reading.rhythm:
        days = days_of(reading.rhythm, reading.weekday)
        # What is there already need not be said once more.
        taken += f" ({days})" if days and reading.typed.casefold() not in {days.casefold(), reading.rhythm} else ""
    if (
        reading.taken is Taken.HOUR
        and reading.hour
        and int(reading.hour[:2]) > 12
        and reading.hour not in reading.typed
    ):
        taken += f" ({reading.hour})"
    return html("“{typed}” for {taken}", typed=short(_unquoted(reading.typed)), taken=taken)


def _unquoted(typed: str) -> str:
    """Return a phrase without the quotation marks around it, since others are put there."""
    return typed.strip(QUOTES) if typed[:1] in QUOTES else typed


def _loses_words(before: Subscription, after: Subscription) -> bool:
    return not (set(before.wanted) <= set(after.wanted) and set(before.unwanted) <= set(after.unwanted))


def _said(reading: Reading) -> str:
    """Return what a button says is to be read otherwise: of "without sanctions", the word alone would be wanted."""
    return reading.words[0] if reading.other is Taken.WANTED and reading.words else reading.typed


def _other(reading: Reading) -> str:
    if reading.other is Taken.RHYTHM and reading.rhythm:
        return f"the day, {days_of(reading.rhythm, reading.weekday)}"
    if reading.other is Taken.ZONE and reading.places:
        return f"the zone, {short(reading.places[0].label)}"
    return _TAKEN[reading.other or Taken.NOTHING]


def _remarks(
    subscription: Subscription, wish: Wish, unsaid: Sequence[str], corrected: Sequence[tuple[str, str]]
) -> list[Html]:
    remarks = [_left_out(one) for one in wish.unread[:_MOST_REMARKS]]
    if (rest := len(wish.unread) - _MOST_REMARKS) > 0:
        remarks.append(html("Nor can I read {rest} more.", rest=rest))
    if corrected:
        taken = _listed(
            [
                html("“{typed}” is taken for “{word}”", typed=short(typed), word=short(word))
                for typed, word in corrected
            ],
            ", ",
            _MOST_REMARKS,
        )
        remarks.append(html("{taken}, as the archive spells it.", taken=taken))
    if unsaid:
        words = _listed([html("“{word}”", word=short(word)) for word in unsaid], " or ", _MOST_REMARKS)
        others = "" if len(unsaid) < len(subscription.wanted) else " Until somebody does, other quotes come."
        remarks.append(html("Nobody in the archive speaks of {words} yet.{others}", words=words, others=others))
    if not subscription.zone_said:
        remarks.append(html("Another clock? Send <code>/timezone</code> and your city."))
    return remarks


def _left_out(unread: Unread) -> Html:
    """Return why nothing was made of something typed, and what can be typed instead."""
    typed = short(unread.typed)
    match unread.why:
        case Why.OPERATOR:
            return html(
                "“{typed}” narrows a search with /quote. A digest has words alone: <code>{example}</code>",
                typed=typed,
                example=unread.example,
            )
        case Why.NO_RHYTHM:
            return html(
                "I can’t send it “{typed}”: a digest comes <code>daily</code>, on <code>weekdays</code> or "
                "<code>weekly</code>, on one day such as <code>weekly friday</code>.",
                typed=typed,
            )
        case Why.SECOND_DAY:
            return html("A weekly digest comes on one day, so I left out “{typed}”.", typed=typed)
        case Why.SECOND_HOUR | Why.SECOND_RHYTHM | Why.SECOND_ZONE:
            return html("There is one {kind} only, so I left out “{typed}”.", kind=_ONLY_ONE[unread.why], typed=typed)
        case Why.NO_ZONE:
            said: LiteralString = "I know no zone “{typed}”. Name a city: <code>{example}</code>"
            return html(said, typed=typed, example=unread.example)
        case _:
            said = "I can’t read “{typed}”: write it like <code>{example}</code>."
            return html(said, typed=typed, example=unread.example)


def _listed(parts: Sequence[Html], between: LiteralString, most: int) -> Html:
    """Return the parts joined, the first `most` of them: all that may be typed would be too long for a message."""
    rest = len(parts) - most
    shown = [*parts[:most], *([html("{rest} more", rest=rest)] if rest > 0 else [])]
    return markup.join(shown, between)
