"""The service manager that started the process, where it wants to know how it fares: systemd's notification protocol.

https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html; without one, nothing is said to anybody.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

_MICRO = 1e-6
_START_S = 900
"""How long a part of the start may take: what the unit gives it in all, which is more than any text needs."""

_log = logging.getLogger(__name__)


class Manager:
    """Says "READY=1" and the like to whoever is named in `environment`."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # A name that begins with @ is one of the abstract namespace.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._said: str | None = None
        mine = environment.get("WATCHDOG_PID", "") in {"", str(os.getpid())}
        timeout = environment.get("WATCHDOG_USEC", "")
        self.watches_within = float(timeout) * _MICRO if mine and timeout.isdecimal() else None
        """Within how many seconds the manager expects to be fed again, None where it does not watch."""

    def begins(self, words: str) -> None:
        """Say how far the start is, and ask for time for the rest of it."""
        self.status(words)
        self._say(f"EXTEND_TIMEOUT_USEC={_START_S / _MICRO:.0f}")

    def ready(self) -> None:
        """Say that the start is over."""
        self._say("READY=1")

    def alive(self) -> None:
        """Feed the manager's watchdog."""
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._say("STOPPING=1\nSTATUS=stopping")

    def status(self, words: str) -> None:
        """Say in a line what the process is at, where that has changed."""
        if words != self._said:
            self._said = words
            self._say(f"STATUS={words}")

    def _say(self, message: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to:
                to.settimeout(0)
                to.connect(self._address)
                to.send(message.encode())
        except OSError as error:
            _log.warning("service manager not told error=%s", error.strerror)
