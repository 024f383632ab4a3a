from __future__ import annotations

import ast
import datetime as dt
import hashlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import store
from store import postings, turnover, writer
from store.archive import Archive
from store.errors import ArchiveError, BuildError, RefusedError, RemovalError
from store.ingest import run as build
from store.ingest.parse import Parsed
from store.ingest.run import RELIES_ON, run
from store.model import Remark
from store.text import words
from store.writer import ArchiveWriter
from tests.builders import document, passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.model import Document, Report, Source

SEEDS = Path(__file__).parents[3] / "seeds"
KEPT = "; the archive keeps its last good form"


def parse(source: Source, text: str) -> Parsed:
    """Read one passage a line, as simply as can be; a line may ask for what can go wrong with a text."""
    name = source.file.removesuffix(".txt")
    lines = [line for line in text.splitlines() if line]
    if "refuse" in lines:
        raise RefusedError(source.file, lines.index("refuse") + 1, "nobody speaks")
    if "crash" in lines:
        raise ZeroDivisionError
    said = tuple(
        passage(line, document=name, position=number) for number, line in enumerate(lines) if line != "say nothing"
    )
    warnings = tuple(Remark(source.file, number, "left out") for number, line in enumerate(lines, 1) if "?" in line)
    return Parsed(document(name, file=source.file, outlet=source.outlet), said, "lines", warnings)


class Folder:
    """A seeds folder and its archive, built with the simple parser."""

    def __init__(self, folder: Path) -> None:
        self.seeds = folder / "seeds"
        self.seeds.mkdir()
        self.database = folder / "data" / "archive.db"
        self.read: list[str] = []

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.seeds / f"{name}.txt").write_text(text)

    def delete(self, *names: str) -> None:
        for name in names:
            (self.seeds / f"{name}.txt").unlink()

    def build(self, *, remove: bool = False, agreed: str = "") -> Report:
        self.read.clear()

        def noted(source: Source, text: str) -> Parsed:
            self.read.append(source.file)
            return parse(source, text)

        return run(self.seeds, self.database, remove=remove, agreed=agreed, parse=noted)

    def texts(self) -> list[str]:
        with Archive.open(self.database) as archive:
            return [found.text for found in archive.passages()]

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Return all that the archive holds, but for the numbers of its rows."""
        with closing(sqlite3.connect(self.database)) as connection:
            columns = "id, document, position, text, alone"
            connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            return {
                "documents": connection.execute("SELECT * FROM documents ORDER BY id").fetchall(),
                "passages": connection.execute(f"SELECT {columns} FROM passages ORDER BY id").fetchall(),
                "dates": connection.execute("SELECT * FROM dates ORDER BY passage, day, sentence").fetchall(),
                "terms": connection.execute("SELECT * FROM terms ORDER BY word, token").fetchall(),
                "postings": sorted(self._postings(connection)),
                "stretches": sorted(self._stretches(connection)),
                **{
                    table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall())
                    for table in ("abbreviations", "persons", "called", "said", "sounds")
                },
            }

    @staticmethod
    def _postings(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
        """Yield what each passage that is there is worth to each key."""
        ids = dict(connection.execute("SELECT number, id FROM passages"))
        for kind, key, segment, offsets, impacts in connection.execute("SELECT * FROM postings"):
            for (offset,), impact in zip(struct.iter_unpack("<H", offsets), impacts, strict=True):
                if segment + offset in ids:
                    yield kind, key, ids[segment + offset], impact

    @staticmethod
    def _stretches(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
        """Yield the first and the last passage of each document that has any, and its date."""
        ids = dict(connection.execute("SELECT number, id FROM passages"))
        for row in connection.execute("SELECT firsts, lasts, days FROM stretches"):
            for (first,), (last,), (day,) in zip(*(struct.iter_unpack("<I", column) for column in row), strict=True):
                yield ids[first], ids[last], dt.date.fromordinal(day)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_first_build_adds_everything(folder: Folder) -> None:
    folder.write(b="Peace in Syria.\nWar nowhere.", a="On November 8 we signed.")
    report = folder.build()
    assert (report.added, report.changed, report.unchanged, report.removed) == (("a.txt", "b.txt"), (), (), ())
    assert (report.refused, report.warnings) == ((), ())
    assert (report.documents, report.passages) == (2, 3)
    assert report.seconds > 0
    assert folder.texts() == ["On November 8 we signed.", "Peace in Syria.", "War nowhere."]
    with Archive.open(folder.database) as archive:
        [mention] = archive.mentions_on(11, 8)
        assert (mention.day, mention.passage.text) == (dt.date(2017, 11, 8), "On November 8 we signed.")


def test_only_what_changed_is_read_again(folder: Folder) -> None:
    folder.write(a="One.", b="Two.", c="Three.", d="Four.")
    folder.build()
    folder.write(b="Two and a half.", e="Five.")
    folder.delete("d")
    (folder.seeds / "sources.toml").write_text('["c.txt"]\noutlet = "RT"\n')
    report = folder.build()
    assert folder.read == ["b.txt", "c.txt", "e.txt"]
    assert (report.added, report.changed, report.unchanged) == (("e.txt",), ("b.txt", "c.txt"), ("a.txt",))
    assert report.removed == ("d.txt",)
    assert folder.texts() == ["One.", "Two and a half.", "Three.", "Five."]
    with Archive.open(folder.database) as archive:
        assert archive.document("c").outlet == "RT"
        assert archive.words.known(["four", "five"]) == {"five": 1}


def test_nothing_changed_writes_nothing(folder: Folder) -> None:
    folder.write(a="One.", b="refuse")
    folder.build()
    before = folder.database.stat().st_mtime_ns
    with Archive.open(folder.database) as archive:
        version = archive.version()
        report = folder.build()
        assert archive.version() == version
    assert folder.database.stat().st_mtime_ns == before
    assert report.unchanged == ("a.txt",)
    assert report.refused == (Remark("b.txt", 1, "nobody speaks"),)


def test_a_build_in_steps_gives_what_a_fresh_one_gives(folder: Folder, tmp_path: Path) -> None:
    folder.write(a="Peace on November 8.", b="War and peace.", c="Straße.\nStrasse.", d="Peace.")
    folder.build()
    folder.write(b="Peace and war.\nWar.", e="On 7 February, peace.", aa="Peace.")
    folder.delete("c")
    folder.build()
    (tmp_path / "other").mkdir()
    fresh = Folder(tmp_path / "other")
    shutil.copytree(folder.seeds, fresh.seeds, dirs_exist_ok=True)
    fresh.build()
    assert folder.tables() == fresh.tables()


SENTENCES = (
    "The United States will not leave.",
    "We trade with the US and with Germany.",
    "The Eurasian Economic Union (EAEU) is a union.",
    "The EAEU has a customs union.",
    "Chancellor of Germany Angela Merkel spoke of trade.",
    "Trade, trade and trade again in Berlin.",
    "The customs officers of the union came from Kazan to New York.",
    "A union of the customs.",
    "York is not new to trade.",
    "Nobody trades.",
    "They use the union.",
    "Us and them.",
)
ALIASES = """
[[thing]]
names = ["Eurasian Economic Union", "trade union", "union customs"]
wider = ["customs union"]
[[thing]]
alike = ["customs union", "new trade"]
"""


@pytest.mark.parametrize(
    ("most", "large", "seed"),
    [
        pytest.param(most, large, seed, marks=pytest.mark.slow)
        for most in (0, 12, turnover.MOST)
        for large in (3, postings.LARGE)
        for seed in range(3)
    ],
)
def test_many_builds_give_what_one_gives(
    most: int, large: int, seed: int, *, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "LARGE", large)
    monkeypatch.setattr(turnover, "MOST", most)
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    (folder.seeds / "aliases.toml").write_text(ALIASES)
    for step in range(16):
        if step == 8:
            (folder.seeds / "aliases.toml").write_text(ALIASES.replace("customs union", "old customs union"))
        for name in rng.sample("abcdefgh", 8 if step == 0 else rng.randint(1, 3)):
            if step and rng.random() < 0.3:
                (folder.seeds / f"{name}.txt").unlink(missing_ok=True)
            else:
                lines = (" ".join(rng.choices(SENTENCES, k=rng.randint(1, 2))) for _ in range(rng.randint(1, 3)))
                folder.write(**{name: "\n".join(dict.fromkeys((f"This is {name}.", *lines)))})
        folder.build(remove=True)
        (tmp_path / f"{step}").mkdir()
        fresh = Folder(tmp_path / f"{step}")
        for text in folder.seeds.iterdir():
            shutil.copy(text, fresh.seeds)
        fresh.build()
        assert folder.tables() == fresh.tables()
    assert (large == 3) == bool(folder.tables()["postings"])


def test_ids_are_stable_over_builds(folder: Folder) -> None:
    folder.write(a="One.\nTwo.")
    folder.build()
    before = {row[0] for row in folder.tables()["passages"]}
    folder.write(a="Zero.\nOne.\nTwo.")
    folder.build()
    assert before < {row[0] for row in folder.tables()["passages"]}


def test_other_code_reads_everything_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(a="One.", b="Two.")
    folder.build()
    monkeypatch.setattr(build, "_code", lambda: b"other code")
    assert folder.build().changed == ("a.txt", "b.txt")


def imports(file: Path) -> set[str]:
    """Return the modules of `store` that a file imports, as dotted names without `store`."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "store":
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found |= {name.removeprefix("store.") for name in names}
    return found


def test_the_code_that_decides_is_all_that_it_relies_on() -> None:
    package = Path(store.__file__).parent
    modules = {".".join(file.relative_to(package).with_suffix("").parts): file for file in package.rglob("*.py")}
    ahead = {name for name in modules if name.startswith("ingest.")}
    reached: set[str] = set()
    while ahead:
        reached |= ahead
        ahead = {name for file in map(modules.__getitem__, ahead) for name in imports(file) & modules.keys()} - reached
    # They decide where things are kept, or what else they are called, not what a text becomes.
    keepers = {
        "additions",
        "database",
        "errors",
        "locks",
        "numbers",
        "turnover",
        "postings",
        "stretches",
        "ranking",
        "sayings",
        "wording",
        "sought",
        "views",
        "query",
        "flags",
        "schema",
        "naming",
        "kinship",
        "placenames",
        "bending",
        "aliases",
        "gazetteer",
        "countries",
        "endings",
        "sounds",
        "tables",
        "geonames",
    }
    keepers |= {"geonames", "nearness", "places", "realwords", "spelling", "zones"}  # The gazetteer's own.
    assert {name for name in reached if not name.startswith("ingest.")} - keepers == set(RELIES_ON)


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (b"One.\nrefuse", 2, "nobody speaks"),
        (b"crash", None, "could not be read: ZeroDivisionError"),
        (b"say nothing", None, "no words of a speaker were found in it"),
        (b"", None, "empty: there is no text in it"),
        (b"One.\nT\xe9.", 2, "not UTF-8: byte 0xe9 at offset 6 does not fit; save it as UTF-8"),
        (b"One.\0", 1, "not a text: it holds zeros, as binary files do and UTF-16 without its mark"),
        (b"  Twin\nwords.  ", None, "same text as a.txt"),
    ],
)
def test_a_refused_file_stops_no_other_and_keeps_its_last_good_form(
    raw: bytes, line: int | None, reason: str, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write(a="Twin words.", c="Three.")
    (folder.seeds / "b.txt").write_bytes(raw)
    first = folder.build()
    assert first.added == ("a.txt", "c.txt")
    assert first.refused == (Remark("b.txt", line, reason),)
    assert folder.texts() == ["Twin words.", "Three."]

    folder.write(b="Two.")
    assert folder.build().added == ("b.txt",)

    (folder.seeds / "b.txt").write_bytes(raw)
    folder.write(c="Three and a half.")
    last = folder.build()
    assert last.refused == (Remark("b.txt", line, reason + KEPT),)
    assert (last.changed, last.unchanged, last.removed) == (("c.txt",), ("a.txt",), ())
    assert folder.texts() == ["Twin words.", "Two.", "Three and a half."]
    if "ZeroDivision" in reason:
        assert "parse failed file=b.txt" in caplog.text


def test_what_is_left_out_of_a_text_is_a_warning_of_the_build_that_reads_it(folder: Folder) -> None:
    folder.write(a="One.\nTwo?")
    assert folder.build().warnings == (Remark("a.txt", 2, "left out"),)
    assert folder.build().warnings == ()


def test_a_bad_entry_refuses_its_file_and_a_stray_one_is_a_warning(folder: Folder) -> None:
    folder.write(a="One.", b="Two.")
    (folder.seeds / "sources.toml").write_text('["a.txt"]\ndate = "soon"\n["c.txt"]\n')
    report = folder.build()
    assert report.added == ("b.txt",)
    assert report.refused == (Remark("a.txt", None, "sources.toml:2: `date` must be a day, YYYY-MM-DD"),)
    assert report.warnings == (Remark("sources.toml", 3, "no text is named `c.txt`"),)


def test_sources_toml_that_is_none_fails_the_build(folder: Folder) -> None:
    folder.write(a="One.")
    folder.build()
    folder.write(b="Two.")
    (folder.seeds / "sources.toml").write_text("['a.txt'\n")
    with pytest.raises(BuildError, match=r"sources\.toml:1: .*Nothing was built"):
        folder.build()
    assert folder.texts() == ["One."]


def test_of_two_files_with_one_text_the_earlier_name_has_it(folder: Folder) -> None:
    folder.write(b="Peace.", c="Peace.", d=" Peace.\n\n")
    report = folder.build()
    assert report.added == ("b.txt",)
    assert report.refused == (Remark("c.txt", None, "same text as b.txt"), Remark("d.txt", None, "same text as b.txt"))
    assert folder.texts() == ["Peace."]

    folder.write(a="Peace.")
    report = folder.build()
    assert (report.added, report.removed) == (("a.txt",), ("b.txt",))
    assert report.refused[0] == Remark(
        "b.txt", None, "same text as a.txt; what the archive held of it gives way to a.txt"
    )
    assert (report.documents, folder.texts()) == (1, ["Peace."])

    folder.delete("a")
    assert folder.build(remove=True).added == ("b.txt",)


def test_a_twin_of_a_refused_file_is_not_refused(folder: Folder) -> None:
    folder.write(a="Peace.", b="Peace.")
    (folder.seeds / "sources.toml").write_text('["a.txt"]\ndate = "soon"\n')
    assert folder.build().added == ("b.txt",)


@pytest.mark.parametrize("left", [(), ("a",), ("a", "b")])
def test_more_than_half_leaves_only_when_it_is_meant(left: tuple[str, ...], folder: Folder) -> None:
    folder.write(**{name: f"{name}." for name in "abcde"})
    folder.build()
    folder.delete(*set("abcde") - set(left))
    with pytest.raises(BuildError, match=r"holds no texts|of 5 documents are no longer .* --remove"):
        folder.build()
    assert len(folder.texts()) == 5
    report = folder.build(remove=True)
    assert report.removed == tuple(f"{name}.txt" for name in "abcde" if name not in left)
    assert (report.documents, folder.texts()) == (len(left), [f"{name}." for name in left])


def test_what_is_agreed_to_leaves_and_nothing_else(folder: Folder) -> None:
    folder.write(**{name: f"{name}." for name in "abcde"})
    folder.build()
    folder.delete("a", "b", "c")
    with pytest.raises(RemovalError) as asked:
        folder.build()
    assert (asked.value.leaving, asked.value.held) == (("a.txt", "b.txt", "c.txt"), 5)
    folder.delete("d")
    with pytest.raises(RemovalError) as again:
        folder.build(agreed=asked.value.tag)
    assert again.value.leaving == ("a.txt", "b.txt", "c.txt", "d.txt")
    assert len(folder.texts()) == 5
    assert folder.build(agreed=again.value.tag).removed == again.value.leaving
    assert folder.texts() == ["e."]


def test_agreement_does_not_do_without_the_folder(folder: Folder) -> None:
    """A disk that is not there is not a wish to remove everything."""
    folder.write(a="a.", b="b.")
    folder.build()
    folder.delete("a", "b")
    with pytest.raises(RemovalError) as asked:
        folder.build()
    shutil.rmtree(folder.seeds)
    with pytest.raises(BuildError, match="There is no seeds folder"):
        folder.build(agreed=asked.value.tag)


def test_other_names_alone_are_a_change_that_is_told(folder: Folder) -> None:
    folder.write(a="a.")
    folder.build()
    assert not folder.build().names
    (folder.seeds / "aliases.toml").write_text(ALIASES)
    report = folder.build()
    assert (report.names, report.changed, report.unchanged) == (True, (), ("a.txt",))
    assert not folder.build().names


def test_what_came_in_together_is_known_by_its_tag(folder: Folder) -> None:
    folder.write(a="a.")
    assert folder.build().tag == ""  # All of the archive: no list need tell that.
    folder.write(b="b.", c="c.")
    report = folder.build()
    assert (report.passages_before, report.passages) == (1, 3)
    folder.write(a="Other words.", b="Other words too.")
    assert folder.build().tag == ""
    folder.delete("c")
    folder.build()
    with Archive.open(folder.database) as archive:
        assert [found.file for found in archive.added(report.tag) or ()] == ["b.txt"]
        assert archive.added("0" * 16) is None
        assert archive.added("\udc80") is None


def test_old_lists_of_what_came_in_are_forgotten(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_LISTS", 2)
    folder.write(a="a.")
    folder.build()
    tags = []
    for name in "bcd":
        folder.write(**{name: f"{name}."})
        tags.append(folder.build().tag)
    with Archive.open(folder.database) as archive:
        assert [archive.added(tag) is not None for tag in tags] == [False, True, True]


def test_half_may_leave(folder: Folder) -> None:
    folder.write(a="a.", b="b.", c="c.", d="d.")
    folder.build()
    folder.delete("a", "b")
    assert folder.build().removed == ("a.txt", "b.txt")


def test_a_missing_or_empty_folder_builds_nothing(folder: Folder) -> None:
    (folder.seeds / "notes.md").touch()
    with pytest.raises(BuildError, match="holds no texts"):
        folder.build()
    shutil.rmtree(folder.seeds)
    with pytest.raises(BuildError, match="There is no seeds folder"):
        folder.build()
    assert not folder.database.exists()
    assert folder.build(remove=True).documents == 0


def test_a_build_that_fails_in_the_middle_changes_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(a="One.", b="Two.")
    folder.build()
    before = folder.tables()
    folder.write(a="One and a half.", c="Three.", d="Four.")
    insert = ArchiveWriter._insert

    def fail_at_c(writer: ArchiveWriter, made: Document, *rest: Any) -> None:  # noqa: ANN401 - passed on as it comes
        if made.id == "c":
            raise sqlite3.OperationalError("disk is full")
        insert(writer, made, *rest)

    monkeypatch.setattr(ArchiveWriter, "_insert", fail_at_c)
    with pytest.raises(BuildError, match=r"disk is full\. The archive is as it was before"):
        folder.build()
    assert folder.tables() == before


def test_a_disk_that_is_full_fails_the_build(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(a="One.")
    folder.build()
    folder.write(b="\n".join(f"Passage number {number} of a long talk." for number in range(2_000)))
    begin = ArchiveWriter.kept

    def begin_on_a_small_disk(writer: ArchiveWriter) -> object:
        writer._connection.execute("PRAGMA max_page_count = 40")
        return begin(writer)

    monkeypatch.setattr(ArchiveWriter, "kept", begin_on_a_small_disk)
    with pytest.raises(BuildError, match="can't grow: the disk is full"):
        folder.build()
    assert folder.texts() == ["One."]


def test_an_interrupted_build_changes_nothing(folder: Folder) -> None:
    folder.write(a="One.", b="Two.", c="Three.")

    def interrupt(done: int, total: int, file: str) -> None:
        assert (total, file) == (3, "abc"[done - 1] + ".txt")
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder.seeds, folder.database, progress=interrupt, parse=parse)
    with pytest.raises(ArchiveError, match="holds nothing yet"):
        folder.texts()
    assert len(folder.build().added) == 3


def test_progress_counts_every_file(folder: Folder) -> None:
    folder.write(a="One.", b="refuse")
    told: list[tuple[int, int, str]] = []
    run(folder.seeds, folder.database, progress=lambda *one: told.append(one), parse=parse)
    assert told == [(1, 2, "a.txt"), (2, 2, "b.txt")]


def test_the_database_of_another_program_is_left_alone(folder: Folder) -> None:
    folder.write(a="One.")
    folder.database.parent.mkdir()
    with closing(sqlite3.connect(folder.database)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name)")
    before = folder.database.read_bytes()
    with pytest.raises(ArchiveError, match="another program"):
        folder.build()
    assert folder.database.read_bytes() == before


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the seeds with the real parser, once."""
    path = tmp_path_factory.mktemp("data") / "archive.db"
    report = run(SEEDS, path)
    assert len(report.added) == len(list(SEEDS.glob("*.txt")))
    assert report.refused == report.warnings == ()
    return path


def test_the_seeds_are_built_and_then_left_as_they_are(built: Path) -> None:
    before = hashlib.sha256(built.read_bytes()).hexdigest()
    report = run(SEEDS, built)
    assert len(report.unchanged) == report.documents == 5
    assert hashlib.sha256(built.read_bytes()).hexdigest() == before


def test_a_passage_of_the_seeds_is_found_by_its_own_words(built: Path) -> None:
    with Archive.open(built) as archive:
        for found in list(archive.passages())[::10]:
            said = words(found.text)
            phrase = '"' + " ".join(said) + '"'
            assert found in archive.numbered(archive.index.matching(phrase, 10)).values()
            assert archive.words.known(said).keys() == set(said)


@pytest.mark.slow
def test_a_build_without_changes_imports_no_parser(built: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from store.ingest.run import run;"
        "run(*map(Path, sys.argv[1:]));"
        "sys.exit(' '.join({'sqlite_utils', 'babel', 'store.ingest.parse'} & sys.modules.keys()) or None)"
    )
    subprocess.run([sys.executable, "-c", script, SEEDS, built], check=True)


@pytest.mark.slow
def test_a_reload_imports_nothing_that_draws_on_terminals(built: Path) -> None:
    script = (
        "import sys; from store.cli import cli;"
        "cli(sys.argv[1:], standalone_mode=False);"
        "sys.exit('rich' if 'rich' in sys.modules else None)"
    )
    folders = ("--seeds", SEEDS, "--data", built.parent)
    subprocess.run([sys.executable, "-c", script, "build", "--json", "--progress", "json", *folders], check=True)
