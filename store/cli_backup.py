"""`quotebot backup` and `quotebot restore`: the commands that keep `chats.db` safe."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.cli import folder_options, folders, note
from store.errors import UsageError

if TYPE_CHECKING:
    from store.backup import Contents

CHATS = "chats.db"


@click.command()
@click.argument("target", metavar="FILE", type=click.Path())
@click.option("--keep", type=click.IntRange(min=1), help="In a folder: how many dated backups to keep; else all.")
@folder_options
@click.pass_context
def backup(ctx: click.Context, target: str, keep: int | None) -> None:
    """Copy chats.db into FILE, also while the bot runs.

    Where FILE is a folder, into a file named by date and time in it. The copy is looked through; its name is printed.
    """
    from store import backup as backups  # noqa: PLC0415 - only these two need it

    place = Path(target)
    if (keep is not None or target.endswith(os.sep)) and not place.is_dir():
        raise UsageError(f"{target} is no folder.", "Make it first, or name a file, without --keep.")
    _, data = folders(ctx)
    saved = backups.save(data / CHATS, place, datetime.now(UTC))
    click.echo(saved.file)
    note(f"It holds {_said(saved.contents)}, and was looked through.")
    if keep is not None and (gone := backups.prune(place, keep, saved.file)):
        note(f"Older backups deleted: {len(gone)}.")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@folder_options
@click.pass_context
def restore(ctx: click.Context, file: Path) -> None:
    """Put a backup of chats.db back, also while the bot runs.

    What chats.db held before is kept in a file beside it. No digest that was sent is sent again.
    """
    from store.restore import restore as put_back  # noqa: PLC0415

    _, data = folders(ctx)
    restored = put_back(file, data / CHATS, datetime.now(UTC))
    note(f"{data / CHATS} is as of the backup, {_said(restored.contents)}, and was looked through.")
    if restored.ended:
        note(f"Subscriptions made since the backup, and gone with it: {restored.ended}.")
    if restored.aside is not None:
        note(f"As it was before, it is kept in {restored.aside}.")
    if not restored.sent_is_known:
        note("It was too damaged to tell which digests were sent: those of the last six hours may come twice.")


def _said(contents: Contents) -> str:
    return " and ".join(
        f"{number} {name if number != 1 else name.removesuffix('s')}" for name, number in contents._asdict().items()
    )
