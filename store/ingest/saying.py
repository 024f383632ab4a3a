"""Who says what in a report: verbs of saying, and the persons that a sentence gives them to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from store.ingest.persons import same_surname, surname
from store.text import fold

_REGULAR = """
    accuse acknowledge add admit affirm allege announce answer argue assert assure blame caution clarify comment
    compare concede conclude condemn confess confirm contend counter criticise criticize declare decry defend
    demand denounce deplore describe disclose discuss dismiss echo emphasise emphasize estimate exclaim explain
    express highlight hint insist joke lament list maintain mention mock muse note object observe point*out
    praise predict pledge promise propose question quip reaffirm recall reckon recount reiterate reject remark
    remind repeat reply respond restate reveal stress suggest summarise summarize state underline underscore
    urge voice vow warn link cite slam tweet
"""
_IRREGULAR = {
    "says": "said",
    "tells": "told",
    "makes clear": "made clear",
    "calls": "called",
    "speaks of": "spoke of",
    "puts it": "put it",
    "lays out": "laid out",
    "sets out": "set out",
    "goes on to say": "went on to say",
    "denies": "denied",
    "replies": "replied",
    "thinks": "thought",
    "believes": "believed",
    "hopes": "hoped",
    "agrees": "agreed",
    "disagrees": "disagreed",
    "writes": "wrote",
}
_STRICT = frozenset(
    "says said tells told claims claimed argues argued states stated writes wrote warns warned insists insisted".split()
)
"""Verbs by which a sentence hands its words to somebody else within a report ("Lavrov says the US told him …")."""
_STRICT_BEHIND = _STRICT.union(
    "admitted alleged branded demanded described dismissed dubbed pledged promised replied termed threatened".split()
)
"""These and others, where they stand behind their subject: "what Kerry had described as …"."""
_ADVERBS = (
    r"(?:,?\s+(?:also|then|again|further|however|later|now|once\s+more|repeatedly|clearly|first|therefore|thus|still|has|had"
    r"|have|went\s+on\s+and|\w{2,20}ly),?){0,4}"
)
_OTHER = (
    r"(?P<other>(?:(?:[Tt]he|[Aa]n?)\s+)?(?:[A-ZÀ-ÞА-Я][\w’'.-]*|reporter|journalist|correspondent|spokes\w+|official|report)"
    r"(?:\s+[A-ZÀ-ÞА-Я][\w’'.-]*){0,5}|(?:the|an?|his|her|their)\s+(?:\w+\s+)?\w+|they|critics|officials|sources|analysts|experts)"
)


def _inflect(base: str) -> tuple[str, str, str]:
    verb, _, particle = base.partition("*")
    tail = f" {particle}" if particle else ""
    if verb.endswith("e"):
        return verb + "s" + tail, verb + "d" + tail, verb[:-1] + "ing" + tail
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies" + tail, verb[:-1] + "ied" + tail, verb + "ing" + tail
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es" + tail, verb + "ed" + tail, verb + "ing" + tail
    double = verb + verb[-1] if verb in {"quip", "admit", "slam"} else verb
    return verb + "s" + tail, double + "ed" + tail, double + "ing" + tail


_FORMS = [_inflect(base) for base in _REGULAR.split()]
_FINITE = [*(form for forms in _FORMS for form in forms[:2]), *_IRREGULAR, *_IRREGULAR.values()]
_PARTICIPLES = [*(forms[2] for forms in _FORMS), "saying", "telling", "calling", "making clear", "speaking of"]


def _any(forms: Sequence[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(set(forms), key=len, reverse=True))


_VERB = f"(?:{_any(_FINITE)})"
_TAKES_A_PERSON = frozenset("accuse assure blame mock praise remind tell urge criticise criticize condemn".split())
_INVERTED = _any(
    [*(form for base in _REGULAR.split() if base not in _TAKES_A_PERSON for form in _inflect(base)[:2]), "says", "said"]
)
"""Verbs that stand before their subject: "…, said the minister"."""
_BEHIND = re.compile(
    r"\b(?:to|of|for|with|by|about|from|unlike|like|against|on|than|at|after|before|behind)\s+$", re.IGNORECASE
)
"""What makes a name something else than a subject."""
_OPENING_CLAUSES = re.compile(r"\b(?:than|after|before)\s+$", re.IGNORECASE)
"""Those of these behind which a name with its verb is a subject all the same: "fell after Lavrov said …"."""
_UNLESS = re.compile(r"\b(?:if|whether|unless|until)\s+$", re.IGNORECASE)
"""What makes of a saying one that may never have been said."""
_ASKS_WHETHER = re.compile(
    r"^\W*(?:has|have|had|did|does|do|is|are|was|were|will|would|can|could|should)\b.*\?\W*$", re.IGNORECASE
)
_LONGEST = 3000
"""A longer sentence is none: a list, or a page without punctuation."""
_PARTICIPLE = re.compile(rf"(?:,|\band\b|\bby\b|–|-)\s*(?:also\s+|\w+ly\s+)?(?:{_any(_PARTICIPLES)})\b", re.IGNORECASE)
_OTHER_SAYS = re.compile(rf"\b{_OTHER}{_ADVERBS}\s+(?P<verb>{_any(sorted(_STRICT_BEHIND))})\b")
_OTHER_IS_CITED = (
    re.compile(
        r"\b(?:(?:told|informed|warned|assured|described|called|dubbed|branded|termed)\s+by"
        rf"|(?i:according\s+to|in\s+the\s+words\s+of))\s+{_OTHER}"
    ),
    re.compile(rf"\b{_OTHER}\s+as\s+(?:saying|telling|writing)\b"),
    re.compile(
        rf"\b(?:what|as)\s+(?:{_OTHER}|\w+s)(?:\s+(?:has|have|had))?"
        r"\s+(?:calls?|called|terms?|termed|puts?\s+it|sees?|saw|describes?|described)\b"
    ),
)
"""Other ways to cite somebody: "was told by Kerry that …", "cited Kerry as saying …", "what Washington calls …"."""
_OTHERS_WORDS = re.compile(
    rf"{_OTHER}[’']s?\s+(?:\w+\s+)?(?:accusation|allegation|assertion|call|claim|comment|pledge|promise|question|remark|statement"
    r"|suggestion|threat|warning|word)s?\b"
)
_SAYS_OTHER = re.compile(rf"(?P<verb>{_any(sorted(_STRICT))})\s+{_OTHER}")


_COORDINATE = re.compile(rf"(?:,\s*(?:and|but|then)|\band)\s+(?:also\s+|then\s+|\w+ly\s+)?{_VERB}\b")
_LEADING = re.compile(r"^(?:[^,]{0,60},\s*|[^,\s]+\s+)?(?:[^\W\d_a-z][\w.-]*\s+)*$")
"""What may stand before a subject: nothing, one adverb, a phrase that a comma closes, and an office in capitals."""
_CAPITALISED = re.compile(r"[^\W\d_a-z](?:[\w-]|[’'](?=[^\W\d_a-z]))+")
_INTRODUCTION = re.compile(
    r"^\W*(?:(?:but|and)\s+)?(?:after|before|when|while|as|once|since|although|though|if|unlike|like|with|following|despite|asked"
    r"|speaking|responding|replying|on|in|at|during|by|for|from|to)\b[^,]{0,200},\s*",
    re.IGNORECASE,
)
"""What may stand before the subject of a sentence and name somebody else: "After Lee spoke, Ray took the floor."."""
_OPENER = re.compile(
    r"""^\W*(?:(?i:but|and|however|meanwhile|also|then|later|earlier|mr|mrs|ms|dr)\b[.,]?\s+)?
        (?P<subject>[^\W\d_a-z][\w.-]*(?:[’']s)?(?:\s+(?:[^\W\d_a-z][\w.-]*(?:[’']s)?|de|of|von|al))*)""",
    re.VERBOSE,
)
_MARK = r"[“\"«„‘]"
_LAST_MARK = re.compile(r".*[”\"»’]\s")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of saying within a sentence: where it stands, whether the person of the report says it, and whether
    only a pronoun tells so.
    """

    start: int
    end: int
    ours: bool
    pronoun: bool = False


@dataclass(frozen=True)
class Person:
    """The person a report is about: the full name, and the offices it calls the person by ("foreign minister").

    `shared` are those of the offices that somebody else of the report holds too: they tell no more than a pronoun.
    """

    name: str
    offices: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    _spellings: dict[str, bool] = field(default_factory=dict, compare=False)

    @cached_property
    def _alias(self) -> str:
        offices = "|".join(re.escape(office).replace(r"\ ", r"\s+") for office in self.offices)
        # "the Ukrainian foreign minister" is somebody else: a word in capitals must belong to the office.
        office = rf"|[Tt]he\s+(?:[a-z]+\s+)?(?P<office>(?i:{offices}))\b" if offices else "|(?P<office>(?!))"
        first = re.escape(self.name.split()[0])
        name = r"(?P<name>[^\W\d_a-z](?:[\w-]|[’'](?=[^\W\d_a-z])){1,40})(?![’'\w])"
        return rf"(?:[Hh]e\b|[Ss]he\b{office}|(?:{first}\s+)?{name})"

    @cached_property
    def _says(self) -> re.Pattern[str]:
        verb = rf"(?:{_VERB}|(?:is|was)\s+quoted\s+as\s+saying|asks(?=:?\s*{_MARK}))(?!\w)"
        return re.compile(rf"(?<![\w-]){self._alias}{_ADVERBS}\s+{verb}")

    @cached_property
    def _leads(self) -> re.Pattern[str]:
        # Only where the name is the subject, as it is not in "Ray told Lee: …" and "Ray, who met Lee, said: …".
        aside = r"(?:,\s[^,“”\"«»„]{1,80},|\s\([^()]{1,40}\))"
        return re.compile(rf"(?<![\w-]){self._alias}(?:\s*:(?=\s*{_MARK})|{aside}{_ADVERBS}\s+{_VERB}(?!\w))")

    @cached_property
    def _asks(self) -> re.Pattern[str]:
        # Behind a quotation only: in "Lee asked about Syria" it may be Lee who is asked.
        behind = r"(?:(?<=[”\"»’]\s)|^(?=[^,]{1,40}\bask(?:s|ed)[.,]))"
        return re.compile(
            rf"{behind}(?P<first>ask(?:s|ed)\s+)?{self._alias}(?(first)(?![\w-])|{_ADVERBS}\s+ask(?:s|ed)\b)"
        )

    @cached_property
    def _said(self) -> re.Pattern[str]:
        # Behind a quotation or a comma only, else it is "told Lavrov"; and not "said the minister was ill".
        verb = rf"{_INVERTED}|quot(?:es|ed)"
        return re.compile(
            rf"(?:^|[\"”’»,?!–-]\s*)(?:{verb})\s+{self._alias}(?![\w-])(?!\s+(?:was|is|had|has|would|will|could|did|were|must)\b)"
        )

    @cached_property
    def _subject(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){self._alias}(?![\w-])")

    @cached_property
    def _according(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?i:according\s+to|in\s+the\s+words\s+of)\s+{self._alias}(?=\s*[,.]|\s*$)")

    def is_named(self, word: str) -> bool:
        """Tell whether a word is the person's surname, a slip aside ("Lavov")."""
        known = self._spellings.get(word)
        if known is None:
            first = fold(self.name.split()[0])  # Family names stand first in some languages: "Xi says".
            known = word[:1].isupper() and (same_surname(surname(self.name), surname(word)) or fold(word) == first)
            self._spellings[word] = known
        return known

    def find(self, pattern: re.Pattern[str], sentence: str) -> list[Clause]:
        """Return where a pattern names this person in a sentence."""
        found: list[Clause] = []
        at = 0
        while match := pattern.search(sentence, at):
            name, office = match["name"], match["office"]
            if (name is None or self.is_named(name)) and self._is_subject(sentence[: match.start()][-12:], pattern):
                pronoun = name is None and (office is None or fold(office) in self.shared)
                found.append(Clause(*match.span(), ours=True, pronoun=pronoun))
                at = match.end()
            else:
                at = match.start() + 1
        return found

    def _is_subject(self, before: str, pattern: re.Pattern[str]) -> bool:
        """Tell whether a name behind these words is the subject of what a pattern finds."""
        if _BEHIND.search(before):
            return pattern is self._says and _OPENING_CLAUSES.search(before) is not None
        return not _UNLESS.search(before)

    def opens(self, sentence: str, others: frozenset[str]) -> bool | None:
        """Tell whether a sentence begins with this person as its subject: False where it begins with one of `others`,
        given by folded surname, None where it begins with neither.
        """
        match = _OPENER.match(_INTRODUCTION.sub("", sentence))
        if match is None:
            return None
        last = match["subject"].split()[-1].rstrip(".,")
        if self.is_named(last):
            return True
        return False if fold(last) in others else None

    def is_in(self, text: str) -> bool:
        """Tell whether the person is named in a text."""
        return any(self.is_named(word.group()) for word in _CAPITALISED.finditer(text))

    def says(self, sentence: str) -> list[Clause]:
        """Return the clauses in which this person is the subject of a verb of saying."""
        found = [
            clause
            for pattern in (self._says, self._said, self._asks, self._according)
            for clause in self.find(pattern, sentence)
        ]
        found += [
            clause
            for clause in self.find(self._leads, sentence)
            if _LEADING.match(_LAST_MARK.sub("", sentence[: clause.start]))
        ]
        subject = next(iter(self.find(self._subject, sentence)), None)
        if subject is not None and _LEADING.match(sentence[: subject.start]):
            found += [
                Clause(*match.span(), ours=True, pronoun=subject.pronoun)
                for pattern in (_COORDINATE, _PARTICIPLE)
                for match in pattern.finditer(sentence, subject.end)
            ]
        return found


def clauses(sentence: str, person: Person) -> tuple[Clause, ...]:
    """Return the clauses of saying in a sentence whose quotations are covered, in order.

    The person's are: name, pronoun or office with a verb of saying in either order ("Lavrov says", "said the
    minister"), a second verb of the same sentence ("… , and lists", "…, saying that"), "according to Lavrov". Others'
    are those with a verb that hands over words ("the US says"), with a word for them ("Kuleba's statement"), or in
    which they are cited ("as Kuleba calls it"). Being asked is no saying.
    """
    if len(sentence) > _LONGEST or _ASKS_WHETHER.match(sentence):
        return ()
    ours = person.says(sentence)
    others = [
        Clause(*match.span(), ours=False)
        for pattern in (_OTHER_SAYS, _SAYS_OTHER, _OTHERS_WORDS, *_OTHER_IS_CITED)
        for match in pattern.finditer(sentence)
        if not person.is_named((match["other"] or "").rpartition(" ")[2])
        and not any(clause.start < match.end() and match.start() < clause.end for clause in ours)
    ]
    return tuple(sorted([*ours, *others], key=lambda clause: (clause.start, clause.end)))
