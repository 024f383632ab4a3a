from __future__ import annotations

from bot.commands import COMMANDS, usage


def test_the_commands_are_those_of_the_interface() -> None:
    assert {command.name for command in COMMANDS} == {
        "start", "help", "about", "privacy", "quote", "random", "onthisday", "sources", "source", "forget",
        "subscribe", "settings", "timezone", "unsubscribe",
    }  # fmt: skip


def test_each_command_is_explained_once() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert ("/quote [words]", "the best quote for these words, or a random one") in usage()
    assert ("/random [words]", "a quote worth reading on its own, or one with these words") in usage()
