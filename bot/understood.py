"""What a confirmation says of the words typed: what each was taken for, and what can't be read; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import LiteralString

from bot import markup
from bot.markup import Html, html
from bot.terms import Target, days_of, place_of, sending, short
from bot.tokens import QUOTES
from bot.wishes import Reading, Taken, Unread, Why, Wish
from store.days import WEEKDAYS
from store.model import Rhythm, Subscription
from store.zones import is_abbreviation

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
    Taken.SETTING: "a button in /settings",
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


def readings(read: Sequence[Reading]) -> list[Html]:
    """Return what everything typed was taken for, words of a kind together, in the order in which each kind begins."""
    found: list[Html] = []
    for taken in dict.fromkeys(reading.taken for reading in read):
        alike = [reading for reading in read if reading.taken is taken]
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
        at = f" at {reading.hour}" if reading.hour else ""
        # What is there already need not be said once more.
        taken += f" ({days}{at})" if at or reading.typed.casefold() not in {days.casefold(), reading.rhythm} else ""
    if reading.taken is Taken.HOUR and reading.hour and not _shows(reading.typed, reading.hour):
        taken += f" ({reading.hour})"
    return html("“{typed}” for {taken}", typed=short(_unquoted(reading.typed)), taken=taken)


def _shows(typed: str, hour: str) -> bool:
    """Return whether an hour can be read off what was typed for it: not 19:00 off "7 pm"."""
    at, minute = hour.split(":")
    figures = [figure.lstrip("0") for figure in re.findall(r"\d+", typed)]
    return figures == [at.lstrip("0"), minute.lstrip("0")] or (minute == "00" and figures == [at.lstrip("0")])


def _unquoted(typed: str) -> str:
    """Return a phrase without the quotation marks around it, since others are put there."""
    return typed.strip(QUOTES) if typed[:1] in QUOTES else typed


def otherwise(reading: Reading) -> str:
    """Return what a button says that reads something otherwise."""
    # Of "without sanctions", the word alone would be wanted.
    said = reading.words[0] if reading.other is Taken.WANTED and reading.words else reading.typed
    return f"“{short(said)}” is {_other(reading)}"


def _other(reading: Reading) -> str:
    if reading.other is Taken.RHYTHM and reading.rhythm:
        return f"the day, {days_of(reading.rhythm, reading.weekday)}"
    if reading.other is Taken.HOUR and reading.hour:
        return f"the hour, {reading.hour}"
    if reading.other is Taken.ZONE and len(reading.places) == 1:
        return f"the zone, {short(reading.places[0].label)}"
    return _TAKEN[reading.other or Taken.NOTHING]


def remarks(
    target: Target,
    subscription: Subscription,
    wish: Wish,
    unsaid: Sequence[str],
    corrected: Sequence[tuple[str, str]],
) -> list[Html]:
    """Return what is to be said besides: what can't be read, what nobody speaks of, what else can be chosen."""
    found = [_left_out(target, subscription, one) for one in wish.unread[:_MOST_REMARKS]]
    if (rest := len(wish.unread) - _MOST_REMARKS) > 0:
        found.append(html("Nor can I read {rest} more.", rest=rest))
    if corrected:
        taken = _listed(
            [
                html("“{typed}” is taken for “{word}”", typed=short(typed), word=short(word))
                for typed, word in corrected
            ],
            ", ",
            _MOST_REMARKS,
        )
        found.append(html("{taken}, as the archive spells it.", taken=taken))
    found += _unsaid(subscription, unsaid)
    if wish.rhythm is Rhythm.WEEKLY and wish.weekday is None:
        said: LiteralString = "Weekly is {days} here; {other} makes it another day."
        other = WEEKDAYS[(subscription.weekday + 1) % len(WEEKDAYS)].casefold()
        sent = sending(target, "/subscribe", f"weekly {other}")
        found.append(html(said, days=days_of(Rhythm.WEEKLY, subscription.weekday), other=sent))
    if not (subscription.zone_said or any(one.why is Why.NO_ZONE for one in wish.unread)):
        other = html("<code>/timezone</code> and your city")
        if target.title is not None:
            other = html("a city: {example}", example=sending(target, "/timezone", "berlin"))
        found.append(html("Another clock? Send {other}.", other=other))
    return found


def _unsaid(subscription: Subscription, unsaid: Sequence[str]) -> list[Html]:
    """Return which words nobody speaks of, and what that comes to."""
    found: list[Html] = []
    wanted = [word for word in unsaid if word in subscription.wanted]
    unwanted = [word for word in unsaid if word in subscription.unwanted]
    others = "" if len(wanted) < len(subscription.wanted) else " Until somebody does, other quotes come."
    for words, then in ((wanted, others), (unwanted, " Until somebody does, that leaves nothing out.")):
        if words:
            listed = _listed([html("“{word}”", word=short(word)) for word in words], " or ", _MOST_REMARKS)
            found.append(html("Nobody in the archive speaks of {words} yet.{then}", words=listed, then=then))
    return found


def no_zone(typed: str) -> str:
    """Return why something that is written like a zone is none; what follows says what came of that."""
    if is_abbreviation(typed):
        return f"The clocks of several places are called “{short(typed)}”"
    return f"I know no zone “{short(typed)}”"


def _left_out(target: Target, subscription: Subscription, unread: Unread) -> Html:
    """Return why nothing was made of something typed, and what can be typed instead."""
    typed = short(unread.typed)
    example = sending(target, "/subscribe", unread.example)
    match unread.why:
        case Why.OPERATOR:
            return html(
                "“{typed}” narrows a search with /quote. A digest has words alone, as in: {example}",
                typed=typed,
                example=example,
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
            return html(
                "{reason}, so I left it out: {hour} is by the clock of <b>{place}</b>. To set another, name a city, as "
                "in: {example}",
                reason=no_zone(unread.typed),
                hour=subscription.hour,
                place=place_of(subscription),
                example=sending(target, "/timezone", "berlin"),
            )
        case _:
            return html(
                "I can’t read “{typed}”, so I left it out. Write it as in: {example}", typed=typed, example=example
            )


def _listed(parts: Sequence[Html], between: LiteralString, most: int) -> Html:
    """Return the parts joined, the first `most` of them: all that may be typed would be too long for a message."""
    rest = len(parts) - most
    shown = [*parts[:most], *([html("{rest} more", rest=rest)] if rest > 0 else [])]
    return markup.join(shown, between)
