"""A Passage cut into words, once for all searches that meet it; pure."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import NamedTuple

from store.model import Attribution, Passage
from store.query import INITIALS, MAY_HAVE_INITIALS
from store.text import STOP_WORDS, TALKING, Word, apart, fold, sentences, spans, words


class Asked(NamedTuple):
    """The folded words of a question, each once, and how much of it one of them is; see `View`."""

    words: frozenset[str]
    focus: float


_JOINS = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "и", "или"})
_BETWEEN_NAMES = _JOINS | {"the"}

_ASIDE = frozenset({"besides", "despite", "notwithstanding", "unlike"})
_MOST_BEFORE = 2
"""Words, such as an article, from such a preposition to what it sets aside."""

_HYPHENS = frozenset("-\u2010\u2011")
_NO_SIGN = frozenset(" \u00a0-\u2010\u2011'\u2019")

_NOTHING_ASKED = Asked(frozenset(), 1.0)


class View:
    """A Passage cut into words.

    `words` are folded, in order, and `held` are the same, each once. `asked` are those of the question, and `focus` is
    how much of it one of its words is: 1 of a question that is that word. What is not needed of most passages is made
    when it is.

    What many views keep is made of what Python's collector does not look through again and again, unlike sets, lists
    and named tuples: plain tuples, bytes, arrays, and dicts of words. Looking through those of 1,500 took 100 ms.
    """

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words, self._sentences = _words_by_sentence(passage.text)
        self.held = dict.fromkeys(self.words).keys()
        self.asked, self.focus = asked_in(passage.question) if passage.question else _NOTHING_ASKED
        self._places: dict[str, tuple[int, ...]] = {}
        self._listed: dict[int, bool] = {}

    def places(self, word: str) -> tuple[int, ...]:
        """Return the places of a folded word among `words`."""
        places = self._places.get(word)
        if places is None:
            places = self._places[word] = tuple([place for place, held in enumerate(self.words) if held == word])
        return places

    def is_listed(self, place: int) -> bool:
        """Tell whether a word is a name in a row of names: "Libya, Iraq and the Yemen"."""
        listed = self._listed.get(place)
        if listed is None:
            listed = self._listed[place] = any(self._goes_on(place, step) for step in (1, -1))
        return listed

    def is_set_aside(self, place: int) -> bool:
        """Tell whether something is so in spite of a word, or apart from it: "despite the rain, they came"."""
        return self._sets_aside and not _ASIDE.isdisjoint(self.words[max(place - _MOST_BEFORE, 0) : place])

    @cached_property
    def _sets_aside(self) -> bool:
        return not _ASIDE.isdisjoint(self.held)

    def _goes_on(self, place: int, step: int) -> bool:
        """Tell whether a comma, or a word such as "and", leads from a name to another one, forward or backward."""
        (written, between), sentence = self._apart, self.sentence[place]
        joined, at = False, place
        while written[at][0].isupper() or self.words[at] in _BETWEEN_NAMES:
            joined = joined or self.words[at] in _JOINS
            before, at = at, at + step
            if not 0 <= at < len(self.words) or self.sentence[at] != sentence:
                return False
            joined = joined or between[max(before, at)].startswith(",")
            if joined and written[at][0].isupper():
                return True
        return False

    def runs_on(self, first: int, last: int) -> bool:
        """Tell whether no sign but hyphens and apostrophes stands between the words from one place to another."""
        between = self._apart[1]
        return self.sentence[first] == self.sentence[last] and all(
            _NO_SIGN.issuperset(between[place]) for place in range(first + 1, last + 1)
        )

    def ending_compounds(self, places: Sequence[int]) -> Sequence[int]:
        """Return those of the places whose words are no mere beginning of a compound: "crypto-analytic"."""
        if "-" not in self.passage.text and "\u2010" not in self.passage.text:
            return places
        between = self._apart[1]
        return [place for place in places if between[place + 1] not in _HYPHENS]

    def span(self, place: int) -> tuple[int, int]:
        """Return where the word at this place begins in the text, and where it ends."""
        start = self._starts[place]
        return start, start + len(self.written(place))

    @cached_property
    def sentence(self) -> bytes:
        """The index of the sentence that each place is in; of the 256th and all behind it, 255."""
        if len(self._sentences) < 2:
            return bytes(len(self.words))
        return b"".join([bytes((min(n, 255),)) * length for n, length in enumerate(self._sentences)])

    def written(self, place: int) -> str:
        """Return the word at this place as it stands there."""
        return self._apart[0][place]

    def written_in_question(self, word: str) -> str:
        """Return a word of `asked` as the question has it where it stands first."""
        return _written_in(self.passage.question or "")[word]

    @cached_property
    def _starts(self) -> Sequence[int]:
        """The offset in the text of the word at each place."""
        written, between = self._apart
        lengths = chain.from_iterable(zip(map(len, between), map(len, written), strict=False))
        return array("L", islice(accumulate(lengths), 0, None, 2))

    @cached_property
    def _apart(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words as they stand there, and what stands before, between and behind them: one more."""
        text = self.passage.text
        written, between = apart(text)
        if len(written) == len(self.words):
            return tuple(written), tuple(between)
        # An abbreviation written with dots is one word, and what folds to nothing is none.
        edges = [0, *(edge for word in cut(text) for edge in (word.start, word.end)), len(text)]
        cuts = [text[start:end] for start, end in pairwise(edges)]
        return tuple(cuts[1::2]), tuple(cuts[::2])


def question_of(passage: Passage) -> View:
    """Return the question that a passage answers, cut into words."""
    return _view_of(passage.question or "")


def words_in(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, as `cut` cuts them."""
    return tuple([word.folded for word in cut(text)]) if MAY_HAVE_INITIALS.search(text) else words(text)


def _words_by_sentence(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the folded words of a text, and how many of them each sentence has."""
    begins = [start for start, _ in sentences(text)]
    said = [words_in(text[start:end]) for start, end in pairwise((*begins, len(text)))]
    return tuple(chain.from_iterable(said)), tuple(map(len, said))


def cut(text: str) -> tuple[Word, ...]:
    """Return the words of a text as `spans` does, but an abbreviation written with dots as one."""
    dotted = {match.start(): match for match in INITIALS.finditer(text)} if MAY_HAVE_INITIALS.search(text) else {}
    if not dotted:
        return spans(text)
    found: list[Word] = []
    for word in spans(text):
        if match := dotted.get(word.start):
            found.append(Word(word.start, match.end(), fold(match.group().replace(".", ""))))
        elif not found or word.start >= found[-1].end:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=512)  # Passages of one answer have one question.
def asked_in(question: str) -> Asked:
    """Return what a question asks about."""
    asked = frozenset(words_in(question))
    return Asked(asked, 1 / max(len(asked - STOP_WORDS - TALKING), 1))


@lru_cache(maxsize=64)
def _view_of(text: str) -> View:
    return View(Passage("", "", 0, text, Attribution.REPORTED))


@lru_cache(maxsize=512)  # More than are compared at once, or each search of a capital would cut all of them again.
def _written_in(text: str) -> dict[str, str]:
    """Return the folded words of a text, each with how it is written where it stands first."""
    return {word.folded: text[word.start : word.end] for word in reversed(cut(text))}
