from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.console_faults import Fault
from bot.transport import AiohttpRequest
from tests.telegram_stub import TOKEN, TelegramStub

# python-telegram-bot warns of a later type of `retry_after` wherever a flood wait is raised.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")

GARBAGE = Fault(200, b"<html>Sign in to the network of this hotel</html>")


@pytest.fixture
async def stub() -> AsyncIterator[TelegramStub]:
    async with TelegramStub() as stub:
        yield stub


@asynccontextmanager
async def running(url: str, connections: int = 8, **timeouts: float) -> AsyncIterator[Bot]:
    timeouts = {"read_timeout": 0.3, "connect_timeout": 0.3, "pool_timeout": 0.3} | timeouts
    request = AiohttpRequest(connections=connections, **timeouts)
    async with Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=AiohttpRequest()) as bot:
        yield bot


@asynccontextmanager
async def answering(answer: bytes, *, slowly: bool = False) -> AsyncIterator[str]:
    """Run a server that answers each request with these bytes and hangs up."""
    serving: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for at in range(len(answer)) if slowly else ():
            writer.write(answer[at : at + 1])
            await asyncio.sleep(0.05)
        writer.write(b"" if slowly else answer)
        writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.ensure_future(serve(reader, writer)))
        serving[-1].add_done_callback(lambda _: writer.transport.abort() if slowly else None)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


def accounts(error: BaseException) -> Iterator[str]:
    """Yield all that a log might say of an error."""
    seen: BaseException | None = error
    while seen is not None:
        yield from (str(seen), repr(seen), repr(seen.args), "".join(traceback.format_exception(seen)))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


# What is sent arrives


@pytest.mark.parametrize(
    "text",
    [
        "a+b = c & d; 100 %",
        "“Сирия”, 叙利亚, 🕊 \U0001f1f7\U0001f1fa",
        "line\none\r\n\ttwo",
        "x" * 4096,
        "<b>a</b> ' \" \\ #",
    ],
)
async def test_text_arrives_as_it_was_sent(stub: TelegramStub, text: str) -> None:
    async with running(stub.url) as bot:
        message = await bot.send_message(7, text, parse_mode="HTML", disable_notification=True)
    assert message.text == text
    assert stub.sent[0].parameters == {
        "chat_id": "7",
        "text": text,
        "parse_mode": "HTML",
        "disable_notification": "true",
    }


async def test_buttons_arrive_as_json(stub: TelegramStub) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Source", "https://example.org/#:~:text=a,b&c=d+e")]])
    async with running(stub.url) as bot:
        await bot.send_message(7, "hello", reply_markup=buttons)
    assert stub.sent[0].parameters["reply_markup"] == buttons.to_json()


async def test_a_file_arrives_with_the_words_beside_it(stub: TelegramStub) -> None:
    async with running(stub.url) as bot:
        await bot.send_document(7, InputFile(BytesIO(b"\0words"), "words.bin"), caption="Ä & ö")
    assert stub.sent[0].kind.startswith(b"multipart/form-data")
    assert stub.sent[0].parameters["caption"] == "Ä & ö"
    assert b'filename="words.bin"' in stub.sent[0].body
    assert b"\0words" in stub.sent[0].body


async def test_a_file_is_fetched(stub: TelegramStub) -> None:
    async with AiohttpRequest() as request:
        assert await request.retrieve(f"{stub.url}/file/bot{TOKEN}/photo") == b'{"ok":true,"result":true}'


async def test_updates_come_by_long_polling(stub: TelegramStub) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{stub.url}/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(connections=1, read_timeout=0.2))
        .build()
    )

    async def hear(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await heard.put(update.message.text or "")

    application.add_handler(MessageHandler(filters.TEXT, hear))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(timeout=1)
        await application.start()
        for words in ("first", "second"):
            await asyncio.sleep(0.3)  # Longer than a request may take without long polling.
            stub.say(words)
            async with asyncio.timeout(2):
                assert await heard.get() == words
        await application.updater.stop()
        await application.stop()


# What goes wrong


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.flood(7), RetryAfter),
        (Fault.blocked(), Forbidden),
        (Fault.migrated(-1001), ChatMigrated),
        (Fault.refused("Bad Request: TOPIC_CLOSED"), BadRequest),
        (Fault.gateway(), NetworkError),
        (Fault(500, b"{}"), NetworkError),
        (Fault.lost(), NetworkError),
        (Fault.lost(delivered=True), NetworkError),
        (Fault.silence(), TimedOut),
        (GARBAGE, TelegramError),
        (Fault(200, b""), TelegramError),
        (Fault(200, b"[]"), TelegramError),
        (Fault(200, b'{"status": "welcome"}'), TelegramError),
        (Fault(200, b'"result"'), TelegramError),
    ],
)
async def test_a_fault_is_an_error_of_the_library_and_passes(
    stub: TelegramStub, fault: Fault, error: type[TelegramError]
) -> None:
    async with running(stub.url) as bot:
        stub.inject(fault)
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(7, "hello")
        assert type(raised.value) is error
        assert not [said for said in accounts(raised.value) if TOKEN in said]
        assert (await bot.send_message(7, "again")).text == "again"


async def test_a_message_that_was_cut_off_is_not_sent_again_unasked(stub: TelegramStub) -> None:
    async with running(stub.url) as bot:
        await bot.send_message(7, "so that the connection is an old one")
        stub.inject(Fault.lost(delivered=True))
        with pytest.raises(NetworkError):
            await bot.send_message(7, "hello")
    assert [one.parameters["text"] for one in stub.sent][1:] == ["hello"]


async def test_half_an_answer_is_a_lost_connection() -> None:
    async with answering(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":tr') as url, AiohttpRequest() as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(f"{url}/bot{TOKEN}/sendMessage")
    assert "ClientPayloadError" in raised.value.message
    assert not [said for said in accounts(raised.value) if TOKEN in said]


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nBroken \x01 header\r\n\r\n", b""])
async def test_what_is_no_http_is_a_network_error_without_the_token(answer: bytes) -> None:
    async with answering(answer) as url, AiohttpRequest() as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(f"{url}/bot{TOKEN}/sendMessage")
    assert not [said for said in accounts(raised.value) if TOKEN in said]


async def test_a_redirection_is_not_followed(stub: TelegramStub) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {stub.url}/bot{TOKEN}/sendMessage\r\nContent-Length: 0\r\n\r\n"
    async with answering(head.encode()) as url, AiohttpRequest() as request:
        with pytest.raises(NetworkError, match="302"):
            await request.post(f"{url}/bot{TOKEN}/sendMessage")
    assert not stub.requests


async def test_an_answer_that_trickles_in_does_not_take_for_ever() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b" " * 1000
    request = AiohttpRequest(read_timeout=0.1, write_timeout=0.1, connect_timeout=0.1, pool_timeout=0.1)
    async with answering(answer, slowly=True) as url, request:
        async with asyncio.timeout(2):
            with pytest.raises(TimedOut):
                await request.post(f"{url}/bot{TOKEN}/sendMessage")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "ftp://127.0.0.1", "http://127.0.0.1:99999", "http://"])
async def test_an_address_where_nobody_answers_is_a_network_error_without_the_token(address: str) -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(f"{address}/bot{TOKEN}/sendMessage")
    assert not [said for said in accounts(raised.value) if TOKEN in said]


@pytest.mark.slow
async def test_a_server_that_speaks_no_tls_is_a_network_error_without_the_token(stub: TelegramStub) -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(f"{stub.url.replace('http:', 'https:')}/bot{TOKEN}/sendMessage")
    assert not [said for said in accounts(raised.value) if TOKEN in said]


async def test_timeouts_of_a_single_request_win(stub: TelegramStub) -> None:
    stub.inject(Fault.silence(), times=2)
    async with running(stub.url, read_timeout=30) as bot:
        async with asyncio.timeout(2):
            with pytest.raises(TimedOut):
                await bot.send_message(7, "hello", read_timeout=0.1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await bot.send_message(7, "hello", read_timeout=None)


# The pool


async def test_a_request_without_a_connection_says_that_it_was_not_sent(stub: TelegramStub) -> None:
    stub.inject(Fault.silence())
    async with running(stub.url, connections=1, read_timeout=1, connect_timeout=0.1, pool_timeout=0.1) as bot:
        hanging = asyncio.create_task(bot.send_message(7, "first"))
        await asyncio.sleep(0.05)
        with pytest.raises(TimedOut, match="was not sent"):
            await bot.send_message(7, "second")
        with pytest.raises(TimedOut):
            await hanging
        assert (await bot.send_message(7, "third")).text == "third"
    assert [one.parameters["text"] for one in stub.requests if one.method == "sendMessage"] == ["first", "third"]


async def test_requests_that_are_given_up_leave_the_pool_whole(stub: TelegramStub) -> None:
    async with running(stub.url, connections=4, pool_timeout=5) as bot:
        for _ in range(5):
            stub.inject(Fault.silence(), times=8)
            tasks = [asyncio.create_task(bot.send_message(7, "hello")) for _ in range(8)]
            await asyncio.sleep(0.02)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            stub._traps.clear()
        answers = await asyncio.gather(*(bot.send_message(7, str(number)) for number in range(20)))
    assert {answer.text for answer in answers} == {str(number) for number in range(20)}


async def test_connections_are_used_again(stub: TelegramStub) -> None:
    async with running(stub.url) as bot:
        for _ in range(10):
            await bot.send_message(7, "hello")
        assert len([one for one in stub._server._connections if one._transport]) == 1


# Its life


async def test_it_can_be_shut_down_twice_and_begun_again(stub: TelegramStub) -> None:
    request = AiohttpRequest()
    address = f"{stub.url}/bot{TOKEN}/getMe"
    with pytest.raises(RuntimeError, match="not initialized"):
        await request.do_request(address, "POST")
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert (await request.do_request(address, "POST"))[0] == 200
        await request.shutdown()
        await request.shutdown()


async def test_it_tells_how_long_it_waits_for_an_answer() -> None:
    assert AiohttpRequest().read_timeout == 7
    assert AiohttpRequest(read_timeout=None).read_timeout is None


@pytest.mark.parametrize("bypassed", [False, True])
async def test_the_proxy_of_the_environment_is_used(
    stub: TelegramStub, monkeypatch: pytest.MonkeyPatch, *, bypassed: bool
) -> None:
    monkeypatch.setenv("http_proxy", stub.url)
    monkeypatch.setenv("no_proxy", "telegram.invalid" if bypassed else "example.org")
    async with AiohttpRequest() as request:
        asked = request.post(f"http://telegram.invalid/bot{TOKEN}/getMe")
        if bypassed:
            with pytest.raises(NetworkError):
                await asked
        else:
            assert await asked
    assert len(stub.requests) == (not bypassed)
