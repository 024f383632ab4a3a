"""A watch over the process from outside of its event loop, which can't tell of itself that it is stuck."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

from bot import logs
from bot.signs import Pulse

GRACE_S = 20.0
"""How long an end that was asked for may take."""
STUCK = 1
"""Exit status: the service manager is to start the process anew."""

_log = logging.getLogger(__name__)


class Watch:
    """Asks for the process to be ended by `end` when `pulse` has not beaten for `patience` seconds.

    Where it is still there `grace` seconds later, be it that the event loop is stuck, it is ended from here. That alone
    is left then: a deadlock has no other way out, and what was in flight waits in the ledger. `end` is called in a
    thread of the watch's own.
    """

    def __init__(self, pulse: Pulse, patience: float, end: Callable[[], object], *, grace: float = GRACE_S) -> None:
        self._pulse = pulse
        self._patience = patience
        self._end = end
        self._grace = grace
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer: the end has come by itself."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while self._pulse.age() <= self._patience:
            if self._over.wait(min(1.0, self._patience / 10)):
                return
        _log.critical(
            "no request for updates has come back for %.0f seconds, not even with an error: ending, to be started anew",
            self._pulse.age(),
        )
        self._end()
        if not self._over.wait(self._grace):
            _log.critical("stuck, ending at once\n%s", "\n".join(logs.stacks()))
            os._exit(STUCK)
