"""Transcripts: remarks, speeches and interviews in the speaker's own words, turns opened by labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.ingest.header import SPOKEN_KINDS, is_dateline, kind_of, owner_of, title_index
from store.ingest.labels import Label, turn_labels
from store.ingest.layout import Reading, Utterance
from store.ingest.page import Paragraph, script
from store.ingest.persons import same_person, surname
from store.model import Attribution, Source
from store.text import fold, words

_HEAD = 30
_CLOSED_SHARE = 0.6
"""Below this share of paragraphs that end as sentences do, a line without an end is no sign of a heading."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who speaks: the persons whose turns are kept; an unnamed answer is the first one's."""

    names: tuple[str, ...]

    def plays(self, label: Label) -> str | None:
        """Return the person whose turn a label opens; None for everybody else's."""
        if label.role == "answer":
            return next(iter(self.names), None)
        if label.role == "question":
            return None
        return next((person for person in self.names if same_person(person, label.name)), None)


def read(page: Sequence[Paragraph], *, source: Source, language: str | None) -> Reading:
    """Read a page as a transcript.

    Kept are the turns of the persons whose words it announces, and, where it announces remarks or a speech, what stands
    before the first label. Questions travel with the turns behind them. What follows the last turn's label is the
    speaker's up to the first line that is the page's own: a control, a heading of other matter, another script.
    """
    at = title_index(page[:_HEAD], language)
    title = source.title or (page[at].text if at is not None else "")
    announced = source.speaker or owner_of(title)
    labels = turn_labels(page, known=[announced] if announced else [])
    cast = _cast(labels, announced=announced, title=title, source=source)
    turns = {index: label for index, label in labels.items() if label.role != "name" or cast.plays(label)}
    first, last = min(turns, default=None), max((i for i, label in turns.items() if cast.plays(label)), default=None)
    opens_unlabelled = announced is not None and (source.kind or kind_of(title)) in SPOKEN_KINDS
    if last is None and not opens_unlabelled:
        return Reading(0, 0.0, ())
    body = first if first is not None and last is not None else len(page)
    if opens_unlabelled:
        body = _opening(page[:body], -1 if at is None else at, announced or "", language)
    end = _end(page, body if last is None else last + 1, language)
    utterances = tuple(_walk(page, body, end, labels, cast))
    known = sum(len(line.text) for line in page[:end]) if utterances else 0
    return Reading(body, known / sum(len(line.text) for line in page), utterances)


def _cast(labels: Mapping[int, Label], *, announced: str | None, title: str, source: Source) -> _Cast:
    named = Counter(label.name for label in labels.values() if label.role == "name")
    if announced is None:
        main = _answers_most(labels)
    else:
        spelled = next((name for name, _ in named.most_common() if same_person(name, announced)), announced)
        main = source.speaker or max(announced, spelled, key=lambda name: len(name.split()))
    if main is None:
        return _Cast(())
    if source.speaker or (source.kind or kind_of(title)) == "interview":
        return _Cast((main,))
    in_title = set(words(title))
    others = [name for name in named if surname(name) in in_title and not same_person(name, main)]
    return _Cast((main, *others))


def _answers_most(labels: Mapping[int, Label]) -> str | None:
    """Return the name that most often follows a question; None where no question is answered by a name."""
    order = [labels[index] for index in sorted(labels)]
    answers = Counter(
        answer.name
        for question, answer in zip(order, order[1:], strict=False)
        if answer.role == "name"
        and (question.role == "question" or (question.name != answer.name and "?" in question.rest))
    )
    return answers.most_common(1)[0][0] if answers else None


def _opening(head: Sequence[Paragraph], title: int, speaker: str, language: str | None) -> int:
    """Return the index at which unlabelled words begin: behind the title, its day and the page's controls, and behind
    the outlet's introduction, which names the speaker, as hardly anybody names himself.
    """
    for index in range(title + 1, len(head)):
        line = head[index]
        own = (line.is_closed or line.is_salutation) and not line.is_stage_direction and not line.is_furniture
        if own and not is_dateline(line.text, language) and surname(speaker) not in words(line.text):
            return index
    return len(head)


def _end(page: Sequence[Paragraph], start: int, language: str | None) -> int:
    """Return the index behind the last paragraph of the text, which may go on from `start`."""
    dominant = script(" ".join(line.text for line in page[:start])) or script(" ".join(line.text for line in page))
    headings_tell = _headings_tell(page[:start] or page)

    def foreign(line: Paragraph) -> bool:
        return line.script not in {None, dominant}

    for index in range(start, len(page)):
        line = page[index]
        if line.is_furniture or foreign(line) or _is_bare_day(line, language):
            return index
        if line.is_heading and headings_tell:
            after = page[index + 1] if index + 1 < len(page) else None
            if (
                after is None
                or after.is_heading
                or after.is_furniture
                or foreign(after)
                or _is_bare_day(after, language)
            ):
                return index
    return len(page)


def _is_bare_day(line: Paragraph, language: str | None) -> bool:
    return line.is_heading and is_dateline(line.text, language)


def _headings_tell(page: Sequence[Paragraph]) -> bool:
    return sum(line.is_closed or line.is_salutation for line in page) >= _CLOSED_SHARE * len(page)


def _walk(
    page: Sequence[Paragraph], body: int, end: int, labels: Mapping[int, Label], cast: _Cast
) -> Iterator[Utterance]:
    headings_tell = _headings_tell(page[body:end])
    speaker = cast.names[0] if body not in labels else None
    asking: list[str] | None = None
    question: str | None = None
    for index in range(body, end):
        line, label = page[index], labels.get(index)
        text = line.text if label is None else label.rest.strip("*_ ")
        if label is not None:
            speaker = cast.plays(label)
            asking = [] if speaker is None and (label.role == "question" or "?" in text) else None
        if not text or line.is_stage_direction or (label is None and _is_aside(line, headings_tell=headings_tell)):
            continue
        if speaker is not None:
            yield Utterance(line.line, text, Attribution.SPOKEN, speaker, question)
        elif asking is not None:
            asking.append(text)
            question = " ".join(asking)


def _is_aside(line: Paragraph, *, headings_tell: bool) -> bool:
    """Tell whether an unlabelled line within the text is the page's: a control, or a heading between answers."""
    return (
        line.is_furniture or (headings_tell and line.is_heading) or fold(line.text).startswith("unofficial translation")
    )
