"""A Bot API over HTTP on loopback: answers after a set time, remembers every request, fails on demand.

In a test's own process `async with TelegramStub() as stub`; in one of its own `with StubProcess() as stub`, which is
`python -m tests.telegram_stub` told by `POST /stub/<verb>` to call the methods named in `_CONTROLS`. It knows no chats:
whatever is sent anywhere is taken, unless a fault says otherwise. Lean, since benchmarks share two cores with it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, TypeAlias
from urllib.parse import parse_qsl
from urllib.request import urlopen

from bot.console_faults import Fault
from tests.stub_server import Connection, Server

JSON: TypeAlias = dict[str, Any]

ME = {"id": 7_000_000_001, "is_bot": True, "first_name": "Quotebot", "username": "quotebot"}
TOKEN = f"{ME['id']}:{'A' * 35}"
FIRST_OF_FLOOD = 5_000_000_000
"""The people of a flood have ids from this one on."""
_CHAT = re.compile(rb"(?:^|&)chat_id=(-?\d+)(?:&|$)")
_FIELD = re.compile(rb'name="([^"]+)"(?:\r\n[^\r]+)*\r\n\r\n(.*?)\r\n--', re.DOTALL)
_FORM = b"application/x-www-form-urlencoded"
_UPDATES_AT_MOST = 100


@dataclass(slots=True)
class Received:
    """A request of the bot: `at` in seconds of the machine's monotonic clock, `status` of the answer (0: none came).

    `message` is the id of the message that came of it, 0 where none did.
    """

    at: float
    method: str
    chat: int
    kind: bytes
    body: bytes
    status: int = 0
    message: int = 0

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters as sent; what is neither text nor number as JSON."""
        if self.kind.startswith(b"application/json"):
            sent = json.loads(self.body)
            return {name: one if isinstance(one, str) else json.dumps(one) for name, one in sent.items()}
        if self.kind.startswith(b"multipart/"):
            return {name.decode(): one.decode() for name, one in _FIELD.findall(self.body)}
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(slots=True)
class _Trap:
    """A fault that waits for `times` requests of a method (in one chat, or in any)."""

    fault: Fault
    method: str
    chat: int | None
    times: int


@dataclass(slots=True)
class _Flood:
    """People who write once each: so many, what they write, how many have begun and been answered, in what time."""

    updates: int = 0
    text: str = ""
    began: float = 0.0
    begun: int = 0
    answered: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Offer:
    """Updates that come at a steady rate: when each was handed to the bot, and what came of it.

    `waiting` has for each chat since when it waits, `answers` when an answer was asked for and how long that took.
    """

    waiting: dict[int, float] = field(default_factory=dict)
    answers: list[tuple[float, float]] = field(default_factory=list)
    offered: int = 0
    skipped: int = 0
    over: bool = True


class TelegramStub:
    """Telegram's side of the network; `latency` in seconds, `echo` puts the text sent into the answer."""

    def __init__(self, *, latency: float = 0.0, echo: bool = True) -> None:
        self.latency = latency
        self.echo = echo
        self.requests: list[Received] = []
        self.results: JSON = {"getMe": ME, "getWebhookInfo": {"url": "", "pending_update_count": 0}}
        self._server = Server(self._take)
        self._messages = 0
        self._traps: list[_Trap] = []
        self._chaos: tuple[float, Sequence[Fault], random.Random] | None = None
        self._updates: dict[int, JSON] = {}
        self._last_update = 0
        self._polls: list[tuple[Connection, Received, int]] = []
        self._flood = _Flood()
        self._offer = _Offer()
        self._offering: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address to give to a bot as that of its Bot API server."""
        return f"http://127.0.0.1:{self._server.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen on a port of the loopback interface, any free one for 0."""
        await self._server.start(port)

    async def stop(self) -> None:
        """Lose every connection and listen no more."""
        self._polls.clear()
        await self._server.stop()

    # What tests ask for

    def inject(self, fault: Fault, method: str = "sendMessage", *, chat: int | None = None, times: int = 1) -> None:
        """Answer the next requests of a method (in one chat, or in any) with a fault; earlier faults come first."""
        self._traps.append(_Trap(fault, method, chat, times))

    def chaos(self, share: float, faults: Iterable[Fault] = (), seed: int = 0) -> None:
        """Answer this share of all messages with one of the faults, drawn by chance; 0 ends it."""
        self._chaos = (share, tuple(faults), random.Random(seed)) if share else None  # noqa: S311 - no secret

    def push(self, *updates: Mapping[str, Any]) -> None:
        """Hand updates to the bot; they are numbered here."""
        for update in updates:
            self._last_update += 1
            self._updates[self._last_update] = {"update_id": self._last_update, **update}
        for poll in self._polls:
            self._answer_poll(*poll)
        self._polls.clear()

    def say(self, text: str, chat: int = 1001) -> None:
        """Let a person write to the bot in private."""
        self._messages += 1
        person = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        message = {"message_id": self._messages, "date": int(time.time()), "text": text, "from": person}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self.push({"message": message | {"chat": {"id": chat, "type": "private", "first_name": "Ann"}}})

    def flood(self, updates: int, in_flight: int, text: str = "hello") -> None:
        """Let that many people write once each, a new one when one was answered: `in_flight` wait at a time."""
        self._flood = _Flood(updates, text, time.monotonic())
        for _ in range(min(in_flight, updates)):
            self._next_of_flood()

    def offer(self, rate: float, seconds: float, texts: Sequence[str], chats: int) -> None:
        """Let so many people write by turns, so often a second, whether or not the bot keeps up.

        One who still waits for an answer is passed over. A text that begins with "!" is the data of a pressed button.
        """
        self._offer = _Offer(over=False)
        self._offering = asyncio.get_running_loop().create_task(self._offer_all(rate, seconds, texts, chats))

    @property
    def offered(self) -> JSON:
        """What came of the offer, times in seconds from its first update."""
        offer = self._offer
        first = offer.answers[0][0] - offer.answers[0][1] if offer.answers else 0.0
        answers = [(at - first, took) for at, took in offer.answers]
        told = {"offered": offer.offered, "skipped": offer.skipped, "waiting": len(offer.waiting), "over": offer.over}
        return told | {"answers": answers}

    @property
    def sent(self) -> list[Received]:
        """Requests that became messages, or changed them, in order."""
        return [request for request in self.requests if request.message]

    def seen(self, since: int = 0, method: str = "", chat: int | None = None) -> list[JSON]:
        """Return requests as JSON objects, from a number on, of one method or of all, to one chat or to all."""
        return [
            {"at": one.at, "method": one.method, "chat": one.chat, "status": one.status, "message": one.message}
            | {"parameters": one.parameters}
            for one in self.requests[since:]
            if method in {"", one.method} and chat in {None, one.chat}
        ]

    def summary(self) -> JSON:
        """Return how many requests there were, and how often each chat was sent something."""
        chats: dict[int, int] = {}
        for one in self.sent:
            chats[one.chat] = chats.get(one.chat, 0) + 1
        return {"requests": len(self.requests), "chats": chats}

    @property
    def flooded(self) -> JSON:
        """How many people of the flood have begun and been answered, and in how many seconds."""
        return asdict(self._flood)

    def times(self, method: str = "sendMessage") -> list[float]:
        """Return when each request of a method came, in seconds of the machine's monotonic clock."""
        return [one.at for one in self.requests if one.method == method]

    # Telegram's side of a request

    def _take(self, connection: Connection, place: str, name: str, kind: bytes, body: bytes) -> None:
        if place == "stub":
            result = _CONTROLS[name](self, json.loads(body or b"{}"))
            connection.answer(200, json.dumps(result).encode())
            return
        request = Received(time.monotonic(), name, 0, kind, body)
        if not kind.startswith(_FORM):
            with suppress(ValueError):
                request.chat = int(request.parameters.get("chat_id", "0"))
        elif found := _CHAT.search(body):
            request.chat = int(found[1])
        if self._offering is None:
            self.requests.append(request)
        elif request.chat in self._offer.waiting:
            self._offer.answers.append((request.at, request.at - self._offer.waiting.pop(request.chat)))
        fault = self._next_fault(request)
        if name == "getUpdates" and fault is None:
            self._poll(connection, request)
        elif fault is None:
            request.status = 200
            connection.answer(200, b'{"ok":true,"result":' + self._done(request) + b"}", self.latency)
        else:
            self._fail(connection, request, fault)

    def _fail(self, connection: Connection, request: Received, fault: Fault) -> None:
        request.status = fault.status
        if fault.delivered:
            self._done(request)
        if fault.status:
            connection.answer(fault.status, fault.body, self.latency)
        elif not fault.timed_out:
            asyncio.get_running_loop().call_later(self.latency, connection.cut)

    def _done(self, request: Received) -> bytes:
        """Do what is asked and return the result as JSON."""
        method = request.method
        if method in self.results:
            return json.dumps(self.results[method]).encode()
        if not method.startswith(("send", "edit", "copy", "forward")) or method == "sendChatAction":
            return b"true"
        self._messages += 1
        request.message = self._messages
        if FIRST_OF_FLOOD <= request.chat < FIRST_OF_FLOOD + self._flood.begun:
            self._flood.answered += 1
            self._flood.seconds = time.monotonic() - self._flood.began
            self._next_of_flood()
        kind = "private" if request.chat > 0 else "supergroup" if request.chat < -(10**12) else "group"
        message = f'{{"message_id":{request.message},"date":{int(time.time())}'
        if self.echo:
            message += f',"text":{json.dumps(request.parameters.get("text", ""))}'
        return f'{message},"chat":{{"id":{request.chat},"type":"{kind}"}}}}'.encode()

    def _next_fault(self, request: Received) -> Fault | None:
        for trap in self._traps:
            if trap.method == request.method and trap.chat in {None, request.chat}:
                trap.times -= 1
                if not trap.times:
                    self._traps.remove(trap)
                return trap.fault
        if self._chaos is not None and request.method == "sendMessage":
            share, faults, rng = self._chaos
            if rng.random() < share:
                return rng.choice(faults)
        return None

    def _poll(self, connection: Connection, request: Received) -> None:
        asked = request.parameters
        patience = float(asked.get("timeout", 0))
        poll = (connection, request, int(asked.get("offset", 0)))
        for number in [number for number in self._updates if number < poll[-1]]:
            del self._updates[number]
        if self._updates or not patience:
            self._answer_poll(*poll)
            return

        def give_up() -> None:
            if poll in self._polls:
                self._polls.remove(poll)
                self._answer_poll(*poll)

        self._polls.append(poll)
        asyncio.get_running_loop().call_later(patience, give_up)

    def _answer_poll(self, connection: Connection, request: Received, offset: int) -> None:
        some = [update for number, update in self._updates.items() if number >= offset][:_UPDATES_AT_MOST]
        request.status = 200
        # What is offered is handed over at once: its time is counted from then.
        late = 0.0 if self._offering else self.latency
        connection.answer(200, json.dumps({"ok": True, "result": some}).encode(), late)
        if self._offering:
            now = time.monotonic()
            for update in some:
                self._offer.waiting[_person_of(update)] = now

    async def _offer_all(self, rate: float, seconds: float, texts: Sequence[str], chats: int) -> None:
        began = time.monotonic()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(began + number / rate - time.monotonic())
            person = FIRST_OF_FLOOD + number % chats
            self._offer.offered += 1
            if person in self._offer.waiting:
                self._offer.skipped += 1
                continue
            text = texts[number % len(texts)]
            if text.startswith("!"):
                self._press(text[1:], person)
            else:
                self.say(text, person)
        self._offer.over = True

    def _press(self, data: str, chat: int) -> None:
        """Let a person press a button under a message of the bot."""
        self._messages += 1
        chat_of_it = {"id": chat, "type": "private", "first_name": "Ann"}
        message = {"message_id": self._messages, "date": int(time.time()), "chat": chat_of_it, "from": ME, "text": "…"}
        person = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        press = {"id": str(self._messages), "from": person, "chat_instance": "1", "message": message, "data": data}
        self.push({"callback_query": press})

    def _next_of_flood(self) -> None:
        if self._flood.begun < self._flood.updates:
            self._flood.begun += 1
            self.say(self._flood.text, FIRST_OF_FLOOD + self._flood.begun - 1)


class StubProcess:
    """A stub in a process of its own; `tell("inject", fault=fault_to_json(Fault.blocked()))` calls its methods."""

    def __init__(self, *, latency: float = 0.0, echo: bool = True, port: int = 0) -> None:
        arguments = ["--port", str(port), "--latency", str(latency), *([] if echo else ["--no-echo"])]
        self._command = [sys.executable, "-m", "tests.telegram_stub", *arguments]
        self.url = ""

    def __enter__(self) -> Self:
        folder = Path(__file__).parents[1]
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True, cwd=folder)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def tell(self, verb: str, **given: object) -> Any:  # noqa: ANN401 - JSON
        """Call a method of the stub and return what it returned."""
        return tell(self.url, verb, **given)


def _person_of(update: JSON) -> int:
    [content] = [one for name, one in update.items() if name != "update_id"]
    return int(content["from"]["id"])


def tell(url: str, verb: str, **given: object) -> Any:  # noqa: ANN401 - JSON
    """Call a method of the stub at that address and return what it returned."""
    with urlopen(f"{url}/stub/{verb}", json.dumps(given).encode(), timeout=60) as answer:  # noqa: S310 - loopback
        return json.load(answer)


def fault_to_json(fault: Fault) -> JSON:
    """Return a fault in the form that `inject` and `chaos` of a `StubProcess` take."""
    return asdict(fault) | {"body": fault.body.decode("latin-1")}


def _fault(given: JSON) -> Fault:
    return Fault(**(given | {"body": given["body"].encode("latin-1")}))


def _set(stub: TelegramStub, given: JSON) -> None:
    stub.latency = given.get("latency", stub.latency)
    stub.results |= given.get("results", {})


_CONTROLS: dict[str, Callable[[TelegramStub, JSON], object]] = {
    "inject": lambda stub, given: stub.inject(_fault(given.pop("fault")), **given),
    "chaos": lambda stub, given: stub.chaos(given["share"], map(_fault, given.get("faults", ())), given.get("seed", 0)),
    "push": lambda stub, given: stub.push(*given["updates"]),
    "say": lambda stub, given: stub.say(**given),
    "flood": lambda stub, given: stub.flood(**given),
    "offer": lambda stub, given: stub.offer(**given),
    "offered": lambda stub, _given: stub.offered,
    "flooded": lambda stub, _given: stub.flooded,
    "seen": lambda stub, given: stub.seen(**given),
    "summary": lambda stub, _given: stub.summary(),
    "times": lambda stub, given: stub.times(**given),
    "set": _set,
    "clear": lambda stub, _given: stub.requests.clear(),
}


async def _serve(port: int, latency: float, *, echo: bool) -> None:
    stub = TelegramStub(latency=latency, echo=echo)
    await stub.start(port)
    print(stub.url.rpartition(":")[2], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Bot API over HTTP on loopback; prints the port it listens on.")
    parser.add_argument("--port", type=int, default=0, help="any free one for 0")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds until a request is answered")
    parser.add_argument("--no-echo", action="store_true", help="leave the text out of answers, which is quicker")
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(given.port, given.latency, echo=not given.no_echo))
