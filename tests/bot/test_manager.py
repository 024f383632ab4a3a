from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.manager import Manager


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(5)
        yield listener


def test_what_the_manager_is_told(heard: socket.socket) -> None:
    manager = Manager({"NOTIFY_SOCKET": heard.getsockname()})
    manager.begins("half of it")
    manager.ready()
    manager.alive()
    manager.status("Telegram answers")
    manager.status("Telegram answers")
    manager.stopping()
    told = [heard.recv(200).decode() for _ in range(6)]
    assert told[:2] == ["STATUS=half of it", "EXTEND_TIMEOUT_USEC=900000000"]
    assert told[2:] == ["READY=1", "WATCHDOG=1", "STATUS=Telegram answers", "STOPPING=1\nSTATUS=stopping"]


def test_an_abstract_socket_is_found() -> None:
    name = f"quotebot-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0{name}")
        listener.settimeout(5)
        Manager({"NOTIFY_SOCKET": f"@{name}"}).ready()
        assert listener.recv(200) == b"READY=1"


def test_without_a_manager_nothing_is_said() -> None:
    manager = Manager({})
    manager.ready()
    assert manager.watches_within is None


def test_a_manager_that_is_gone_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Manager({"NOTIFY_SOCKET": str(tmp_path / "none")}).ready()
    assert "service manager not told" in caplog.text


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "rubbish"}, None),
    ],
)
def test_how_often_the_manager_is_to_be_fed(environment: dict[str, str], seconds: float | None) -> None:
    assert Manager(environment).watches_within == seconds
