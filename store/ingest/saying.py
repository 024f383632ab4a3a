"""What the person of a report says: by which names a sentence means that person, and where it hands words over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from store.ingest.persons import SOMEBODY, is_namesake, same_surname, sex_of, surname
from store.ingest.verbs import ADVERBS, INVERTED, PARTICIPLES, VERB, any_of
from store.text import fold, sentences, words

_BEHIND = re.compile(
    r"\b(?:to|of|for|with|by|about|from|unlike|like|against|on|than|at|after|before|behind)\s+$", re.IGNORECASE
)
"""What makes a name something else than a subject."""
_OPENING_CLAUSES = re.compile(r"\b(?:than|after|before)\s+$", re.IGNORECASE)
"""Those of these behind which a name with its verb is a subject all the same: "fell after Lavrov said …"."""
_UNLESS = re.compile(r"\b(?:if|whether|unless|until|had|should|were)\s+$", re.IGNORECASE)
"""What makes of a saying one that may never have been said."""
_PARTICIPLE = re.compile(rf"(?:,|\band\b|\bby\b|–|-)\s*(?:also\s+|\w+ly\s+)?(?:{any_of(PARTICIPLES)})\b", re.IGNORECASE)
_COORDINATE = re.compile(rf"(?:,\s*(?:and|but|then)|\band)\s+(?:also\s+|then\s+|\w+ly\s+)?{VERB}\b")
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
    r"""^\W*(?:(?i:but|and|however|meanwhile|also|then|later|earlier)\b,?\s+)?(?:(?P<title>(?i:mr|mrs|ms|dr))\b\.?\s+)?
        (?P<subject>[^\W\d_a-z][\w.-]*(?:[’']s)?(?:\s+(?:[^\W\d_a-z][\w.-]*(?:[’']s)?|(?:de|of|von|al)\b))*)""",
    re.VERBOSE,
)
_SOMEBODY = re.compile(
    r"^\W*(?:(?:but|and|however|meanwhile|also|then|later|earlier)\b,?\s+)?"
    r"(?:(?:the|an?|one|another|his|her|their|some|many|most|several|other|[\w.-]+(?:\s[\w.-]+)?[’']s?)\s+(?:[\w’-]+\s+){0,2}?|(?-i:[^\W\d_a-z][\w-]*)\s+)?"
    rf"(?P<who>{SOMEBODY})\b",
    re.IGNORECASE,
)
"""A sentence about somebody without a name: "Critics …", "A former aide …", "Lee’s wife …"."""
_SEXED_BY = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
}
_SEXED = re.compile(rf"\b(?:{'|'.join(_SEXED_BY)})\b", re.IGNORECASE)
_PRONOUNS = {"He": "he", "She": "she"}
_EPITHETS = "(?:veteran|outgoing|incoming|new|current|then|acting|embattled|country[’']s|nation[’']s)"
"""What may stand before an office and makes no other office of it."""
_MARK = r"[“\"«„‘]"
_OPENS_OR_ENDS = "(?:begins|began|starts|started|opens|opened|ends|ended|closes|closed|concludes|concluded)"
"""Verbs that tell of saying before a colon and a quotation only: "Lee begins: “…”"."""
_ENDS_INVERTED = (
    r"(?=\s*[.,;:!?—–(]|\s*$|\s+(?:who|in|on|at|to|of|as|after|before|during|when|while|with|from|by|for|and|but|this|last"
    r"|yesterday|today|again|later|earlier|following|speaking|adding|\w+day|\w+ly)\b)"
)
"""What may follow "…, said Lee" without marks; no verb and no marks, as in "Ray, a lawyer, says Lee “lied”"."""
_LAST_MARK = re.compile(r".*[”\"»’]\s")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of saying within a sentence: where it stands, whether the person of the report says it, whether only a
    pronoun tells so, and whether who says it is the subject of a verb ("Ray said", not "Ray’s claim").
    """

    start: int
    end: int
    ours: bool
    pronoun: bool = False
    subject: bool = True


@dataclass(frozen=True)
class Person:
    """The person a report is about: the full name, and the offices it calls the person by ("foreign minister").

    `shared` are those of the offices that somebody else of the report holds too: they tell no more than a pronoun.
    `pronoun` is "he" or "she" where the report tells which: the other one is always somebody else. `namesakes` tells
    that somebody else of the report has the surname, `bare` whether it means this person where it stands alone.
    """

    name: str
    offices: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    pronoun: str | None = None
    namesakes: bool = False
    bare: bool = True
    _spellings: dict[str, bool] = field(default_factory=dict, compare=False)

    @cached_property
    def _alias(self) -> str:
        offices = "|".join(re.escape(office).replace(r"\ ", r"\s+") for office in self.offices)
        # "the Ukrainian foreign minister" is somebody else, and so is "the prime minister".
        office = rf"|[Tt]he\s+(?:{_EPITHETS}\s+)?(?P<office>(?i:{offices}))\b" if offices else "|(?P<office>(?!))"
        first = re.escape(self.name.split()[0])
        name = r"(?P<name>[^\W\d_a-z](?:[\w-]|[’'](?=[^\W\d_a-z])){1,40})(?![’'\w])"
        return rf"(?:(?P<pronoun>[Hh]e|[Ss]he)\b{office}|(?:{first}\s+)?{name})"

    @cached_property
    def _held(self) -> re.Pattern[str]:
        offices = "|".join(map(re.escape, self.offices)) or "(?!)"
        return re.compile(rf"\W*(?:\w+,?\s+)?the\s+(?:{_EPITHETS}\s+)?(?:{offices})\b", re.IGNORECASE)

    @cached_property
    def _says(self) -> re.Pattern[str]:
        verb = rf"(?:{VERB}|(?:is|was)\s+quoted\s+as\s+saying|asks(?=:?\s*{_MARK}))(?!\w)"
        return re.compile(rf"(?<![\w-]){self._alias}{ADVERBS}\s+{verb}")

    @cached_property
    def _leads(self) -> re.Pattern[str]:
        # Only where the name is the subject, as it is not in "Ray told Lee: …" and "Ray, who met Lee, said: …".
        aside = r"(?:,\s[^,“”\"«»„]{1,80},|\s\([^()]{1,40}\))"
        colon = rf"(?:\s+{_OPENS_OR_ENDS})?\s*:(?=\s*{_MARK})"
        return re.compile(rf"(?<![\w-]){self._alias}(?:{colon}|{aside}{ADVERBS}\s+{VERB}(?!\w))")

    @cached_property
    def _asks(self) -> re.Pattern[str]:
        # Behind a quotation only: in "Lee asked about Syria" it may be Lee who is asked.
        behind = r"(?:(?<=[”\"»’]\s)|^(?=[^,]{1,40}\bask(?:s|ed)[.,]))"
        return re.compile(
            rf"{behind}(?P<first>ask(?:s|ed)\s+)?{self._alias}(?(first)(?![\w-])|{ADVERBS}\s+ask(?:s|ed)\b)"
        )

    @cached_property
    def _said(self) -> re.Pattern[str]:
        # Behind a quotation or a comma only, else it is "told Lavrov"; and not "said the minister was ill".
        verb = rf"{INVERTED}|quot(?:es|ed)"
        return re.compile(
            rf"(?:^|[\"”’»?!–-]\s*|(?<=[\"”’»]),\s*|(?P<comma>,\s*))(?:{verb})\s+{self._alias}(?![\w-])"
            rf"(?!\s+(?:was|is|had|has|would|will|could|did|were|must)\b)(?(comma){_ENDS_INVERTED})"
        )

    @cached_property
    def _said_in_full(self) -> re.Pattern[str]:
        # With the office before the name: "…, said Foreign Minister Sergey Lavrov".
        return re.compile(
            rf"[\"”’»,?!–-]\s*(?:{INVERTED})\s+(?:[^\W\d_a-z][\w.-]*\s+){{1,5}}?{self._alias}(?![\w-]|\s+[^\W\d_a-z])"
        )

    @cached_property
    def _subject(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){self._alias}(?![\w-])")

    @cached_property
    def _according(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?i:according\s+to|in\s+(?:the\s+words|those)\s+of)\s+{self._alias}(?=\s*[,.]|\s*$)")

    def is_named(self, word: str) -> bool:
        """Tell whether a word is the person's surname, a slip aside ("Lavov")."""
        known = self._spellings.get(word)
        if known is None:
            first = fold(self.name.split()[0])  # Family names stand first in some languages: "Xi says".
            known = word[:1].isupper() and (same_surname(surname(self.name), surname(word)) or fold(word) == first)
            self._spellings[word] = known
        return known

    def means(self, before: str, word: str) -> bool:
        """Tell whether a word is the person's surname and not a namesake's; `before` is what stands before it."""
        return self.is_named(word) and self._is_meant(before)

    def _is_meant(self, before: str) -> bool:
        if not self.bare and not any(fold(given) in words(self.name)[:-1] for given in words(before)[-2:]):
            return False
        if self.namesakes and self.pronoun is None and sex_of(before):
            return False
        return not is_namesake(before, self.name, pronoun=self.pronoun)

    def is_other(self, pronoun: str | None) -> bool:
        """Tell whether a pronoun is certainly not the person's."""
        return None not in {pronoun, self.pronoun} and fold(pronoun or "") != self.pronoun

    def find(self, pattern: re.Pattern[str], sentence: str) -> list[Clause]:
        """Return where a pattern names this person in a sentence, or a pronoun that may be the person's or can't."""
        found: list[Clause] = []
        at = 0
        while match := pattern.search(sentence, at):
            name, office = match["name"], match["office"]
            meant = name is None or self.means(sentence[: match.start("name")], name)
            if meant and self._is_subject(sentence[: match.start()][-12:], pattern):
                pronoun = name is None and (office is None or fold(office) in self.shared)
                found.append(Clause(*match.span(), ours=not self.is_other(match["pronoun"]), pronoun=pronoun))
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
        opening = _INTRODUCTION.sub("", sentence)
        match = _OPENER.match(opening)
        before, _, last = match["subject"].rpartition(" ") if match else ("", "", "")
        last = last.rstrip(".,")
        if match and self.is_named(last):
            return self._is_meant(f"{match['title'] or ''} {before} ")
        if _SOMEBODY.match(opening):
            return None if self._held.match(opening) else False
        return False if fold(last) in others or self.is_other(_PRONOUNS.get(last)) else None

    def named_last(self, text: str, others: frozenset[str]) -> bool | None:
        """Tell who is named last in a text: the person (True), one of `others` (False), or neither (None)."""
        for word in reversed(list(_CAPITALISED.finditer(text))):
            if self.means(text[: word.start()], word.group()):
                return True
            if fold(word.group()) in others or self.is_named(word.group()):
                return False
        return None

    def is_in(self, text: str) -> bool:
        """Tell whether the person is named in a text."""
        return any(self.means(text[: word.start()], word.group()) for word in _CAPITALISED.finditer(text))

    def says(self, sentence: str) -> list[Clause]:
        """Return the clauses in which this person, or a pronoun, is the subject of a verb of saying."""
        found = [
            clause
            for pattern in (self._says, self._said, self._said_in_full, self._asks, self._according)
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
                Clause(*match.span(), ours=subject.ours, pronoun=subject.pronoun)
                for pattern in (_COORDINATE, _PARTICIPLE)
                for match in pattern.finditer(sentence, subject.end)
            ]
        return found


def pronoun_of(texts: Iterable[str], person: Person, others: frozenset[str]) -> str | None:
    """Return "he" or "she" where the covered paragraphs of a report tell which the person is, else None.

    They tell by the pronouns behind the person's name up to the next name in its sentence; where there are none, by
    those at the head of the next sentence. These must agree by more than two to one. Where there are none either,
    titles tell ("Mrs Lee").
    """
    count: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    titles: set[str] = set()
    for text in texts:
        alone = False
        for start, end in sentences(text):
            sentence = text[start:end]
            if alone and (opening := _SEXED.match(sentence)):
                behind[_SEXED_BY[fold(opening.group())]] += 1
            capitals = list(_CAPITALISED.finditer(sentence))
            named = [word for word in capitals if person.is_named(word.group())]
            titles.update(sex for word in named if (sex := sex_of(sentence[: word.start()])))
            theirs = [
                word.start()
                for word in capitals
                if not person.means(sentence[: word.start()], word.group())
                and (fold(word.group()) in others or person.is_named(word.group()))
            ]
            alone = bool(named) and not theirs
            if named and not any(at < named[0].start() for at in theirs):
                told = sentence[named[0].end() : min(theirs, default=end)]
                count.update(_SEXED_BY[fold(word)] for word in _SEXED.findall(told))
    count = count or behind
    if not count:
        return titles.pop() if len(titles) == 1 and not person.namesakes else None
    most = max(count, key=lambda sex: count[sex])
    return most if 3 * count[most] > 2 * count.total() else None
