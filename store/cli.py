"""The commands that need no Telegram: read the words, ask the store, print the answer.

What a command does not need is imported by the one that does: a process that answers one question should take no
longer than that question.
"""

from __future__ import annotations

import math
import os
import random as chance
import sys
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from store import jsonlines
from store.errors import RemovalError, StoreError, UsageError
from store.text import clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.archive import Archive
    from store.jsonlines import Record
    from store.model import Remark, Results
    from store.search import Search

    F = TypeVar("F", bound=Callable[..., Any])

ARCHIVE = "archive.db"
ENV_FILE = Path(".env")

_TELL_SECONDS = 0.2
_LONGEST_WORD = 40
_LONGEST_LIST = 100
_FOLDERS = "quotebot.folders"
_SETTINGS = {"seeds": ("QUOTEBOT_SEEDS", "seeds"), "data": ("QUOTEBOT_DATA", "data")}


class Commands(click.Group):
    """Commands whose `StoreError`s are said in a sentence: exit status 2 where the words were wrong, else 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except StoreError as error:
            hint = error.hint if isinstance(error, UsageError) else ""
            fail(" ".join(filter(None, (str(error), hint))), status=2 if isinstance(error, UsageError) else 1)


def fail(sentence: str, status: int = 1) -> NoReturn:
    """Say on stderr what went wrong, on one line, and end with that exit status."""
    note(" ".join(sentence.split()))
    sys.exit(status)


def note(sentence: str) -> None:
    """Say on stderr something that is not a result."""
    click.echo(sentence, err=True)


def folder_options(command: F) -> F:
    """Let a command take --seeds and --data, which may also stand before its name."""

    def remember(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.find_root().meta.setdefault(_FOLDERS, {})[parameter.name] = value

    for name, what in (("data", "Folder of archive.db and chats.db"), ("seeds", "Folder of the texts")):
        variable, default = _SETTINGS[name]
        option = click.option(
            f"--{name}",
            type=click.Path(readable=False, path_type=Path),  # Whoever uses it says in a sentence what is amiss.
            callback=remember,
            expose_value=False,
            help=f"{what}; else {variable}, else {default}.",
        )
        command = option(command)
    return command


def folders(ctx: click.Context) -> tuple[Path, Path]:
    """Return the folders of seeds and of data: those given, else those of the environment or of `.env`, else usual."""
    given: dict[str, Path] = ctx.find_root().meta.get(_FOLDERS, {})
    written: dict[str, str | None] = {}
    if len(given) < len(_SETTINGS) and ENV_FILE.is_file():
        from dotenv import dotenv_values  # noqa: PLC0415 - half as long to import as all the rest

        written = dotenv_values(ENV_FILE)

    def folder(name: str) -> Path:
        variable, default = _SETTINGS[name]
        return given.get(name) or Path(os.environ.get(variable) or written.get(variable) or default)

    return folder("seeds"), folder("data")


def open_archive(seeds: Path, data: Path) -> Archive:
    """Return the archive in `data`, built from `seeds` first where there is none that can be read."""
    from store.archive import Archive  # noqa: PLC0415
    from store.database import needs_build  # noqa: PLC0415

    path = data / ARCHIVE
    if needs_build(path):
        from store.ingest.run import run  # noqa: PLC0415

        note(f"There is no archive of this version in {data} yet: building it from {seeds} …")
        report = run(seeds, path)
        for remark in report.refused:
            note(f"refused: {_remark(remark)}")
    return Archive.open(path)


@contextmanager
def open_search(seeds: Path, data: Path) -> Iterator[Search]:
    """Let the archive in `data` be searched, built from `seeds` first where there is none."""
    from store.search import Search  # noqa: PLC0415

    with open_archive(seeds, data) as archive:
        yield Search(archive)


@click.group(cls=Commands, context_settings={"help_option_names": ["--help"]})
@folder_options
def cli() -> None:
    """Quotes of public figures: the words, who said them, when, and where that can be read."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Not every stream that stands in for these has it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many quotes at most.")
@click.option("--explain", is_flag=True, help="Say on stderr how the words were understood, and what each score is of.")
@as_json
@folder_options
@click.pass_context
def quote(ctx: click.Context, words: tuple[str, ...], limit: int, explain: bool, as_json: bool) -> None:
    """Search for WORDS: the best quotes first.

    "A phrase" in quotation marks must stand as it is, -word must not; by:NAME, source:NAME, year:2018, 2017..2018
    narrow, with a minus before them to all others, and sort:date puts the newest first.
    """
    for word in words:
        if word.startswith("--") and word.strip("-"):
            raise click.NoSuchOption(word, ctx=ctx)
    typed = " ".join(words)
    search = ctx.with_resource(open_search(*folders(ctx)))
    results = search.find(typed, limit=limit, explain=explain)
    if results.explained is not None:
        from store import screen  # noqa: PLC0415

        screen.show_explanation(screen.console(sys.stderr), results)
    _explain(typed, results)
    if as_json:
        _print_lines(jsonlines.quote(found, scored=True) for found in results.quotes)
        return
    from store import screen  # noqa: PLC0415

    out = screen.console(sys.stdout)
    for number, found in enumerate(results.quotes, start=1):
        if number > 1:
            out.print()
        screen.show_quote(out, found, mark=f"{number}. ")
    if results.total > len(results.quotes):
        note(f"These are the best {len(results.quotes)} of {results.total}; --limit {results.total} shows all.")


@cli.command()
@as_json
@folder_options
@click.pass_context
def random(ctx: click.Context, as_json: bool) -> None:
    """Print one quote worth reading on its own."""
    search = ctx.with_resource(open_search(*folders(ctx)))
    found = search.random(chance.SystemRandom())
    if found is None:
        fail("The archive has no quote that can be read on its own.")
    if as_json:
        _print_lines([jsonlines.quote(found)])
    else:
        from store import screen  # noqa: PLC0415

        screen.show_quote(screen.console(sys.stdout), found)


@cli.command()
@click.argument("date", nargs=-1)
@as_json
@folder_options
@click.pass_context
def onthisday(ctx: click.Context, date: tuple[str, ...], as_json: bool) -> None:
    """Print what was said or happened on that day of any year: 7 feb, 7.2., 02-07, today (the default)."""
    from store.days import parse_day  # noqa: PLC0415

    today = datetime.now().astimezone().date()
    day = parse_day(" ".join(date) or "today", today=today)
    search = ctx.with_resource(open_search(*folders(ctx)))
    entries = search.on_this_day(replace(day, year=None), today=today)  # Of any year, and years count from today's.
    if not entries:
        fail(f"On this day, {day.said}: nothing that the archive knows of.")
    if as_json:
        note(f"On this day, {day.said}:")
        _print_lines(map(jsonlines.on_this_day, entries))
    else:
        from store import screen  # noqa: PLC0415

        screen.show_day(screen.console(sys.stdout), day.said, entries)


@cli.command()
@as_json
@folder_options
@click.pass_context
def sources(ctx: click.Context, as_json: bool) -> None:
    """List the documents, newest first."""
    archive = ctx.with_resource(open_archive(*folders(ctx)))
    documents = archive.documents()
    if not documents:
        fail("The archive is empty.")
    if as_json:
        _print_lines(map(jsonlines.document, documents))
    else:
        from store import screen  # noqa: PLC0415

        screen.show_sources(screen.console(sys.stdout), documents)


@cli.command()
@click.argument("identifier", metavar="ID")
@as_json
@folder_options
@click.pass_context
def show(ctx: click.Context, identifier: str, as_json: bool) -> None:
    """Print one quote with its question, the whole passage, and its neighbours."""
    from store.search import Search  # noqa: PLC0415

    archive = ctx.with_resource(open_archive(*folders(ctx)))
    with archive.snapshot():
        found = Search(archive).quote(identifier)
        before, after = archive.neighbours(found.passage)
    if as_json:
        _print_lines([jsonlines.shown(found, before, after)])
    else:
        from store import screen  # noqa: PLC0415

        screen.show_context(screen.console(sys.stdout), found, before, after)


@cli.command()
@as_json
@folder_options
@click.pass_context
def passages(ctx: click.Context, as_json: bool) -> None:
    """Print every passage, in the order of the files."""
    search = ctx.with_resource(open_search(*folders(ctx)))
    # Closed before the archive is, also where nobody reads to the end: `quotebot passages | head`.
    quotes = ctx.with_resource(closing(search.passages()))
    if as_json:
        _print_lines(map(jsonlines.quote, quotes))
    else:
        from store import screen  # noqa: PLC0415

        screen.show_passages(screen.console(sys.stdout), quotes)


@cli.command()
@click.option("--remove", is_flag=True, help="Texts that left the folder leave the archive, even if that is most.")
@click.option("--agreed", metavar="TAG", default="", help="The same, for just those texts that `leaving` named so.")
@click.option(
    "--progress",
    type=click.Choice(["bar", "json"]),
    default="bar",
    show_default=True,
    help="How to tell on stderr how far it is: a bar in terminals, or JSON, one object a line.",
)
@as_json
@folder_options
@click.pass_context
def build(ctx: click.Context, remove: bool, agreed: str, progress: str, as_json: bool) -> None:
    """Bring the archive in step with the folder of texts."""
    from store.ingest.run import run  # noqa: PLC0415

    seeds, data = folders(ctx)
    telling = _progress_bar() if progress == "bar" else nullcontext(_progress_lines())
    try:
        with telling as tell:
            report = run(seeds, data / ARCHIVE, remove=remove, agreed=agreed, progress=tell)
    except RemovalError as error:
        if progress == "json":
            note(jsonlines.line(jsonlines.removal(error)))
        raise
    if as_json:
        _print_lines([jsonlines.report(report)])
    else:
        from store import screen  # noqa: PLC0415

        screen.show_report(screen.console(sys.stdout), report)
    if not report.documents and not remove:
        fail("Nothing could be loaded: the archive is empty.")


def _progress_bar() -> AbstractContextManager[Callable[[int, int, str], None]]:
    from store import screen  # noqa: PLC0415 - rich takes longer to import than a build of few files needs

    return screen.progress_bar()


def _progress_lines() -> Callable[[int, int, str], None]:
    """Return what tells on stderr of files done, in all, and last: at once, then at most every `_TELL_SECONDS`."""
    told = -math.inf

    def tell(done: int, total: int, file: str) -> None:
        nonlocal told
        if done == total or monotonic() - told >= _TELL_SECONDS:
            told = monotonic()
            note(jsonlines.line(jsonlines.progress(done, total, file)))

    return tell


def _print_lines(records: Iterable[Record]) -> None:
    for record in records:
        click.echo(jsonlines.line(record))


def _explain(typed: str, results: Results) -> None:
    """Say on stderr how the words were understood; fail where nothing was found."""
    from store.days import stretch_in_words  # noqa: PLC0415
    from store.query import MOST_WORDS, parse  # noqa: PLC0415
    from store.unmet import reasons  # noqa: PLC0415

    dropped = parse(typed).dropped
    if dropped:
        note(f"Only the first {MOST_WORDS} different words were searched for; {dropped} more were left out.")
    if results.corrected:
        note("Showing results for " + ", ".join(f"“{meant}” (typed: {word})" for word, meant in results.corrected))
    if results.days:
        note(f"Only what is of {stretch_in_words(*results.days)}; in quotation marks the date is words")
    why = [*reasons(results.unmet)]
    if results.missing:
        why.append(f"Nobody speaks of {_listed(results.missing, ', ')} here")
    elif results.apart:
        why.append(f"Nobody speaks of {_listed(results.apart, ' and ')} together here")
    nearest = "nearest" if why else "in other words"
    if results.otherwise:
        why.append(f"Nobody says {_listed(results.otherwise, ' or ')} here")
    elif results.elsewhere:
        why.append(f"Nobody says {_listed(results.elsewhere, ' or ')} with the rest here")
    found = clip(". ".join(why), _LONGEST_LIST)
    if results.quotes and why:
        note(f"{found}; {nearest}:")
    if not results.quotes:
        fail(
            f"{found or 'Nothing was found'}. `quotebot sources` lists the documents, `quotebot random` prints a quote."
        )


def _listed(words: Sequence[str], between: str) -> str:
    return clip(between.join(f"“{clip(word, _LONGEST_WORD)}”" for word in words), _LONGEST_LIST)


def _remark(remark: Remark) -> str:
    return f"{remark.file}: {remark.reason}" if remark.line is None else f"{remark.file}:{remark.line}: {remark.reason}"
