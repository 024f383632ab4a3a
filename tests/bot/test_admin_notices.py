from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import admin_notices, markup
from bot.admin_notices import Clock, Status, duration
from bot.builds import Done, Ended, Failed, Leaving, Outcome, Progress, Refused, Running, Stopped
from bot.presses import NewDocuments, Removal
from store.model import DeliveryState, Remark, Report

NOW = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
TAG = "0123456789abcdef"
LONG = tuple(f"{number} {'<&> 😀' * 60}.txt" for number in range(3000))


def ended(outcome: Outcome) -> Ended:
    return Ended(1, "Ann", NOW - timedelta(seconds=1.25), NOW, outcome)


def test_a_reload_is_told_in_full() -> None:
    report = Report(
        added=("a.txt", "b.txt"),
        changed=("c.txt",),
        unchanged=("d.txt",),
        removed=("e.txt",),
        refused=(Remark("f<.txt", 3, "no date"),),
        warnings=(Remark("sources.toml", None, "no text is named `x`"),),
        documents=4,
        passages=90,
        passages_before=100,
        tag=TAG,
    )
    told = admin_notices.ended(ended(Done(report)))
    assert markup.plain(told.html) == (
        "Reloaded. The archive has 4 documents with 90 passages, 10 fewer than before. It took 1.2 s.\n\n"
        "Refused (1)\n• f<.txt, line 3: no date\n\n"
        "New (2)\n• a.txt\n• b.txt\n\n"
        "Changed (1)\n• c.txt\n\n"
        "Gone (1)\n• e.txt\n\n"
        "Warnings (1)\n• sources.toml: no text is named `x`"
    )
    [[button]] = told.buttons
    assert (button.label, button.press) == ("📚 2 new documents", NewDocuments(TAG, fresh=True))


def test_a_reload_of_nothing_says_so() -> None:
    told = admin_notices.ended(ended(Done(Report(unchanged=("a.txt",), documents=1, passages=2, passages_before=2))))
    assert markup.plain(told.html).startswith(
        "Nothing has changed. The archive has 1 document with 2 passages, as many"
    )
    assert not told.buttons


def test_a_reload_that_took_in_other_names_alone_does_not_say_that_nothing_has_changed() -> None:
    report = Report(unchanged=("a.txt",), documents=1, passages=2, passages_before=2, names=True)
    assert markup.plain(admin_notices.ended(ended(Done(report))).html) == (
        "Reloaded. The archive has 1 document with 2 passages, as many as before. It took 1.2 s.\n\n"
        "The other names of things were taken in anew, as aliases.toml has them now."
    )


@pytest.mark.parametrize(
    "outcome",
    [
        Done(Report(LONG, LONG, LONG, LONG, *(tuple(Remark(name, 10**6, name * 9) for name in LONG),) * 2, tag=TAG)),
        Refused(Leaving(10**6, 10**6, TAG, LONG)),
        Failed("<x> " * 100_000),
        Failed("no", changed=True),
        Stopped(),
    ],
)
def test_whatever_came_of_it_fits_a_message(outcome: Outcome) -> None:
    """Lists of thousands are cut, and say how many more there are."""
    told = admin_notices.ended(ended(outcome))
    assert 0 < markup.length(told.html) <= markup.MESSAGE_LIMIT
    if isinstance(outcome, Done):
        assert markup.plain(told.html).count(" more") >= 5


def test_most_of_the_archive_is_let_go_of_by_a_button_for_just_that() -> None:
    told = admin_notices.ended(ended(Refused(Leaving(60, 61, TAG, ("a.txt", "b.txt")))))
    assert "60 of 61 documents have no text in the folder any more" in told.html
    assert "+58 more" in told.html
    [[button]] = told.buttons
    assert (button.label, button.press) == ("🗑 Remove 60 documents", Removal(TAG))


@pytest.mark.parametrize(("changed", "words"), [(False, "as it was before"), (True, "was changed all the same")])
def test_a_failure_says_what_became_of_the_archive(*, changed: bool, words: str) -> None:
    assert words in admin_notices.ended(ended(Failed("The disk is full.", changed=changed))).html


def test_a_second_one_hears_who_runs_it_since_when_and_how_far_it_is() -> None:
    running = Running(1, "Ann " * 100, NOW - timedelta(hours=13, seconds=5), Progress(3, 5))
    words = admin_notices.already_words(running, Clock("Europe/Berlin", NOW))
    assert " at 00:00 (13 h ago), file 3 of 5. There is one at a time" in words
    running = Running(1, "Ann " * 100, datetime(2025, 9, 30, 12, 1, 5, tzinfo=UTC), Progress(999_999, 999_999))
    words = admin_notices.already_words(running, Clock("UTC", NOW))
    assert len(words) <= 200  # https://core.telegram.org/bots/api#answercallbackquery


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3_725, "1 h 2 min"), (90_061, "1 d 1 h"), (86_460, "1 d")],
)
def test_a_length_of_time_is_told_by_its_largest_units(seconds: float, words: str) -> None:
    assert duration(timedelta(seconds=seconds)) == words


STATUS = Status(
    documents=5,
    passages=278,
    chats=3,
    active=2,
    paused=1,
    last_sent_at=NOW - timedelta(hours=3),
    next_due_at=NOW + timedelta(days=1, hours=2),
    outcomes={DeliveryState.SENT: 1200, DeliveryState.MISSED: 1},
    heard_at=NOW - timedelta(minutes=2),
    running=None,
    reload=ended(Failed("no")),
    sizes={"archive.db": 1_240_000, "chats.db": 65_000},
    versions={"Quotebot": "0.1.0"},
    up_since=NOW - timedelta(days=3, hours=4),
)


def test_status_tells_each_fact_on_a_line() -> None:
    assert markup.plain(admin_notices.status(STATUS, Clock("UTC", NOW)).html).splitlines() == [
        "Status",
        "Up for: 3 d 4 h",
        "Archive: 5 documents with 278 passages",
        "Chats: 3",
        "Subscriptions: 2 active, 1 paused",
        "Last digest: sent at 09:00 (3 h ago)",
        "Next digest: due at 2 March, 14:00 (1 d 2 h ahead)",
        "Deliveries of the last 24 hours: 1,200 sent, 1 missed",
        "Last update before this one: at 11:58 (2 min ago)",
        "Last reload: failed, at 12:00 (0 s ago), by Ann",
        "Databases: archive.db 1.2 MB, chats.db 65 kB",
        "Versions: Quotebot 0.1.0",
        "",
        "Times are those of UTC.",
    ]


def test_status_tells_of_a_reload_that_is_under_way() -> None:
    found = replace(STATUS, running=Running(1, "Ann", NOW - timedelta(seconds=4)))
    told = markup.plain(admin_notices.status(found, Clock("UTC", NOW)).html)
    assert "Last reload: under way, begun at 12:00 (4 s ago) by Ann\n" in told
