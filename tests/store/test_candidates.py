"""Of very many passages that match, those are compared that answer best."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.search import Search
from tests.builders import passage, write_archive

MANY = 1200
_FAR = "about trade between the far ends of this long sentence on the price of grain and of"


def _passages() -> Iterator[str]:
    """Yield very many passages that hold one of two words, or both far apart, and a few that hold them together."""
    for number in range(MANY):
        yield f"War, war and war again, says report number {number}."
        yield f"Peace, peace and peace again, says report number {number}."
        yield f"Much was said of war {_FAR} peace in report number {number}."
    yield "They had peace, war and little that would have lasted long enough for everybody here."
    yield "Nobody ever wrote more of it than he who had written of war and peace before it came."
    yield "Much was said of calm by those who would have war."


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    path: Path = tmp_path_factory.mktemp("many") / "archive.db"
    write_archive(path, *map(passage, _passages()))
    with Archive.open(path) as archive:
        yield Search(archive)


def test_words_that_very_many_passages_hold_are_found_together(search: Search) -> None:
    texts = [quote.passage.text for quote in search.find("war peace", limit=20).quotes]

    assert len(texts) == 20
    assert all("war" in text.lower() and "peace" in text.lower() for text in texts)
    assert {text.split()[0] for text in texts[:2]} == {"They", "Nobody"}  # Those that have them near each other.


def test_the_wording_is_found_among_very_many(search: Search) -> None:
    [first] = search.find("written of war and peace", limit=1).quotes

    assert "written of war and peace" in first.passage.text


def test_the_wording_around_one_frequent_word_is_found(search: Search) -> None:
    [first] = search.find("would have war", limit=1).quotes

    assert first.passage.text.endswith("would have war.")


@pytest.mark.parametrize("typed", ["ann", "ann sort:date"])
def test_of_all_that_a_speaker_said_some_are_shown(search: Search, typed: str) -> None:
    results = search.find(typed)

    assert len(results.quotes) == 5
    assert 5 < results.total < MANY
