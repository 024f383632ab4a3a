from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.model import Attribution
from store.quoting import Quoting, is_balanced, shown
from tests.builders import document, make_archive, passage

LONG = "We have spoken of this with all of our partners many times, and nothing came of it. "


def test_a_passage_that_fits_is_shown_whole() -> None:
    text = ("Peace. " * 80).strip()
    assert shown(passage(text), [(0, 5, 1.0)]) == text


def test_a_longer_one_is_shown_around_what_was_found() -> None:
    text = f"{LONG * 9}Peace must return to Syria. {LONG * 9}".strip()
    at = text.index("Syria")
    found = shown(passage(text), [(at, at + 5, 1.0)])
    assert "Peace must return to Syria." in found
    assert len(found) <= 600
    assert found in text


def test_a_longer_one_in_which_nothing_was_found_is_shown_from_its_beginning() -> None:
    text = f"This is how it begins. {LONG * 3}{'And it goes on and on. ' * 40}".strip()
    assert shown(passage(text)).startswith("This is how it begins.")


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“")])
def test_a_report_is_cut_where_its_quotations_are_whole(opening: str, closing: str) -> None:
    quotation = f"{opening}We want peace in Syria. {LONG * 5}That is all.{closing}"
    text = f"{LONG * 2}Lavrov says: {quotation} {LONG * 4}".strip()
    at = text.index("Syria")
    found = shown(passage(text, attribution=Attribution.QUOTED), [(at, at + 5, 1.0)])
    assert "Syria" in found
    assert is_balanced(found)
    assert found in text


def test_a_quotation_that_is_too_long_is_cut_all_the_same() -> None:
    text = f"“We want peace in Syria. {LONG * 9}” {LONG * 3}".strip()
    found = shown(passage(text, attribution=Attribution.QUOTED), [(20, 25, 1.0)])
    assert found.startswith("“We want peace")
    assert len(found) <= 600


@pytest.mark.parametrize(
    ("text", "balanced"),
    [
        ("plain", True),
        ("“a” and “b”", True),
        ("“a", False),
        ("a” and “b", False),
        ('"a" b', True),
        ('"a', False),
        ("«a “b” c»", True),
        ("„a“ b", True),
        ("„a b", False),
        ("it’s ours", True),
    ],
)
def test_quotation_marks_balance(text: str, balanced: bool) -> None:
    assert is_balanced(text) is balanced


def test_a_quote_links_to_its_words_and_to_the_archived_copy(tmp_path: Path) -> None:
    said = passage("We want peace in Syria.")
    made = document(url="https://example.org/talk", date=date(2018, 2, 7), published=date(2018, 2, 8))
    with make_archive(tmp_path, said, documents=[made]) as archive:
        quote = Quoting(archive).quote(said)
    assert quote.link == "https://example.org/talk#:~:text=We%20want%20peace%20in%20Syria."
    assert quote.archived == "https://web.archive.org/web/20180208/https://example.org/talk"
    assert (quote.score, quote.matched, quote.partial) == (0.0, (), False)


def test_a_copy_that_is_known_goes_before_a_look_up(tmp_path: Path) -> None:
    said = passage("We want peace in Syria.")
    made = document(archived="https://archive.example/copy")
    with make_archive(tmp_path, said, documents=[made]) as archive:
        assert Quoting(archive).quote(said).archived == "https://archive.example/copy"


def test_without_an_address_there_is_nothing_to_open(tmp_path: Path) -> None:
    said = passage("We want peace in Syria.")
    with make_archive(tmp_path, said, documents=[document(url=None)]) as archive:
        quote = Quoting(archive).quote(said)
    assert quote.link is None
    assert quote.archived is None
