"""What running promises, shown by the real program in its own process."""

from __future__ import annotations

import json
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.console_faults import Fault
from tests.bot.program import Program, until
from tests.telegram_stub import TOKEN, StubProcess, fault_to_json

pytestmark = pytest.mark.slow

SECRET = "a-secret_that-is-ours"  # noqa: S105
WRONG = "wrong-one"
WRITTEN = "zanzibarwhatsomebodywrote"
UNAUTHORIZED = Fault.refused("Unauthorized", 401)


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess() as stub:
        yield stub


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture(autouse=True)
def _made_before(tmp_path: Path, seeds_archive: Path, places_file: Path) -> None:
    """Spare each start the making of what others test."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(seeds_archive, data / "archive.db")
    (data / "places.db").hardlink_to(places_file)


@pytest.fixture
def program(tmp_path: Path, telegram: StubProcess, port: int) -> Iterator[Program]:
    program = Program(tmp_path, telegram, QUOTEBOT_METRICS_LISTEN=f"127.0.0.1:{port}")
    yield program
    program.kill()


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    """Return status and body; status 0 where nobody listens."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, ConnectionError):
        return 0, ""


def bring(port: int, update: object, secret: str = SECRET) -> int:
    """Bring an update to the webhook as Telegram does, and return the status."""
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    request = Request(f"http://127.0.0.1:{port}/hook", json.dumps(update).encode(), headers)
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            return int(answer.status)
    except HTTPError as error:
        return error.code


def seen(telegram: StubProcess, method: str) -> list[dict[str, Any]]:
    return list(telegram.tell("seen", method=method))


def answered(telegram: StubProcess, chat: int) -> bool:
    return any(request["chat"] == chat for request in seen(telegram, "sendMessage"))


def inject(telegram: StubProcess, fault: Fault, method: str, times: int = 1) -> None:
    telegram.tell("inject", fault=fault_to_json(fault), method=method, times=times)


def test_a_wrong_token_ends_it_with_exit_2(program: Program, telegram: StubProcess) -> None:
    inject(telegram, UNAUTHORIZED, "getMe", 100)
    program.start()
    assert program.ended() == 2
    assert "token refused by Telegram" in program.told()
    assert len(seen(telegram, "getMe")) == 1


def test_a_token_that_is_revoked_ends_it_with_exit_2(program: Program, telegram: StubProcess) -> None:
    program.start()
    until(lambda: seen(telegram, "getUpdates"))
    inject(telegram, UNAUTHORIZED, "getUpdates", 1000)
    telegram.tell("say", text="/about")  # ends the request that waits
    assert program.ended() == 2
    assert "token refused by Telegram" in program.told()


def test_telegram_that_is_away_at_the_start_is_told_and_waited_for(tmp_path: Path) -> None:
    port, monitor = free_port(), free_port()
    away = StubProcess(port=port)
    away.url = f"http://127.0.0.1:{port}"
    program = Program(tmp_path, away, QUOTEBOT_METRICS_LISTEN=f"127.0.0.1:{monitor}")
    program.start()
    try:
        until(lambda: "telegram is away, trying again reason=NetworkError" in program.told())
        time.sleep(4)
        assert program.told().count("telegram is") == 1
        with StubProcess(port=port) as telegram:
            telegram.tell("say", text="/about", chat=7)
            until(lambda: answered(telegram, 7))
            until(lambda: get(monitor, "/healthz")[0] == 200)
            assert "telegram is back" in program.told()
            assert program.stop()[0] == 0
    finally:
        program.kill()


def test_it_can_be_stopped_while_telegram_is_away(tmp_path: Path) -> None:
    away = StubProcess()
    away.url = f"http://127.0.0.1:{free_port()}"
    program = Program(tmp_path, away)
    program.start()
    until(lambda: "telegram is away" in program.told())
    status, seconds = program.stop()
    assert (status, seconds < 10) == (0, True)


def test_an_address_that_is_taken_ends_it_with_a_sentence(program: Program, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        program.start()
        assert program.ended() == 1
    assert f"can't listen on 127.0.0.1:{port}: " in program.told()
    assert "Traceback" not in program.told()


def test_requests_for_updates_that_do_not_come_back_end_it(program: Program, telegram: StubProcess) -> None:
    inject(telegram, Fault.silence(), "getUpdates", 1000)
    program.start(patience=2.0)
    assert program.ended() == 1
    assert "no request for updates has come back for" in program.told()


def test_errors_that_come_back_do_not_end_it(program: Program, telegram: StubProcess) -> None:
    inject(telegram, Fault.gateway(), "getUpdates", 3)
    program.start(patience=12.0)
    telegram.tell("say", text="/about", chat=7)
    until(lambda: answered(telegram, 7))
    assert program.stop()[0] == 0


def test_health_turns_bad_and_good_again(program: Program, port: int) -> None:
    program.start()
    until(lambda: get(port, "/healthz")[0] == 200)
    assert json.loads(get(port, "/healthz")[1]) == {"healthy": True, "amiss": {}}
    archive = program.data / "archive.db"
    good = archive.read_bytes()
    archive.write_bytes(b"rubbish" * 100_000)
    until(lambda: get(port, "/healthz")[0] == 503)
    told = json.loads(get(port, "/healthz")[1])
    assert not told["healthy"]
    assert "archive.db is damaged" in told["amiss"]["archive"]
    archive.write_bytes(good)
    until(lambda: get(port, "/healthz")[0] == 200)
    assert program.stop()[0] == 0


def test_numbers_can_be_read_and_tell_what_happened(program: Program, telegram: StubProcess, port: int) -> None:
    program.subscribe([70])
    program.start()
    for chat, said in ((1, "/quote syria"), (2, "/about"), (3, "/weather"), (4, "syria"), (5, "/reload")):
        telegram.tell("say", text=said, chat=chat)
    telegram.tell("push", updates=[{"poll": {"id": "1", "question": WRITTEN}}, {"of_tomorrow": {}}])
    until(lambda: all(answered(telegram, chat) for chat in (1, 2, 3, 4, 5, 70)))
    until(lambda: 'quotebot_deliveries_total{outcome="sent"} 1.0' in get(port, "/metrics")[1])
    status, text = get(port, "/metrics")
    assert status == 200
    families = {family.name: family for family in text_string_to_metric_families(text)}
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert values["quotebot_updates_total", "message"] == 5
    assert values["quotebot_answers_total", "answered", "quote"] == 1
    assert values["quotebot_answers_total", "answered", "words"] == 1
    assert values["quotebot_answers_total", "answered", "other"] >= 1
    assert values["quotebot_answer_seconds_count",] == 5
    assert values["quotebot_archive_documents",] == 5
    assert values["quotebot_archive_passages",] > 200
    assert values["quotebot_subscriptions", "active"] == 1
    assert values["process_resident_memory_bytes",] > 0
    assert families["quotebot_build_info"].samples[0].labels["python_telegram_bot"]
    assert WRITTEN not in text


def test_webhook_from_end_to_end(tmp_path: Path, telegram: StubProcess) -> None:
    port, monitor = free_port(), free_port()
    program = Program(
        tmp_path,
        telegram,
        QUOTEBOT_WEBHOOK_URL="https://bot.example.org/hook",
        QUOTEBOT_WEBHOOK_SECRET=SECRET,
        QUOTEBOT_LISTEN=f"127.0.0.1:{port}",
        QUOTEBOT_METRICS_LISTEN=f"127.0.0.1:{monitor}",
    )
    message = {"message_id": 1, "date": 1, "chat": {"id": 9, "type": "private", "first_name": "A"}, "text": WRITTEN}
    program.start()
    try:
        until(lambda: seen(telegram, "setWebhook"))
        [told] = [request["parameters"] for request in seen(telegram, "setWebhook")]
        assert told["url"] == "https://bot.example.org/hook"
        assert told["secret_token"] == SECRET
        assert told["max_connections"] == "40"
        assert json.loads(told["allowed_updates"]) == ["message", "channel_post", "callback_query", "my_chat_member"]
        assert "drop_pending_updates" not in told
        assert bring(port, {"update_id": 1, "message": message}, secret=WRONG) == 403
        assert bring(port, {"update_id": 1, "message": message}) == 200
        until(lambda: answered(telegram, 9))
        until(lambda: get(monitor, "/healthz")[0] == 200)
        assert not seen(telegram, "getUpdates")
        assert program.stop()[0] == 0
    finally:
        program.kill()
    assert "reason=the secret is wrong" in program.told()
    for secret in (SECRET, WRONG, TOKEN, WRITTEN):
        assert secret not in program.told()


def test_polling_takes_a_webhook_away_and_drops_nothing(program: Program, telegram: StubProcess) -> None:
    program.start()
    until(lambda: seen(telegram, "getUpdates"))
    assert seen(telegram, "deleteWebhook")
    assert not any("drop_pending_updates" in request["parameters"] for request in seen(telegram, "deleteWebhook"))


def test_the_service_manager_is_told_and_fed(tmp_path: Path, telegram: StubProcess) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(30)
        program = Program(tmp_path, telegram, NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="1500000")
        program.start()
        heard: list[str] = []
        while not {"READY=1", "STATUS=Telegram answers"} <= set(heard) or heard.count("WATCHDOG=1") < 4:
            heard.append(listener.recv(400).decode())
        inject(telegram, Fault.gateway(), "getUpdates", 3)
        telegram.tell("say", text="/about")
        while not heard[-1].startswith("STATUS=Telegram is away"):
            heard.append(listener.recv(400).decode())
        program.stop()
        listener.settimeout(0)
        while "STOPPING=1" not in heard[-1]:
            heard.append(listener.recv(400).decode())


def test_a_flood_is_told_once_and_others_are_answered(program: Program, telegram: StubProcess) -> None:
    program.start()
    until(lambda: seen(telegram, "getUpdates"))
    for _ in range(40):
        telegram.tell("say", text="/about", chat=7)
    telegram.tell("say", text="/about", chat=8)
    until(lambda: answered(telegram, 8))

    def told() -> list[str]:
        texts = [one["parameters"]["text"] for one in seen(telegram, "sendMessage") if one["chat"] == 7]
        return [text for text in texts if text.startswith("Slow down")]

    until(lambda: len(told()) == 1)
    time.sleep(1)
    assert len(told()) == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_output_of_a_run_full_of_faults_holds_the_token_or_what_people_wrote(
    tmp_path: Path, telegram: StubProcess, form: str
) -> None:
    program = Program(tmp_path, telegram, QUOTEBOT_LOG_LEVEL="debug", QUOTEBOT_LOG_FORMAT=form)
    leaking = f"Bad Gateway /bot{TOKEN}/sendMessage"
    faults = [
        Fault(200, b"{garbage"),
        Fault(200, b"[]"),
        Fault(502, leaking.encode()),
        Fault.lost(),
        Fault.gateway(),
        UNAUTHORIZED,
        Fault.flood(1),
        Fault.refused(f"Bad Request: {leaking}"),
        Fault.refused("Conflict: terminated by other getUpdates request", 409),
    ]
    for fault in faults[:3]:
        inject(telegram, fault, "getMe")
    program.start()
    until(lambda: seen(telegram, "getUpdates"))
    archive = program.data / "archive.db"
    for number, fault in enumerate(faults):
        inject(telegram, fault, "sendMessage")
        telegram.tell("say", text=f"{WRITTEN} {number}", chat=100 + number)
        telegram.tell("say", text=f"/subscribe {WRITTEN}", chat=100 + number)
    telegram.tell("push", updates=[{"message": {"text": WRITTEN}}, {"callback_query": {"id": "1", "data": WRITTEN}}])
    for fault in (*faults[:2], Fault(502, leaking.encode()), Fault.lost(), UNAUTHORIZED):
        inject(telegram, fault, "getUpdates")
    telegram.tell("say", text=WRITTEN, chat=200)
    until(lambda: answered(telegram, 200))
    archive.write_bytes(b"rubbish" * 100_000)
    telegram.tell("say", text=WRITTEN, chat=201)
    until(lambda: answered(telegram, 201))
    telegram.tell("say", text="/about", chat=202)
    program.stop()
    told = program.told()
    assert len(told) > 1000
    for secret in (TOKEN, TOKEN.partition(":")[2], WRITTEN, WRITTEN.upper()):
        assert secret not in told
    if form == "json":
        for line in told.splitlines():
            json.loads(line)
