"""How a Quote is set on a screen: whose words are whose, who said them, when, and where they were published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from bot import markup
from bot.markup import Html, html
from store import days, text
from store.model import Attribution, Dated, Document, Passage, Quote
from store.whose import MARKS, Span, found_in, own_words

_QUOTE_LIMIT = 2200
_QUESTION_LIMIT = 300
_TITLE_LIMIT = 140
_NAME_LIMIT = 80
_ALIKE = 4


class Whose(Enum):
    """Whose words a stretch of a Passage holds, in a sentence for people who see it for the first time."""

    SPOKEN = "🎙 Spoken: the speaker’s own words, from a transcript"
    QUOTED = "📰 Quoted: the speaker’s own words, taken from a report"
    MIXED = "📰 Quoted: the speaker’s own words in quotation marks, the reporter’s in italics"
    AROUND = "📰 Reported: the reporter’s words; the speaker’s own are in the context"
    REPORTED = "📰 Reported: a summary in the reporter’s words, not the speaker’s own"


def quotation(quote: Quote) -> tuple[Html, Whose]:
    """Return the words of a Quote, those found in bold and the reporter's in italics, and whose they are."""
    start, end = _place(quote)
    words = quote.text if end is None else quote.passage.text[start:end]
    stretches = markup.split(words, _QUOTE_LIMIT)
    shown = words[: stretches[0][1]] if stretches else words
    body, whose = _set(
        shown,
        own=own_words(quote.passage) if end is not None else (),
        at=start,
        hits=found_in(quote),
        spoken=quote.passage.attribution is Attribution.SPOKEN,
    )
    cut = len(stretches) > 1 or (quote.text.endswith("…") and not shown.endswith("…"))
    return html("{body}{dots}", body=body, dots="…" if cut else ""), whose


def stretch(passage: Passage, start: int, end: int) -> tuple[Html, Whose]:
    """Return a stretch of a Passage's text, the reporter's words in italics, and whose words they are."""
    spoken = passage.attribution is Attribution.SPOKEN
    return _set(passage.text[start:end], own=own_words(passage), at=start, hits=(), spoken=spoken)


def byline(passage: Passage, document: Document, whose: Whose | None = None) -> Html:
    """Return who said it, when and where, what published it, and, if given, whose words they are; three lines."""
    speaker = markup.clip(passage.speaker, _NAME_LIMIT) if passage.speaker else "speaker unknown"
    lines = [
        html("— <b>{speaker}</b>, {when}", speaker=speaker, when=markup.join(when_and_where(document), ", ")),
        html("{outlet}: {title}", outlet=outlet(document), title=markup.clip(document.title, _TITLE_LIMIT)),
    ]
    if document.url is None:
        lines.append(html("The address of this page is not known."))
    if whose is not None:
        lines.append(markup.as_html(whose.value))
    return markup.join(lines, "\n")


def question(asked: str, matched: tuple[str, ...] = ()) -> Html:
    """Return a question, shortened to the sentences around the words found, these in bold."""
    shown = text.excerpt(asked, _hits(asked, matched), limit=_QUESTION_LIMIT, most=_QUESTION_LIMIT)
    return markup.styled(shown, 0, len(shown), bold=[hit[:2] for hit in _hits(shown, matched)])


@lru_cache(maxsize=256)
def in_question_only(quote: Quote) -> bool:
    """Tell whether something that was searched for stands in the question that the passage answers, and not in it.

    Words that begin alike are taken for forms of one: who finds "Syrian" in the passage does not miss "Syria".
    """
    said = {word[:_ALIKE] for word in text.words(quote.passage.text)}
    asked = quote.passage.question or ""
    return any(word.folded[:_ALIKE] not in said for word in _found(asked, quote.matched))


def when_and_where(document: Document) -> Iterator[str]:
    """Yield the day, said to be that of publication where it is, and the venue where it is known."""
    day = days.in_words(document.date)
    yield f"published {day}" if document.dated is Dated.PUBLICATION else day
    if document.venue:
        yield markup.clip(document.venue, _NAME_LIMIT)


def outlet(document: Document) -> str:
    """Return who published the document, or that this is not known."""
    return markup.clip(document.outlet, _NAME_LIMIT) if document.outlet else "outlet unknown"


def _place(quote: Quote) -> tuple[int, int | None]:
    """Return where the quote stands in its passage, (0, None) where it does not."""
    for shown in (quote.text, quote.text.removesuffix("…").rstrip()):
        at = quote.passage.text.find(shown)
        if shown and at >= 0:
            return at, at + len(shown)
    return 0, None


def _hits(shown: str, matched: tuple[str, ...]) -> list[tuple[int, int, float]]:
    return [(word.start, word.end, 1.0) for word in _found(shown, matched)]


def _found(shown: str, matched: tuple[str, ...]) -> list[text.Word]:
    wanted = {word for match in matched for word in text.words(match)}
    return [word for word in text.spans(shown) if word.folded in wanted]


def _set(shown: str, *, own: tuple[Span, ...], at: int, hits: Sequence[Span], spoken: bool) -> tuple[Html, Whose]:
    """Set words that stand at `at` of a passage whose stretches `own` are the speaker's; `hits` are those found.

    Where they begin or end within such a stretch, the quotation mark that was cut off is put back.
    """
    if spoken:
        return markup.styled(shown, 0, len(shown), bold=hits), Whose.SPOKEN
    inside = [(max(first - at, 0), min(last - at, len(shown))) for first, last in own]
    inside = [(first, last) for first, last in inside if first < last]
    outside = _between(inside, len(shown))
    words = html(
        "{opening}{words}{closing}",
        opening="“" if inside and inside[0][0] == 0 and shown[0] not in MARKS else "",
        words=markup.styled(shown, 0, len(shown), bold=hits, italic=outside),
        closing="”" if inside and inside[-1][1] == len(shown) and shown[-1] not in MARKS else "",
    )
    return words, _whose(shown, inside, outside, reported=not own)


def _between(inside: list[Span], length: int) -> list[Span]:
    edges = [0, *(edge for span in inside for edge in span), length]
    return [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last]


def _whose(shown: str, inside: list[Span], outside: list[Span], *, reported: bool) -> Whose:
    def any_words(spans: list[Span]) -> bool:
        return any(text.words(shown[first:last]) for first, last in spans)

    if not any_words(inside):
        return Whose.REPORTED if reported else Whose.AROUND
    return Whose.MIXED if any_words(outside) else Whose.QUOTED
