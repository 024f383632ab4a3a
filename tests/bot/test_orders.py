from __future__ import annotations

from bot.orders import Order, _wishes
from bot.presses import LIMIT, encode
from bot.terms import Target
from bot.wishes import Wish

CHANNEL = Target(-1001234567890, 0, "channel", "News")


def test_a_button_carries_the_days_to_go_back_to_where_they_fit() -> None:
    short = Order(7, "typed", zone="Europe/Berlin", days="k", hour="1030")
    assert short.again(CHANNEL, turned=1).value == "7:1:Europe/Berlin~k1030"
    longer = Order(99999, "typed", zone="America/Argentina/ComodRivadavia", days="k", hour="1030")
    assert longer.again(CHANNEL, turned=1).value == "99999:1:America/Argentina/ComodRivadavia~k"
    long = Order(99999, "typed", frozenset({0, 1}), "America/Argentina/ComodRivadavia", "k")
    assert long.again(CHANNEL, turned=2).value == "99999:0+1+2:America/Argentina/ComodRivadavia"
    assert len(encode(long.again(CHANNEL, turned=2))) <= LIMIT


def test_what_has_no_room_for_it_carries_no_zone_to_go_back_to() -> None:
    assert Order(7, "typed", frozenset({2}), "Europe/Berlin", "k").named() == "7:2:"
    assert Order(7, "typed", zone="#1", days="k").named() == "7::#1"


def test_what_carries_no_zone_to_go_back_to_leaves_the_zone() -> None:
    assert "zone" not in _wishes(Wish(), Order(7, "typed", frozenset({0})))
    assert _wishes(Wish(), Order(7, "typed", frozenset({0}), "Europe/Berlin"))["zone"] == "Europe/Berlin"
