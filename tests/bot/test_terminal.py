from __future__ import annotations

import io

import pytest

from bot.console import ConsoleTelegram
from bot.console_people import ConsoleMessage
from bot.telegram_rules import JSON
from bot.telegram_text import compose
from bot.terminal import show_message, show_note, terminal


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def message(html: str, *rows: list[JSON]) -> ConsoleMessage:
    shown = compose(html, "HTML")
    content: JSON = {"text": shown.text, "entities": list(shown.entities)}
    if rows:
        content["reply_markup"] = {"inline_keyboard": list(rows)}
    return ConsoleTelegram().private().put(content)


def shown(html: str, *rows: list[JSON], out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    show_message(message(html, *rows), terminal(out))
    return out.getvalue()


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<b>one</b> <i>two</i>", "*one* _two_\n"),
        ("one\n\ntwo", "one\n\ntwo\n"),
        ("<blockquote>one\n\ntwo</blockquote>\n<i>Ann</i>", "▌ one\n▌\n▌ two\n_Ann_\n"),
        ("<blockquote expandable>one</blockquote>", "▌ one\n"),
        ("He said:\n<blockquote>one</blockquote>", "He said:\n▌ one\n"),
        ("He said: <blockquote>one</blockquote>and", "He said:\n▌ one\nand\n"),
        ("<blockquote>one</blockquote>\n\nAnn", "▌ one\n\nAnn\n"),
        ("<blockquote>one</blockquote><blockquote>two</blockquote>", "▌ one\n▌ two\n"),
        ('<a href="https://example.org/a">here</a>, there', "here (https://example.org/a), there\n"),
        ('<a href="https://example.org">example.org</a>', "example.org\n"),
        ("https://example.org/a", "https://example.org/a\n"),
        ("😀 <blockquote>😀 <a href='x.org'>é</a> b</blockquote>", "😀\n▌ 😀 é (http://x.org/) b\n"),
        ("[bold]not markup[/bold] :smile:", "[bold]not markup[/bold] :smile:\n"),
        ("a\x9b31mb", "a 31mb\n"),
    ],
)
def test_a_message_reads_well_without_colour(html: str, plain: str) -> None:
    assert shown(html) == plain


def test_lines_are_broken_between_words_and_the_bar_stands_on_each() -> None:
    lines = shown(f"<blockquote>{'word ' * 40}</blockquote>\n{'word ' * 40}").splitlines()
    assert lines == [
        "▌ " + " ".join(["word"] * 15),
        "▌ " + " ".join(["word"] * 15),
        "▌ " + " ".join(["word"] * 10),
        " ".join(["word"] * 16),
        " ".join(["word"] * 16),
        " ".join(["word"] * 8),
    ]


def test_words_are_folded_and_addresses_are_not() -> None:
    address = "https://example.org/" + "x" * 100
    assert shown(f"see {address} and").splitlines() == ["see", address, "and"]
    assert shown("a " + "x" * 100).splitlines() == ["a", "x" * 80, "x" * 20]
    assert shown("<blockquote>" + "日" * 50 + "</blockquote>").splitlines() == ["▌ " + "日" * 39, "▌ " + "日" * 11]


def test_buttons_keep_their_rows_and_addresses_follow() -> None:
    rows = [
        [{"text": "‹", "callback_data": "a"}, {"text": "2 of 14", "callback_data": "b"}],
        [{"text": "Source", "url": "https://example.org/a"}, {"text": "Archive ↗", "url": "https://example.org/b"}],
    ]
    assert shown("one", *rows).splitlines() == [
        "one",
        "[1] ‹  [2] 2 of 14",
        "[3] Source ↗  [4] Archive ↗",
        "[3] https://example.org/a",
        "[4] https://example.org/b",
    ]


def test_a_row_too_long_for_a_line_is_broken_between_buttons() -> None:
    row: list[JSON] = [{"text": "x" * 30, "callback_data": "a"}] * 3
    assert [len(line) for line in shown("one", row).splitlines()] == [3, 70, 34]


def test_a_terminal_gets_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert shown("<b>one</b>", out=Tty()) == "\x1b[1mone\x1b[0m\n"


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_escape_codes_where_they_are_not_wanted(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    rows: list[JSON] = [{"text": "Source", "url": "https://example.org/a"}]
    assert "\x1b" not in shown("<b>one</b> <blockquote>two</blockquote>", rows, out=Tty())


def test_a_file_gets_the_same_whatever_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = shown("<b>one</b> " * 40)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    assert shown("<b>one</b> " * 40) == expected


def test_a_terminals_own_width_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown("word " * 8, out=Tty()) == "word word word word\n" * 2


def test_a_note_is_one_line() -> None:
    out = io.StringIO()
    show_note("one\ntwo\x1b[31m", terminal(out))
    assert out.getvalue() == "one two[31m\n"
