from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.accumulators import Accumulators
from store.archive import Archive
from store.candidates import Candidates
from store.days import Day, parse_day
from store.errors import NotFoundError, UsageError
from store.ingest.run import run
from store.model import Attribution, Dated, DatedMention, Document, OnThisDay, Passage, Results
from store.query import LONGEST, parse
from store.quoting import occasion
from store.search import Search
from store.unmet import reasons
from tests.builders import document, make_archive, passage, write_archive

pytestmark = pytest.mark.usefixtures("each_road")

SEEDS = Path(__file__).parents[2] / "seeds"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, each_road: None) -> Iterator[Archive]:  # noqa: ARG001 - comes first
    """The archive of the seeds."""
    path = tmp_path_factory.mktemp("seeds") / "archive.db"
    run(SEEDS, path)
    with Archive.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def search(archive: Archive) -> Search:
    return Search(archive)


def found_in(folder: Path, typed: str, *passages: Passage, documents: tuple[Document, ...] = ()) -> Results:
    with make_archive(folder, *passages, documents=documents) as made:
        return Search(made).find(typed, limit=50)


def texts(results: Results) -> list[str]:
    return [quote.passage.text for quote in results.quotes]


# The seeds


@pytest.mark.parametrize(
    ("typed", "words", "file"),
    [
        ("kosovo", "Kosovo that declared independence unilaterally", "003"),
        ("space of chaos", "“a space of chaos”", "002"),
        ("resolution 2254", "Resolution 2254", "001"),
        ("venezuala", "Venezuela", "002"),
        ("grmany", "Germany", "003"),
        ("merkle", "Merkel", "002"),
        ("fake news", "'fake news'", "000"),
        ("nuclear weapons", "nuclear weapons", "002"),
        ("what does lavrov say about navalny?", "Navalny", "002"),
        ("north stream", "North Stream", "000"),
        ("assad's", "Assad", "003"),
        ("al-nusra", "Al-Nusra", "000"),
    ],
)
def test_the_seeds_answer(search: Search, typed: str, words: str, file: str) -> None:
    best = search.find(typed).quotes[0]
    assert words in best.text
    assert best.document.file.startswith(file)


def test_syria_is_answered_by_those_who_speak_of_it(search: Search) -> None:
    results = search.find("syria")
    assert results.total > 40
    assert all("Syria" in quote.text for quote in results.quotes)
    assert [quote.partial for quote in results.quotes] == [False] * 5
    assert len({quote.document.id for quote in results.quotes}) > 1


def test_every_passage_is_found_by_its_own_words(archive: Archive, search: Search) -> None:
    lost = []
    for said in archive.passages():
        if said.formula:
            continue
        results = search.find(said.text)
        if said.text not in texts(results)[:2]:
            lost.append(said.text)
    assert not lost


def test_pages_make_up_all_hits_without_repeating_one(search: Search) -> None:
    for typed in ("syria", "russia", "the", "lavrov", "US", "used"):
        whole = search.find(typed, limit=1000)
        pages = [search.find(typed, limit=7, offset=offset) for offset in range(0, whole.total, 7)]
        found = [quote.passage.id for page in pages for quote in page.quotes]
        assert found == [quote.passage.id for quote in whole.quotes]
        assert len(found) == len(set(found)) == whole.total
        assert {page.total for page in pages} == {whole.total}
    assert search.find("the").total > Candidates.most_compared


def test_beyond_the_last_hit_there_is_nothing(search: Search) -> None:
    results = search.find("kosovo", offset=1)
    assert (results.quotes, results.total) == ((), 1)


def test_scores_of_those_compared_together_fall(search: Search) -> None:
    scores = [quote.score for quote in search.find("syria", limit=Accumulators.most_compared).quotes]
    assert scores == sorted(scores, reverse=True)


def test_quotes_are_whole_sentences_that_fit_and_hold_what_was_found(search: Search) -> None:
    for typed in ("russia", "sanctions", "europe", "terrorism", "the west"):
        for quote in search.find(typed, limit=100).quotes:
            assert len(quote.text) <= 600 or re.fullmatch(r"[^.!?]{600,1000}.*", quote.text)
            assert quote.text.rstrip("…") in quote.passage.text
            said = {word for word in quote.matched if re.search(rf"\b{word}\b", quote.passage.text.lower())}
            assert not said or any(word in quote.text.lower() for word in said)


@pytest.mark.parametrize(
    "typed",
    [
        *("assad's", '"', "*", "-", "-syria", "syria*", "NEAR(", "NEAR(syria libya)", "AND", "OR NOT", "a AND"),
        *("text:syria", "^syria", "{text question} : syria", "'); DROP TABLE passages; --", "%", "_", "\\", "\x00"),
        *("😀", "سوريا", "中国", "\u202esyria", "\ud800", "ſyria"),
        *("x" * LONGEST, "syria " * 700, "()" * 2000, "é̂" * 1000, "s" * 100_000),
    ],
)
def test_whatever_is_typed_is_answered_at_once(search: Search, typed: str) -> None:
    search.find(typed)
    started = perf_counter()
    search.find(typed)
    assert perf_counter() - started < 0.5


_OPERATORS = [
    *("-syria", '"', "“space of", "chaos”", "by:", "by:lavrov", "year:", "year:2018", "2017..", "..2018", "sort:date"),
    *("source:rt", 'source:"', "-", "Сирия", "в", "中国", "مصر", "united states", "north korea", "nordstream"),
]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(["syria", "us", "U.S.", "the", '"', "(", "*", "-", "NEAR", "lavrov", "2254", "sria"])
        ).map(" ".join),
        st.lists(st.sampled_from(_OPERATORS)).map(" ".join),
    )
)
def test_nothing_typed_can_raise(search: Search, typed: str) -> None:
    try:
        results = search.find(typed)
    except UsageError as error:
        assert not typed.strip() or error.hint  # noqa: PT017 - the only error there may be
        return
    assert len(results.quotes) <= min(results.total, 5)
    assert all(quote.matched for quote in results.quotes) or not parse(typed).words


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_an_empty_search_is_wrong_use(search: Search, typed: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        search.find(typed)


# What counts as a hit


def test_stems_are_folded_alike(tmp_path: Path) -> None:
    said = passage("They imposed sanctions.")
    for typed in ("sanction", "sanctions", "sanctioning", "SANCTIONED", "impose"):
        assert texts(found_in(tmp_path, typed, said)) == [said.text]


def test_all_words_are_wanted_where_a_passage_has_all(tmp_path: Path) -> None:
    both, one = passage("Arms control is over."), passage("Arms are sold.")
    assert texts(found_in(tmp_path, "arms control", both, one)) == [both.text]


def test_words_that_never_meet_bring_what_comes_nearest(tmp_path: Path) -> None:
    two, one = passage("Arms control is over."), passage("Kosovo is far, and so are arms.")
    results = found_in(tmp_path, "arms control kosovo", two, one, passage("Arms."), passage("Peace."))
    assert set(texts(results)) == {two.text, one.text}
    assert results.total == 2
    assert not any(quote.partial for quote in results.quotes)
    assert (results.missing, results.apart) == ((), ())


@pytest.mark.parametrize(
    ("typed", "unmet"),
    [
        ('"space of war"', [("phrase", "space of war")]),
        ('"chaos of space"', [("phrase", "chaos of space")]),
        ('"space of chaos" kosovo', [("wording", "space of chaos")]),
        ('"space of war" kosovo', [("phrase", "space of war")]),
        ('"space of chaos" "far off"', [("wording", "space of chaos"), ("wording", "far off")]),
        ('"space of chaos" by:ann', []),
        ('"space of chaos" -war', [("without", "space of chaos")]),
        ('"space of chaos" kosovo -war', [("wording", "space of chaos")]),
        ('"space of war" -kosovo', [("phrase", "space of war")]),
        ("chaos -war", [("without", "chaos")]),
        ("chaos -war by:ann", []),
        ('"space of chaos" by:bob', [("by", "bob")]),
        ('"space of zebra"', []),  # a word is missing
    ],
)
def test_phrase_that_nobody_says_is_told(tmp_path: Path, typed: str, unmet: list[tuple[str, str]]) -> None:
    results = found_in(tmp_path, typed, passage("A war, a space of chaos."), passage("Kosovo is far off."))
    assert [(one.name, " ".join(one.words)) for one in results.unmet] == unmet
    assert results.apart == ()


def test_words_of_a_question_and_its_answer_are_together(tmp_path: Path) -> None:
    answer = passage("They are shooting.", question="What of the school?")
    assert found_in(tmp_path, "school shooting", answer, passage("Something else.")).apart == ()


def test_words_of_a_question_find_its_answer_below_those_that_say_them(tmp_path: Path) -> None:
    answer = passage(
        "No comment on that at all, and this is all I will say to you about it.", question="What of Kosovo?"
    )
    said = passage("Kosovo.", attribution=Attribution.REPORTED)
    results = found_in(tmp_path, "kosovo", answer, said)
    assert texts(results) == [said.text, answer.text]
    assert results.quotes[1].matched == ("kosovo",)


def test_a_word_that_nobody_said_is_corrected_and_said_to_be(tmp_path: Path) -> None:
    results = found_in(tmp_path, "kosvo", passage("Peace in Kosovo."))
    assert results.corrected == (("kosvo", "kosovo"),)
    assert results.missing == ()
    assert results.quotes[0].matched == ("kosovo",)
    assert not results.quotes[0].partial


def test_a_word_that_exists_is_never_corrected(tmp_path: Path) -> None:
    results = found_in(tmp_path, "iran", passage("Iran."), *(passage(f"Iraq, {number}.") for number in range(9)))
    assert texts(results) == ["Iran."]
    assert results.corrected == ()


def test_a_word_that_is_nowhere_makes_the_rest_partial(tmp_path: Path) -> None:
    results = found_in(tmp_path, "zebra kosovo", passage("Peace in Kosovo."))
    assert results.missing == ("zebra",)
    assert [quote.partial for quote in results.quotes] == [True]
    assert results.total == 1


@pytest.mark.parametrize("typed", ["zebra", "zebra 2254", "ann zebra"])
def test_where_no_word_of_the_subject_is_anywhere_nothing_is_found(tmp_path: Path, typed: str) -> None:
    results = found_in(tmp_path, typed, passage("Peace in Kosovo."))
    assert (results.quotes, results.total) == ((), 0)
    assert "zebra" in results.missing


def test_a_speakers_name_narrows_to_what_they_said_or_what_names_them(tmp_path: Path) -> None:
    documents = (document("a", speakers=("Ann Smith",)), document("b", speakers=("Bob Jones",)))
    passages = [
        passage("Peace in Kosovo.", document="a", speaker="Ann Smith"),
        passage("Peace in Libya.", document="a", speaker="Ann Smith", position=1),
        passage("Kosovo is a precedent.", document="b", speaker="Bob Jones"),
        passage("Smith is wrong about Kosovo.", document="b", speaker="Bob Jones", position=1),
    ]
    results = found_in(tmp_path, "smith kosovo", *passages, documents=documents)
    assert set(texts(results)) == {"Peace in Kosovo.", "Smith is wrong about Kosovo."}
    assert results.total == 2
    assert results.missing == ()
    results = found_in(tmp_path, "Ann Smith", *passages, documents=documents)
    assert set(texts(results)) == {"Peace in Kosovo.", "Peace in Libya."}
    assert results.quotes[0].matched == ("ann", "smith")


def test_us_is_a_country_where_it_is_written_as_one(tmp_path: Path) -> None:
    said = [passage("The US left."), passage("Let us talk of sanctions."), passage("The U.S. imposed sanctions.")]
    assert set(texts(found_in(tmp_path, "US", *said))) == {"The US left.", "The U.S. imposed sanctions."}
    assert texts(found_in(tmp_path, "U.S. sanctions", *said))[0] == "The U.S. imposed sanctions."
    assert texts(found_in(tmp_path, "us", said[1])) == ["Let us talk of sanctions."]


def test_hits_are_counted_by_the_case_of_their_letters(tmp_path: Path) -> None:
    many = [
        passage(f"Let us talk, us and us, number {number}.", position=number)
        for number in range(Candidates.most_compared + 5)
    ]
    results = found_in(tmp_path, "US", *many, passage("The US left.", position=len(many)))
    assert texts(results) == ["The US left."]
    assert results.total == 1


def test_function_words_are_searched_for_where_nothing_else_was_typed(tmp_path: Path) -> None:
    results = found_in(tmp_path, "what is", passage("That is what it is."), passage("Peace."))
    assert texts(results) == ["That is what it is."]
    assert results.quotes[0].matched == ("is", "what")


@pytest.mark.parametrize("typed", ["..0000", "0000..", "0..0", "9999..1", "year:0000", "year:9999", "year:0000..9999"])
@pytest.mark.parametrize("words", ["", " syria"])
def test_years_that_no_calendar_has_neither_raise_nor_take_long(tmp_path: Path, typed: str, words: str) -> None:
    with make_archive(tmp_path, passage("Peace in Syria.")) as archive:
        search = Search(archive)
        search.find("syria")
        start = perf_counter()
        results = search.find(typed + words)
        assert perf_counter() - start < 0.5
    assert results.missing or results.unmet or texts(results)


def test_sentence_of_function_words_is_found_only_as_it_stands(tmp_path: Path) -> None:
    said = [passage("You know who they are."), passage("They know who you are.")]
    assert texts(found_in(tmp_path, "who you are", *said)) == ["They know who you are."]
    assert found_in(tmp_path, "who are you?", *said).total == 0


def test_formulas_are_found_last(tmp_path: Path) -> None:
    thanks = passage("Thank you, Kosovo.", formula=True)
    assert texts(found_in(tmp_path, "kosovo", thanks, passage("Peace in Kosovo."))) == ["Peace in Kosovo.", thanks.text]


def test_a_build_is_seen_by_the_next_search(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("Peace in Kosovo.", id="old")) as made:
        search = Search(made)
        assert [quote.passage.id for quote in search.find("kosovo").quotes] == ["old"]
        write_archive(
            tmp_path / "archive.db",
            passage("Kosovo, Kosovo.", id="new", document="other"),
            documents=[document("other", title="New")],
        )
        assert {quote.passage.id for quote in search.find("kosovo").quotes} == {"new", "old"}
        assert search.quote("new").document.title == "New"


# One quote


def test_a_quote_is_found_by_its_id(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("Peace in Kosovo.", id="p1")) as made:
        quote = Search(made).quote("p1")
        assert (quote.text, quote.document.id, quote.score, quote.matched) == ("Peace in Kosovo.", "talk", 0.0, ())
        with pytest.raises(NotFoundError, match="nope"):
            Search(made).quote("nope")


def test_a_random_quote_stands_alone_and_depends_on_the_generator_alone(archive: Archive, search: Search) -> None:
    standing = set(archive.standing())
    chosen = [search.random(random.Random(seed)) for seed in range(30)]  # noqa: S311
    assert all(quote and quote.passage.id in standing for quote in chosen)
    assert len({quote.passage.id for quote in chosen if quote}) > 10
    assert search.random(random.Random(1)) == chosen[1]  # noqa: S311


def test_an_archive_without_such_a_quote_has_no_random_one(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("And that is why.")) as made:
        assert Search(made).random(random.Random(0)) is None  # noqa: S311


def test_every_passage_is_told_in_the_order_of_the_archive(archive: Archive, search: Search) -> None:
    assert [quote.passage for quote in search.passages()] == list(archive.passages())


# On this day


def days(folder: Path, typed: str, *, today: date = TODAY) -> list[tuple[str, date, int, str]]:
    documents = [
        document("talk", title="The talk", date=date(2017, 12, 28), outlet="Interfax"),
        document("later", title="Remarks", date=date(2020, 12, 28), kind="remarks", outlet=None),
        document("leap", title="Leap", date=date(2016, 2, 29), kind=None, dated=Dated.PUBLICATION),
    ]
    passages = [
        passage("Peace in Kosovo.", id="k"),
        passage("On November 8, 2017 they signed. It was late.", id="n", position=1),
        passage("It began on 28 December 1917.", id="d", document="later"),
        passage("We met on 28 December 2020.", id="own", document="later", position=1),
        passage("We meet on 28 December 2030.", id="f", document="later", position=2),
        passage("Once in four years.", id="l", document="leap"),
    ]
    mentions = {
        "n": [DatedMention(date(2017, 11, 8), "November 8, 2017", 0), DatedMention(date(2017, 11, 8), "then", 1)],
        "d": [DatedMention(date(1917, 12, 28), "28 December 1917", 0)],
        "own": [DatedMention(date(2020, 12, 28), "28 December 2020", 0)],
        "f": [DatedMention(date(2030, 12, 28), "28 December 2030", 0)],
    }
    with make_archive(folder, *passages, documents=documents, mentions=mentions) as made:
        found = Search(made).on_this_day(parse_day(typed, today=today), today=today)
    return [(entry.kind, entry.date, entry.years_ago, entry.what) for entry in found]


def test_anniversaries_come_before_events_each_newest_first(tmp_path: Path) -> None:
    assert days(tmp_path, "28 dec") == [
        ("anniversary", date(2020, 12, 28), 6, "Remarks: Remarks"),
        ("anniversary", date(2017, 12, 28), 9, "Interview with Interfax: The talk"),
        ("event", date(1917, 12, 28), 109, "It began on 28 December 1917."),
    ]


def test_an_event_is_told_by_the_sentence_that_speaks_of_it_once(tmp_path: Path) -> None:
    assert days(tmp_path, "8.11.") == [("event", date(2017, 11, 8), 9, "On November 8, 2017 they signed.")]


def test_years_count_from_the_year_asked_about(tmp_path: Path) -> None:
    assert [ago for _, _, ago, _ in days(tmp_path, "28 December 2019")] == [-1, 2, 102]


def test_what_is_still_to_come_is_not_told(tmp_path: Path) -> None:
    assert [event for _, event, _, _ in days(tmp_path, "28 dec", today=date(2017, 12, 28))] == [
        date(2017, 12, 28),
        date(1917, 12, 28),
    ]


@pytest.mark.parametrize(("typed", "found"), [("28 feb 2025", 1), ("28 feb 2024", 0), ("29 feb", 1), ("1 march", 0)])
def test_29_february_counts_on_the_28th_of_common_years(tmp_path: Path, typed: str, found: int) -> None:
    assert len(days(tmp_path, typed)) == found


def test_a_day_without_anything_is_empty(tmp_path: Path) -> None:
    assert days(tmp_path, "3 march") == []


def test_an_anniversary_shows_the_most_telling_quote_of_its_document(tmp_path: Path) -> None:
    shown = _anniversary(
        tmp_path,
        passage("And that is why.", position=0),
        passage("Thank you.", position=1, formula=True),
        passage("Peace in Kosovo is what the whole of our foreign policy has been about.", position=2),
        passage("Peace in Kosovo is what we want, and it is what all of our partners want as well.", position=3),
    )
    assert shown.quote.text.endswith("want as well.")


def test_an_anniversary_is_shown_even_where_no_quote_stands_alone(tmp_path: Path) -> None:
    shown = _anniversary(tmp_path, passage("Thank you.", formula=True), passage("And that is why.", position=1))
    assert shown.quote.text == "And that is why."


def test_a_document_of_formulas_has_no_anniversary(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("Thank you.", formula=True)) as made:
        assert Search(made).on_this_day(Day(2, 7, None, "7 February"), today=TODAY) == ()


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (document(title="T", kind="interview", outlet="Libero"), "Interview with Libero: T"),
        (document(title="T", kind="live blog", outlet="RT"), "Live blog (RT): T"),
        (document(title="T", kind=None, outlet=None), "Text: T"),
        (
            document(title="T", kind="remarks", outlet="RT", dated=Dated.PUBLICATION),
            "Remarks (RT), published that day: T",
        ),
    ],
)
def test_an_occasion_is_told_on_one_line(made: Document, line: str) -> None:
    assert occasion(made) == line


def _anniversary(folder: Path, *passages: Passage) -> OnThisDay:
    with make_archive(folder, *passages) as made:
        [found] = Search(made).on_this_day(Day(2, 7, None, "7 February"), today=TODAY)
    return found


def test_what_shows_a_quote_reads_no_list_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = "Russia hopes that the talks in Geneva will bring a political settlement to Syria."
    with make_archive(tmp_path, passage(alone, id="p1")) as made:
        monkeypatch.setattr(Archive, "documents", lambda _: pytest.fail("all documents were read"))
        search = Search(made)
        assert search.quote("p1") == search.random(random.Random(0))  # noqa: S311
        assert search.quote("p1").document.id == "talk"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("war by:putin", "Nobody named “putin” speaks here"),
        ("war source:pravda", "No document here is called “pravda”"),
        ("war year:1999", "No document here is of 1999"),
        ("war 1990..1995", "No document here is from 1990 to 1995"),
        ("war 2030..", "No document here is from 2030 on"),
        ("war year:..1999", "No document here is to 1999"),
        ("war -year:..2100", "All that is here is left out"),
        ("war -no", "Only what is left out has “war”"),
        ("war year:1999 -year:1999", "No document here is of 1999"),
    ],
)
def test_what_narrows_a_search_to_nothing_is_told_in_words(tmp_path: Path, typed: str, why: str) -> None:
    with make_archive(tmp_path, passage("No war.")) as archive:
        results = Search(archive).find(typed)

    assert not results.quotes
    assert reasons(results.unmet) == (why,)
    assert results.missing == ()
