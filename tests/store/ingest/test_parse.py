"""What becomes of a whole text: why it is refused, and what its document lacks."""

from __future__ import annotations

import pytest

from store.errors import RefusedError
from store.ingest.parse import parse
from store.model import Source

REPORT = [
    "A storm in the north",
    "1 March 2019",
    "It was cold.",
    *["The wind was high."] * 6,
    "Ann Lee said it was late.",
]
FRENCH = [
    "Grève des ports : le ministre promet des négociations, le 1 mars 2019",
    "« Nous négocierons dès lundi », a déclaré le ministre des Transports Jean Roy.",
]
LIVE = ["Berg press conference: live", "1 March 2019", "10:05 Berg says it is late.", "10:10 Berg says it is over."]
NAMESAKE = [*LIVE, "“It is the sea,” said Otto Berg, a historian."]
STRANGER = [*LIVE, "“It is the sea,” said Ann Lee, a historian.", "Ann Lee said it was cold."]
OUTSPOKEN = ["A storm", "1 March 2019", "Berg said no. Berg said it was late.", "Ann Lee said it was cold."]
UNLABELLED = ["Interview with the poet Ann Lee", "1 March 2019", "Why now?", "It is time.", "And then?", "Rest."]
SAID = {"speaker": "Ann Lee", "kind": "interview"}


@pytest.mark.parametrize(
    ("lines", "entry", "reason", "never"),
    [
        (REPORT, {}, "nothing tells whose words are wanted, those of Ann Lee or of others: say `speaker`", "`kind`"),
        (NAMESAKE, {}, "nothing tells that “Berg” is Otto Berg, whom it names further down: say `speaker`", "`kind`"),
        (STRANGER, {}, "nothing tells who “Berg” is, whose words it reports and whom it never names in full", "`kind`"),
        (
            OUTSPOKEN,
            {},
            "nothing tells who “Berg” is, whose words it reports and whom it never names in full",
            "`kind`",
        ),
        (FRENCH, {}, "a report in French can't be read, only one in English", "“Question:”"),
        (FRENCH, SAID, "a report in French can't be read, only one in English", "`speaker`"),
        ([*FRENCH, "Pourquoi si tard ?", "Et pour qui ?"], {}, "a report in French can't be read, only one", "`kind`"),
        ([*FRENCH, "Jean Roy said that it was late."], {}, "a report in French can't be read, only one", "“Question:”"),
        (UNLABELLED, SAID, "its questions have no labels: put “Question:” before each", "`speaker`"),
        (["A recipe, 1 March 2019", "Boil the water."], {}, "`speaker` and `kind` in sources.toml may help", "French"),
        (["A recipe, 1 March 2019", "Boil the water."], {"kind": "speech"}, "; `speaker` in sources.toml", "`kind`"),
        (["A recipe, 1 March 2019", "Boil the water."], SAID, "label what is said", "`speaker`"),
    ],
)
def test_a_refusal_says_what_to_do_and_not_what_is_done(
    lines: list[str], entry: dict[str, str], reason: str, never: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(Source("a.txt", **entry), "\n\n".join(lines))  # type: ignore[arg-type]
    assert reason in refused.value.reason
    assert never not in refused.value.reason


@pytest.mark.parametrize(
    "told",
    [
        ["Otto Berg took the floor.", "Berg says it is late."],
        ["Berg says it is late.", "Minister Otto Berg says no more."],
        [
            "11:10 Berg says that it is late, and that the time to act is now.",
            "11:05 Berg says that the talks were difficult and are over now.",
            "11:00 Otto Berg takes the floor, and says hello to those in the hall.",
        ],
    ],
)
def test_a_surname_in_a_title_is_that_of_who_is_named_in_full_first_or_with_an_office(told: list[str]) -> None:
    parsed = parse(Source("a.txt"), "\n\n".join([*LIVE[:2], *told]))
    assert parsed.document.speakers == ("Otto Berg",)


def test_the_address_that_a_file_gives_is_its_documents_unless_sources_toml_says_another() -> None:
    text = (
        "---\ntitle: Speech by Ann Lee\ndate: 2024-09-28\nsource-url: https://example.org/a\n---\nWe came to the sea."
    )
    assert parse(Source("a.txt"), text).document.url == "https://example.org/a"
    assert parse(Source("a.txt", url="https://example.org/b"), text).document.url == "https://example.org/b"


def test_a_refusal_tells_of_questions_without_labels_rather_than_of_what_a_report_left_out() -> None:
    asked = "\n\n".join(
        f"Why did we come to the sea on day {day} of the great flood?\n\nWe had to come." for day in "abcdef"
    )
    text = f"The flood of Bob Ray, 28 September 2024\n\nBob Ray said it was late.\n\n{asked * 9}"
    with pytest.raises(RefusedError, match="its questions have no labels"):
        parse(Source("a.txt", speaker="Bob Ray"), text)
