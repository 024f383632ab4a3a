from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.digest import Edition
from bot.editions import Editions, edition_of
from bot.markup import plain
from bot.settings import Settings
from store.archive import Archive
from store.model import DatedMention, Passage, Rhythm
from store.search import Search
from tests.builders import document, make_archive, passage, subscription, write_archive

DAY = dt.date(2026, 12, 28)
TALK = document(date=dt.date(2017, 12, 28), outlet="Interfax")
SYRIA = passage("We want a political settlement in Syria, as the resolution of the Council has it.")
IRAN = passage("We want the agreement with Iran to be kept by everybody who put a name under it.")
ASKED = passage("We want peace above all, and we have said so at every meeting of this year.", question="And Syria?")


def editions(archive: Archive) -> Editions:
    return Editions(Search(archive), archive)


def words(*wanted: str, unwanted: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return wanted, unwanted


def test_wanted_sharedchoose_among_the_quotes_of_the_day(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA, IRAN, ASKED, documents=[TALK]) as archive:
        of = editions(archive)
        for wanted, said in (("syria", SYRIA), ("iran", IRAN), ("iranian", None)):
            [piece] = of.digest(Edition(DAY, 1, words(wanted))).pieces
            if said is not None:
                assert piece.quote.passage.id == said.id
                assert piece.falls
                assert wanted in piece.quote.matched


def test_unwanted_sharedleave_a_quote_out_but_not_its_day(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA, IRAN, documents=[TALK]) as archive:
        of = editions(archive)
        [piece] = of.digest(Edition(DAY, 1, words(unwanted=("syria",)))).pieces
        assert (piece.quote.passage.id, piece.falls is not None) == (IRAN.id, True)
        assert not of.digest(Edition(DAY, 1, words(unwanted=("iran", "syria")))).pieces


def test_a_word_that_only_others_stand_for_chooses_these_and_not_everything(settings: Settings) -> None:
    """Nobody speaks of Berlin by its name: its government is what Germany says."""
    with Archive.open(settings.data / "archive.db") as archive:
        among = Search(archive).choice(("berlin",), ()).among or frozenset()
        held = [archive.passage(one) for one in among]
    assert held
    assert all("german" in f"{passage.question} {passage.text}".casefold() for passage in held)


def test_a_word_that_nobody_says_costs_no_anniversary(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA, IRAN, documents=[TALK]) as archive:
        composed = editions(archive).composed(Edition(DAY, 1, words("zanzibar")), past=False)
        assert composed is not None
        assert composed.exact
        said = plain(composed.reply.html)
        assert said.startswith("On this day, Monday, 28 December\nNobody here speaks of “zanzibar” yet.\n\n9 years ago")


def test_sharedthat_are_only_said_beside_unwanted_ones_are_not_said_to_be_unsaid(tmp_path: Path) -> None:
    both = passage("We spoke of Syria and of the sanctions at length, as the Council had asked us to do.")
    other = document("other", date=dt.date(2018, 3, 1))
    with make_archive(tmp_path, both, IRAN, documents=[TALK, other]) as archive:
        of = editions(archive)
        for day, begin in ((DAY, "On this day"), (dt.date(2026, 12, 29), "From the archive")):
            composed = of.composed(Edition(day, 1, words("syria", unwanted=("sanctions",))), past=False)
            assert composed is not None
            assert composed.passages == (IRAN.id,)
            said = plain(composed.reply.html)
            assert said.startswith(begin)
            assert "o quote here speaks of “syria” without the words that you don’t want" in said
            assert "nobody" not in said.lower()


def test_a_day_with_an_anniversary_uses_up_no_quote_of_a_word_that_nobody_says(tmp_path: Path) -> None:
    later = document("other", date=dt.date(2018, 3, 1))
    subjects = ("Syria", "Libya", "Yemen")
    said = [
        passage(f"We want a political settlement in {one}, as the Council has it.", document="other")
        for one in subjects
    ]
    with make_archive(tmp_path, IRAN, *said, documents=[TALK, later]) as archive:
        of = editions(archive)
        days = (DAY - dt.timedelta(1), DAY + dt.timedelta(1), DAY + dt.timedelta(2), DAY + dt.timedelta(3))
        shown = [of.digest(Edition(day, 1, words("zanzibar"))).pieces[0].quote.passage.id for day in days]
        assert len(set(shown)) == len(shown)


def test_a_day_whose_quotes_are_all_unwanted_is_not_said_to_have_none(tmp_path: Path) -> None:
    peace = passage("We want peace above all, and we have said so at every meeting of this year.", document="other")
    with make_archive(tmp_path, SYRIA, peace, documents=[TALK, document("other", date=dt.date(2018, 3, 1))]) as archive:
        composed = editions(archive).composed(Edition(DAY, 1, words(unwanted=("syria",))), past=False)
        assert composed is not None
        assert "Nothing without the words that you don’t want falls on Monday, 28 December." in plain(
            composed.reply.html
        )


def test_an_event_is_chosen_by_the_same_words(tmp_path: Path) -> None:
    talk = document(date=dt.date(2018, 3, 1))
    mentions = {one.id: [DatedMention(dt.date(2017, 12, 28), "28 December", 0)] for one in (SYRIA, IRAN)}
    with make_archive(tmp_path, SYRIA, IRAN, documents=[talk], mentions=mentions) as archive:
        of = editions(archive)
        assert len(of.digest(Edition(DAY)).pieces) == 2
        [piece] = of.digest(Edition(DAY, 1, words("syria"))).pieces
        assert piece.quote.passage.id == SYRIA.id


@pytest.mark.parametrize(
    ("wanted", "expected", "about"), [("syria", SYRIA, True), ("peace", ASKED, True), ("zanzibar", None, False)]
)
def test_a_day_with_nothing_has_a_quote_by_the_words(
    tmp_path: Path, wanted: str, expected: Passage | None, *, about: bool
) -> None:
    with make_archive(tmp_path, SYRIA, IRAN, ASKED) as archive:
        of = editions(archive)
        chosen = of.digest(Edition(DAY, 1, words(wanted)))
        [piece] = chosen.pieces
        assert chosen.about is about
        assert not chosen.exact
        assert expected is None or piece.quote.passage.id == expected.id
        assert of.unsaid((wanted, "iran")) == (() if about else (wanted,))


def test_sharedwith_a_slip_are_those_of_the_archive(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA, IRAN) as archive:
        of = editions(archive)
        assert of.corrected(("syira", "iran")) == (("syira", "syria"),)
        assert of.unsaid(("syira",)) == ()
        [piece] = of.digest(Edition(DAY, 1, words("syira"))).pieces
        assert piece.quote.passage.id == SYRIA.id


def test_the_sharedof_a_phrase_are_corrected_together_or_not_at_all(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA, IRAN, documents=[TALK]) as archive:
        of = editions(archive)
        assert of.corrected(("politcal settlement", "iran")) == (("politcal settlement", "political settlement"),)
        assert of.unsaid(("politcal settlement",)) == ()
        for blank in ("political settle ment", "politicalsettlement"):
            assert of.corrected((blank,)) == ((blank, "political settlement"),)
            assert of.unsaid((blank,)) == ()
        for apart in ("settlement politcal", "politcal resolution"):
            assert of.corrected((apart,)) == ()
            assert of.unsaid((apart,)) == (apart,)


@pytest.mark.parametrize(
    ("typed", "called"),
    [("Syria", "Syria"), ("SYIRA", "syria"), ("Politcal settlement", "political settlement")],
)
def test_a_digest_is_headed_by_the_sharedthat_were_used(tmp_path: Path, typed: str, called: str) -> None:
    with make_archive(tmp_path, SYRIA, IRAN) as archive:
        composed = editions(archive).composed(Edition(DAY, 1, words(typed.lower()), (typed,)), past=False)
        assert composed is not None
        assert plain(composed.reply.html).startswith(f"From the archive, about “{called}”\n")


def test_where_nothing_that_stands_alone_has_the_sharedanother_passage_does(tmp_path: Path) -> None:
    tied = passage("And that is why they left Zanzibar.")
    with make_archive(tmp_path, SYRIA, tied) as archive:
        [piece] = editions(archive).digest(Edition(DAY, 1, words("zanzibar"))).pieces
        assert piece.quote.passage.id == tied.id


def test_text_that_is_added_is_in_the_next_digest(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA) as archive:
        of = editions(archive)
        assert not of.digest(Edition(DAY)).exact
        write_archive(tmp_path / "archive.db", IRAN, documents=[TALK])
        composed = of.composed(Edition(DAY), past=False)
        assert composed is not None
        assert composed.exact
        assert "9 years ago today, to Interfax" in plain(composed.reply.html)
        assert composed.passages == (IRAN.id,)


def test_an_edition_is_composed_once(tmp_path: Path) -> None:
    with make_archive(tmp_path, SYRIA, IRAN) as archive:
        of = editions(archive)
        assert of.composed(Edition(DAY), past=False) is of.composed(Edition(DAY), past=False)
        assert of.composed(Edition(DAY), past=True) is not of.composed(Edition(DAY), past=False)


def test_an_empty_archive_has_no_digest(tmp_path: Path) -> None:
    with make_archive(tmp_path) as archive:
        assert editions(archive).composed(Edition(DAY), past=False) is None


@pytest.mark.parametrize(("rhythm", "length"), [(Rhythm.DAILY, 1), (Rhythm.WEEKDAYS, 3), (Rhythm.WEEKLY, 7)])
def test_the_edition_of_a_subscription_covers_its_days_and_shares_its_words(rhythm: Rhythm, length: int) -> None:
    now = dt.datetime(2026, 12, 28, tzinfo=dt.UTC)
    one = subscription(now, rhythm=rhythm, wanted=("iran", "Syria"), unwanted=("Arms  control",))
    shared = (("iran", "syria"), ("arms control",))
    assert edition_of(one, DAY) == Edition(DAY, length, shared, ("iran", "Syria"))
