"""In a large archive the best are found wherever they stand, whatever narrows the search."""

from __future__ import annotations

import random
import sys
from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from store import accumulators, postings, search
from store.archive import Archive
from store.candidates import Candidates
from store.search import Search
from tests.builders import document, passage, write_archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store.model import Quote

MANY = 1500
WORDS = [
    f"{first}{second}" for first in ("grain", "steel", "oil", "gas", "coal") for second in ("port", "mine", "trade")
]
EACH = 30
SEED = 3


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    weights = [1 / (n + 1) for n in range(len(WORDS))]

    def text() -> str:
        said = rng.choices(WORDS, weights, k=rng.randint(4, 60))
        return " ".join(f"{' '.join(said[at : at + 12])}.".capitalize() for at in range(0, len(said), 12))

    documents = [document(f"d{n}", date=date(2000 + n, 5, 7), speakers=("Ann", "Bob")) for n in range(MANY // EACH)]
    passages = [
        passage(
            f"{text()} Number {n}.",
            document=documents[n // EACH].id,
            position=n % EACH,
            speaker=rng.choice(("Ann", "Bob")),
            question=f"And {text()}?" if n % 3 else None,
        )
        for n in range(MANY)
    ]
    path = tmp_path_factory.mktemp("large") / "archive.db"
    write_archive(path, *passages, documents=documents)
    with Archive.open(path) as archive:
        assert archive.index.has_postings()
        yield Search(archive)


def scores(large: Search, typed: str) -> list[float]:
    return [quote.score for quote in large.find(typed).quotes]


def uncapped(large: Search, typed: str) -> list[float]:
    """Return the scores of the best where all passages that match are compared."""
    unbounded = sys.maxsize >> 1
    with (
        patch.object(accumulators.Accumulators, "most_compared", unbounded),
        patch.object(accumulators, "MOST_FOUND", unbounded),
        patch.object(search, "MOST_NARROWED", unbounded),
    ):
        return scores(large, typed)


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """Return a search of an archive where very many say the same; the last ones are Bob's, of 2018."""
    documents = [document("a", date=date(2010, 1, 1)), document("b", date=date(2018, 1, 1), speakers=("Bob",))]
    said = "So we were: an oil deal."
    passages = [passage(said, document="a", position=n, id=f"a{n}") for n in range(6000)]
    passages += [passage(said, document="b", position=n, id=f"b{n}", speaker="Bob") for n in range(3)]
    path = tmp_path_factory.mktemp("alike") / "archive.db"
    write_archive(path, *passages, documents=documents)
    with Archive.open(path) as archive:
        yield Search(archive)


@pytest.mark.parametrize("typed", ["so we were by:bob", "so we were year:2018", '"oil deal" by:bob', '"so we" 2018..'])
def test_what_very_many_say_is_found_in_the_last_ones_too(alike: Search, typed: str) -> None:
    assert alike.find(typed).total == 3


def test_a_function_word_in_quotation_marks_is_looked_for_beside_a_name(tmp_path: Path) -> None:
    said = [passage("Oil is cheap.", position=n, id=f"p{n}") for n in range(1100)]
    path = tmp_path / "archive.db"
    write_archive(path, *said, passage("We were there.", position=1100))
    with Archive.open(path) as archive:
        [quote] = Search(archive).find('ann "were"').quotes

    assert quote.passage.text == "We were there."


def test_a_name_of_several_words_is_found_where_they_follow_each_other(tmp_path: Path) -> None:
    apart = [passage("Trade in grain. A free council.", position=n, id=f"a{n}") for n in range(1100)]
    named = [
        passage("The Free Grain Council (FGC) met.", position=1100),
        passage("The Free Grain Council went home.", position=1101),
    ]
    path = tmp_path / "archive.db"
    write_archive(path, *apart, *named)
    with Archive.open(path) as archive:
        assert archive.index.has_postings()
        found = Search(archive).find("FGC")

    assert (found.total, {quote.passage.text for quote in found.quotes}) == (2, {one.text for one in named})


def test_what_is_left_out_is_left_out_of_the_last_ones_too(alike: Search) -> None:
    assert alike.find('oil -"oil deal"').total == 0


@pytest.mark.parametrize("typed", ["so we were sort:date", '"oil deal" sort:date', "oil sort:date"])
def test_the_newest_come_first_of_whatever_very_many_say(alike: Search, typed: str) -> None:
    assert [quote.document.id for quote in alike.find(typed, limit=4).quotes] == ["b", "b", "b", "a"]


@pytest.mark.parametrize("typed", [WORDS[0], WORDS[6], WORDS[14], f"{WORDS[0]} {WORDS[1]}", f"{WORDS[1]} {WORDS[7]}"])
def test_the_best_of_very_many_are_found(large: Search, typed: str) -> None:
    found, best = scores(large, typed), uncapped(large, typed)

    assert sum(found) >= 0.98 * sum(best)
    assert found[0] >= 0.99 * best[0]


def test_only_what_matches_is_found_and_all_words_before_some(large: Search) -> None:
    for quote in large.find(f"{WORDS[2]} {WORDS[9]} {WORDS[12]}", limit=20).quotes:
        said = f"{quote.passage.text} {quote.passage.question}".lower()
        assert all(word in said for word in (WORDS[2], WORDS[9], WORDS[12]))


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [
        ("by:ann", lambda quote: quote.passage.speaker == "Ann"),
        ("year:2007", lambda quote: quote.document.date.year == 2007),
        ("2010..2012", lambda quote: 2010 <= quote.document.date.year <= 2012),
        (f"-{WORDS[0]}", lambda quote: WORDS[0] not in f"{quote.passage.text} {quote.passage.question}".lower()),
        (
            f'"{WORDS[0]} {WORDS[1]}"',
            lambda quote: f"{WORDS[0]} {WORDS[1]}" in quote.passage.text.lower().replace(".", ""),
        ),
        ("by:bob year:2020 -number", lambda _: False),
    ],
)
def test_what_narrows_a_search_holds(large: Search, narrowed: str, fits: Callable[[Quote], bool]) -> None:
    results = large.find(f"{WORDS[3]} {narrowed}", limit=50)

    assert results.quotes or "-number" in narrowed
    assert all(fits(quote) for quote in results.quotes)


def test_the_newest_of_very_many_come_first(large: Search) -> None:
    days = [quote.document.date for quote in large.find(f"{WORDS[0]} sort:date", limit=40).quotes]

    assert days == sorted(days, reverse=True)
    assert days[0] == date(2000 + MANY // EACH - 1, 5, 7)


def test_pages_follow_each_other_without_repetition(large: Search) -> None:
    pages = [large.find(WORDS[0], limit=30, offset=at) for at in (0, 30, 60, 90)]
    ids = [quote.passage.id for page in pages for quote in page.quotes]

    assert len(ids) == len(set(ids)) == 120
    assert {page.total for page in pages} == {min(accumulators.MOST_FOUND, pages[0].total)}
    assert large.find(WORDS[0], offset=accumulators.MOST_FOUND).quotes == ()


def test_neighbours_count_for_a_thread_where_they_say_it_in_the_same_document(large: Search) -> None:
    results = large.find(WORDS[5], limit=accumulators.MOST_FOUND, explain=True)
    assert results.explained is not None
    saying = {(one.document, one.position) for one in large._archive.passages() if WORDS[5] in one.text.lower()}
    at_an_end = 0
    for quote in results.quotes:
        thread = results.explained.scores[quote.passage.id].get("so do its neighbours", 0.0)
        beside = [step for step in (-1, 1) if (quote.document.id, quote.passage.position + step) in saying]
        assert thread == pytest.approx(0.3 * len(beside) if WORDS[5] in quote.passage.text.lower() else 0.0)
        at_an_end += quote.passage.position in (0, EACH - 1)
    assert at_an_end


@pytest.mark.parametrize(
    "typed", ["the", "is", "what is it", "it is the", "about", "whom themselves", "why shall", "each other's"]
)
def test_function_words_alone_find_the_same_in_archives_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    common = ["the", "is", "it", "what", "about", "of", "peace", "war", "trade"]
    said = [passage(" ".join(rng.choices(common, k=rng.randint(3, 40))), position=n) for n in range(200)]
    said += [passage("Whom do we see?", position=200), passage("They see themselves.", position=201)]
    said += [passage("They know each other’s minds.", position=202), passage("Others do not.", position=203)]
    answers = []
    for passages_of_a_large_one in (postings.LARGE, 0):
        path = tmp_path_factory.mktemp("one") / "archive.db"
        with (
            patch.object(postings, "LARGE", passages_of_a_large_one),
            patch.object(accumulators.Accumulators, "most_compared", Candidates.most_compared),
        ):
            write_archive(path, *said)
            with Archive.open(path) as archive:
                assert archive.index.has_postings() == (not passages_of_a_large_one)
                found = Search(archive).find(typed, limit=20)
        answers.append([quote.passage.text for quote in found.quotes])
    assert answers[0] == answers[1]
    assert bool(answers[0]) == (typed not in {"whom themselves", "why shall"})
