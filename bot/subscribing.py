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
from bot.terms import (
    NAME_LIMIT,
    Target,
    coming,
    named,
    next_one,
    place_of,
    rhythm_of,
    sending,
    short,
    terms_of,
    title_of,
    where,
    words_of,
)
from bot.tokens import QUOTES
from bot.understood import no_zone, otherwise, readings, remarks
from bot.wishes import EXAMPLE, Reading, Wish
from store.model import DeliveryState, Subscription, SubscriptionState
from store.timing import zone_of
from store.zones import How, Place, is_abbreviation

# What a pressed button says in an alert, as in `notices`.
NOT_YOURS = "Only an admin can change that."
NO_SUBSCRIPTION = "There is no digest here any more. /subscribe begins one."
PAUSED = "The digest is paused. /settings has a button to resume it."
SENT_NOW = "Here it is; the next one comes at its hour."
REQUEST_GONE = "I no longer know what you had asked for. Please send it again."
CHANGED = "Changed."

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
    again: str = "",
) -> Reply:
    """Say what was understood of a request, what comes when, and how to change it.

    `before` is what was there. `others` are the readings that have another one, with what takes it instead, `unsaid`
    the words that the archive has nothing about, `corrected` those typed and those that they were taken for.
    `again` refers to the request, for the button that brings today's.
    """
    lines = [html("<b>Subscribed</b>{where}: {terms}.", where=where(target), terms=terms_of(subscription))]
    if wish.readings:
        lines.append(html("I took {readings}.", readings=markup.join(readings(wish.readings), ", ")))
    if before and _loses_words(before, subscription):
        lines.append(html("Before, it was {words}. Words are replaced as a whole.", words=words_of(before)))
    lines += remarks(target, subscription, wish, unsaid, corrected)
    lines.append(coming(subscription, outlook, now))
    lines.append(
        html("To change it: /settings, or all in a line, such as\n<code>{example}</code>", example=EXAMPLE)
        if target.title is None
        else html("To change it, press Settings.")
    )
    rows: list[Row] = [(Button(otherwise(one), switch),) for one, switch in others]
    if outlook.on_request:
        rows.append((Button("Send today’s now", target.switch(Act.NOW, f"c{again}")),))
    rows.append((Button("⚙ Settings", target.switch(Act.SHOW, "!")),))
    return Reply(markup.join(lines, "\n\n"), tuple(rows))


def which_place(target: Target, places: Sequence[tuple[Place, Switch]], typed: str) -> Reply:
    """Ask which of several places of one name is meant."""
    question = _which(target, [place for place, _ in places], typed)
    return Reply(
        html("{question} Once I know, I note the rest too.", question=question),
        tuple((Button(short(place.label, NAME_LIMIT), switch),) for place, switch in places),
    )


def _which(target: Target, places: Sequence[Place], typed: str) -> Html:
    """Return the question for one of several places, or for a city of a country with several zones."""
    said = markup.clip(typed, NAME_LIMIT)
    if all(place.how in {How.COUNTRY, How.STATE} for place in places):
        zones: LiteralString = (
            "“{typed}” has several zones. Which city’s clock is it{where}? {command} takes any other."
        )
        return html(zones, typed=said, where=where(target), command=_command(target, "/timezone"))
    return html("Which “{typed}” do you mean{where}?", typed=said, where=where(target))


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


def no_more_today(subscription: Subscription, outlook: Outlook, now: datetime) -> str:
    """Return what a pressed button says that can bring no Digest of today: it was there already, or none comes."""
    if subscription.state is SubscriptionState.PAUSED:
        return PAUSED
    said = html("Today’s is on its way.") if outlook.under_way else html("Today’s has been sent already.")
    return markup.plain(html("{said} {next}", said=said, next=next_one(subscription, outlook, now)))


def not_sent(target: Target, state: DeliveryState, reason: str) -> Reply:
    """Say that today's Digest was not sent, and what comes of that: `state` and `reason` are those of the ledger."""
    if state is DeliveryState.GONE:
        return Reply(
            html(
                "It could not be sent{where}: {reason}. So the digest is paused until you press Resume.",
                where=where(target),
                reason=reason,
            ),
            ((Button("▶ Resume", target.switch(Act.RESUME)),),),
        )
    if state is DeliveryState.LATER:
        return Reply(html("It could not be sent just now. I try again in a while."))
    refused: LiteralString = (
        "It could not be sent{where}. The next one comes at its hour; {command} has a button to try today’s again."
    )
    return Reply(html(refused, where=where(target), command=_command(target, "/settings")))


def ended(target: Target, *, was: bool) -> Reply:
    """Say that a Subscription has ended, or that there was none."""
    if not was:
        none: LiteralString = "There is no digest{where} to end. {command} begins one."
        return Reply(html(none, where=where(target), command=_command(target, "/subscribe")))
    return Reply(
        html(
            "<b>Unsubscribed</b>{where}. No digest comes any more; {command} begins anew.",
            where=where(target),
            command=_command(target, "/subscribe"),
        )
    )


def ends_all(target: Target, typed: str) -> Reply:
    """Say that there are no words to end a Subscription by, and how to be rid of a word."""
    word = markup.clip(typed.strip(f"-{QUOTES}"), NAME_LIMIT)
    word = f'"{word}"' if " " in word else word or "syria"
    text = html(
        "Nothing is changed{where}: /unsubscribe ends the whole digest, and I don’t know what you mean by “{typed}”. "
        "To end it, send {end} alone. To have no quotes with a word, send\n"
        "{leave_out}\nTo take one of your words away, send {settings}.",
        where=where(target),
        typed=short(typed),
        end=sending(target, "/unsubscribe"),
        leave_out=sending(target, "/subscribe", f"-{word}"),
        settings=sending(target, "/settings"),
    )
    return Reply(text)


def forgotten(target: Target, subscriptions: Sequence[Subscription]) -> Reply:
    """Say what was deleted of a chat, whose Subscriptions these were, and how to begin anew."""
    match subscriptions:
        case ():
            digest = html("no digest was to come")
        case (one,):
            words = f", {words_of(one)}" if words_of(one) else ""
            digest = html(
                "the digest is gone ({rhythm} at {hour}, {place}{words})",
                rhythm=rhythm_of(one),
                hour=one.hour,
                place=place_of(one),
                words=words,
            )
        case _:
            digest = html("the digests of {number} topics are gone", number=len(subscriptions))
    text = html(
        "<b>Forgotten</b>{where}: {digest}. The zone, the days on which a digest was sent, and long searches are "
        "deleted. So nothing is stored of {chat} any more, and no digest comes any more.\n\n"
        "{command} begins anew. Buttons under answers to very long searches no longer work; all others do.",
        where=where(target),
        digest=digest,
        chat="this chat" if target.title is None else "it",
        command=_command(target, "/subscribe"),
    )
    return Reply(text)


def forgets_all(target: Target, typed: str) -> Reply:
    """Say that /forget takes no words, so that nothing was deleted, and what it does."""
    text = html(
        "Nothing is changed{where}: /forget deletes all that is stored, digest, zone and searches, and I don’t know "
        "what you mean by “{typed}”. To delete all, send {forget} alone. To take one of your words "
        "away, send {settings}.",
        where=where(target),
        typed=short(typed),
        forget=sending(target, "/forget"),
        settings=sending(target, "/settings"),
    )
    return Reply(text)


# The zone


def zone(target: Target, place: str, name: str, now: datetime) -> Reply:
    """Say which zone a chat has, and how to change it."""
    return Reply(
        html(
            "The zone{where} is <b>{place}</b>, where it is {time} now. To change it, send a city, such as\n{example}",
            where=where(target) or " here",
            example=sending(target, "/timezone", "berlin"),
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
    held: Sequence[Subscription] = (),
) -> Reply:
    """Say that the zone was set, and what that means for the Digest; `before` is the one to go back to, if any.

    `outlook` is that of the first active one of the `subscriptions` that it changed, of those that are `held`.
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
    lines += _other_topics(target, subscriptions, held)
    if before is None or before.zone == place.zone or not place.slip:
        return Reply(markup.join(lines, "\n"))
    lines.append(html("If that is not what you meant, one press brings back what was before."))
    return Reply(markup.join(lines, "\n"), _place_rows(target, [before]))


def _other_topics(target: Target, changed: Sequence[Subscription], held: Sequence[Subscription]) -> list[Html]:
    """Return what a zone comes to for the Digests of other topics: those that go by it, and those with their own."""
    others = sum(one.topic != target.topic for one in changed)
    own = len(held) - len(changed)
    with_it = html("Other topics whose digests go by it too: {others}.", others=others)
    without = html("Other topics that keep the zone that was named there: {own}.", own=own)
    return [line for number, line in ((others, with_it), (own, without)) if number > 0]


def which_zone(target: Target, places: Sequence[Place], typed: str) -> Reply:
    """Ask which of several places is meant; the zone of the chat is then set."""
    return Reply(
        _which(target, places, typed),
        _place_rows(target, places),
    )


def no_such_place(target: Target, typed: str, nearest: Sequence[Place]) -> Reply:
    """Say that a place is not known, and offer those that are spelt nearly so."""
    short_name = html("{reason}, so nothing is changed. Send a city", reason=no_zone(typed))
    unknown = html(
        "I know no city, zone or offset “{typed}”, so nothing is changed. Try a larger city nearby",
        typed=markup.clip(typed, NAME_LIMIT),
    )
    text = html(
        "{why}, or an offset, such as\n{example}",
        why=short_name if is_abbreviation(typed) else unknown,
        example=sending(target, "/timezone", "+5:30"),
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


def no_such_chat(name: str, *, setting_up: bool) -> Reply:
    """Say why nothing can be done about a channel from here, and what can."""
    if setting_up:
        return Reply(
            html(
                "I can’t set up {name}: make me an admin of it first, with the right to post, and be one yourself.",
                name=markup.clip(name, NAME_LIMIT),
            )
        )
    return Reply(
        html(
            "I can do that for {name} only while I am in it, and for one of its admins alone. Taking me out of it "
            "stops its digest as well.",
            name=markup.clip(name, NAME_LIMIT),
        )
    )


# Parts


def _command(target: Target, command: str) -> Html:
    """Return a command, for the chat that is spoken to as a link that sends it."""
    return html("{command}", command=command) if target.title is None else sending(target, command)


def _place_rows(target: Target, places: Sequence[Place]) -> tuple[Row, ...]:
    # The number tells apart the buttons of places in one zone.
    return tuple(
        (Button(short(place.label, NAME_LIMIT), target.switch(Act.ZONE, f"{place.zone}#{at}")),)
        for at, place in enumerate(places)
    )


def _loses_words(before: Subscription, after: Subscription) -> bool:
    return not (set(before.wanted) <= set(after.wanted) and set(before.unwanted) <= set(after.unwanted))
