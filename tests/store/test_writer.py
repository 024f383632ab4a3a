from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.archive import Archive
from store.errors import RefusedError
from store.writer import ArchiveWriter, Kept
from tests.builders import document, make_archive, passage, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from store.model import Document, Passage

KEPT = Kept("digest", "text digest")


def put(writer: ArchiveWriter, made: Document, *passages: Passage) -> None:
    writer.put(made, passages, {}, KEPT)


def test_a_document_takes_the_place_of_what_its_file_held(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("Old words."), passage("Kept words."), passage("Others.", document="other"))
    write_archive(path, passage("Kept words."), passage("New words."))
    with Archive.open(path) as archive:
        assert [found.text for found in archive.passages()] == ["Others.", "Kept words.", "New words."]
        assert archive.words.known(["old", "kept", "new"]) == {"kept": 1, "new": 1}
        assert (len(archive.index.matching("old", 9)), len(archive.index.matching("words", 9))) == (0, 2)


def test_the_counts_are_those_of_the_passages(tmp_path: Path) -> None:
    said = (passage("One."), passage("Two.", question="Why?"), passage("Three.", question="Why?"))
    with make_archive(tmp_path, *said, documents=[document(passages=99, questions=99)]) as archive:
        assert (archive.document("talk").passages, archive.document("talk").questions) == (3, 1)
        assert archive.counts() == (1, 3)


def test_what_is_not_committed_never_was(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    with ArchiveWriter(path) as writer:
        writer.remove("talk.txt")
        put(writer, document("other"), passage(document="other"))
        assert writer.counts() == (1, 1)
    with Archive.open(path) as archive:
        assert [found.id for found in archive.documents()] == ["talk"]


def test_nothing_done_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with make_archive(tmp_path, passage()) as archive:
        before, version = path.stat().st_mtime_ns, archive.version()
        with ArchiveWriter(path) as writer:
            assert writer.kept().keys() == {"talk.txt"}
            writer.commit()
        assert (path.stat().st_mtime_ns, archive.version()) == (before, version)


@pytest.mark.parametrize(
    ("made", "passages"),
    [
        (document("talk", file="twin.txt"), ()),
        (document("twin"), (passage(document="twin", id="p1"),)),
        (document("twin"), (passage(document="twin", id="t"), passage(document="twin", id="t", position=1))),
    ],
    ids=["document of another file", "passage of another file", "passage of its own"],
)
def test_an_id_that_is_taken_refuses_the_file_and_changes_nothing(
    made: Document, passages: tuple[Passage, ...], tmp_path: Path
) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("Words.", id="p1"), passage("Twin words.", document="twin"))
    with ArchiveWriter(path) as writer:
        with pytest.raises(RefusedError, match="rename the file") as refused:
            put(writer, made, *passages)
        assert (refused.value.file, refused.value.line) == (made.file, None)
        put(writer, document("third"), passage("Third.", document="third"))
        writer.commit()
    with Archive.open(path) as archive:
        assert [found.text for found in archive.passages()] == ["Words.", "Third.", "Twin words."]
        assert archive.words.known(["words", "twin", "third"]) == {"words": 2, "twin": 1, "third": 1}


def test_a_copy_of_the_file_alone_is_whole(tmp_path: Path) -> None:
    path, copy = tmp_path / "archive.db", tmp_path / "copy.db"
    write_archive(path, passage())
    with Archive.open(path), ArchiveWriter(path) as writer:
        put(writer, document("other"), passage(document="other"))
        writer.commit()
        copy.write_bytes(path.read_bytes())
    with Archive.open(copy) as archive:
        assert archive.counts() == (2, 2)
