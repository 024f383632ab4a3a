"""What the bot says of itself: greeting, help, privacy, and that something could not be done; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import buttons, markup
from bot.markup import Html, html
from bot.quotation import Whose
from bot.replies import EMPTY, Holdings, Reply, extent
from store import days
from store.errors import UsageError

# What a pressed button says in an alert: plain, at most 200 characters
# (https://core.telegram.org/bots/api#answercallbackquery).
GARBLED = "I can't read this button. Send me the words you look for, and I search anew."
SEARCH_GONE = "This search is no longer kept: long ones go after 30 days, or with /forget. Please send the words again."
NO_HIT = "The archive has changed: this search finds nothing any more. Please send me other words."
QUOTE_GONE = "This quote has left the archive. Send me the words you look for, and I search anew."
SOURCE_GONE = "This document has left the archive. /sources lists what there is."
LIST_GONE = "I no longer know what came in then. /sources lists what there is."
DAY_GONE = "There is no such day. Send /onthisday with a date."
MESSAGE_GONE = "This message is out of my reach. Send me the words you look for, and I search anew."
ALREADY_SENT = "It is on its way."
NO_LINK = "This digest has too many words to be opened from a channel. In my private chat, /onthisday has the day."
SLOW_DOWN = "Slow down, please: that was more than I take in, 20 requests in 10 seconds. I listen again in a minute."
NO_PLACE = "I may not write here: let me send messages, or open this topic again."
FAILED_PRESS = "Sorry, something went wrong on my side. Please try again in a moment."

_EXAMPLE_LIMIT = 40
_SENT_LIMIT = 200


def place(at: int, total: int) -> str:
    """Say which of the hits is shown, `at` counting from 0."""
    return f"Quote {at + 1} of {total}, the best first."


def start(holdings: Holdings, *, private: bool) -> Reply:
    """Greet: what this is, and what to try."""
    if not holdings.passages:
        return Reply(EMPTY)
    text = html(
        "I find what was said, word for word: who said it, when, and the page where it stands. "
        "Here are {extent}.\n\n{trying} /help has the rest.",
        extent=extent(holdings),
        trying=_trying(holdings, private=private),
    )
    return Reply(text, (*buttons.example_rows(holdings.examples), (buttons.RANDOM, buttons.SOURCES)))


def help_page(lines: Iterable[tuple[str, str]]) -> Reply:
    """Explain the commands: pairs of how one is written and what it does."""
    commands = [html("{usage} – {does}", usage=usage, does=does) for usage, does in lines]
    return Reply(
        html(
            "<b>What I can do</b>\n{commands}\n\n"
            "In a private chat no command is needed: a word or two are a search; /help search tells more, and "
            "/help subscribe of the digest. In a group I hear commands only.\n\n"
            "<b>Under a quote</b>\n"
            "Source opens the page at the sentence. Web archive looks for a kept copy of it, and may find none. "
            "Context shows the question and the whole passage. ‹ and › lead to the other hits.",
            commands=markup.join(commands, "\n"),
        )
    )


def help_search() -> Reply:
    """Explain how to search: what may be typed, and what narrows it."""
    return Reply(
        html(
            "<b>How to search</b>\n"
            "Type a subject, a name, or words that you remember. Slips are forgiven, abbreviations and other names of "
            "the same are known, and countries, peoples, cities and persons may be typed in your language: "
            "<code>arms control</code>, <code>Türkei</code>, <code>afganistan</code>.\n\n"
            "<b>What narrows a search</b>\n"
            "<code>“a phrase”</code> – these words, one after the other\n"
            "<code>-word</code> – nothing that says it\n"
            "<code>by:name</code> – who said it\n"
            "<code>2018</code>, <code>year:2018</code>, <code>2017..2018</code>, <code>january 2018</code> – when it "
            "was said; in quotation marks a year is a word\n"
            "<code>source:name</code> – outlet, title or kind: <code>source:interview</code>\n"
            "<code>-by:name</code>, <code>-year:2018</code>, <code>-source:name</code> – all but these\n"
            "<code>sort:date</code> – the newest first\n\n"
            "What says it outright comes first, then what says it in other words. Where nobody speaks of it I say so."
        )
    )


def help_subscribe() -> Reply:
    """Explain how to ask for a digest: what may be typed, and how each is taken."""
    return Reply(
        html(
            "<b>A digest of this day</b>\n"
            "<code>/subscribe</code> – every day at 09:00\n"
            "<code>/subscribe 7:30 berlin weekdays syria -sanctions</code> – all at once, in any order:\n\n"
            "<b>Hour</b> – <code>7:30</code>, <code>8pm</code>, <code>half past seven</code>\n"
            "<b>Zone</b> – a city straight after the hour or after “in”: <code>in berlin</code>; or "
            "<code>+5:30</code>\n"
            "<b>Days</b> – <code>daily</code>, <code>weekdays</code>, <code>weekly</code>, <code>every friday</code>\n"
            "<b>Words</b> – <code>syria</code>, <code>“arms control”</code>; unwanted ones <code>-sanctions</code> or "
            "<code>without sanctions</code>; <code>everything</code> takes the words away\n\n"
            "I say what I took each for. What you don’t name stays as it was. /settings has buttons for all of it, "
            "/unsubscribe ends it. A channel of which you are an admin, and I am one too: "
            "<code>/subscribe @channel 7:30</code>, here in a private chat."
        )
    )


def about(holdings: Holdings) -> Reply:
    """Say what the bot is, what it holds, and how to read its marks."""
    marks = (Whose.SPOKEN, Whose.QUOTED, Whose.MIXED, Whose.REPORTED)
    text = html(
        "<b>Quotebot</b> answers from an archive of texts as they were published: {extent}.\n\n"
        "Nothing is reworded, and a quote is cut only between sentences; one sentence that is too long by itself "
        "ends in “…”. Each quote is marked:\n{marks}\n\n"
        "What a source does not say is called unknown. A date is the day it was said; where only the day of "
        "publication is known, it says “published”. /sources lists every text.",
        extent=extent(holdings) if holdings.passages else "it is empty as yet",
        marks=markup.join([mark.value for mark in marks], "\n"),
    )
    return Reply(text, ((buttons.RANDOM, buttons.SOURCES),))


def privacy() -> Reply:
    """Say what is stored, for how long, and how to have it deleted."""
    return Reply(
        html(
            "<b>What is stored</b>\n"
            "Searches too long to fit into a button, and what is typed behind /subscribe: the words and the id of "
            "this chat, for 30 days, so that the buttons under the answer go on working. Shorter searches travel in "
            "the button itself.\n"
            "Of a digest, until /unsubscribe: the id and kind of this chat, its topic, hour, days, words, zone with "
            "the city it was chosen by, and how it is delivered. Which day’s digest was sent, and when, is kept for "
            "30 days; the zone of a chat stays until /forget.\n\n"
            "<b>What is not</b>\n"
            "Nothing else: no names of people, no messages, no list of who asked what. When something goes wrong, the "
            "log notes the id of the chat, never what was written.\n\n"
            "/forget deletes all that is stored of this chat, at once."
        )
    )


def admins_only() -> Reply:
    """Say who may do this in a group."""
    return Reply(html("Only an admin can do that here."))


def what_it_does(holdings: Holdings, *, private: bool) -> Reply:
    """Say in one line what the bot can do, to somebody who sent it something else."""
    return Reply(html("I find quotes. {trying} /help has the rest.", trying=_trying(holdings, private=private)))


def other_command(command: str) -> Reply:
    """Name the command that is meant by one that there is not."""
    return Reply(html("There is no such command here. You may mean {command}.", command=command))


def no_such_command(typed: str, nearest: Sequence[str]) -> Reply:
    """Name the commands that are spelt nearly like one that there is not."""
    near = markup.join([html("{command}", command=command) for command in nearest], " or ")
    return Reply(html("There is no {typed}. Did you mean {near}?", typed=markup.clip(typed, _EXAMPLE_LIMIT), near=near))


def unused(command: str, typed: str, instead: str) -> tuple[Reply, ...]:
    """Say that a command takes no such words, if any were typed, and which one does: `instead`, to be copied."""
    if not typed:
        return ()
    text = html(
        "{command} takes no words, so I left out “{typed}”. You may mean: <code>{instead}</code>",
        command=command,
        typed=markup.clip(typed, _EXAMPLE_LIMIT),
        instead=markup.clip(instead, _SENT_LIMIT),
    )
    return (Reply(text),)


def no_search(command: str) -> Reply:
    """Name the command that was meant, it may be, by words that were looked for."""
    if " " in command:
        sent = markup.clip(command, _SENT_LIMIT)
        return Reply(html("If you did not mean to search, send:\n<code>{command}</code>", command=sent))
    return Reply(html("If you did not mean to search: {command}.", command=command))


def misunderstood(error: UsageError) -> Reply:
    """Say what could not be understood, and what can: a hint that is a command with words is an example."""
    if not error.hint:
        return Reply(html("{error}", error=str(error)))
    if error.hint.startswith("/"):
        return Reply(html("{error} Write it as in:\n<code>{hint}</code>", error=str(error), hint=error.hint))
    return Reply(html("{error}\n{hint}", error=str(error), hint=error.hint))


def said(words: str) -> Reply:
    """Say as a message what would have been an alert."""
    return Reply(markup.as_html(words))


def failed() -> Reply:
    """Apologise for a fault of our own."""
    return Reply(html("Sorry, something went wrong on my side. It has been noted. Please try again in a moment."))


def _trying(holdings: Holdings, *, private: bool) -> Html:
    """Return what to send, with examples that find something."""
    words = [markup.clip(example, _EXAMPLE_LIMIT) for example in holdings.examples]
    if not words:
        return html("Send me a word or two.") if private else html("Send me /quote and a word or two.")
    first = html("<code>{words}</code>", words=words[0])
    last = html("<code>/quote {words}</code>", words=words[-1])
    tries = [first, last] if private else [last]
    if holdings.last:
        day = f"{holdings.last.day} {days.MONTHS[holdings.last.month - 1]}"
        tries.append(html("<code>/onthisday {day}</code>", day=day))
    return html("Try {tries} or /random.", tries=markup.join(tries, ", "))
