"""What the commands print for people: coloured in a terminal, plain text where the output goes elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from store.days import in_words
from store.model import Attribution, Dated
from store.text import clip, words
from store.unmet import reasons
from store.whose import found_in, own_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from store.model import Document, OnThisDay, Passage, Quote, Report, Results

WIDTH = 80
"""Columns where the output is not a terminal."""

WIDEST = 100
"""Columns beyond which lines of prose are hard to read."""

WHOSE = {
    Attribution.SPOKEN: "spoken: the speaker's own words, from a transcript",
    Attribution.QUOTED: "quoted: the speaker's own words within quotation marks, the rest the outlet's",
    Attribution.REPORTED: "reported: the outlet's paraphrase, not the speaker's own words",
}
"""How each kind of passage is told to people who meet it for the first time."""

_AROUND = "reported: the outlet's words, between the speaker's own, which `quotebot show` prints"

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey rather than show."""

_EXPLAINED = 3
_NARROWEST = 20
_LONGEST_QUESTION = 300
_LONGEST_NEIGHBOUR = 160


def console(out: TextIO) -> Console:
    """Return a console on `out`, without any escape code unless that is a terminal."""
    terminal = out.isatty()
    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDEST) if terminal else WIDTH
    return Console(
        file=out,
        width=width,
        force_terminal=terminal,
        color_system="auto" if terminal and not os.environ.get("NO_COLOR") else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def show_quote(out: Console, quote: Quote, *, mark: str = "", indent: int = 0) -> None:
    """Print a quote: its words, whose they are, who said them, when and where, and the addresses that prove it.

    Where the words found are in the question alone, that is shown too.
    """
    room = indent + len(mark)
    if _is_asked_only(quote):
        asked = clip(quote.passage.question or "", _LONGEST_QUESTION)
        _print(out, Text(f"Question: {_clean(asked)}", "italic"), room)
    _print(out, words_of(quote), indent, mark)
    _print_byline(out, quote, room)


def show_context(out: Console, quote: Quote, before: Passage | None, after: Passage | None) -> None:
    """Print a whole passage with the question it answers and the beginnings of its neighbours."""
    if quote.passage.question:
        _print(out, Text(f"Question: {_clean(quote.passage.question)}", "italic"))
        out.print()
    if before:
        _print(out, Text(f"before ({before.id}): {_clean(clip(before.text, _LONGEST_NEIGHBOUR))}", "dim"))
        out.print()
    _print(out, words_of(replace(quote, text=quote.passage.text)))
    _print_byline(out, quote)
    if after:
        out.print()
        _print(out, Text(f"after ({after.id}): {_clean(clip(after.text, _LONGEST_NEIGHBOUR))}", "dim"))


def _became_of_words(results: Results) -> Iterator[str]:
    """Yield a line for each thing typed that was not understood as it stands."""
    for typed, meant in results.corrected:
        yield f"{_clean(typed)}: nobody says it here; taken for {_clean(meant)}"
    for word in results.missing:
        yield f"{_clean(word)}: nobody says it here, nor anything like it"
    for why in reasons(results.unmet):
        yield _clean(why)
    if results.apart:
        yield f"{_clean(', '.join(results.apart))}: nobody says them together here"


def show_explanation(out: Console, results: Results) -> None:
    """Print which words became which, by what rule, how much each tells, and what each part of each score was."""
    if results.explained is None:
        return
    for (word, counted), share in zip(results.explained.words, results.explained.shares, strict=True):
        by_rule: dict[tuple[float, str], list[str]] = {}
        for one in counted:
            by_rule.setdefault((one.worth, one.rule), []).append(_clean(one.words))
        out.print(Text(_clean(word), "bold"), f"{share:.2f} of what is sought" if share < 1 else "")
        for (worth, rule), said in by_rule.items():
            _print_line(out, f"{worth:.2f} {rule}: {', '.join(said)}", _EXPLAINED)
    for word in results.explained.idle:
        out.print(Text(f"{_clean(word)}: not looked for, as here it only leads to what is asked"))
    for line in _became_of_words(results):
        out.print(Text(line))
    for number, found in enumerate(results.quotes, start=1):
        out.print(Text(f"{number}. {found.passage.id}: {found.score:.2f}", "bold"))
        for what, part in results.explained.scores.get(found.passage.id, {}).items():
            _print_line(out, f"{part:+.2f} {what}", _EXPLAINED)
    out.print()


def show_day(out: Console, said: str, entries: Iterable[OnThisDay]) -> None:
    """Print what falls on a day, which is said as it was understood."""
    out.print(Text(f"On this day, {said}", "bold"))
    for entry in entries:
        out.print()
        when = f"{in_words(entry.date)}, {ago(entry.years_ago)}"
        _print(out, Text.assemble((when, "bold cyan"), f": {_clean(entry.what)}"))
        show_quote(out, entry.quote, indent=2)


def show_sources(out: Console, documents: Iterable[Document]) -> None:
    """Print the documents, a block each."""
    for number, document in enumerate(documents, start=1):
        mark = f"{number:>2}. "
        _print(out, Text(_clean(document.title), "bold"), mark=mark)
        facts = (
            day_of(document),
            document.venue or "",
            document.outlet or "outlet unknown",
            document.kind or "kind unknown",
            ", ".join(document.speakers) or "speaker unknown",
        )
        _print(out, Text(_clean(", ".join(filter(None, facts)))), len(mark))
        counts = f"{many(document.passages, 'passage')}, {many(document.questions, 'question')}, {document.file}"
        _print(out, Text(_clean(counts), "dim"), len(mark))
        _print_line(out, document.url or "address unknown", len(mark))


def show_passages(out: Console, quotes: Iterable[Quote]) -> None:
    """Print every passage whole, one a line, below the title of its document."""
    title = None
    for quote in quotes:
        passage, document = quote.passage, quote.document
        if document.id != title:
            title = document.id
            out.print(Text(f"{_clean(document.title)} ({_clean(document.file)})", "bold"), soft_wrap=True)
        head = f"{passage.position:>4} {passage.id} {passage.attribution.value} "
        speaker = _clean(passage.speaker or "speaker unknown")
        said = words_of(replace(quote, text=passage.text))
        out.print(Text.assemble((head, "dim"), f"{speaker}: ", said), soft_wrap=True)


def show_report(out: Console, report: Report) -> None:
    """Print what a build did."""
    for outcome in ("added", "changed", "removed"):
        for file in getattr(report, outcome):
            out.print(Text(f"{outcome:>9}  {_clean(file)}"), soft_wrap=True)
    if report.unchanged:
        out.print(Text(f"unchanged  {many(len(report.unchanged), 'file')}", "dim"))
    if report.names:
        out.print(Text("    names  taken in anew", "dim"))
    for outcome, remarks, style in (("refused", report.refused, "red"), ("warning", report.warnings, "yellow")):
        for remark in remarks:
            where = remark.file if remark.line is None else f"{remark.file}:{remark.line}"
            out.print(Text(f"{outcome:>9}  {_clean(where)}: {_clean(remark.reason)}", style), soft_wrap=True)
    size = f"{many(report.documents, 'document')} with {many(report.passages, 'passage')}"
    out.print(Text(f"The archive holds {size}; this took {report.seconds:.2f} s.", "bold"))


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar on stderr, if that is a terminal; what is yielded is told of files done, in all, and last."""
    # Only a build has use for it, and it takes as long to import as the rest of rich.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[file]}"))
    with Progress(*columns, console=console(sys.stderr), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("building", total=None, file="")

        def show(done: int, total: int, file: str) -> None:
            progress.update(task, completed=done, total=total, file=_clean(file))

        yield show


def words_of(quote: Quote) -> Text:
    """Return the quote's words: in a report the speaker's own in bold, the outlet's in italics; those found marked."""
    passage, shown = quote.passage, quote.text
    text = Text(_clean(shown))
    if passage.attribution is not Attribution.SPOKEN:
        text.stylize("italic")
        for start, end in _own_words(quote):
            text.stylize("not italic bold", start, end)
    for start, end in found_in(quote):
        text.stylize("yellow", start, end)
    return text


def day_of(document: Document) -> str:
    """Return the document's day in words, said to be that of publication where it is."""
    day = in_words(document.date)
    return f"published {day}" if document.dated is Dated.PUBLICATION else day


def ago(years: int) -> str:
    """Return how long ago that is, in words."""
    if not years:
        return "this year"
    return f"{many(abs(years), 'year')} {'ago' if years > 0 else 'later'}"


def many(count: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _own_words(quote: Quote) -> list[tuple[int, int]]:
    """Return where the speaker's own words stand in what is shown of a report."""
    begin = max(quote.passage.text.find(quote.text.removesuffix("…")), 0)
    places = ((max(start - begin, 0), min(end - begin, len(quote.text))) for start, end in own_words(quote.passage))
    return [(start, end) for start, end in places if start < end]


def _print_byline(out: Console, quote: Quote, indent: int = 0) -> None:
    passage, document = quote.passage, quote.document
    speaker = _clean(passage.speaker or "speaker unknown")
    where = f", {_clean(document.venue)}" if document.venue else ""
    _print(out, Text.assemble("— ", (speaker, "bold"), f", {day_of(document)}{where}"), indent)
    _print(out, Text(f"{_clean(document.outlet or 'outlet unknown')}: {_clean(document.title)}"), indent)
    quotes_none = passage.attribution is Attribution.QUOTED and not _own_words(quote)
    _print(out, Text(_AROUND if quotes_none else WHOSE[passage.attribution], "green"), indent)
    _print_line(out, f"source: {quote.link}" if quote.link else "source: address unknown", indent)
    if quote.archived:
        kept = "archived copy" if document.archived else "look-up in the Internet Archive, which may have no copy"
        _print_line(out, f"{kept}: {quote.archived}", indent)
    _print_line(out, f"id: {passage.id}", indent)


def _print(out: Console, text: Text, indent: int = 0, mark: str = "") -> None:
    """Print wrapped text, indented as a whole, behind a mark; no blank ends a line."""
    room = indent + len(mark)
    for number, line in enumerate(text.wrap(out, max(out.width - room, _NARROWEST))):
        line.rstrip()
        before = " " * room if number else " " * indent + mark
        out.print(Text.assemble((before, "bold"), line), soft_wrap=True)


def _print_line(out: Console, line: str, indent: int) -> None:
    """Print what must stay on one line, such as an address to copy."""
    out.print(Text(" " * indent + _clean(line), "dim"), soft_wrap=True)


def _is_asked_only(quote: Quote) -> bool:
    found = {word for match in quote.matched for word in words(match)}
    asked = quote.passage.question or ""
    return bool(found.intersection(words(asked))) and not found.intersection(words(quote.text))


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)
