"""What a Query comes to in this archive: its words with their stems, their spelling, and the speakers they name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.query import all_of, any_of, expression
from store.ranking import Sought, Term, rarity
from store.text import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.archive import Archive
    from store.query import Query

_MOST_LENGTHS = 32
"""Lengths of words with slips for which the words that may be meant are kept."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What to look for, and what became of the words typed.

    `groups` are full-text expressions, one for each term that is not a speaker's name; `names` those for the terms
    that are one, and `speakers` who bear them. `corrected` and `missing` are those of `Results`.
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
        return bool(self.sought.capital) or len(self.names) > 1

    @property
    def by(self) -> dict[str, Any]:
        """What narrows the passages that match to those by or of the people named, as `Archive.matching` takes it."""
        return {"speakers": self.speakers, "names": any_of(self.names)} if self.names else {}

    @property
    def every_word(self) -> str:
        """The expression for passages that have every term but the names; empty where there are only names."""
        return all_of(self.groups)

    @property
    def some_word(self) -> str:
        """The expression for passages that have any of these."""
        return any_of(self.groups)


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
        known = self._archive.forms(query.words)
        terms: dict[str, Term] = {}
        became: dict[str, str] = {}
        missing = []
        for word in query.words:
            meant = word if self._is_known(word, known) else self._corrected(word, alone=len(query.words) == 1)
            if meant is None:
                missing.append(word)
            elif meant not in terms:
                became[word] = meant
                forms = known.get(meant) or self._forms(meant)
                terms[meant] = self._term(meant, forms, capital=capitals and word in query.capitals)
        return self._meaning(query, terms, became, missing)

    def _meaning(self, query: Query, terms: dict[str, Term], became: Mapping[str, str], missing: list[str]) -> Meaning:
        if all(word in STOP_WORDS for word in query.words):
            missing = [] if terms else missing
        else:  # A slip in a function word ("waht") is put right, and then it is a function word like any other.
            terms = {word: term for word, term in terms.items() if word not in STOP_WORDS or term.capital}
        named = [term for term in terms.values() if term.speakers]
        subjects = [term for term in terms.values() if not term.speakers]
        if missing and not subjects:  # A name says nothing of a subject that nobody spoke of.
            named = []
        return Meaning(
            sought=Sought([*subjects, *named], [became.get(word, word) for word in query.order]),
            groups=tuple(expression(self._expressions(term)) for term in subjects),
            names=tuple(expression(self._expressions(term)) for term in named),
            speakers=tuple(sorted(frozenset().union(*(term.speakers for term in named)))),
            corrected=tuple((word, meant) for word, meant in became.items() if word != meant),
            missing=tuple(missing),
        )

    def _is_known(self, word: str, known: Mapping[str, Mapping[str, int]]) -> bool:
        return word in known or word in self._bearers or bool(self._archive.same_stem(word))

    def _forms(self, word: str) -> Mapping[str, int]:
        """Return the archive's words of this stem, with their passages."""
        return self._archive.known(self._archive.same_stem(word))

    def _term(self, word: str, forms: Mapping[str, int], *, capital: bool) -> Term:
        speakers = self._bearers.get(word, frozenset())
        passages = sum(forms.values()) + sum(self._said_by[speaker] for speaker in speakers)
        return Term(word, frozenset(forms), rarity(passages, self._passages), capital, speakers)

    def _expressions(self, term: Term) -> Iterator[str]:
        yield from self._archive.tokens(term.word)
        if term.capital:  # "U.S." in the text is two words to the index.
            yield " ".join(term.word)

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
