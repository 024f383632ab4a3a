from __future__ import annotations

import datetime as dt

import pytest

from store.errors import BuildError
from store.ingest.sources import read_entries
from store.model import Remark, Source

FILES = ("a.txt", "b.txt")


def test_a_file_without_an_entry_has_a_source_that_says_nothing() -> None:
    entries = read_entries(b"", FILES)
    assert entries.sources == {"a.txt": Source("a.txt"), "b.txt": Source("b.txt")}
    assert (entries.refused, entries.warnings) == ({}, ())


def test_every_key_is_read() -> None:
    toml = """
        # What the texts do not say.
        ["a.txt"]
        title = "A  talk\u00a0"
        date = 2018-02-07
        published = "2018-02-08"
        kind = "interview"
        outlet = "RT"
        venue = "Sochi"
        speaker = "Ann"
        language = "en-GB"
        url = "https://example.org/a?b=c#d"
        archived = "http://example.org/kept"
    """
    assert read_entries(b"\xef\xbb\xbf" + toml.encode(), FILES).sources["a.txt"] == Source(
        "a.txt",
        title="A talk",
        date=dt.date(2018, 2, 7),
        published=dt.date(2018, 2, 8),
        kind="interview",
        outlet="RT",
        venue="Sochi",
        speaker="Ann",
        language="en-GB",
        url="https://example.org/a?b=c#d",
        archived="http://example.org/kept",
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("date = 2018", "`date` must be a day, YYYY-MM-DD"),
        ('date = "7 February"', "`date` must be a day, YYYY-MM-DD"),
        ("date = 2018-02-07T12:00:00Z", "`date` must be a day, YYYY-MM-DD"),
        ("published = true", "`published` must be a day, YYYY-MM-DD"),
        ("title = 7", "`title` must be a text in quotation marks; leave the key out where it is not known"),
        ('outlet = " "', "`outlet` must be a text in quotation marks; leave the key out where it is not known"),
        ('speaker = ["Ann"]', "`speaker` must be a text in quotation marks; leave the key out where it is not known"),
        ('language = "English, mostly"', "`language` must be a language tag such as en"),
        ('url = "example.org/a"', "`url` must be a web address that begins with http:// or https://"),
        ('url = "javascript:alert(1)"', "`url` must be a web address that begins with http:// or https://"),
        ('url = "https:///a"', "`url` must be a web address that begins with http:// or https://"),
        ('url = "http://["', "`url` must be a web address that begins with http:// or https://"),
        ('archived = "https://a b"', "`archived` must be a web address that begins with http:// or https://"),
    ],
)
def test_a_bad_value_refuses_its_file_alone(line: str, fault: str) -> None:
    toml = f'["b.txt"]\ndate = 2018-02-07\n\n["a.txt"]\nkind = "interview"\n{line}\n'
    entries = read_entries(toml.encode(), FILES)
    assert entries.refused == {"a.txt": Remark("a.txt", None, f"sources.toml:6: {fault}")}
    assert entries.sources["b.txt"] == Source("b.txt", date=dt.date(2018, 2, 7))
    assert entries.warnings == ()


def test_every_bad_value_of_a_file_is_told() -> None:
    refused = read_entries(b'["a.txt"]\nurl = 1\ndate = 1\n', FILES).refused["a.txt"]
    assert refused.reason.startswith("sources.toml:3: `date` must be a day, YYYY-MM-DD; sources.toml:2: `url` must be")


@pytest.mark.parametrize(
    ("toml", "line", "reason"),
    [
        (
            '["a.txt"]\ndate = 2018-02-07\n\nutl = "x"',
            4,
            "unknown key `utl` for a.txt; there are date, published, title",
        ),
        ('\n["c.txt"]\nurl = 7', 2, "no text is named `c.txt`"),
        (
            "[a.txt]\ndate = 2018-02-07",
            1,
            'no file is named `a`: a name with a full stop stands in quotation marks, ["a',
        ),
        ('"a.txt" = "RT"', 1, "`a.txt` is no table of keys and values"),
        ('outlet = "RT"', 1, "no text is named `outlet`"),
    ],
)
def test_what_says_nothing_of_a_text_is_a_warning(toml: str, line: int, reason: str) -> None:
    entries = read_entries(toml.encode(), FILES)
    [warning] = entries.warnings
    assert (warning.file, warning.line) == ("sources.toml", line)
    assert warning.reason.startswith(reason)
    assert entries.refused == {}


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b'["a.txt"]\ndate 2018\n', "sources.toml:2: Expected '=' after a key in a key/value pair. Nothing was built."),
        (b'["a.txt"]\n["a.txt"]\n', "sources.toml:2: Cannot declare"),
        (b'["a.txt"]\n# caf\xe9\n', "sources.toml:2: not UTF-8. Nothing was built."),
        (b'["a.txt"', "sources.toml: Expected ']'"),
    ],
)
def test_what_is_no_toml_ends_the_build_and_names_the_line(raw: bytes, fault: str) -> None:
    with pytest.raises(BuildError) as failed:
        read_entries(raw, FILES)
    assert str(failed.value).startswith(fault)
