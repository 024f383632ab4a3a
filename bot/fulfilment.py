"""One Lease: its Digest is composed and handed to the courier, and what came of it is said as the ledger has it."""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.compositions import Composition, Compositions
from bot.courier import Courier, Letter, Receipt
from bot.desk import Desk
from bot.digest import Edition
from bot.editions import edition_of
from bot.outcomes import Gone, Later, Sent, TopicClosed
from store.errors import ArchiveError, UsageError
from store.model import DeliveryState, Lease, Settled
from store.timing import local_date

PATIENCE = timedelta(seconds=5)
"""How long the courier tries at a stretch; what takes longer waits in the ledger, which outlives the process."""

_FIRST_WAIT = 2.0
_LONGEST_WAIT = 300.0

TOPIC_CLOSED = "topic closed"
"""Why a Subscription is paused whose topic takes no messages any more."""

_log = logging.getLogger(__name__)

Closed = Callable[[int, int], Awaitable[None]]
"""Tells a chat that one of its topics takes no messages any more."""


class Fulfilment:
    """Makes of a Lease a message; `closed` is told of a topic that is closed, `rng` spreads what is tried again."""

    def __init__(
        self, desk: Desk, compositions: Compositions, courier: Courier, closed: Closed, rng: random.Random
    ) -> None:
        self._desk = desk
        self._compositions = compositions
        self._courier = courier
        self._closed = closed
        self._rng = rng

    async def composed(self, leases: Sequence[Lease]) -> list[Composition]:
        """Return the Digest of each lease; raises nothing."""
        now = self._desk.now()
        asked: dict[int, tuple[Edition, bool]] = {}
        composed: dict[int, Composition] = {}
        for lease in leases:
            try:
                asked[lease.delivery] = _edition(lease, now)
            except UsageError as error:  # The database of zones has lost this one.
                composed[lease.delivery] = error
        try:
            composed.update(zip(asked, await self._compositions.of(tuple(asked.values())), strict=True))
        except Exception as error:  # noqa: BLE001 - as below
            composed.update(dict.fromkeys(asked, error))
        return [composed[lease.delivery] for lease in leases]

    async def __call__(self, lease: Lease, composition: Composition) -> Settled:
        """Return what came of a Lease that has been started; raises nothing."""
        try:
            return await self._fulfilled(lease, composition)
        except ArchiveError as error:
            _log.error("digest put off chat=%d error=%s", lease.subscription.chat, error)
            return self._later(lease, "the archive or the ledger can't be used")
        except Exception:  # noqa: BLE001 - what goes wrong with one must not take the others with it
            _log.exception("digest put off chat=%d", lease.subscription.chat)
            return self._later(lease, "a fault of ours")

    async def _fulfilled(self, lease: Lease, composed: Composition) -> Settled:
        subscription = lease.subscription
        if isinstance(composed, Exception):
            raise composed
        if composed is None:
            return Settled(lease, DeliveryState.EMPTY, "the archive is empty")
        if subscription.exact and not composed.exact:
            return Settled(lease, DeliveryState.EMPTY, "nothing falls on its days")
        receipt = await self._courier.deliver(
            Letter(
                chat=subscription.chat,
                topic=subscription.topic,
                html=composed.reply.html,
                keyboard=composed.keyboard,
                silent=subscription.silent,
                passages=composed.passages,
                until=self._desk.now() + PATIENCE,
            )
        )
        return await self._settled(lease, receipt)

    async def _settled(self, lease: Lease, receipt: Receipt) -> Settled:
        chat, topic = lease.subscription.chat, lease.subscription.topic
        if receipt.chat != chat:
            await self._follow(chat, receipt.chat)
        match receipt.outcome:
            case Sent(message):
                return Settled(
                    lease, DeliveryState.SENT, "without its formatting" if receipt.plain else "", message=message
                )
            case Later(reason, after):
                return self._later(lease, reason, after)
            case Gone(reason):
                _log.warning("subscription paused chat=%d topic=%d reason=%s", receipt.chat, topic, reason)
                return Settled(lease, DeliveryState.GONE, reason)
            case TopicClosed(reason):
                _log.warning("subscription paused chat=%d topic=%d reason=%s", receipt.chat, topic, reason)
                await self._closed(receipt.chat, topic)
                return Settled(lease, DeliveryState.GONE, TOPIC_CLOSED)
            case outcome:
                _log.error("digest refused chat=%d topic=%d reason=%s", receipt.chat, topic, outcome)
                return Settled(lease, DeliveryState.REFUSED, getattr(outcome, "reason", str(outcome)))

    async def _follow(self, old: int, new: int) -> None:
        """Take down that a group has moved, if that can be done now.

        If not, the next message to it meets the same answer. What was sent must not be sent again for it.
        """
        try:
            await self._desk.moved(old, new)
        except ArchiveError as error:
            _log.warning("move not taken down chat=%d to=%d error=%s", old, new, error)
        else:
            _log.info("chat moved chat=%d to=%d", old, new)

    def _later(self, lease: Lease, reason: str, after: timedelta | None = None) -> Settled:
        """Return when to try again: exactly after what Telegram said, else after waits that grow and vary."""
        if after is None:
            longest = min(_FIRST_WAIT * 2.0 ** min(lease.attempt - 1, 20), _LONGEST_WAIT)
            after = timedelta(seconds=longest * self._rng.uniform(0.5, 1.0))
        return Settled(lease, DeliveryState.LATER, reason, again_at=self._desk.now() + after)


def _edition(lease: Lease, now: datetime) -> tuple[Edition, bool]:
    """Return which Digest a lease is of, and whether its day is over."""
    past = local_date(lease.subscription.zone, now) > lease.local_date
    return edition_of(lease.subscription, lease.local_date), past
