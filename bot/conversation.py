"""A conversation with the bot in a terminal: what is typed goes in, what a person would see comes out."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
import signal
import sys
import termios
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from typing import Any, NamedTuple, TextIO

from rich.console import Console
from rich.text import Text

from bot.console import AnyApplication, ConsoleTelegram
from bot.console_people import ConsoleChat, ConsoleMessage
from bot.terminal import show_message, show_note, terminal

PROMPT = "> "

_GLANCE_SECONDS = 0.2
_LONG_SECONDS = 1.0


async def _at_once() -> None:
    """Wait for nothing."""


async def converse(
    application: AnyApplication,
    telegram: ConsoleTelegram,
    messages: Iterable[str] | AsyncIterator[str],
    out: TextIO,
    catch_up: Callable[[], Awaitable[None]] = _at_once,
) -> int:
    """Run an Application built with `request=telegram`, say the messages in the owner's private chat, print answers.

    A message that is only a number presses that button of the last answer that has buttons; where several messages
    answered, these are numbered through. Given messages are
    printed before their answers; those of an AsyncIterator, such as `prompt`, are taken to stand there already, and
    what the bot writes on its own while one is awaited is printed when it comes. `catch_up` waits for what it had to
    write at the start. Returns the exit status: 1 where a message was not answered or a button does not exist, else 0.
    """
    console = terminal(out)
    complete = True
    dialogue = _Dialogue(telegram, telegram.private(), console)
    async with telegram.running(application):
        await catch_up()
        if telegram.events:
            dialogue.show_since(0)
            console.print()
        if isinstance(messages, AsyncIterator):
            async for message in _meanwhile(messages, dialogue.watch):
                complete &= await dialogue.exchange(message)
            if console.is_terminal:
                console.print()  # Ctrl-D leaves the cursor behind the prompt
        else:
            for place, message in enumerate(messages):
                if place:
                    console.print()
                console.print(Text(f"{PROMPT}{message}", style="bold"), soft_wrap=True)
                complete &= await dialogue.exchange(message)
    return 0 if complete else 1


async def _meanwhile(messages: AsyncIterator[str], work: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[str]:
    """Yield the messages; while one is awaited, `work` goes on."""
    over = False
    while not over:
        watching = asyncio.create_task(work())
        try:
            message = await anext(messages, None)
        finally:
            watching.cancel()
            await asyncio.wait([watching])
        if message is None:
            over = True
        else:
            yield message


class _Numbered(NamedTuple):
    """A message whose buttons were printed: the number of its first one, and how many it has."""

    message: int
    first: int
    buttons: int


class _Dialogue:
    """What is said in one chat, and printed of it; the buttons of all that came of one message can be pressed."""

    def __init__(self, telegram: ConsoleTelegram, chat: ConsoleChat, console: Console) -> None:
        self._telegram = telegram
        self._chat = chat
        self._console = console
        self._numbered: list[_Numbered] = []
        self._is_fresh = True

    async def watch(self) -> None:
        """Print what the bot writes on its own, then the prompt again."""
        seen = len(self._telegram.events)
        while True:
            await asyncio.sleep(_GLANCE_SECONDS)
            if len(self._telegram.events) > seen:
                self._is_fresh = True
                self.show_since(seen)
                seen = len(self._telegram.events)
                if self._console.is_terminal:
                    self._console.print(f"\n{PROMPT}", end="")

    async def exchange(self, message: str) -> bool:
        """Say or press one thing and print what came of it; False where nothing did."""
        words = message.strip()
        if not words:
            return True
        self._is_fresh = True
        if re.fullmatch(r"[0-9]+", words) and self._numbered:
            return await self._press(int(words))
        return await self._show_meanwhile(self._chat.say(message))

    async def _press(self, number: int) -> bool:
        found = [
            (message, button)
            for one in self._numbered
            if (message := self._chat.message(one.message)) is not None
            for button in message.buttons
            if button.number + one.first - 1 == number
        ]
        if not found:
            last = max(one.first + one.buttons for one in self._numbered) - 1
            show_note(
                f"There is no button {number}, only 1 to {last}. To search for it: /quote {number}", self._console
            )
            return False
        message, button = found[0]
        if button.data is None:
            show_note(button.url or f"“{button.text}” works in Telegram's apps only.", self._console)
            return button.url is not None
        return await self._show_meanwhile(message.press(button.number))

    async def _show_meanwhile(self, work: Coroutine[Any, Any, object]) -> bool:
        """Print what happened since, when the work is done; in a terminal, where that takes long, as it goes, too."""
        before = shown = len(self._telegram.events)
        task = asyncio.create_task(work)
        try:
            while not (await asyncio.wait([task], timeout=_LONG_SECONDS if self._console.is_terminal else None))[0]:
                if len(self._telegram.events) > shown:
                    self.show_since(shown)
                    shown = len(self._telegram.events)
        finally:
            task.cancel()
        task.result()
        return self.show_since(shown) if len(self._telegram.events) > shown or shown == before else True

    def show_since(self, before: int) -> bool:
        """Print what happened since, each message once and as it is now, a blank line before; False for nothing."""
        events = [event for event in self._telegram.events[before:] if event.chat == self._chat.id]
        last_of = {event.content.get("message_id"): place for place, event in enumerate(events)}
        new = {event.content["message_id"] for event in events if event.kind == "sent"}
        for place, event in enumerate(events):
            if event.kind == "answered":
                if event.content["text"]:
                    show_note(f"» {event.content['text']}", self._console)
                continue
            number = event.content["message_id"]
            if last_of[number] != place:
                continue
            if (message := self._chat.message(number)) is not None:
                self._console.print()
                show_message(message, self._console, self._number(message))
            elif number not in new:
                show_note("(a message was deleted)", self._console)
        if not events:
            show_note("(no answer)", self._console)
        return bool(events)

    def _number(self, message: ConsoleMessage) -> int:
        """Return the number of a message's first button, beside those of what came before it of the same exchange."""
        if not message.buttons:
            return 1
        if self._is_fresh:
            self._numbered.clear()
            self._is_fresh = False
        self._numbered = [one for one in self._numbered if one.message != message.id]
        first = max((one.first + one.buttons for one in self._numbered), default=1)
        self._numbered.append(_Numbered(message.id, first, len(message.buttons)))
        return first


async def prompt(stdin: TextIO | None = None) -> AsyncIterator[str]:
    """Yield the lines that a person types, until Ctrl-D or Ctrl-C; the event loop goes on meanwhile.

    In a terminal, Python's `readline` edits the line and remembers earlier ones.
    """
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    loop.add_signal_handler(signal.SIGINT, over.set)
    try:
        with _reader(sys.stdin if stdin is None else stdin) as read:
            while (line := await _next_line(read, over)) is not None:
                yield line
    finally:
        loop.remove_signal_handler(signal.SIGINT)


@contextlib.contextmanager
def _reader(stdin: TextIO) -> Iterator[Callable[[], str]]:
    """Give what reads a line, and leave the terminal as it was."""
    if not stdin.isatty():
        # A file of its own, never closed: a thread that still reads from it when the program ends holds its lock,
        # and closing sys.stdin would wait for that, or bring the interpreter down.
        lines = open(stdin.fileno(), encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        yield functools.partial(_line_of, lines)
        return
    import readline  # noqa: F401, PLC0415  # its import alone makes input() edit lines; only a prompt wants that

    settings = termios.tcgetattr(stdin)
    try:
        yield functools.partial(input, PROMPT)
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, settings)


def _line_of(lines: TextIO) -> str:
    line = lines.readline()
    if not line:
        raise EOFError
    return line


async def _next_line(read: Callable[[], str], over: asyncio.Event) -> str | None:
    """Return the next line, or None when there is none to come or `over` is set.

    A daemon thread waits for it, and is left behind where the program ends first.
    """
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str | None] = loop.create_future()

    def settle(text: str | None, error: Exception | None) -> None:
        if line.done():
            return
        if error is not None:
            line.set_exception(error)
        else:
            line.set_result(text)

    def work() -> None:
        text, error = None, None
        try:
            text = read()
        except EOFError:
            pass
        except Exception as fault:  # noqa: BLE001  # handed on, to be raised where the line is awaited
            error = fault
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, text, error)

    threading.Thread(target=work, daemon=True).start()
    stopped = asyncio.create_task(over.wait())
    stopped.add_done_callback(lambda _: settle(None, None))
    try:
        return await line
    finally:
        stopped.cancel()
