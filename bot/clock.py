"""How far this machine's clock is from that of the Bot API server: digests come by the one, messages by the other."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

TOLERATED = timedelta(seconds=30)
"""What no clock that is set by the network reaches, and no subscriber would notice."""

_TIMEOUT_S = 5.0
# Not yet valid, expired: https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/
_OUT_OF_TIME = (9, 10)


class UnknownClockError(Exception):
    """The server's clock can't be read; the text says why."""


class WrongTimeError(Exception):
    """The server's certificate is not valid at this machine's time; the text says which of the two is too early."""


def ahead(api_url: str) -> timedelta:
    """Return how far this machine's clock is ahead of the server's, to a second or so; behind, it is negative.

    Asks for the bare address, without the token, and waits some seconds at most. Raises `UnknownClockError` where there
    is no answer or no date in it, and `WrongTimeError`.
    """
    before = datetime.now(UTC)
    date = _date(api_url)
    after = datetime.now(UTC)
    try:
        return before + (after - before) / 2 - parsedate_to_datetime(date).astimezone(UTC)
    except (TypeError, ValueError) as error:
        raise UnknownClockError("there is no date in its answer") from error


def _date(url: str) -> str:
    """Return the date of an answer, whatever it says: that of a redirection, too, which leads to other servers."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    try:
        answer = opener.open(Request(url, method="HEAD"), timeout=_TIMEOUT_S)  # noqa: S310 - the settings see to the scheme
        with answer:
            return str(answer.headers["Date"])
    except URLError as error:
        reason = error.reason
        if isinstance(reason, ssl.SSLCertVerificationError) and reason.verify_code in _OUT_OF_TIME:
            raise WrongTimeError(reason.verify_message) from error
        raise UnknownClockError(str(getattr(reason, "strerror", None) or reason)) from error
    except (OSError, HTTPException) as error:
        raise UnknownClockError(getattr(error, "strerror", None) or str(error) or type(error).__name__) from error
