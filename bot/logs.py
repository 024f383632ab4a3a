"""The log: lines for people or JSON for machines, to stderr; never a token in it, nor what people wrote.

What people wrote gets into logs by way of errors: by their texts, by the values that a library logs with them. So of an
error a log says its type and where it came about; its text only where that is about servers and files.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from telegram import TelegramObject, Update
from telegram.error import InvalidToken, TelegramError

from store.errors import ArchiveError

_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_AT_LEAST = {
    "httpx": logging.WARNING,  # Tells of every request, with the address, which holds the token.
    "httpcore": logging.WARNING,
    "apscheduler": logging.WARNING,  # Tells of every job.
    "telegram": logging.INFO,  # Below that, it tells what people wrote.
}
_SPEAKS_FOR_ITSELF = (TelegramError, ArchiveError, OSError)
"""Errors whose text is about servers and files; any other's may hold what somebody wrote."""

_log = logging.getLogger(__name__)


class Text(logging.Formatter):
    """A line for people: time in UTC, level, logger, event."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text, tokens blotted out, traces too."""
        when = datetime.fromtimestamp(record.created, UTC)
        line = f"{when:%Y-%m-%d %H:%M:%S} {record.levelname.lower()} {record.name}: {_message(record)}"
        return without_tokens(line, self._secrets)


class Json(logging.Formatter):
    """One JSON object a line for machines: time, level, logger, event."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON, tokens blotted out."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": without_tokens(_message(record), self._secrets),
        }
        return json.dumps(fields, ensure_ascii=False)


class _Handler(logging.StreamHandler[TextIO]):
    """Writes records; of one that can't be formatted it says so, while the standard one would print its values."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        error = sys.exc_info()[1]
        try:
            self.stream.write(f"not logged logger={record.name} line={record.lineno} error={type(error).__name__}\n")
        except (OSError, ValueError):
            return  # Nobody reads the log any more.


class _Blotted(io.TextIOBase):
    """A stream that passes whole lines on to another, tokens blotted out: for what libraries print themselves."""

    def __init__(self, stream: TextIO, secrets: Iterable[str]) -> None:
        self._stream = stream
        self._secrets = tuple(secrets)
        self._begun = ""

    def write(self, text: str, /) -> int:
        # Added so that bytes raise TypeError: by that, click tells this from a stream of bytes.
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._stream.write(f"{without_tokens(line, self._secrets)}\n")
        return len(text)

    def flush(self) -> None:
        self._stream.write(without_tokens(self._begun, self._secrets))
        self._begun = ""
        self._stream.flush()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()


def set_up(level: str, form: str, secrets: Iterable[str] = ()) -> None:
    """Send every log record of this process to stderr, from `level` on, as "text" or "json".

    `secrets` are blotted out wherever they stand, as is whatever looks like a token.
    """
    secrets = tuple(secrets)
    handler = _Handler(sys.stderr)
    handler.setFormatter(Json(secrets) if form == "json" else Text(secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _AT_LEAST.items():
        logging.getLogger(name).setLevel(max(least, logging.getLogger().level))


def catch_all(secrets: Iterable[str] = ()) -> None:
    """Log what would else go to stderr as it is: uncaught errors of all threads, warnings, and what libraries print."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda uncaught: _uncaught(
        uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback, uncaught.thread
    )
    sys.unraisablehook = lambda fault: _log.error(
        "fault that nobody can handle\n%s", "\n".join(account(fault.exc_value))
    )
    if not sys.warnoptions:  # Who asked for errors in their place shall have them.
        logging.captureWarnings(capture=True)
    if not isinstance(sys.stderr, _Blotted):
        sys.stderr = _Blotted(sys.stderr, secrets)


def loop_fault(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what an event loop could hand to nobody, such as the error of a task whose result nobody asked for.

    The loop's own way shows the task, and with it the text of the error.
    """
    task = context.get("future") or context.get("task") or context.get("handle")
    name = task.get_name() if isinstance(task, asyncio.Task) else type(task).__name__
    told = "\n".join(account(context.get("exception")))
    _log.error("%s task=%s\n%s", str(context.get("message")).partition("\n")[0], name, told)


def account(error: BaseException | None) -> Iterator[str]:
    """Yield what a log may say of an error and its causes, line by line: types and places, of some the text."""
    while error is not None:
        said = f": {error}" if isinstance(error, _SPEAKS_FOR_ITSELF) and not isinstance(error, InvalidToken) else ""
        yield f"{type(error).__module__}.{type(error).__qualname__}{said}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def stacks() -> Iterator[str]:
    """Yield where each thread is now, line by line."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for ident, frame in sys._current_frames().items():  # noqa: SLF001 - documented, for just this
        yield f"thread {names.get(ident, ident)}"
        yield from (f"  {one.filename}:{one.lineno} in {one.name}" for one in traceback.extract_stack(frame))


def without_tokens(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text with whatever looks like the token of a bot, and what is known to be secret, blotted out."""
    text = _TOKEN.sub("[token]", text)
    for secret in secrets:
        text = text.replace(secret, "[secret]")
    return text


def _message(record: logging.LogRecord) -> str:
    parts = [_event(record)]
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, TelegramError):
        # Telegram was away or said no: where in the library that was noticed tells nobody anything.
        parts.append(f"{type(error).__name__}: {error}")
    else:
        parts += account(error)
    if record.stack_info:
        parts.append(record.stack_info)
    return "\n".join(parts)


def _event(record: logging.LogRecord) -> str:
    """Return the message of a record; of Telegram's objects among its values only what they are, and their ids."""
    if not isinstance(record.args, tuple) or record.name.startswith("bot."):
        return record.getMessage()
    return str(record.msg) % tuple(map(_harmless, record.args)) if record.args else str(record.msg)


def _harmless(value: object) -> object:
    if isinstance(value, Update):
        return f"Update {value.update_id}"
    if isinstance(value, BaseException):
        return " ".join(account(value)).partition("  ")[0]
    return type(value).__name__ if isinstance(value, TelegramObject | dict | list | tuple) else value


def _uncaught(
    kind: type[BaseException],
    error: BaseException | None,
    _trace: TracebackType | None,
    thread: threading.Thread | None = None,
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical(
        "fault that nobody handled thread=%s\n%s",
        (thread or threading.current_thread()).name,
        "\n".join(account(error or kind())),
    )
