from __future__ import annotations

from contextlib import closing

import pytest

from store import turnover
from store.turnover import Turnover


def test_what_came_and_went_again_is_no_more_among_what_came() -> None:
    with closing(Turnover()) as turned:
        turned.turn({}, {1: ("Peace talks in Geneva.", None), 2: ("War.", "Any peace talks?")})
        assert (turned.came_with('"peace talk"'), turned.went_with('"peace talk"')) == (True, False)
        turned.turn({2: ("War.", "Any peace talks?")}, {})
        assert turned.came_with('"peace talk"')
        turned.turn({1: ("Peace talks in Geneva.", None)}, {1: ("Talks of peace.", None)})
        assert (turned.came_with('"peace talk"'), turned.went_with('"peace talk"')) == (False, True)


def test_of_very_many_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnover, "MOST", 1)
    with closing(Turnover()) as turned:
        turned.turn({}, {1: ("Peace.", None)})
        assert not turned.many
        turned.turn({}, {2: ("War.", None)})
        assert turned.many
        assert not turned.came_with('"peace"')
