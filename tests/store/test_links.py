"""Links open at the quote: checked against a small model of how a browser reads a text fragment."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.links import lookup, source_link
from store.text import sentences

URL = "https://example.org/page"
SEEDS = Path(__file__).parents[2] / "seeds"
LONG = (
    "In addition, on November 8, Russia, the United States and Jordan signed a trilateral memorandum on de-escalation "
    "principles in southern Syria, which is designed to reinforce the ceasefire initiative in this region."
)


def terms(link: str) -> list[str]:
    """Return the decoded terms of the link's only text directive; a prefix keeps its dash."""
    directive = link.partition(":~:")[2]
    assert re.fullmatch(r"text=(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?", directive, re.ASCII), directive
    return [unquote(term, errors="strict") for term in directive.removeprefix("text=").split(",")]


def opened(link: str, page: str) -> str | None:
    """Return what a browser highlights, its paragraphs one a line, and None where it finds nothing.

    "Find a range from a text directive" of https://wicg.github.io/scroll-to-text-fragment/, without suffixes.
    """
    found = terms(link)
    prefix = found.pop(0)[:-1] if link.partition(":~:text=")[2].split(",")[0].endswith("-") else None
    edge = r"(?:(?<!\w)|(?!\w))"
    bounded = [f"{edge}{re.escape(term)}{edge}" for term in found]
    if prefix is not None:
        bounded[0] = rf"{edge}{re.escape(prefix)}\s*(?P<start>{re.escape(found[0])}){edge}"
    start = re.search(bounded[0], page, re.IGNORECASE)
    if start is None:
        return None
    begin = start.start("start") if prefix is not None else start.start()
    if len(found) == 1:
        return page[begin : start.end()]
    end = re.compile(bounded[1], re.IGNORECASE).search(page, start.end())
    return None if end is None else page[begin : end.end()]


def test_a_long_quote_is_given_by_its_first_and_last_words() -> None:
    page = f"A title.\n{LONG} More of it.\nAnd more."
    link = source_link(URL, LONG, page)
    assert terms(link) == ["In addition, on November", "initiative in this region."]
    assert opened(link, page) == LONG


def test_a_quote_of_a_line_is_given_whole() -> None:
    page = "A title.\nThis is not how it is done. We go on."
    link = source_link(URL, "This is not how it is done.", page)
    assert link == f"{URL}#:~:text=This%20is%20not%20how%20it%20is%20done."


def test_marks_of_the_directive_are_encoded_within_terms() -> None:
    page = "Tom & Jerry, re-elected – “at last” (50%)."
    link = source_link(URL, page, page)
    assert link.partition("text=")[2] == (
        "Tom%20%26%20Jerry%2C%20re%2Delected%20%E2%80%93%20%E2%80%9Cat%20last%E2%80%9D%20%2850%25%29."
    )


def test_first_words_go_on_until_nothing_before_begins_like_them() -> None:
    page = f"In addition, on November 7, others met.\n{LONG}"
    assert terms(source_link(URL, LONG, page))[0] == "In addition, on November 8,"


def test_first_words_are_told_apart_without_regard_to_case_and_accents() -> None:
    page = f"IN ADDITION, ON NÓVEMBER nothing.\n{LONG}"
    assert terms(source_link(URL, LONG, page))[0] == "In addition, on November 8,"


def test_last_words_go_on_until_they_are_the_next_of_their_kind() -> None:
    quote = (
        "We shall keep the peace in this region of ours. And the others will see to it that there is war, not the "
        "peace in this region of ours."
    )
    link = source_link(URL, quote, quote)
    assert terms(link) == ["We shall keep the", "the peace in this region of ours."]


def test_a_quote_that_repeats_itself_to_the_end_is_given_whole() -> None:
    quote = "We say no, and no, and no. " + "No and no and no. " * 5 + "No and no and no."
    assert opened(source_link(URL, quote, quote), quote) == quote


def test_a_quote_over_paragraphs_starts_within_the_first_and_ends_within_the_last() -> None:
    page = "A title.\nFirst of all, we want peace.\nThen we want bread, all of us.\nGoodbye."
    quote = "First of all, we want peace.\nThen we want bread, all of us."
    link = source_link(URL, quote, page)
    assert terms(link) == ["First of all, we", "bread, all of us."]
    assert opened(link, page) == quote


def test_words_before_tell_apart_a_first_paragraph_that_stands_there_twice() -> None:
    page = "Thank you.\nYes, we do.\nWell, this is a line.\nYes, we do.\nIt is late."
    link = source_link(URL, "Yes, we do.\nIt is late.", page)
    assert terms(link) == ["this is a line.-", "Yes, we do.", "It is late."]
    assert opened(link, page) == "Yes, we do.\nIt is late."


def test_the_ellipsis_of_a_cut_quote_is_left_out() -> None:
    cut = LONG[: LONG.index(", which")] + "…"
    link = source_link(URL, cut, LONG)
    assert opened(link, LONG) == cut[:-1]


def test_an_ellipsis_of_the_page_stays() -> None:
    page = "We shall see…\nWe shall see what comes."
    assert terms(source_link(URL, "We shall see…", page)) == ["We shall see…"]


def test_white_space_of_the_page_does_not_matter() -> None:
    page = LONG.replace("signed a", "signed\u00a0 a").replace("this region", "this\tregion")
    assert source_link(URL, LONG, page) == source_link(URL, LONG, LONG)


@pytest.mark.parametrize("quote", ["Something nobody said.", "", " ", "…", "eight of November 8, Russ…"])
def test_a_quote_that_the_page_does_not_hold_leaves_the_address_alone(quote: str) -> None:
    assert source_link(URL, quote, LONG) == URL
    assert source_link(URL, quote, "") == URL


@pytest.mark.parametrize(
    ("url", "before"),
    [
        ("https://example.org/a?b=1&c=%20d", "https://example.org/a?b=1&c=%20d#"),
        ("https://example.org/a#part", "https://example.org/a#part"),
        ("https://example.org/a#part:~:text=old", "https://example.org/a#part"),
        ("https://example.org/a#:~:text=old", "https://example.org/a#"),
        ("https://пример.рф/речь?год=2017#часть", "https://пример.рф/речь?год=2017#часть"),
    ],
)
def test_the_address_survives(url: str, before: str) -> None:
    assert source_link(url, "Yes, we do.", "Yes, we do.") == f"{before}:~:text=Yes%2C%20we%20do."


COMMA = "\uff0c"
CHINESE = f"我们认为{COMMA}叙利亚人民必须自己决定国家的未来。联合国安理会决议得到了支持。我们将继续为政治解决作出努力。"


def test_text_without_blanks_is_cut_after_its_punctuation() -> None:
    end = f"这就是我们的立场{COMMA}我们不会改变它{COMMA}直到在该地区{COMMA}取得持久和平与稳定的成果为止。"
    quote = f"{CHINESE}他们说{COMMA}不。{end}"
    page = f"标题。我们认为{COMMA}是的。\n{quote}我们认为。"
    link = source_link(URL, quote, page)
    assert terms(link) == [CHINESE, end]
    assert opened(link, page) == quote


def test_a_cut_within_a_run_without_blanks_goes_back_to_its_beginning() -> None:
    link = source_link(URL, CHINESE[:30] + "…", CHINESE)
    assert terms(link) == [CHINESE[: CHINESE.index("。") + 1]]


def test_a_cut_run_without_any_punctuation_leaves_the_address_alone() -> None:
    thai = "เราเชื่อว่าประชาชนชาวซีเรียต้องตัดสินใจอนาคตของประเทศ"
    for cut in range(1, len(thai)):
        assert source_link(URL, thai[:cut] + "…", thai) == URL
    assert terms(source_link(URL, thai, thai)) == [thai]


WORD = st.sampled_from(
    ["we", "want", "peace", "War,", "“no”", "re-elect", "it.", "we,", "Ж", "50%", "a&b", "art", "start"]
)
PARAGRAPH = st.lists(WORD, min_size=1, max_size=40).map(" ".join)


@given(data=st.data(), paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=6))
def test_a_link_opens_at_the_quote_wherever_it_stands(data: st.DataObject, paragraphs: list[str]) -> None:
    page = "\n".join(paragraphs)
    words = data.draw(st.sampled_from(paragraphs)).split()
    start = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    highlighted = opened(source_link(URL, quote, page), page)
    assert highlighted is not None
    assert highlighted.casefold() == quote.casefold()


@given(quote=st.text(), page=st.text(), url=st.sampled_from([URL, URL + "#a", ""]))
def test_any_text_makes_an_address(quote: str, page: str, url: str) -> None:
    for text in (page, page + quote, f"{page}\n{quote}\n{page}"):
        link = source_link(url, quote, text)
        assert link.startswith(url)
        if ":~:" in link:
            assert [term for term in terms(link) if term]


@pytest.mark.parametrize("file", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_every_sentence_of_the_seeds_can_be_opened(file: Path) -> None:
    paragraphs = [" ".join(line.split()) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
    page = "\n".join(paragraphs)
    for paragraph in paragraphs:
        for start, end in sentences(paragraph):
            quote = paragraph[start:end]
            link = source_link(URL, quote, page)
            assert (opened(link, page) or "").casefold() == quote.casefold()


def test_lookup_is_near_the_day_and_without_the_fragment() -> None:
    assert lookup("https://example.org/a?b=1#part", date(2017, 12, 28)) == (
        "https://web.archive.org/web/20171228/https://example.org/a?b=1"
    )
    assert (
        lookup("https://пример.рф/речь", date(987, 1, 2))
        == "https://web.archive.org/web/09870102/https://пример.рф/речь"
    )
