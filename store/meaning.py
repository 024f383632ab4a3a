"""What a Query comes to in this archive: its words with their stems, their spelling, and the speakers they name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.archive import Forms
from store.query import all_of, any_of, expression
from store.ranking import Sought, Term, rarity
from store.text import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.archive import Archive
    from store.query import Query

_RAREST = 8
_MOST_LENGTHS = 32
"""Lengths of words with slips for which the words that may be meant are kept."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What to look for, and what became of the words typed.

    `groups` are full-text expressions, one for each term that is not a speaker's name, the rarest first; `names` those
    for the terms that are one, and `speakers` who bear them. `corrected` and `missing` are those of `Results`.
    """

    sought: Sought
    groups: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether a passage may match and be no hit: for the case of its letters, or for names of several people."""
        return bool(self.sought.capital) or self._names_several

    @property
    def by(self) -> dict[str, Any]:
        """What narrows the passages that match to those by or of the people named, as `Archive.matching` takes it."""
        if not self.names:
            return {}
        return {"speakers": self.speakers, "names": (any_of if self._names_several else all_of)(self.names)}

    @property
    def _names_several(self) -> bool:
        return len({self.sought.terms[n].speakers for n in self.sought.named}) > 1

    @property
    def every_word(self) -> str:
        """The expression for passages that have every term but the names; empty where there are only names."""
        return all_of(self.groups)

    @property
    def some_word(self) -> str:
        """The expression for passages that have any of these: of many, the rarest, which decide what is nearest."""
        return any_of(self.groups[:_RAREST])


class Lexicon:
    """The words and names of an archive as of one commit; good until `Archive.version` changes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        documents = archive.documents()
        self._passages = sum(document.passages for document in documents)
        self._near = lru_cache(_MOST_LENGTHS)(self._words_between)
        self._said_by: defaultdict[str, int] = defaultdict(int)
        bearers: defaultdict[str, set[str]] = defaultdict(set)
        for document in documents:
            for speaker in document.speakers:
                self._said_by[speaker] += document.passages
                for name in words(speaker):
                    bearers[name].add(speaker)
        self._bearers = {
            name: frozenset(who) for name, who in bearers.items() if len(name) > 1 and name not in STOP_WORDS
        }

    def read(self, query: Query, *, capitals: bool = True) -> Meaning:
        """Return what the words of a query mean here; without `capitals` abbreviations count in any case."""
        held = self._archive.forms(query.words)
        found: dict[frozenset[str], tuple[Term, str]] = {}
        became: dict[str, str] = {}
        missing = []
        for word in query.words:
            forms = held.get(word) or self._of_stem(word)
            if not forms.passages and word not in self._bearers:
                meant = self._corrected(word, alone=len(query.words) == 1)
                if meant is None:
                    missing.append(word)
                    continue
                became[word] = meant
                forms = self._archive.forms((meant,)).get(meant) or self._of_stem(meant)
            term, match = self._term(became.get(word, word), forms, capital=capitals and word in query.capitals)
            found.setdefault(term.forms or frozenset((term.word,)), (term, match))
        return self._meaning(query, list(found.values()), became, missing)

    def _meaning(
        self, query: Query, found: list[tuple[Term, str]], became: Mapping[str, str], missing: list[str]
    ) -> Meaning:
        if all(word in STOP_WORDS for word in query.words):
            missing = [] if found else missing
        else:  # A slip in a function word ("waht") is put right, and then it is a function word like any other.
            found = [(term, match) for term, match in found if term.word not in STOP_WORDS or term.capital]
        subjects = sorted((entry for entry in found if not entry[0].speakers), key=lambda entry: -entry[0].weight)
        # A name says nothing of a subject that nobody spoke of.
        named = [] if missing and not subjects else [entry for entry in found if entry[0].speakers]
        return Meaning(
            sought=Sought([term for term, _ in (*subjects, *named)], [became.get(word, word) for word in query.order]),
            groups=tuple(match for _, match in subjects),
            names=tuple(match for _, match in named),
            speakers=tuple(sorted(frozenset().union(*(term.speakers for term, _ in named)))),
            corrected=tuple(became.items()),
            missing=tuple(missing),
        )

    def _of_stem(self, word: str) -> Forms:
        """Return what stands for a word that the archive may not hold itself; without passages if none of its stem."""
        return Forms(self._archive.tokens(word), self._archive.known(self._archive.same_stem(word)))

    def _term(self, word: str, forms: Forms, *, capital: bool) -> tuple[Term, str]:
        """Return a term and the expression that finds it."""
        speakers = self._bearers.get(word, frozenset())
        passages = sum(forms.passages.values()) + sum(self._said_by[speaker] for speaker in speakers)
        weight = rarity(passages, self._passages)
        # "U.S." in the text is two words to the index.
        spelt = (" ".join(word),) if capital else ()
        return Term(word, frozenset(forms.passages), weight, capital, speakers), expression((*forms.tokens, *spelt))

    def _corrected(self, word: str, *, alone: bool) -> str | None:
        """Return the word that was meant by one that nobody said; a function word only beside other words."""
        # Most searches are spelt right, and a process that runs one need not load rapidfuzz for it.
        from store.spelling import corrections, lengths  # noqa: PLC0415

        meant = corrections(word, self._near(*lengths(word)))
        return next((other for other in meant if not alone or other not in STOP_WORDS), None)

    def _words_between(self, shortest: int, longest: int) -> dict[str, int]:
        names = {name: sum(self._said_by[who] for who in bearers) for name, bearers in self._bearers.items()}
        near = {name: passages for name, passages in names.items() if shortest <= len(name) <= longest}
        return near | dict(self._archive.near(shortest, longest))
