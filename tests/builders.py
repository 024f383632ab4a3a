"""Records with defaults, so that a test names only what matters, and archives that hold them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from store.archive import Archive
from store.model import Attribution, Dated, Document, Passage, Rhythm, Subscription, SubscriptionState
from store.writer import ArchiveWriter, Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from store.model import DatedMention


def passage(
    text: str = "We must respect the sovereignty of Syria and find a political settlement.",
    *,
    id: str | None = None,  # noqa: A002 - the name of the field
    document: str = "talk",
    position: int = 0,
    attribution: Attribution = Attribution.SPOKEN,
    verbatim: tuple[str, ...] = (),
    speaker: str | None = "Ann",
    question: str | None = None,
    formula: bool = False,
    line: int = 1,
) -> Passage:
    """Return a Passage; its id is made from the document and the text where none is given."""
    made = "p" + sha256(f"{document} {text}".encode()).hexdigest()[:15]
    return Passage(
        id=made if id is None else id,
        document=document,
        position=position,
        text=text,
        attribution=attribution,
        verbatim=verbatim,
        speaker=speaker,
        question=question,
        formula=formula,
        line=line,
    )


def document(
    id: str = "talk",  # noqa: A002 - the name of the field
    *,
    file: str | None = None,
    title: str = "A talk",
    date: dt.date = dt.date(2018, 2, 7),
    dated: Dated = Dated.UTTERANCE,
    published: dt.date | None = None,
    outlet: str | None = "The Paper",
    venue: str | None = None,
    kind: str | None = "interview",
    language: str | None = "en",
    url: str | None = "https://example.org/talk",
    archived: str | None = None,
    speakers: tuple[str, ...] = ("Ann",),
    passages: int = 0,
    questions: int = 0,
) -> Document:
    """Return a Document of the file `<id>.txt` unless another is named."""
    return Document(
        id=id,
        file=f"{id}.txt" if file is None else file,
        title=title,
        date=date,
        dated=dated,
        published=published,
        outlet=outlet,
        venue=venue,
        kind=kind,
        language=language,
        url=url,
        archived=archived,
        speakers=speakers,
        passages=passages,
        questions=questions,
    )


def subscription(
    due: dt.datetime,
    *,
    exact: bool = False,
    rhythm: Rhythm = Rhythm.DAILY,
    wanted: tuple[str, ...] = (),
    unwanted: tuple[str, ...] = (),
) -> Subscription:
    """Return an active Subscription of a private chat for 09:00 UTC that is `due` next, on the date of that."""
    return Subscription(
        chat=1,
        topic=0,
        kind="private",
        hour="09:00",
        zone="UTC",
        zone_said="",
        rhythm=rhythm,
        weekday=0,
        wanted=wanted,
        unwanted=unwanted,
        silent=False,
        exact=exact,
        state=SubscriptionState.ACTIVE,
        reason="",
        next_due_at=due,
        next_date=due.date(),
        made_at=due,
    )


def write_archive(
    path: Path,
    *passages: Passage,
    documents: Iterable[Document] = (),
    mentions: Mapping[str, Iterable[DatedMention]] | None = None,
) -> None:
    """Put passages into the archive at `path`, in place of what it held of their documents.

    A document that is not among `documents` has the defaults. Passages of one document that all say the same
    position are numbered in the order given. `mentions` go by passage id.
    """
    found = mentions or {}
    known = {made.id: made for made in documents}
    for one in passages:
        known.setdefault(one.document, document(one.document))
    with ArchiveWriter(path) as writer:
        for made in known.values():
            own = _numbered([one for one in passages if one.document == made.id])
            digest = sha256(repr((made, own)).encode()).hexdigest()
            own_mentions = {one.id: tuple(found.get(one.id, ())) for one in own}
            writer.put(made, own, own_mentions, Kept(digest, digest))
        writer.commit()


def make_archive(
    folder: Path,
    *passages: Passage,
    documents: Iterable[Document] = (),
    mentions: Mapping[str, Iterable[DatedMention]] | None = None,
) -> Archive:
    """Return an open Archive, `archive.db` in `folder`, that holds these passages; see `write_archive`."""
    path = folder / "archive.db"
    write_archive(path, *passages, documents=documents, mentions=mentions)
    return Archive.open(path)


def _numbered(passages: list[Passage]) -> list[Passage]:
    if len({one.position for one in passages}) == len(passages):
        return passages
    return [replace(one, position=number) for number, one in enumerate(passages)]
