"""Which labels of a page open turns: those that come again, in turn, or of persons whom the page names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from store.ingest.labels import ORDINALS, Label, label_of, read_label, small_words
from store.ingest.members import Member, members
from store.ingest.outlets import is_note
from store.ingest.page import Paragraph
from store.ingest.persons import is_city, is_holder, is_office, names_in, same_person, surname
from store.text import STOP_WORDS, fold, words

_TIMED = re.compile(
    r"^(?:[^:]{2,60}:\s*)?[\[(]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?[\])]"
    r"|^[^:()\[\]]{2,60}\s[\[(]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?[\])]:"
)
"""A time in brackets stands beside nothing but a label: "Ann Lee: (00:22)", "[14:05:03] LEE:", "Ann Lee (00:22):"."""
_STOPPED = re.compile(
    r"^(?P<label>(?:(?:Mr|Mrs|Ms|Miss|Dr|Senator|Representative|Chair(?:man|woman)?|Secretary|Ambassador|General|Admiral"
    r"|Director|Governor|Judge|Justice|Commissioner|Administrator)\b\.?\s+[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?"
    r"|The\s+(?:(?:Acting|Vice|Deputy|Presiding|ACTING|VICE|DEPUTY|PRESIDING)[\s-])?(?:Chair(?:man|woman|person)?|Speaker|President|Clerk|Witness"
    r"|Officer|CHAIR(?:MAN|WOMAN|PERSON)?|SPEAKER|PRESIDENT|CLERK|WITNESS|OFFICER)"
    r"|(?=[^.]{5,})[^\W\d_a-z]{2,}(?:[\s’'-]+[^\W\d_a-z]{2,}){1,3}))\.\s+(?P<rest>[^\W\d_a-z(“\"].*)$"
)
"""What may be a label that ends with a stop, as of hearings: "Mr. Lee. The meeting will come to order."."""
_ALONE = re.compile(
    r"^(?P<name>[^\W\d_a-z](?:[\w.’' -]{2,60}?)?(?:\s\([^()]{2,40}\)){0,2})(?:\s+[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?)?$"
)
_WITH_ROLE = re.compile(
    r"^(?P<name>[^\W\d_a-z][\w.’'-]+(?:\s[\w.’'-]+){1,3})\s+(?:--|[—–-])\s+[^\W\d_a-z][^.!?:;]{2,70}$"
)
"""The same with what somebody is: "Ann Lee -- Chief Executive Officer"."""
_BEFORE_DASH = re.compile(
    r"^(?P<label>[^\W\d_a-z][^—–:.,;!?“”\"«»()-]{0,40}?)\s+(?:--?|[—–])\s+(?P<rest>[^\W_a-zа-яёß-ÿ].*|[“\"«¿¡‘'(\[…].*)$"
)
_BEFORE_ANY_DASH = re.compile(
    r"^(?P<label>[^\W\d_a-z][^—–:;!?“”\"«»]{0,70}?)\s+(?:--?|[—–])\s+(?P<rest>[^\W_a-zа-яёß-ÿ].*|[“\"«¿¡‘'(\[…].*)$"
)
"""The same where it is known that labels end with a dash: "Dr. Lee (Daily News) – Why?"."""
_WHAT_IT_IS = re.compile(r"^(?:An?|The)(?:\s[\w’'-]+){1,4}$")
_CAPITALISED = re.compile(r"(?<![\w’'-])[^\W\d_a-z][\w’'-]*\w")
_TITLED = re.compile(
    r"^\W*(?:(?i:(?:(?:prime|foreign|vice|deputy|first|chief|high)\s+)*(?:mr|mrs|ms|dr|prof(?:essor)?|sec(?:retary)?|minister"
    r"|president|premier|chancellor|ambassador|amb|commissioner|governor|gov|senator|sen|representative|rep|general|gen|admiral"
    r"|chair(?:man|woman)?|director|mayor|judge|justice|king|queen|lord|lady|sir|dame))\b\.?\s+[^\W\d_]"
    r"|[^\W\d_a-zа-яёà-ÿ]{3,}(?:\s[^\W\d_a-zа-яёà-ÿ]+)*:)"
)
"""A label that is one though it comes once: with a title ("MR. EARNEST:"), or in capitals."""
_SEVERAL = re.compile(r"^\W*(?P<label>[^:.!?]{2,40}\s(?:and|&|et|und|y|e|и)\s[^:.!?]{2,40}?)\W*:\W*\s(?P<rest>\S.*)$")
_AND = re.compile(r",\s|\s(?:and|&|et|und|y|e|и)\s")
_RECURS = 2
_MANY = 4
"""From so many turns on, a word before a colon is rather somebody's name than a thought of the speaker's."""
_SHORTEST = 3


def turn_labels(page: Sequence[Paragraph], *, known: Sequence[str] = ()) -> dict[int, Label]:
    """Return the labels that open turns, by index of their paragraph.

    A name is one where it recurs beside others, is a person of `known`, or is the only one and answers a labelled
    question: "Remember: …" opens no turn, and neither does "Example: …" where nothing else is labelled. Where other
    labels stand, so is what comes once: a name of two words, as of a journalist who asks once, unless the page writes
    one of its words small elsewhere ("Minsk agreements: …"); the surname of somebody whom the page names in full; an
    office ("Spokesman: …"). Better that a paragraph is dropped than given to the wrong person.
    """
    labels = {index: label for index, paragraph in enumerate(page) if (label := read_label(paragraph)) is not None}
    unsure: set[int] = set()
    for other, once in ((_stopped(page), {}), _alone(page, known), _dashed(page, known)):
        if len(other) > len(labels):
            unsure |= once.keys() - labels.keys()
            labels = {**once, **labels, **other}
    if any(label.name == "R" and label.role == "answer" for label in labels.values()):  # "P" asks where "R" answers.
        labels = {at: replace(one, role="question") if one.name == "P" else one for at, one in labels.items()}
    labels |= _bare_answers(page, labels) | _in_bold(page, known, labels)
    order = sorted(labels)
    answers = {
        after
        for before, after in zip(order, order[1:], strict=False)
        if labels[before].role == "question" and labels[after].role == "name"
    }
    names = Counter(fold(label.name) for label in labels.values() if label.role == "name")
    alone = len(names) == 1 and all(label.role == "name" for label in labels.values())
    sure = {
        index: label
        for index, label in labels.items()
        if label.role != "name"
        or (names[fold(label.name)] >= _RECURS and not (alone and len(words(label.name)) == 1))
        or any(same_person(label.name, person) for person in known)
        or _TIMED.match(page[index].text) is not None
        or (index in answers and len(words(label.name)) > 1 and len(names) == 1)
        or (_TITLED.match(page[index].text) is not None and bool(label.rest))
    }
    called = members(page, behind=min(sure, default=len(page)))
    seats = {
        index for index, one in called.items() if index in labels and f" of {labels[index].name} " in f"{one.written} "
    }
    labels = {index: label for index, label in labels.items() if index not in seats}  # A bishop's is no name.
    sure = {index: label for index, label in sure.items() if index not in seats}
    read = {index: None if index in seats else label_of(*one) for index, one in called.items()}
    labels = {index: read[index] or Label(one.written, "unknown", one.rest) for index, one in called.items()} | labels
    unsure |= called.keys()
    if len(sure) < _RECURS:
        return sure | _unknown({index: labels[index] for index in unsure - sure.keys()}, called)
    small = small_words(page)
    in_page = {surname(name) for paragraph in page for name in names_in(paragraph.text)}
    # Where labels stand on lines of their own, so does that of who speaks once.
    apart = 2 * sum(not label.rest for label in sure.values()) > len(sure)
    says = {
        index
        for index, label in labels.items()
        if label.rest or (apart and index not in unsure and index + 1 not in labels)
    }
    spelled = {
        index: label
        for index, label in labels.items()
        if index in sure
        or (len(words(label.name)) > 1 and index in says and small.isdisjoint(words(label.name)))
        or (index in says and (is_holder(label.name) or fold(label.name) in in_page))
        or (
            label.rest
            and index not in unsure
            and len(sure) >= _MANY
            and index > min(sure)
            and _may_be_a_name(label.name, small)
        )
    }
    in_full = {_initials(label.name): label.name for label in spelled.values() if len(words(label.name)) > 1}
    head = dict.fromkeys(name for line in page[: min(sure)] for name in names_in(line.text))
    shared = Counter(_initials(name) for name in head)
    in_full = {_initials(name): name for name in head if shared[_initials(name)] == 1} | in_full
    forms = _forms(page, {word for label in spelled.values() for word in words(label.name)} - small)
    return (
        {
            index: label
            if label.role == "unknown"
            else replace(label, name=in_full.get(label.name) or _as_written(label.name, forms))
            for index, label in spelled.items()
        }
        | _unknown({index: labels[index] for index in unsure - spelled.keys()}, called)
        | _of_several(page, spelled)
    )


def _of_several(page: Sequence[Paragraph], labels: Mapping[int, Label]) -> dict[int, Label]:
    """Return the labels of several who are labelled alone elsewhere: "Ann and Bob: Thank you."."""
    names = {fold(label.name) for label in labels.values()}
    found = ((index, _SEVERAL.match(line.text)) for index, line in enumerate(page) if index not in labels)
    return {
        index: Label(match["label"], "other", match["rest"])
        for index, match in found
        if match and names.issuperset(map(fold, _AND.split(match["label"])))
    }


def _stopped(page: Sequence[Paragraph]) -> dict[int, Label]:
    """Return the labels that end with a stop, where such ones come more than once."""
    found = {index: match for index, line in enumerate(page) if (match := _STOPPED.match(line.text))}
    count = Counter(match["label"] for match in found.values())
    if not any(times >= _RECURS for times in count.values()):
        return {}
    labels = {index: label_of(match["label"], match["rest"]) for index, match in found.items()}
    # "Mr. President. Today …" is an address.
    return {
        index: label
        for index, label in labels.items()
        if label and not (is_office(label.name) and label.name.startswith("Mr"))
    }


def _alone(page: Sequence[Paragraph], known: Sequence[str]) -> tuple[dict[int, Label], dict[int, Label]]:
    """Return the labels that stand on lines of their own without a colon, two or more that come in turn; and again, for
    the line below that says what somebody is ("Ann Lee", "Chief Executive Officer"). Beside them, the other short lines
    that head what is said: where such lines are labels, nobody knows whose that is.
    """
    found: dict[int, Label] = {}
    written: dict[int, str] = {}
    for index, line in enumerate(page[:-1]):
        match = None if line.is_furniture else _WITH_ROLE.match(line.text) or _ALONE.match(line.text)
        if match and (label := label_of(match["name"], "")):
            found[index] = label
            written[index] = match["name"] if match.re is _ALONE else line.text
    roles = {index for index in found if _is_role(page, index, found)}
    found = _in_turn(page, {index: label for index, label in found.items() if index not in roles}, known, written)
    below = {index + 1: label for index, label in found.items() if _is_role(page, index + 1, found)}
    heads = (index for index in range(min(found, default=len(page)) + 1, len(page) - 1) if page[index].is_heading)
    once = {
        index: label_of(page[index].text, "") or Label(page[index].text, "unknown", "")
        for index in heads
        if not {index - 1, index, index + 1} & found.keys()
        and (index - 2 not in found or index - 1 not in roles)
        and _ALONE.match(page[index].text)
        and not (page[index].is_furniture or page[index].is_stage_direction or page[index + 1].is_heading)
    }
    return found | (below if len(below) >= _RECURS else {}), once


def _is_role(page: Sequence[Paragraph], index: int, labels: Collection[int]) -> bool:
    """Tell whether a line says what somebody is: a heading between the name and what is said."""
    between = index - 1 in labels and index - 2 not in labels and index + 1 < len(page) and index + 1 not in labels
    return between and page[index].is_heading and not page[index].is_furniture and not page[index + 1].is_heading


def _dashed(page: Sequence[Paragraph], known: Sequence[str]) -> tuple[dict[int, Label], dict[int, Label]]:
    """Return the labels that end with a dash, two or more that come in turn: "Ann Lee – It is time."; and beside them
    what else such a dash stands behind.
    """
    found = {index: match for index, line in enumerate(page) if (match := _BEFORE_DASH.match(line.text))}
    labels = {
        index: label
        for index, match in found.items()
        if (index + 1 in found or not (page[index].is_heading and _WITH_ROLE.match(page[index].text)))
        and (label := label_of(match["label"], match["rest"]))
    }
    certain = _in_turn(page, labels, known, {index: fold(label.name) for index, label in labels.items()})
    once = {
        index: label
        for index in range(min(certain, default=len(page)), len(page))
        if index not in certain
        and (match := _BEFORE_ANY_DASH.match(page[index].text))
        and (label := label_of(match["label"], match["rest"]) or _somebody(match["label"], match["rest"]))
    }
    return certain, once


def _somebody(written: str, rest: str) -> Label | None:
    """Return a label of what may be called by what it is: "The harbour master"."""
    return Label(written, "unknown", rest) if _WHAT_IT_IS.match(written) else None


def _in_turn(
    page: Sequence[Paragraph], labels: Mapping[int, Label], known: Sequence[str], written: Mapping[int, str]
) -> dict[int, Label]:
    """Return those of the labels that are certain: a question's with an answer's or that of a person of `known`; else
    two or more that come again as they are `written`, one of which asks, answers or is a person of the page.
    """
    small = small_words(page)
    in_page = {surname(name) for line in page for name in names_in(line.text)} | {surname(name) for name in known}

    def is_person(label: Label) -> bool:
        return is_office(label.name) or " " in label.name or fold(label.name) in in_page

    times = Counter(written[index] for index in labels)
    certain = {
        index: label
        for index, label in labels.items()
        if label.role in {"question", "answer"}
        or any(same_person(label.name, person) for person in known)
        or (
            times[written[index]] >= _RECURS
            and label.role in {"name", "unknown"}
            and not is_city(label.name)
            and (is_person(label) or label.name.lower() not in small)
        )
    }
    roles = {label.role for label in certain.values()}
    answered = {fold(label.name) for label in certain.values() if label.role != "question"}
    again = {written[index] for index in certain if times[written[index]] >= _RECURS}
    told = any(label.role != "name" or is_person(label) for label in certain.values())
    return certain if ("question" in roles and answered) or (len(again) >= _RECURS and told) else {}


def _in_bold(page: Sequence[Paragraph], known: Sequence[str], labels: Mapping[int, Label]) -> dict[int, Label]:
    """Return the questions of an interview that are told by their type alone, bold or italic, and, where nobody else
    can be meant, the one person of `known` as who answers them in plain.
    """
    stressed = {index: line for index, line in enumerate(page) if line.is_stressed and not line.is_side}
    bold = {index: line.text for index, line in stressed.items() if not (line.is_furniture or is_note(line.text))}
    bold = {index: text for index, text in bold.items() if index not in labels and text[-1] in "?.!…"}
    labelled = any(index > min(bold, default=0) for index in labels)
    if not labelled and sum(text.endswith("?") for text in bold.values()) < _RECURS:
        return {}
    found = {index: Label("", "question", text) for index, text in bold.items()}
    for index, label in labels.items():
        if label.role == "name" and label.rest.endswith("?") and page[index].is_stressed:
            found[index] = replace(label, role="question")
    if not labelled and len(known) == 1:
        after = [index + 1 for index in bold if index + 1 < len(page) and index + 1 not in stressed]
        found |= {index: Label(known[0], "name", page[index].text) for index in after}
    return found


def _bare_answers(page: Sequence[Paragraph], labels: Mapping[int, Label]) -> dict[int, Label]:
    """Return the answers that an "A" without a sign opens, where it does behind most questions: "A We are sorry."."""
    behind = [index + 1 for index, label in labels.items() if label.name == "Q" and index + 1 < len(page)]
    texts = {index: page[index].text[2:] for index in behind if page[index].text.startswith("A ")}
    found = {index: Label("A", "answer", text) for index, text in texts.items() if text[:1].isupper()}
    return found if len(found) >= max(_RECURS, len(behind) / 2) else {}


def _unknown(labels: Mapping[int, Label], called: Mapping[int, Member]) -> dict[int, Label]:
    """Return labels of which nothing tells whom they name, as they are written."""
    return {
        index: replace(label, name=called[index].written if index in called else label.name, role="unknown")
        for index, label in labels.items()
    }


def _forms(page: Sequence[Paragraph], folded: Collection[str]) -> dict[str, str]:
    """Return how a page writes words where it does so with small letters: "McDonald" of a label in capitals."""
    found = (word for line in page for word in _CAPITALISED.findall(line.text) if not word.isupper())
    return {fold(word): word for word in found if fold(word) in folded}


def _as_written(name: str, forms: Mapping[str, str]) -> str:
    """Return a name as a page writes it elsewhere, if it differs in its capitals alone."""
    parts = [forms.get(fold(part), part) for part in name.split()]
    same = all(one.upper() == other.upper() for one, other in zip(parts, name.split(), strict=True))
    return " ".join(parts) if same else name


def _may_be_a_name(head: str, small: Collection[str]) -> bool:
    """Tell whether the one word before a colon may be the name of somebody who speaks once: "Falk: No."; no country,
    and no word that opens a sentence or that the page writes small.
    """
    return (
        " " not in head
        and len(head) >= _SHORTEST
        and fold(head) not in STOP_WORDS | ORDINALS
        and head.lower() not in small
        and not is_city(head)
    )


def _initials(name: str) -> str:
    """Return the first letters of a name's words: "DF" for Daniel Frost."""
    return "".join(part[0] for part in name.split())
