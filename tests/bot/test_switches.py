from __future__ import annotations

import pytest

from bot.presses import LIMIT, decode, encode, packed, unpacked
from bot.switches import Act, Switch, tag
from bot.terms import Target

CHANNEL = -1001234567890


@pytest.mark.parametrize(
    "switch",
    [
        Switch(Act.SHOW),
        Switch(Act.SHOW, "!"),
        Switch(Act.HOUR, "0730", None, 0),
        Switch(Act.RHYTHM, "weekdays", CHANNEL, 12345),
        Switch(Act.ZONE, "America/Argentina/ComodRivadavia#7", CHANNEL, 0),
        Switch(Act.ANEW, "123456789:0+3+11:America/Argentina/ComodRivadavia", None, 0),
        Switch(Act.ANEW, "123456789:0+3+11:#7", CHANNEL, 0),
        Switch(Act.DROP, tag("a word " * 100), CHANNEL, 12345),
    ],
)
def test_a_switch_fits_into_a_button_and_comes_back(switch: Switch) -> None:
    assert len(encode(switch).encode()) <= LIMIT
    assert decode(encode(switch)) == switch


@pytest.mark.parametrize("made_up", ["t", "t..", "t..?", "t.x.s", "tx..s", "t1", f"t{'9' * 17}..s", "t.-1.s"])
def test_what_is_no_switch_is_none(made_up: str) -> None:
    assert decode(made_up) is None


def test_a_switch_names_the_chat_only_where_it_is_another() -> None:
    assert Target(7, 3, "supergroup").switch(Act.END) == Switch(Act.END, "", None, 3)
    assert Target(CHANNEL, 0, "channel", "News").switch(Act.END) == Switch(Act.END, "", CHANNEL, 0)


def test_a_press_travels_in_a_link_where_it_fits() -> None:
    short = Switch(Act.SHOW, "", CHANNEL, 12345)
    assert unpacked(packed(short) or "") == short
    assert packed(Switch(Act.ANEW, "x" * 60)) is None
    assert unpacked("") is None
    assert unpacked("syria") is None
    assert unpacked("not a parameter") is None
