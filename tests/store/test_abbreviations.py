from __future__ import annotations

import pytest

from store.abbreviations import capitalised, explained, implied, used


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
    assert [(one.short, one.long) for one in explained(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("through the U.N.'s World Food Programme, we", {("wfp", "world food programme")}),
        ("The United States Department of Justice said", {("doj", "department of justice")}),
        ("our Justice Department", {("doj", "justice department")}),
        (
            "the Health and Human Services Department",
            {
                (short, f"health and human services{whole}")
                for whole, some in (("", ("hahs", "hhs")), (" department", ("dohahs", "dhhs")))
                for short in some
            },
        ),
        ("Medicaid and the Affordable Care Act", {("aca", "affordable care act")}),
        (
            "the Supreme Court of the United States",
            {
                ("scotus", "supreme court of the united states"),
                ("scus", "supreme court of the united states"),
                ("cotus", "court of the united states"),
                ("cus", "court of the united states"),
            },
        ),
        ("the Republic of Korea", {("rok", "republic of korea")}),
        ("the International Space Station", {("iss", "international space station")}),
        (
            "the Free Trade Area of the Americas",
            {
                *(("fta", "free trade area"), ("aota", "area of the americas")),
                *((short, "free trade area of the americas") for short in ("ftaota", "ftaa")),
            },
        ),
        ("On Monday Police Department staff", {("dop", "police department")}),
        ("Recently the National Security Council met", {("nsc", "national security council")}),
        ("Nobody in the National Security Council", {("nsc", "national security council")}),
        ("Contributions to the Super Annuation Fund", {("saf", "super annuation fund")}),
        ("Give the State Reserve Bank", {("srb", "state reserve bank")}),
    ],
)
def test_the_initials_of_a_whole_name_are_known_and_no_others(text: str, found: set[tuple[str, str]]) -> None:
    assert {(one.short, one.long) for one in implied(capitalised([text]))} == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("An Emissions Trading Scheme.", "Under the ETS cap."), [("ets", "emissions trading scheme", "name")]),
        (("Small Island Developing States", "We SIDS suffer"), [("sids", "small island developing states", "name")]),
        (("Housing and Urban Development", "HUD says"), [("hud", "housing and urban development", "name")]),
        (("the Republic of Korea", "the ROK army"), [("rok", "republic of korea", "name")]),
        (("a free trade agreement", "an FTA now"), [("fta", "free trade agreement", "thing")]),
        (("two free trade agreements, or more", "more FTAs here"), [("fta", "free trade agreements", "thing")]),
        (("a magic toy box", "a magic toy box", "an MTB"), [("mtb", "magic toy box", "thing")]),
        (("a free trade agreement's end", "an FTA"), [("fta", "free trade agreement", "thing")]),
        (("a magic toy box", "an MTB"), []),  # once, and no words that go together
        (("an average Black community", "on ABC"), []),  # neither a name nor words like others
        (("a free, trade agreement", "an FTA"), []),
        (("free of trade agreements", "an FTA"), []),
        (("we freed the trade agency", "an FTA"), []),
        (("a free trade agreement", "THE FTA NOW"), []),  # a headline
        (("a free trade agreement", "an FTA-like thing"), []),
        (("Emissions Trading Scheme", "Emissions Tax System", "the ETS"), []),
        (("Emissions Trading Scheme", "every toy shop", "every toy shop", "the ETS"), [
            ("ets", "emissions trading scheme", "name")
        ]),
        (("Emissions Trading Scheme",), []),
        ((), []),
    ],
)  # fmt: skip
def test_an_abbreviation_is_short_for_words_of_the_same_document(
    texts: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    assert [tuple(one) for one in used(texts, capitalised(texts), is_compound)] == found


def is_compound(first: str, last: str) -> bool:
    """Tell whether two words go together."""
    return (first, last.removesuffix("s")) in {("free", "trade"), ("trade", "agreement")}


@pytest.mark.parametrize(
    "text",
    ["President Xi Jinping", "the world food programme", "Madam Vice President Kamala Harris", "the Supreme Court", ""],
)
def test_persons_and_what_is_no_name_have_no_initials(text: str) -> None:
    assert list(implied(capitalised([text]))) == []
