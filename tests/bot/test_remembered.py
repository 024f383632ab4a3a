from __future__ import annotations

from bot.remembered import Remembered


def test_what_was_found_is_remembered_until_the_archive_changes() -> None:
    version = 1
    remembered: Remembered[str, str] = Remembered(lambda: version)
    assert remembered.get("syria") is None
    remembered.keep("syria", "a quote")
    assert remembered.get("syria") == "a quote"
    version = 2
    assert remembered.get("syria") is None
    version = 1
    assert remembered.get("syria") is None


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    remembered: Remembered[str, str] = Remembered(lambda: 1, most=2)
    for one in ("syria", "iran"):
        remembered.get(one)
        remembered.keep(one, one)
    remembered.get("syria")
    remembered.keep("turkey", "turkey")
    assert [remembered.get(one) for one in ("syria", "iran", "turkey")] == ["syria", None, "turkey"]
