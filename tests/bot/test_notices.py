from __future__ import annotations

import datetime as dt

import pytest

from bot import notices
from bot.replies import Holdings, Reply
from bot.telegram_text import compose
from store.errors import UsageError

HOLDINGS = Holdings(5, 278, dt.date(2017, 11, 30), dt.date(2020, 9, 1), ("Ann",), ("Syria", "Iran", "Libya"))
BARE = Holdings(1, 1, dt.date(2017, 11, 30), dt.date(2017, 11, 30))


ALERTS = [name for name in vars(notices) if name.isupper() and not name.startswith(("_", "EMPTY"))]


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_fits(name: str) -> None:
    assert 0 < len(getattr(notices, name)) <= 200


@pytest.mark.parametrize("holdings", [HOLDINGS, BARE, Holdings()])
@pytest.mark.parametrize("private", [True, False])
def test_every_notice_is_a_message_that_telegram_takes(holdings: Holdings, private: bool) -> None:
    said: tuple[Reply, ...] = (
        notices.start(holdings, private=private),
        notices.what_it_does(holdings, private=private),
        notices.about(holdings),
        notices.privacy(),
        *notices.unused("/about", "<b>", "/quote <b>"),
        notices.admins_only(),
        notices.failed(),
        notices.help_page([("/quote [words]", "a <quote>")]),
        notices.misunderstood(UsageError("“<b>” is nothing.", "An example: 7 feb")),
        notices.misunderstood(UsageError("“<b>” is nothing.", "/subscribe <b>")),
    )
    for reply in said:
        assert compose(reply.html, "HTML", None).text


def test_the_greeting_has_two_paragraphs_and_examples_of_the_archive_at_hand() -> None:
    shown = compose(notices.start(HOLDINGS, private=True).html, "HTML", None).text
    assert shown.count("\n\n") == 1
    assert "Try Syria, /quote Libya, /onthisday 1 September or /random." in shown
    assert "Try /quote Libya" in compose(notices.start(HOLDINGS, private=False).html, "HTML", None).text


def test_an_empty_archive_is_said_to_be_empty() -> None:
    assert "empty" in notices.start(Holdings(), private=True).html
    assert "empty" in notices.about(Holdings()).html
