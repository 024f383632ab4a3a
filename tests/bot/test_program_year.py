"""A year of digests in zones of every kind: the bot in a process of its own, time handed to it, not waited for."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.telegram_stub import StubProcess

pytestmark = pytest.mark.slow

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Australia/Lord_Howe")
PUT_FORWARD = {"Europe/Berlin": ["03:00"], "America/New_York": ["03:00"], "Australia/Lord_Howe": ["02:30"]}
"""Of 02:15, which these have not on the night when clocks are put forward: the first instant after it."""


@pytest.mark.parametrize(("hour", "put_forward"), [("09:00", {}), ("02:15", PUT_FORWARD)])
def test_a_year_has_one_digest_for_each_local_date_at_the_right_time(
    settings: Settings, hour: str, put_forward: dict[str, list[str]]
) -> None:
    with StubProcess() as telegram:
        command = [sys.executable, "-m", "tests.bot.yearly", str(settings.data), telegram.url, hour, *ZONES]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[2])
        messages = telegram.tell("summary")["chats"]
    had: dict[str, list[tuple[date, str]]] = {zone: [] for zone in ZONES}
    for line in run.stdout.splitlines():
        chat, day, wall = line.split()
        assert wall.startswith(day), line
        had[ZONES[int(chat) - 1]].append((date.fromisoformat(day), wall[11:]))
    for number, zone in enumerate(ZONES, 1):
        days = [day for day, _ in had[zone]]
        assert days == [days[0] + timedelta(count) for count in range(len(days))], zone
        assert len(days) >= 364, zone
        assert messages[str(number)] == len(days), zone
        # The first comes when it is subscribed to, where its hour has passed by then.
        assert [wall for _, wall in had[zone][1:] if wall != hour] == put_forward.get(zone, []), zone
