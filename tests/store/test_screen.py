from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from store.model import Attribution, Dated, OnThisDay, Passage, Quote
from store.screen import ago, console, day_of, many, show_context, show_day, show_quote, words_of
from tests.builders import document, passage


def quote(shown: Passage, *, text: str | None = None, matched: tuple[str, ...] = ()) -> Quote:
    return Quote(shown, document(), shown.text if text is None else text, matched=matched)


def styled(shown: Quote, style: str) -> list[str]:
    text = words_of(shown)
    return [text.plain[span.start : span.end] for span in text.spans if style in str(span.style).split()]


def printed(shown: Quote, width: int = 80) -> str:
    out = Console(file=io.StringIO(), width=width, force_terminal=False)
    show_quote(out, shown)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_in_a_report_the_speakers_words_are_set_apart_from_the_outlets() -> None:
    said = passage(
        'Lavrov says "we want peace" and calls that "fake news", "at last".',
        attribution=Attribution.QUOTED,
        verbatim=("we want peace", "at last"),
    )
    assert styled(quote(said), "bold") == ['"we want peace"', '"at last"']
    assert styled(quote(said), "italic")[0] == said.text


def test_the_speakers_words_are_set_apart_where_only_a_part_is_shown() -> None:
    said = passage(
        'It was late. Lavrov says "we want peace. At last." He left.',
        attribution=Attribution.QUOTED,
        verbatim=("we want peace. At last.",),
    )
    assert styled(quote(said, text='Lavrov says "we want peace.'), "bold") == ['"we want peace.']
    assert "reported: the outlet's words" in printed(quote(said, text="It was late."))
    assert "quoted: " in printed(quote(said))


def test_a_transcript_is_all_the_speakers() -> None:
    said = passage("We want peace.")
    assert styled(quote(said), "italic") == styled(quote(said), "bold") == []


def test_words_found_are_marked_as_they_are_written() -> None:
    said = passage("Sanctions! No sanction, but PEACE.")
    assert styled(quote(said, matched=("sanctions", "sanction", "peace")), "yellow") == [
        "Sanctions",
        "sanction",
        "PEACE",
    ]


def test_nothing_that_a_terminal_would_obey_is_printed() -> None:
    said = passage("Peace\x1b[31m \u202ereversed\x07.", speaker="A\x1bnn")
    shown = printed(quote(said))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_lines_are_wrapped_and_addresses_are_not() -> None:
    made = Quote(
        passage("We want peace. " * 20), document(), ("We want peace. " * 20).strip(), "https://x.org/" + "a" * 90
    )
    lines = printed(made, width=40).splitlines()
    assert [line for line in lines if len(line) > 40] == [f"source: {made.link}"]


def test_what_is_unknown_is_said_to_be() -> None:
    said = passage("We want peace.", speaker=None)
    shown = printed(Quote(said, document(outlet=None, url=None), said.text))
    for words in ("speaker unknown", "outlet unknown", "address unknown"):
        assert words in shown


def test_a_kept_copy_is_told_from_a_look_up() -> None:
    said = passage("We want peace.")
    kept = Quote(said, document(archived="https://a.org"), said.text, archived="https://a.org")
    assert "archived copy: https://a.org" in printed(kept)
    looked_up = Quote(said, document(), said.text, archived="https://web.archive.org/x")
    assert "look-up in the Internet Archive, which may have no copy: https://" in printed(looked_up)


def test_the_question_is_shown_where_only_that_has_the_word() -> None:
    answer = passage("No.", question="What of Kosovo?")
    assert printed(quote(answer, matched=("kosovo",))).startswith("Question: What of Kosovo?\nNo.")
    assert "Question" not in printed(quote(passage("Kosovo.", question="What of Kosovo?"), matched=("kosovo",)))


def test_the_context_has_question_passage_and_neighbours() -> None:
    out = Console(file=io.StringIO(), width=200)
    said = passage("We want peace. And bread.", question="What do you want?")
    show_context(out, quote(said, text="We want peace."), passage("Before.", id="b"), passage("After.", id="a"))
    assert isinstance(out.file, io.StringIO)
    shown = out.file.getvalue()
    places = [
        shown.index(part) for part in ("What do you want?", "before (b): Before.", "And bread.", "after (a): After.")
    ]
    assert places == sorted(places)


def test_a_day_is_told_with_what_falls_on_it() -> None:
    out = Console(file=io.StringIO(), width=100)
    entry = OnThisDay("event", date(2017, 11, 8), 9, "They signed.", quote(passage("On November 8 they signed.")))
    show_day(out, "8 November", [entry])
    assert isinstance(out.file, io.StringIO)
    shown = out.file.getvalue()
    assert shown.startswith("On this day, 8 November\n\n8 November 2017, 9 years ago: They signed.\n  On November 8")


@pytest.mark.parametrize(
    ("years", "words"),
    [(0, "this year"), (1, "1 year ago"), (9, "9 years ago"), (-1, "1 year later"), (-2, "2 years later")],
)
def test_years_in_words(years: int, words: str) -> None:
    assert ago(years) == words


def test_numbers_of_things() -> None:
    assert (many(0, "quote"), many(1, "quote"), many(1234, "quote")) == ("0 quotes", "1 quote", "1,234 quotes")


def test_a_date_of_publication_is_said_to_be_one() -> None:
    assert day_of(document(date=date(2017, 11, 30), dated=Dated.PUBLICATION)) == "published 30 November 2017"
    assert day_of(document(date=date(2017, 11, 30))) == "30 November 2017"


def test_where_the_output_is_no_terminal_it_is_plain() -> None:
    out = console(io.StringIO())
    show_quote(out, quote(passage("We want peace."), matched=("peace",)))
    assert isinstance(out.file, io.StringIO)
    assert "\x1b" not in out.file.getvalue()


def test_in_a_terminal_it_is_coloured_unless_that_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    for wanted in (True, False):
        monkeypatch.setenv("NO_COLOR", "" if wanted else "1")
        file = Terminal()
        show_quote(console(file), quote(passage("We want peace."), matched=("peace",)))
        assert ("\x1b[33m" in file.getvalue()) is wanted
