"""Folding, words, sentences, and cutting at them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import clip, excerpt, fold, sentences, spans, squash, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two\u00a0\u00a0blanks\n\tand\u2003more ", "two blanks and more"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
    ],
)
def test_squash_leaves_single_blanks(text: str, expected: str) -> None:
    assert squash(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "erdogan"),
        ("Assad’s", "ASSAD'S"),
        ("Straße", "STRASSE"),
        ("Пётр", "петр"),
        ("ﬁnal", "final"),
        ("İstanbul", "istanbul"),
        ("cafe\u0301", "café"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_stand_where_their_offsets_say(text: str) -> None:
    for word in spans(text):
        assert fold(text[word.start : word.end]) == word.folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's al-Nusra", ("russia", "s", "al", "nusra")),
        ("Resolution 2254, U.S.", ("resolution", "2254", "u", "s")),
        ('NEAR("a* -b_c', ("near", "a", "b", "c")),
        ("Сирия مصر 中国", ("сирия", "مصر", "中国")),
        ("🙂 …", ()),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Lavrov met Franklin D. Roosevelt in the U.S.", "The talks ended."],
        ["“We - the West, the EU and NATO - know better.”", "Everyone else should listen up."],
        ['"Good things first," Lavrov says.', '"We are looking forward."'],
        ["He left... but came back.", "What?", "Yes!"],
        ["See No. 5 of Jan. 3.", "It cost $2.5 bn, i.e. a lot."],
        ["Это было в 2018 году.", "Да!", "Нет?"],
        ["我们反对。", "他说。"],
        ["A heading without an end"],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(parts: list[str]) -> None:
    text = "  ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet='Ab .!?"”“’\n…U.S', max_size=200))
def test_sentences_lose_nothing_but_blanks(text: str) -> None:
    assert "".join("".join(text[start:end].split()) for start, end in sentences(text)) == "".join(text.split())


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_clip_keeps_the_limit(text: str, limit: int) -> None:
    short = clip(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


SENTENCES = [f"Sentence {number} says {word} at some length." for number, word in enumerate("abcdefghij")]
TEXT = " ".join(SENTENCES)


def test_short_text_is_its_own_excerpt() -> None:
    assert excerpt("One. Two.", [(0, 3, 1.0)], limit=20) == "One. Two."


def test_excerpt_is_whole_sentences_around_the_heaviest_hits() -> None:
    at = TEXT.index("says h")
    found = excerpt(TEXT, [(at + 5, at + 6, 2.0), (0, 8, 1.0)], limit=90)
    assert len(found) <= 90
    assert "says h" in found
    assert all(part in SENTENCES for part in found.replace(". ", ".|").split("|"))


def test_excerpt_takes_as_many_sentences_as_fit() -> None:
    assert excerpt(TEXT, limit=90) == " ".join(SENTENCES[:2])


def test_long_sentence_stays_whole_up_to_the_greater_limit() -> None:
    sentence = "Word " + "word " * 150 + "end."
    assert excerpt(f"Short. {sentence}", [(10, 14, 1.0)]) == sentence


def test_endless_sentence_is_cut_at_a_word_and_marked() -> None:
    found = excerpt("word " * 400, [(10, 14, 1.0)])
    assert len(found) <= 1000
    assert found.endswith("word…")
