from __future__ import annotations

import pytest

from store.abbreviations import explained


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
