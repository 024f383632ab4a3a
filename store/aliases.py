"""`aliases.toml`: names of the same thing, and what people say who don't know its name; pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from store.errors import UsageError
from store.text import STOP_WORDS, words

FILE = "aliases.toml"
"""Its name within the seeds folder."""

_LISTS = ("names", "alike", "wider")

_LONGEST = 10
"""Words that a name may have."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing, by what it may be called: folded words, with blanks.

    All its `names` mean the same, what is `alike` nearly the same, and `wider` are words for what it is one of. Those
    that are `foreign` are not written as English is: "Corée". Those `in_lower_case` are words like others, and no
    abbreviations: "war", and "Krieg" beside it, as German writes it; those that are `described` are so by a name and
    other words: "Iranian nuclear programme". All are in the order of the file, in any process.
    """

    names: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    in_lower_case: tuple[str, ...] = ()
    described: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aliases:
    """What the file says; `warnings` tell of what in it can't be used, each with its line unknown."""

    things: tuple[Thing, ...] = ()
    warnings: tuple[str, ...] = ()


def read(text: str) -> Aliases:
    """Return what an `aliases.toml` says; `UsageError` where it is no TOML.

    It has a table `[[thing]]` for each, with lists `names`, `alike` and `wider`, each of which may be missing. What is
    not of that form is left out, with a warning. A name that holds another thing's is known with each of its names: who
    lists "UN Charter" need not list "United Nations Charter". So is what is alike to a thing to all its proper names.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{FILE} is no TOML: {error}.") from error
    warnings = [f"unknown key {key!r}" for key in content if key != "thing"]
    things: list[Thing] = []
    listed_names: list[Sequence[str]] = []
    entries = content.get("thing", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else (), start=1):
        where = f"thing {number}"
        if not isinstance(entry, dict):
            warnings.append(f"{where} is no table")
            continue
        warnings += [f"{where} has an unknown key {key!r}" for key in entry if key not in _LISTS]
        lists = [tuple(_listed(entry, key, where, warnings)) for key in _LISTS]
        names, alike, wider = (tuple(dict.fromkeys(map(_folded, listed))) for listed in lists)
        if (names or alike) and len(names) + len(alike) + len(wider) > 1:
            foreign = tuple(dict.fromkeys(_folded(one) for listed in lists for one in listed if _is_foreign(one)))
            is_word = bool(lists[0]) and lists[0][0].islower()
            lower = tuple(
                dict.fromkeys(_folded(one) for one in lists[0] if one.islower() or (is_word and _is_noun(one)))
            )
            described = tuple(dict.fromkeys(_folded(one) for one in lists[0] if _is_described(one)))
            listed_names.append(lists[0])
            things.append(Thing(names, alike, wider, foreign, lower, described))
        else:
            warnings.append(f"{where} has not two names: it says nothing")
    pairs = (pair for thing, names in zip(things, listed_names, strict=True) for pair in _abbreviated(names))
    ways: dict[str, list[tuple[str, str]]] = {}
    for one, other in (way for short, long in pairs for way in ((short, long), (long, short))):
        ways.setdefault(one.split(" ")[0], []).append((one, other))
    return Aliases(tuple(_shared([_spelt_out(thing, ways) for thing in things])), tuple(warnings))


def _abbreviated(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of a thing that is the initials of another one, and the first such: "UN", "United Nations"."""
    shorts = {name.lower() for name in names if name.isascii() and name.isalpha() and name.isupper()}
    for name in (_folded(name) for name in names if shorts and name.isascii() and " " in name):
        initials = "".join(word[0] for word in name.split(" ") if word not in STOP_WORDS)
        if initials in shorts:
            yield initials, name
            return


def _spelt_out(thing: Thing, ways: Mapping[str, Sequence[tuple[str, str]]]) -> Thing:
    """Return a thing whose names that begin with another thing's name, or end with it, begin and end with another too.

    `ways` are names with another one of the same thing each, by their first words. At the end they stand behind "of".
    """

    def with_others(names: Sequence[str]) -> tuple[str, ...]:
        found = list(names)
        for name in names:
            own, joined, end = name.partition(" of the ")
            for one, other in ways.get(name.split(" ")[0], ()):
                if name.startswith(f"{one} "):
                    found.append(f"{other}{name[len(one) :]}")
            found += (f"{own}{joined}{other}" for one, other in ways.get(end.split(" ")[0], ()) if end == one)
        return tuple(dict.fromkeys(found))

    lists = thing.names, thing.alike, thing.wider, thing.foreign, thing.in_lower_case, thing.described
    return Thing(*map(with_others, lists))


def _shared(things: Sequence[Thing]) -> Iterator[Thing]:
    """Yield things to which all proper names of a thing are alike of which one name is."""
    named: dict[str, list[str]] = {}
    for thing in things:
        proper = [
            name for name in thing.names if name.isascii() and name not in (*thing.in_lower_case, *thing.described)
        ]
        for name in thing.names if proper else ():
            named.setdefault(name, []).extend(proper)
    for thing in things:
        others = (name for one in thing.alike for name in named.get(one, ()) if name not in thing.names)
        yield replace(thing, alike=tuple(dict.fromkeys((*thing.alike, *others))))


def _listed(entry: Mapping[str, object], key: str, where: str, warnings: list[str]) -> Iterator[str]:
    said = entry.get(key, [])
    if not isinstance(said, list):
        warnings.append(f"{where}: {key!r} is no list")
        return
    for one in said:
        if isinstance(one, str) and (name := _folded(one)) and name.count(" ") < _LONGEST:
            yield one
        else:
            warnings.append(f"{where}: {one!r} is no name")


@lru_cache(maxsize=256)  # More than one thing has: each is asked for several times.
def _folded(name: str) -> str:
    return " ".join(words(name))


def _is_noun(name: str) -> bool:
    """Tell whether a name is written as German writes any noun."""
    return len(name) > 1 and name[0].isupper() and name[1:].islower()


def _is_described(name: str) -> bool:
    """Tell whether a name of several words is no proper name, but holds one."""
    return " " in name and name.rpartition(" ")[2].islower() and not name.islower()


def _is_foreign(name: str) -> bool:
    """Tell whether a name has letters that English has not."""
    return not name.isascii() and any(c.isalpha() and not c.isascii() for c in name)
