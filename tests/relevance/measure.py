"""How good an answer is: nDCG of its first five, after Järvelin and Kekäläinen (2002), with gain 2^grade - 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from statistics import fmean
from typing import NamedTuple

from tests.relevance.judged import NOTHING, Judged

DEPTH = 5


class Answer(NamedTuple):
    """What an engine shows for a search: ids of passages, best first.

    `partial`: it does not say that these answer, only that they come nearest to what nobody speaks of.
    """

    ranked: tuple[str, ...]
    partial: bool = False


def score(search: Judged, answer: Answer) -> float:
    """Return from 0 to 1 how good the answer is.

    Where nobody spoke of it, 1 if nothing is presented as an answer, else 0.
    """
    if search.kind == NOTHING:
        return float(answer.partial or not answer.ranked)
    return ndcg(answer.ranked, search.grades)


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the gain of the first five, discounted by rank, as a share of the most that could be had."""
    best = _discounted(sorted(grades.values(), reverse=True))
    return _discounted([grades.get(passage, 0) for passage in ranked]) / best


def mean(scores: Iterable[float]) -> float | None:
    """Return the mean; None where there are no scores."""
    known = list(scores)
    return fmean(known) if known else None


def _discounted(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], start=1))
