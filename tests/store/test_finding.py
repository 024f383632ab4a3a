"""What people type and what they get, through the whole of it: the real seeds, and small archives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store.aliases import Aliases, Thing, read
from store.archive import Archive
from store.ingest.run import run
from store.model import Counted, Filter, Results
from store.search import Search
from store.whose import found_in
from store.writer import ArchiveWriter
from tests.builders import document, make_archive, passage, write_archive

pytestmark = pytest.mark.usefixtures("each_road")

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory, each_road: None) -> Iterator[Search]:  # noqa: ARG001 - comes first
    path = tmp_path_factory.mktemp("seeds") / "archive.db"
    run(SEEDS, path)
    with Archive.open(path) as archive:
        yield Search(archive)


def texts(results: Results) -> list[str]:
    return [quote.passage.text for quote in results.quotes]


def found(folder: Path, typed: str, *said: str) -> list[str]:
    with make_archive(folder, *map(passage, said)) as archive:
        return texts(Search(archive).find(typed))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Сирия", "syria"),
        ("в Сирии", "syria"),
        ("сирийцы", "syria"),
        ("Türkei", "turkey"),
        ("中国", "china"),
        ("Vereinigte Staaten", "us"),
        ("Франция", "france"),
        ("Германии", "germany"),
        ("Женева", "geneva"),
        ("Москва", "moscow"),
        ("в Крыму", "crimea"),
        ("Корее", "korea"),
        ("Kanadier", "canada"),
        ("Киев", "kiev"),  # for GeoNames it is Kyiv
        ("Луганск", "lugansk"),
        ("Токио", "tokyo"),  # here it begins sentences alone
        ("Burma talks in Ουκρανία", "ukraine"),
        ("संयुक्त राज्य", "us"),  # to the index, a word of it is pieces, and one of these comes twice
        ("अफ़गानिस्तान", "afghanistan"),
        ("ಅಫಘಾನಿಸ್ಥಾನ", "afghanistan"),
        ("war in അമേരിക്കൻ ഐക്യനാടുകൾ", "us"),
        ("an Ghearmáin", "germany"),  # "an" is no word of English there
        *(("فلسطين", "palestin"), ("巴勒斯坦", "palestin"), ("Filistin", "palestin"), ("ФРГ", "german")),
    ],
)
def test_places_and_peoples_are_found_in_other_languages(search: Search, typed: str, said: str) -> None:
    assert said in " ".join(word for quote in search.find(typed).quotes for word in quote.matched)


@pytest.mark.parametrize("typed", ["elon", "Elon Musk", "irina", "rouhani"])
def test_a_name_is_no_slip_in_what_a_country_is_called_somewhere(search: Search, typed: str) -> None:
    assert search.find(typed).quotes == ()


@pytest.mark.parametrize(
    ("typed", "said"), [("Deutshland", "germany"), ("alemagne", "germany"), ("Griechenlnd", "greece")]
)
def test_a_slip_in_what_a_country_is_called_elsewhere_is_told(search: Search, typed: str, said: str) -> None:
    results = search.find(typed)
    assert results.quotes
    assert results.corrected == ((typed.lower(), said),)


@pytest.mark.parametrize(
    ("typed", "said"), [("turkey", "turkish"), ("ukraine", "ukrainian"), ("italy", "italian"), ("germany", "german")]
)
def test_a_country_is_found_by_its_people_whatever_its_name_is_elsewhere(search: Search, typed: str, said: str) -> None:
    assert said in {word for quote in search.find(typed, limit=20).quotes for word in quote.matched}


@pytest.mark.parametrize("typed", ["zebra", "golf", "wine", "опера", "Kroatien", "алеппо", "stalin", "salem"])
def test_nothing_is_found_of_what_nobody_spoke_of(search: Search, typed: str) -> None:
    results = search.find(typed)
    assert (results.quotes, results.total) == ((), 0)
    assert results.missing


def test_words_of_other_articles_on_the_page_are_not_found(search: Search) -> None:
    assert search.find("bellingcat").quotes == ()


@pytest.mark.parametrize(("typed", "said"), [("defense", "defence"), ("normalize", "normalise"), ("fight", "fought")])
def test_spellings_and_irregular_forms_are_one(tmp_path: Path, typed: str, said: str) -> None:
    assert found(tmp_path, typed, f"They {said} it.") == [f"They {said} it."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nordstream", "Nord Stream goes on."),
        ("cyber space", "In cyberspace."),
        ("non proliferation", "Nonproliferation."),
    ],
)
def test_words_written_together_and_apart_are_one(tmp_path: Path, typed: str, said: str) -> None:
    assert found(tmp_path, typed, said, "Something else is said here.") == [said]


def test_what_is_written_in_both_ways_is_found_in_both(tmp_path: Path) -> None:
    both = ("An antiterrorist front.", "An anti-terrorist coalition.")
    assert set(found(tmp_path, "antiterrorist", *both)) == set(both)


def test_a_slip_in_the_singular_of_what_is_said_in_the_plural(tmp_path: Path) -> None:
    assert found(tmp_path, "skirpal", "The Skripals left.") == ["The Skripals left."]
    assert found(tmp_path, "activiyt", "All activities end.") == ["All activities end."]
    assert found(tmp_path, "activitise", "All activities end.") == ["All activities end."]


def test_a_real_word_is_corrected_only_with_its_neighbour(tmp_path: Path) -> None:
    assert found(tmp_path, "untied states", "The united states of it.") == ["The united states of it."]
    assert found(tmp_path, "golf", "The gulf is deep.") == []


@pytest.mark.parametrize(("typed", "said"), [("brothels", "A brother."), ("girth", "By birth."), ("dearth", "Death.")])
def test_a_real_word_that_is_rather_rare_is_no_slip_either(tmp_path: Path, typed: str, said: str) -> None:
    assert found(tmp_path, typed, said) == []


def test_of_a_word_of_english_that_nobody_said_only_the_likeliest_slips_are_forgiven(tmp_path: Path) -> None:
    assert found(tmp_path, "tody", "We met today.") == ["We met today."]
    assert found(tmp_path, "fettle", "They settle it.") == []
    assert found(tmp_path, "copulate", "At the consulate.") == []


def test_what_stands_beside_a_slip_tells_which_word_was_meant(tmp_path: Path) -> None:
    said = ("The break came.", "On the brink of it.")
    assert found(tmp_path, "brenk", *said)[0] == said[1]
    assert found(tmp_path, "brenk came", *said)[0] == said[0]
    assert found(tmp_path, "brenk of it", *said)[0] == said[1]


def test_two_letters_in_each_others_place_are_one_slip_where_nothing_is_nearer(tmp_path: Path) -> None:
    assert found(tmp_path, "sirya", "Syria is at peace.") == ["Syria is at peace."]
    assert found(tmp_path, "sirya", "Syria is at peace.", "Siraya is at peace.") == ["Siraya is at peace."]


def test_abbreviation_and_long_form_find_each_other_once_a_text_explains_them(tmp_path: Path) -> None:
    said = ("The Collective Security Treaty Organisation (CSTO) met.", "The CSTO agreed.", "Nobody agreed.")
    for typed in ("csto", "collective security treaty organization"):
        assert set(found(tmp_path, typed, *said)) == set(said[:2])


def test_a_person_is_found_by_surname_whatever_the_title(tmp_path: Path) -> None:
    said = ("President Vladimir Putin spoke.", "Putin left.", "Vladimir stayed; the president too.")
    for typed in ("putin", "president putin", "Vladimir Putin", "mr putin"):
        assert set(found(tmp_path, typed, *said)[:2]) == set(said[:2])


def test_a_place_and_its_adjective_find_each_other(tmp_path: Path) -> None:
    assert found(tmp_path, "crimea", "The Crimean bridge.") == ["The Crimean bridge."]
    assert found(tmp_path, "crimean", "It is in Crimea.") == ["It is in Crimea."]


def test_a_number_in_words_is_its_figure(tmp_path: Path) -> None:
    for typed in ("nord stream two", "nord stream seven", "seven"):
        figure = "7" if typed.endswith("seven") else "2"
        [first, *_] = results(tmp_path, typed, (), f"Nord Stream {figure} is built.", "Two came.").quotes
        assert figure in first.passage.text
        assert not first.partial
    assert results(tmp_path, "nord stream nine", (), "Nord Stream 2 is built.").missing == ("nine",)


@pytest.mark.parametrize(
    ("typed", "another"),
    [
        ("university", "Universal, universal, universal."),
        ("extremism", "Extremely, extremely, extremely late."),
        ("communism", "Communication, communication, communication."),
        ("integration", "Integrity, integrity, integrity."),
        ("international", "Internal, internal, internal."),
    ],
)
def test_another_word_of_the_stem_comes_after_the_word_itself(tmp_path: Path, typed: str, another: str) -> None:
    said = f"They say, at the end of what is otherwise something else, a little of {typed}."
    assert found(tmp_path, typed, another, said) == [said, another]


def test_a_people_says_it_as_outright_as_the_name_of_its_country(search: Search) -> None:
    results = search.find("canada", limit=3)
    first, second, *_ = (quote.passage for quote in results.quotes)
    assert "potential Canadian role" in first.text
    assert "United States and Canada" in second.text


def test_aliases_hold_from_the_build_that_takes_them_in(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("The EAEU grows."), passage("Trade grows.", position=1))
    thing = Thing(("eaeu", "eurasian union"), (), ("trade bloc",))
    for things, number in (((thing,), 1), ((), 0)):
        with ArchiveWriter(path) as writer:
            writer.call(None, Aliases(things))
            writer.commit()
        with Archive.open(path) as archive:
            assert len([text for text in texts(Search(archive).find("eurasian union")) if "EAEU" in text]) == number
            assert ("The EAEU grows." in texts(Search(archive).find("trade bloc"))) == bool(number)


def told(folder: Path, typed: str, things: tuple[Thing, ...], *said: str) -> list[str]:
    """Return what is found in an archive that holds this, one passage each, and knows of these things."""
    return texts(results(folder, typed, things, *said))


def results(folder: Path, typed: str, things: tuple[Thing, ...], *said: str) -> Results:
    """Return the same with all that is told of it."""
    path = folder / "archive.db"
    write_archive(path, *(passage(text, position=at) for at, text in enumerate(said)))
    with ArchiveWriter(path) as writer:
        writer.call(None, Aliases(things))
        writer.commit()
    with Archive.open(path) as archive:
        return Search(archive).find(typed)


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("oil prices", ("prices",)),  # of oil and of costs is spoken, but not of what oil costs
        ("gas prices", ()),
        ("prices", ()),
    ],
)
def test_other_words_for_a_word_are_no_answer_where_they_never_meet_the_rest(
    tmp_path: Path, typed: str, missing: tuple[str, ...]
) -> None:
    cost = Thing((), ("prices", "cost"))
    answer = results(tmp_path, typed, (cost,), "They ship oil.", "The cost of gas.")
    assert answer.missing == missing
    assert {quote.partial for quote in answer.quotes} == {bool(missing)}


@pytest.mark.parametrize(
    ("typed", "said", "apart"),
    [
        ("shooting at school", ("He left school.", "They are shooting."), False),  # one thought goes on
        ("school shooting", ("He left school.", "They are shooting."), True),  # but one name does not
        ("school shooting", ("He left school.", "No more of that.", "They are shooting."), True),
        ("school shooting", ("He left school.", "There is a war.", "They are shooting."), True),  # "war" is much else
        ("school shooting", ("The school was in a war.", "No.", "They are shooting."), False),
        ("school shooting", (f"The school was shut. {'So it is. ' * 7}A war.", "No.", "They are shooting."), True),
        ("school shooting", (f"The school was shut. {'So it is. ' * 7}There was shooting.", "No."), True),
        ("school shooting", ("The school was shut. There was shooting.", "No."), False),
        ("batting eyelash", ("Without batting an eye.", "No.", "An eyelash."), True),
        ("without batting an eyelash", ("Without batting an eye.", "No.", "An eyelash."), False),  # as remembered
        (
            "peace in school",
            ("School.", "No.", *(f"Peace, {n}." for n in range(20))),
            False,
        ),  # there is peace everywhere
        ("school peace", ("School.", "No.", *(f"Peace, {n}." for n in range(20))), True),
        ("school shooting peace", ("A school shooting.", "No.", *(f"Peace, {n}." for n in range(20))), True),
        ("school shooting and peace", ("A school shooting.", "No.", *(f"Peace, {n}." for n in range(20))), False),
        ("school", ("There is a war.", "He left school."), False),
        ("school 2014", (f"In 2014 there was a coup. {'So it is. ' * 7}School.", "No."), False),  # no name of a thing
        ("2014 school", (f"In 2014 there was a coup. {'So it is. ' * 7}School.", "No."), False),
        ("school 2014", ("In 2014 there was a coup.", "No.", "School."), True),
        ("school 2254", (f"In 2254 there was a coup. {'So it is. ' * 7}School.", "No."), True),
    ],
)
def test_words_that_are_said_but_never_together_make_an_answer_partial(
    tmp_path: Path, typed: str, said: tuple[str, ...], *, apart: bool
) -> None:
    answer = results(tmp_path, typed, (Thing((), ("shooting", "war")),), *said)
    assert answer.missing == ()
    assert bool(answer.apart) == apart
    assert {quote.partial for quote in answer.quotes} == {apart}


@pytest.mark.parametrize(
    ("typed", "said", "apart", "elsewhere", "otherwise"),
    [
        ("friends partners", ("Our allies came.", "He has friends.", "Or partners."), True, (), ()),
        ("not friends but partners", ("Our allies came.", "He has friends.", "No.", "Or partners."), True, (), ()),
        ("friends and partners", ("Our allies came, and partners.", "He has friends."), False, ("friends",), ()),
        ("friends and partners", ("Our allies came, and partners, and friends.",), False, (), ()),
        ("field exercises", ("The drills began.", "A field.", "No exercises."), False, (), ("field exercises",)),
        ("field exercises", ("The drills began.", "Field exercises."), False, (), ()),
    ],
)
def test_one_word_stands_for_two_only_where_these_are_one_name(
    tmp_path: Path,
    typed: str,
    said: tuple[str, ...],
    *,
    apart: bool,
    elsewhere: tuple[str, ...],
    otherwise: tuple[str, ...],
) -> None:
    things = (
        Thing((), ("friends", "allies")),
        Thing((), ("partners", "allies")),
        Thing((), ("field exercises", "drills")),
    )
    answer = results(tmp_path, typed, things, *said)
    assert bool(answer.apart) == apart
    assert sorted(answer.elsewhere) == sorted(elsewhere)
    assert answer.otherwise == otherwise


def test_what_speaks_of_the_thing_comes_before_what_only_has_its_words(tmp_path: Path) -> None:
    said = f"The field, the field of grass. {'It went on and on. ' * 7}He exercises, and exercises, and exercises."
    things = (Thing((), ("field exercises", "drills")),)
    answer = results(tmp_path, "field exercises", things, said, "Much later, and far away, the drills began.")
    assert [text[:4] for text in texts(answer)] == ["Much", "The "]
    assert answer.otherwise == ("field exercises",)


@pytest.mark.parametrize(
    ("typed", "said", "apart"),
    [
        ("what of the future of schools and hospitals in the eu", "Schools and hospitals have a future.", True),
        (
            "what of the future of schools and hospitals in the eu",
            "In the European Union, schools and hospitals.",
            True,
        ),
        ("what of the schools and hospitals in the eu", "The EU has a future for schools and hospitals.", False),
        ("schools hospitals future eu doctors", "Schools of the EU, and hospitals, have a future.", True),
        ("the future of the eu and its doctors and schools", "The future of the sea, of doctors and schools.", True),
        ("the future of the eu and its doctors", "The future of the EU and its schools.", False),  # as remembered
    ],
)
def test_of_many_words_none_that_matters_may_be_lacking(tmp_path: Path, typed: str, said: str, *, apart: bool) -> None:
    others = ("The EU is far.", "It was so.", "Doctors came.", "No.", "Of the future.")
    answer = results(tmp_path, typed, (Thing(("EU", "European Union")),), said, "Nothing.", *others)
    assert bool(answer.apart) == apart


def test_us_is_the_country_where_that_says_more_of_what_was_typed(tmp_path: Path) -> None:
    said = ("The US and China have trade.", "No.", "A war.", "Nothing.", "China.", "It is nothing.", "Trade.")
    answer = results(tmp_path, "us china trade war", (Thing(("US", "America")),), *said)
    assert sorted(answer.apart) == ["china", "trade", "us", "war"]
    assert texts(answer)[0] == said[0]


@pytest.mark.parametrize(
    ("typed", "missing", "total"),
    [
        ("Kim Jong Un", ("kim", "jong"), 0),  # of whom "UN" says nothing
        ("kim jong-un syria", ("kim", "jong"), 1),
        ("Kim Jong Il", ("kim", "jong"), 0),  # "il" is a function word of another language
        ("boris johnson", ("johnson",), 1),  # "Boris" may be he
        ("long march", ("march",), 0),
        ("jong", (), 1),  # a slip by itself
        ("un", (), 1),
        ("opec", ("opec",), 0),  # no slip in "open"
        ("OPEC Syria", ("opec",), 1),
        ("opek", (), 1),  # not in what nobody speaks of
        ("vice presidancy", (), 1),  # an office tells of nobody who held it
        ("israeli settlement", (), 1),  # a name too, but each of its words is another name of what is spoken of
    ],
)
def test_a_name_of_which_nobody_speaks_is_nothing_else(
    tmp_path: Path, typed: str, missing: tuple[str, ...], total: int
) -> None:
    things = (
        Thing(("kim jong un",)),
        Thing(("opec", "organisation of the petroleum exporting countries")),
        Thing(("israeli settlement", "israeli outpost")),
        Thing(("israeli", "israel")),
        Thing(("boris johnson",)),
        Thing(("long march",)),
        Thing(("vice president pence",)),
    )
    told = ("A settlement with Israel.", "He told Boris so.", "The vice presidency is his.")
    said = ("It took long in Syria.", "The UN is open.", *told)
    answer = results(tmp_path, typed, things, *said)
    assert (answer.missing, answer.total) == (missing, total)


@pytest.mark.parametrize(
    ("typed", "found"), [("carbon", ["Carbon is in it."]), ("carbón", ["Carbon is in it.", "Coal is black."])]
)
def test_a_word_that_is_said_is_none_of_another_language_that_is_so_without_accents(
    tmp_path: Path, typed: str, found: list[str]
) -> None:
    things = read('[[thing]]\nnames = ["coal", "carbón"]\n').things
    said = ("Carbon is in it.", "Coal is black.")
    assert texts(results(tmp_path, typed, things, *said)) == found


@pytest.mark.parametrize(
    ("names", "typed", "said"),
    [
        (("Uighurs", "Uyghurs"), "uyghurs", "An Uighur spoke."),  # in the singular
        (("Uyghurs", "Uighur"), "uyghurs", "The Uighurs spoke."),
        (("Norse Organisation", "Vikings"), "vikings", "The Norse Organization met."),
        (("Defense of the Realm", "Dora"), "dora", "The Defence of the Realm is law."),
        (("UN Charter", "Basic Charter"), "basic charter", "The United Nations Charter is law."),
    ],
)
def test_a_name_is_known_in_other_forms_and_spellings(
    tmp_path: Path, names: tuple[str, ...], typed: str, said: str
) -> None:
    listed = "\n".join(f"[[thing]]\nnames = {[*some]}" for some in (names, ("United Nations", "UN")))
    assert texts(results(tmp_path, typed, read(listed).things, said, "Nothing.")) == [said]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ets", ["The ETS cap.", "An Emissions Trading Scheme."]),
        ("emissions trading scheme", ["An Emissions Trading Scheme.", "The ETS cap."]),
        ("fta", ["An FTA soon.", "It is a free trade agreement."]),
        # Words in lower case are sought by themselves too.
        ("free trade agreement", ["It is a free trade agreement.", "An FTA soon.", "Trade is in that agreement."]),
    ],
)
def test_an_abbreviation_finds_what_it_is_short_for_in_the_same_document(
    tmp_path: Path, typed: str, found: list[str]
) -> None:
    said = ("The ETS cap.", "An Emissions Trading Scheme.", "It is a free trade agreement.", "Nothing of it.")
    answer = results(tmp_path, typed, (), *said, "An FTA soon.", "Trade is in that agreement.", "Nobody was there.")
    assert texts(answer) == found


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("15 January 2018", date(2018, 1, 15), date(2018, 1, 15)),
        ("january 2018 syria", date(2018, 1, 1), date(2018, 1, 31)),
        ("Syrien 28. Dezember 2017", date(2017, 12, 28), date(2017, 12, 28)),
        ("syria 2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("what was said about nato in 2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("iran 2017-2018", date(2017, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_day_or_a_month_typed_is_looked_at_alone(search: Search, typed: str, first: date, last: date) -> None:
    results = search.find(typed, limit=100)
    assert results.days == (first, last)
    assert len(results.quotes) == results.total > 1
    assert all(first <= quote.document.date <= last for quote in results.quotes)
    assert not any(quote.partial for quote in results.quotes)
    assert search.find(typed, limit=2, offset=1).quotes == results.quotes[1:3]


@pytest.mark.parametrize("typed", ["14 January 2018", '"15 January 2018"', "january 2018 zebra", "march 2014 crimea"])
def test_a_day_of_which_nothing_here_answers_is_words(search: Search, typed: str) -> None:
    assert search.find(typed).days is None
    assert all(quote.partial for quote in search.find(typed).quotes)


def test_a_year_in_remembered_wording_is_a_word_of_it(search: Search) -> None:
    results = search.find("in 2018 we will continue to focus on the uncompromising fight")
    assert results.days is None
    assert results.quotes[0].passage.text.startswith("In 2018, we will continue to focus on the uncompromising fight")


def test_years_up_to_one_are_looked_at_alone(search: Search) -> None:
    results = search.find("..2017 nato", limit=100)
    assert results.quotes
    assert {quote.document.date.year for quote in results.quotes} == {2017}


@pytest.mark.parametrize(
    ("typed", "said", "matched"),
    [
        ("hobby", "And now my friends and family.", ("friends", "family")),
        ("US", "They told us that the US left.", ("us",)),
        ("because of", "It is because of that.", ("because", "of")),
    ],
)
def test_what_joins_the_words_of_a_name_is_not_found(
    tmp_path: Path, typed: str, said: str, matched: tuple[str, ...]
) -> None:
    things = (Thing((), ("hobby", "friends and family")),)
    assert results(tmp_path, typed, things, said).quotes[0].matched == matched


@pytest.mark.parametrize(
    ("typed", "said"), [("🇩🇪", "germany"), ("🇺🇸🇷🇺", "united states russia"), ("🇸🇾war", "syria war")]
)
def test_a_flag_is_the_name_of_its_country(search: Search, typed: str, said: str) -> None:
    assert search.find(typed).quotes == search.find(said).quotes != ()


@pytest.mark.parametrize("typed", ["🇰🇮", "🇿🇿", "🇩"])
def test_a_flag_of_which_nobody_speaks_finds_nothing(search: Search, typed: str) -> None:
    assert search.find(typed).quotes == ()


def test_the_verb_of_a_question_is_no_subject(search: Search) -> None:
    never = search.find("did lavrov ever mention Gerasimov")
    assert (never.quotes, never.missing) == ((), ("gerasimov",))
    assert search.find("did lavrov ever mention syria").total == search.find("lavrov syria").total
    assert search.find("mention").quotes


def test_words_of_saying_that_only_lead_to_a_subject_are_told_and_not_looked_for(search: Search) -> None:
    led, plain = search.find("comments on syria", explain=True), search.find("syria")
    assert led.explained is not None
    assert (led.explained.idle, led.total, led.apart) == (("comments",), plain.total, ())
    of_people = search.find("russian view of nato", explain=True)
    assert of_people.explained is not None
    assert of_people.explained.idle == ("view",)


def test_talks_are_looked_for_where_nobody_is_asked(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("Peace is near."), passage("They hold talks on peace.")) as archive:
        assert "talks" in Search(archive).find("peace talks").quotes[0].text
        assert Search(archive).find("who talks about peace").total == 2


def test_an_abbreviation_has_no_words_of_its_stem(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("They use it."), passage("The US left.")) as archive:
        [term] = (counted for word, counted in explained(Search(archive), "US left") if word == "us")
    assert {one.words for one in term} == {"us"}


def explained(search: Search, typed: str) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """Return how a search was understood."""
    told = search.find(typed, explain=True).explained
    assert told is not None
    return told.words


def test_a_brief_word_of_english_is_no_name_elsewhere(search: Search) -> None:
    assert search.find("ira").quotes == ()
    assert search.find("irã").quotes


def test_another_spelling_is_taken_before_a_slip(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("It is the rule."), passage("The rouble fell.")) as archive:
        spelt = Search(archive).find("ruble")
    assert (texts(spelt), spelt.corrected) == (["The rouble fell."], ())


def test_a_weak_name_says_nothing_of_the_words_typed_that_it_lacks(tmp_path: Path) -> None:
    media = Thing(alike=("the press", "media"), wider=("press freedom",))
    said = told(tmp_path, "press freedom", (media,), "The press is there.", "Freedom of the press.", "Of the media.")
    assert said == ["Freedom of the press.", "Of the media."]


def test_a_word_that_is_asked_about_meets_the_other_one_in_the_answer(tmp_path: Path) -> None:
    said = passage("The planned elections are important.", question="What of Libya?")
    with make_archive(tmp_path, said) as archive:
        assert Search(archive).find("libya elections").apart == ()


@pytest.mark.parametrize(
    ("typed", "said", "missing", "is_another"),
    [
        ("execution", "It is an executive order.", ("execution",), True),  # one stem, and another word
        ("executed", "It is an executive order.", ("executed",), True),
        ("executed", "The execution of it.", (), False),
        ("execution syria", "It is an executive order.", ("execution", "syria"), True),
        ("universe", "He is at the university.", ("universe",), True),
        ("immigrants", "Immigration goes on.", (), False),
        ("minority", "The minorities suffer.", (), False),
        ("emergency", "The emergence of new powers.", ("emergency",), True),
        ("emergency", "In emergencies.", (), False),
        ("governments", "They govern it.", (), False),
        ("capitalism", "It is the capital.", ("capitalism",), True),
        ("deterrent", "Deterrence works.", (), False),
        ("music", "We value culture.", ("music",), False),  # of which it is one, among others
        ("folk music", "We value culture.", ("folk", "music"), False),
        ("art of speech", "We value culture.", (), False),
    ],
)
def test_what_only_comes_near_a_word_is_no_answer_to_it_alone(
    tmp_path: Path, typed: str, said: str, missing: tuple[str, ...], *, is_another: bool
) -> None:
    culture = Thing((), ("culture",), ("music", "art of speech"))
    answer = results(tmp_path, typed, (culture,), said, "Something else is said here.")
    assert set(answer.missing) == set(missing)
    assert {quote.partial for quote in answer.quotes} <= {bool(missing)}
    assert texts(answer) == ([] if is_another else [said])


@pytest.mark.parametrize(
    ("typed", "said"), [("Анкара", "turkey"), ("в Анкаре", "turkey"), ("北京", "beijing"), ("Исламабад", "pakistan")]
)
def test_a_capital_in_another_script_stands_for_its_country(search: Search, typed: str, said: str) -> None:
    assert said in {word for quote in search.find(typed).quotes for word in quote.matched}


@pytest.mark.parametrize("typed", ["spain", "Испания", "hungary"])
def test_of_a_country_that_nobody_names_the_capital_is_no_answer(search: Search, typed: str) -> None:
    answer = search.find(typed)
    assert (answer.quotes, answer.total, len(answer.missing)) == ((), 0, 1)
    assert {quote.partial for quote in search.find(f"{typed} nato").quotes} == {True}


@pytest.mark.parametrize("typed", ["madrid", "ankara"])
def test_a_capital_that_somebody_names_is_an_answer(search: Search, typed: str) -> None:
    assert {quote.partial for quote in search.find(typed).quotes} == {False}


def test_abbreviation_is_no_stem(search: Search) -> None:
    assert "american" not in {word for quote in search.find("useful").quotes for word in quote.matched}


def test_short_stem_has_words_that_mean_nearly_the_same(tmp_path: Path) -> None:
    answer = results(tmp_path, "cars", (Thing((), ("cars", "lorries")),), "A car came.", "So did lorries.")
    assert texts(answer) == ["A car came.", "So did lorries."]


def test_other_words_stand_for_a_word_in_their_own_forms_alone(tmp_path: Path) -> None:
    trade = Thing((), ("trade", "imports"))
    said = ("All of this is important.", "Imports of gas.")
    assert told(tmp_path, "trade", (trade,), *said) == ["Imports of gas."]


def test_a_name_is_the_same_with_of_and_without(tmp_path: Path) -> None:
    sea = Thing((), ("navigation",), ("sea law",))
    said = ("Navigation is free.", "We keep to the law.")
    assert told(tmp_path, "law of the sea", (sea,), *said) == list(said)


def test_a_word_has_its_own_other_words_within_a_longer_name_of_something_alike(tmp_path: Path) -> None:
    things = Thing((), ("worship of money", "greed")), Thing((), ("money", "cash"))
    assert set(told(tmp_path, "worship of money", things, "Greed is bad.", "Cash is good.")) == {
        "Greed is bad.",
        "Cash is good.",
    }


def test_a_word_that_nobody_said_tells_more_than_a_general_one_beside_it(tmp_path: Path) -> None:
    weather = Thing((), ("climate", "weather"))
    said = [f"A global question, number {number}." for number in range(3)]
    said += [f"The climate, in chapter {number}." for number in range(12)]
    assert told(tmp_path, "global weather", (weather,), *said)[0].startswith("The climate")


def test_frequent_words_that_mean_nearly_the_same_come_from_what_is_noted_of_them(tmp_path: Path) -> None:
    fighting = Thing((), ("combat", "war"))
    said = [f"The war, in chapter {number}." for number in range(1700)]
    best = "War, war, and again war."
    found_now = told(tmp_path, "combat", (fighting,), *said, best)
    assert found_now[0] == best
    assert len(found_now) == 5


# Operators


@pytest.fixture
def several(tmp_path: Path) -> Iterator[Search]:
    documents = (
        document("a", date=date(2017, 5, 1), outlet="RT", kind="live blog", speakers=("Ann Smith",)),
        document("b", date=date(2018, 5, 1), outlet="Interfax", kind="interview", speakers=("Bob Jones",)),
    )
    said = (
        passage("Peace in Kosovo is a space of chaos.", document="a", speaker="Ann Smith"),
        passage("Kosovo, with sanctions.", document="a", speaker="Ann Smith", position=1),
        passage("Chaos in space. Kosovo again.", document="b", speaker="Bob Jones"),
    )
    with make_archive(tmp_path, *said, documents=documents) as archive:
        yield Search(archive)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("kosovo", 3),
        ("kosovo -sanctions", 2),
        ('kosovo -"space of chaos"', 2),
        ('"space of chaos"', 1),
        ("“space of chaos”", 1),
        ('"chaos of space"', 0),
        ("kosovo by:smith", 2),
        ('kosovo by:"ann smith"', 2),
        ("kosovo by:nobody", 0),
        ("kosovo year:2018", 1),
        ("kosovo 2017..2018", 3),
        ("kosovo 2018..", 1),
        ("kosovo year:1990", 0),
        ("kosovo source:rt", 2),
        ("kosovo source:interview", 1),
        ("kosovo source:nowhere", 0),
        ("kosovo -by:smith", 1),
        ("kosovo -by:nobody", 3),
        ("kosovo -year:2018", 2),
        ("kosovo -2017..2018", 0),
        ("kosovo 2017.. -2018..", 2),
        ("kosovo -source:rt", 1),
        ("kosovo −source:interview -source:rt", 0),
        ("kosovo -source:nowhere", 3),
        ("-year:2017", 1),
        ("by:jones", 1),
        ("year:2017 -sanctions", 1),
        ("-kosovo", 0),
        ("sort:nonsense kosovo", 3),
    ],
)
def test_operators_narrow(several: Search, typed: str, count: int) -> None:
    assert len(several.find(typed, limit=50).quotes) == count


def test_the_newest_come_first_where_that_is_asked(several: Search) -> None:
    results = several.find("kosovo sort:date", limit=50)
    assert [quote.document.id for quote in results.quotes] == ["b", "a", "a"]


def test_words_in_quotation_marks_are_not_corrected(several: Search) -> None:
    assert several.find("kosvo").corrected == (("kosvo", "kosovo"),)
    verbatim = several.find('"kosvo"')
    assert (verbatim.corrected, verbatim.missing, verbatim.quotes) == ((), ("kosvo",), ())


def test_every_answer_can_explain_itself(search: Search) -> None:
    results = search.find("grmany sanctions", explain=True)
    assert results.explained is not None
    words = dict(results.explained.words)
    assert ("german", "its people") in {(one.words, one.rule) for one in words["germany"]}
    shares = dict(zip(words, results.explained.shares, strict=True))
    assert shares["germany"] > shares["sanctions"]
    assert sum(shares.values()) == pytest.approx(1)
    for quote in results.quotes:
        assert quote.score == pytest.approx(sum(results.explained.scores[quote.passage.id].values()), abs=1e-4)
    assert search.find("germany").explained is None


# What is told of words that nobody says


ARMY = (Thing((), ("army", "troops", "войска"), ("soldiers",)), Thing(("nato", "otan")))


@pytest.mark.parametrize(
    ("typed", "otherwise"),
    [
        ("army", ()),
        ("troops", ("troops",)),
        ("troops of NATO", ("troops",)),
        ("войска", ()),  # how should they
        ("OTAN", ()),  # that is its name
        ("zebra", ()),
    ],
)
def test_what_is_found_in_other_words_alone_is_told(tmp_path: Path, typed: str, otherwise: tuple[str, ...]) -> None:
    answer = results(tmp_path, typed, ARMY, "The army of NATO.", "Something else is said here.")
    assert answer.otherwise == otherwise
    assert not any(quote.partial for quote in answer.quotes)


def test_what_only_comes_near_is_told_once(tmp_path: Path) -> None:
    answer = results(tmp_path, "soldiers", ARMY, "The army of NATO.")
    assert (answer.missing, answer.otherwise) == (("soldiers",), ())


def test_words_are_told_with_the_signs_that_they_were_typed_with(search: Search) -> None:
    assert search.find("Мальтией").missing == ("мальтией",)
    assert search.find("Сергей").corrected == (("сергей", "sergey"),)


# Persons as other languages spell them


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("Лавров", "lavrov"), ("Лаврову", "lavrov"), ("Lawrow", "lavrov"), ("Lavroff", "lavrov")),
        *(("Poutine", "putin"), ("Тиллерсон", "tillerson"), ("Гутерриш", "guterres"), ("Торкунова", "torkunov")),
        ('"Лавров"', "lavrov"),  # it can't stand here as it is
        ("Абэ", "abe"),  # however short
    ],
)
def test_persons_are_found_in_other_scripts_and_spellings(search: Search, typed: str, meant: str) -> None:
    results = search.find(typed)
    assert [word for _, word in results.corrected] == [meant]
    assert meant in " ".join(word for quote in results.quotes for word in quote.matched)
    assert not results.missing


@pytest.mark.parametrize("typed", ["Макрон", "Лавра", "обман", "путана", "Sauerkraut"])
def test_nobody_is_found_by_a_word_that_is_not_a_name_here(search: Search, typed: str) -> None:
    assert search.find(typed).quotes == ()


def test_a_word_of_english_is_nobody_s_name(tmp_path: Path) -> None:
    assert found(tmp_path, "reading", "President Redding spoke.") == []
    assert found(tmp_path, "Рединг", "President Redding spoke.") == ["President Redding spoke."]


@pytest.mark.parametrize("typed", ["by:Лавров", "by:Lawrow", "by:lavrv", 'by:"Сергей Лавров"', "by:лаврова"])
def test_a_speaker_is_asked_for_by_any_spelling(search: Search, typed: str) -> None:
    results, plain = search.find(f"{typed} syria"), search.find("by:lavrov syria")
    assert results.quotes == plain.quotes
    assert {word for _, word in results.corrected} <= {"sergey", "lavrov"}
    assert results.corrected


def test_words_of_another_script_are_excluded_as_what_they_mean(search: Search) -> None:
    assert search.find("syria -россией").total == search.find("syria -russia -russian").total
    assert search.find("syria -Лавров", limit=50).total == search.find("syria -lavrov", limit=50).total


def test_words_of_another_script_in_quotation_marks_are_found_as_without(search: Search) -> None:
    assert search.find('"россией"').quotes == search.find("россией").quotes != ()


@pytest.mark.parametrize(
    "typed", ["что сказал Лавров о Сирии", "was sagte Lawrow über Syrien", "qué dijo Lavrov sobre Siria"]
)
def test_what_stands_around_a_subject_is_left_out_in_other_languages(search: Search, typed: str) -> None:
    asked = search.find("what did Lavrov say about Syria")
    results = search.find(typed)
    assert results.total == asked.total > 0
    assert results.quotes[0].passage == asked.quotes[0].passage
    assert not any(quote.partial for quote in results.quotes)


def test_what_somebody_said_is_looked_for_among_his_own_words(tmp_path: Path) -> None:
    said = [
        passage("Parker spoke of Kosovo.", document="a", speaker="Ann Smith"),
        passage("Peace in Kosovo.", document="b", speaker="Bob Parker"),
    ]
    documents = [document("a", speakers=("Ann Smith",)), document("b", speakers=("Bob Parker",))]
    with make_archive(tmp_path, *said, documents=documents) as archive:
        search = Search(archive)
        assert texts(search.find("what did Parker say about Kosovo")) == ["Peace in Kosovo."]
        assert texts(search.find("что говорил Паркер о Kosovo")) == ["Peace in Kosovo."]
        assert len(search.find("Parker on Kosovo").quotes) == 2


@pytest.mark.parametrize("asked", ["AnnParker", "Par ker"])
def test_the_words_of_whom_a_question_asks_are_found_with_a_blank_more_or_less(tmp_path: Path, asked: str) -> None:
    said = [
        passage("Kosovo is near, said Ann Parker, and Kosovo is far.", document="a", speaker="Bob Ray"),
        passage("Peace in Kosovo.", document="b", speaker="Ann Parker"),
    ]
    documents = [document("a", speakers=("Bob Ray",)), document("b", speakers=("Ann Parker",))]
    with make_archive(tmp_path, *said, documents=documents) as archive:
        results = Search(archive).find(f"what did {asked} say about Kosovo")
        assert results.corrected
        assert texts(results) == ["Peace in Kosovo."]


@pytest.mark.parametrize("typed", ["what did Tusk say about Kosovo", "что сказал Туск о Kosovo"])
def test_of_somebody_who_does_not_speak_here_the_nearest_is_what_names_him(tmp_path: Path, typed: str) -> None:
    with make_archive(tmp_path, passage("President Tusk came to Kosovo.")) as archive:
        results = Search(archive).find(typed)
        assert results.unmet == (Filter("by", ("tusk",)),)
        assert [quote.partial for quote in results.quotes] == [True]
        assert not Search(archive).find("Tusk on Kosovo").unmet
        assert not Search(archive).find("what did Kosovo say about Tusk").unmet


# What narrows a search alone


def test_the_newest_of_all_come_where_nothing_but_that_is_asked(several: Search) -> None:
    results = several.find("sort:date")
    assert [quote.document.id for quote in results.quotes] == ["b", "a", "a"]
    assert not several.find("sort:date zebra").quotes


# Words of English that are names in other languages


@pytest.mark.parametrize("typed", ["shine", "core", "marina", '"wien"'])
def test_a_frequent_word_of_english_is_no_name_in_another_language(search: Search, typed: str) -> None:
    assert search.find(typed).quotes == ()


@pytest.mark.parametrize(("typed", "said"), [("suede", "sweden"), ("wien", "vienna"), ("Chine", "china")])
def test_a_rarer_one_is_where_nothing_else_is_found_and_that_is_said(search: Search, typed: str, said: str) -> None:
    results = search.find(typed)
    assert results.corrected == ((typed.lower(), said),)
    assert said in {word for quote in results.quotes for word in quote.matched}


@pytest.mark.parametrize(("typed", "said"), [("Suède", "sweden"), ("Corée", "korea"), ("Türkei", "turkey")])
def test_a_name_with_the_signs_of_its_language_is_meant(search: Search, typed: str, said: str) -> None:
    results = search.find(typed)
    assert results.corrected == ()
    assert said in {word for quote in results.quotes for word in quote.matched}


def test_a_speaker_s_name_is_no_place(tmp_path: Path, places_file: Path) -> None:
    path = tmp_path / "archive.db"
    said = (
        passage("It is said of Croatia.", document="a", speaker="Ann Kroatien"),
        passage("War in Croatia.", document="b"),
    )
    write_archive(path, *said, documents=[document("a", speakers=("Ann Kroatien",)), document("b")])
    with ArchiveWriter(path) as writer:
        writer.call(places_file, Aliases())
        writer.commit()
    with Archive.open(path) as archive:
        assert texts(Search(archive).find("kroatien")) == ["It is said of Croatia."]


def test_a_foreign_name_of_aliases_is_no_stem_of_english(tmp_path: Path) -> None:
    korea = (Thing(("korea", "coree"), foreign=("coree",)),)
    assert told(tmp_path, "core", korea, "In Korea.") == []
    assert told(tmp_path, "Corée", korea, "In Korea.") == ["In Korea."]


def test_a_name_of_one_word_is_no_other_word_of_its_stem(tmp_path: Path) -> None:
    people = (Thing(alike=("population", "people")),)
    assert told(tmp_path, "populism", people, "The people are many.") == []
    assert told(tmp_path, "populations", people, "The people are many.") == ["The people are many."]


def test_a_name_counts_as_it_is_typed_however_short_its_stem(tmp_path: Path) -> None:
    group = (Thing(("isis", "daesh")),)
    assert told(tmp_path, "ISIS", group, "Of Daesh.") == told(tmp_path, "isis", group, "Of Daesh.") == ["Of Daesh."]
    assert told(tmp_path, "useful", (Thing(("us", "america")),), "To America.") == []


def test_things_are_found_as_other_scripts_spell_them(tmp_path: Path) -> None:
    assert told(tmp_path, "Скрипаль", (Thing(("skripal", "salisbury case")),), "Of Skripal.") == ["Of Skripal."]


@pytest.mark.parametrize(
    ("typed", "said"), [("noth", "The north."), ("leades", "All leaders."), ("awaiing", "It is awaiting us.")]
)
def test_a_slip_that_has_the_stem_of_another_word_is_no_form_of_it(tmp_path: Path, typed: str, said: str) -> None:
    assert found(tmp_path, typed, said, "Nothing is leading us away.") == [said]


@pytest.mark.parametrize("typed", ["stopping", "lavrovs", "organized", "cities"])
def test_a_regular_form_is_no_slip(tmp_path: Path, typed: str) -> None:
    said = ("We stop. Stoping.", "Lavrov. Lavros.", "We organise. Oorganized.", "A city. Citiess.")
    with make_archive(tmp_path, *map(passage, said)) as archive:
        assert Search(archive).find(typed).corrected == ()


@pytest.mark.parametrize(
    ("typed", "meant", "corrected"),
    [
        ("buildtrust", "build trust", ("buildtrust", "build trust")),
        ("the sanc tions", "the sanctions", ("sanc tions", "sanctions")),
        ("mini sters", "ministers", ("mini sters", "ministers")),
    ],
)
def test_a_blank_too_few_or_too_many_is_put_right_and_told(
    tmp_path: Path, typed: str, meant: str, corrected: tuple[str, str]
) -> None:
    said = ("They build trust.", "Trust is what they build in society.", "The sanctions.", "Ministers.", "A mini one.")
    with make_archive(tmp_path, *map(passage, said)) as archive:
        wrong, right = (Search(archive).find(words) for words in (typed, meant))
    assert texts(wrong) == texts(right) != []
    assert wrong.corrected == (corrected,)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("push bck", "They push back."),
        ("irn deal", "The Iran deal."),
        ("cold wra", "The cold war."),
    ],
)
def test_a_word_of_three_letters_is_put_right_only_with_its_neighbour(tmp_path: Path, typed: str, said: str) -> None:
    with make_archive(tmp_path, passage(said)) as archive:
        answer = Search(archive).find(typed)
    assert (texts(answer), answer.missing) == ([said], ())
    assert found(tmp_path, next(word for word in typed.split() if len(word) == len("irn")), said) == []


def test_words_are_written_together_though_one_of_them_has_a_slip(tmp_path: Path) -> None:
    said = ("A multipolar world.", "A multi-ethnic state.")
    assert found(tmp_path, "multy polar", *said)[:1] == ["A multipolar world."]


def test_two_slips_are_forgiven_where_the_word_that_was_meant_is_long(tmp_path: Path) -> None:
    assert found(tmp_path, "teriory", "The territory.") == ["The territory."]
    assert found(tmp_path, "aphrica", "In Africa.") == ["In Africa."]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("война в Сирии", "war in syria"),
        ("Krieg in der Ukraine", "war in ukraine"),
        ("guerra en Siria", "war in syria"),
        ("санкции против России", "sanctions against russia"),
        ("нефть", "oil"),
        ("безопасности", "security"),  # bent
        ("guerre", "war"),  # no slip in a name here
        ("droits de l'homme", "human rights"),
    ],
)
def test_a_noun_of_politics_finds_in_other_languages_what_it_finds_in_english(
    search: Search, typed: str, meant: str
) -> None:
    results, english = search.find(typed), search.find(meant)
    assert (results.corrected, results.missing, results.apart) == ((), (), ())
    assert len(set(texts(results)) & set(texts(english))) > len(english.quotes) // 2


def test_a_name_of_three_letters_counts_in_lower_case_where_aliases_have_it_so(tmp_path: Path) -> None:
    words = ("oil", "нефть")
    things = (Thing(("oil", "нефть"), in_lower_case=words, foreign=("нефть",)), Thing(("cis", "снг")))
    said = ("Of oil they speak.", "They speak of the cis.")
    assert told(tmp_path, "нефть", things, *said) == [said[0]]
    assert told(tmp_path, "снг", things, *said) == []


def test_what_is_made_of_a_word_that_nobody_says_is_found(tmp_path: Path) -> None:
    answer = results(tmp_path, "ratification", (), "The treaty will be ratified.", "It was built.")
    assert texts(answer) == ["The treaty will be ratified."]
    assert (answer.missing, answer.otherwise) == ((), ("ratification",))


def test_a_name_in_the_words_typed_is_no_remembered_wording(tmp_path: Path) -> None:
    things = (Thing(("middle east", "near east")),)
    said = ("They suffer in the Middle East.", "Football is a game.", "There is peace in the Middle East.")
    assert results(tmp_path, "football in the middle east", things, *said).apart == ("football", "middle", "east")
    with Archive.open(tmp_path / "archive.db") as archive:
        assert not Search(archive).find("peace in the middle east").apart


def test_the_word_typed_is_shown_before_what_means_nearly_the_same(tmp_path: Path) -> None:
    things = (Thing((), ("grain", "corn")),)
    said = f"Of grain we spoke. {'It was a long day, and we were tired. ' * 20}Corn is dear, and corn was dear."
    [quote] = results(tmp_path, "grain", things, said).quotes
    assert quote.text.startswith("Of grain")


def test_what_is_made_of_the_same_word_comes_behind_the_word(tmp_path: Path) -> None:
    said = ("They destroyed it.", "Destruction follows.", "It was built.")
    assert told(tmp_path, "destruction", (), *said) == [said[1], said[0]]


def test_what_describes_a_thing_by_a_name_is_found_by_other_names_too(tmp_path: Path) -> None:
    described = ("iranian nuclear deal",)
    things = (Thing(("jcpoa", *described), described=described), Thing(("iran", "iranian")))
    said = ("The nuclear deal of Iran holds.", "The JCPOA holds.")
    assert set(told(tmp_path, "iranian nuclear deal", things, *said)) == {*said}


def test_a_word_given_for_one_of_english_counts_as_all_that_does(tmp_path: Path) -> None:
    words = ("war", "krieg")
    things = (Thing(("war", "krieg"), in_lower_case=words), Thing((), ("war", "confrontation")))
    assert set(told(tmp_path, "krieg", things, "A war.", "A confrontation.")) == {"A war.", "A confrontation."}


@pytest.mark.parametrize(("typed", "said"), [("syriennes", "syrian"), ("ukrainienne", "ukrainian")])
def test_peoples_are_known_by_french_endings(search: Search, typed: str, said: str) -> None:
    assert said in {word for quote in search.find(typed, limit=20).quotes for word in quote.matched}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("WFP", "We gave it to the World Food Programme."),
        ("wfp", "We gave it to the World Food Programme."),
        ("doj", "Our Justice Department defends it."),
        ("SCOTUS", "We object to it before the Supreme Court of the United States."),
        ("HHS", "It went through the Health and Human Services Department."),
    ],
)
def test_a_body_is_found_by_initials_that_no_text_says(tmp_path: Path, typed: str, said: str) -> None:
    assert found(tmp_path, typed, said, "We gave food.", "A department of ours.") == [said]


def test_a_word_of_english_stands_for_no_body(tmp_path: Path) -> None:
    assert found(tmp_path, "art", "The Act on Railway Transport passed.", "He loved his work.") == []


def test_a_word_that_aliases_translate_is_no_name_that_slips_are_heard_as(tmp_path: Path) -> None:
    things = (Thing(("tanks", "panzer"), in_lower_case=("tanks",)),)
    assert told(tmp_path, "thankss", things, "We sent tanks.", "Many thanks to all.") == ["Many thanks to all."]


def test_the_stem_of_initials_stands_for_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, "hah", "The Department of Health and Human Services acts.", "He acts.") == []


def test_an_alias_for_one_of_whom_nobody_speaks_does_not_hide_that_he_speaks_himself(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("We took the pledge.", speaker="Lula"), documents=[document(speakers=("Lula",))])
    with ArchiveWriter(path) as writer:
        writer.call(None, Aliases((Thing(("lula", "lula da silva", "лула"), foreign=("лула",)),)))
        writer.commit()
    with Archive.open(path) as archive:
        for typed in ("lula", "Лула", "Лулы"):
            assert texts(Search(archive).find(typed)) == ["We took the pledge."], typed


@pytest.mark.parametrize("typed", ["Совет Безопасности", "в Совете Безопасности", "решения Совета Безопасности"])
def test_a_name_of_several_words_is_known_in_another_case(tmp_path: Path, typed: str) -> None:
    things = (Thing(("security council", "совет безопасности"), foreign=("совет безопасности",)),)
    assert told(tmp_path, typed, things, "The Security Council met.", "Security matters.")[:1] == [
        "The Security Council met."
    ]


@pytest.mark.parametrize("typed", ["Северной Кореи", "в Северной Корее", "Соединённым Штатам"])
def test_a_country_of_several_words_is_known_in_another_case(search: Search, typed: str) -> None:
    results = search.find(typed)
    assert results.missing == ()
    assert results.quotes


@pytest.mark.parametrize(
    ("typed", "said", "number"),
    [
        ("Херсон", "They withdrew from the city of Kherson.", 1),
        ("Скрантон", "I was born in Scranton.", 1),
        ("Скрантон", "I spoke to David Scranton.", 0),
        ("Slocumhollow", "I was born in Scranton.", 0),
        ("小浜", "We thank President Obama for that.", 0),
    ],
)
def test_a_smaller_city_is_known_where_its_name_is_no_end_of_another(
    tmp_path: Path, typed: str, said: str, number: int, places_file: Path
) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage(said))
    with ArchiveWriter(path) as writer:
        writer.call(places_file, Aliases())
        writer.commit()
    with Archive.open(path) as archive:
        assert len(Search(archive).find(typed).quotes) == number


@pytest.mark.parametrize("typed", ["G20", "G-20", "G 20", "g 20 summit"])
def test_a_name_with_a_number_is_known_however_it_is_written(tmp_path: Path, typed: str) -> None:
    things = (Thing(("g20", "group of twenty")),)
    assert told(tmp_path, typed, things, "The G20 summit met.", "Some 20 men met.") == ["The G20 summit met."]


@pytest.mark.parametrize("typed", ["COP15", "COP-15", "cop 15"])
def test_letters_and_a_number_are_found_where_they_are_written_as_one(tmp_path: Path, typed: str) -> None:
    assert found(tmp_path, typed, "I was at COP15.", "Fifteen cops came.", "There were 15 men.")[:1] == [
        "I was at COP15."
    ]


@pytest.mark.parametrize(("typed", "number"), [("Ермак", 1), ("Ермака", 1), ("يرماك", 0), ("письмо", 0)])
def test_a_word_that_is_none_of_english_is_known_as_other_scripts_spell_it(
    tmp_path: Path, typed: str, number: int
) -> None:
    assert len(found(tmp_path, typed, "We heard from Andriy Yermak.", "We wrote a letter.")) == number


@pytest.mark.parametrize(("typed", "number"), [("Джейк Салливан", 1), ("Джейка Салливана", 1), ("Джилл Салливан", 0)])
def test_a_given_name_is_taken_for_the_persons_beside_it_if_it_resembles_one(
    tmp_path: Path, typed: str, number: int
) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage("We talk.", speaker="Jake Sullivan"), documents=[document(speakers=("Jake Sullivan",))])
    with ArchiveWriter(path) as writer:
        writer.call(None, Aliases())
        writer.commit()
    with Archive.open(path) as archive:
        answer = Search(archive).find(typed)
    assert len(answer.quotes) == number
    assert ("jake" in dict(answer.corrected).values()) == bool(number)


def test_a_wording_with_a_word_misremembered_is_found_among_many_with_all_its_words(tmp_path: Path) -> None:
    about = "It is late, and nothing has come of it. Many have spoken of that here, and of more."
    many = [f"Diplomats were there. {about} They deal with {n}. {about} Only facts remain." for n in range(60)]
    said = "Diplomats only work with facts."
    others = [f"They talk to {n} of those who came." for n in range(90)]
    assert found(tmp_path, "diplomats only deal with facts", *many, *others, said)[0] == said


@pytest.mark.parametrize(
    ("typed", "corrected", "missing"),
    [
        ("parliment", {"parliment": "parliament"}, ()),
        ("balistic missile", {"balistic": "ballistic"}, ()),
        ("balistic", {}, ("balistic",)),  # no name by itself
        ("balistic assembly", {}, ("balistic",)),
        ("parlimentary music", {}, ("parlimentary", "music")),
    ],
)
def test_slips_in_words_of_names_that_nobody_says_are_put_right(
    tmp_path: Path, typed: str, corrected: dict[str, str], missing: tuple[str, ...]
) -> None:
    things = (Thing(("assembly",), alike=("parliament",)), Thing(("rocket",), alike=("ballistic missile",)))
    answer = results(tmp_path, typed, things, "The assembly has voted.", "A rocket was sent.", "It is late.")
    assert (dict(answer.corrected), sorted(answer.missing)) == (corrected, sorted(missing))


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("kim jong un", {"kim", "jong"}),  # somebody says "UN"
        ("kim jon un", {"kim", "jon"}),  # a slip in a word of the name
        ("kim young un", {"kim", "young"}),  # two are another name
        ("un jon", {"jon"}),
    ],
)
def test_a_slip_in_a_name_of_which_nobody_speaks_finds_no_other_word_of_it(
    tmp_path: Path, typed: str, missing: set[str]
) -> None:
    things = (Thing(("kim jong un",)), Thing(("un", "united nations")))
    assert {*results(tmp_path, typed, things, "The UN has met.", "It is late.").missing} == missing


def test_only_what_was_found_is_marked_and_no_other_word_that_is_written_alike(tmp_path: Path) -> None:
    said = "It prevents us from trade with both states, but the United States likes trade, as US trade tells us."
    things = (Thing(("us", "united states", "america")),)
    (quote,) = results(tmp_path, "trade with america", things, said).quotes
    marked = [said[start:end] for start, end in found_in(quote)]
    assert marked == ["trade", "United", "States", "trade", "US", "trade"]


def test_a_word_of_the_question_alone_marks_nothing_in_the_answer(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage("It prevents us from trade.", question="What of the US?")) as archive:
        (quote,) = Search(archive).find("US").quotes
    assert (quote.matched, found_in(quote)) == (("us",), [])


@pytest.mark.parametrize("typed", ["war since 2015", "war vs peace", "war per year", "war via peace", "anybody at war"])
def test_nobody_is_told_that_a_function_word_is_not_spoken_of(tmp_path: Path, typed: str) -> None:
    answer = results(tmp_path, typed, (), "War in 2015, and peace in that year.", "No.")
    assert answer.quotes
    assert (answer.missing, answer.apart, answer.otherwise, answer.elsewhere) == ((), (), (), ())


def test_a_small_number_in_figures_is_found_in_words_where_it_is_said_so_alone(tmp_path: Path) -> None:
    assert found(tmp_path, "4 faculties", "We had four faculties.", "Faculties.")[0] == "We had four faculties."
    with make_archive(tmp_path / "more", *map(passage, ("We had four faculties.", "It is 4 faculties."))) as archive:
        (first, *others) = Search(archive).find("4 faculties").quotes
    assert first.passage.text == "It is 4 faculties."
    assert not any("four" in quote.matched for quote in others)


def test_an_exact_sound_of_a_speakers_name_goes_before_a_form_of_a_place(tmp_path: Path) -> None:
    said = (passage("I am for peace.", document="a", speaker="Ashraf Ghani"), passage("Of Hanoi.", document="b"))
    path = tmp_path / "archive.db"
    write_archive(path, *said, documents=[document("a", speakers=("Ashraf Ghani",)), document("b")])
    with ArchiveWriter(path) as writer:
        writer.call(None, Aliases((Thing(("hanoi", "ганои"), foreign=("ганои",)),)))
        writer.commit()
    with Archive.open(path) as archive:
        assert texts(Search(archive).find("Гани")) == ["I am for peace."]
        assert texts(Search(archive).find("Ганое")) == ["Of Hanoi."]


def test_a_decade_is_the_same_with_its_century_and_no_number(tmp_path: Path) -> None:
    said = ("It was in the 80s.", "Since the 1980s.", "He is 80.", "In the 1990s.")
    assert found(tmp_path, "80s", *said) == ["It was in the 80s.", "Since the 1980s."]
    assert found(tmp_path, "1980s", *said) == ["Since the 1980s.", "It was in the 80s."]
    assert found(tmp_path, "80", *said) == ["He is 80."]


def test_what_is_alike_is_none_where_it_only_begins_a_compound(tmp_path: Path) -> None:
    things = (Thing(alike=("bitcoin", "crypto")),)
    assert told(tmp_path, "bitcoin", things, "Our crypto-analytic service.", "Of crypto.") == ["Of crypto."]
    assert told(tmp_path, "bitcoin", things, "The pro-crypto party.") == ["The pro-crypto party."]
    assert told(tmp_path, "crypto", things, "Our crypto-analytic service.") == ["Our crypto-analytic service."]


def test_a_wording_of_one_word_and_function_words_behind_it_comes_first_where_it_is_said(tmp_path: Path) -> None:
    said = ("Never, never do that.", "It must be never again.", "We never do that again.")
    assert found(tmp_path, "never again", *said)[0] == "It must be never again."
    assert {*found(tmp_path, "never again", *said)} == {*said}
    assert found(tmp_path, "never over", *said) == found(tmp_path, "never", *said)


def test_of_words_that_nobody_says_what_is_near_to_one_that_is_near_is_nearest(tmp_path: Path) -> None:
    things = read(
        '[[thing]]\nalike = ["mercy killing", "assisted dying"]\n[[thing]]\nalike = ["assisted dying", "euthanasia"]\n'
        '[[thing]]\nalike = ["parliament", "Duma"]\n[[thing]]\nnames = ["Duma", "Госдума"]\n'
        '[[thing]]\nalike = ["parliament", "MPs"]'
    ).things
    said = ("Euthanasia is new.", "Some MPs came.")
    answer = results(tmp_path, "mercy killing", things, *said)
    assert (texts(answer), answer.otherwise) == (["Euthanasia is new."], ("mercy", "killing"))
    with Archive.open(tmp_path / "archive.db") as archive:
        assert texts(Search(archive).find("duma")) == []  # a name is none of them


def test_nobody_has_won_who_will_not(tmp_path: Path) -> None:
    assert found(tmp_path, "win", "It won’t be long, they won't come.", "They won it.") == ["They won it."]
    assert found(tmp_path, "won't come", "They won't come.") == ["They won't come."]
