"""The tables of names: what people may type, and what the archive says for it; kept in step with the archive.

Of all the names that `places.db`, `aliases.toml` and the texts themselves give, only those of things that the archive
speaks of are kept.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from store import abbreviations, bending, endings, kinship, placenames, sounds, spellings, surnames, text
from store.abbreviations import capitalised, explained, implied, used
from store.aliases import Aliases
from store.bending import are_forms
from store.kinship import Thing, twice_alike
from store.placenames import PlaceNames, is_written
from store.query import expression
from store.realwords import is_compound
from store.spellings import common_form, spelt
from store.stems import Stemmer
from store.surnames import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from store.turnover import Turnover

_MADE_OF = "names"
"""The row of `about` that tells what the names were made of."""

_UNSAID = "unsaid"
"""The row of `about` that tells which names of several words no passage says, though the archive has each word."""

_UNSPOKEN = "unspoken"
"""The row of `about` with the names, as keys of `called`, of things in `aliases.toml` of which no passage speaks: those
that have a word that the archive does not have."""

_OF_NAMES = "words of names"
"""The row of `about` with the folded words of names that the archive does not have, which a slip may mean."""
_BORNE = "borne"
"""The row of `about` with the words of these names that the archive says as names: "Xi" of "Xi Jinping"."""

_SHORTEST = 4
"""Letters beyond which a word that is none of English is looked for by its sound."""

_LONG = 5
"""Letters from which initials are hardly a word by chance."""

_BRIEF = 3
"""Letters up to which a name is taken for an abbreviation, which is known as it is typed alone."""


class Naming:
    """Writes the tables of names within the transaction of an ArchiveWriter."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._places: Path | None = None
        self._aliases = Aliases()
        self._families: dict[str, set[str]] = {}
        self._words: set[str] = set()
        self._whole: set[str] = set()
        self._stems: dict[str, tuple[str, ...]] = {}
        self._said: set[str] = set()
        self._proper: set[str] = set()
        self._before: dict[str, bool] = {}

    def use(self, places: Path | None, aliases: Aliases) -> bool:
        """Take names from a `places.db`, if given, and from `aliases.toml`; return whether they have changed."""
        self._places, self._aliases = places, aliases
        row = self._connection.execute("SELECT value FROM about WHERE name = ?", (_MADE_OF,)).fetchone()
        return row is None or row[0] != self._made_of()

    def learn(self, document: str, texts: Iterable[str]) -> None:
        """Note the abbreviations that a document explains, or may be said for what it names, and persons' names."""
        short: list[tuple[str, str, str, str]] = []
        persons: list[tuple[str, str, str]] = []
        said_by_it = tuple(texts)
        for said in said_by_it:
            short += ((document, *found) for found in explained(said))
            for person in named(said):
                persons.append((document, person.surname, person.given))
                if person.initials:
                    short.append((document, person.initials, person.whole, "name"))
        runs = capitalised(said_by_it)
        whole = {*implied(runs), *used(said_by_it, runs, is_compound)}
        short += ((document, *found) for found in sorted(whole) if not _are_a_word(found.short))
        execute = self._connection.executemany
        execute("INSERT INTO abbreviations (document, short, long, how) VALUES (?, ?, ?, ?)", short)
        execute("INSERT INTO persons (document, surname, given) VALUES (?, ?, ?)", persons)

    def keep(self, turnover: Turnover) -> None:
        """Write the tables anew, from the words that the archive holds now.

        `turnover` has what came and went since they were written.
        """
        execute = self._connection.execute
        self._before = {} if turnover.many else self._phrases_before()
        execute("DELETE FROM called")
        execute("DELETE FROM said")
        self._families = {}
        for family, word in execute("SELECT family, word FROM terms"):
            self._families.setdefault(family, set()).add(word)
        self._words = set().union(*self._families.values())
        things = list(self._things())
        self._proper = {words for thing in things for words, _, how in thing.names if how == "thing"}
        named = {words for thing in things for words, _, how in thing.names if how not in {"foreign", "wider"}}
        self._stems = self._stemmed({words for thing in things for words, _, how in thing.names if how != "foreign"})
        # What a text calls by its whole name it says: of each there is a search less.
        self._said = {words for words in named if words in self._whole or self._is_said(words, turnover)}
        unsaid = [words for words in named - self._said if self._is_sayable(words) and " " in words]
        unspoken: list[str] = []
        speak = {word for (name,) in self._speakers() for word in text.words(name)}
        called: list[tuple[str, str, int, str]] = []
        countries: dict[str, int] = {}
        for number, thing in enumerate(things, start=1):
            said = {
                words: how for words, _, how in thing.names if how not in {"foreign", "wider"} and words in self._said
            }
            if not said:
                own = [words for words, _, how in thing.names if how in {"thing", "described"}]
                if not any(speak.issuperset(words.split(" ")) for words in own):
                    unspoken += (words for words in own if not self._is_sayable(words))
                continue
            self._connection.executemany(
                "INSERT INTO said (thing, words, how) VALUES (?, ?, ?)", [(number, *name) for name in said.items()]
            )
            called += [(words, root, number, how) for words, root, how in thing.names]
            if thing.country:
                countries[thing.country] = number
        called += self._foreign(countries)
        near = {number: thing.alike for number, thing in enumerate(things, start=1) if thing.is_plain}
        twice = twice_alike(near, {number for *_, number, _ in called})
        called += [(words, "", number, "wider") for words, number in twice if words not in self._proper]
        foreign = frozenset().union(*(alias.foreign for alias in self._aliases.things))
        # "Corée" has the stem of an English word: it is not bent as those are.
        keys = {words: "".join(words.split(" ") if words in foreign else stems) for words, stems in self._stems.items()}
        # "Türkei" as it is folded is what the stemmer leaves of "Turkey": as a name of English it is found by both.
        called.sort(key=lambda name: name[3] == "foreign")
        rows: dict[tuple[str, int, str], tuple[str, str]] = {}
        for words, root, number, how in called:
            key = words.replace(" ", "") if _stands_as_typed(words, how) else keys[words]
            name = "" if " " in words or how == "foreign" or words in foreign else words
            if how != "foreign" or (key, number, key) not in rows:
                rows.setdefault((key, number, name), (root, how))
        self._connection.executemany(
            "INSERT INTO called (key, thing, name, root, how) VALUES (?, ?, ?, ?, ?)",
            ((*row, *told) for row, told in rows.items()),
        )
        # Of names in another language those alone that stand in `aliases.toml`: CLDR has one for any slip.
        of_names = {word for words, _, _, how in called if how != "foreign" for word in words.split(" ")} - self._words
        never = {keys[words] for words in unspoken} - {row[0] for row in rows}
        execute("DELETE FROM sounds")
        self._connection.executemany(
            "INSERT OR IGNORE INTO sounds (sound, name) VALUES (?, ?)",
            ((sound, name) for name in self._names_by_sound() for sound in sounds.ways(name)),
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)",
            (
                (_MADE_OF, self._made_of()),
                (_UNSAID, json.dumps(sorted(unsaid), ensure_ascii=False)),
                (_UNSPOKEN, json.dumps(sorted(never), ensure_ascii=False)),
                (_OF_NAMES, json.dumps(sorted(filter(str.isascii, of_names)))),
                (_BORNE, json.dumps(sorted(self._borne(unspoken)), ensure_ascii=False)),
            ),
        )

    def _borne(self, unspoken: Iterable[str]) -> Iterator[str]:
        """Yield words of names that are unspoken as a whole: those said as names, frequent ones as a person's."""
        from store.realwords import is_frequent  # noqa: PLC0415 - only builds ask for it

        persons = self._persons()
        for word in {word for words in unspoken for word in words.split(" ")} & self._words - text.STOP_WORDS:
            if word in persons or (not is_frequent(word) and is_written(self._connection, word.capitalize(), word)):
                yield word

    def _persons(self) -> set[str]:
        """Return the folded words that those who speak, and those whom texts name, are called by."""
        named = self._connection.execute("SELECT surname FROM persons UNION SELECT given FROM persons")
        return {word for (name,) in (*self._speakers(), *named) for word in text.words(name)}

    def _speakers(self) -> Iterator[tuple[str]]:
        yield from self._connection.execute("SELECT DISTINCT value FROM documents, json_each(speakers)")

    def _names_by_sound(self) -> Iterator[str]:
        """Yield the folded words that those who speak, those whom texts name, and things of one word are called by.

        And the words that are none of English, most of which are names: "Yermak".
        """
        from store.realwords import strange  # noqa: PLC0415 - only builds ask for all words

        things = {name for alias in self._aliases.things for name in {*alias.names} - {*alias.in_lower_case}}
        others = strange(word for word in self._words if word.isascii() and word.isalpha() and len(word) > _SHORTEST)
        yield from (self._persons() | things & self._words | others) - text.STOP_WORDS

    def _things(self) -> Iterator[Thing]:
        for alias in self._aliases.things:
            words = [name for name in alias.names if name in alias.in_lower_case and " " not in name]
            names = [name for name in alias.names if name not in words and name not in alias.described]
            lists = (
                ("thing", names),
                ("described", alias.described),
                ("word", words),
                ("alike", alias.alike),
                ("wider", alias.wider),
            )
            yield Thing(tuple((words, _bends(words), how) for how, names in lists for words in names))
        rows = self._connection.execute(
            "SELECT short, long, min(how) FROM abbreviations GROUP BY short, long ORDER BY short, long"
        ).fetchall()
        self._whole = {long for _, long, _ in rows}
        yield from (Thing(((short, "", "short"), (long, "", how))) for short, long, how in rows)
        with self._reading_places() as places:
            if places is not None:
                spoken_of = PlaceNames(places, self._connection, self._words)
                yield from spoken_of.countries()
                yield from spoken_of.cities()

    def _foreign(self, countries: Mapping[str, int]) -> Iterator[tuple[str, str, int, str]]:
        """Yield the rows of `called` for the names in other languages of countries, given with their numbers."""
        with self._reading_places() as places:
            if places is not None:
                for code, (words, root, how) in PlaceNames(places, self._connection, self._words).foreign(countries):
                    yield words, root, countries[code], how

    @contextmanager
    def _reading_places(self) -> Iterator[sqlite3.Connection | None]:
        if self._places is None or not self._places.is_file():
            yield None
            return
        with closing(sqlite3.connect(f"{self._places.absolute().as_uri()}?mode=ro", uri=True)) as places:
            yield places

    def _stemmed(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return each name as its words' stems, so that number and spelling don't matter."""
        split = {name: tuple(name.split(" ")) for name in names}
        # The stemmer is one of English: of thousands of words in other scripts it would leave all as they are.
        forms = {word: common_form(word) for parts in split.values() for word in parts if word.isascii()}
        with closing(Stemmer()) as stemmer:
            stems = stemmer.stems(forms.values())
        return {
            name: tuple(stems[forms[word]] if word in forms else word for word in parts)
            for name, parts in split.items()
        }

    def _phrases_before(self) -> dict[str, bool]:
        """Return of the names of several words whether the archive said them when the tables were written last.

        Nothing is known of them where the names were made of something else.
        """
        rows = self._connection.execute("SELECT name, value FROM about WHERE name IN (?, ?)", (_MADE_OF, _UNSAID))
        about = dict(rows.fetchall())
        if about.get(_MADE_OF) != self._made_of():
            return {}
        said = {words: True for (words,) in self._connection.execute("SELECT words FROM said")}
        return said | dict.fromkeys(json.loads(about.get(_UNSAID, "[]")), False)

    def _is_sayable(self, words: str) -> bool:
        return self._families.keys() >= set(self._stems[words])

    def _is_said(self, words: str, turnover: Turnover) -> bool:
        """Tell whether a passage says these words, in this order."""
        if not self._is_sayable(words):
            return False
        if " " not in words:  # Of another language, a name may share its stem with what is another word: "Crimée".
            family = self._families[self._stems[words][0]]
            bent = words in self._proper and any(are_forms(word, words) for word in family)
            return bent or any(word.startswith(words) or words == common_form(word) for word in family)
        parts = zip(words.split(" "), self._stems[words], strict=True)
        phrase = expression(spelt([(word, self._families[stem]) for word, stem in parts]))
        if words in self._before:
            if turnover.came_with(phrase):
                return True
            if not self._before[words] or not turnover.went_with(phrase):
                return self._before[words]
        found = self._connection.execute("SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1", (phrase,))
        return found.fetchone() is not None

    def _made_of(self) -> str:
        made = sha256(repr(self._aliases).encode())
        for module in (abbreviations, bending, endings, kinship, placenames, sounds, spellings, surnames):
            made.update(Path(str(module.__file__)).read_bytes())
        made.update(Path(__file__).read_bytes())
        with self._reading_places() as places:
            if places is not None:
                made.update(str(places.execute("SELECT value FROM about WHERE name = 'made_of'").fetchone()).encode())
        return made.hexdigest()


def _bends(words: str) -> str:
    """Return what the endings of another language leave of a name from `aliases.toml`: English has its stemmer."""
    return endings.root_of_all(words) if " " in words or words.isascii() else endings.root(words)


def _are_a_word(initials: str) -> bool:
    """Tell whether initials are rather a word of English: of five letters and more, a frequent one: "SCOTUS"."""
    from store.realwords import is_common, is_frequent  # noqa: PLC0415 - only builds read new documents

    return (is_common if len(initials) < _LONG else is_frequent)(initials)


def _stands_as_typed(words: str, how: str) -> bool:
    """Tell whether a name is one of another language, or an abbreviation, whose stem is another's: "HHS"."""
    return how in {"foreign", "short"} or (how == "thing" and len(words) <= _BRIEF and words.isascii())


def _may_be_typed(key: str) -> bool:
    return len(key) >= _SHORTEST or not key.isascii()
