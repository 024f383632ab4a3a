from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot import buttons
from bot.presses import Context, Hit, Place
from bot.telegram_rules import checked_address
from store.model import Quote
from tests.builders import document, passage

TALK = document(url="https://example.org/talk")
QUOTE = Quote(
    passage(id="p1"), TALK, "We must.", link="https://example.org/talk#:~:text=We", archived="https://a.org/x"
)


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/talk#:~:text=a,b", True),
        ("http://a.example.org:8080/x?y=z", True),
        ("https://xn--e1afmkfd.xn--p1ai/", True),
        (None, False),
        ("", False),
        ("ftp://example.org/", False),
        ("javascript:alert(1)", False),
        ("http://localhost/", False),
        ("http://[::1]/", False),
        ("http://example.org:99999/", False),
        ("https://user@example.org/", False),
        ("https://exa mple.org/", False),
        ("https://example.org/" + "a" * 3000, False),
        ("//example.org/", False),
        ("https://.org", False),
        ("https://exa_mple..org", False),
    ],
)
def test_only_addresses_that_telegram_takes_become_buttons(url: str | None, opens: bool) -> None:
    assert buttons.can_open(url) is opens
    if url and opens:
        checked_address(url)


def labels(rows: tuple[buttons.Row, ...]) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


def test_a_look_up_is_called_one_and_a_copy_is_called_one() -> None:
    assert labels(buttons.quote_rows(QUOTE)) == [["Source", "Web archive (look-up)"], ["Context"]]
    kept = replace(QUOTE, document=replace(TALK, archived="https://a.org/x"))
    assert labels(buttons.quote_rows(kept)) == [["Source", "Archived copy"], ["Context"]]


def test_a_page_without_address_has_no_button_to_it() -> None:
    assert labels(buttons.quote_rows(replace(QUOTE, link=None, archived=None))) == [["Context"]]
    assert buttons.numbered_quote_row(2, replace(QUOTE, link=None)) == (buttons.Button("2 · Context", Context("p1")),)


@pytest.mark.parametrize(
    ("at", "total", "expected"),
    [
        (0, 1, []),
        (0, 14, [["1 of 14", "next ›"]]),
        (1, 14, [["‹ prev", "2 of 14", "next ›"]]),
        (13, 14, [["‹ prev", "14 of 14"]]),
    ],
)
def test_paging_leads_to_what_there_is(at: int, total: int, expected: list[list[str]]) -> None:
    assert labels(buttons.paging_rows(total, at, Hit("syria", at))) == expected


def test_paging_carries_the_search() -> None:
    [row] = buttons.paging_rows(3, 1, Hit("syria", 1))
    assert [button.press for button in row] == [Hit("syria", 0), Place(1, 3), Hit("syria", 2)]
    assert buttons.paging_rows(3, 1, None) == ()


def test_a_documents_copy_is_looked_up_near_the_day_it_was_published() -> None:
    said = document(date=dt.date(2018, 1, 15), published=dt.date(2018, 1, 16), url="https://example.org/talk")
    assert buttons.document_row(said)[1].url == "https://web.archive.org/web/20180116/https://example.org/talk"
    assert buttons.document_row(replace(said, url=None)) == ()


def test_numbers_of_many_sources_stand_in_two_rows() -> None:
    shown = [(number, document(f"d{number}")) for number in range(9, 17)]
    assert labels(buttons.source_rows(shown, 23, 8, 8)) == [
        ["9", "10", "11", "12"],
        ["13", "14", "15", "16"],
        ["‹ newer", "older ›"],
    ]
    assert labels(buttons.source_rows(shown[:5], 5, 0, 8)) == [["9", "10", "11", "12", "13"]]
