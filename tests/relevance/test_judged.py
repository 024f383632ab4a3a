from __future__ import annotations

import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from store.archive import Archive
from store.text import STOP_WORDS, words
from tests.relevance import comments, judged
from tests.relevance.judged import HALVES, KINDS, NOTHING, SEARCHES, Judged, JudgementError

ROOT = Path(__file__).parents[2]
SET = judged.read()

_FEWEST = 10
_ONE = """
[[search]]
typed = "syria"
kind = "subject"
half = "tune"
why = "Syria"
exact = ["a", "b"]
touches = ["c"]
"""


def test_every_kind_is_there_in_either_half() -> None:
    halves = Counter((search.kind, search.half) for search in SET)
    assert [key for key in product(KINDS, HALVES) if halves[key] < _FEWEST] == []


def test_no_search_is_there_twice() -> None:
    typed = Counter(" ".join(search.typed.casefold().split()) for search in SET)
    assert not [search for search, times in typed.items() if times > 1]


def test_every_passage_judged_is_in_the_archive(archive: Archive) -> None:
    judged.check(SET, [passage.id for passage in archive.passages()])


@pytest.mark.parametrize(
    "search",
    [search for search in SET if search.grades and re.search(r"[\":]|\.\.|\s-", search.typed)],
    ids=lambda search: search.typed,
)
def test_passages_judged_satisfy_the_filters_typed(search: Judged, archive: Archive) -> None:
    documents = {document.id: document for document in archive.documents()}
    for passage in archive.passages():
        if passage.id in search.grades:
            document = documents[passage.document]
            for year in re.findall(r"\byear:(\d+)", search.typed):
                assert document.date.year == int(year)
            for first, last in re.findall(r"\b(\d{4})\.\.(\d{4})\b", search.typed):
                assert int(first) <= document.date.year <= int(last)
            for outlet in re.findall(r"\bsource:(\w+)", search.typed):
                assert outlet in (document.outlet or "").casefold()
            for speaker in re.findall(r"\bby:(\w+)", search.typed):
                assert speaker in (passage.speaker or "").casefold()
            for unwanted in re.findall(r"(?<!\S)-(\w+)", search.typed):
                assert unwanted not in passage.text.casefold()
            for phrase in re.findall(r'"([^"]+)"', search.typed):
                assert phrase in passage.text.casefold()


def test_no_passage_has_every_word_of_what_nobody_spoke_of(archive: Archive) -> None:
    said = [frozenset(words(f"{passage.text} {passage.question or ''}")) for passage in archive.passages()]
    for search in SET:
        if search.kind == NOTHING and ":" not in search.typed:
            telling = set(words(search.typed)) - STOP_WORDS
            assert not any(telling <= held for held in said), search.typed


def test_comments_beside_the_ids_are_those_of_the_passages(archive: Archive) -> None:
    passages = comments.lines(archive)
    for file in SEARCHES.glob("*.toml"):
        written = comments.commented(comments.head(file), judged.read_file(file), passages)
        assert file.read_text(encoding="utf-8") == written, "write them with: python -m tests.relevance.comments"


def test_no_search_is_spelled_out_in_the_code_or_in_an_alias() -> None:
    files = [*(ROOT / "store").rglob("*.py"), *(ROOT / "bot").rglob("*.py"), *(ROOT / "seeds").glob("*.toml")]
    code = "\n".join(file.read_text(encoding="utf-8").casefold() for file in files)
    invented = [search.typed for search in SET if search.kind in {"slips", "wording", "other words", "nothing"}]
    assert not [typed for typed in invented if " " in typed and typed.casefold() in code]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('typed = "syria"', 'typed = " "', "something is typed"),
        ('kind = "subject"', 'kind = "subjects"', "`kind` is one of"),
        ('half = "tune"', 'half = "train"', "`half` one of"),
        ('why = "Syria"', "", "needs"),
        ("touches", "mentions", "may have"),
        ('["c"]', '["b"]', "passage b is judged twice"),
        ('kind = "subject"', 'kind = "nothing"', "unless it is of the kind 'nothing'"),
        ('exact = ["a", "b"]\ntouches = ["c"]', "", "has passages judged"),
        ("[[search]]", "[[searches]]", r"expected tables \[\[search\]\]"),
        ('"syria"', "syria", "Invalid value"),
    ],
)
def test_fault_in_a_file_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in _ONE
    (tmp_path / "some.toml").write_text(_ONE.replace(old, new), encoding="utf-8")
    with pytest.raises(JudgementError, match=fault) as raised:
        judged.read(tmp_path)
    assert str(raised.value).startswith("some.toml")


def test_search_has_the_grade_of_each_passage(tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text(_ONE, encoding="utf-8")
    assert judged.read(tmp_path) == (Judged("syria", "subject", "tune", "Syria", {"a": 3, "b": 3, "c": 1}),)


def test_folder_without_searches_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match="no file"):
        judged.read(tmp_path)


def test_passage_of_other_seeds_is_named() -> None:
    with pytest.raises(JudgementError, match="'syria': stranger"):
        judged.check([Judged("syria", "subject", "tune", "", {"known": 3, "stranger": 1})], ["known"])
