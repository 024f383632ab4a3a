"""A Passage cut into words, once for all searches that meet it; pure."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from store.model import Passage
from store.query import INITIALS, MAY_HAVE_INITIALS
from store.text import STOP_WORDS, Word, fold, sentences, spans, words, written


class Asked(NamedTuple):
    """The words of a question, and how much of it one of them is; see `View`."""

    asked: dict[str, str]
    focus: float


_JOINS = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "и", "или"})
_BETWEEN_NAMES = _JOINS | {"the"}

_NOTHING_ASKED = Asked({}, 1.0)


class View:
    """A Passage cut into words.

    `words` are folded, in order, and `held` are the same, each once. `asked` are the words of the question as they
    stand there, by their folded form, and `focus` is how much of the question one of its words is: 1 of a question that
    is that word. What is not needed of most passages is made when it is.
    """

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words = words_in(passage.text)
        self.held = frozenset(self.words)
        self.asked, self.focus = asked_in(passage.question) if passage.question else _NOTHING_ASKED
        self._places: dict[str, tuple[int, ...]] = {}
        self._listed: dict[int, bool] = {}

    def places(self, word: str) -> tuple[int, ...]:
        """Return the places of a folded word among `words`."""
        places = self._places.get(word)
        if places is None:
            # Tuples of numbers, unlike lists, are nothing that Python's collector has to look through again and again.
            places = self._places[word] = tuple([place for place, held in enumerate(self.words) if held == word])
        return places

    def is_listed(self, place: int) -> bool:
        """Tell whether a word is a name in a row of names: "Libya, Iraq and the Yemen"."""
        listed = self._listed.get(place)
        if listed is None:
            listed = self._listed[place] = any(self._goes_on(place, step) for step in (1, -1))
        return listed

    def _goes_on(self, place: int, step: int) -> bool:
        """Tell whether a comma, or a word such as "and", leads from a name to another one, forward or backward."""
        text, sentence = self.passage.text, self.sentence[place]
        joined, at = False, place
        while text[self.spans[at].start].isupper() or self.words[at] in _BETWEEN_NAMES:
            joined = joined or self.words[at] in _JOINS
            before, at = at, at + step
            if not 0 <= at < len(self.words) or self.sentence[at] != sentence:
                return False
            first, second = sorted((before, at))
            joined = joined or text[self.spans[first].end : self.spans[second].start].startswith(",")
            if joined and text[self.spans[at].start].isupper():
                return True
        return False

    @cached_property
    def spans(self) -> tuple[Word, ...]:
        """The words with their offsets in the text."""
        return cut(self.passage.text)

    @cached_property
    def sentence(self) -> bytes:
        """The index of the sentence that each place is in."""
        text = self.passage.text
        begins = [start for start, _ in sentences(text)][:256]
        if len(begins) < 2:
            return bytes(len(self.words))
        ends = (*begins[1:], len(text))
        lengths = [len(words_in(text[start:end])) for start, end in zip(begins, ends, strict=True)]
        if sum(lengths) == len(self.words):
            return b"".join([bytes((n,)) * length for n, length in enumerate(lengths)])
        later = begins[1:]  # A word goes on behind what looked like the end of a sentence: "U.S."
        return bytes([bisect_right(later, word.start) for word in self.spans])

    def written(self, place: int) -> str:
        """Return the word at this place as it stands there."""
        word = self.spans[place]
        return self.passage.text[word.start : word.end]


def words_in(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, as `cut` cuts them."""
    return tuple([word.folded for word in cut(text)]) if MAY_HAVE_INITIALS.search(text) else words(text)


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
    if MAY_HAVE_INITIALS.search(question):
        asked = {word.folded: question[word.start : word.end] for word in reversed(cut(question))}
    else:
        asked = written(question)
    return Asked(asked, 1 / max(sum(word not in STOP_WORDS for word in asked), 1))
