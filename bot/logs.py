"""The log: lines for people or JSON for machines, to stderr, and never a token in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
_AT_LEAST = {
    "httpx": logging.WARNING,  # Tells of every request, with the address, which holds the token.
    "httpcore": logging.WARNING,
    "apscheduler": logging.WARNING,  # Tells of every job.
    "telegram": logging.INFO,  # Below that, it tells what people wrote.
}


class Text(logging.Formatter):
    """A line for people: time in UTC, level, logger, event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text, tokens blotted out, traces too."""
        when = datetime.fromtimestamp(record.created, UTC)
        line = f"{when:%Y-%m-%d %H:%M:%S} {record.levelname.lower()} {record.name}: {_message(self, record)}"
        return without_tokens(line)


class Json(logging.Formatter):
    """One JSON object a line for machines: time, level, logger, event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON, tokens blotted out."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": without_tokens(_message(self, record)),
        }
        return json.dumps(fields, ensure_ascii=False)


def set_up(level: str, form: str) -> None:
    """Send every log record of this process to stderr, from `level` on, as "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if form == "json" else Text())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _AT_LEAST.items():
        logging.getLogger(name).setLevel(max(least, logging.getLogger().level))


def without_tokens(text: str) -> str:
    """Return the text with whatever looks like the token of a bot blotted out."""
    return _TOKEN.sub("[token]", text)


def _message(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [record.getMessage()]
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and type(error).__module__.startswith("telegram."):
        # Telegram was away or said no: where in the library that was noticed tells nobody anything.
        parts.append(f"{type(error).__name__}: {error}")
    elif record.exc_info:
        parts.append(formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return "\n".join(parts)
