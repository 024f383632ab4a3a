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
from typing import Any, TextIO

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

    A message that is only a number presses that button of the last answer that has buttons. Given messages are
    printed before their answers; those of an AsyncIterator, such as `prompt`, are taken to stand there already, and
    what the bot writes on its own while one is awaited is printed when it comes. `catch_up` waits for what it had to
    write at the start. Returns the exit status: 1 where a message was not answered or a button does not exist, else 0.
    """
    console = terminal(out)
    complete = True
    chat = telegram.private()
    async with telegram.running(application):
        await catch_up()
        if telegram.events:
            _show_events(telegram, chat, 0, console)
            console.print()
        if isinstance(messages, AsyncIterator):
            async for message in _meanwhile(messages, lambda: _watch(telegram, chat, console)):
                complete &= await _exchange(telegram, chat, message, console)
            if console.is_terminal:
                console.print()  # Ctrl-D leaves the cursor behind the prompt
        else:
            for place, message in enumerate(messages):
                if place:
                    console.print()
                console.print(Text(f"{PROMPT}{message}", style="bold"), soft_wrap=True)
                complete &= await _exchange(telegram, chat, message, console)
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


async def _watch(telegram: ConsoleTelegram, chat: ConsoleChat, console: Console) -> None:
    """Print what the bot writes on its own, then the prompt again."""
    seen = len(telegram.events)
    while True:
        await asyncio.sleep(_GLANCE_SECONDS)
        if len(telegram.events) > seen:
            _show_events(telegram, chat, seen, console)
            seen = len(telegram.events)
            if console.is_terminal:
                console.print(f"\n{PROMPT}", end="")


async def _exchange(telegram: ConsoleTelegram, chat: ConsoleChat, message: str, console: Console) -> bool:
    """Say or press one thing and print what came of it; False where nothing did."""
    words = message.strip()
    if not words:
        return True
    before = len(telegram.events)
    source = next((answer for answer in reversed(chat.answers) if answer.buttons), None)
    if re.fullmatch(r"[0-9]+", words) and source is not None:
        return await _press(telegram, source, int(words), console)
    return await _show_meanwhile(chat.say(message), telegram, chat, before, console)


async def _press(telegram: ConsoleTelegram, message: ConsoleMessage, number: int, console: Console) -> bool:
    before = len(telegram.events)
    try:
        button = message.button(number)
    except LookupError:
        last = len(message.buttons)
        show_note(f"There is no button {number}, only 1 to {last}. To search for it: /quote {number}", console)
        return False
    if button.data is None:
        show_note(button.url or f"“{button.text}” works in Telegram's apps only.", console)
        return button.url is not None
    return await _show_meanwhile(message.press(number), telegram, message.chat, before, console)


async def _show_meanwhile(
    work: Coroutine[Any, Any, object], telegram: ConsoleTelegram, chat: ConsoleChat, before: int, console: Console
) -> bool:
    """Print what happened since, when the work is done; in a terminal, where that takes long, as it goes, too."""
    task = asyncio.create_task(work)
    shown = before
    try:
        while not (await asyncio.wait([task], timeout=_LONG_SECONDS if console.is_terminal else None))[0]:
            if len(telegram.events) > shown:
                _show_events(telegram, chat, shown, console)
                shown = len(telegram.events)
    finally:
        task.cancel()
    task.result()
    return _show_events(telegram, chat, shown, console) if len(telegram.events) > shown or shown == before else True


def _show_events(telegram: ConsoleTelegram, chat: ConsoleChat, before: int, console: Console) -> bool:
    """Print what happened since, each message once and as it is now, after a blank line; False where nothing did."""
    events = [event for event in telegram.events[before:] if event.chat == chat.id]
    last_of = {event.content.get("message_id"): place for place, event in enumerate(events)}
    new = {event.content["message_id"] for event in events if event.kind == "sent"}
    for place, event in enumerate(events):
        if event.kind == "answered":
            if event.content["text"]:
                show_note(f"» {event.content['text']}", console)
            continue
        number = event.content["message_id"]
        if last_of[number] != place:
            continue
        if (message := chat.message(number)) is not None:
            console.print()
            show_message(message, console)
        elif number not in new:
            show_note("(a message was deleted)", console)
    if not events:
        show_note("(no answer)", console)
    return bool(events)


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
