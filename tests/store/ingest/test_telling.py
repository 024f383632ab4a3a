"""An article about a speech is not read as the speech, whatever `sources.toml` says."""

from __future__ import annotations

import datetime as dt

import pytest

from store.errors import RefusedError
from store.ingest.parse import Parsed, parse
from store.model import Attribution, Source


def read(*lines: str) -> Parsed:
    """Read a page as a speech of Ann Lee, as `sources.toml` says."""
    return parse(
        Source("a.txt", date=dt.date(2019, 3, 1), speaker="Ann Lee", kind="speech"),
        "\n\n".join(["Speech in the harbour", *lines]),
    )


ARTICLE = [
    "The plan has met with resistance in the north, where many fear for the price of fish.",
    "The minister said on Monday that the harbour would be closed, and that nobody would lose work.",
    "Speaking in Oslo to an audience of fishermen, she promised that the state would pay for a new quay.",
]


NAMED = [
    "Fern said that nobody would lose work over it, and that the plan had been known for a year.",
    "That is wrong, Moe warned. The boats of the north have no other harbour to go to, and no money.",
]


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("We at the paper have followed the plan for a year.",),
        ("“We will build it together, and we will not be stopped,” she said.",),
        ("In a speech of an hour, the prime minister defended the plan.", "It goes on."),
    ],
)
def test_what_tells_of_a_speech_throughout_is_none(more: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError, match=r"it tells what was said, as an article does \(“.*save the speech itself"):
        read(*ARTICLE, *more)


@pytest.mark.parametrize(
    "lines",
    [
        ["Министр заявил, что порт закроют на зиму.", "«Мы построим его», — сказал он. По его словам, это дёшево."],
        ["Die Ministerin sagte am Montag, der Hafen werde geschlossen.", "„Wir bauen ihn“, versprach sie zudem."],
        ["La ministre a déclaré lundi que le port serait fermé.", "« Nous le bâtirons », a-t-elle ajouté."],
        ["La ministra dijo el lunes que el puerto se cerraría.", "«Lo construiremos», aseguró."],
    ],
)
def test_so_it_is_in_other_languages(lines: list[str]) -> None:
    with pytest.raises(RefusedError, match="tells what was said"):
        read(*lines)


def test_whoever_is_named_as_saying_it_tells_an_article() -> None:
    with pytest.raises(RefusedError, match="tells what was said"):
        read("The harbour of the north will be closed for the winter, Kay Fern told the Daily News.", *NAMED)


def test_an_article_that_names_the_speaker_is_read_as_the_report_it_is() -> None:
    parsed = read("Ann Lee said on Monday that the harbour would be closed.", *ARTICLE, "“We shall rest,” Lee said.")
    assert {passage.attribution for passage in parsed.passages} == {"reported", "quoted"}


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The sea is wide, and the harbour of the north is old and small and was built for few ships.",
            "The minister of finance said that there was no money. That is wrong.",
            "There is money, and it is in Oslo.",
        ],
        ["My mother told me a story. She said that the sea was wide.", "He said no, she said. And I believed it."],
        [
            "The sea is wide, and the harbour of the north is old and small and was built for few ships.",
            "The president said yes. He said so twice.",
            "You know what that means.",
            "You have heard him. You must build.",
        ],
    ],
)
def test_a_speech_may_tell_what_others_said(lines: list[str]) -> None:
    assert [passage.text for passage in read(*lines).passages] == lines


@pytest.mark.parametrize(
    ("byline", "is_read"),
    [
        ("OPINION | By Kay Fern | 1 March 2019", False),
        ("By our political staff", False),
        ("By Ann Lee", True),
        ("By Kay Fern: the full text", True),
        ("Oslo, 1 March 2019", True),
    ],
)
def test_who_tells_under_a_name_of_his_own_is_not_the_speaker_though_he_says_i(byline: str, *, is_read: bool) -> None:
    lines = [
        byline,
        "I have watched eleven of these speeches, and I have never heard anybody so tired. We deserve better.",
        "I counted the word “together” forty times, and I believe that the country has counted them, too.",
        "“We will build it together,” she declared to thin applause. My father switched it off. “Nonsense,” he said.",
    ]
    try:
        spoken = [one for one in read(*lines).passages if one.attribution is Attribution.SPOKEN]
    except RefusedError:
        spoken = []
    assert bool(spoken) == is_read
