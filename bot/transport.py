"""python-telegram-bot's way to Telegram, over aiohttp.

The library's own, over httpx, spends several times as long on a request, and a connection pool of httpx that lost count
of its connections makes every later request wait for ever.
"""

from __future__ import annotations

import json
import re
import ssl
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from aiohttp import ClientSession, ClientTimeout, ConnectionTimeoutError, DummyCookieJar, FormData
from aiohttp import TCPConnector as Connector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_PLAIN = re.compile(r"[-\w]*", re.ASCII)
_TOKEN = re.compile(r"/bot(\d+:[^/]+)/")


class AiohttpRequest(BaseRequest):
    """Requests to a Bot API server; `connections` of them at once, more wait.

    Timeouts are in seconds: `pool_timeout` to get a connection, `connect_timeout` to open one, `write_timeout` to send
    (`media_write_timeout` where files are sent), `read_timeout` to wait for an answer or for more of it. A whole POST
    takes no longer than these together; None is no limit. Proxies are those of the environment, as with httpx.
    """

    def __init__(
        self,
        *,
        connections: int = 256,
        read_timeout: float | None = 7.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._session: ClientSession | None = None
        self._proxies: dict[tuple[str, str], str | None] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds that a request waits for its answer; long polling adds its own time to it."""
        return self._read

    async def initialize(self) -> None:
        """Make ready to send, again if need be; the event loop that runs is the one requests must come from."""
        if self._session is None:
            self._session = ClientSession(
                connector=Connector(limit=self._connections),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections; requests under way are lost."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return HTTP status and body of the answer.

        Raises TimedOut where one of the timeouts ran out, else NetworkError; neither shows the address, which holds the
        token. Whether Telegram has done what was asked is unknown then, unless no connection was had.
        """
        if self._session is None:
            raise RuntimeError("this AiohttpRequest is not initialized")
        with_files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            method,
            pool=_chosen(pool_timeout, self._pool),
            connect=_chosen(connect_timeout, self._connect),
            write=_chosen(write_timeout, self._media_write if with_files else self._write),
            read=_chosen(read_timeout, self._read),
        )
        try:
            async with self._session.request(
                method,
                _address(url),
                data=_body(request_data),
                headers=None if request_data is None or with_files else _FORM,
                timeout=timeout,
                proxy=self._proxy(url),
                ssl=_trusted() if url.startswith("https:") else True,
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()
        # The causes are not chained: their texts and attributes hold the address.
        except ConnectionTimeoutError:
            raise TimedOut("No connection in time: the request was not sent") from None
        except TimeoutError:
            raise TimedOut from None
        except Exception as error:  # noqa: BLE001 - of any, the library would make a NetworkError that shows its cause
            raise NetworkError(_without_token(f"{type(error).__name__}: {error}", url)) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return an answer of the Bot API; TelegramError where it is none, though it may be JSON."""
        try:
            answer: object = json.loads(payload)
        except ValueError:
            # Unlike the library's own, not a word in the log: thousands of requests meet the same page of a proxy.
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok") is not False):
            # The library would look for a result and fail in a way that ends its polling.
            raise TelegramError("Invalid server response")
        return answer

    def _proxy(self, url: str) -> str | None:
        """Return the proxy that the environment names for the server of this address."""
        scheme, host, *_ = urlsplit(url)
        if (scheme, host) not in self._proxies:
            proxies = {} if proxy_bypass(host) else getproxies()
            self._proxies[scheme, host] = proxies.get(scheme) or proxies.get("all")
        return self._proxies[scheme, host]


@lru_cache(maxsize=256)  # A bot has one for each method.
def _address(url: str) -> URL:
    return URL(url, encoded=True)


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom to trust: the machine's authorities and, since some Pythons know of none, those that httpx trusts."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _chosen(given: object, default: float | None) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


@lru_cache(maxsize=64)
def _timeout(
    method: str, *, pool: float | None, connect: float | None, write: float | None, read: float | None
) -> ClientTimeout:
    """Return the timeouts as aiohttp counts them; of a file that is fetched nobody knows how long it takes."""
    until_sent = _together(pool, connect)
    total = None if method == "GET" else _together(until_sent, write, read)
    return ClientTimeout(total=total, connect=until_sent, sock_connect=connect, sock_read=read)


def _together(*seconds: float | None) -> float | None:
    limited = [some for some in seconds if some is not None]
    return sum(limited) if len(limited) == len(seconds) else None


def _body(request_data: RequestData | None) -> bytes | FormData | None:
    if request_data is None:
        return None
    parameters = request_data.json_parameters
    if not request_data.contains_files:
        return "&".join([f"{name}={_quoted(text)}" for name, text in parameters.items()]).encode("ascii")
    form = FormData(parameters)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _quoted(text: str) -> str:
    # Ids of chats would push out of the cache what is worth to be kept.
    return text if _PLAIN.fullmatch(text) else _percent(text)


@lru_cache(maxsize=256)  # A digest goes to thousands of chats, and many buttons are alike.
def _percent(text: str) -> str:
    # yarl's quoting is in C: a tenth of the time of the standard library's.
    return URL.build(query={"": text}).raw_query_string[1:]


def _without_token(text: str, url: str) -> str:
    for token in _TOKEN.findall(url):
        text = text.replace(token, "[token]")
    return text
