from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import terms
from store.archive import Archive
from store.writer import ArchiveWriter
from tests.builders import passage, write_archive

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("Syria", "SYRIA", "Syrians", "Straße", "STRASSE", "ﬁne", "fine", "Türkiye", "don’t", "x²", "мир", "🙂", "U.S.")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
FILE = st.dictionaries(TEXTS, st.none() | TEXTS, max_size=3)
STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.none() | FILE), min_size=1, max_size=6)


def table(path: Path, statement: str = "SELECT * FROM terms ORDER BY word, token") -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def build(path: Path, name: str, said: dict[str, str | None] | None) -> None:
    if said:
        write_archive(path, *(passage(text, document=name, question=question) for text, question in said.items()))
    else:
        with ArchiveWriter(path) as writer:
            writer.remove(f"{name}.txt")
            writer.commit()


@given(steps=STEPS)
@settings(max_examples=25, deadline=None)
@pytest.mark.slow
def test_step_by_step_gives_what_a_fresh_build_gives(
    steps: list[tuple[str, dict[str, str | None] | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("terms")
    for name, said in steps:
        build(folder / "steps.db", name, said)
    for name, said in dict(steps).items():
        build(folder / "fresh.db", name, said)
    assert table(folder / "steps.db") == table(folder / "fresh.db")
    with closing(sqlite3.connect(folder / "steps.db")) as connection:
        connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")


def test_words_are_counted_by_passage_and_by_occurrence(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("Talks on talks: Syria.", question="Any talks?"), passage("Straße, Strasse, talk."))
    assert table(path) == [
        ("any", "any", "ani", "ani", 1, 1),
        ("on", "on", "on", "on", 1, 1),
        ("strasse", "strasse", "strass", "strass", 1, 1),
        ("strasse", "straße", "straß", "straß", 1, 1),
        ("syria", "syria", "syria", "syria", 1, 1),
        ("talk", "talk", "talk", "talk", 1, 1),
        ("talks", "talks", "talk", "talk", 1, 3),
    ]


def test_stems_are_those_of_the_full_text_index(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    said = "The negotiators’ generously organised université—talks in Syria's x² streets; Straße, ﬁne, мир, 3.5, naïve."
    write_archive(path, passage(said, question="Whose organisation?"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.index_terms USING fts5vocab (main, passages_fts, 'row')")
        indexed = {term for (term,) in connection.execute("SELECT term FROM index_terms")}
        stems = {stem for (stem,) in connection.execute("SELECT stem FROM terms")}
    assert stems == indexed


def test_other_code_that_cuts_words_counts_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("Peace in Syria.", document="a"), passage("War and peace.", document="b"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE terms SET word = upper(word), passages = 9")
    monkeypatch.setattr(terms, "_code_of_words", lambda: "other code")
    write_archive(path, passage("Peace.", document="a"))
    assert table(path, "SELECT word, passages FROM terms ORDER BY word") == [("and", 1), ("peace", 2), ("war", 1)]
    with Archive.open(path) as archive:
        assert archive.words.known(["peace"]) == {"peace": 2}
