"""What the passages of a large archive are worth to each word is noted, and stays right from build to build."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store import postings
from store.archive import Archive
from store.errors import RefusedError
from store.impacts import Impacts
from store.model import Attribution
from store.search import Search
from store.stretches import Stretches
from store.writer import ArchiveWriter, Kept
from tests.builders import document, passage, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from store.model import Passage

WORDS = ("peace", "war", "ukraine", "talk", "syria", "sanction")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(postings, "LARGE", 3)
    return tmp_path / "archive.db"


def talk(name: str, *texts: str) -> list[Passage]:
    return [passage(text, document=name, position=n) for n, text in enumerate(texts)]


A = talk("a", "Peace talks on Syria.", "Peace, and peace again.", "War in Ukraine.")
B = talk("b", "Sanctions are no way to peace.", "We said so.")
C = talk("c", "Talks, and more talks on Ukraine.", "No war. No peace.", "War and peace.", "Syria wants peace.")


def put(path: Path, *documents: list[Passage], without: str = "") -> None:
    """Build: these documents come in, or come anew; one goes."""
    with ArchiveWriter(path) as writer:
        for held in documents:
            name = held[0].document
            writer.put(document(name), held, {}, Kept(name, str(held)))
        if without:
            writer.remove(f"{without}.txt")
        writer.commit()


def impacts(path: Path, *forms: str) -> dict[str, dict[str, int]]:
    """Return for each form what the passages are worth to it, by their texts."""
    with Archive.open(path) as archive:
        held = Impacts(archive, Stretches(archive.index.stretches()).there())
        found = {}
        for form in forms:
            numbers, worth = held.of_form(form)
            texts = archive.numbered(numbers.tolist())
            found[form] = {
                texts[n].text: int(impact) for n, impact in zip(numbers.tolist(), worth.tolist(), strict=True)
            }
        return found


def test_a_small_archive_keeps_none_and_one_that_shrinks_gives_them_up(path: Path) -> None:
    put(path, B)
    with Archive.open(path) as archive:
        assert not archive.index.has_postings()
    put(path, A)
    with Archive.open(path) as archive:
        assert archive.index.has_postings()
        assert archive.index.postings(postings.STEM, "peac")
    put(path, without="a")
    with Archive.open(path) as archive:
        assert not archive.index.has_postings()
        assert not archive.index.postings(postings.STEM, "peac")


def test_builds_one_after_the_other_note_the_same_as_one(path: Path, tmp_path: Path) -> None:
    put(path, A, B)
    put(path, talk("b", "Peace and sanctions.", "Talks on Syria and Ukraine."), C)
    put(path, without="a")
    put(path, A, without="c")
    put(path, B, C)
    put(tmp_path / "fresh.db", A, B, C)

    assert impacts(path, *WORDS) == impacts(tmp_path / "fresh.db", *WORDS)
    assert len(impacts(path, "peace")["peace"]) == 6


def test_what_came_in_place_of_the_last_text_is_not_taken_for_it(path: Path) -> None:
    put(path, A, talk("z", "Penguins swim.", "Penguins eat."))
    put(path, without="z")
    put(path, talk("y", "Nothing of them.", "Nothing at all."))

    assert impacts(path, "penguins") == {"penguins": {}}


def test_segments_of_which_nothing_is_left_are_taken_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "SEGMENT", 4)
    put(path, A, B, C)
    whole = {word: set(found) for word, found in impacts(path, *WORDS).items()}
    for _ in range(3):
        put(path, A, B, C)

    with Archive.open(path) as archive:
        lowest = int(Stretches(archive.index.stretches()).there().argmax())
        assert lowest > 9
        kept = [row for word in WORDS for row in archive.index.postings(postings.STEM, word)]
        assert all(segment + 4 > lowest for segment, *_ in kept)
    assert {word: set(found) for word, found in impacts(path, *WORDS).items()} == whole


def test_what_other_code_noted_is_noted_anew_though_no_text_changed(path: Path) -> None:
    put(path, A, B)
    right = impacts(path, *WORDS)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE postings SET impacts = zeroblob(length(impacts))")
        connection.execute("UPDATE about SET value = 'other code' WHERE name = ?", (postings.MADE_BY,))
        connection.commit()
    put(path)

    assert impacts(path, *WORDS) == right


def test_the_more_a_passage_is_about_a_word_the_more_it_is_worth(path: Path) -> None:
    tail = "and then we went on to speak of many other things that were on the table at that long meeting of ours"
    ordered = [
        passage(f"Syria must be left to the people of Syria, {tail}.", document="d1"),
        passage(f"Syria must be left to its own people, {tail}.", document="d2"),
        passage(f"Syria must be left to its own people, {tail} too.", document="d3", attribution=Attribution.REPORTED),
        passage(f"First {tail}, {tail}, and to Syria.", document="d4", attribution=Attribution.REPORTED),
        passage(f"I would not say so, {tail}.", document="d5", question="What of Syria?"),
        passage("Thank you, Syria.", document="d6", formula=True),
    ]
    write_archive(path, *ordered)
    worth = impacts(path, "syria")["syria"]

    assert list(worth) == [one.text for one in ordered]
    assert list(worth.values()) == sorted(worth.values(), reverse=True)
    assert len(set(worth.values())) == len(ordered)
    assert worth[ordered[3].text] >= postings.SAID > worth[ordered[4].text]


def test_a_function_word_counts_where_it_is_written_in_capitals(path: Path) -> None:
    write_archive(
        path,
        *talk("d", "The US sent them to us.", "Let us see.", "The U.S. knows.", "WHO knows?", "Who knows? It is so."),
    )

    found = impacts(path, "US", "WHO", "us", "who")
    assert list(found["US"]) == ["The US sent them to us.", "The U.S. knows."]
    assert list(found["WHO"]) == ["WHO knows?"]
    assert found["us"] == found["who"] == {}


@pytest.mark.parametrize("word", ["Россией", "Ελλάδα", "Straße", "ぐあい"])
def test_words_that_the_index_folds_less_than_we_do_are_found(path: Path, word: str) -> None:
    write_archive(path, *A, *talk("d", f"{word}, syria."))
    with Archive.open(path) as archive:
        [quote] = Search(archive).find(word).quotes

    assert word in quote.passage.text


def test_what_a_refused_form_would_have_replaced_is_noted(path: Path) -> None:
    put(path, A, B)
    with ArchiveWriter(path) as writer:
        writer.put(document("d"), talk("d", "Penguins swim."), {}, Kept("d", "d"))
        with pytest.raises(RefusedError):
            writer.put(document("d"), [passage("Penguins eat.", document="d", id=A[0].id)], {}, Kept("d", "e"))
        writer.commit()

    assert list(impacts(path, "penguins")["penguins"]) == ["Penguins swim."]


def test_a_document_without_passages_adds_nothing(path: Path) -> None:
    put(path, A, B)
    before = impacts(path, *WORDS)
    with ArchiveWriter(path) as writer:
        writer.put(document("d"), [], {}, Kept("d", "d"))
        writer.commit()
    put(path, talk("e", "Penguins."))

    assert impacts(path, *WORDS) == before
    assert len(impacts(path, "penguins")["penguins"]) == 1
