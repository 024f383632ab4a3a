"""What the digest promises, shown by the real program in its own process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.console_faults import Fault
from tests.bot.program import Program, until
from tests.telegram_stub import ME, StubProcess, fault_to_json

pytestmark = pytest.mark.slow

CHATS = range(1, 2001)
KILLS = 10


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess(latency=0.05) as stub:
        yield stub


@pytest.fixture
def program(tmp_path: Path, telegram: StubProcess) -> Program:
    return Program(tmp_path, telegram)


def sent(telegram: StubProcess) -> dict[int, int]:
    """Return how often each chat was sent something."""
    return {int(chat): number for chat, number in telegram.tell("summary")["chats"].items()}


def has_sent(telegram: StubProcess, messages: int) -> bool:
    return sum(sent(telegram).values()) >= messages


def test_kill_repeats_at_most_what_was_in_flight_and_misses_none(program: Program, telegram: StubProcess) -> None:
    program.subscribe(CHATS)
    in_flight: set[int] = set()
    for _ in range(KILLS):
        mark = sum(sent(telegram).values()) + 120
        program.start()
        until(partial(has_sent, telegram, mark))
        program.kill()
        in_flight |= {chat for (chat,) in program.rows("SELECT chat FROM deliveries WHERE state = 'sending'")}
    program.start()
    until(lambda: program.rows("SELECT count(*) FROM deliveries WHERE state = 'sent'") == [(len(CHATS),)])
    status, seconds = program.stop()
    assert (status, seconds < 10) == (0, True)
    assert set(sent(telegram)) == set(CHATS)
    assert {chat for chat, number in sent(telegram).items() if number > 1} <= in_flight


def test_stop_finishes_what_is_in_flight(program: Program, telegram: StubProcess) -> None:
    telegram.tell("set", latency=0.5)
    program.subscribe(range(1, 501))
    program.start()
    until(partial(has_sent, telegram, 50))
    status, seconds = program.stop()
    assert (status, seconds < 10) == (0, True)
    assert program.rows("SELECT count(*) FROM deliveries WHERE state = 'sending'") == [(0,)]
    assert {chat for (chat,) in program.rows("SELECT chat FROM deliveries WHERE state = 'sent'")} == set(sent(telegram))


GROUP, SUPERGROUP = -7, -1000000000007


@pytest.mark.parametrize(
    ("chat", "fault", "expected"),
    [
        (7, Fault.blocked(), ("paused", "gone")),
        (7, Fault.refused("Forbidden: user is deactivated", 403), ("paused", "gone")),
        (GROUP, Fault.refused("Forbidden: bot was kicked from the group chat", 403), ("paused", "gone")),
        (GROUP, Fault.refused("Bad Request: not enough rights to send text messages to the chat"), ("paused", "gone")),
        (7, Fault.flood(2), ("active", "sent")),
        (7, Fault.gateway(), ("active", "sent")),
        (7, Fault.lost(), ("active", "sent")),
        (7, Fault.silence(), ("active", "sent")),
        (7, Fault.refused("Bad Request: something new"), ("active", "refused")),
        (7, Fault.refused("Forbidden: something new", 403), ("active", "refused")),
        (7, Fault.refused("Bad Request: can't parse entities: it is odd"), ("active", "sent")),
    ],
    ids=[
        *("blocked", "deleted", "kicked", "no right to write", "flood wait", "gateway", "lost connection", "silence"),
        *("unknown 400", "unknown 403", "formatting"),
    ],
)
def test_what_telegram_answers_leaves_the_subscription_in_the_right_state(
    program: Program, telegram: StubProcess, chat: int, fault: Fault, expected: tuple[str, str]
) -> None:
    telegram.tell("inject", fault=fault_to_json(fault), chat=chat)
    program.subscribe([chat, 8])
    program.start()
    until(lambda: program.settled(2))
    program.stop()
    found = program.subscription(chat)
    assert found is not None
    [(delivery,)] = program.rows(f"SELECT state FROM deliveries WHERE chat = {chat}")
    assert (found.state, delivery) == expected
    assert program.rows("SELECT state FROM deliveries WHERE chat = 8") == [("sent",)]
    assert program.log.read_text(encoding="utf-8").count("subscription paused") == (expected[0] == "paused")
    if "parse" in fault.body.decode():
        [_, plain] = telegram.tell("seen", method="sendMessage", chat=chat)
        assert "parse_mode" not in plain["parameters"]
        assert "formatting refused passages=" in program.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("as_timedelta", ["", "true"])
def test_a_flood_wait_is_kept_exactly_for_its_chat_and_no_other(
    tmp_path: Path, telegram: StubProcess, as_timedelta: str
) -> None:
    program = Program(tmp_path, telegram, PTB_TIMEDELTA=as_timedelta)
    telegram.tell("inject", fault=fault_to_json(Fault.flood(4)), chat=7)
    program.subscribe([7, *range(100, 140)])
    program.start()
    until(lambda: program.settled(41))
    program.stop()
    first, second = telegram.tell("seen", method="sendMessage", chat=7)
    assert 4.0 <= second["at"] - first["at"] < 8.0
    others = [one["at"] for one in telegram.tell("seen", method="sendMessage") if one["chat"] != 7]
    assert max(others) < second["at"] - 2.0


def test_a_closed_topic_is_paused_and_said_once_in_general(program: Program, telegram: StubProcess) -> None:
    telegram.tell("inject", fault=fault_to_json(Fault.refused("Bad Request: TOPIC_CLOSED")), chat=SUPERGROUP)
    program.subscribe([SUPERGROUP], topic=5)
    program.start()
    until(lambda: len(telegram.tell("seen", method="sendMessage")) == 2)
    program.stop()
    tried, told = telegram.tell("seen", method="sendMessage")
    assert tried["parameters"]["message_thread_id"] == "5"
    assert "message_thread_id" not in told["parameters"]
    assert "A topic of this group takes no messages any more" in told["parameters"]["text"]
    found = program.subscription(SUPERGROUP, 5)
    assert found is not None
    assert found.state == "paused"
    assert program.rows("SELECT state FROM deliveries") == [("gone",)]


def test_a_group_that_became_a_supergroup_gets_its_digest_there(program: Program, telegram: StubProcess) -> None:
    telegram.tell("inject", fault=fault_to_json(Fault.migrated(SUPERGROUP)), chat=GROUP)
    program.subscribe([GROUP])
    program.start()
    until(lambda: program.settled(1))
    program.stop()
    assert sent(telegram) == {SUPERGROUP: 1}
    assert program.rows("SELECT chat, state FROM deliveries") == [(SUPERGROUP, "sent")]
    assert program.rows("SELECT chat, state FROM subscriptions") == [(SUPERGROUP, "active")]
    assert program.subscription(GROUP) is None


def test_a_chat_that_comes_back_resumes_with_one_button(program: Program, telegram: StubProcess) -> None:
    telegram.tell("inject", fault=fault_to_json(Fault.blocked()), chat=7)
    program.subscribe([7])
    program.start()
    until(lambda: program.settled(1))
    person, me = {"id": 7, "is_bot": False, "first_name": "Ann"}, ME
    chat = {"id": 7, "type": "private", "first_name": "Ann"}
    change = {"chat": chat, "from": person, "date": 1_800_000_000}
    shut_out = {"user": me, "status": "kicked", "until_date": 0}
    back = {"old_chat_member": shut_out, "new_chat_member": {"user": me, "status": "member"}}
    telegram.tell("push", updates=[{"my_chat_member": change | back}])
    until(lambda: len(telegram.tell("seen", method="sendMessage")) == 2)
    offer = telegram.tell("seen", method="sendMessage")[1]
    [button] = [one for row in json.loads(offer["parameters"]["reply_markup"])["inline_keyboard"] for one in row]
    message = {"message_id": offer["message"], "date": 1_800_000_000, "chat": chat, "from": me, "text": "paused"}
    press = {"id": "1", "from": person, "chat_instance": "1", "message": message, "data": button["callback_data"]}
    telegram.tell("push", updates=[{"callback_query": press}])
    until(lambda: program.rows("SELECT state FROM deliveries") == [("sent",)])
    program.stop()
    found = program.subscription(7)
    assert found is not None
    assert found.state == "active"


def test_a_subscription_made_in_a_terminal_never_reaches_telegram(program: Program, telegram: StubProcess) -> None:
    assert "Subscribed" in program.chat("/subscribe")
    with closing(sqlite3.connect(program.data / "console.db", isolation_level=None)) as console:
        console.execute("DELETE FROM deliveries")
        console.execute("UPDATE subscriptions SET next_due_at = unixepoch() - 60, next_date = date()")
    program.start()
    until(lambda: telegram.tell("seen", method="getUpdates"))
    shown = program.chat("/help")
    program.stop()
    assert "From the archive" in shown or "On this day" in shown
    assert not sent(telegram)
    assert program.rows("SELECT count(*) FROM chats") == [(0,)]


def test_stopped_for_two_hours_it_sends_late_and_once(program: Program, telegram: StubProcess) -> None:
    program.subscribe([7], due=timedelta(hours=-2))
    for _ in range(2):
        program.start()
        until(lambda: program.rows("SELECT count(*) FROM deliveries WHERE state = 'sent'") == [(1,)])
        program.stop()
    assert sent(telegram) == {7: 1}


@pytest.mark.parametrize(("late", "states"), [(5, ["missed", "missed", "sent"]), (7, ["missed", "missed", "missed"])])
def test_stopped_for_two_days_it_records_what_was_missed(
    program: Program, telegram: StubProcess, late: int, states: list[str]
) -> None:
    program.subscribe([7], due=timedelta(hours=-late), made=timedelta(days=-2, hours=-late - 1))
    program.start()
    until(lambda: len(program.rows("SELECT id FROM deliveries WHERE state IN ('sent', 'missed')")) == len(states))
    program.stop()
    rows = program.rows("SELECT state, reason FROM deliveries ORDER BY local_date")
    assert [state for state, _ in rows] == states
    assert all(reason for state, reason in rows if state == "missed")
    assert sum(sent(telegram).values()) == states.count("sent")
