from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

import pytest

from store.errors import BuildError, RefusedError
from store.ingest import seeds
from store.ingest.seeds import decode, read_bytes, read_folder
from store.model import Remark, Source

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "B.txt", "10.txt", "9.txt", "é.txt"):
        (tmp_path / name).write_text(name)
    folder = read_folder(tmp_path)
    names = ["10.txt", "9.txt", "B.txt", "a.txt", "b.txt", "é.txt"]
    assert [seed.path.name for seed in folder.seeds] == names
    assert [seed.source for seed in folder.seeds] == [Source(name) for name in names]
    assert (folder.refused, folder.warnings) == ((), ())


def test_what_sources_toml_says_comes_with_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    (tmp_path / "sources.toml").write_text('["a.txt"]\noutlet = "RT"\n["b.txt"]\nurl = 7\n["c.txt"]\n')
    folder = read_folder(tmp_path)
    assert folder.seeds[0].source == Source("a.txt", outlet="RT")
    assert folder.seeds[0].refused is None
    assert folder.seeds[1].refused is not None
    assert [warning.file for warning in folder.warnings] == ["sources.toml"]


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", "notes.md", "B.TXT", "sources.toml", "aliases.toml", ".hidden", ".b.txt.swp"):
        (tmp_path / name).touch()
    (tmp_path / "old.txt").mkdir()
    folder = read_folder(tmp_path)
    assert [seed.path.name for seed in folder.seeds] == ["a.txt"]
    assert folder.warnings == (
        Remark("B.TXT", None, "not read: only files that end in .txt are texts"),
        Remark("notes.md", None, "not read: only files that end in .txt are texts"),
        Remark("old.txt", None, "not read: it is a folder"),
    )


def test_a_name_that_no_database_takes_is_refused(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"talk\xff.txt")).touch()
    folder = read_folder(tmp_path)
    assert folder.seeds == ()
    assert folder.refused == (Remark("talk\\udcff.txt", None, "the name of the file is not UTF-8: rename it"),)


def test_a_folder_that_is_none_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="seeds can't be read: No such file"):
        read_folder(tmp_path / "seeds")


@pytest.mark.parametrize(
    "raw",
    [
        *("Привет,\nмир".encode(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16")),
        codecs.BOM_UTF16_BE + "Привет,\nмир".encode("utf-16-be"),
        "Привет,\r\nмир".encode(),
        "Привет,\rмир".encode(),
    ],
)
def test_every_encoding_that_tells_itself_is_read(raw: bytes) -> None:
    assert decode("a.txt", raw) == "Привет,\nмир"


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (b"", None, "empty"),
        (b" \n\t\xc2\xa0\r\n", None, "empty"),
        (b"\xef\xbb\xbf", None, "empty"),
        (b"\xff\xfe", None, "empty"),
        (b"one\ntwo\nthr\xe9e\n", 3, "not UTF-8: byte 0xe9 at offset 11 does not fit; save it as UTF-8"),
        (b"one\rtwo\r\n\x93Peace\x94", 3, "not UTF-8: byte 0x93 at offset 9"),
        (b"\xef\xbb\xbfone\n\xff", 2, "not UTF-8: byte 0xff at offset 7"),
        (b"\xff\xfea\x00\n\x00\x00\xd8b\x00", 2, "not UTF-16: byte 0x00 at offset 6"),
        ("Привет".encode("cp1251"), 1, "not UTF-8: byte 0xcf at offset 0"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, "not a text: it holds zeros"),
        (b"one\ntwo\0", 2, "not a text: it holds zeros"),
        ("one\ntwo".encode("utf-16-le"), 1, "not a text: it holds zeros"),
        ("one\ntwo".encode("utf-32"), 1, "not a text: it holds zeros"),
        ("one\ntwo\0".encode("utf-16"), 2, "not a text: it holds zeros"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_line_and_reason(raw: bytes, line: int | None, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        decode("a.txt", raw)
    assert (refused.value.file, refused.value.line) == ("a.txt", line)
    assert refused.value.reason.startswith(reason)


def test_a_file_over_the_set_size_is_refused_and_one_below_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seeds.MOST_BYTES == 8 * 1024 * 1024
    monkeypatch.setattr(seeds, "MOST_BYTES", 1000)
    (tmp_path / "a.txt").write_bytes(b"a" * 1000)
    (tmp_path / "b.txt").write_bytes(b"b" * 2001)
    assert read_bytes(tmp_path, "a.txt") == b"a" * 1000
    with pytest.raises(RefusedError) as refused:
        read_bytes(tmp_path, "b.txt")
    assert refused.value.reason == "too large: 2,001 bytes, the most is 1,000"


def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    assert [seed.path.name for seed in read_folder(tmp_path).seeds] == ["broken.txt", "pipe.txt"]
    with pytest.raises(RefusedError, match="not a plain file"):
        read_bytes(tmp_path, "pipe.txt")
    with pytest.raises(RefusedError, match="could not be read: No such file"):
        read_bytes(tmp_path, "broken.txt")


def test_a_link_to_a_text_is_one(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("Words.")
    (tmp_path / "a.txt").symlink_to("elsewhere")
    assert read_bytes(tmp_path, "a.txt") == b"Words."
