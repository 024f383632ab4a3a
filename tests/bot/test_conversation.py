from __future__ import annotations

import asyncio
import io
import os
import pty
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Iterable

import pytest

from bot import conversation
from bot.console import ConsoleTelegram
from bot.conversation import converse, prompt
from tests.bot.small_bot import small_bot

QUOTE = """
▌ We spoke of *syria*.
_Ann_, page 1
[1] ‹  [2] ›
[3] Source ↗
[3] https://example.org/talk#:~:text=peace
"""


PROGRAM = """
import asyncio, fcntl, sys, termios
from bot.console import ConsoleTelegram
from bot.conversation import converse, prompt
from tests.bot.small_bot import small_bot
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # Ctrl-C reaches the program whose terminal it is
telegram = ConsoleTelegram()
sys.exit(asyncio.run(converse(small_bot(telegram), telegram, prompt(), sys.stdout)))
"""


async def talk(messages: Iterable[str] | AsyncIterator[str]) -> tuple[int, str]:
    telegram = ConsoleTelegram()
    out = io.StringIO()
    status = await converse(small_bot(telegram), telegram, messages, out)
    return status, out.getvalue()


async def typed(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def test_each_message_is_printed_with_its_answer() -> None:
    status, text = await talk(["/quote syria", "hello"])
    assert text == f"> /quote syria\n{QUOTE}\n> hello\n\n5 characters\n"
    assert status == 0


async def test_what_is_typed_is_not_printed_again() -> None:
    assert await talk(typed("/quote syria")) == (0, QUOTE)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("out", [io.StringIO(), Terminal()], ids=["a file", "a terminal"])
async def test_what_lasts_is_shown_as_it_goes_in_a_terminal_alone(
    out: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "_LONG_SECONDS", 0.1)
    monkeypatch.setenv("NO_COLOR", "1")
    telegram = ConsoleTelegram()
    assert await converse(small_bot(telegram), telegram, ["/linger"], out) == 0
    shown = out.getvalue()
    assert shown.count("Working…") == (1 if out.isatty() else 0)
    assert shown.count("Done") == 1


async def test_a_number_presses_that_button_of_the_last_answer_that_has_any() -> None:
    status, text = await talk(typed("/quote syria", "hello", "2"))
    assert text.endswith(
        "5 characters\n\npage 2\n[1] ‹  [2] ›\n[3] Source ↗\n[3] https://example.org/talk#:~:text=peace\n"
    )
    assert status == 0


async def test_buttons_pressed_are_those_of_the_message_as_it_is_now() -> None:
    _, text = await talk(typed("/quote syria", "2", "2", "1"))
    assert [line for line in text.splitlines() if "page" in line] == ["_Ann_, page 1", "page 2", "page 3", "page 2"]


async def test_the_buttons_of_several_answers_are_numbered_through() -> None:
    _, text = await talk(typed("/twice", "7"))
    _, first, second = text.split("_Ann_, page 1")
    assert "[1] ‹  [2] ›\n[3] Source" in first
    assert "[4] ‹  [5] ›\n[6] Source ↗\n[6] https://example.org" in second
    assert text.endswith("There is no button 7, only 1 to 6. To search for it: /quote 7\n")


@pytest.mark.parametrize("number", ["2", "5"])
async def test_a_button_of_any_of_several_answers_can_be_pressed(number: str) -> None:
    _, text = await talk(typed("/twice", number, "5"))
    assert "\npage 2\n[1] ‹  [2] ›\n[3] Source ↗\n" in text
    assert "There is no button 5, only 1 to 3" in text


async def test_a_toast_is_a_line() -> None:
    assert await talk(typed("/quote syria", "1")) == (0, f"{QUOTE}» That was the first page\n")


async def test_a_button_that_opens_an_address_prints_it() -> None:
    assert await talk(typed("/quote syria", "3")) == (0, f"{QUOTE}https://example.org/talk#:~:text=peace\n")


async def test_a_button_that_is_not_there_is_named() -> None:
    status, text = await talk(typed("/quote syria", "2254"))
    assert text == f"{QUOTE}There is no button 2254, only 1 to 3. To search for it: /quote 2254\n"
    assert status == 1


async def test_a_number_before_any_buttons_is_a_message() -> None:
    assert await talk(typed("2254")) == (0, "\n4 characters\n")


async def test_every_message_is_printed_once_as_it_is_in_the_end() -> None:
    assert await talk(typed("/revise")) == (0, "\nAlmost there…\n\nFound\n")


async def test_a_message_that_goes_is_said_to_go() -> None:
    status, text = await talk(typed("/quote syria", "/clear"))
    assert (status, text) == (0, f"{QUOTE}(a message was deleted)\n")


async def test_silence_is_said_and_counts() -> None:
    assert await talk(typed("/break")) == (1, "(no answer)\n")


async def test_empty_lines_are_passed_over() -> None:
    assert await talk(typed("", "  ")) == (0, "")


async def test_lines_are_read_from_a_pipe_while_the_loop_goes_on() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin, os.fdopen(writing, "w", encoding="utf-8") as keyboard:
        lines = prompt(stdin)
        waiting = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        keyboard.write("/quote syria\nПривет")
        keyboard.flush()
        assert (await waiting).strip() == "/quote syria"
        keyboard.close()
        assert [line async for line in lines] == ["Привет"]


async def test_an_interrupt_ends_the_conversation() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin:
        lines = prompt(stdin)
        waiting = asyncio.ensure_future(anext(lines, None))
        await asyncio.sleep(0.01)
        os.kill(os.getpid(), 2)
        assert await waiting is None
        os.close(writing)


@pytest.mark.parametrize("last", [b"\x04", b"\x03", b"half a line\x03"], ids=["Ctrl-D", "Ctrl-C", "Ctrl-C in a line"])
def test_at_a_terminal_the_conversation_ends_cleanly_and_leaves_it_as_it_was(last: bytes) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "dumb"},
    )
    seen = b""
    for typed_now, awaited in ((b"", b"> "), (b"hello\r", b"5 characters\r\n> "), (last, None)):
        os.write(ours, typed_now)
        while awaited is not None and awaited not in seen:
            seen += os.read(ours, 4096)
    assert program.wait(timeout=10) == 0
    assert termios.tcgetattr(theirs) == before
    os.close(theirs)
    os.close(ours)


async def test_a_failure_to_read_is_not_swallowed() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    stdin = os.fdopen(os.dup(reading), encoding="utf-8")
    os.close(reading)
    stdin.close()
    with pytest.raises(ValueError, match="closed"):
        await anext(prompt(stdin))
