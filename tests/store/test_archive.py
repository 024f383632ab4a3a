from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from store.archive import Archive, Mention
from store.errors import NotFoundError
from store.model import Attribution, Dated, DatedMention
from store.vocabulary import Forms
from store.writer import ArchiveWriter
from tests.builders import document, make_archive, passage, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from store.model import Passage


def texts(archive: Archive, match: str, limit: int = 10, **by: Any) -> list[str]:  # noqa: ANN401
    numbers = archive.index.matching(match, limit, **by)
    passages = archive.numbered(numbers)
    return [passages[number].text for number in numbers]


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    full = passage(
        "“We will,” said Ann — Привет, 中国, 🙂.",
        attribution=Attribution.QUOTED,
        verbatim=("We will,", 'a "b" \\'),
        speaker="Ann O’Neil",
        question="Will you?",
        formula=True,
        line=12,
    )
    bare = passage("Silence.", document="bare", speaker=None, attribution=Attribution.REPORTED, line=0)
    known = document(
        title="Talk “of” talks",
        dated=Dated.PUBLICATION,
        published=dt.date(2018, 2, 8),
        venue="Sochi",
        archived="https://example.org/kept",
        speakers=("Ann O’Neil", "Bob"),
        passages=1,
        questions=1,
    )
    unknown = document(
        "bare", outlet=None, kind=None, language=None, url=None, speakers=(), passages=1, date=dt.date(1, 1, 1)
    )
    with make_archive(tmp_path, full, bare, documents=(known, unknown)) as archive:
        assert archive.passage(full.id) == full
        assert archive.passage(bare.id) == bare
        assert archive.document("talk") == known
        assert archive.document("bare") == unknown
        assert archive.counts() == (2, 2)


@pytest.mark.parametrize("identifier", ["nothing", "", "'; DROP TABLE passages --", "ü", "\udcff", "\0"])
def test_an_id_that_is_none_is_not_found(identifier: str, tmp_path: Path) -> None:
    with make_archive(tmp_path, passage()) as archive:
        with pytest.raises(NotFoundError, match="No quote has the id"):
            archive.passage(identifier)
        with pytest.raises(NotFoundError, match="No document has the id"):
            archive.document(identifier)


def test_documents_come_newest_first_and_then_by_file(tmp_path: Path) -> None:
    days = {"b": dt.date(2018, 2, 7), "a": dt.date(2018, 2, 7), "old": dt.date(2017, 2, 7), "new": dt.date(2018, 3, 1)}
    documents = [document(name, date=day) for name, day in days.items()]
    with make_archive(tmp_path, documents=documents) as archive:
        assert [found.id for found in archive.documents()] == ["new", "a", "b", "old"]
        assert [found.id for found in archive.documents_on(2, 7)] == ["a", "b", "old"]
        assert archive.documents_on(7, 2) == ()


def test_passages_come_by_file_and_then_by_position(tmp_path: Path) -> None:
    documents = (document("x", file="2.txt"), document("y", file="1.txt"))
    order = (passage("First.", document="x"), passage("Second.", document="x"), passage("Third.", document="y"))
    with make_archive(tmp_path, *order, documents=documents) as archive:
        assert [found.text for found in archive.passages()] == ["Third.", "First.", "Second."]
        assert [found.text for found in archive.passages("x")] == ["First.", "Second."]
        assert list(archive.passages("z")) == []
        assert archive.page_text("z") == ""


def test_a_page_holds_title_questions_and_passages_as_they_follow(tmp_path: Path) -> None:
    asked = [
        passage(text, question=question, position=n)
        for n, (text, question) in enumerate(
            [("Remarks.", None), ("One.", "Why?"), ("Two.", "Why?"), ("Three.", "When?")]
        )
    ]
    with make_archive(tmp_path, *asked) as archive:
        lines = archive.page_text(asked[0].document).split("\n")
    assert lines[1:] == ["Remarks.", "Why?", "One.", "Two.", "When?", "Three."]


def test_neighbours_stand_in_the_same_document(tmp_path: Path) -> None:
    order = [passage(f"{number}.", document=name, position=number) for name in ("a", "b") for number in (0, 4, 7)]
    with make_archive(tmp_path, *order) as archive:

        def around(one: Passage) -> tuple[str | None, ...]:
            return tuple(found.id if found else None for found in archive.neighbours(one))

        assert around(order[3]) == (None, order[4].id)
        assert around(order[4]) == (order[3].id, order[5].id)
        assert around(order[5]) == (order[4].id, None)


def test_what_says_a_word_comes_before_what_was_asked_about_it(tmp_path: Path) -> None:
    asked = passage("We hope for the best.", question="What of Syria?")
    mentions = passage("Of the many subjects that we spoke about, Syria was one of the last.")
    says = passage("Syria, and Syria again.")
    with make_archive(tmp_path, asked, mentions, says, passage("Nothing of the kind.")) as archive:
        assert texts(archive, "syria") == [says.text, mentions.text, asked.text]
        assert texts(archive, "syria", 1) == [says.text]
        assert len(archive.index.matching("syria", 9)) == 3
        assert texts(archive, "kosovo") == []
        assert len(archive.index.matching("kosovo", 9)) == 0
        assert archive.numbered([]) == archive.numbered([99]) == {}


def test_matches_are_narrowed_to_those_by_or_of_a_person(tmp_path: Path) -> None:
    by_ann = passage("Peace in Syria.")
    of_ann = passage("Syria? Ask Ann.", speaker="Bob")
    others = passage("Syria.", speaker="Bob"), passage("Nothing.", speaker=None)
    hello = passage("Hello.", formula=True)
    with make_archive(tmp_path, by_ann, of_ann, *others, hello) as archive:
        ann: dict[str, Any] = {"speakers": ["Ann", "O'Neil"], "names": '"ann"'}
        assert set(texts(archive, "syria", **ann)) == {by_ann.text, of_ann.text}
        assert len(archive.index.matching("syria", 9, **ann)) == 2
        assert texts(archive, "", **ann) == [by_ann.text, of_ann.text, hello.text]
        assert len(archive.index.matching("", 9, **ann)) == 3


def test_the_forms_of_a_word_are_those_of_its_stem(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("Talks. We talk; a talk."), passage("Talks on Syria.")) as archive:
        assert archive.words.forms(["talk", "syria", "talking"]) == {
            "talk": Forms(("talk",), {"talk": 1, "talks": 2}),
            "syria": Forms(("syria",), {"syria": 1}),
        }
        assert archive.words.forms([]) == {}


def test_the_forms_of_a_word_tell_what_the_index_has_for_it(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("Die Straße.")) as archive:
        assert archive.words.forms(["strasse"]) == {"strasse": Forms(("straße",), {"strasse": 1})}


@pytest.mark.parametrize("match", ["syrians", "SYRIAN", '"syrian peoples"', "türkiye", "turkiye", "TÜRKİYE", "привет"])
def test_words_are_found_by_stem_without_case_and_diacritics(match: str, tmp_path: Path) -> None:
    said = passage("The Syrian people greeted Türkiye: Привет!")
    with make_archive(tmp_path, said, passage("Nothing.")) as archive:
        assert texts(archive, match) == [said.text]


def test_words_of_the_archive_are_known_with_their_passages(tmp_path: Path) -> None:
    said = (
        passage("Syria and Syria.", question="Syria?"),
        passage("Nothing.", question="What of Türkiye, of SYRIA?"),
        passage("Syrians."),
    )
    with make_archive(tmp_path, *said) as archive:
        assert archive.words.known(["syria", "syrians", "turkiye", "kosovo"]) == {
            "syria": 2,
            "syrians": 1,
            "turkiye": 1,
        }
        assert archive.words.known([]) == {}
        assert set(archive.words.near(6, 7)) == {("turkiye", 1), ("syrians", 1), ("nothing", 1)}
        assert archive.words.near(8, 20) == ()


def test_words_of_one_family_are_told(tmp_path: Path) -> None:
    said = passage("Negotiations, a negotiation: to negotiate. Neglected.")
    with make_archive(tmp_path, said) as archive:
        family = {"negotiate": 1, "negotiation": 1, "negotiations": 1}
        assert archive.words.forms(["negotiation"])["negotiation"].passages == family
        assert archive.words.akin("negotiating").passages == family, "a word that nobody said has a stem too"
        assert archive.words.akin("kosovo").passages == {}


def test_all_spellings_of_a_word_are_looked_for(tmp_path: Path) -> None:
    defence, fought = passage("The missile defence."), passage("They fought for defense.")
    with make_archive(tmp_path, defence, fought) as archive:
        for typed in ("defence", "defense"):
            forms = archive.words.forms([typed])[typed]
            assert forms.passages == {"defence": 1, "defense": 1}
            assert forms.tokens[0] == typed
            assert set(texts(archive, " OR ".join(forms.tokens))) == {defence.text, fought.text}
        assert archive.words.akin("fighting").tokens == ("fought",)


@pytest.mark.parametrize(
    ("said", "typed"), [("Die Straße.", "strasse"), ("Die Strasse.", "strasse"), ("The ﬁnal word.", "final")]
)
def test_a_word_is_found_by_what_the_index_has_for_it(said: str, typed: str, tmp_path: Path) -> None:
    with make_archive(tmp_path, passage(said), passage("Nothing.")) as archive:
        forms = archive.words.forms([typed])[typed]
        match = " OR ".join(f'"{token}"' for token in forms.tokens)
        assert texts(archive, match) == [said]
        assert tuple(forms.passages) == (typed,)


def test_a_paraphrase_stands_alone_only_where_there_is_nothing_better(tmp_path: Path) -> None:
    words = "Russia hopes that the talks in Geneva will bring a political settlement to Syria."
    reported = passage(words, attribution=Attribution.REPORTED)
    spoken = passage(words, document="other")
    with make_archive(tmp_path, reported, passage("Too short.")) as archive:
        assert archive.standing() == archive.standing(reported.document) == (reported.id,)
    with make_archive(tmp_path, spoken) as archive:
        assert archive.standing() == archive.standing(spoken.document) == (spoken.id,)
        assert archive.standing(reported.document) == ()


def test_days_that_passages_speak_of_come_newest_first(tmp_path: Path) -> None:
    old, new = passage("On November 8, 1917, and on 8 November."), passage("On November 8.")
    eighth, year_before = dt.date(2017, 11, 8), dt.date(1917, 11, 8)
    mentions = {
        old.id: (DatedMention(year_before, "November 8, 1917", 0), DatedMention(eighth, "8 November", 1)),
        new.id: (DatedMention(eighth, "November 8", 0), DatedMention(dt.date(2017, 8, 11), "11 August", 0)),
    }
    with make_archive(tmp_path, old, new, mentions=mentions) as archive:
        kept_old, kept_new = archive.passage(old.id), archive.passage(new.id)
        assert archive.mentions_on(11, 8) == (
            Mention(kept_old, eighth, "8 November", 1),
            Mention(kept_new, eighth, "November 8", 0),
            Mention(kept_old, year_before, "November 8, 1917", 0),
        )
        assert archive.mentions_on(2, 29) == ()


def test_readers_see_the_old_archive_until_the_commit(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with make_archive(tmp_path, passage()) as archive:
        version = archive.version()
        with ArchiveWriter(path) as writer:
            writer.remove("talk.txt")
            assert archive.counts() == (1, 1)
            with Archive.open(path) as late:
                assert late.counts() == (1, 1)
            writer.commit()
        assert archive.counts() == (0, 0)
        assert archive.version() != version


def test_a_snapshot_sees_one_commit(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with make_archive(tmp_path, passage()) as archive:
        with archive.snapshot():
            assert archive.counts() == (1, 1)
            write_archive(path, passage("Another.", document="other"))
            with archive.snapshot():
                assert archive.counts() == (1, 1)
            assert len(list(archive.passages())) == 1
        assert archive.counts() == (2, 2)


def test_reading_imports_nothing_that_takes_long() -> None:
    script = "import json, sys, store.archive; json.dump(sorted(sys.modules), sys.stdout)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = {module.partition(".")[0] for module in json.loads(ran.stdout)}
    assert loaded.isdisjoint({"sqlite_utils", "click", "babel", "dateparser", "rapidfuzz", "pydantic", "telegram"})


def test_sqlite_utils_searches_the_archive_as_it_comes(tmp_path: Path) -> None:
    make_archive(tmp_path, passage(), passage("Nothing.")).close()
    program = [
        sys.executable,
        "-m",
        "sqlite_utils",
        "search",
        str(tmp_path / "archive.db"),
        "passages",
        "syrian OR syria",
    ]
    ran = subprocess.run(program, capture_output=True, check=True)
    assert [row["text"] for row in json.loads(ran.stdout)] == [passage().text]


def test_what_is_drawn_stands_alone_and_all_have_the_same_chance(tmp_path: Path) -> None:
    alone = "Russia hopes that the talks in Geneva will bring a political settlement to Syria, said No. {}."
    said = [passage(alone.format(n) if n % 3 else "Too short.", id=f"p{n}", document=f"d{n}") for n in range(30)]
    with make_archive(tmp_path, *said) as archive:
        write_archive(tmp_path / "archive.db", *(one for one in said if one.id in {"p1", "p2", "p5"}))  # Gaps between.
        standing = archive.standing()
        rng = random.Random(0)  # noqa: S311 - nothing secret
        drawn = Counter(archive.draw(rng, 1)[0].id for _ in range(4000))
        assert drawn.keys() == set(standing)
        assert all(140 < drawn[one] < 260 for one in standing), drawn
        assert sorted(one.id for one in archive.draw(rng, 100)) == list(standing)
        assert len({one.id for one in archive.draw(rng, 5)}) == 5


def test_only_where_there_is_nothing_better_a_paraphrase_is_drawn(tmp_path: Path) -> None:
    words = "Russia hopes that the talks in Geneva will bring a political settlement to Syria."
    reported = passage(words, id="reported", attribution=Attribution.REPORTED)
    rng = random.Random(0)  # noqa: S311 - nothing secret
    with make_archive(tmp_path, reported, passage("Too short.")) as archive:
        assert archive.draw(rng, 1) == (reported,)
        write_archive(tmp_path / "archive.db", passage(words, id="spoken", document="other"))
        assert {archive.draw(rng, 1)[0].id for _ in range(20)} == {"spoken"}
