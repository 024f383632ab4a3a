"""Answers about words, kept in memory, so that what was asked once need not be asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Answer = TypeVar("Answer")

_MOST = 4096
"""Words whose answers are kept, before all are forgotten."""


class Answers(Generic[Answer]):
    """What `ask` answers for each of many words; `otherwise` stands for those that it leaves out."""

    def __init__(self, ask: Callable[[Collection[str]], Mapping[str, Answer]], otherwise: Answer) -> None:
        self._ask = ask
        self._otherwise = otherwise
        self._answers: dict[str, Answer] = {}

    def of(self, words: Collection[str]) -> dict[str, Answer]:
        """Return the answer for each of these words, having asked for those alone that are new."""
        answers = self._answers
        if new := [word for word in dict.fromkeys(words) if word not in answers]:
            if len(answers) > _MOST:
                answers.clear()
                new = list(dict.fromkeys(words))
            found = self._ask(new)
            for word in new:
                answers[word] = found.get(word, self._otherwise)
        return {word: answers[word] for word in words}
