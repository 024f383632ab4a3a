"""What was said, from captions: fragments become paragraphs, times are no words, and who speaks is not guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from store.errors import RefusedError
from store.ingest.page import paragraphs
from store.ingest.parse import Parsed, parse
from store.model import Source

TITLE = "Speech by Minister Ann Lee at the harbour, 1 March 2019"
SAID = [
    "Thank you all very much for coming.",
    "I am glad to be here in Northport",
    "today, where my father worked for",
    "thirty years, and where I learned",
    "what it means to live from the sea.",
    "The fish went away, and with them went",
    "Norway’s youngest and brightest.",
    "But we did not give up. We built",
    "the new quay, and we built it",
    "together with our friends from",
    "Denmark and Sweden.",
]
WHOLE = " ".join(SAID)


def srt(*lines: str) -> str:
    return "\n\n".join(
        f"{at}\n00:00:{at:02d},000 --> 00:00:{at + 1:02d},500\n{line}" for at, line in enumerate(lines, 1)
    )


def vtt(*lines: str) -> str:
    return "\n\n".join(
        ["WEBVTT", *(f"00:{at:02d}.000 --> 00:{at + 1:02d}.500\n{line}" for at, line in enumerate(lines))]
    )


def said(text: str) -> list[str]:
    """Return the texts of the paragraphs of a page."""
    return [paragraph.text for paragraph in paragraphs(text)]


def read(text: str, **entry: str) -> Parsed:
    return parse(Source("a.txt", date=dt.date(2019, 3, 1), **entry), text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "captions",
    [
        "\n".join(SAID),
        "\n\n".join(SAID),
        "\n\n".join("\n".join(SAID[at : at + 2]) for at in range(0, len(SAID), 2)),
        "\n\n".join("\n\n\n".join(SAID[at : at + 2]) for at in range(0, len(SAID), 2)),
        srt(*SAID),
        vtt(*SAID),
        srt(*(f"<i>{line}</i>" for line in SAID)),
        "\n".join(f"0:{at:02d}\n{line}" for at, line in enumerate(SAID)),
        "\n".join(f"0:{at:02d} {line}" for at, line in enumerate(SAID)),
        "\n".join(f"[00:00:{at:02d}] {line}" for at, line in enumerate(SAID)),
    ],
)
def test_fragments_become_a_paragraph_and_times_are_none_of_it(captions: str) -> None:
    assert said(f"{TITLE}\n\n{captions}") == [TITLE, WHOLE]


def test_captions_in_capitals_are_joined_too() -> None:
    assert said("\n\n".join([TITLE, *(line.upper() for line in SAID)])) == [TITLE, WHOLE.upper()]


def test_a_long_text_is_cut_where_sentences_end() -> None:
    found = said("\n".join([TITLE, "", *SAID, *SAID, *SAID]))
    assert " ".join(found[1:]) == " ".join([WHOLE] * 3)
    assert len(found) == 4
    assert all(text.endswith(".") for text in found[1:])


def test_captions_that_never_end_a_sentence_are_cut_all_the_same() -> None:
    found = said("\n".join(f"{at // 60}:{at % 60:02d}\nand so we went on and on" for at in range(90)))
    assert all(len(text) < 1300 for text in found)
    assert sum(text.count("and so we went") for text in found) == 90


def test_lines_that_blank_ones_part_into_paragraphs_stay_parted() -> None:
    block = [
        "We have built the new quay of the",
        "harbour, and we shall build",
        "another one, and then",
        "another one in spring.",
    ]
    assert len(said("\n\n".join(["\n".join(block)] * 5))) == 5


def test_what_stands_above_and_below_captions_is_none_of_them() -> None:
    text = "\n\n".join(["The harbour", "1 March 2019", *SAID, "Read also:", "Harbour closed", "Fish prices rise"])
    assert said(text) == ["The harbour", "1 March 2019", WHOLE, "Read also:", "Harbour closed", "Fish prices rise"]
    assert said("\n".join([*SAID[:7], "[Applause]", *SAID[7:]])) == [
        " ".join(SAID[:7]),
        "[Applause]",
        " ".join(SAID[7:]),
    ]


def test_posts_with_their_times_are_no_captions() -> None:
    posts = [
        f"10:{at:02d} The harbour is closed on day {at}, and nobody knows for how long it will be." for at in range(9)
    ]
    assert said("\n".join(posts)) == posts


def test_labels_and_names_alone_part_captions_of_several_persons() -> None:
    title = "Interview with Minister Ann Lee by Bob Ray, 1 March 2019"
    turns = [
        ("Bob Ray", "Why did you close\nthe harbour in\nwinter?"),
        ("Ann Lee", "We did not close it, we\nrepaired it with\nNorway."),
        ("Kay Fern", "And what of the\nfishermen?"),
        ("Ann Lee", "They were paid by Norway and\nDenmark."),
        ("Bob Ray", "And who paid\nthem?"),
        ("Ann Lee", "We did."),
    ]
    for sign in (":", "\n"):
        text = "\n".join(f"{name}{sign} {words}" for name, words in turns).replace("\n", "\n\n")
        parsed = read(f"{title}\n\n{text}")
        assert [passage.text for passage in parsed.passages] == [
            "We did not close it, we repaired it with Norway.",
            "They were paid by Norway and Denmark.",
            "We did.",
        ]


TALK = [
    ">> Good morning. We are glad to be",
    "here with the minister.",
    ">> ANN LEE: Thank you. I have a short",
    "statement, and then I will take",
    "your questions.",
    ">> Minister, why did you close",
    "the harbour?",
    ">> ANN LEE: We did not close it. We",
    "repaired it.",
    ">> Will you resign?",
    ">> ANN LEE: No.",
]


def test_whoever_begins_to_speak_without_a_name_is_not_the_speaker() -> None:
    parsed = read("\n".join(["Press conference of Minister Ann Lee", "", *TALK]))
    assert [(passage.text, passage.question) for passage in parsed.passages] == [
        ("Thank you. I have a short statement, and then I will take your questions.", None),
        ("We did not close it. We repaired it.", "Minister, why did you close the harbour?"),
        ("No.", "Will you resign?"),
    ]


def test_where_no_speaker_has_a_name_nobody_is_guessed() -> None:
    text = "\n".join(TALK).replace("ANN LEE: ", "")
    with pytest.raises(RefusedError, match=r"none as Ann Lee: put “Ann Lee:” before"):
        read(text, title="The harbour", speaker="Ann Lee", kind="speech")


def test_a_quotation_within_a_quotation_is_no_other_speaker() -> None:
    lines = ["Speech by Ann Lee", "We are glad that we are here.", "> It is late.", ">> So it is.", ">> It was."]
    assert [passage.text for passage in read("\n\n".join([*lines, "We go on now."])).passages] == [
        "We are glad that we are here.",
        "We go on now.",
    ]


def test_a_voice_of_webvtt_has_a_label() -> None:
    turns = [
        "<v Bob Ray>Why now?</v>",
        "<v Ann Lee>Because it is</v>",
        "time.",
        "<v Bob Ray>And then?",
        "<v Ann Lee>Rest.",
    ]
    parsed = read(vtt(*turns), title="Interview with Minister Ann Lee by Bob Ray")
    assert [passage.text for passage in parsed.passages] == ["Because it is time.", "Rest."]
