"""Transcripts: remarks, speeches and interviews in the speaker's own words, turns opened by labels."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from store.ingest.cast import Cast, cast_of
from store.ingest.extent import TITLE_WORDS, end_of, headings_tell, is_bare_day, is_title, opening, opening_of
from store.ingest.formulas import is_formula
from store.ingest.header import title_index
from store.ingest.labels import ORDINALS, Label, small_words, untimed
from store.ingest.layout import Reading, Utterance, introduced
from store.ingest.losses import ahead, behind, shown
from store.ingest.page import Paragraph
from store.ingest.persons import is_role, names_in, same_person
from store.ingest.telling import told_from
from store.ingest.titles import SPOKEN_KINDS, gives_words, kind_of, owner_of, owners_of
from store.ingest.turns import turn_labels
from store.ingest.voice import (
    before_afterword,
    behind_thanks,
    closes,
    dialogue_within,
    in_another_script,
    is_first_person,
    is_others,
    is_own,
    own_words,
    tells_of,
)
from store.model import Attribution, Source
from store.text import STOP_WORDS, fold, sentences, words

_HEAD = 30
_TOLD = 4
_ONE_WORD_HEAD = re.compile(r"^(?P<head>[^\W\d_]+):\s+")
_MODERATES = re.compile(r"\W*(?:moderator|chair|ведущ|модератор)", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"^\W*(?:(?:the\ )?following|below|here|this)\ (?:is|are)\b.{0,80}?\b(?:transcript(?:ion)?|text|version|remarks)\b",
    re.IGNORECASE | re.VERBOSE,
)
_VERBATIM = re.compile(r"\bas\s+(?:prepared|delivered)\b", re.IGNORECASE)
"""What a title says of words that are the speaker's own, whomever they name."""
_APART = "set apart as a quotation"
_FOREIGN = "in another script than the rest"
_DIALOGUE = "a dialogue behind dashes that does not say whose each is"
_OTHERS = "told of the speaker or of others, or played"


def read(page: Sequence[Paragraph], *, source: Source, language: str | None) -> Reading:
    """Read a page as a transcript.

    Kept are the turns of the persons whose words it announces, and, where it announces remarks or a speech, what stands
    before the first label. Questions travel with the turns behind them. What follows the last turn's label is the
    speaker's up to the first line that is the page's own: a control, a heading of other matter, another script.
    """
    at = _title_at(page, language)
    if source.speaker and source.kind in SPOKEN_KINDS and at is not None and not page[at].is_title:
        at = None if _is_within(page, at) else at
    title = source.title or (page[at].text if at is not None else "")
    owners = (source.speaker,) if source.speaker else owners_of(title) or _introduced(page[:_HEAD])
    announced = next(iter(owners), None)
    turns = {
        index: label
        for index, label in turn_labels(page, known=[announced] if announced else [*names_in(title)]).items()
        if not (
            index + 1 < len(page)
            and is_bare_day(page[index + 1], language)
            and not any(line.is_prose for line in page[:index])  # A turn may be followed by a time.
        )
    }
    # A turn that stands in for a title is one of the text's all the same.
    above = set() if at is None or page[at].is_closed else {index for index in turns if index <= at}
    if at is not None and not page[at].is_closed:
        above |= {index for index in turns if page[index].text == page[at].text}  # The title, again.
    labels = {index: label for index, label in turns.items() if index not in above}
    if source.speaker and source.kind in SPOKEN_KINDS:  # "Mr. President:" is a greeting where nobody is labelled so.
        labels = _but_greetings(labels, page[0])
    order = [*sorted(labels), len(page)]
    asking = frozenset(
        index for index, after in itertools.pairwise(order) if page[after - 1].text.rstrip('”"’ ').endswith("?")
    )
    spoken = _with_words(labels, page)
    cast = cast_of(spoken, page[:_HEAD], announced=owners, title=title, source=source, asking=asking)
    whole, following = page, labels
    page = page[: _before_another_text(page, labels, announced)]
    labels = {index: label for index, label in labels.items() if index < len(page)}
    labels |= _interjections(page, labels, cast)
    first, last = min(labels, default=None), max((i for i, label in labels.items() if cast.plays(label)), default=None)
    owner = next(iter(owners_of(title)), announced)
    asserted = source.speaker is not None and source.kind in SPOKEN_KINDS
    opens_unlabelled = (
        announced is not None
        and len(owners) == 1  # Nobody knows whose words unlabelled ones of two persons are.
        and (same_person(owner or announced, announced) or (asserted and not _is_another(owner, announced)))
        and (source.kind or kind_of(title)) in SPOKEN_KINDS
    )
    if last is None and not opens_unlabelled:
        lacks = _contrary(owner, announced) if asserted else _lacks(tuple(labels.values()), owners)
        return Reading(0, 0.0, (), lacks=lacks)
    body = first if first is not None and last is not None else len(page)
    if opens_unlabelled:
        begin = opening_of if asserted else opening
        opens = begin(page[:body], -1 if at is None else at, announced or "", language)
        upto = body if last is not None else end_of(page, opens, language, asserted=asserted)
        told = told_from(page[0 if at is None else at + (not page[at].is_closed) : upto], announced)
        if not told and (asserted or _VERBATIM.search(title) or is_first_person(page[opens:upto], announced or "")):
            body = opens
        elif last is None:
            return Reading(0, 0.0, (), lacks=_tells(told, announced) if told else None)
    begins = body if last is None else last + 1
    end = behind_thanks(page, body, end_of(page, begins, language, asserted=asserted), unlabelled=begins)
    # What the outlet says of the speaker behind the last words: "Ann Lee is the foreign minister of …".
    while end > begins and (
        closes(page[end - 1], cast.names[0], cast.office) or (last is None and tells_of(page[end - 1], cast.names[0]))
    ):
        end -= 1
    end = before_afterword(page, begins, end) if last is None else end
    asks = any(label.role == "question" for label in labels.values())
    dialogue = (source.kind or kind_of(title)) == "interview" and not asks
    passed: dict[str, list[int]] = {}
    utterances = tuple(introduced(_walk(page, range(body, end), labels, cast, dialogue=dialogue, passed=passed)))
    questions = {utterance.question for utterance in utterances if utterance.question}
    known = sum(len(utterance.text) for utterance in utterances) + sum(map(len, questions))
    left_out = (
        *_above(page, above, turns),
        *(ahead(page[:body]) if asserted and body not in labels else ()),
        *(
            ()
            if source.speaker and (last is not None or not asserted)
            else _left_out(page, range(body, end), _with_words(labels, page), cast, questions)
        ),
        *((lines[0], f"{_counted(lines, 'line')}, {why}") for why, lines in passed.items()),
        *behind(whole[end : min((index for index in following if index >= end), default=len(whole))], utterances),
    )
    lacks = None if utterances or not labels else _unlabelled(tuple(labels.values()), announced)
    return Reading(body, known / sum(len(line.text) for line in page), utterances, lacks=lacks, left_out=left_out)


def _is_within(page: Sequence[Paragraph], at: int) -> bool:
    """Tell whether what looks like a title is of the text: a sentence above it tells that, and so do two of its own
    that say I or we.
    """
    return any(line.is_prose for line in page[:at]) or (is_own(page[at]) and len(sentences(page[at].text)) > 1)


def _is_another(owner: str | None, speaker: str) -> bool:
    """Tell whether a title gives its words in full to somebody else than `sources.toml` does; the surname alone, or
    one that stands first ("KISHIDA Fumio"), does not.
    """
    named = words(owner or "")
    return len(named) > 1 and set(named).isdisjoint(words(speaker))


def _unlabelled(labels: Collection[Label], speaker: str | None) -> str:
    told = ", ".join(f"“{name}”" for name in dict.fromkeys(label.name for label in labels if label.name))
    return f"its turns are labelled ({told}), none as {speaker}: put “{speaker}:” before what is the speaker's"


def _tells(line: Paragraph, speaker: str | None) -> str:
    return (
        f"from line {line.line} on it tells what was said, as an article does (“{shown(line.text)}”): save the speech"
        f" itself, or put “{speaker}:” before what is the speaker's"
    )


def _contrary(owner: str | None, speaker: str | None) -> str:
    return (
        f"its title gives its words to {owner}, sources.toml to {speaker}: correct `speaker` there, or say the right"
        " `title`"
    )


def _title_at(page: Sequence[Paragraph], language: str | None) -> int | None:
    """Return the index of the title; above the first turn of somebody who speaks again, where there is one, as what
    stands behind it is a heading within the text ("STATEMENT OF ANN LEE").
    """
    at = title_index(page[:_HEAD], language)
    if at is None or page[at].is_title:
        return at
    labels = turn_labels(page)
    times = Counter(label.name for label in labels.values() if page[at].text != label.name)
    said = (index for index in sorted(labels) if index < at and times[labels[index].name] > 1)
    first = next((index for index in said if page[index].is_closed and labels[index].rest), None)
    above = None if first is None else title_index(page[:first], language)
    return at if above is None else above


def _introduced(head: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return whose words the sentence announces that tells what follows: "Below is the speech by Ann Lee."."""
    return next(
        (
            owners_of(line.text)
            for line in head
            if line.is_closed and (_INTRODUCES.match(line.text) or gives_words(line.text))
        ),
        (),
    )


def _with_words(labels: Mapping[int, Label], page: Sequence[Paragraph]) -> dict[int, Label]:
    """Return labels with the first words of their turn, where a label stands on a line of its own."""
    found = dict(labels)
    for index, label in labels.items():
        behind = range(index + 1, min(index + 3, len(page)))
        within = itertools.takewhile(lambda at: at not in labels, behind if not label.rest else ())
        if rest := next((text for at in within if (text := untimed(page[at].text))), ""):
            found[index] = replace(label, rest=rest)
    return found


def _left_out(
    page: Sequence[Paragraph], text_of: range, labels: Mapping[int, Label], cast: Cast, questions: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield the first line of the turns of each label that are neither kept nor asked, and why they are left out."""
    turns: dict[tuple[str, str], list[int]] = {}  # By label and why.
    for index in sorted(set(labels).intersection(text_of)):
        label = labels[index]
        lost = label.role in {"name", "answer", "unknown"} and label.rest and cast.plays(label) is None
        if lost and not is_formula(label.rest) and not any(label.rest in question for question in questions):
            turns.setdefault((label.name, cast.why_not(label)), []).append(page[index].line)
    for (name, why), lines in turns.items():
        yield lines[0], f"label “{name}”: {_counted(lines, 'turn')}, as {why}"


def _above(page: Sequence[Paragraph], above: Collection[int], turns: Mapping[int, Label]) -> Iterator[tuple[int, str]]:
    """Yield the first line of the turns of each label that stand above the title, if it is a speaker's: it comes again
    ("Location:" does not).
    """
    times = Counter(label.name for label in turns.values())
    found: dict[str, list[int]] = {}
    for index in sorted(above):
        label = turns[index]
        if times[label.name] > 1 and page[index].is_closed and not is_formula(label.rest):
            found.setdefault(label.name, []).append(page[index].line)
    for name, lines in found.items():
        yield lines[0], f"label “{name}”: {_counted(lines, 'turn')}, above what is taken for the title"


def _counted(lines: Sequence[int], what: str) -> str:
    return f"{len(lines)} {what if len(lines) == 1 else f'{what}s'} left out"


def _lacks(labels: Collection[Label], owners: Sequence[str]) -> str | None:
    """Return what a transcript lacks where its labels open no turn of a person that is known; None where it is none."""
    if len(owners) > 1:
        both = " and ".join(owners)
        return f"its words are those of {both}, and no labels tell whose is what: label what each said with “Name:”"
    roles = {label.role for label in labels}
    names = Counter(label.name for label in labels if label.role == "name" or is_role(label.name))
    if names:
        told = ", ".join(f"“{name}”" for name, _ in names.most_common(_TOLD))
        return (
            f"its turns are labelled ({told}), but nothing tells whose words are wanted: say `speaker` in sources.toml"
        )
    if "answer" in roles:
        return "nothing says whose the answers are, neither their labels nor the title: say `speaker` in sources.toml"
    if "question" in roles:
        return "questions are labelled, but no answers are: label these with a name or “Answer:”"
    return None


def _before_another_text(page: Sequence[Paragraph], labels: Iterable[int], speaker: str | None) -> int:
    """Return the index of the title of another person's text, where a page goes on with one; else the page's length."""
    taken = set(labels)
    for index in range(min(taken, default=len(page)) + 1, len(page)):
        line = page[index]
        owner = owner_of(line.text) if line.is_heading and kind_of(line.text) and index not in taken else None
        if owner and speaker and not same_person(owner, speaker):
            return index
    return len(page)


def _interjections(page: Sequence[Paragraph], labels: Mapping[int, Label], cast: Cast) -> dict[int, Label]:
    """Return labels for lines of others that have none: a speaker is labelled again only after somebody else spoke.

    Such a line, last before the label that comes again, asks or has a head of one word: "Voice: Louder!". Where nobody
    else is labelled, it is what others say whatever it looks like. Before the label of somebody else, too, a line with
    such a head is nobody's where the word may be a name: "Falk: Last question."; it opens no sentence and no list
    ("First: …"), and the page never writes it small. Where most labels come again behind but one paragraph, they open
    paragraphs and not turns, and tell nothing of what stands between.
    """
    found: dict[int, Label] = {}
    small = STOP_WORDS | ORDINALS | small_words(page)
    alone = all(cast.plays(label) for label in labels.values())
    order = sorted(labels)
    again = [after - before == 1 for before, after in itertools.pairwise(order)]
    alone = alone and 2 * sum(again) <= len(again)
    for before, after in itertools.pairwise(order):
        line = page[after - 1]
        if after - 1 == before or cast.plays(labels[before]) is None:
            continue
        head = _ONE_WORD_HEAD.match(line.text)
        if cast.plays(labels[before]) != cast.plays(labels[after]):
            if head and head["head"][0].isupper() and fold(head["head"]) not in small:
                found[after - 1] = Label("", "other", line.text[head.end() :])
        elif alone or line.text.endswith("?") or head:
            found[after - 1] = Label("", "question", _ONE_WORD_HEAD.sub("", line.text))
    return found


def _walk(
    page: Sequence[Paragraph],
    text_of: range,
    labels: Mapping[int, Label],
    cast: Cast,
    *,
    dialogue: bool,
    passed: dict[str, list[int]],
) -> Iterator[Utterance]:
    """Yield the kept paragraphs of the range; in a dialogue whatever the other person says is what is answered.

    Whoever speaks first behind a question answers it; nobody knows whether somebody else who speaks behind them does.
    The lines among a speaker's that are somebody else's are noted in `passed`, by why.
    """
    tell = headings_tell(page[text_of.start : text_of.stop])
    apart = _set_apart(page[text_of.start : text_of.stop], text_of.start)
    foreign = dict.fromkeys(in_another_script(page), _FOREIGN)
    asides = foreign | dict.fromkeys(dialogue_within(page), _DIALOGUE) | dict.fromkeys(apart, _APART)
    speaker = cast.names[0] if text_of.start not in labels else None
    first = min(labels, default=text_of.stop)
    talk = first if len(set(map(cast.plays, labels.values()))) > 1 else text_of.stop
    asking: list[str] | None = None
    question: str | None = None
    for index in text_of:
        line, label = page[index], labels.get(index)
        text = untimed(line.text if label is None else label.rest.strip("*_ "))
        if label is not None:
            before, speaker = speaker, cast.plays(label)
            said = text or (page[index + 1].text if index + 1 < text_of.stop and index + 1 not in labels else "")
            told = label.role == "question" or (dialogue and label.role != "unknown")
            asks = "?" in said or (told and not _gives_the_floor(label))
            asking = [] if speaker is None and asks else None
            if asking is None and (speaker is None or before not in {None, speaker}):
                question = None  # What stands behind somebody else's words answers to these, or to nothing.
        follows = index - 1 in labels and not labels[index - 1].rest
        aside = not follows and _is_aside(line, labels.get(index + 1), headings_tell=tell)
        said_nothing = line.is_stage_direction or (speaker and replace(line, text=text).is_stage_direction)
        if not text or said_nothing or (label is None and aside):
            continue
        where = {"talk": index > talk, "unlabelled": index < first}
        why = asides.get(index) or _told(line, speaker, cast, **where) if speaker and label is None else None
        if why == _OTHERS and not {"ask", "asks", "asked"}.isdisjoint(words(text)):
            question = text
        elif why is not None:
            passed.setdefault(why, []).append(line.line)
        elif speaker is not None:
            for words_ in own_words(text):
                yield Utterance(line.line, words_, Attribution.SPOKEN, speaker, question)
        elif asking is not None:
            asking.append(text)
            question = " ".join(asking)


def _told(line: Paragraph, speaker: str, cast: Cast, **where: bool) -> str | None:
    """Return why an unlabelled line among a speaker's is left out where it tells of the speaker or of others."""
    office = cast.office if speaker == cast.names[0] else ""
    return _OTHERS if is_others(line, speaker, office, **where) else None


def _set_apart(lines: Sequence[Paragraph], first: int) -> frozenset[int]:
    """Return the indexes of what Markdown sets apart as a quotation ("> The sea …"), which is somebody else's.

    Not where most letters of a text are.
    """
    quoted = frozenset(index for index, line in enumerate(lines, first) if line.is_set_apart)
    letters = sum(len(line.text) for line in lines if line.is_set_apart)
    return quoted if 2 * letters < sum(len(line.text) for line in lines) else frozenset()


def _but_greetings(labels: Mapping[int, Label], line: Paragraph) -> dict[int, Label]:
    """Return labels without those that are greetings, as the `line` of one tells.

    Beside the turns of others, one is the chair's, unless it stands alone.
    """
    greetings = {index for index, label in labels.items() if replace(line, text=label.name).is_salutation}
    alone = len(greetings) == len(labels)
    return {index: label for index, label in labels.items() if index not in greetings or (label.rest and not alone)}


def _gives_the_floor(label: Label) -> bool:
    """Tell whether a turn that holds no question is courtesy, or a moderator's: "Welcome. Minister, please."."""
    return is_formula(label.rest) or _MODERATES.match(label.name) is not None


def _is_aside(line: Paragraph, following: Label | None, *, headings_tell: bool) -> bool:
    """Tell whether an unlabelled line within the text is the page's: a control, or a heading between answers."""
    if (
        line.is_furniture
        or (line.is_heading and line.text.isupper())
        or (headings_tell and is_title(line))
        or fold(line.text).startswith("unofficial translation")
    ):
        return True
    return following is not None and line.text.endswith(":") and len(line.text.split()) <= TITLE_WORDS
