from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.timing import zone_of
from store.zones import MOST, How, Place, choose, is_abbreviation, key, keys, parse_offset


def place(label: str, zone: str = "Europe/Berlin", people: int = 100_000, how: How = How.NAME) -> Place:
    return Place(label, zone, how, people)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("+3", "UTC+03:00"),
        ("-4", "UTC-04:00"),
        ("−4", "UTC-04:00"),
        ("utc+05:30", "UTC+05:30"),
        ("UTC+0530", "UTC+05:30"),
        ("utc +5.5", "UTC+05:30"),
        ("GMT-4", "UTC-04:00"),
        ("gmt - 4", "UTC-04:00"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("+0", "UTC"),
        ("-00:00", "UTC"),
        ("+14", "UTC+14:00"),
        ("-12", "UTC-12:00"),
    ],
)
def test_an_offset_as_it_is_typed(typed: str, zone: str) -> None:
    found = parse_offset(typed)
    assert found == Place(zone, zone, How.OFFSET)
    assert zone_of(zone)


@pytest.mark.parametrize("typed", ["Etc/GMT-4", "etc/gmt+12", "Etc/GMT+0"])
def test_iana_counts_these_the_other_way_round(typed: str) -> None:
    found = parse_offset(typed)
    assert found is not None
    iana = ZoneInfo("Etc/" + typed[4:].upper())
    assert zone_of(found.zone).utcoffset(None) == iana.utcoffset(None)


@pytest.mark.parametrize(
    "typed", ["", "3", "7:30", "+15", "-13", "+14:15", "+5:60", "+", "utc3", "berlin", "+3 +4", "++3"]
)
def test_no_offset(typed: str) -> None:
    assert parse_offset(typed) is None


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("São Paulo", "sao-paulo"),
        ("St. Petersburg", "saint petersburg"),
        ("Xi'an", "XIAN"),
        ("東京", "東京"),
        ("القاهرة", "القَاهِرة"),
        ("Москва", "МОСКВА"),
        ("Київ", "КИІВ"),
    ],
)
def test_names_that_compare_as_one(name: str, same: str) -> None:
    assert key(name) == key(same) != ""


@pytest.mark.parametrize(("name", "other"), [("Saint", "St"), ("दिल्ली", "दल्ली"), ("Ho", "Ho 2")])
def test_names_that_do_not(name: str, other: str) -> None:
    assert key(name) != key(other)


@pytest.mark.parametrize("name", ["", "-", "'", "%", "😀", "\n"])
def test_signs_alone_are_no_name(name: str) -> None:
    assert key(name) == ""


@given(st.lists(st.text()))
def test_many_names_compare_as_each_does(names: list[str]) -> None:
    assert keys(names) == [key(name) for name in names]


@given(st.text())
def test_a_key_is_its_own(name: str) -> None:
    assert key(key(name)) == key(name)
    assert "\n" not in key(name)


def test_nine_in_ten_are_enough() -> None:
    paris = place("Paris, France", "Europe/Paris", 900_000)
    assert choose([place("Paris, Texas", "America/Chicago", 100_000), paris]) == (paris,)


def test_fewer_than_nine_in_ten_are_asked_about_the_largest_first() -> None:
    large = place("Birmingham, United Kingdom", "Europe/London", 899_999)
    small = place("Birmingham, United States", "America/Chicago", 100_001)
    assert choose([small, large]) == (large, small)


def test_two_of_one_zone_need_no_question() -> None:
    main, oder = place("Frankfurt am Main", people=700_000), place("Frankfurt (Oder)", people=500_000)
    assert choose([oder, main]) == (main,)


def test_a_zone_counts_by_all_its_namesakes() -> None:
    small = [place(f"San Jose {number}", "Asia/Manila", 30_000) for number in range(20)]
    large = place("San Jose", "America/Los_Angeles", 60_000)
    assert choose([large, *small])[0].zone == "Asia/Manila"


def test_a_former_name_counts_less_than_a_name() -> None:
    odessa = place("Odessa, Texas", "America/Chicago", 200_000)
    odesa = place("Odesa", "Europe/Kyiv", 1_000_000, How.ALIAS)
    assert choose([odessa, odesa]) == (odesa, odessa)


def test_who_names_a_city_does_not_mean_one_that_is_called_otherwise() -> None:
    rome, lome = (
        place("Rome, Italy", "Europe/Rome", 2_300_000),
        place("Lomé, Togo", "Africa/Lome", 2_200_000, How.ALIAS),
    )
    assert choose([lome, rome]) == (rome,)
    chile = place("Santiago, Chile", "America/Santiago", 4_800_000)
    cuba = place("Santiago de Cuba, Cuba", "America/Havana", 2_200_000, How.ALIAS)
    assert choose([cuba, chile]) == (chile, cuba)


def test_a_namesake_of_a_hundredth_is_not_offered() -> None:
    two = [place("Ann", "Asia/Tokyo", 500_000), place("Ann", "Asia/Seoul", 400_000)]
    assert len(choose([*two, place("Ann", "Asia/Manila", 4_999)])) == 2


def test_two_of_one_name_in_one_country_are_told_apart_by_their_zones() -> None:
    east, west = place("Ann, Brazil", "America/Recife"), place("Ann, Brazil", "America/Manaus")
    assert {found.label for found in choose([east, west])} == {
        "Ann, Brazil (America/Recife)",
        "Ann, Brazil (America/Manaus)",
    }


def test_a_country_of_one_zone_goes_by_its_own_name() -> None:
    berlin = place("Berlin, Germany", people=60_000_000, how=How.COUNTRY)
    [found] = choose([berlin])
    assert (found.label, found.zone) == ("Germany", "Europe/Berlin")


def test_without_people_all_are_asked_about() -> None:
    unknown = [place("Ann", "Asia/Tokyo", 0), place("Ann", "Asia/Seoul", 0)]
    assert len(choose(unknown)) == 2


@given(
    st.lists(
        st.builds(place, st.sampled_from("ABC"), st.sampled_from(("Asia/Tokyo", "Asia/Seoul")), st.integers(0, 99))
    )
)
def test_whatever_the_order_the_choice_is_the_same(namesakes: list[Place]) -> None:
    chosen = choose(namesakes)
    assert bool(chosen) == bool(namesakes)
    assert len(chosen) <= MOST
    assert len({found.label for found in chosen}) == len(chosen)
    assert all(choose(order) == chosen for order in list(permutations(namesakes[:4])) if len(namesakes) <= 4)


def test_what_the_database_calls_clocks_for_short_is_known_as_that() -> None:
    times = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
    called = {str(at.astimezone(ZoneInfo(zone)).tzname()) for zone in available_timezones() for at in times}
    assert {name for name in called if name.isalpha() and not is_abbreviation(name)} <= {"UTC", "GMT"}
