from __future__ import annotations

from math import log2

import pytest

from tests.relevance.judged import Judged
from tests.relevance.measure import Answer, mean, ndcg, score

GRADES = {"exact": 3, "about": 2, "touches": 1}


def nothing(answer: Answer) -> float:
    return score(Judged("mars", "nothing", "tune", ""), answer)


def test_best_order_scores_one() -> None:
    assert ndcg(["exact", "about", "touches"], GRADES) == pytest.approx(1)


def test_gain_doubles_with_the_grade_and_fades_with_the_rank() -> None:
    best = 7 + 3 / log2(3) + 1 / log2(4)
    assert ndcg(["other", "about", "exact"], GRADES) == pytest.approx((3 / log2(3) + 7 / log2(4)) / best)


def test_only_the_first_five_count() -> None:
    assert ndcg([*"abcde", "exact"], GRADES) == 0
    many = dict.fromkeys("abcdef", 3)
    assert ndcg(list("abcde"), many) == pytest.approx(1)


def test_nothing_found_scores_zero() -> None:
    assert ndcg([], GRADES) == 0


def test_where_nobody_spoke_of_it_nothing_may_be_presented_as_an_answer() -> None:
    assert nothing(Answer(())) == 1
    assert nothing(Answer(("near",), partial=True)) == 1
    assert nothing(Answer(("near",))) == 0


def test_partial_answer_counts_by_what_it_shows_where_somebody_spoke_of_it() -> None:
    assert score(Judged("syria", "subject", "tune", "", GRADES), Answer(("exact",), partial=True)) > 0


def test_no_scores_have_no_mean() -> None:
    assert mean([]) is None
    assert mean([0, 1]) == 0.5
