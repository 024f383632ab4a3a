from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.arguments import after_command, parse_subscription, source_number
from bot.wishes import EXAMPLE, Taken, Wish, turn
from store.errors import UsageError
from store.model import Rhythm
from store.places import Places
from store.realwords import is_common
from store.timing import clock, zone_of
from store.zones import How

SAID = frozenset(
    "syria iran sanctions sanction die un moscow geneva kiev obama deal union basic vladimir control nato role north "
    "korea turkey eastern georgia".split()
)
"""What the archive of these tests speaks of."""


def parse(places: Places, typed: str) -> Wish:
    return parse_subscription(typed, find_zone=places.find, said=SAID.__contains__, common=is_common)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/quote syria", "syria"),
        ("/quote@quotebot  arms\n control ", "arms control"),
        ("/quote\nsyria", "syria"),
        ("/quote,syria", ",syria"),
        ("/quote", ""),
        ("/quote /quote", "/quote"),
    ],
)
def test_what_stands_behind_a_command(text: str, words: str) -> None:
    assert after_command(text) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2", 2),
        ("#2", 2),
        ("no. 12", 12),
        ("№ 3", 3),
        ("2.", 2),
        ("0", 0),
        ("two", None),
        ("", None),
        ("1 2", None),
        ("9" * 20, None),
        ("-1", None),
    ],
)
def test_the_number_of_a_source(words: str, number: int | None) -> None:
    assert source_number(words) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", {}),
        (
            "7:30 berlin weekdays syria -sanctions",
            {
                "hour": "07:30",
                "zone": "Europe/Berlin",
                "rhythm": Rhythm.WEEKDAYS,
                "wanted": ("syria",),
                "unwanted": ("sanctions",),
            },
        ),
        (
            "-sanctions weekdays syria 7:30 berlin",
            {
                "hour": "07:30",
                "zone": "Europe/Berlin",
                "rhythm": Rhythm.WEEKDAYS,
                "wanted": ("syria",),
                "unwanted": ("sanctions",),
            },
        ),
        ("syria 7:30 berlin", {"hour": "07:30", "zone": "Europe/Berlin", "wanted": ("syria",)}),
        ("9 in geneva geneva", {"hour": "09:00", "zone": "Europe/Zurich", "wanted": ("geneva",)}),
        (
            'weekly 18.00 new york "arms control" -iran',
            {
                "hour": "18:00",
                "zone": "America/New_York",
                "rhythm": Rhythm.WEEKLY,
                "wanted": ("arms control",),
                "unwanted": ("iran",),
            },
        ),
        ("at 7am", {"hour": "07:00"}),
        ("in berlin 7:30", {"hour": "07:30", "zone": "Europe/Berlin"}),
        ("in berlin", {"zone": "Europe/Berlin"}),
        ("7:30, berlin, weekdays", {"hour": "07:30", "zone": "Europe/Berlin", "rhythm": Rhythm.WEEKDAYS}),
        ("7:30 berln", {"hour": "07:30", "zone": "Europe/Berlin"}),
        ("7 in the evening berlin", {"hour": "19:00", "zone": "Europe/Berlin"}),
        ("9 paris, texas", {"hour": "09:00", "zone": "America/Chicago"}),
        ("9 paris texas", {"hour": "09:00", "zone": "America/Chicago"}),
        ("9 moscow", {"hour": "09:00", "zone": "Europe/Moscow"}),
        ("9 kiev", {"hour": "09:00", "zone": "Europe/Kyiv"}),
        ("9 +3", {"hour": "09:00", "zone": "UTC+03:00"}),
        ("9 -4", {"hour": "09:00", "zone": "UTC-04:00"}),
        ("utc +3 19", {"hour": "19:00", "zone": "UTC+03:00"}),
        ("syria utc+05:30", {"zone": "UTC+05:30", "wanted": ("syria",)}),
        ("europe/berlin syria", {"zone": "Europe/Berlin", "wanted": ("syria",)}),
        ("каждый день в 7:30 в москве", {"hour": "07:30", "zone": "Europe/Moscow", "rhythm": Rhythm.DAILY}),
        ("tous les jours à 7h30 à Paris", {"hour": "07:30", "zone": "Europe/Paris", "rhythm": Rhythm.DAILY}),
        ("war in moscow 7:30 berlin", {"hour": "07:30", "zone": "Europe/Berlin", "wanted": ("war", "moscow")}),
        ("article 5 7:30", {"hour": "07:30", "wanted": ("article", "5")}),
        ("-“arms control”", {"unwanted": ("arms control",)}),
        ("US sanctions", {"wanted": ("US", "sanctions")}),
        ("what of the sanctions", {"wanted": ("sanctions",)}),
        ("weekly monday 8:00", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("monday 8:00", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("8:00 friday syria", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 4, "wanted": ("syria",)}),
        ("on monday", {"rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("8:00 qatar", {"hour": "08:00", "zone": "Asia/Qatar"}),
        ("8:00 california", {"hour": "08:00", "zone": "America/Los_Angeles"}),
        ("8am pacific", {"hour": "08:00", "zone": "America/Los_Angeles"}),
        ("8am eastern", {"hour": "08:00", "zone": "America/New_York"}),
        ("8 am et", {"hour": "08:00", "zone": "America/New_York"}),
        ("8am ET syria", {"hour": "08:00", "zone": "America/New_York", "wanted": ("syria",)}),
        ("8 et syrie", {"hour": "08:00", "wanted": ("syrie",)}),
        ("7:30 MSK", {"hour": "07:30", "zone": "Europe/Moscow"}),
        ("syria MSK", {"zone": "Europe/Moscow", "wanted": ("syria",)}),
        ("moscow time 7:30", {"hour": "07:30", "zone": "Europe/Moscow"}),
        ("first time syria", {"wanted": ("first", "time", "syria")}),
        ("7:30 по московскому времени", {"hour": "07:30", "zone": "Europe/Moscow"}),
        ("по новосибирскому времени в 8", {"hour": "08:00", "zone": "Asia/Novosibirsk"}),
        ("8 Uhr Moskauer Zeit", {"hour": "08:00", "zone": "Europe/Moscow"}),
        ("heure de Paris 8h", {"hour": "08:00", "zone": "Europe/Paris"}),
        ("Montag 8 Uhr", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("понедельник 8:00", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("mon-fri 8:00", {"hour": "08:00", "rhythm": Rhythm.WEEKDAYS}),
        ("mon\N{EN DASH}fri", {"rhythm": Rhythm.WEEKDAYS}),
        ("Mo-Fr", {"rhythm": Rhythm.WEEKDAYS}),
        ("пн-пт", {"rhythm": Rhythm.WEEKDAYS}),
        ("monday to friday", {"rhythm": Rhythm.WEEKDAYS}),
        ("weekly sat", {"rhythm": Rhythm.WEEKLY, "weekday": 5}),
        ("friday weekly syria", {"rhythm": Rhythm.WEEKLY, "weekday": 4, "wanted": ("syria",)}),
        ("every monday 8am", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("on sundays", {"rhythm": Rhythm.WEEKLY, "weekday": 6}),
        ("по средам в 8", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 2}),
        ("каждую пятницу", {"rhythm": Rhythm.WEEKLY, "weekday": 4}),
        ("jeden Dienstag um 8 Uhr", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 1}),
        ("donnerstags", {"rhythm": Rhythm.WEEKLY, "weekday": 3}),
        ("tous les samedis", {"rhythm": Rhythm.WEEKLY, "weekday": 5}),
        ("cada miércoles", {"rhythm": Rhythm.WEEKLY, "weekday": 2}),
        ("monday syria", {"wanted": ("monday", "syria")}),
        ("once a day at 9", {"hour": "09:00", "rhythm": Rhythm.DAILY}),
        ("une fois par semaine", {"rhythm": Rhythm.WEEKLY}),
        ("jeden Werktag um 8", {"hour": "08:00", "rhythm": Rhythm.WEEKDAYS}),
        ("mon - fri 7am", {"hour": "07:00", "rhythm": Rhythm.WEEKDAYS}),
        ("по утрам", {"hour": "09:00"}),
        ("syria in the evening", {"hour": "19:00", "wanted": ("syria",)}),
        ("friday evening", {"hour": "19:00", "rhythm": Rhythm.WEEKLY, "weekday": 4}),
        ("evening syria", {"wanted": ("evening", "syria")}),
        ("around 8", {"hour": "08:00"}),
        ("nur Syrien und Iran", {"wanted": ("Syrien", "Iran")}),
        ("syria OR iran", {"wanted": ("syria", "iran")}),
        ("syria & iran", {"wanted": ("syria", "iran")}),
        ("syria/iran|ukraine", {"wanted": ("syria", "iran", "ukraine")}),
        ("#syria 'iran'", {"wanted": ("syria", "iran")}),
        ("sauf l’Ukraine", {"unwanted": ("Ukraine",)}),
        ("set timezone to berlin", {"zone": "Europe/Berlin"}),
        ("change to weekdays", {"rhythm": Rhythm.WEEKDAYS}),
        ("climate change", {"wanted": ("climate", "change")}),
        ("tomorrow at 8", {"hour": "08:00"}),
        ("с пн по пт в 9", {"hour": "09:00", "rhythm": Rhythm.WEEKDAYS}),
        ("понедельник-пятница", {"rhythm": Rhythm.WEEKDAYS}),
        ("mon to sun", {"rhythm": Rhythm.DAILY}),
        ("one quote per day at 9", {"hour": "09:00", "rhythm": Rhythm.DAILY}),
        ("8 oclock tonight", {"hour": "20:00"}),
        ("neither syria nor iran", {"unwanted": ("syria", "iran")}),
        ("weder Syrien noch Iran", {"unwanted": ("Syrien", "Iran")}),
        ("ни сирии ни ирана", {"unwanted": ("сирии", "ирана")}),
        ("la syrie mais pas l'ukraine", {"wanted": ("syrie",), "unwanted": ("ukraine",)}),
        ("remove syria", {"unwanted": ("syria",)}),
        ("add iran and remove syria", {"wanted": ("iran",), "unwanted": ("syria",)}),
        ("sanctions remove syria", {"wanted": ("sanctions", "remove", "syria")}),
        (
            "Mándame los lunes a las 9 citas sobre Irán pero nada sobre Israel",
            {
                "hour": "09:00",
                "rhythm": Rhythm.WEEKLY,
                "weekday": 0,
                "wanted": ("Irán",),
                "unwanted": ("Israel",),
            },
        ),
        (
            "Hi! Could you please send me quotes about Syria every weekday at 7:30am Berlin time? Thanks",
            {"hour": "07:30", "zone": "Europe/Berlin", "rhythm": Rhythm.WEEKDAYS, "wanted": ("Syria",)},
        ),
        ("jeden Mittag", {"hour": "12:00"}),
        ("every mon", {"rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("weekly on mon", {"rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("mon 8:00", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 0}),
        ("So 8 Uhr", {"hour": "08:00", "rhythm": Rhythm.WEEKLY, "weekday": 6}),
        ("so 8:00 syria", {"hour": "08:00", "wanted": ("syria",)}),
        ("syria on friday", {"rhythm": Rhythm.WEEKLY, "weekday": 4, "wanted": ("syria",)}),
        ("7:30 weekdys syria", {"hour": "07:30", "rhythm": Rhythm.WEEKDAYS, "wanted": ("syria",)}),
        ("dayly", {"rhythm": Rhythm.DAILY}),
        ("evry day", {"rhythm": Rhythm.DAILY}),
        ("weekley on firday", {"rhythm": Rhythm.WEEKLY, "weekday": 4}),
        ("dairy", {"wanted": ("dairy",)}),
        ("daily except weekends", {"rhythm": Rhythm.WEEKDAYS}),
        ("every evening", {"hour": "19:00", "rhythm": Rhythm.DAILY}),
        ("every evening at 8", {"hour": "20:00", "rhythm": Rhythm.DAILY}),
        ("8:00 jeden Abend", {"hour": "20:00", "rhythm": Rhythm.DAILY}),
        ("cada noche a las 9", {"hour": "21:00", "rhythm": Rhythm.DAILY}),
        ("every morning syria", {"hour": "09:00", "rhythm": Rhythm.DAILY, "wanted": ("syria",)}),
        ("каждое утро", {"hour": "09:00", "rhythm": Rhythm.DAILY}),
        ("every morning at 8", {"hour": "08:00", "rhythm": Rhythm.DAILY}),
        ("morning", {"hour": "09:00"}),
        ("every 7:30 syria", {"hour": "07:30", "wanted": ("syria",)}),
        ("cada syria", {"wanted": ("syria",)}),
        ("в 8 утра по Москве", {"hour": "08:00", "zone": "Europe/Moscow"}),
        ("8:00 по москве сирия", {"hour": "08:00", "zone": "Europe/Moscow", "wanted": ("сирия",)}),
        ("7:30 по Сирии", {"hour": "07:30", "wanted": ("Сирии",)}),
        ("7h30 heure de Paris", {"hour": "07:30", "zone": "Europe/Paris"}),
        ("7:30 hora de Madrid", {"hour": "07:30", "zone": "Europe/Madrid"}),
        ("a las 8 de la mañana madrid", {"hour": "08:00", "zone": "Europe/Madrid"}),
        ("a las 8 de la tarde", {"hour": "20:00"}),
        ("a las 8 de la noche en Madrid", {"hour": "20:00", "zone": "Europe/Madrid"}),
        ("8h du soir Paris", {"hour": "20:00", "zone": "Europe/Paris"}),
        ("à 7h du matin, Paris", {"hour": "07:00", "zone": "Europe/Paris"}),
        ("8 Uhr morgens Berlin", {"hour": "08:00", "zone": "Europe/Berlin"}),
        ("8 часов утра москва", {"hour": "08:00", "zone": "Europe/Moscow"}),
        ("8 вечера сирия", {"hour": "20:00", "wanted": ("сирия",)}),
        ("8 in the evening berlin", {"hour": "20:00", "zone": "Europe/Berlin"}),
        ("7:30 de la siria", {"hour": "07:30", "wanted": ("siria",)}),
        ("8 Uhr 30", {"hour": "08:30"}),
        ("um 19 Uhr 30 syria", {"hour": "19:30", "wanted": ("syria",)}),
        ("8 heures 30", {"hour": "08:30"}),
        ("в 8 часов 15 минут", {"hour": "08:15"}),
        ("syria -1:00", {"zone": "UTC-01:00", "wanted": ("syria",)}),
        ("without sanctions", {"unwanted": ("sanctions",)}),
        ("not sanctions", {"unwanted": ("sanctions",)}),
        ("syria not about the sanctions", {"wanted": ("syria",), "unwanted": ("sanctions",)}),
        ("syria without sanctions or new york", {"wanted": ("syria",), "unwanted": ("sanctions", "new york")}),
        ('iran ohne "arms control"', {"wanted": ("iran",), "unwanted": ("arms control",)}),
        ("sans sanctions 7:30", {"hour": "07:30", "unwanted": ("sanctions",)}),
        ("sin sanciones", {"unwanted": ("sanciones",)}),
        ("sans aucune sanction", {"unwanted": ("sanction",)}),
        ("stop syria", {"unwanted": ("syria",)}),
        ("todos los días menos los fines de semana a las 9", {"hour": "09:00", "rhythm": Rhythm.WEEKDAYS}),
        ("daily 8:00, mon-fri", {"hour": "08:00", "rhythm": Rhythm.WEEKDAYS}),
        ("в 9 часов по Владивостоку", {"hour": "09:00", "zone": "Asia/Vladivostok"}),
        ("viertel 8", {"hour": "07:15"}),
        ("8am iranian time", {"hour": "08:00", "zone": "Asia/Tehran"}),
        ("seven", {"hour": "07:00"}),
        ("six-thirty syria", {"hour": "06:30", "wanted": ("syria",)}),
        ("seven syria", {"wanted": ("seven", "syria")}),
        ("100 days", {"wanted": ("100", "days")}),
        ("10 minutes to 8", {"hour": "07:50"}),
        ("сирия без санкций и войны", {"wanted": ("сирия",), "unwanted": ("санкций", "войны")}),
        ("кроме Ирана", {"unwanted": ("Ирана",)}),
        ("anything but ukraine", {"unwanted": ("ukraine",)}),
        ("everything except ukraine", {"unwanted": ("ukraine",)}),
        ("anything apart from ukraine", {"unwanted": ("ukraine",)}),
        ("i don't want ukraine", {"unwanted": ("ukraine",)}),
        ("I don’t want ukraine", {"unwanted": ("ukraine",)}),
        ("not interested in syria", {"unwanted": ("syria",)}),
        ("no ukraine", {"unwanted": ("ukraine",)}),
        ("bitte nichts über syrien", {"unwanted": ("syrien",)}),
        ("tout sauf syrie", {"unwanted": ("syrie",)}),
        ("todo menos siria", {"unwanted": ("siria",)}),
        ("всё кроме сирии", {"unwanted": ("сирии",)}),
        ("-US", {"unwanted": ("US",)}),
        ("not interested in syria or iran", {"unwanted": ("syria", "iran")}),
        ("I’m not interested in syria and iran", {"unwanted": ("syria", "iran")}),
        ("rien sur la syrie", {"unwanted": ("syrie",)}),
        ("je ne veux rien sur la syrie", {"unwanted": ("syrie",)}),
        ("nada sobre siria", {"unwanted": ("siria",)}),
        ("ничего о сирии", {"unwanted": ("сирии",)}),
        ("nothing about syria", {"unwanted": ("syria",)}),
        ("nothing", {"wanted": ("nothing",)}),
        ("I don’t want anything about syria", {"unwanted": ("syria",)}),
        ("everything about syria", {"wanted": ("syria",)}),
        ("alles über syrien", {"wanted": ("syrien",)}),
        ("please send me syria at 8", {"hour": "08:00", "wanted": ("syria",)}),
        ("everything", {"everything": True}),
        ("all topics 8:00", {"hour": "08:00", "everything": True}),
        ("no words", {"everything": True}),
        ("remove all my words", {"everything": True}),
        ("clear all", {"everything": True}),
        ("remove everything about syria", {"unwanted": ("syria",)}),
        ("change the time to 9", {"hour": "09:00"}),
        ("change time to 7:30 syria", {"hour": "07:30", "wanted": ("syria",)}),
        ("change to time", {"wanted": ("time",)}),
        ("1 quote a day syria", {"rhythm": Rhythm.DAILY, "wanted": ("syria",)}),
        ("7 days a week at 8", {"rhythm": Rhythm.DAILY, "hour": "08:00"}),
        ("one quote a week syria", {"rhythm": Rhythm.WEEKLY, "wanted": ("syria",)}),
        ("syria at once", {"wanted": ("syria",)}),
        ("a las once syria", {"hour": "11:00", "wanted": ("syria",)}),
        ("six in the morning syria", {"hour": "06:00", "wanted": ("syria",)}),
        ("сирия в час", {"hour": "01:00", "wanted": ("сирия",)}),
        ("buffer zone syria", {"wanted": ("buffer", "zone", "syria")}),
        ("timezone syria", {"zone": "Asia/Damascus"}),
        ("12 noon syria", {"hour": "12:00", "wanted": ("syria",)}),
        ("US", {"wanted": ("US",)}),
        ("-us", {"unwanted": ("US",)}),
        ("not syria iran", {"unwanted": ("syria",), "wanted": ("iran",)}),
        ("without sanctions but with iran", {"unwanted": ("sanctions",), "wanted": ("iran",)}),
        ("un syria", {"wanted": ("un", "syria")}),
        ("syria without", {"wanted": ("syria",)}),
        ("новости о сирии и об иране", {"wanted": ("новости", "сирии", "иране")}),
        ("die sanktionen gegen den iran", {"wanted": ("sanktionen", "iran")}),
    ],
)
def test_words_in_any_order(places: Places, typed: str, said: dict[str, Any]) -> None:
    wish = parse(places, typed)
    understood: dict[str, Any] = {"hour": wish.hour, "rhythm": wish.rhythm, "weekday": wish.weekday}
    understood |= {"wanted": wish.wanted, "unwanted": wish.unwanted, "everything": wish.everything or None}
    understood |= {"zone": wish.zones[0].zone if wish.zones else None}
    assert {name: value for name, value in understood.items() if value not in {None, ()}} == said
    assert len(wish.zones) < 2
    assert not wish.unread


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("geneva", "geneva"),
        ("berlin 7:30", "berlin"),
        ("7:30 weekdays berlin", "berlin"),
        ("new york", "new york"),
    ],
)
def test_a_city_anywhere_else_is_a_word_that_could_be_the_zone(places: Places, typed: str, wanted: str) -> None:
    wish = parse(places, typed)
    assert (wish.zones, wish.wanted) == ((), (wanted,))
    [number] = [number for number, reading in enumerate(wish.readings) if reading.taken is Taken.WANTED]
    turned = turn(wish, number)
    assert turned.zones == parse(places, f"7:30 in {wanted}").zones
    assert turned.wanted == ()


@pytest.mark.parametrize(
    ("typed", "number", "zone", "unwanted"),
    [("7:30 -3", 1, None, ("3",)), ("syria -3", 1, "UTC-03:00", ()), ("7:30 berlin in paris", 3, "Europe/Paris", ())],
)
def test_the_other_reading_of_an_offset_and_of_a_second_place_can_be_had(
    places: Places, typed: str, number: int, zone: str | None, unwanted: tuple[str, ...]
) -> None:
    turned = turn(parse(places, typed), number)
    assert [place.zone for place in turned.zones] == ([zone] if zone else [])
    assert turned.unwanted == unwanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("7:30 syria", ("syria",)),
        ("7:30 in berlin syria", ("syria",)),
        ("7:30 damascus syria", ("syria",)),
        ("7:30 north korea", ("north korea",)),
        ("7:30 turkey", ("turkey",)),
        ("7:30 georgia", ("georgia",)),
        ("7:30 eastern ukraine", ("eastern", "ukraine")),
        ("war in iran", ("war", "iran")),
        ("7:30 sirya", ("sirya",)),
        ("7:30 сирия", ("сирия",)),
    ],
)
def test_a_country_that_the_archive_speaks_of_is_a_word(places: Places, typed: str, wanted: tuple[str, ...]) -> None:
    wish = parse(places, typed)
    assert wish.wanted == wanted
    assert all(place.how is not How.COUNTRY for place in wish.zones)


def test_a_weekday_beside_the_hour_turns_into_a_word(places: Places) -> None:
    turned = turn(parse(places, "monday 8:00"), 0)
    assert (turned.wanted, turned.rhythm, turned.weekday) == (("monday",), None, None)


def test_a_weekday_that_is_a_word_turns_into_the_day(places: Places) -> None:
    wish = parse(places, "monday syria")
    assert (wish.rhythm, wish.wanted) == (None, ("monday", "syria"))
    turned = turn(wish, 0)
    assert (turned.wanted, turned.rhythm, turned.weekday) == (("syria",), Rhythm.WEEKLY, 0)


@pytest.mark.parametrize(
    ("typed", "hour", "words", "turned"),
    [
        ("1930 berlin", "19:30", (), (None, ("1930",))),
        ("2018", None, ("2018",), ("20:18", ())),
        ("treaty of 1930", None, ("treaty", "1930"), ("19:30", ("treaty",))),
        ("2017 2100", "21:00", ("2017",), (None, ("2017", "2100"))),
    ],
)
def test_four_figures_are_the_hour_or_a_year_and_could_be_the_other(
    places: Places, typed: str, hour: str | None, words: tuple[str, ...], turned: tuple[str | None, tuple[str, ...]]
) -> None:
    wish = parse(places, typed)
    assert (wish.hour, wish.wanted) == (hour, words)
    number = next(at for at, reading in enumerate(wish.readings) if reading.other is not None)
    other = turn(wish, number)
    assert (other.hour, other.wanted) == turned


@pytest.mark.parametrize("typed", ["8:00 1930", "8 1930", "1930 8"])
def test_four_figures_are_a_word_beside_another_hour(places: Places, typed: str) -> None:
    wish = parse(places, typed)
    assert (wish.hour, wish.wanted) == ("08:00", ("1930",))


def test_four_figures_that_the_archive_speaks_of_are_a_word(places: Places) -> None:
    wish = parse_subscription("1945", find_zone=places.find, said={"1945"}.__contains__, common=is_common)
    assert (wish.hour, wish.wanted) == (None, ("1945",))
    assert turn(wish, 0).hour == "19:45"


@pytest.mark.parametrize("typed", ["no later than 8 berlin", "8-9 berlin", "around 8ish in berlin"])
def test_what_says_that_an_hour_is_about_right_is_no_word(places: Places, typed: str) -> None:
    wish = parse(places, typed)
    assert (wish.hour, wish.wanted, wish.unwanted) == ("08:00", (), ())
    assert wish.zones[0].zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "zones"), [("7:30 turkey", {"Europe/Istanbul"}), ("7:30 georgia", {"Asia/Tbilisi", "America/New_York"})]
)
def test_a_country_straight_after_the_hour_could_be_the_zone(places: Places, typed: str, zones: set[str]) -> None:
    wish = parse(places, typed)
    assert wish.readings[1].other is Taken.ZONE
    assert {place.zone for place in turn(wish, 1).zones} >= zones


def test_a_country_elsewhere_is_a_word_alone(places: Places) -> None:
    assert [reading.other for reading in parse(places, "turkey 7:30").readings] == [None, None]


def test_a_country_is_a_zone_where_nothing_else_can_be_meant(places: Places) -> None:
    assert [place.zone for place in parse(places, "7:30 in germany").zones] == ["Europe/Berlin"]


@pytest.mark.parametrize("town", ["obama", "deal", "union", "basic"])
def test_a_small_town_that_the_archive_speaks_of_is_a_word(places: Places, town: str) -> None:
    wish = parse(places, f"7:30 {town}")
    assert (wish.zones, wish.wanted) == ((), (town,))
    assert wish.readings[1].other is Taken.ZONE
    assert parse(places, f"7:30 in {town}").zones


def test_a_small_town_that_nobody_speaks_of_is_the_zone(places: Places) -> None:
    assert parse(places, "7:30 soria").zones[0].zone == "Europe/Madrid"


def test_a_word_of_the_archive_is_not_taken_for_a_slip(places: Places) -> None:
    assert [place.label for place in places.nearest("roel")] != []
    assert parse(places, "7:30 role").wanted == ("role",)


@pytest.mark.parametrize("typed", ["lavrov", "soriaa", "sirya"])
def test_what_is_close_to_a_small_town_or_a_country_is_a_word(places: Places, typed: str) -> None:
    assert places.nearest(typed)
    assert parse(places, f"7:30 {typed}").wanted == (typed,)


def test_cities_of_one_name_are_all_offered(places: Places) -> None:
    assert [place.zone for place in parse(places, "7:30 birmingham").zones[:2]] == ["Europe/London", "America/Chicago"]


def test_what_each_word_was_taken_for_is_said_in_the_order_typed(places: Places) -> None:
    readings = parse(places, "syria 9 in geneva, the -iran weekdays").readings
    assert [(reading.typed, reading.taken, reading.other) for reading in readings] == [
        ("syria", Taken.WANTED, None),
        ("9", Taken.HOUR, Taken.WANTED),
        ("in geneva", Taken.ZONE, Taken.WANTED),
        ("the", Taken.NOTHING, None),
        ("-iran", Taken.UNWANTED, None),
        ("weekdays", Taken.RHYTHM, None),
    ]


@pytest.mark.parametrize(
    ("typed", "unread", "understood"),
    [
        ("25:00", "25:00", ""),
        ("7:60 berlin", "7:60", "berlin"),
        ("at 25 syria", "at 25", "syria"),
        ("7:30 8:30", "8:30", "7:30"),
        ("at 8 and 20", "20", "at 8 and"),
        ("in 2 hours syria", "in 2 hours", "syria"),
        ("10 minutes syria", "10 minutes", "syria"),
        ("через 2 часа syria", "через 2 часа", "syria"),
        ("3 quotes syria", "3 quotes", "syria"),
        ("until friday syria", "until friday", "syria"),
        ("8:00 from monday", "from monday", "8:00"),
        ("daily weekly", "weekly", "daily"),
        ("monthly syria", "monthly", "syria"),
        ("по выходным syria", "по выходным", "syria"),
        ("mon wed fri syria", "mon wed fri", "syria"),
        ("saturday and sunday 8:00", "saturday and sunday", "8:00"),
        ("every other day syria", "every other day", "syria"),
        ("every two weeks syria", "every two weeks", "syria"),
        ("every other friday syria", "every other friday", "syria"),
        ("jeden zweiten Montag", "jeden zweiten Montag", ""),
        ("первый понедельник месяца", "первый понедельник месяца", ""),
        ("first monday of the month syria", "first monday of the month", "syria"),
        ("раз в час", "раз в час", ""),
        ("two quotes a day syria", "two quotes a day", "syria"),
        ("weekend 8:00", "weekend", "8:00"),
        ("weekdays every monday", "every monday", "weekdays"),
        ("weekly monday friday", "friday", "weekly monday"),
        ("weekdays and saturday", "saturday", "weekdays and"),
        ("3 quotes a day syria", "3 quotes a day", "syria"),
        ("2-3 quotes a day syria", "2-3 quotes a day", "syria"),
        ("twice a week syria", "twice a week", "syria"),
        ("every 2 days", "every 2 days", ""),
        ("zweimal am Tag", "zweimal am Tag", ""),
        ("weekly mon wed", "wed", "weekly mon"),
        ("every monday and friday", "every monday and friday", ""),
        ("sat-sun syria", "sat-sun", "syria"),
        ("weekdays except friday", "except friday", "weekdays"),
        ("7:30 in blargonia", "in blargonia", "7:30"),
        ("7:30 +3 +4", "+4", "7:30 +3"),
        ("by:lavrov syria", "by:lavrov", "syria"),
        ('by:"sergey lavrov" syria', 'by:"sergey lavrov"', "syria"),
        ("syria year:2017", "year:2017", "syria"),
        ("syria 2015..2017", "2015..2017", "syria"),
        ("7:30 IST", "IST", "7:30"),
        ("7:30 cest syria", "cest", "7:30 syria"),
        ("7:30 EAT weekdays", "EAT", "7:30 weekdays"),
        ("syria CEST", "CEST", "syria"),
        ("7:30 UTC+25", "UTC+25", "7:30"),
        ("7:30 Europe/Belin syria", "Europe/Belin", "7:30 syria"),
        ("-", "-", ""),
        ("-the syria", "-the", "syria"),
        ("😀 syria", "😀", "syria"),
        ('""', '""', ""),
    ],
)
def test_what_cant_be_read_is_named_with_an_example_of_what_can(
    places: Places, typed: str, unread: str, understood: str
) -> None:
    wish = parse(places, typed)
    [given] = wish.unread
    assert given.typed == unread
    example = parse(places, f"7:30 {given.example}" if given.example.startswith("in ") else given.example)
    assert not example.unread
    assert example.readings
    assert " ".join(reading.typed for reading in wish.readings) == understood


@pytest.mark.parametrize(
    ("typed", "setting"),
    [("syria silent", "silent"), ("loud syria", "loud"), ("mute syria", "mute"), ("quiet syria", "quiet")],
)
def test_what_a_button_chooses_changes_nothing_and_could_be_a_word(places: Places, typed: str, setting: str) -> None:
    wish = parse(places, typed)
    assert wish.wanted == ("syria",)
    number = next(at for at, reading in enumerate(wish.readings) if reading.taken is Taken.SETTING)
    assert set(turn(wish, number).wanted) == {setting, "syria"}


def test_what_a_button_chooses_in_several_words_is_no_word(places: Places) -> None:
    [setting, _] = parse(places, "only anniversaries 8:00").readings
    assert (setting.taken, setting.other) == (Taken.SETTING, None)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("8 in the netherlands", "Europe/Amsterdam"),
        ("8 Uhr in der Schweiz", "Europe/Zurich"),
        ("8h au Portugal", "Europe/Lisbon"),
        ("8 in las vegas", "America/Los_Angeles"),
    ],
)
def test_a_place_behind_in_and_an_article_is_the_zone(places: Places, typed: str, zone: str) -> None:
    wish = parse(places, typed)
    assert (wish.zones[0].zone, wish.wanted) == (zone, ())


@pytest.mark.parametrize("typed", ["8 US time", "8 in US"])
def test_us_in_capitals_is_the_country(places: Places, typed: str) -> None:
    assert "America/New_York" in {place.zone for place in parse(places, typed).zones}


@pytest.mark.parametrize("typed", ["8 in march", "8 in juli"])
def test_a_month_behind_in_is_no_place(places: Places, typed: str) -> None:
    assert parse(places, typed).zones == ()


@pytest.mark.parametrize("typed", ["syria -Syria", " ".join(f"word{number}" for number in range(40)), "a " * 1000])
def test_what_is_refused_comes_with_an_example(places: Places, typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(places, typed)
    assert caught.value.hint == EXAMPLE
    assert not parse(places, EXAMPLE.removeprefix("/subscribe ")).unread


_TYPED = st.lists(
    st.sampled_from(
        """7:30 25:00 9 at in utc +3 -4 berlin new york springfield syria daily weekdays each day - -the -iran "arms
        control" , ; Europe/Berlin а в 東京 القاهرة the US""".split()
    )
    | st.text(max_size=12),
    max_size=12,
).map(" ".join)


@given(_TYPED)
@example("\ud800")
@example("/")
@example("+")
def test_whatever_is_typed_gives_a_wish_or_a_usage_error(places: Places, typed: str) -> None:
    try:
        wish = parse(places, typed)
    except UsageError:
        return
    assert wish.hour is None or clock(wish.hour)
    assert all(zone_of(place.zone) for place in wish.zones)
    for number, reading in enumerate(wish.readings):
        assert reading.typed
        assert reading.taken is not Taken.HOUR or reading.hour
        assert reading.taken not in {Taken.WANTED, Taken.UNWANTED} or reading.words
        if reading.other:
            try:
                assert turn(wish, number) != wish
            except UsageError:
                continue


def test_the_word_of_a_place_named_by_its_clocks_is_the_place(places: Places) -> None:
    assert turn(parse(places, "moscow time 8:00"), 0).wanted == ("moscow",)
    assert turn(parse(places, "timezone to tokyo 8:00"), 0).wanted == ("tokyo",)


def test_what_denies_is_no_word_though_the_archive_holds_one_like_it(places: Places) -> None:
    wish = parse_subscription("sans les sanctions", find_zone=places.find, said=lambda _: True, common=is_common)
    assert (wish.wanted, wish.unwanted) == ((), ("sanctions",))
