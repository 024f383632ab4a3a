"""Transcripts: remarks, speeches and interviews in the speaker's own words, turns opened by labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.ingest.header import SPOKEN_KINDS, is_dateline, kind_of, owner_of, title_index
from store.ingest.labels import Label, turn_labels
from store.ingest.layout import Reading, Utterance
from store.ingest.page import Paragraph, script
from store.ingest.persons import bare_name, is_office, names_in, same_person, surname
from store.model import Attribution, Source
from store.text import fold, spans, words

_HEAD = 30
_TITLE_WORDS = 10
_PREDICATES = frozenset(
    """
    i you he she it we they is are am was were be been has have had do does did will would can could shall should may
    might must not there this that said
    """.split()
)
"""Folded words that sentences have and headings of transcripts hardly ever."""
_FIRST_PERSON = frozenset(
    """
    i we our ours us my me mine ourselves myself я мы мне нам нас наш наша наше наши нашу нашей наших мой моя мое
    считаем ich wir unser unsere uns mein meine je j nous notre nos mon ma mes yo nosotros nuestro nuestra nuestros mi
    io noi nostro nostra eu nos nosso 我 我们
    """.split()
)
"""Folded words by which speakers of English, Russian, German, French, Spanish and some others speak of themselves."""
_THE_SPEAKER = re.compile(
    r"\b(?:the|his|her)\s+(?:\w+\s+)?(?:minister|president|chancellor|secretary|ambassador|speaker|speech|address|remarks)\b",
    re.IGNORECASE,
)
_LONG = 60
_OWN_SHARE = 0.25
_NAMED_SHARE = 0.1
_NO_LABEL = Label("", "", "-")
_CLOSED_SHARE = 0.6
"""Below this share of paragraphs that end as sentences do, a line without an end is no sign of a heading."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who speaks: the persons whose turns are kept; an unnamed answer is the first one's.

    `labels` counts the names that turns are labelled with, folded: two that recur are two persons, however alike.
    """

    names: tuple[str, ...]
    labels: Mapping[str, int]
    office: str = ""
    """The words before the first one's name in the title: a label that is an office of these is that person's."""

    def plays(self, label: Label) -> str | None:
        """Return the person whose turn a label opens; None for everybody else's."""
        if label.role == "answer":
            return next(iter(self.names), None)
        if label.role == "question":
            return None
        if is_office(label.name):
            return (
                self.names[0]
                if self.names and set(words(label.name)) - {"the", "mr"} <= set(words(self.office))
                else None
            )
        alike = [person for person in self.names if same_person(person, label.name)]
        exact = [person for person in alike if surname(person) == surname(label.name)]
        if alike and not exact and self.labels.get(fold(label.name), 0) > 1 and self._is_labelled(alike[0]):
            return None
        return next(iter([*exact, *alike]), None)

    def _is_labelled(self, person: str) -> bool:
        return any(words(name)[-1:] == words(person)[-1:] for name in self.labels)


def read(page: Sequence[Paragraph], *, source: Source, language: str | None) -> Reading:
    """Read a page as a transcript.

    Kept are the turns of the persons whose words it announces, and, where it announces remarks or a speech, what stands
    before the first label. Questions travel with the turns behind them. What follows the last turn's label is the
    speaker's up to the first line that is the page's own: a control, a heading of other matter, another script.
    """
    at = title_index(page[:_HEAD], language)
    title = source.title or (page[at].text if at is not None else "")
    announced = source.speaker or owner_of(title)
    labels = {
        index: label
        for index, label in turn_labels(page, known=[announced] if announced else []).items()
        if (at is None or index > at) and not (index + 1 < len(page) and _is_bare_day(page[index + 1], language))
    }
    cast = _cast(labels, page[:_HEAD], announced=announced, title=title, source=source)
    first, last = min(labels, default=None), max((i for i, label in labels.items() if cast.plays(label)), default=None)
    owner = owner_of(title) or announced
    opens_unlabelled = (
        announced is not None
        and same_person(owner or announced, announced)
        and (source.kind or kind_of(title)) in SPOKEN_KINDS
    )
    if last is None and not opens_unlabelled:
        return Reading(0, 0.0, ())
    body = first if first is not None and last is not None else len(page)
    if opens_unlabelled:
        opening = _opening(page[:body], -1 if at is None else at, announced or "", language)
        if _is_first_person(
            page[opening : body if last is not None else _end(page, opening, language)], announced or ""
        ):
            body = opening
        elif last is None:
            return Reading(0, 0.0, ())
    end = _end(page, body if last is None else last + 1, language)
    while last is None and end > body and _tells_of(page[end - 1], announced or ""):
        end -= 1
    dialogue = (source.kind or kind_of(title)) == "interview"
    utterances = tuple(_walk(page, range(body, end), labels, cast, dialogue=dialogue))
    questions = {utterance.question for utterance in utterances if utterance.question}
    known = sum(len(utterance.text) for utterance in utterances) + sum(map(len, questions))
    return Reading(body, known / sum(len(line.text) for line in page), utterances)


def _cast(
    labels: Mapping[int, Label], page: Sequence[Paragraph], *, announced: str | None, title: str, source: Source
) -> _Cast:
    named = Counter(label.name for label in labels.values() if label.role == "name")
    counts = {fold(name): number for name, number in named.items()}
    if announced is None:
        main = _answers_most(labels)
    else:
        spelled = next((name for name, _ in named.most_common() if same_person(name, announced)), announced)
        main = source.speaker or max(announced, spelled, key=lambda name: len(name.split()))
    if main is None:
        return _Cast((), counts)
    main = source.speaker or _in_full(main, page)
    if source.speaker or (source.kind or kind_of(title)) == "interview":
        return _Cast((main,), counts, _office_in(title, main))
    in_title = set(words(title))
    others = [name for name in named if surname(name) in in_title and not same_person(name, main)]
    return _Cast((main, *others), counts, _office_in(title, main))


def _office_in(title: str, name: str) -> str:
    found = spans(title)
    at = next((index for index, word in enumerate(found) if word.folded == surname(name)), 0)
    return " ".join(word.folded for word in found[max(0, at - 5) : at])


def _in_full(name: str, head: Sequence[Paragraph]) -> str:
    """Return a person's name as the head of the page gives it in full; the name itself where it does not."""
    if len(words(name)) > 1:
        return name
    full = (match.split() for line in head for match in names_in(line.text) if same_person(match, name))
    parts = next(full, [name])
    return bare_name(" ".join(parts[-3:] if len(parts) > 2 and len(parts[-2].rstrip(".")) == 1 else parts[-2:]))


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
        whole = (line.is_closed or line.is_salutation) and not line.is_stage_direction and not line.is_furniture
        if whole and not is_dateline(line.text, language) and not _tells_of(line, speaker):
            return index
    return len(head)


def _tells_of(line: Paragraph, speaker: str) -> bool:
    """Tell whether a paragraph tells of the speaker: by name, or by office and in the third person."""
    found = words(line.text)
    if surname(speaker) in found:
        return True
    return bool(_THE_SPEAKER.search(line.text)) and _FIRST_PERSON.isdisjoint(found)


def _is_first_person(page: Sequence[Paragraph], speaker: str) -> bool:
    """Tell whether unlabelled paragraphs are in the speaker's own voice: they say I or we, and hardly name the speaker.

    A press release or an article under the title of a speech tells of it in the third person.
    """
    found = [set(words(line.text)) for line in page]
    long = sum(len(line.text) >= _LONG for line in page)
    own = sum(not said.isdisjoint(_FIRST_PERSON) for said in found) + sum(line.is_salutation for line in page)
    named = sum(surname(speaker) in said for said in found)
    return bool(page) and own >= max(1, _OWN_SHARE * long) and named <= _NAMED_SHARE * long


def _end(page: Sequence[Paragraph], start: int, language: str | None) -> int:
    """Return the index behind the last paragraph of the text, which may go on from `start`."""
    dominant = script(" ".join(line.text for line in page[max(0, start - _HEAD) : start or None]))
    headings_tell = _headings_tell(page[:start] or page)

    def foreign(line: Paragraph) -> bool:
        return line.script not in {None, dominant}

    for index in range(start, len(page)):
        line = page[index]
        if line.is_furniture or foreign(line) or _is_bare_day(line, language):
            return index
        if _is_title(line) and headings_tell:
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
    page: Sequence[Paragraph], text_of: range, labels: Mapping[int, Label], cast: _Cast, *, dialogue: bool
) -> Iterator[Utterance]:
    """Yield the kept paragraphs of the range; in a dialogue whatever the other person says is what is answered."""
    headings_tell = _headings_tell(page[text_of.start : text_of.stop])
    speaker = cast.names[0] if text_of.start not in labels else None
    asking: list[str] | None = None
    question: str | None = None
    for index in text_of:
        line, label = page[index], labels.get(index)
        text = line.text if label is None else label.rest.strip("*_ ")
        if label is not None:
            speaker = cast.plays(label)
            asks = label.role == "question" or "?" in text or dialogue
            asking = [] if speaker is None and asks else None
        follows = label is None and index and not labels.get(index - 1, _NO_LABEL).rest and index - 1 in labels
        if not text or line.is_stage_direction:
            continue
        if label is None and not follows and _is_aside(line, labels.get(index + 1), headings_tell=headings_tell):
            continue
        if speaker is not None:
            yield Utterance(line.line, text, Attribution.SPOKEN, speaker, question)
        elif asking is not None:
            asking.append(text)
            question = " ".join(asking)


def _is_aside(line: Paragraph, following: Label | None, *, headings_tell: bool) -> bool:
    """Tell whether an unlabelled line within the text is the page's: a control, or a heading between answers."""
    if line.is_furniture or (headings_tell and _is_title(line)) or fold(line.text).startswith("unofficial translation"):
        return True
    return following is not None and line.text.endswith(":") and len(line.text.split()) <= _TITLE_WORDS


def _is_title(line: Paragraph) -> bool:
    """Tell a heading from a sentence that has lost its full stop: few words, and none that says or does something."""
    if not line.is_heading:
        return False
    found = words(line.text)
    return len(found) <= _TITLE_WORDS and _PREDICATES.isdisjoint(found)
