from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store.chats import Chats, SavedSearches
from store.errors import UsageError
from store.ledger import Ledger
from store.model import DeliveryState, Lease, Rhythm, Settled, Subscription, SubscriptionState
from store.subscriptions import Counts, Subscriptions, Wishes, Zone

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)  # A Wednesday.
TODAY, TOMORROW = date(2018, 2, 7), date(2018, 2, 8)
MORNING = datetime(2018, 2, 8, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANN, BOB, GROUP = 11, 12, -1001234567890


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Chats]:
    with Chats.open(tmp_path / "chats.db") as opened:
        yield opened


@pytest.fixture
def subscriptions(chats: Chats) -> Subscriptions:
    return Subscriptions(chats)


@pytest.fixture
def ledger(chats: Chats) -> Iterator[Ledger]:
    with Ledger(chats) as opened:
        yield opened


def lease(ledger: Ledger, now: datetime = NOW) -> Lease:
    """Return the one lease that there is to be had."""
    (found,) = ledger.due(now)
    return found


def send(ledger: Ledger, now: datetime = NOW) -> None:
    """Send what is due."""
    ledger.record([Settled(one, DeliveryState.SENT) for one in ledger.start(ledger.due(now), now)], now)


def next_of(subscription: Subscription | None) -> tuple[datetime, date]:
    assert subscription is not None
    return subscription.next_due_at, subscription.next_date


# What is kept


def test_nothing_said_is_every_day_at_nine_in_utc(subscriptions: Subscriptions) -> None:
    made = subscriptions.subscribe(ANN, 0, NOW - 4 * HOUR, kind="private")
    assert made == subscriptions.get(ANN)
    assert (made.hour, made.zone, made.zone_said, made.rhythm) == ("09:00", "UTC", "", Rhythm.DAILY)
    assert (made.wanted, made.unwanted, made.silent, made.exact) == ((), (), False, False)
    assert (made.state, made.reason, made.made_at) == (SubscriptionState.ACTIVE, "", NOW - 4 * HOUR)
    assert (made.chat, made.topic, made.kind) == (ANN, 0, "private")
    assert next_of(made) == (NOW - 3 * HOUR, TODAY)


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(hour="07:30", zone="Europe/Berlin", zone_said="berln"),
        Wishes(zone="UTC+05:45"),
        Wishes(rhythm=Rhythm.WEEKLY, weekday=6),
        Wishes(wanted=("syria", "arms control"), unwanted=("sanctions",)),
        Wishes(wanted=("O'Neill", '"', "سوريا 🙂", "'); DROP TABLE chats --")),
        Wishes(silent=True, exact=True),
    ],
)
def test_what_was_wished_is_kept_however_it_was_said(wishes: Wishes, subscriptions: Subscriptions) -> None:
    made = subscriptions.subscribe(ANN, 0, NOW, kind="private", **wishes)
    subscriptions.subscribe(BOB, 0, NOW, kind="private")
    changed = subscriptions.change(BOB, 0, NOW, **wishes)
    again = subscriptions.subscribe(ANN, 0, NOW, kind="private")
    for kept in (made, changed, again, subscriptions.get(ANN), subscriptions.get(BOB)):
        assert {name: getattr(kept, name) for name in wishes} == wishes


def test_half_a_character_is_kept_as_a_question_mark(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", wanted=("a\ud83d",))
    kept = subscriptions.get(ANN)
    assert kept is not None
    assert kept.wanted == ("a?",)


@pytest.mark.parametrize("wishes", [Wishes(hour="25:00"), Wishes(zone="Atlantis"), Wishes(hour="9")])
def test_what_cannot_be_read_changes_nothing(wishes: Wishes, subscriptions: Subscriptions, chats: Chats) -> None:
    before = subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="07:30")
    subscriptions.pause(ANN, "blocked", NOW)
    with pytest.raises(UsageError):
        subscriptions.subscribe(BOB, 0, NOW, kind="private", **wishes)
    with pytest.raises(UsageError):
        subscriptions.change(ANN, 0, NOW, **wishes)
    with pytest.raises(UsageError):
        subscriptions.set_zone(BOB, Zone("Atlantis", "atlantis"), NOW, kind="private")
    assert subscriptions.get(BOB) is None
    assert chats.rows("SELECT id FROM chats") == [(ANN,)]
    assert subscriptions.change(ANN, 0, NOW) == subscriptions.get(ANN)
    assert next_of(subscriptions.get(ANN)) == next_of(before)


def test_topics_have_subscriptions_of_their_own(subscriptions: Subscriptions) -> None:
    whole = subscriptions.subscribe(GROUP, 0, NOW, kind="supergroup")
    topic = subscriptions.subscribe(GROUP, 7, NOW, kind="supergroup", hour="18:00")
    assert subscriptions.of(GROUP) == (whole, topic)
    assert subscriptions.get(GROUP, 7) == topic
    assert subscriptions.get(GROUP, 8) is None
    assert subscriptions.counts() == Counts(chats=1, active=2, paused=0)


def test_what_is_next_is_said(subscriptions: Subscriptions) -> None:
    assert subscriptions.next_due() is None
    subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="18:00")
    subscriptions.subscribe(BOB, 0, NOW, kind="private", hour="15:00")
    assert subscriptions.next_due() == NOW + 3 * HOUR
    subscriptions.pause(BOB, "blocked", NOW)
    assert subscriptions.next_due() == NOW + 6 * HOUR
    assert subscriptions.counts() == Counts(chats=2, active=1, paused=1)


def test_times_are_aware(subscriptions: Subscriptions) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        subscriptions.subscribe(ANN, 0, NOW.replace(tzinfo=None), kind="private", hour="18:00")


def test_the_database_is_readable_with_the_comments_it_holds(tmp_path: Path, subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="18:00")
    with closing(sqlite3.connect(tmp_path / "chats.db")) as connection:
        shown = connection.execute("SELECT datetime(next_due_at, 'unixepoch'), next_date FROM subscriptions")
        assert shown.fetchall() == [("2018-02-07 18:00:00", "2018-02-07")]


# Zones


def test_the_first_zone_that_a_chat_names_becomes_its_own(subscriptions: Subscriptions) -> None:
    assert subscriptions.zone(GROUP) is None
    subscriptions.subscribe(GROUP, 0, NOW, kind="supergroup")
    assert subscriptions.zone(GROUP) is None
    subscriptions.subscribe(GROUP, 1, NOW, kind="supergroup", zone="Europe/Berlin", zone_said="berlin")
    subscriptions.subscribe(GROUP, 2, NOW, kind="supergroup", zone="Asia/Tokyo", zone_said="Tokio")
    assert subscriptions.zone(GROUP) == Zone("Europe/Berlin", "berlin")
    last = subscriptions.subscribe(GROUP, 3, NOW, kind="supergroup")
    assert (last.zone, last.zone_said) == ("Europe/Berlin", "berlin")


def test_the_zone_that_an_only_subscription_names_last_outlives_it(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", zone="Europe/Berlin", zone_said="berlin")
    subscriptions.subscribe(ANN, 0, NOW, kind="private", zone="Asia/Tokyo", zone_said="tokyo")
    subscriptions.end(ANN, 0, NOW)
    assert subscriptions.zone(ANN) == Zone("Asia/Tokyo", "tokyo")
    assert subscriptions.subscribe(ANN, 0, NOW, kind="private").zone == "Asia/Tokyo"


def test_the_zone_of_a_chat_is_that_of_all_that_go_by_it(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(GROUP, 0, NOW, kind="supergroup", zone="UTC", hour="22:00")
    for topic, zone in ((1, "Europe/Berlin"), (2, "Asia/Tokyo")):
        subscriptions.subscribe(GROUP, topic, NOW, kind="supergroup", zone=zone, hour="22:00")
    subscriptions.subscribe(GROUP, 3, NOW, kind="supergroup", hour="22:00")
    changed = subscriptions.set_zone(GROUP, Zone("Asia/Kathmandu", "Nepal"), NOW, kind="supergroup", topic=1)
    assert [one.topic for one in changed] == [1, 0, 3]
    assert {(one.zone, one.zone_said, one.next_due_at) for one in changed} == {
        ("Asia/Kathmandu", "Nepal", datetime(2018, 2, 7, 16, 15, tzinfo=UTC))
    }
    assert subscriptions.set_zone(ANN, Zone("UTC-03:00", "-3"), NOW, kind="private") == ()
    assert subscriptions.subscribe(ANN, 0, NOW, kind="private").zone == "UTC-03:00"


def test_a_topic_keeps_the_zone_that_was_named_there(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(GROUP, 1, NOW, kind="supergroup", zone="Europe/Berlin")
    own = subscriptions.subscribe(GROUP, 2, NOW, kind="supergroup", zone="Asia/Tokyo")
    subscriptions.set_zone(GROUP, Zone("Asia/Kathmandu", "Nepal"), NOW, kind="supergroup", topic=1)
    assert subscriptions.get(GROUP, 2) == own
    subscriptions.set_zone(GROUP, Zone("America/Lima", "Lima"), NOW, kind="supergroup", topic=2)
    assert {one.zone for one in subscriptions.of(GROUP)} == {"America/Lima"}


def test_chats_that_chose_none_have_the_zone_of_the_bot(chats: Chats) -> None:
    subscriptions = Subscriptions(chats, "Asia/Tokyo")
    made = subscriptions.subscribe(ANN, 0, NOW, kind="private")
    assert (made.zone, made.zone_said, subscriptions.zone(ANN)) == ("Asia/Tokyo", "", None)


# When it is due


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (Wishes(hour="12:01"), (NOW + timedelta(minutes=1), TODAY)),
        (Wishes(hour="12:00"), (NOW, TODAY)),
        (Wishes(hour="09:00"), (NOW, TODAY)),  # Passed: at once.
        (Wishes(hour="09:00", zone="Asia/Tokyo"), (NOW, TODAY)),
        (Wishes(hour="09:00", zone="Pacific/Kiritimati"), (datetime(2018, 2, 7, 19, tzinfo=UTC), TOMORROW)),
        (Wishes(hour="09:00", zone="America/Los_Angeles"), (NOW + 5 * HOUR, TODAY)),
        (Wishes(hour="09:00", rhythm=Rhythm.WEEKDAYS), (NOW, TODAY)),
        (Wishes(hour="09:00", rhythm=Rhythm.WEEKLY), (NOW, TODAY)),
        (Wishes(hour="09:00", rhythm=Rhythm.WEEKLY, weekday=1), (MORNING + timedelta(days=5), date(2018, 2, 13))),
    ],
)
def test_a_new_one_is_due_today_at_once_where_its_hour_has_passed(
    wishes: Wishes, expected: tuple[datetime, date], subscriptions: Subscriptions
) -> None:
    assert next_of(subscriptions.subscribe(ANN, 0, NOW, kind="private", **wishes)) == expected


def test_weekdays_made_on_a_saturday_begin_on_monday(subscriptions: Subscriptions) -> None:
    saturday = NOW + timedelta(days=3)
    made = subscriptions.subscribe(ANN, 0, saturday, kind="private", rhythm=Rhythm.WEEKDAYS)
    assert next_of(made) == (datetime(2018, 2, 12, 9, tzinfo=UTC), date(2018, 2, 12))


def test_a_weekly_one_keeps_the_local_weekday_that_it_was_made_on(subscriptions: Subscriptions) -> None:
    late = datetime(2018, 2, 7, 23, tzinfo=UTC)
    wishes = Wishes(rhythm=Rhythm.WEEKLY, zone="Europe/Berlin")
    assert subscriptions.subscribe(ANN, 0, late, kind="private", **wishes).weekday == 3
    assert subscriptions.subscribe(ANN, 0, late + timedelta(days=2), kind="private", hour="10:00").weekday == 3
    subscriptions.subscribe(BOB, 0, NOW, kind="private")
    changed = subscriptions.change(BOB, 0, NOW + timedelta(days=1), rhythm=Rhythm.WEEKLY)
    assert changed is not None
    assert changed.weekday == 3


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(),
        Wishes(hour="18:00"),
        Wishes(hour="12:01"),
        Wishes(hour="08:00"),
        Wishes(zone="America/Los_Angeles"),  # Where it is 4 o'clock of the same day.
        Wishes(rhythm=Rhythm.WEEKDAYS, hour="15:00"),
        Wishes(wanted=("syria",)),
    ],
)
def test_a_day_that_was_sent_is_not_due_again_whatever_is_changed(
    wishes: Wishes, subscriptions: Subscriptions, ledger: Ledger
) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private")
    subscriptions.subscribe(BOB, 0, NOW, kind="private")
    send(ledger)
    again = subscriptions.subscribe(ANN, 0, NOW, kind="private", **wishes)
    changed = subscriptions.change(BOB, 0, NOW, **wishes)
    assert changed is not None
    for after in (again, changed):
        assert after.next_date == TOMORROW
        assert after.next_due_at > NOW
    assert not ledger.waiting(NOW + 12 * HOUR - timedelta(seconds=1))


def test_a_day_that_is_on_its_way_is_not_due_again(subscriptions: Subscriptions, ledger: Ledger) -> None:
    for chat in (ANN, BOB, GROUP):
        subscriptions.subscribe(chat, 0, NOW, kind="private")
    leases = ledger.due(NOW)
    ledger.start(leases[:2], NOW)
    ledger.record([Settled(leases[0], DeliveryState.LATER, again_at=NOW + HOUR)], NOW)
    for chat in (ANN, BOB, GROUP):
        assert subscriptions.subscribe(chat, 0, NOW, kind="private", hour="13:00").next_date == TOMORROW


def test_travelling_west_skips_the_dates_one_had_and_none_else(subscriptions: Subscriptions, ledger: Ledger) -> None:
    there = datetime(2018, 2, 6, 19, tzinfo=UTC)  # 9 o'clock on the 7th.
    subscriptions.subscribe(ANN, 0, there, kind="private", zone="Pacific/Kiritimati")
    send(ledger, there)
    # Where he lands it is the 6th, 23 o'clock: nothing comes at once of a day before the one that he had.
    (landed,) = subscriptions.set_zone(ANN, Zone("Pacific/Honolulu", "hawaii"), there + 14 * HOUR, kind="private")
    assert next_of(landed) == (datetime(2018, 2, 8, 19, tzinfo=UTC), TOMORROW)
    send(ledger, there + 14 * HOUR)
    assert [one.local_date.day for one in ledger.of(ANN)] == [7]


def test_an_hour_moved_ahead_of_now_is_today_at_once(subscriptions: Subscriptions, ledger: Ledger) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="18:00")
    changed = subscriptions.change(ANN, 0, NOW, hour="08:00")
    assert next_of(changed) == (NOW, TODAY)
    send(ledger)
    assert next_of(subscriptions.get(ANN)) == (MORNING - HOUR, TOMORROW)


def test_words_changed_leave_the_time_alone(subscriptions: Subscriptions) -> None:
    before = subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="12:30")
    changed = subscriptions.change(ANN, 0, NOW + HOUR, wanted=("syria",), silent=True)
    assert next_of(changed) == next_of(before)


def test_a_missed_day_may_be_had_after_all_where_the_chat_moves_its_hour(
    subscriptions: Subscriptions, ledger: Ledger
) -> None:
    subscriptions.subscribe(ANN, 0, NOW - 4 * HOUR, kind="private")
    assert ledger.due(NOW + 4 * HOUR) == ()
    assert [one.state for one in ledger.of(ANN)] == [DeliveryState.MISSED]
    assert next_of(subscriptions.change(ANN, 0, NOW + 4 * HOUR, hour="20:00")) == (NOW + 8 * HOUR, TODAY)
    send(ledger, NOW + 8 * HOUR)
    assert [one.state for one in ledger.of(ANN)] == [DeliveryState.SENT]


def test_there_is_nothing_to_change_where_there_is_none(subscriptions: Subscriptions) -> None:
    assert subscriptions.change(ANN, 0, NOW, hour="08:00") is None
    assert subscriptions.resume(ANN, NOW) == ()
    assert subscriptions.pause(ANN, "blocked", NOW) == 0
    assert not subscriptions.end(ANN, 0, NOW)
    subscriptions.forget(ANN)
    subscriptions.moved(ANN, BOB, NOW)


# Pause, resume, end


def test_a_paused_one_is_not_due_and_says_why(subscriptions: Subscriptions, ledger: Ledger) -> None:
    subscriptions.subscribe(GROUP, 0, NOW, kind="group")
    subscriptions.subscribe(GROUP, 7, NOW, kind="group")
    assert subscriptions.pause(GROUP, "topic closed", NOW, topic=7) == 1
    assert [one.subscription.topic for one in ledger.due(NOW)] == [0]
    assert subscriptions.pause(GROUP, "kicked", NOW) == 1
    assert [(one.state, one.reason) for one in subscriptions.of(GROUP)] == [
        (SubscriptionState.PAUSED, "kicked"),
        (SubscriptionState.PAUSED, "topic closed"),
    ]


def test_what_was_leased_is_called_back_by_a_pause_or_an_end(subscriptions: Subscriptions, ledger: Ledger) -> None:
    for chat in (ANN, BOB):
        subscriptions.subscribe(chat, 0, NOW, kind="private")
    leases = ledger.due(NOW)
    subscriptions.pause(ANN, "kicked", NOW)
    subscriptions.end(BOB, 0, NOW)
    assert ledger.start(leases, NOW) == ()
    assert [ledger.of(chat)[0].state for chat in (ANN, BOB)] == [DeliveryState.ENDED] * 2


def test_one_that_is_resumed_goes_on_without_the_days_it_missed(subscriptions: Subscriptions, ledger: Ledger) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private")
    subscriptions.subscribe(BOB, 0, NOW, kind="private", hour="20:00")
    send(ledger)
    subscriptions.pause(ANN, "blocked", NOW)
    subscriptions.pause(BOB, "blocked", NOW)
    later = NOW + timedelta(days=3)
    (ann,) = subscriptions.resume(ANN, later)
    (bob,) = subscriptions.resume(BOB, later)
    assert (ann, bob) == (subscriptions.get(ANN), subscriptions.get(BOB))
    assert (ann.state, ann.reason) == (SubscriptionState.ACTIVE, "")
    assert next_of(ann) == (later, date(2018, 2, 10))  # Its hour has passed.
    assert next_of(bob) == (later + 8 * HOUR, date(2018, 2, 10))
    assert [one.local_date for one in ledger.of(ANN)] == [TODAY]
    assert subscriptions.resume(ANN, later) == ()


def test_subscribing_again_resumes(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="18:00", wanted=("syria",))
    subscriptions.pause(ANN, "blocked", NOW)
    again = subscriptions.subscribe(ANN, 0, NOW, kind="private")
    assert (again.state, again.reason, again.wanted) == (SubscriptionState.ACTIVE, "", ("syria",))


def test_subscribing_again_makes_up_for_no_day_of_the_pause(subscriptions: Subscriptions, ledger: Ledger) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="22:00")
    subscriptions.pause(ANN, "blocked", NOW)
    night = NOW + 13 * HOUR  # The digest of the day before would not be too late yet.
    subscriptions.subscribe(ANN, 0, night, kind="private")
    assert not ledger.waiting(night)
    assert ledger.of(ANN) == ()


def test_a_change_while_paused_counts_when_it_is_resumed(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", hour="18:00")
    subscriptions.pause(ANN, "blocked", NOW)
    changed = subscriptions.change(ANN, 0, NOW, hour="20:00")
    assert changed is not None
    assert changed.state is SubscriptionState.PAUSED
    (resumed,) = subscriptions.resume(ANN, NOW)
    assert next_of(resumed) == (NOW + 8 * HOUR, TODAY)


def test_ending_and_subscribing_again_sends_no_second_one_that_day(
    subscriptions: Subscriptions, ledger: Ledger
) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private", wanted=("syria",))
    send(ledger)
    assert subscriptions.end(ANN, 0, NOW)
    assert subscriptions.get(ANN) is None
    again = subscriptions.subscribe(ANN, 0, NOW, kind="private")
    assert again.wanted == ()
    assert next_of(again) == (MORNING, TOMORROW)


# Forgetting and moving


def rows_of(chats: Chats, chat: int) -> dict[str, int]:
    """Return how many rows each table holds of a chat: of every table that there is."""
    tables = [name for (name,) in chats.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {table: {row[1] for row in chats.rows(f"PRAGMA table_info ({table})")} for table in tables}
    keys = {table: "chat" for table in tables if "chat" in columns[table]} | {"chats": "id"}
    return {
        table: chats.rows(f"SELECT count(*) FROM {table} WHERE {key} = ?", (chat,))[0][0] for table, key in keys.items()
    }


def fill(chats: Chats, ledger: Ledger, chat: int) -> None:
    """Leave rows of a chat in every table, of a Delivery that was sent and one that is being sent."""
    subscriptions = Subscriptions(chats)
    SavedSearches(chats).keep(chat, "a very private matter", NOW)
    for topic in (0, 7):
        subscriptions.subscribe(chat, topic, NOW, kind="group", zone="Europe/Berlin", wanted=("a very private wish",))
    sent, sending = ledger.start([one for one in ledger.due(NOW) if one.subscription.chat == chat], NOW)
    ledger.record([Settled(sent, DeliveryState.SENT, message=5)], NOW)
    assert sending


def test_forgetting_a_chat_deletes_every_row_of_it_and_no_other(chats: Chats, ledger: Ledger) -> None:
    fill(chats, ledger, ANN)
    fill(chats, ledger, BOB)
    before = rows_of(chats, BOB)
    assert set(before) == {"chats", "searches", "subscriptions", "deliveries"}
    assert all(before.values())
    Subscriptions(chats).forget(ANN)
    assert not any(rows_of(chats, ANN).values())
    assert rows_of(chats, BOB) == before


def test_what_was_forgotten_is_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "forgotten.db"
    with Chats.open(path) as chats, Ledger(chats) as ledger:
        fill(chats, ledger, ANN)
        Subscriptions(chats).forget(ANN)
    assert b"very private" not in path.read_bytes()


def test_what_fails_while_forgetting_forgets_nothing(chats: Chats, ledger: Ledger) -> None:
    fill(chats, ledger, ANN)
    before = rows_of(chats, ANN)
    with chats.writing() as connection:
        connection.execute(
            "CREATE TEMP TRIGGER fail BEFORE DELETE ON chats BEGIN SELECT raise(ABORT, 'the disk is gone'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="the disk is gone"):
        Subscriptions(chats).forget(ANN)
    assert rows_of(chats, ANN) == before


def test_a_delivery_in_flight_brings_nothing_of_a_forgotten_chat_back(
    chats: Chats, subscriptions: Subscriptions, ledger: Ledger
) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="private")
    (sending,) = ledger.start(ledger.due(NOW), NOW)
    subscriptions.forget(ANN)
    assert ledger.record([Settled(sending, DeliveryState.SENT)], NOW) == 0
    subscriptions.subscribe(BOB, 0, NOW, kind="private")
    other = lease(ledger)
    assert ledger.start([sending], NOW) == ()
    assert ledger.record([Settled(sending, DeliveryState.GONE)], NOW) == 0
    assert not any(rows_of(chats, ANN).values())
    assert [one.delivery for one in ledger.start([other], NOW)] == [other.delivery]


def test_a_supergroup_takes_over_all_that_its_group_had(chats: Chats, ledger: Ledger) -> None:
    fill(chats, ledger, ANN)
    before, rows = Subscriptions(chats).of(ANN), rows_of(chats, ANN)
    Subscriptions(chats).moved(ANN, GROUP, NOW)
    assert not any(rows_of(chats, ANN).values())
    assert rows_of(chats, GROUP) == rows
    after = Subscriptions(chats).of(GROUP)
    assert [next_of(one) for one in after] == [next_of(one) for one in before]
    assert {one.kind for one in after} == {"supergroup"}
    assert Subscriptions(chats).zone(GROUP) == Zone("Europe/Berlin", "")


def test_a_digest_under_way_while_a_group_moves_is_sent_there_once(
    subscriptions: Subscriptions, ledger: Ledger
) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="group")
    (to_the_group,) = ledger.start(ledger.due(NOW), NOW)
    subscriptions.moved(ANN, GROUP, NOW)
    (to_the_supergroup,) = ledger.start([to_the_group], NOW)
    assert to_the_supergroup.subscription.chat == GROUP
    assert ledger.record([Settled(to_the_supergroup, DeliveryState.SENT)], NOW) == 1
    assert [(one.local_date, one.state) for one in ledger.of(GROUP)] == [(TODAY, DeliveryState.SENT)]
    assert not ledger.waiting(NOW + 20 * HOUR)


@pytest.mark.parametrize("old_first", [True, False])
def test_a_day_that_either_id_had_is_had(old_first: bool, subscriptions: Subscriptions, ledger: Ledger) -> None:
    first, second = (ANN, GROUP) if old_first else (GROUP, ANN)
    subscriptions.subscribe(first, 0, NOW, kind="group", hour="08:00")
    send(ledger)
    subscriptions.subscribe(second, 0, NOW, kind="group", hour="09:00")
    (leased,) = ledger.due(NOW)
    subscriptions.moved(ANN, GROUP, NOW)
    assert ledger.start([leased], NOW) == ()
    assert [(one.local_date, one.state) for one in ledger.of(GROUP)] == [(TODAY, DeliveryState.SENT)]
    (kept,) = subscriptions.of(GROUP)
    assert kept.hour == ("09:00" if old_first else "08:00")
    assert subscriptions.of(ANN) == ()
    assert not ledger.waiting(NOW + 12 * HOUR)


def test_what_came_to_nothing_in_a_group_does_not_stop_its_supergroup(
    subscriptions: Subscriptions, ledger: Ledger
) -> None:
    subscriptions.subscribe(ANN, 0, NOW, kind="group")
    (old,) = ledger.start(ledger.due(NOW), NOW)
    ledger.record([Settled(old, DeliveryState.REFUSED)], NOW)
    subscriptions.subscribe(GROUP, 0, NOW, kind="supergroup")
    (new,) = ledger.start(ledger.due(NOW), NOW)
    subscriptions.moved(ANN, GROUP, NOW)
    assert ledger.record([Settled(new, DeliveryState.SENT)], NOW) == 1
    assert [one.state for one in ledger.of(GROUP)] == [DeliveryState.SENT]


def test_a_search_that_both_ids_made_is_kept_once(chats: Chats) -> None:
    Subscriptions(chats).subscribe(ANN, 0, NOW, kind="group")
    both = {chat: SavedSearches(chats).keep(chat, "syria", NOW) for chat in (ANN, GROUP)}
    Subscriptions(chats).moved(ANN, GROUP, NOW)
    assert SavedSearches(chats).words(both[GROUP]) == "syria"
    assert SavedSearches(chats).words(both[ANN]) is None
    assert rows_of(chats, ANN)["searches"] == 0


def test_a_chat_that_moved_to_itself_keeps_what_it_has(subscriptions: Subscriptions) -> None:
    before = subscriptions.subscribe(ANN, 0, NOW, kind="group")
    subscriptions.moved(ANN, ANN, NOW)
    assert subscriptions.of(ANN) == (before,)


# Databases of before


def test_a_database_of_the_first_schema_keeps_its_searches(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Chats.open(path) as chats:
        search = SavedSearches(chats).keep(ANN, "syria", NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in ("deliveries", "subscriptions", "chats"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'subscriptions_and_deliveries'")
        connection.execute("PRAGMA user_version = 1")
    with Chats.open(path) as chats:
        assert SavedSearches(chats).words(search) == "syria"
        assert Subscriptions(chats).subscribe(ANN, 0, NOW, kind="private") == Subscriptions(chats).get(ANN)
