"""What the bot answers from the archive, as Telegram's HTML with the buttons under it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bot import buttons, markup, quotation
from bot.buttons import Button, Row, Search
from bot.markup import Html, html
from bot.presses import AnyQuote, DayPage, NewDocuments, SourceList
from bot.quotation import byline
from store import days, unmet
from store.days import Day, stretch_in_words
from store.model import Dated, Document, Filter, OnThisDay, Passage, Quote, Results

_TYPED_LIMIT = 60
_MOST_WORDS = 4
_PART_LIMIT = 3000
_ENTRY_LIMIT = 3600
_ENTRIES = 3
_HEADING_LIMIT = 200
_FACT_LIMIT = 300
SOURCES_ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """A message and the rows of buttons under it."""

    html: Html
    buttons: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds, and words of its own that find something in it."""

    documents: int = 0
    passages: int = 0
    first: date | None = None
    last: date | None = None
    speakers: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


EMPTY = html("The archive is empty: nothing has been read into it yet.")


# Quotes


def hit(results: Results, at: int, search: Search | None, as_typed: str = "") -> Reply:
    """Return the first of `results.quotes` as hit `at` (from 0) of a search; None: one that can't be asked again.

    `as_typed` is the search for the words as they were typed, where they were taken for others, or for days.
    """
    found = results.quotes[0]
    notes = [*_search_notes(results), *([_asked(found)] if quotation.in_question_only(found) else [])]
    return Reply(
        markup.join([*notes, quoted(found)], "\n\n"),
        (
            *buttons.quote_rows(found),
            *buttons.paging_rows(results.total, at, search),
            *buttons.as_typed_rows(as_typed),
        ),
    )


def single(quote: Quote, document: str = "") -> Reply:
    """Return a quote that nobody searched for, with the way to another, of one document where that is given."""
    return Reply(quoted(quote), (*buttons.quote_rows(quote), (Button("🎲 Another", AnyQuote(document)),)))


def nothing_found(words: str, holdings: Holdings, narrowed: Sequence[Filter] = ()) -> Reply:
    """Say that a search found nothing, and why where that is what narrows it; offer what there is."""
    if not holdings.passages:
        return Reply(EMPTY)
    why = [f"{one}." for one in _reasons(narrowed)]
    first = html("{why}", why=" ".join(why)) if why else html("Nothing here about “{words}”.", words=_typed(words))
    text = html("{first}\n\nThe archive has {extent}.", first=first, extent=extent(holdings))
    return Reply(text, _offers(holdings))


def no_quotes(holdings: Holdings) -> Reply:
    """Say that there is nothing that could be shown as a random quote."""
    if not holdings.passages:
        return Reply(EMPTY)
    return Reply(html("No quote here can be read on its own. Search for a word instead."), _offers(holdings))


def context(quote: Quote, before: Passage | None, after: Passage | None) -> tuple[Reply, ...]:
    """Return the question and the whole passage; several messages where one can't hold them, buttons on the last."""
    passage = quote.passage
    parts: list[Html] = []
    if passage.question:
        for start, end in markup.split(passage.question, _PART_LIMIT):
            words = markup.styled(passage.question, start, end)
            parts.append(html("<b>Asked</b>\n<blockquote expandable>{words}</blockquote>", words=words))
    place = f"Passage {passage.position + 1} of {max(quote.document.passages, passage.position + 1)}"
    for start, end in markup.split(passage.text, _PART_LIMIT):
        words, _ = quotation.stretch(passage, start, end)
        heading = html("<b>{place}</b>{on}", place=place, on=", continued" if start else "")
        parts.append(html("{heading}\n<blockquote expandable>{words}</blockquote>", heading=heading, words=words))
    _, whose = quotation.stretch(passage, 0, len(passage.text))
    parts.append(byline(passage, quote.document, whose))
    messages = _packed(parts)
    rows = (buttons.page_row(quote.document, quote.link, quote.archived), buttons.neighbour_row(before, after))
    last = Reply(messages[-1], tuple(row for row in rows if row))
    return (*map(Reply, messages[:-1]), last)


def extent(holdings: Holdings) -> Html:
    """Return how much there is, by whom, and of which years: "5 documents with 210 passages by …, from … to …"."""
    size = f"{count(holdings.documents, 'document')} with {count(holdings.passages, 'passage')}"
    named = [markup.clip(name, _TYPED_LIMIT) for name in holdings.speakers[:_MOST_WORDS]]
    more = len(holdings.speakers) - len(named)
    by = f" by {', '.join(named)}{f' and {more} more' if more else ''}" if named else ""
    span = ""
    if holdings.first and holdings.last:
        first, last = days.in_words(holdings.first), days.in_words(holdings.last)
        span = f", from {first} to {last}" if first != last else f", of {first}"
    return html("{size}{by}{span}", size=size, by=by, span=span)


def count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun, whose plural may be given: "1 passage", "1,200 passages"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def _offers(holdings: Holdings) -> tuple[Row, ...]:
    return (*buttons.example_rows(holdings.examples), (buttons.RANDOM, buttons.SOURCES))


def _packed(parts: Iterable[Html]) -> list[Html]:
    """Join parts into as few messages as hold them, in order; a part is never cut."""
    messages: list[Html] = []
    for part in parts:
        joined = html("{last}\n{part}", last=messages[-1], part=part) if messages else part
        if messages and markup.length(joined) <= markup.MESSAGE_LIMIT:
            messages[-1] = joined
        else:
            messages.append(part)
    return messages


@lru_cache(maxsize=256)
def quoted(quote: Quote) -> Html:
    """Return a quote with the lines that say whose it is."""
    words, whose = quotation.quotation(quote)
    lines = byline(quote.passage, quote.document, whose)
    return html("<blockquote>{words}</blockquote>\n{byline}", words=words, byline=lines)


def _asked(quote: Quote) -> Html:
    return html("Asked: {question}", question=quotation.question(quote.passage.question or "", quote.matched))


def _search_notes(results: Results) -> list[Html]:
    notes = []
    if results.corrected:
        taken = [
            html("<b>{word}</b> (typed: {typed})", word=_typed(word), typed=_typed(typed))
            for typed, word in results.corrected[:_MOST_WORDS]
        ]
        notes.append(html("Showing results for {taken}", taken=markup.join(taken, ", ")))
    if results.days:
        notes.append(html("Only what is of <b>{days}</b>", days=stretch_in_words(*results.days)))
    why = [html("{reason}", reason=one) for one in _reasons(results.unmet)]
    if results.missing:
        why.append(html("Nobody here speaks of {missing}", missing=_each(results.missing, " or ")))
    elif results.apart:
        why.append(html("Nobody here speaks of {apart} together", apart=_each(results.apart, " and ")))
    how = "nearest" if why else "in other words"
    if results.otherwise:
        why.append(html("Nobody here says {words}", words=_each(results.otherwise, " or ")))
    elif results.elsewhere:
        why.append(html("Nobody here says {words} with the rest", words=_each(results.elsewhere, " or ")))
    if why and results.quotes:
        notes.append(html("{why}; {how}:", why=markup.join(why, ". "), how=how))
    return notes


def _reasons(narrowed: Sequence[Filter]) -> list[str]:
    return [markup.clip(one, _TYPED_LIMIT) for one in unmet.reasons(narrowed[:_MOST_WORDS])]


def _each(words: Sequence[str], between: str) -> Html:
    return markup.join([html("“{word}”", word=_typed(word)) for word in words[:_MOST_WORDS]], between)


# The calendar


def on_this_day(
    day: Day, entries: Sequence[OnThisDay], at: int, *, ahead: bool = False, other_years: bool = True
) -> Reply:
    """Return what falls on a day from entry `at` on: at most three, fewer where they are long; the rest by button.

    `ahead` says that the day is still to come this year, `other_years` that nothing of it is of the year typed, if any.
    """
    at = at if 0 <= at < len(entries) else 0
    shown: list[Html] = []
    rows: list[Row] = []
    used = 0
    for number, entry in enumerate(entries[at : at + _ENTRIES], at + 1):
        text = _entry(entry, number if len(entries) > 1 else None, ahead=ahead)
        used += markup.length(text)
        if shown and used > _ENTRY_LIMIT:
            break
        shown.append(text)
        rows.append(buttons.numbered_quote_row(number, entry.quote))
    if len(entries) == 1:
        rows = [*buttons.quote_rows(entries[0].quote)]
    page = DayPage(day.month, day.day, day.year, at)
    heading = html("<b>{day}</b>", day=_on(day))
    if day.year is not None and other_years:
        heading = html(
            "{heading}\n<i>Nothing here is of that year; this is of the same day of others.</i>", heading=heading
        )
    return Reply(markup.join([heading, *shown], "\n\n"), (*rows, *buttons.day_rows(page, len(shown), len(entries))))


def nothing_on(day: Day, following: Day | None) -> Reply:
    """Say that nothing falls on a day, and offer the next day that has something."""
    text = html("<b>{day}</b>\n\nNothing in the archive is dated that day, in any year.", day=_on(day))
    if following is None:
        return Reply(text, ((buttons.RANDOM,),))
    next_one = Button(f"{following.said} ›", DayPage(following.month, following.day))
    return Reply(
        html("{text} The next day with something: {day}.", text=text, day=following.said),
        ((next_one,), (buttons.RANDOM,)),
    )


def day_taken(answer: Reply, typed: str, day: Day, other: Day) -> Reply:
    """Return what falls on a day with what was typed for it, and the way to the other day that may be meant by that."""
    text = html("{answer}\n\nI took “{typed}” for {day}.", answer=answer.html, typed=_typed(typed), day=day.said)
    page = DayPage(other.month, other.day, other.year)
    return Reply(text, (*answer.buttons, (Button(f"{other.said} instead ›", page),)))


def _on(day: Day) -> str:
    said = day.said
    return said[0].upper() + said[1:] if said[:1].isalpha() else f"On {said}"


def _entry(entry: OnThisDay, number: int | None, *, ahead: bool) -> Html:
    what = "what happened then" if entry.kind == "event" else entry.quote.document.kind or "text"
    published = entry.kind == "anniversary" and entry.quote.document.dated is Dated.PUBLICATION
    head = html(
        "<b>{ago}</b>, {date}: {what}",
        ago=_ago(entry.years_ago, ahead=ahead),
        date=f"published {days.in_words(entry.date)}" if published else days.in_words(entry.date),
        what=markup.clip(what, _TYPED_LIMIT),
    )
    if number is not None:
        head = html("{number}. {head}", number=number, head=head)
    return markup.join([head, quoted(entry.quote)], "\n")


def _ago(years: int, *, ahead: bool) -> str:
    if years == 0:
        return "This year"
    count = f"{abs(years)} year{'' if abs(years) == 1 else 's'}"
    if years < 0:
        return f"{count} later"
    return f"It will be {count}" if ahead else f"{count} ago"


# Sources


def page_at(at: int, total: int) -> int:
    """Return where the page begins that shows entry `at` of so many, both from 0; the first where there is none."""
    return at - at % SOURCES_ON_A_PAGE if 0 <= at < total else 0


def sources(documents: Sequence[Document], at: int, total: int) -> Reply:
    """Return a page of the list of documents, which begins `at` (from 0) of so many."""
    if not documents:
        return Reply(EMPTY)
    page = [*enumerate(documents, at + 1)]
    heading = html("<b>Sources</b>: {count}, newest first", count=count(total, "document"))
    if len(page) < total:
        heading = html("{heading}; {first} to {last}", heading=heading, first=page[0][0], last=page[-1][0])
    return Reply(
        markup.join([heading, *(_listed(*entry) for entry in page)], "\n\n"),
        buttons.source_rows(page, total, at, SOURCES_ON_A_PAGE),
    )


def new_documents(page: Sequence[tuple[int, Document]], at: int, total: int, tag: str) -> Reply:
    """Return a page of the list of those that came in together, each with its number among all documents.

    The page begins `at` (from 0) of so many.
    """
    heading = html("<b>New</b>: {count}, newest first", count=count(total, "document"))
    return Reply(
        markup.join([heading, *(_listed(*entry) for entry in page)], "\n\n"),
        buttons.source_rows(page, total, at, SOURCES_ON_A_PAGE, lambda to: NewDocuments(tag, to)),
    )


def source(document: Document, number: int, total: int) -> Reply:
    """Return all that is known of a document, and say of the rest that it is not."""
    said = days.in_words(document.date) if document.dated is Dated.UTTERANCE else None
    facts = (
        ("Said", said),
        ("Published", days.in_words(document.published) if document.published else None),
        ("Speaker" if len(document.speakers) < 2 else "Speakers", ", ".join(document.speakers)),
        ("Outlet", document.outlet),
        ("Venue", document.venue),
        ("Kind", document.kind),
        ("Language", _language(document.language)),
        ("Quotes", count(document.passages, "passage") + _answering(document.questions)),
        ("Page", document.url if not buttons.can_open(document.url) else "button below"),
        ("File", document.file),
    )
    lines = [html("{name}: {fact}", name=name, fact=_fact(fact)) for name, fact in facts]
    heading = html("<b>{title}</b>", title=markup.clip(document.title, _HEADING_LIMIT))
    place = html("Source {number} of {total}", number=number, total=total)
    rows = (
        buttons.document_row(document),
        (Button("A quote from it", AnyQuote(document.id)),) if document.passages else (),
        (Button("‹ All sources", SourceList((number - 1) - (number - 1) % SOURCES_ON_A_PAGE)),),
    )
    return Reply(markup.join([place, heading, "", *lines], "\n"), tuple(row for row in rows if row))


def no_such_source(asked: str, total: int) -> Reply:
    """Say that there is no document of that number."""
    if not total:
        return sources((), 0, 0)
    if not asked:
        text = html("Which one? Send its number, such as <code>/source 1</code>; /sources lists them.")
    else:
        text = html(
            "There is no source “{asked}”: they are numbered from 1 to {total}, as /sources lists them.",
            asked=_typed(asked),
            total=total,
        )
    return Reply(text, ((buttons.SOURCES,),))


def _listed(number: int, document: Document) -> Html:
    facts = [*quotation.when_and_where(document), quotation.outlet(document), document.kind or "kind unknown"]
    return html(
        "<b>{number}.</b> {title}\n{facts}, {count}",
        number=number,
        title=markup.clip(document.title, _HEADING_LIMIT),
        facts=", ".join(markup.clip(fact, _TYPED_LIMIT) for fact in facts),
        count=count(document.passages, "passage"),
    )


def _fact(fact: str | None) -> Html:
    return html("{fact}", fact=markup.clip(fact, _FACT_LIMIT)) if fact else html("<i>unknown</i>")


def _answering(questions: int) -> str:
    return f", in answer to {count(questions, 'question')}" if questions else ""


def _language(tag: str | None) -> str | None:
    """Return the language's English name, or the tag where it has none."""
    if tag is None:
        return None
    try:
        return Locale.parse(tag, sep="-").english_name
    except (ValueError, UnknownLocaleError):
        return tag


def _typed(words: str) -> str:
    """Return what somebody typed as it may stand in a sentence of ours."""
    return markup.clip(words, _TYPED_LIMIT)
