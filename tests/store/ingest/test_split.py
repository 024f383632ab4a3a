"""Ids of passages outlive corrections of anything but their words."""

from __future__ import annotations

from store.ingest.layout import Utterance
from store.ingest.split import document_id, passages
from store.model import Attribution


def said(text: str, **fields: object) -> Utterance:
    known: dict[str, object] = {"line": 1, "attribution": Attribution.SPOKEN, "speaker": "Ann", **fields}
    return Utterance(text=text, **known)  # type: ignore[arg-type]


def test_id_stays_when_speaker_line_question_or_marks_change() -> None:
    before = passages("a.txt", [said("We agreed, at last.")])
    after = passages("a.txt", [said("We agreed at last!", line=9, speaker="Bob", question="Why?")])
    assert before[0].id == after[0].id


def test_same_words_again_get_another_id_and_the_first_keeps_its_own() -> None:
    first, second = passages("a.txt", [said("Yes."), said("Yes.")])
    assert first.id != second.id
    assert first.id == passages("a.txt", [said("Yes.")])[0].id


def test_other_file_other_id() -> None:
    assert passages("a.txt", [said("Yes.")])[0].id != passages("b.txt", [said("Yes.")])[0].id


def test_positions_count_from_nought() -> None:
    assert [p.position for p in passages("a.txt", [said("One."), said("Two.")])] == [0, 1]


def test_document_id_is_the_files_name_where_that_can_be_one() -> None:
    assert document_id("001_abc.txt") == "001_abc"
    assert document_id("Лавров 2018.txt").isascii()
    assert document_id("-x.txt") != "-x"
    assert len(document_id("x" * 40 + ".txt")) <= 32
