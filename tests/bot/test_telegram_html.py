from __future__ import annotations

import contextlib
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_html import MarkupError, code_points, parse_html, utf16_length
from bot.telegram_rules import JSON


def entity(kind: str, offset: int, length: int, **more: str) -> JSON:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        *((f"<{tag}>x</{tag}>", "bold") for tag in ("b", "strong", "B", "Strong")),
        *((f"<{tag}>x</{tag}>", "italic") for tag in ("i", "em")),
        *((f"<{tag}>x</{tag}>", "underline") for tag in ("u", "ins")),
        *((f"<{tag}>x</{tag}>", "strikethrough") for tag in ("s", "strike", "del")),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<blockquote expandable="">x</blockquote>', "expandable_blockquote"),
        ("<b >x</b >", "bold"),
        ("<b>x</>", "bold"),
        ("<b class='lead'>x</b>", "bold"),
    ],
)
def test_every_tag_that_telegram_knows_becomes_an_entity(source: str, kind: str) -> None:
    assert parse_html(source) == ("x", [entity(kind, 0, 1)])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("😀<b>é</b>", "😀é", [entity("bold", 2, 1)]),
        ("<b>one <i>two</i></b>", "one two", [entity("italic", 4, 3), entity("bold", 0, 7)]),
        ("<b></b>x", "x", []),
        ('<a href="https://Example.org">x</a>', "x", [entity("text_link", 0, 1, url="https://example.org/")]),
        (
            "<a href='https://e.org/?a=1&amp;b=&quot;'>x</a>",
            "x",
            [entity("text_link", 0, 1, url='https://e.org/?a=1&b="')],
        ),
        ("<a>example.org</a>", "example.org", [entity("text_link", 0, 11, url="http://example.org/")]),
        ("<a href=example.org>x</a>", "x", [entity("text_link", 0, 1, url="http://example.org/")]),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        (
            '<code class="language-python"><pre>x</pre></code>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
    ],
)
def test_entities_are_measured_in_utf16(source: str, text: str, entities: list[JSON]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize("address", ["", "nonsense", "http://localhost", "javascript:alert(1)"])
def test_link_with_a_malformed_address_loses_it_silently(address: str) -> None:
    assert parse_html(f'<a href="{address}">here</a>') == ("here", [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&lt &amp", "< &"),
        ("&#65;&#x42;&#128512;", "AB😀"),
        ("&nbsp;&apos;&mdash;&LT;", "&nbsp;&apos;&mdash;&LT;"),
        ("&ltx; a & b &; &#; &#x; &#0;", "&ltx; a & b &; &#; &#x; &#0;"),
        ("&#X41;", "&#X41;"),
        ("a > b", "a > b"),
    ],
)
def test_only_telegrams_references_are_decoded(source: str, text: str) -> None:
    assert parse_html(source) == (text, [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é <3", "Unclosed start tag at byte offset 3"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("x<br/>", 'Unsupported start tag "br/" at byte offset 1'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</strong>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</strong>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x.org>x</a>", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xD800;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_what_telegram_cannot_parse_is_refused_in_its_words(source: str, reason: str) -> None:
    with pytest.raises(MarkupError) as error:
        parse_html(source)
    assert str(error.value) == reason


@given(st.text())
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    assert parse_html(escape(text, quote=False)) == (text, [])


@given(st.text(alphabet="<>/&;#= \"'abipre-x\n"))
def test_any_text_is_read_or_refused(source: str) -> None:
    with contextlib.suppress(MarkupError):
        text, entities = parse_html(source)
        assert all(found["offset"] + found["length"] <= utf16_length(text) for found in entities)


@given(st.text(max_size=20))
def test_utf16_offsets_lead_back_to_characters(text: str) -> None:
    index = code_points(text)
    assert len(index) == utf16_length(text) + 1
    assert [index[utf16_length(text[:at])] for at in range(len(text) + 1)] == [*range(len(text) + 1)]
