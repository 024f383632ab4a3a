"""What the bot counts, for Prometheus."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest
from telegram import Update, __version__

from store.health import sqlite_version

WORDS = "words"
"""Counted as a command: words sent without one, in a private chat."""
BUTTON = "button"
"""The same: a pressed button."""
OTHER = "other"
"""The same: all else that is answered, such as commands that there are not."""

_KINDS = frozenset(Update.ALL_TYPES)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one bot, in a registry of their own; `commands` are counted by name, `clock` counts seconds.

    Whoever does something that is counted here says so: `metrics.reloads.labels("done").inc()`. The values of labels
    are few and of this program, never what people wrote; ids of chats are none.
    """

    def __init__(self, commands: Iterable[str] = (), clock: Callable[[], float] = time.monotonic) -> None:
        self._commands = frozenset({WORDS, BUTTON, *commands})
        self._clock = clock
        self._came: ContextVar[float | None] = ContextVar("came", default=None)
        self._registry = CollectorRegistry()
        registry = self._registry
        self.updates = Counter("quotebot_updates", "Updates received", ["kind"], registry=registry)
        self.answers = Counter("quotebot_answers", "Requests of people", ["command", "outcome"], registry=registry)
        self.latency = Histogram(
            "quotebot_answer_seconds",
            "From an update to the first request that answers it, waiting for the chat's turn included",
            buckets=_SECONDS,
            registry=registry,
        )
        self.deliveries = Counter(
            "quotebot_deliveries", "What came of digests, by the ledger", ["outcome"], registry=registry
        )
        self.flood_waits = Counter("quotebot_flood_waits", "Times that Telegram asked to wait", registry=registry)
        self.reloads = Counter(
            "quotebot_reloads", "Reloads of the archive that have ended", ["outcome"], registry=registry
        )
        self.webhook_refusals = Counter(
            "quotebot_webhook_refusals", "Requests refused at the webhook", registry=registry
        )
        self.updates_waiting = Gauge(
            "quotebot_updates_waiting", "Updates received, not yet taken up", registry=registry
        )
        self.updates_at_work = Gauge("quotebot_updates_at_work", "Updates that are being handled", registry=registry)
        self.deliveries_waiting = Gauge(
            "quotebot_deliveries_waiting", "Digests leased, not yet sent", registry=registry
        )
        self.update_age = Gauge(
            "quotebot_poll_age_seconds", "Since updates last came back, or none came", registry=registry
        )
        self.tick_age = Gauge("quotebot_tick_age_seconds", "Since the scheduler last did its round", registry=registry)
        self.documents = Gauge("quotebot_archive_documents", "Documents in the archive", registry=registry)
        self.passages = Gauge("quotebot_archive_passages", "Passages in the archive", registry=registry)
        self.chats = Gauge("quotebot_chats", "Chats known", registry=registry)
        self.subscriptions = Gauge("quotebot_subscriptions", "Subscriptions", ["state"], registry=registry)
        build = {"version": version("quotebot"), "python": platform.python_version()}
        build |= {"python_telegram_bot": __version__, "sqlite": sqlite_version()}
        Info("quotebot_build", "What is running", registry=registry).info(build)
        ProcessCollector(registry=registry)

    def received(self, update: object) -> None:
        """Count an update by its kind, "other" for one that the library does not know."""
        kinds = (kind for kind in _KINDS if getattr(update, kind, None) is not None)
        self.updates.labels(next(kinds, OTHER)).inc()

    @contextmanager
    def answering(self, came: float) -> Iterator[None]:
        """Handle within what came at that time: the first request that leaves ends the wait for an answer."""
        before = self._came.set(came)
        try:
            yield
        finally:
            self._came.reset(before)

    def leaves(self) -> None:
        """Note that a request leaves for Telegram."""
        came = self._came.get()
        if came is not None:
            self._came.set(None)
            self.latency.observe(self._clock() - came)

    def answered(self, command: str, outcome: str) -> None:
        """Count a request of a person and what came of it."""
        self.answers.labels(command if command in self._commands else OTHER, outcome).inc()

    def exposed(self) -> bytes:
        """Return all numbers in Prometheus' text format."""
        return generate_latest(self._registry)
