from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import markup
from bot.markup import Html, html
from bot.telegram_text import compose
from store.text import squash

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("&lt;", "&amp;lt;"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ('"quoted" and it\'s', '"quoted" and it\'s'),
        ("{braces}", "{braces}"),
    ],
)
def test_plain_text_is_escaped_on_its_way_in(plain: str, written: str) -> None:
    assert html("{part}", part=plain) == written


def test_html_is_not_escaped_again() -> None:
    inner = html("<i>{words}</i>", words="Q&A")
    assert html("<b>{inner}</b>", inner=inner) == "<b><i>Q&amp;A</i></b>"
    assert markup.join([inner, "R&D"], ", ") == "<i>Q&amp;A</i>, R&amp;D"


@given(ANY)
def test_what_goes_in_is_what_people_read(words: str) -> None:
    shown = html("<b>{words}</b>", words=words)
    assert markup.plain(shown) == markup.clean(words)
    assert compose(f"x{shown}x", "HTML", None).text.startswith("x")


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("half \ud83d of a pair", "half � of a pair"),
        ("bell\x07", "bell "),
        ("turned \u202eround", "turned round"),
        ("two\nlines", "two\nlines"),
        ("مرحبا 🙂", "مرحبا 🙂"),
    ],
)
def test_clean_takes_out_what_telegram_refuses_and_what_garbles(dirty: str, clean: str) -> None:
    assert markup.clean(dirty) == clean


@pytest.mark.parametrize(
    ("message", "length"), [(Html("<b>ab</b>"), 2), (Html("a &amp; b"), 5), (Html("🙂"), 2), (Html("&lt;b&gt;"), 3)]
)
def test_length_counts_utf_16_units_without_the_formatting(message: Html, length: int) -> None:
    assert markup.length(message) == length


@given(ANY, st.integers(2, 40))
def test_clip_fits_and_leaves_what_fits_alone(words: str, limit: int) -> None:
    clipped = markup.clip(words, limit)
    line = squash(markup.clean(words))
    assert markup.units(clipped) <= limit
    assert clipped == line if markup.units(line) <= limit else clipped.endswith("…")


@given(st.text("ab. 🙂!", max_size=200), st.integers(2, 30))
def test_split_loses_nothing_and_fits(words: str, limit: int) -> None:
    stretches = markup.split(words, limit)
    assert all(markup.units(words[start:end]) <= limit for start, end in stretches)
    assert "".join("".join(words[start:end] for start, end in stretches).split()) == "".join(words.split())
    edges = [0, *(edge for stretch in stretches for edge in stretch), len(words)]
    assert all(not words[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))


def test_split_cuts_between_sentences_where_it_can() -> None:
    words = "One is here. Two is here. Three is a longer one."
    assert [words[a:b] for a, b in markup.split(words, 26)] == ["One is here. Two is here.", "Three is a longer one."]


def test_split_cuts_a_sentence_between_words_and_a_word_only_where_it_must() -> None:
    words = "several small words and onegreatbigword"
    assert [words[a:b] for a, b in markup.split(words, 10)] == ["several", "small", "words and", "onegreatbi", "gword"]


def test_bold_and_italics_nest_as_telegram_wants_them() -> None:
    shown = markup.styled("abcdef", 0, 6, bold=[(1, 4)], italic=[(0, 3)])
    assert shown == "<i>a<b>bc</b></i><b>d</b>ef"


@given(st.text("ab<&🙂 ", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4))
def test_styling_changes_no_word(words: str, spans: list[tuple[int, int]]) -> None:
    shown = markup.styled(words, 0, len(words), bold=spans, italic=[(b, a) for a, b in spans])
    assert markup.plain(shown) == words
    compose(f"x{shown}", "HTML", None)
