"""What a search looks for, made ready for comparing with many passages; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from math import log
from typing import NamedTuple

from store.model import Counted
from store.text import STOP_WORDS


class Rule(StrEnum):
    """By what rule words of the archive count as a word that was typed, in words for a person."""

    SAID = "as typed"
    FORM = "another form or spelling of it"
    SLIP = "a slip"
    JOINED = "written together"
    PARTED = "written apart"
    NAME = "another name of it"
    ALIKE = "means nearly the same"
    PEOPLE = "its people"
    COUNTRY = "whose people they are"
    CAPITAL = "its capital"
    GOVERNED = "what it is the capital of"
    FOREIGN = "its name here"
    PERSON = "the person's surname"
    DERIVED = "made of the same word"
    NARROWER = "one of these"
    KIN = "another word of its stem"


WORTH = {
    Rule.SAID: 1.0,
    Rule.FORM: 1.0,
    Rule.SLIP: 1.0,
    Rule.JOINED: 0.95,
    Rule.PARTED: 0.95,
    Rule.NAME: 0.95,
    Rule.ALIKE: 0.75,
    Rule.FOREIGN: 0.95,
    Rule.PERSON: 0.95,
    Rule.PEOPLE: 1.0,  # "Russian-Japanese relations" are about Japan as much as those "with Japan" are.
    Rule.COUNTRY: 0.9,
    Rule.CAPITAL: 0.4,  # "Ankara says" is about Turkey; "in Moscow" is about a place.
    Rule.GOVERNED: 0.4,
    Rule.DERIVED: 0.75,
    Rule.NARROWER: 0.6,
    Rule.KIN: 0.6,
}
"""What words found by a rule are worth, of 1 for those that were typed."""

STRONG = 0.8
"""Worth from which words found by a rule say it outright: weaker ones are looked for only where these find little."""

LOWER = frozenset({Rule.ALIKE, Rule.DERIVED, Rule.NARROWER, Rule.KIN})
"""Rules by which a passage comes after every one that says it outright."""

DISTANT = frozenset({Rule.KIN, Rule.CAPITAL})
"""Rules by which a word alone finds nothing: of a country that nobody names, a capital is most often where somebody
met, and a word that only comes of the same stem is about something else."""

VAGUE = DISTANT | {Rule.NARROWER}
"""Rules by which a word alone finds no answer, but at most what is nearest to it."""

NAMED = frozenset({Rule.PEOPLE, Rule.COUNTRY, Rule.CAPITAL, Rule.GOVERNED, Rule.FOREIGN, Rule.PERSON})
"""Rules that only what somebody or some place is called has: of a common word nothing counts by them."""

NAME = 1.25
"""What a name tells at least, of 1 for the word beside it that tells most."""

EVERYWHERE = log(1.5)
"""What a name tells that two of three passages have, see `rarity`; from there on it goes without saying."""

_NEARLY = 0.3
"""What is told by a word that means nearly the same, of 1 for the word itself, where part of a passage is shown."""

MOST_STEPS = 12
"""Words typed before or behind one that are looked for beside it: any wording is known by so many."""

_TELLING = 7
_MOST_SPELLINGS = 8
"""Letters in which spellings differ that the stemmer keeps apart, and how many of a name are looked for."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words of the archive that count as a term: `forms` are the folded words that may stand at each place of `words`.

    With `capital` only what is written in capitals counts. Those `of_several` stand for several words typed, together.
    """

    words: str
    forms: tuple[frozenset[str], ...]
    rule: Rule
    capital: bool = False
    of_several: bool = False

    @property
    def worth(self) -> float:
        """What these words are worth, of 1 for the word itself."""
        return WORTH[self.rule]

    @property
    def spellings(self) -> list[str]:
        """The ways to spell these words that the index tells apart: "missile defence", "missile defense"."""
        ways = [""]
        for word, forms in zip(self.words.split(" "), self.forms, strict=True):
            spelt = {form[:_TELLING]: form for form in sorted(forms, reverse=True)} | {word[:_TELLING]: word}
            ways = [f"{way} {form}" for way in ways for form in sorted(spelt.values())][:_MOST_SPELLINGS]
        return [way.strip() for way in ways]


def together(passages: Iterable[int], among: int) -> int:
    """Return about how many passages hold any of some words, each of which so many do: those with several count once.

    As if each stood anywhere with the same chance, whatever stands beside it.
    """
    without = 1.0
    for held in passages:
        without *= 1 - min(held, among) / max(among, 1)
    return round(among * (1 - without))


def of_its_stem(word: str) -> Alternative:
    """Return a word that only comes of the same stem as a term, and is no form of it."""
    return Alternative(word, (frozenset((word,)),), Rule.KIN)


@dataclass(frozen=True)
class Term:
    """A word sought, and what counts as it.

    `word` is folded, spelt as the archive spells it; `forms` are the archive's folded words that are forms of it,
    itself among them where it stands there; `others` count as it by other rules. `weight` says how much it tells (see
    `rarity` and `shares_of`). With `capital` only forms written in capitals count. `speakers` bear it as a name: their
    passages need not say it.
    """

    word: str
    forms: frozenset[str]
    weight: float
    capital: bool = False
    speakers: frozenset[str] = frozenset()
    others: tuple[Alternative, ...] = ()

    @cached_property
    def _counts(self) -> dict[int, dict[str, tuple[Counts, ...]]]:
        return {}

    def counts_as(self, n: int) -> Mapping[str, tuple[Counts, ...]]:
        """Return what each form counts as where this is term `n`: for each phrase that it begins what is worth most."""
        if n in self._counts:
            return self._counts[n]
        found: dict[str, dict[tuple[frozenset[str], ...], Counts]] = {}
        for form in (self.word, *sorted(self.forms)):
            found.setdefault(form, {})[()] = Counts(n, 1.0, self.capital, lower=False)
        for other in sorted(self.others, key=lambda other: (-other.worth, other.words)):
            first, *rest = other.forms
            counts = Counts(n, other.worth, other.capital, other.rule in LOWER, tuple(rest))
            for form in sorted(first):
                found.setdefault(form, {}).setdefault(counts.phrase, counts)
        self._counts[n] = {form: tuple(some.values()) for form, some in found.items()}
        return self._counts[n]

    @cached_property
    def has_capitals(self) -> bool:
        """Whether some of this counts only where it is written in capitals."""
        return any(counts.capital for some in self.counts_as(0).values() for counts in some)

    @cached_property
    def has_kin(self) -> bool:
        """Whether it is said, and the index finds words by it that are no forms of it."""
        is_subject = bool(self.forms) and self.word not in STOP_WORDS
        return is_subject and any(other.rule is Rule.KIN for other in self.others)

    @cached_property
    def is_name(self) -> bool:
        """Whether it names a country, a people or a person who does not speak here."""
        return not self.speakers and any(other.rule in NAMED for other in self.others)

    @cached_property
    def has_names(self) -> bool:
        """Whether it is a thing that has other names, by itself: "EU"."""
        return any(other.rule is Rule.NAME and not other.of_several for other in self.others)

    @cached_property
    def forms_of_several(self) -> frozenset[str]:
        """The words that count as this one together with others that were typed beside it."""
        return frozenset(form for other in self.others if other.of_several for forms in other.forms for form in forms)

    @cached_property
    def is_told_by_others(self) -> bool:
        """Whether nobody says it outright: the archive has nothing but what means nearly the same, or is one of it."""
        return self._is_told_only_by(LOWER)

    @cached_property
    def is_told_vaguely(self) -> bool:
        """Whether it is one word for which the archive has nothing but what VAGUE rules have for it."""
        return " " not in self.word and self._is_told_only_by(VAGUE)

    @cached_property
    def is_told_of_another(self) -> bool:
        """Whether the archive has nothing for it but what DISTANT rules have."""
        return self._is_told_only_by(DISTANT)

    @cached_property
    def is_told_otherwise(self) -> bool:
        """Whether the archive has nothing for it but what is near it, in whatever way."""
        return self._is_told_only_by(LOWER | VAGUE | {Rule.GOVERNED})

    def _is_told_only_by(self, rules: Collection[Rule]) -> bool:
        outright = self.forms or self.speakers
        return not outright and bool(self.others) and all(other.rule in rules for other in self.others)


class Beside(NamedTuple):
    """Where a term was typed, its forms, and those of up to MOST_STEPS words after and before it, the nearest first."""

    place: int
    forms: frozenset[str]
    after: tuple[frozenset[str], ...]
    before: tuple[frozenset[str], ...]


class Counts(NamedTuple):
    """That a form counts as term number `n`, as the beginning of `phrase` where that has more words."""

    n: int
    worth: float
    capital: bool
    lower: bool
    phrase: tuple[frozenset[str], ...] = ()


def rarity(passages: int, among: int) -> float:
    """Return how much a word tells that is in so many passages: its inverse document frequency as BM25 has it, > 0."""
    return log(1 + (max(among - passages, 0) + 0.5) / (passages + 0.5))


def shares_of(terms: Sequence[Term]) -> tuple[float, ...]:
    """Return how much of what is sought each term is: what it tells, of 1 for all together.

    A name tells more than any word beside it, though it be said more often: "US troops" are not those of another
    country, and what is said of "the Americans in Syria" without the word is nearer to them. But one that is EVERYWHERE
    is left unsaid: among a Russian minister's words those on athletes are on "Russian athletes".
    """
    names = [term.is_name and term.weight >= EVERYWHERE for term in terms]
    most = NAME * max((term.weight for term, is_name in zip(terms, names, strict=True) if not is_name), default=0.0)
    told = [max(term.weight, most) if is_name else term.weight for term, is_name in zip(terms, names, strict=True)]
    total = sum(told) or 1.0
    return tuple(weight / total for weight in told)


def explanation(sought: Sought) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """Return each term's word with all that counts as it, what is worth most first."""
    found = []
    for term in sought.terms:
        own = [Counted(form, Rule.SAID if form == term.word else Rule.FORM, 1.0) for form in sorted(term.forms)]
        own += [Counted(speaker, "who bears the name", 1.0) for speaker in sorted(term.speakers)]
        others = [Counted(other.words, other.rule, other.worth) for other in term.others]
        found.append((term.word, tuple(sorted((*own, *others), key=lambda one: (-one.worth, one.rule, one.words)))))
    return tuple(found)


@lru_cache(4096)
def _alone(word: str) -> frozenset[str]:
    return frozenset((word,))


class Sought:
    """Terms made ready; `order` is what was typed, stop words included, and `exactly` the phrases that must stand.

    `typed` is that order, and `beside` what stands beside each term in it, by its number; `spelt` are the forms of the
    words in it that have any. `counts` tells of each form of the archive what it counts as, and `keys` are these
    forms. It `has_kin` where the index finds words of the archive by one typed that are no forms of it.
    """

    def __init__(
        self,
        terms: Iterable[Term],
        order: Sequence[str] = (),
        exactly: Sequence[tuple[str, ...]] = (),
        spelt: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.terms = tuple(terms)
        self.typed = tuple(order)
        self.exactly = tuple(exactly)
        self.shares = shares_of(self.terms)
        self.counts: dict[str, tuple[Counts, ...]] = {}
        for n, term in enumerate(self.terms):
            some = term.counts_as(n)
            shared = {form: (*self.counts[form], *some[form]) for form in some.keys() & self.counts.keys()}
            self.counts |= some
            self.counts |= shared
        self.keys = self.counts.keys()
        self.named = tuple(n for n, term in enumerate(self.terms) if term.speakers)
        self.has_capitals = any(term.has_capitals for term in self.terms)
        self.has_kin = any(term.has_kin for term in self.terms)
        of_term = {form: term.forms for term in self.terms for form in (term.word, *term.forms)}
        forms = of_term | dict(spelt or {})
        self.order = tuple(forms.get(word) or _alone(word) for word in order)
        self.beside: dict[int, Beside] = {}
        for place, word in enumerate(order):
            for counts in self.counts.get(word, ()):
                if counts.n not in self.beside:
                    after = self.order[place + 1 : place + 1 + MOST_STEPS]
                    before = self.order[max(place - MOST_STEPS, 0) : place][::-1]
                    self.beside[counts.n] = Beside(place, self.order[place], after, before)

    @property
    def is_of_another(self) -> bool:
        """Whether one word is sought, and the archive has nothing for it but what speaks of another thing."""
        return len(self.terms) == 1 and self.terms[0].is_told_of_another

    @cached_property
    def outright(self) -> Sought:
        """The same without what only means nearly the same."""
        others = (tuple(other for other in term.others if other.rule not in LOWER) for term in self.terms)
        terms = (replace(term, others=some) for term, some in zip(self.terms, others, strict=True))
        return Sought(terms, self.typed, self.exactly)

    @property
    def forms(self) -> frozenset[str]:
        """The folded words that count as a term by themselves."""
        return frozenset(form for form, some in self.counts.items() if any(not counts.phrase for counts in some))

    def worth_of(self, n: int, word: str) -> float:
        """Return what a word found for term `n` tells of what is sought: less where it only means nearly the same."""
        is_lower = any(counts.n == n and counts.lower for counts in self.counts.get(word, ()))
        return self.shares[n] * (_NEARLY if is_lower else 1.0)
