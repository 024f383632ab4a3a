from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.console import ConsoleTelegram
from bot.console_faults import Fault


# python-telegram-bot warns of a later type of `retry_after` wherever a flood wait is raised.
@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.flood(7), RetryAfter),
        (Fault.blocked(), Forbidden),
        (Fault.migrated(-1001), ChatMigrated),
        (Fault.refused("Bad Request: TOPIC_CLOSED"), BadRequest),
        (Fault.gateway(), NetworkError),
        (Fault.lost(), NetworkError),
        (Fault.silence(), TimedOut),
    ],
)
async def test_every_fault_is_what_the_library_makes_of_the_real_one(fault: Fault, error: type[TelegramError]) -> None:
    telegram = ConsoleTelegram()
    async with Bot("1:console", request=telegram, get_updates_request=telegram) as bot:
        telegram.inject(fault)
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(telegram.private().id, "hello")
    assert type(raised.value) is error


async def test_facts_to_act_on_arrive() -> None:
    telegram = ConsoleTelegram()
    async with Bot("1:console", request=telegram, get_updates_request=telegram) as bot:
        telegram.inject(Fault.migrated(-1001))
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(telegram.private().id, "hello")
    assert moved.value.new_chat_id == -1001
