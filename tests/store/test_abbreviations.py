from __future__ import annotations

import pytest

from store.abbreviations import explained, implied


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "the Collective Security Treaty Organisation (CSTO) and others",
            [("csto", "collective security treaty organisation")],
        ),
        ("the Joint Comprehensive Plan of Action (JCPOA)", [("jcpoa", "joint comprehensive plan of action")]),
        ("the EAEU (Eurasian Economic Union) grows", [("eaeu", "eurasian economic union")]),
        ("We met (in Moscow) with them", []),
        ("the northeast of South America (CARICOM)", []),
        ("He said so (yes)", []),
        ("(CSTO)", []),
        ("", []),
    ],
)
def test_what_a_text_explains_is_learnt(text: str, found: list[tuple[str, str]]) -> None:
    assert [tuple(one) for one in explained(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("through the U.N.'s World Food Programme, we", {("wfp", "world food programme")}),
        ("The United States Department of Justice said", {("doj", "department of justice")}),
        ("our Justice Department", {("doj", "justice department")}),
        ("the Health and Human Services Department", {("hhs", "health and human services")}),
        ("Medicaid and the Affordable Care Act", {("aca", "affordable care act")}),
        ("the Supreme Court of the United States", {("scotus", "supreme court of the united states")}),
        ("the Republic of Korea", {("rok", "republic of korea")}),
    ],
)
def test_the_initials_of_a_whole_name_are_known(text: str, found: set[tuple[str, str]]) -> None:
    assert found <= {tuple(one) for one in implied(text)}


@pytest.mark.parametrize(
    "text",
    ["President Xi Jinping", "the world food programme", "Madam Vice President Kamala Harris", "the Supreme Court", ""],
)
def test_persons_and_what_is_no_name_have_no_initials(text: str) -> None:
    assert list(implied(text)) == []
