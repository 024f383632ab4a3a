"""What is lost by comparing few of very many passages: `python -m tests.bench.uncapped ARCHIVE`.

The archive is one that tests.bench.scale made.
Each search is answered twice: as it is, and by comparing every passage that matches. The score that a passage has where
all are compared counts as its grade, from 0 to 3, and the table has the nDCG of the first five by these (gain
2^grade - 1, as in tests.relevance). The goal is 0.98. Words of more than MOST passages, and speakers' names alone, are
left out: to compare so many takes minutes.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from math import log2
from pathlib import Path
from unittest.mock import patch

from store import accumulators, search
from store.archive import Archive
from store.query import parse
from store.search import Search
from tests.bench.scale import searches
from tests.bench.table import print_table

MOST = 12_000
DEPTH = 5
BEST_GRADE = 3
KINDS = ("subject", "names", "languages", "wording", "other words")


def main(path: Path) -> None:
    """Measure and print."""
    reached: defaultdict[str, list[float]] = defaultdict(list)
    with Archive.open(path) as archive:
        passages = archive.counts()[1]
        capped, whole = Search(archive), Search(archive)
        asked = [(kind, typed) for kind, typed in dict.fromkeys(searches(archive)) if kind in KINDS]
        for kind, typed in asked:
            found = [quote.passage.id for quote in capped.find(typed, limit=DEPTH).quotes]
            groups = capped._commit.lexicon.read(parse(typed)).groups
            if found and groups and max(group.passages for group in groups) <= MOST:
                reached[kind].append(_ndcg(found, _uncapped(whole, typed)))
    every = [share for shares in reached.values() for share in shares]
    rows = [
        (kind, f"{len(shares)}", f"{sum(shares) / len(shares):.3f}", f"{min(shares):.3f}")
        for kind, shares in {**reached, "all": every}.items()
    ]
    title = f"nDCG@{DEPTH} against comparing all, {passages:,} passages ({len(asked) - len(every)} searches left out)"
    print_table(title, ("search", "searches", "mean", "worst"), rows)


def _uncapped(whole: Search, typed: str) -> dict[str, float]:
    """Return the score of each hit, by id, where all that match are compared."""
    unbounded = sys.maxsize >> 1
    with (
        patch.object(accumulators.Accumulators, "most_compared", unbounded),
        patch.object(accumulators, "MOST_FOUND", unbounded),
        patch.object(search, "MOST_NARROWED", unbounded),
    ):
        return {quote.passage.id: quote.score for quote in whole.find(typed, limit=MOST).quotes}


def _ndcg(found: Sequence[str], scores: dict[str, float]) -> float:
    best = sorted(scores.values(), reverse=True)[:DEPTH]
    ideal = _gained(best, best[0])
    return _gained([scores.get(identifier, 0.0) for identifier in found], best[0]) / ideal if ideal else 1.0


def _gained(scores: Sequence[float], best: float) -> float:
    grades = (max(BEST_GRADE * score / best, 0.0) if best > 0 else 0.0 for score in scores)
    return sum((2**grade - 1) / log2(rank) for rank, grade in enumerate(grades, start=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
