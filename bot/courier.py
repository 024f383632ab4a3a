"""The way of a digest to its chat: sent, sent again where that may help, and what became of it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import outcomes
from bot.asking import ask, shown
from bot.markup import Html, plain
from bot.outcomes import Later, Moved, Outcome, Refused, Unformatted
from bot.pace import DIGEST, Pace
from bot.turns import Urgency

IN_FLIGHT = 256
"""Digests that are being sent at a time: at 1,000 a second, those of a quarter of a second."""
ACCEPTED = 4096
"""Digests that are taken at a time, those included that wait to be sent again."""
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 300.0

_MOST_MOVES = 3
_STOPPING = Later("the bot is stopping")
_TOO_LATE = Later("no time left")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest for a chat: `topic` 0 where it has none, `passages` the ids of those it quotes.

    `keyboard` is Telegram's JSON, made once for all chats that get the same; empty for none. No attempt to send begins
    after `until`, aware.
    """

    chat: int
    html: Html
    until: datetime
    topic: int = 0
    keyboard: str = ""
    silent: bool = False
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a Letter: `chat` is another than the Letter's where its group has become a supergroup.

    `outcome` is neither Moved nor Unformatted, which have been acted on, and Later only where the time ran out or the
    bot stops: it may then have been sent all the same, should an attempt have been made. `plain`: without formatting.
    """

    outcome: Outcome
    chat: int
    attempts: int = 0
    plain: bool = False


class Courier:
    """Sends digests by the requests of `bot`, at the pace of its rate limiter `pace`.

    `now` gives the time, aware; `rng` spreads repetitions; `first_wait` is in seconds.
    """

    def __init__(
        self,
        bot: ExtBot[Urgency],
        pace: Pace,
        *,
        now: Callable[[], datetime],
        rng: random.Random,
        in_flight: int = IN_FLIGHT,
        accepted: int = ACCEPTED,
        first_wait: float = FIRST_WAIT_S,
    ) -> None:
        self._bot = bot
        self._pace = pace
        self._now = now
        self._rng = rng
        self._first_wait = first_wait
        self._places = asyncio.Semaphore(accepted)
        self._flights = asyncio.Semaphore(in_flight)
        self._flying = 0
        self._landed = asyncio.Event()
        self._landed.set()
        self._stopping = asyncio.Event()

    async def deliver(self, letter: Letter) -> Receipt:
        """Send a Letter and return what became of it; waits while as many as are `accepted` are on their way.

        It is sent again after a flood wait, exactly as long as Telegram says, and after any passing fault, after waits
        that grow. A connection that is lost may have carried it: it is sent again all the same, since a digest that
        comes twice is better than none.
        """
        async with self._places:
            return await self._deliver(letter)

    def stop(self) -> None:
        """Begin nothing any more: what is not in flight, or comes anew, is Later at once."""
        self._stopping.set()
        self._pace.withdraw()

    async def landed(self, within: float) -> bool:
        """Wait until nothing is in flight, at most so many seconds; return whether that is so."""
        try:
            async with asyncio.timeout(within):
                await self._landed.wait()
        except TimeoutError:
            _log.warning("digests still in flight number=%d", self._flying)
            return False
        return True

    async def _deliver(self, letter: Letter) -> Receipt:
        attempts = failures = moves = 0
        bare = False
        outcome: Outcome = _TOO_LATE
        while self._now() <= letter.until and not self._stopping.is_set():
            attempts += 1
            outcome = await self._attempt(letter, bare=bare)
            match outcome:
                case Moved(chat) if moves < _MOST_MOVES:
                    _log.info("chat moved chat=%d to=%d", letter.chat, chat)
                    letter = replace(letter, chat=chat)
                    moves += 1
                case Unformatted(reason) if not bare:
                    _log.error("formatting refused passages=%s reason=%s", ",".join(letter.passages), reason)
                    bare = True
                case Moved() | Unformatted():
                    outcome = Refused(f"{type(outcome).__name__} again")
                    break
                case Later(reason, after):
                    failures += after is None
                    wait = self._growing_wait(failures) if after is None else after.total_seconds()
                    _log.debug("put off chat=%d seconds=%.1f reason=%s", letter.chat, wait, reason)
                    if not await self._rest(wait, letter.until):
                        break
                case _:
                    break
        else:
            if self._stopping.is_set():
                outcome = _STOPPING
            elif not isinstance(outcome, Later):
                outcome = _TOO_LATE
        return Receipt(outcome, letter.chat, attempts, bare)

    async def _attempt(self, letter: Letter, *, bare: bool) -> Outcome:
        async with self._flights:
            self._flying += 1
            self._landed.clear()
            try:
                return outcomes.of_answer(await self._post(letter, bare=bare))
            except TelegramError as error:
                return outcomes.of_error(error)
            except Exception as error:  # noqa: BLE001 - what goes wrong with one must not take the others with it
                _log.exception("fault while sending chat=%d", letter.chat)
                return Refused(type(error).__name__)
            finally:
                self._flying -= 1
                if not self._flying:
                    self._landed.set()

    async def _post(self, letter: Letter, *, bare: bool) -> object:
        text = plain(letter.html) if bare else letter.html
        asked = {
            "chat_id": letter.chat,
            "message_thread_id": letter.topic or None,
            "disable_notification": letter.silent or None,
            **shown(text, letter.keyboard, formatted=not bare),
        }
        return await ask(self._bot, "sendMessage", asked, DIGEST)

    async def _rest(self, seconds: float, until: datetime) -> bool:
        """Wait that long; return at once, and False, where the time would be up or the bot stops."""
        if self._now() + timedelta(seconds=seconds) > until:
            return False
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return True
        return False

    def _growing_wait(self, failures: int) -> float:
        """Return twice as long as last time, less up to half of it, lest all that failed together return together."""
        longest = min(self._first_wait * 2.0 ** min(failures - 1, 20), LONGEST_WAIT_S)
        return longest * self._rng.uniform(0.5, 1.0)
