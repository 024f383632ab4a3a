"""`quotebot`: the store's commands, and those that are the bot; Telegram is imported by these alone."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from store.cli import build, cli, folder_options, folders, note
from store.cli_backup import CHATS, backup, restore
from store.errors import StoreError

if TYPE_CHECKING:
    from bot.settings import Settings

WRONG_USE = 2


def main() -> None:
    """Run the command that the process was started with."""
    for command in (run, prepare, chat, check, backup, restore):
        cli.add_command(command)
    cli()


@click.command()
@folder_options
@click.pass_context
def run(ctx: click.Context) -> None:
    """Be the bot on Telegram, until a signal ends it."""
    settings = _settings(ctx, needs_token=True)
    from bot import process  # noqa: PLC0415 - half a second that other commands need not wait

    sys.exit(process.run(settings))


@click.command(hidden=True)
@folder_options
@click.pass_context
def prepare(ctx: click.Context) -> None:
    """Bring the databases up to date and print the report of the build as JSON, for `run` that is to begin."""
    from store.chats import Chats  # noqa: PLC0415

    try:
        ctx.invoke(build, remove=False, agreed="", progress="json", as_json=True)
    finally:
        with suppress(StoreError):  # `run` says so itself when it opens them.
            Chats.open(folders(ctx)[1] / CHATS).close()


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("messages", metavar="[MESSAGE]...", nargs=-1)
@folder_options
@click.pass_context
def chat(ctx: click.Context, messages: tuple[str, ...]) -> None:
    """Talk to the bot in this terminal, without token or network.

    Each MESSAGE as if typed, then the answers; without one, a prompt. A message that is only a number presses that
    button of the last answer.
    """
    settings = _settings(ctx, needs_token=False)
    from bot import process  # noqa: PLC0415

    sys.exit(process.chat(settings, messages))


@click.command()
@folder_options
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look for faults in settings, seeds and databases, and tell all of them; warnings are no faults."""
    from bot.check import State, findings  # noqa: PLC0415

    faults = 0
    for finding in findings(*folders(ctx)):
        faults += finding.state is State.FAULT
        click.echo(f"{finding.state:5}  {finding.words}")
    if faults:
        note(f"{faults} {'fault' if faults == 1 else 'faults'} found.")
        sys.exit(1)


def _settings(ctx: click.Context, *, needs_token: bool) -> Settings:
    from bot.settings import SettingsError, load  # noqa: PLC0415

    seeds, data = folders(ctx)
    try:
        return load(needs_token=needs_token, seeds=seeds, data=data)
    except SettingsError as error:
        for fault in error.faults:
            note(fault)
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()
