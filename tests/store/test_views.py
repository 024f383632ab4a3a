"""However a text is cut, sentence by sentence or as a whole, its words are the same and stand where they stand."""

from __future__ import annotations

import gc
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from store.views import View, cut, words_in
from tests.builders import passage

TEXTS = st.text(st.sampled_from('abAB.!?… 。U.S,’"()é́İß1-–\n京東') | st.characters(), max_size=60)


@given(TEXTS)
def test_words_are_those_of_the_whole_text(text: str) -> None:
    view = View(replace(passage("x"), text=text))
    assert view.words == words_in(text)
    assert len(view.sentence) == len(view.words)
    stands = [(word.start, word.end) for word in cut(text)]
    places = range(len(view.words))
    assert [view.span(place) for place in places] == stands
    assert [view.written(place) for place in places] == [text[start:end] for start, end in stands]


def test_each_word_knows_its_sentence() -> None:
    view = View(passage("Peace in the U.S. The talks, e.g. in Astana, go on! Who knows?"))
    assert view.words == ("peace", "in", "the", "us", "the", "talks", "eg", "in", "astana", "go", "on", "who", "knows")
    assert list(view.sentence) == [0] * 4 + [1] * 7 + [2] * 2


def test_a_question_keeps_how_its_words_are_written_where_they_stand_first() -> None:
    view = View(passage("No.", question="And us? And the US, the U.S.?"))
    assert view.asked == {"and", "us", "the"}
    assert view.written_in_question("us") == "us"
    assert View(passage("No.", question="The U.S.?")).written_in_question("us") == "U.S."


def test_what_a_view_keeps_is_not_looked_through_by_the_collector_for_every_word() -> None:
    text = ", ".join(f"Name{n}" for n in range(200))
    gc.collect()
    before = len(gc.get_objects())
    views = [View(passage(f"{text} and the U.S. spoke {n} times.")) for n in range(20)]
    for view in views:
        assert view.places("name7") == (7,)
        assert view.is_listed(7)
        assert view.span(7)[0] == text.index("Name7")
        assert len(view.sentence) == len(view.words)
    gc.collect()
    looked_through = sum(len(gc.get_referents(one)) for one in gc.get_objects()[before:])
    assert looked_through < 200 * len(views)
