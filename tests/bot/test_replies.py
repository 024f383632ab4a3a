from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import markup, replies
from bot.asking import keyboard_of
from bot.buttons import Button
from bot.presses import AnyQuote, Context, DayPage, Hit, KeptHit, SourceList
from bot.replies import Holdings, Reply
from bot.telegram_rules import checked_keyboard
from bot.telegram_text import compose
from store.days import Day
from store.model import Attribution, Dated, Document, Filter, OnThisDay, Passage, Quote, Results
from tests.builders import document, passage

DAY = Day(12, 28, None, "28 December")
HOLDINGS = Holdings(5, 278, dt.date(2017, 11, 30), dt.date(2020, 9, 1), ("Ann",), ("Syria", "Iran"))


def seen(reply: Reply) -> str:
    """Return what Telegram would show of a reply; it raises where Telegram would refuse it."""
    checked_keyboard(json.loads(keyboard_of(reply.buttons) or "null"))
    return compose(reply.html, "HTML", None).text


def quote(text: str = "We must find peace in Syria.", **more: object) -> Quote:
    return Quote(passage(text, id="p1"), document(), text, link="https://example.org/talk", **more)  # type: ignore[arg-type]


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def entry(year: int, text: str = "We must.", kind: str = "event") -> OnThisDay:
    return OnThisDay(kind, dt.date(year, 12, 28), 2026 - year, "what", quote(text))


# Quotes


def test_an_answer_is_the_quote_its_byline_and_the_way_on() -> None:
    reply = replies.hit(Results((quote(matched=("syria",)),), 14), 1, Hit("syria", 1))
    assert reply.html.startswith("<blockquote>We must find peace in <b>Syria</b>.</blockquote>\n— <b>Ann</b>, ")
    assert labels(reply) == ["Source", "Context", "‹ prev", "2 of 14", "next ›"]


def test_a_correction_and_a_word_that_nobody_said_are_told_first() -> None:
    found = Results((quote(),), 1, corrected=(("venezuala", "venezuela"), ("iren", "iran")), missing=("a<b", "zzz"))
    assert seen(replies.hit(found, 0, None)).startswith(
        "Showing results for venezuela (typed: venezuala), iran (typed: iren)\n\n"
        "Nobody here speaks of “a<b” or “zzz”; nearest:\n\nWe must"
    )


def test_words_that_are_said_but_never_together_are_told_first() -> None:
    found = Results((quote(),), 1, apart=("a<b", "zzz"))
    assert seen(replies.hit(found, 0, None)).startswith(
        "Nobody here speaks of “a<b” and “zzz” together; nearest:\n\nWe must"
    )


def test_that_somebody_does_not_speak_here_is_told_first() -> None:
    found = Results((quote(),), 1, missing=("zzz",), unmet=(Filter("by", ("putin",)),))
    assert seen(replies.hit(found, 0, None)).startswith(
        "Nobody named “putin” speaks here. Nobody here speaks of “zzz”; nearest:\n\nWe must"
    )


def test_words_that_nobody_says_outright_are_told_first() -> None:
    found = Results((quote(),), 1, otherwise=("a<b", "zzz"))
    assert seen(replies.hit(found, 0, None)).startswith("Nobody here says “a<b” or “zzz”; in other words:\n\nWe must")


def test_words_that_nobody_says_are_told_beside_those_of_which_nobody_speaks() -> None:
    found = Results((quote(),), 1, missing=("aaa",), otherwise=("zzz",))
    assert seen(replies.hit(found, 0, None)).startswith(
        "Nobody here speaks of “aaa”. Nobody here says “zzz”; nearest:\n\nWe must"
    )


def test_that_only_some_days_were_looked_at_is_told_first() -> None:
    found = Results((quote(),), 1, days=(dt.date(2018, 1, 1), dt.date(2018, 1, 31)))
    assert seen(replies.hit(found, 0, None)).startswith("Only what is of January 2018\n\nWe must")


def test_words_that_stand_for_others_in_the_first_quote_alone_are_told_first() -> None:
    found = Results((quote(),), 1, elsewhere=("a<b",))
    assert seen(replies.hit(found, 0, None)).startswith(
        "Nobody here says “a<b” with the rest; in other words:\n\nWe must"
    )


def test_the_question_stands_above_where_the_words_are_found_in_it_alone() -> None:
    said = passage("We agree.", question="What of Crimea?")
    found = Results((Quote(said, document(), said.text, matched=("crimea",)),), 1)
    assert replies.hit(found, 0, None).html.startswith("Asked: What of <b>Crimea</b>?\n\n<blockquote>We agree.")


def test_nothing_found_says_so_and_offers_what_there_is() -> None:
    reply = replies.nothing_found("qwertyuiop", HOLDINGS)
    assert "Nothing here about “qwertyuiop”." in seen(reply)
    assert "5 documents with 278 passages by Ann, from 30 November 2017 to 1 September 2020" in seen(reply)
    assert labels(reply) == ["🔎 Syria", "🔎 Iran", "🎲 A random quote", "📚 Sources"]
    assert "empty" in seen(replies.nothing_found("syria", Holdings()))
    unmet = (Filter("by", ("putin",)), Filter("years", years=(1999, 1999)))
    narrowed = seen(replies.nothing_found("war by:putin year:1999", HOLDINGS, unmet))
    assert narrowed.startswith("Nobody named “putin” speaks here. No document here is of 1999.\n\nThe archive has 5")


def test_another_quote_of_a_document_is_of_that_document() -> None:
    assert replies.single(quote(), "talk").buttons[-1] == (Button("🎲 Another", AnyQuote("talk")),)


def test_context_shows_question_and_passage_in_expandable_blockquotes_with_the_neighbours() -> None:
    said = passage("We agree.", id="p2", position=1, question="Do you?")
    near = passage(id="p1"), passage(id="p3")
    [reply] = replies.context(Quote(said, document(passages=3), said.text), *near)
    assert "<blockquote expandable>Do you?</blockquote>" in reply.html
    assert "Passage 2 of 3</b>\n<blockquote expandable>We agree.</blockquote>" in reply.html
    assert reply.buttons[-1] == (
        Button("‹ Passage before", Context("p1")),
        Button("Passage after ›", Context("p3")),
    )


@pytest.mark.parametrize(
    "sentence", ["This is one of very many sentences. ", "Слова " * 40 + "кончились. ", "🙂" * 2000]
)
def test_a_long_passage_comes_whole_in_several_messages(sentence: str) -> None:
    text = (sentence * (12_000 // len(sentence))).strip()
    said = passage(text, question="Why? " * 1000)
    several = replies.context(Quote(said, document(), "…"), None, None)
    shown = [seen(reply) for reply in several]
    assert len(several) > 2
    assert not any(reply.buttons for reply in several[:-1])
    quoted = "".join(
        re.findall(r"<blockquote expandable>(.*?)</blockquote>", "".join(r.html for r in several), re.DOTALL)
    )
    assert "".join(quoted.split()) == "".join(("Why? " * 1000 + text).split())
    if sentence.startswith("This"):
        assert all(re.search(r"[.?]\n?(Passage|—|$)", words) for words in shown)


# The calendar


def test_a_day_with_more_than_three_shows_three_and_offers_the_rest() -> None:
    entries = [entry(year) for year in (2025, 2024, 2018, 2017, 2010)]
    first = replies.on_this_day(DAY, entries, 0)
    assert seen(first).startswith("On 28 December\n\n1. 1 year ago, 28 December 2025: what happened then\nWe must.")
    assert "3. 8 years ago, 28 December 2018" in seen(first)
    assert "2017" not in seen(first)
    assert labels(first)[-1] == "+2 more"
    assert first.buttons[-1][0].press == DayPage(12, 28, None, 3)
    rest = replies.on_this_day(DAY, entries, 3)
    assert "4. 9 years ago" in seen(rest)
    assert labels(rest)[-1] == "‹ back to the first"


def test_long_quotes_of_a_day_are_never_cut_but_go_behind_the_button() -> None:
    entries = [entry(2018, "🙂" * 900 + ".") for _ in range(3)]
    shown = replies.on_this_day(DAY, entries, 0)
    assert labels(shown)[-1] == "+2 more"
    assert "🙂" * 900 in seen(shown)


def test_a_day_with_one_shows_it_like_any_quote() -> None:
    reply = replies.on_this_day(Day(2, 7, None, "today, 7 February"), [entry(2018, kind="anniversary")], 0)
    assert seen(reply).startswith("Today, 7 February\n\n8 years ago, 28 December 2018: interview\nWe must.")
    assert labels(reply) == ["Source", "Context"]


def test_a_day_known_only_from_the_page_is_said_to_be_that_of_publication() -> None:
    falls = entry(2018, kind="anniversary")
    paged = replace(falls, quote=replace(falls.quote, document=replace(falls.quote.document, dated=Dated.PUBLICATION)))
    assert "8 years ago, published 28 December 2018: interview" in seen(replies.on_this_day(DAY, [paged], 0))


@pytest.mark.parametrize("at", [99, -1])
def test_a_place_that_is_not_there_shows_the_first(at: int) -> None:
    assert "1 year ago" in seen(replies.on_this_day(DAY, [entry(2025)], at))


def test_a_day_with_nothing_says_so_and_offers_the_next() -> None:
    reply = replies.nothing_on(DAY, Day(2, 7, None, "7 February"))
    assert "Nothing in the archive is dated that day" in seen(reply)
    assert reply.buttons[0] == (Button("7 February ›", DayPage(2, 7)),)
    assert labels(replies.nothing_on(DAY, None)) == ["🎲 A random quote"]


# Sources


def test_sources_are_numbered_and_paged() -> None:
    many = [document(f"d{number}", title=f"Talk {number}") for number in range(1, 24)]
    first, last = replies.sources(many[:8], 0, 23), replies.sources(many[16:], 16, 23)
    assert "23 documents, newest first; 1 to 8" in seen(first)
    assert "1. Talk 1\n7 February 2018, The Paper, interview, 0 passages" in seen(first)
    assert labels(first)[-1] == "older ›"
    assert "17. Talk 17" in seen(last)
    assert labels(last)[-1] == "‹ newer"
    assert "empty" in seen(replies.sources([], 0, 0))


def test_a_source_tells_all_and_calls_the_rest_unknown() -> None:
    told = document(published=dt.date(2018, 2, 8), passages=66, questions=1)
    shown = seen(replies.source(told, 10, 12))
    for line in ("Source 10 of 12", "Said: 7 February 2018", "Published: 8 February 2018", "Speaker: Ann",
                 "Outlet: The Paper", "Venue: unknown", "Kind: interview", "Language: English",
                 "Quotes: 66 passages, in answer to 1 question", "Page: button below", "File: talk.txt"):  # fmt: skip
        assert line in shown.splitlines()
    assert labels(replies.source(told, 10, 12)) == [
        "Source", "Web archive (look-up)", "A quote from it", "‹ All sources",
    ]  # fmt: skip
    assert replies.source(told, 10, 12).buttons[-1][0].press == SourceList(8)


def test_of_a_document_known_by_its_publication_the_day_it_was_said_is_unknown() -> None:
    dark = document(dated=Dated.PUBLICATION, published=dt.date(2018, 2, 7), url=None, language="xx-nonsense")
    shown = seen(replies.source(dark, 1, 1))
    assert "Said: unknown" in shown
    assert "Published: 7 February 2018" in shown
    assert "Page: unknown" in shown
    assert "Language: xx-nonsense" in shown


@pytest.mark.parametrize(
    ("asked", "words"), [("", "Which one? Send its number"), ("99", "There is no source “99”: they are numbered")]
)
def test_a_number_that_is_none_is_explained(asked: str, words: str) -> None:
    assert seen(replies.no_such_source(asked, 5)).startswith(words)


# Whatever comes, Telegram takes it

ANY = st.text(st.characters(exclude_categories=()), max_size=80)
LONG = st.builds(lambda words, times: words * times, ANY, st.integers(1, 400))
LINE = ANY | LONG
DAYS = st.dates(dt.date(1, 1, 1))
PASSAGES = st.builds(
    Passage,
    id=st.just("p" * 32),
    document=st.just("d"),
    position=st.integers(0, 10**6),
    text=LINE,
    attribution=st.sampled_from(Attribution),
    verbatim=st.lists(ANY, max_size=3).map(tuple),
    speaker=st.none() | LINE,
    question=st.none() | LINE,
)
DOCUMENTS = st.builds(
    Document,
    id=st.just("d" * 32),
    file=LINE,
    title=LINE,
    date=DAYS,
    dated=st.sampled_from(Dated),
    published=st.none() | DAYS,
    outlet=st.none() | LINE,
    venue=st.none() | LINE,
    kind=st.none() | LINE,
    language=st.none() | LINE,
    url=st.none() | LINE | st.builds("https://example.org/{}".format, LINE),
    archived=st.none() | LINE,
    speakers=st.lists(LINE, max_size=4).map(tuple),
    passages=st.integers(0, 10**6),
    questions=st.integers(0, 10**6),
)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    of = draw(PASSAGES)
    start = draw(st.integers(0, len(of.text)))
    text = draw(st.sampled_from((of.text, of.text[start : start + 900], of.text[:start] + "…")) | LINE)
    matched = tuple(draw(st.lists(st.sampled_from(of.text.split() or ["x"]), max_size=4)))
    return Quote(of, draw(DOCUMENTS), text, draw(st.none() | LINE), draw(st.none() | LINE), matched=matched)


SEARCHES = st.none() | st.just(Hit("a" * 56, 0)) | st.just(KeptHit(10**15, 0))
PAIRS = st.lists(st.tuples(LINE, LINE), max_size=6).map(tuple)


@pytest.mark.slow
@given(quotes(), st.integers(1, 10**5), PAIRS, st.lists(LINE, max_size=6).map(tuple), SEARCHES)
@settings(max_examples=150)
def test_any_quote_makes_a_message_that_telegram_takes(
    found: Quote, total: int, corrected: tuple[tuple[str, str], ...], missing: tuple[str, ...], search: Hit | None
) -> None:
    for reply in (
        replies.hit(Results((found,), total, corrected, missing), total - 1, search),
        replies.single(found, found.document.id),
        *replies.context(found, found.passage, found.passage),
    ):
        assert seen(reply)
        assert markup.length(reply.html) <= markup.MESSAGE_LIMIT


@given(st.lists(quotes(), min_size=1, max_size=5), st.integers(0, 5), LINE)
@settings(max_examples=80)
def test_any_day_makes_a_message_that_telegram_takes(found: list[Quote], at: int, said: str) -> None:
    entries = [OnThisDay("event", dt.date(2018, 1, 1), 3, "what", one) for one in found]
    assert seen(replies.on_this_day(DAY, entries, at))
    assert seen(replies.nothing_found(said, HOLDINGS))
    assert seen(replies.no_such_source(said, 3))


@given(st.lists(DOCUMENTS, min_size=1, max_size=12), st.integers(0, 12))
@settings(max_examples=80)
def test_any_document_makes_a_message_that_telegram_takes(listed: list[Document], at: int) -> None:
    at = replies.page_at(at, len(listed))
    assert seen(replies.sources(listed[at : at + replies.SOURCES_ON_A_PAGE], at, len(listed)))
    assert seen(replies.source(listed[0], 1, len(listed)))
