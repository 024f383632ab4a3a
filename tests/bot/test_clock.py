from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NoReturn
from urllib.error import URLError
from urllib.request import OpenerDirector

import pytest

from bot.clock import TOLERATED, UnknownClockError, WrongTimeError, ahead


class Server(HTTPServer):
    """An API server on loopback whose clock is `off`, or that does not tell the time; remembers what it heard."""

    off: timedelta | None = timedelta()
    status = 302
    heard: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.server.heard.append(self.requestline)
        self.send_response_only(self.server.status)
        self.send_header("Location", f"{self.server.url}/elsewhere")
        if self.server.off is not None:
            now = datetime.now(UTC) + self.server.off
            self.send_header("Date", format_datetime(now.replace(microsecond=0), usegmt=True))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.heard = []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("off", [timedelta(), timedelta(minutes=5), timedelta(days=-4000)])
@pytest.mark.parametrize("status", [200, 302, 404, 502])
def test_the_clock_of_any_answer_is_compared(off: timedelta, status: int, server: Server) -> None:
    server.off, server.status = off, status
    assert abs(ahead(server.url) + off) < TOLERATED / 10
    assert server.heard == ["HEAD / HTTP/1.1"], "no token, and no redirection followed"


def test_without_a_date_nothing_is_known(server: Server) -> None:
    server.off = None
    with pytest.raises(UnknownClockError, match="no date in its answer"):
        ahead(server.url)


def test_without_a_server_nothing_is_known() -> None:
    with HTTPServer(("127.0.0.1", 0), Handler) as gone:
        port = gone.server_port
    with pytest.raises(UnknownClockError, match=r"^Connection refused$"):
        ahead(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("code", "expected"), [(9, WrongTimeError), (10, WrongTimeError), (18, UnknownClockError), (62, UnknownClockError)]
)
def test_a_certificate_that_is_out_of_time_tells_of_the_clock(
    code: int, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_code, error.verify_message = code, "certificate is not yet valid"
        raise URLError(error)

    monkeypatch.setattr(OpenerDirector, "open", fail)
    with pytest.raises(expected):
        ahead("https://api.telegram.org")
