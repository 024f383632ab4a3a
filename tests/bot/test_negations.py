from __future__ import annotations

from bot.negations import denies_about, denies_rest, ends


def test_what_denies_one_word_or_all_that_follow() -> None:
    assert [denies_rest(word) for word in ("not", "without", "ohne", "außer", "syria")] == [
        False,
        True,
        True,
        None,
        None,
    ]
    assert denies_rest("ausser")


def test_nothing_denies_where_it_is_about_something() -> None:
    assert denies_about(["nothing", "about"])
    assert denies_about(["rien", "sur"])
    assert not denies_about(["nothing", "happened"])
    assert not denies_about(["everything", "about"])


def test_what_ends_a_denial() -> None:
    assert ends("but")
    assert not ends("and")
