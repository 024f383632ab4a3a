from __future__ import annotations

from contextlib import closing

import pytest

from store.stems import Stemmer


@pytest.mark.parametrize(
    ("word", "token", "stem"),
    [
        ("Negotiations", "negotiations", "negoti"),
        ("Türkiye", "turkiye", "turkiy"),
        ("straße", "straße", "straß"),
        ("Россия", "россия", "россия"),
        ("中国", "中国", "中国"),
        ("e-mails", "e mails", "e mail"),
        ("—", "", ""),
        ("", "", ""),
        ("'; DROP TABLE cut --", "drop table cut", "drop tabl cut"),
    ],
)
def test_words_are_cut_and_stemmed_as_the_index_does(word: str, token: str, stem: str) -> None:
    with closing(Stemmer()) as stemmer:
        assert stemmer.tokens([word]) == {word: token}
        assert stemmer.stems([word]) == {word: stem}


def test_an_answer_holds_nothing_of_the_question_before() -> None:
    with closing(Stemmer()) as stemmer:
        assert stemmer.stems(["running", "talks", "running"]) == {"running": "run", "talks": "talk"}
        assert stemmer.stems(["wars"]) == {"wars": "war"}
        assert stemmer.stems([]) == {}
