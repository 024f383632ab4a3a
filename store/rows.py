"""Rows of the archive as records: for each table the columns to select, and the record that they make."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from store.model import Attribution, Dated, Document, Passage

DOCUMENT = (
    "documents.id, file, title, date, dated, published, outlet, venue, kind, language, url, archived, speakers, "
    "documents.passages, questions"
)
PASSAGE = (
    "passages.id, document, position, passages.text, attribution, verbatim, speaker, passages.question, formula, line"
)


def document_of(row: tuple[Any, ...]) -> Document:
    """Return the Document of a row that begins with the columns `DOCUMENT`."""
    identifier, file, title, day, dated, published, outlet, venue, kind, language, url, archived = row[:12]
    speakers, passages, questions = row[12:15]
    return Document(
        id=identifier,
        file=file,
        title=title,
        date=date.fromisoformat(day),
        dated=Dated(dated),
        published=None if published is None else date.fromisoformat(published),
        outlet=outlet,
        venue=venue,
        kind=kind,
        language=language,
        url=url,
        archived=archived,
        speakers=tuple(json.loads(speakers)),
        passages=passages,
        questions=questions,
    )


def passage_of(row: tuple[Any, ...]) -> Passage:
    """Return the Passage of a row that begins with the columns `PASSAGE`."""
    identifier, document, position, text, attribution, verbatim, speaker, question, formula, line = row[:10]
    return Passage(
        id=identifier,
        document=document,
        position=position,
        text=text,
        attribution=Attribution(attribution),
        verbatim=tuple(json.loads(verbatim)),
        speaker=speaker,
        question=question,
        formula=bool(formula),
        line=line,
    )
