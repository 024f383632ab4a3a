from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message

from bot.telegram_rules import JSON, RefusalError
from bot.telegram_text import Formatted, compose, tidy, typed


def kinds(shown: Formatted) -> list[tuple[str, str]]:
    """Each entity's type with the words it covers."""
    units = shown.text.encode("utf-16-le")
    return [
        (found["type"], units[2 * found["offset"] : 2 * (found["offset"] + found["length"])].decode("utf-16-le"))
        for found in shown.entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("  \n one \n ", "one", []),
        (" <b> one </b>", " one", [("bold", " one")]),
        ("a\tb\x00c\x07d", "a b c d", []),
        ("a\r\nb", "a\nb", []),
        ("a\u202eb\u2028c", "abc", []),
        ("x <b>one\n</b>", "x one", [("bold", "one")]),
        (" 😀<b>a</b>", "😀a", [("bold", "a")]),
        (
            "<blockquote>a<blockquote>b</blockquote>c</blockquote>",
            "abc",
            [("blockquote", "abc")],
        ),
        (
            "<blockquote>one <b>two</b></blockquote><i>Ann</i>",
            "one twoAnn",
            [("blockquote", "one two"), ("bold", "two"), ("italic", "Ann")],
        ),
        ("<code> <blockquote>a</blockquote></code>", "a", [("blockquote", "a")]),
        ("<code>a <b>b</b></code>", "a b", [("code", "a b")]),
        ("<b>a<b>b</b></b>", "ab", [("bold", "ab")]),
        ("<b>a <code>b</code> c</b>", "a b c", [("bold", "a "), ("code", "b"), ("bold", " c")]),
        ("<b>a <i>b</i> c</b>", "a b c", [("bold", "a "), ("bold", "b c"), ("italic", "b")]),
        ("<b>a</b><b>b</b>", "ab", [("bold", "ab")]),
        (
            '<a href="x.org">a <a href="y.org">b</a></a>',
            "a b",
            [("text_link", "a b")],
        ),
        (
            '<a href="x.org">a <blockquote>b</blockquote></a>',
            "a b",
            [("blockquote", "b")],
        ),
    ],
)
def test_html_is_shown_as_telegram_shows_it(source: str, text: str, entities: list[tuple[str, str]]) -> None:
    shown = compose(source, "HTML")
    assert shown.text == text
    assert kinds(shown) == entities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/quote syria", [("bot_command", "/quote")]),
        ("/quote@quotebot syria", [("bot_command", "/quote@quotebot")]),
        ("see /start, /help.", [("bot_command", "/start"), ("bot_command", "/help")]),
        ("and/or 1/2 </b> //x /quote/x", []),
        ("/цитата", []),
        ("/quote@me", []),
        ("😀 /quote", [("bot_command", "/quote")]),
        ("see https://example.org/a, or", [("url", "https://example.org/a")]),
        ("(https://example.org/quote)", [("url", "https://example.org/quote")]),
        ("ask @quotebot or ann@example.org", [("mention", "@quotebot")]),
        ("#Syria and #2", [("hashtag", "#Syria")]),
    ],
)
def test_telegram_finds_commands_and_addresses_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(tidy(text)) == found


def test_what_is_found_does_not_cut_into_links_and_code() -> None:
    shown = compose('<a href="x.org">see /quote</a> <code>/help</code> <b>/start</b>', "HTML")
    assert kinds(shown) == [
        ("text_link", "see /quote"),
        ("code", "/help"),
        ("bot_command", "/start"),
        ("bold", "/start"),
    ]


@pytest.mark.parametrize(
    ("text", "parse_mode", "description"),
    [
        ("", None, "message text is empty"),
        ("", "HTML", "message text is empty"),
        (" \n ", None, "text must be non-empty"),
        ("<b> </b>", "HTML", "text must be non-empty"),
        ("<b>x", "HTML", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("x" * 4097, None, "message is too long"),
        ("😀" * 4097, None, "message is too long"),
        ("x" * 40_000, None, "text is too long"),
        ("x", "BBCode", "unsupported parse_mode"),
        ("".join(f'<a href="https://e.org/{"x" * 200}">{n}</a> ' for n in range(50)), "HTML", "ENTITIES_TOO_LONG"),
    ],
)
def test_text_is_refused_in_telegrams_words(text: str, parse_mode: str | None, description: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        compose(text, parse_mode)
    assert refusal.value.description == f"Bad Request: {description}"


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 4096, "<b>" + "&lt;" * 4096 + "</b>"])
def test_the_limit_counts_characters_after_parsing(text: str) -> None:
    assert len(compose(text, "HTML").text) == 4096


def test_other_markup_than_html_is_not_pretended_to_be_read() -> None:
    with pytest.raises(NotImplementedError, match="HTML"):
        compose("*x*", "MarkdownV2")


def test_given_entities_are_kept() -> None:
    shown = compose("one two", None, [{"type": "bold", "offset": 4, "length": 3}])
    assert kinds(shown) == [("bold", "two")]


def test_entities_beyond_the_hundredth_are_ignored() -> None:
    assert len(compose("<b>a</b> " * 150, "HTML").entities) == 100


FORMATS = st.recursive(
    st.text(alphabet="ab😀é <&", min_size=1).map(lambda text: escape(text, quote=False)),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "u", "s", "code", 'a href="https://example.org/"', "blockquote"]),
        st.lists(inner, min_size=1, max_size=3),
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"),
    max_leaves=8,
)


@given(FORMATS)
def test_shown_again_as_html_nothing_changes(source: str) -> None:
    try:
        shown = compose(source, "HTML")
    except RefusalError:
        return
    content: JSON = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    message = Message.de_json(content | {"text": shown.text, "entities": [dict(e) for e in shown.entities]}, None)
    assert compose(message.text_html, "HTML") == shown


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    shown = tidy(text)
    assert tidy(shown.text) == shown


@given(st.text(alphabet="ab \n", max_size=30), st.integers(min_value=1, max_value=900))
def test_long_texts_arrive_in_parts_that_hold_every_word(text: str, times: int) -> None:
    parts = typed(text * times)
    assert all(0 < len(part.text) <= 4096 for part in parts)
    assert "".join("".join(part.text.split()) for part in parts) == "".join((text * times).split())


def test_a_text_is_cut_between_words() -> None:
    assert [len(part.text) for part in typed("word " * 1000)] == [4094, 904]


def test_white_space_is_not_sent() -> None:
    assert typed(" \n ") == ()
