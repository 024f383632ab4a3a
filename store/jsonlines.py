"""What the commands print with `--json`: one object a line, its fields in a settled order."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.errors import RemovalError
    from store.model import Document, OnThisDay, Passage, Quote, Report

Record = dict[str, Any]

_MOST_LEAVING = 50
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def line(record: Record) -> str:
    """Return the record as JSON on one line, no letter escaped."""
    written = json.dumps(record, ensure_ascii=False)
    # Signs that end a line in Unicode: JSON may hold them, but those who read line by line would cut there.
    return written.translate(_LINE_ENDS)


def quote(quote: Quote, *, scored: bool = False) -> Record:
    """Return a quote; `scored` adds what only a search knows of it."""
    passage = quote.passage
    record: Record = {
        "id": passage.id,
        "text": quote.text,
        "passage": passage.text,
        "attribution": passage.attribution.value,
        "verbatim": list(passage.verbatim),
        "speaker": passage.speaker,
        "question": passage.question,
        "document": document(quote.document),
        "position": passage.position,
        "link": quote.link,
        "archived": quote.archived,
    }
    if scored:
        record |= {"score": quote.score, "matched": list(quote.matched), "partial": quote.partial}
    return record


def document(document: Document) -> Record:
    """Return a document."""
    return {
        "id": document.id,
        "file": document.file,
        "title": document.title,
        "date": document.date.isoformat(),
        "published": document.published.isoformat() if document.published else None,
        "dated": document.dated.value,
        "outlet": document.outlet,
        "venue": document.venue,
        "kind": document.kind,
        "language": document.language,
        "url": document.url,
        "speakers": list(document.speakers),
        "passages": document.passages,
        "questions": document.questions,
    }


def on_this_day(entry: OnThisDay) -> Record:
    """Return what falls on a day."""
    return {
        "kind": entry.kind,
        "date": entry.date.isoformat(),
        "years_ago": entry.years_ago,
        "what": entry.what,
        "quote": quote(entry.quote),
    }


def shown(shown: Quote, before: Passage | None, after: Passage | None) -> Record:
    """Return a quote with the ids of its neighbours in the document, null at either end."""
    return quote(shown) | {"previous": before.id if before else None, "next": after.id if after else None}


def report(report: Report) -> Record:
    """Return what a build did."""
    return asdict(report)


def progress(done: int, total: int, file: str) -> Record:
    """Return how far a build is: how many files are done, of how many, and the last of them."""
    return {"done": done, "total": total, "file": file}


def removal(error: RemovalError) -> Record:
    """Return what a build would take out of the archive: how many files, of how many, the first, and their tag."""
    first = list(error.leaving[:_MOST_LEAVING])
    return {"leaving": len(error.leaving), "held": error.held, "tag": error.tag, "files": first}
