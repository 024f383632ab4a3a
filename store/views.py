"""A Passage cut into words, once for all searches that meet it; pure."""

from __future__ import annotations

from bisect import bisect_right

from store.model import Passage
from store.query import INITIALS
from store.text import STOP_WORDS, Word, fold, sentences, spans


class View:
    """A Passage cut into words.

    `places` are those of each folded word among `spans`, `sentence` the index of the sentence that each place is in,
    `asked` the words of the question as they stand there, by their folded form, and `focus` how much of the question
    one of its words is: 1 of a question that is that word.
    """

    __slots__ = ("asked", "focus", "passage", "places", "sentence", "spans", "words")

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.spans = cut(passage.text)
        self.words = tuple(word.folded for word in self.spans)
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            self.places.setdefault(word, []).append(place)
        starts = [start for start, _ in sentences(passage.text)]
        self.sentence = bytes(min(max(bisect_right(starts, word.start) - 1, 0), 255) for word in self.spans)
        question = passage.question or ""
        self.asked = {word.folded: question[word.start : word.end] for word in reversed(cut(question))}
        self.focus = 1 / max(sum(word not in STOP_WORDS for word in self.asked), 1)

    def written(self, place: int) -> str:
        """Return the word at this place as it stands there."""
        word = self.spans[place]
        return self.passage.text[word.start : word.end]


def cut(text: str) -> tuple[Word, ...]:
    """Return the words of a text as `spans` does, but an abbreviation written with dots as one."""
    dotted = {match.start(): match for match in INITIALS.finditer(text)}
    if not dotted:
        return spans(text)
    found: list[Word] = []
    for word in spans(text):
        if match := dotted.get(word.start):
            found.append(Word(word.start, match.end(), fold(match.group().replace(".", ""))))
        elif not found or word.start >= found[-1].end:
            found.append(word)
    return tuple(found)
