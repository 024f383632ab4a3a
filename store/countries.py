"""What countries, their peoples and capitals are called, in every language, as the rows of a table; pure but for data.

Names in all languages are those of Unicode CLDR (https://cldr.unicode.org/), through Babel; peoples, and names that
CLDR lacks, are in `peoples.tsv` beside this module, with their source; capitals are those of GeoNames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from babel import localedata

from store.endings import root
from store.text import fold, words

PEOPLES = Path(__file__).with_name("peoples.tsv")

_WIDELY_TYPED = frozenset("en ru de fr es it pt pl nl tr uk sv da nb fi cs sk hu ro bg sr hr el id vi".split())
"""Languages whose short names are kept: in the others, a few letters of the Latin script are too many other words."""

_BENT = frozenset("ru de fr es it pt".split())
"""Languages of the Latin or Cyrillic script whose endings `store.endings` knows."""

_SHORTEST = 5
_REGIONS = re.compile(r"00[1239]|01[1345789]|02[19]|03[0459]|05[347]|061|14[235]|15[01456]|202|419|[A-Z]{2}")
_NO_COUNTRY = frozenset({"ZZ", "XA", "XB", "QO"})
_OFFICIAL = ("republic of {}", "kingdom of {}", "state of {}", "islamic republic of {}", "{} government")


class Called(NamedTuple):
    """One thing that a country may be called.

    `key` is the folded words without blanks; `root` is what `store.endings` leaves of one word, else empty. `words` are
    folded, with blanks. `how`: name (English), people (English, with adjectives), capital (in English or another
    script), foreign (either of the first two in another language).
    """

    key: str
    root: str
    country: str
    how: str
    words: str


def rows(capitals: Mapping[str, str], elsewhere: Iterable[tuple[str, str]] = ()) -> Iterator[Called]:
    """Yield what every country and region may be called, each once; `capitals` are in English, by ISO code.

    `elsewhere` are other names of capitals, each behind its code: those in other scripts, which no other words have.
    """
    seen: set[tuple[str, str]] = set()
    others = ((country, "capital", name, True) for country, name in elsewhere if not fold(name).isascii())
    for country, how, name, bent in chain(_names(capitals), others):
        folded = words(name)
        key = "".join(folded)
        if key and (key, country) not in seen:
            seen.add((key, country))
            bends = how in {"foreign", "capital"} and len(folded) == 1 and (bent or not key.isascii())
            yield Called(key, root(key) if bends else "", country, how, " ".join(folded))


def also_called() -> Iterator[tuple[str, str]]:
    """Yield former, official and short names of countries in English that CLDR lacks, each behind its code."""
    return ((country, name) for country, _, also, *_ in _peoples() for name in _listed(also))


def _peoples() -> Iterator[list[str]]:
    """Yield the columns of each line of `peoples.tsv`."""
    lines = PEOPLES.read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _names(capitals: Mapping[str, str]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield country, how, name, and whether the endings of its language are known."""
    english: dict[str, str] = localedata.load("en")["territories"]
    foreign: list[tuple[str, str, str, bool]] = []
    for country, name in _of_cldr("en", english):
        yield from ((country, "name", one, False) for one in _spelt_out(name))
        if len(country) == 2:
            yield from ((country, "name", form.format(name), False) for form in _OFFICIAL)
    for country, people, also, *others in _peoples():
        yield from ((country, "people", one, False) for one in _listed(people))
        yield from ((country, "name", one, False) for one in _listed(also))
        foreign += ((country, "foreign", one, True) for other in others for one in _listed(other))
    yield from ((country, "capital", name, False) for country, name in sorted(capitals.items()) if name)
    yield from foreign
    for locale in sorted(localedata.locale_identifiers()):
        if not locale.startswith("en"):
            # Without what it inherits: that is loaded for itself.
            data: dict[str, Any] = localedata.load(locale, merge_inherited=False)
            for country, name in _of_cldr(locale, data.get("territories", {})):
                yield from ((country, "foreign", one, locale[:2] in _BENT) for one in _spelt_out(name))


def _of_cldr(locale: str, territories: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    common = locale.partition("_")[0] in _WIDELY_TYPED
    for country, name in territories.items():
        if country in _NO_COUNTRY or not _REGIONS.fullmatch(country):
            continue
        if common or len(name) >= _SHORTEST or not name.isascii():
            yield country, name


def _spelt_out(name: str) -> Iterator[str]:
    """Yield a name as it stands, and each of two where one is in brackets: "Myanmar (Burma)"."""
    yield name
    if "(" in name:
        yield from name.rstrip(")").split(" (")
    if "&" in name:
        yield name.replace("&", "and")


def _listed(names: str) -> Iterator[str]:
    return (name.strip() for name in names.split(",") if name.strip())
