from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import markup
from bot.digest import FIRST, Digest, Edition, Piece, arrange, compose, in_turn, shuffled, turn
from bot.presses import DigestPage
from bot.replies import Reply
from store.days import keys
from store.model import Dated, OnThisDay, Quote
from tests.builders import document, passage

MONDAY = date(2026, 12, 28)
IDS = tuple(f"p{number}" for number in range(20))


def quote(text: str = "We must find a political settlement.", **known: Any) -> Quote:  # noqa: ANN401 - of `document`
    made = document(**known)
    return Quote(passage(text), made, text, link="https://example.org/talk")


def falling(kind: str = "anniversary", *, years: int = 9, **known: Any) -> OnThisDay:  # noqa: ANN401
    return OnThisDay(kind, date(MONDAY.year - years, 12, 28), years, "what", quote(**known))


def digest(*pieces: Piece, length: int = 1, words: tuple[str, ...] = (), about: bool = True) -> Digest:
    return Digest(Edition(MONDAY, length, (words, ())), pieces, about, words)


def labels(reply: Reply) -> list[list[str]]:
    return [[button.label for button in row] for row in reply.buttons]


# Choosing


def test_anniversaries_come_first_then_events_each_day_by_day() -> None:
    days = {
        MONDAY: [falling("event", years=3), falling(years=1)],
        MONDAY - timedelta(1): [falling("event", years=4), falling(years=2)],
    }
    assert [piece.falls.years_ago for piece in arrange(days) if piece.falls] == [2, 1, 4, 3]


def test_covered_days_end_with_the_day_itself() -> None:
    assert Edition(MONDAY, 3).days == (date(2026, 12, 26), date(2026, 12, 27), MONDAY)


# The rotation


def shown(days: int, pool: tuple[str, ...], first_days: dict[str, date], start: date = FIRST) -> list[str | None]:
    """Return the quote of each of so many days, None for a day with something."""
    order = shuffled(((), ()), pool)
    found: list[str | None] = []
    for day in (start + timedelta(number) for number in range(days)):
        fallen = any(first_days.get(key, date.max) <= day for key in keys(day.month, day.day, day.year))
        found.append(None if fallen else in_turn(Edition(day), order, first_days)[0][1])
    return found


@given(
    first_days=st.dictionaries(
        st.sampled_from(["02-28", "02-29", "03-01", "12-28", "01-01", "07-04"]),
        st.dates(date(2015, 1, 1), date(2029, 1, 1)),
    ),
    pool=st.sets(st.sampled_from(IDS), min_size=1),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_none_comes_again_before_all_others_were_shown(
    first_days: dict[str, date], pool: set[str], start: date
) -> None:
    said = [one for one in shown(900, tuple(pool), first_days, start) if one is not None]
    for cycle in itertools.pairwise(range(0, len(said), len(pool))):
        assert Counter(said[slice(*cycle)]) == Counter(pool)


def test_words_decide_the_order_and_a_new_quote_leaves_that_of_the_others() -> None:
    syria = (("syria",), ())
    order = shuffled(syria, IDS)
    assert order == shuffled(syria, reversed(IDS))
    assert order != shuffled((("iran",), ()), IDS)
    assert order != shuffled(((), ("syria",)), IDS)
    assert [one for one in shuffled(syria, (*IDS, "new")) if one != "new"] == list(order)


def test_a_digest_of_several_days_has_the_quotes_of_all_of_them() -> None:
    order = shuffled(((), ()), IDS)
    week = in_turn(Edition(MONDAY, 7), order, {})
    each = [in_turn(Edition(MONDAY - timedelta(back)), order, {})[0] for back in range(6, -1, -1)]
    assert list(week) == each
    assert len(in_turn(Edition(MONDAY, 7), order[:3], {})) == 3
    assert in_turn(Edition(MONDAY), (), {}) == ()


def test_turns_count_backwards_before_the_first() -> None:
    assert [turn(FIRST + timedelta(days), {}) for days in (-2, -1, 0, 1, 400)] == [-2, -1, 0, 1, 400]
    assert turn(date(2028, 3, 1), {"02-29": date(2016, 2, 29)}) == (date(2028, 3, 1) - FIRST).days - 3


# Setting


@pytest.mark.parametrize(
    ("entry", "head"),
    [
        (falling(outlet="Interfax"), "9 years ago today, to Interfax\n"),
        (falling(years=1, outlet="Interfax"), "1 year ago today, to Interfax\n"),
        (falling(years=0, outlet="Interfax"), "Today, to Interfax\n"),
        (falling(kind="anniversary", outlet=None), "9 years ago today: interview\n"),
        (falling(dated=Dated.PUBLICATION, outlet="Libero"), "Published 9 years ago today, by Libero\n"),
        (falling(dated=Dated.PUBLICATION, outlet=None), "Published 9 years ago today\n"),
        (falling("event"), "9 years ago today, on 28 December 2017: what happened then\n"),
    ],
)
def test_what_falls_on_the_day_is_said_in_its_head(entry: OnThisDay, head: str) -> None:
    text = markup.plain(compose(digest(Piece(MONDAY, entry.quote, entry))).html)
    assert text.startswith(f"On this day, Monday, 28 December\n\n{head}")


def test_an_event_is_not_passed_off_as_said_that_day() -> None:
    entry = falling("event", outlet="Interfax")
    assert "to Interfax" not in markup.plain(compose(digest(Piece(MONDAY, entry.quote, entry))).html)


def test_a_day_before_is_named_and_a_day_that_is_over_is_not_today() -> None:
    entry = falling()
    saturday = Piece(date(2026, 12, 26), entry.quote, entry)
    text = markup.plain(compose(digest(saturday, length=3)).html)
    assert text.startswith("On these days, 26 to 28 December\n\nSaturday, 26 December: 9 years ago, to The Paper\n")
    published = falling(dated=Dated.PUBLICATION, outlet="Libero")
    saturday = Piece(date(2026, 12, 26), published.quote, published)
    text = markup.plain(compose(digest(saturday, length=3)).html)
    assert text.startswith(
        "On these days, 26 to 28 December\n\nSaturday, 26 December: published 9 years ago, by Libero"
    )
    over = digest(Piece(MONDAY, entry.quote, entry))
    text = markup.plain(compose(over, past=True).html)
    assert text.startswith("On this day, Monday, 28 December\n\n9 years ago that")
    assert "today" not in text
    text = markup.plain(compose(over, past=True, late=True).html)
    assert text.startswith("Late: the digest of Monday, 28 December.\nOn this day, Monday, 28 December\n")


@pytest.mark.parametrize(
    ("words", "about", "head"),
    [
        ((), True, "From the archive\nNothing here falls on Monday, 28 December.\n\nWe must"),
        (
            ("syria",),
            True,
            "From the archive, about “syria”\nNothing about it falls on Monday, 28 December.\n\nWe must",
        ),
        (("syria",), False, "From the archive: nobody here speaks of “syria” yet\nNothing here falls on Monday,"),
    ],
)
def test_a_quote_from_the_archive_is_headed_as_that(words: tuple[str, ...], about: bool, head: str) -> None:
    text = markup.plain(compose(digest(Piece(MONDAY, quote()), words=words, about=about)).html)
    assert text.startswith(head)
    assert "ago" not in text


def test_at_most_three_quotes_and_the_others_behind_a_button() -> None:
    pieces = [Piece(MONDAY, falling().quote, falling()) for _ in range(5)]
    first = compose(digest(*pieces))
    assert labels(first)[:4] == [*([f"{n} · Source", f"{n} · Context"] for n in (1, 2, 3)), ["+2 more"]]
    assert first.buttons[3][0].press == DigestPage(MONDAY, 1, 3, ((), ()))
    rest = compose(digest(*pieces), 3)
    assert labels(rest)[:3] == [["4 · Source", "4 · Context"], ["5 · Source", "5 · Context"], ["‹ back to the first"]]


def test_long_quotes_are_fewer_and_never_cut_in_the_middle() -> None:
    long = " ".join(["We must find a political settlement."] * 30)
    entry = OnThisDay("anniversary", MONDAY, 9, "what", quote(long, title="A title & more " * 20))
    reply = compose(digest(*[Piece(MONDAY, entry.quote, entry)] * 3))
    assert markup.length(reply.html) <= markup.MESSAGE_LIMIT
    shown_here = markup.plain(reply.html).count("9 years ago")
    assert shown_here >= 1
    assert markup.plain(reply.html).count("settlement.") == 30 * shown_here
    assert [f"+{3 - shown_here} more"] in labels(reply) or shown_here == 3


def test_nothing_to_show_is_no_message() -> None:
    with pytest.raises(ValueError, match="empty"):
        compose(digest())
