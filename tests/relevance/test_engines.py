from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from store.archive import Archive
from tests.builders import make_archive, passage
from tests.relevance.__main__ import main
from tests.relevance.engines import Engine, engines
from tests.relevance.judged import Judged

KURDS = passage("The opinions of the Kurds need to be taken into account.", id="kurds", position=0)
GAS = passage("Europe must buy liquefied gas.", id="gas", position=1, question="And Greece?")

_SEARCHES = """
[[search]]
typed = "jerusalem capitol"
kind = "subject"
half = "tune"
why = "the city"
exact = ["{exact}"]

[[search]]
typed = "kangaroo"
kind = "nothing"
half = "report"
why = "nobody speaks of it"
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[dict[str, Engine]]:
    """Every engine, by name, over an archive of two passages; cutoffs suit one search."""
    tuning = [Judged("kurds", "subject", "tune", "", {"kurds": 3}), Judged("llamas", "nothing", "tune", "")]
    with make_archive(tmp_path, KURDS, GAS) as archive:
        made = engines(archive, tuning)
        yield {engine.name.partition(" ≥")[0]: engine for engine in made}


def test_every_engine_finds_a_passage_by_its_word(small: dict[str, Engine]) -> None:
    for name, engine in small.items():
        assert engine.answer("kurds").ranked[:1] == ("kurds",), name


def test_words_are_joined_as_the_name_says(small: dict[str, Engine]) -> None:
    typed = "kurds gas"
    assert set(small["FTS5, any word"].answer(typed).ranked) == {"kurds", "gas"}
    assert small["FTS5, all words"].answer(typed).ranked == ()
    assert small["FTS5, all words"].answer("greece gas").ranked == ("gas",)


def test_only_fuzzy_terms_forgive_a_slip(small: dict[str, Engine]) -> None:
    assert small["tantivy"].answer("kurts").ranked == ()
    assert small["tantivy, fuzzy 1"].answer("kurts").ranked == ("kurds",)


def test_scan_presents_nothing_below_the_cutoff_that_suits_best(small: dict[str, Engine]) -> None:
    assert small["partial_ratio"].answer("llamas").ranked == ()


@pytest.mark.parametrize("typed", ['"', "AND", "-", "by:", "(gas", "日本", "year:20x"])
def test_nothing_typed_stops_an_engine(small: dict[str, Engine], typed: str) -> None:
    for engine in small.values():
        engine.answer(typed)


def test_what_comes_nearest_is_no_answer(archive: Archive) -> None:
    [quotebot] = [engine for engine in engines(archive, []) if engine.name == "Quotebot"]
    assert quotebot.answer("kangaroo syria").partial
    assert not quotebot.answer("syria").partial


@pytest.mark.slow
def test_table_has_a_row_for_each_engine_and_a_figure_for_each_kind(searches: Path) -> None:
    printed = CliRunner().invoke(main, ["--searches", str(searches)])
    assert printed.exit_code == 0
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in printed.output.splitlines()]
    figures = [row[1:] for row in rows if row[0] == "FTS5, any word"]
    assert figures == [["1.00", "1.00"], ["1.00", "1.00"], ["1.00", "1.00", "1.00"]]


@pytest.mark.slow
def test_failures_show_what_was_missed_in_the_half_to_tune_by(searches: Path) -> None:
    printed = CliRunner().invoke(main, ["--searches", str(searches), "--engine", "all words", "--failures"])
    worst = printed.output.partition("nDCG@5")[0]
    assert "0.00  jerusalem capitol" in worst
    assert "\n    -3 " in worst
    assert "kangaroo" not in worst


def test_passage_that_is_not_in_the_seeds_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text(_SEARCHES.format(exact="stranger"), encoding="utf-8")
    printed = CliRunner().invoke(main, ["--searches", str(tmp_path)])
    assert printed.exit_code == 1
    assert "'jerusalem capitol': stranger" in printed.output


@pytest.fixture
def searches(tmp_path: Path, archive: Archive) -> Path:
    """A folder with two searches: one that a single passage of the seeds answers, and one that none does."""
    [exact] = [passage.id for passage in archive.passages() if "Jerusalem" in passage.text]
    (tmp_path / "some.toml").write_text(_SEARCHES.format(exact=exact), encoding="utf-8")
    return tmp_path
