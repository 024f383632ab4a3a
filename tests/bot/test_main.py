from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.settings import Settings

pytestmark = pytest.mark.slow  # each starts the program

TOKEN = "123456789:" + "AbCdEf-_" * 4 + "xyz"
SEEDS = Path(__file__).parents[2] / "seeds"
ME = {"id": 123456789, "is_bot": True, "first_name": "Quotebot", "username": "quotebot"}
ANN = {"id": 7, "type": "private", "first_name": "Ann"}
QUOTE = {
    "message_id": 1,
    "date": 1,
    "chat": ANN,
    "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
    "text": "/quote syria",
    "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
}


class BotApi(ThreadingHTTPServer):
    """A Bot API server on loopback with one update to give; `heard` are the methods it was asked for."""

    def __init__(self, *, knows_the_token: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.knows_the_token = knows_the_token
        self.heard: list[tuple[str, str]] = []
        self.answered = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: BotApi

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        method = self.path.rsplit("/", 1)[1]
        first = method == "getUpdates" and all(heard[0] != "getUpdates" for heard in self.server.heard)
        self.server.heard.append((method, body))
        if method == "sendMessage":
            self.server.answered.set()
        if method == "getUpdates" and not first:
            time.sleep(0.1)
        results: dict[str, object] = {
            "getMe": ME,
            "getUpdates": [{"update_id": 1, "message": QUOTE}] if first else [],
            "sendMessage": {"message_id": 2, "date": 1, "chat": ANN, "text": "x"},
        }
        answer = {"ok": True, "result": results.get(method, True)}
        if not self.server.knows_the_token:
            answer = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        written = json.dumps(answer).encode()
        self.send_response(200 if answer["ok"] else 401)
        self.send_header("Content-Length", str(len(written)))
        with suppress(ConnectionError):  # Who waits for updates may leave.
            self.end_headers()
            self.wfile.write(written)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(server: BotApi) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def start(*words: str, **variables: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUOTEBOT_")}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "bot", *words],
        env=environment | variables | {"PYTHONPATH": str(SEEDS.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


@pytest.fixture
def folders(settings: Settings) -> tuple[str, ...]:
    return "--seeds", str(SEEDS), "--data", str(settings.data)


def test_chat_prints_the_answers_and_keeps_apart_from_telegrams_chats(
    folders: tuple[str, ...], settings: Settings
) -> None:
    status, out, err = finish(start("chat", *folders, "/quote syria", "3", "/forget"))
    assert (status, err) == (0, "")
    assert "Sergey Lavrov" in out
    assert "Passage " in out
    assert "nothing is stored of this chat" in out
    assert (settings.data / "console.db").exists()
    assert not (settings.data / "chats.db").exists()


def test_chat_builds_what_changed_first(bare_environment: Path) -> None:
    seeds = bare_environment / "seeds"
    seeds.mkdir()
    text = (SEEDS / "001_10286d6be6f0cf31.txt").read_text(encoding="utf-8")
    (seeds / "one.txt").write_text(text, encoding="utf-8")
    status, out, err = finish(start("chat", "/sources"))
    assert (status, err) == (0, "")
    assert "1 document, newest first" in out
    (seeds / "one.txt").unlink()
    status, out, err = finish(start("chat", "/sources"))
    assert status == 0
    assert "1 document, newest first" in out
    assert "build failed, answering from the archive as it was" in err


def test_without_seeds_and_archive_there_is_nothing_to_chat_about(bare_environment: Path) -> None:
    status, out, err = finish(start("chat", "/sources", "--seeds", str(bare_environment / "none")))
    assert (status, out) == (1, "")
    assert "no seeds folder" in err
    assert len(err.splitlines()) == 1


def test_what_a_start_lacks_is_said_as_the_log_is(bare_environment: Path) -> None:
    given = {"QUOTEBOT_TOKEN": TOKEN, "QUOTEBOT_LOG_FORMAT": "json"}
    status, out, err = finish(start("run", "--seeds", str(bare_environment / "none"), **given))
    assert (status, out) == (1, "")
    [line] = [json.loads(line) for line in err.splitlines()]
    assert line["level"] == "critical"
    assert "There is no seeds folder" in line["event"]


def test_run_tells_all_faults_of_the_settings_and_exits_2(folders: tuple[str, ...]) -> None:
    status, out, err = finish(start("run", *folders, QUOTEBOT_ADMINS="x", QUOTEBOT_TIMEZONE="Mars"))
    assert (status, out) == (2, "")
    assert [line.split(":")[0].split()[0] for line in err.splitlines()] == [
        "QUOTEBOT_TOKEN", "QUOTEBOT_ADMINS", "QUOTEBOT_TIMEZONE",
    ]  # fmt: skip


def test_check_exits_1_where_it_finds_a_fault(folders: tuple[str, ...]) -> None:
    status, out, err = finish(start("check", *folders))
    assert status == 1
    assert "FAULT  QUOTEBOT_TOKEN" in out
    assert "1 fault found." in err
    status, out, err = finish(start("check", *folders, QUOTEBOT_TOKEN=TOKEN))
    assert (status, err) == (0, "")
    assert "FAULT" not in out
    assert "warn   QUOTEBOT_ADMINS names nobody" in out


def test_run_answers_over_http_and_stops_when_told_to(folders: tuple[str, ...]) -> None:
    server = BotApi()
    with serving(server) as address:
        process = start("run", *folders, QUOTEBOT_TOKEN=TOKEN, QUOTEBOT_API_URL=address, QUOTEBOT_LOG_LEVEL="debug")
        try:
            assert server.answered.wait(60)
            process.send_signal(signal.SIGTERM)
            status, out, err = finish(process)
        finally:
            process.kill()
    assert (status, out) == (0, "")
    assert "connected bot=quotebot" in err
    assert TOKEN not in err
    assert "syria" not in err.casefold()
    methods = [method for method, _ in server.heard]
    assert methods.count("setMyCommands") == 2
    sent = next(body for method, body in server.heard if method == "sendMessage")
    assert "parse_mode=HTML" in sent
    assert "is_disabled" in sent


def test_a_token_that_telegram_refuses_ends_the_run_with_exit_2(folders: tuple[str, ...]) -> None:
    with serving(BotApi(knows_the_token=False)) as address:
        status, out, err = finish(start("run", *folders, QUOTEBOT_TOKEN=TOKEN, QUOTEBOT_API_URL=address))
    assert (status, out) == (2, "")
    assert "token refused by Telegram" in err
    assert TOKEN not in err
    assert "Traceback" not in err
    assert len(err.splitlines()) < 6
