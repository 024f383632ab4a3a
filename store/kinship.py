"""Names of things by their kinds, and by what rule one kind counts as another: a people, a capital; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from store.sought import LOWER, Rule

Name = tuple[str, str, str]
"""A name as folded words with blanks, its root or "", and how it names."""


class Thing(NamedTuple):
    """One thing: all its names, and the code of the country that it is, if it is one."""

    names: tuple[Name, ...]
    country: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it has no names but words that mean nearly the same, and wider ones."""
        return all(how in {"alike", "wider"} for _, _, how in self.names)

    @property
    def alike(self) -> tuple[str, ...]:
        """Its words that mean nearly the same."""
        return tuple(words for words, _, how in self.names if how == "alike")


def rule_of(typed: str, said: str) -> Rule:
    """Return by what rule one kind of name counts as another kind that was typed."""
    if typed == "wider":
        return Rule.NARROWER
    if "capital" in {typed, said} and typed != said:
        return Rule.CAPITAL if said == "capital" else Rule.GOVERNED
    if "alike" in {typed, said}:
        return Rule.ALIKE
    if typed == "foreign":
        return Rule.FOREIGN
    if typed == "people":
        return Rule.COUNTRY if said != "people" else Rule.NAME
    return Rule.PEOPLE if said == "people" else Rule.NAME


@cache  # There are some ten kinds of names.
def is_less(typed: str, said: str) -> bool:
    """Tell whether what counts by that rule comes after all that is said outright."""
    return rule_of(typed, said) in LOWER


def twice_alike(alike: Mapping[int, Collection[str]], spoken_of: Collection[int]) -> Iterator[tuple[str, int]]:
    """Yield names of things that are not spoken of, each with the number of one that is and has a name in common.

    One of several words, as any other may be that of two things: an "outbreak" of war is no epidemic.
    `alike` are the names of either that mean nearly the same, by number: "assisted suicide" is near "assisted dying",
    which nobody says, and so is "euthanasia".
    """
    things: dict[str, list[int]] = {}
    for number in spoken_of:
        for name in alike.get(number, ()):
            if " " in name:
                things.setdefault(name, []).append(number)
    for number, names in alike.items():
        if number not in spoken_of:
            for other in dict.fromkeys(one for name in names for one in things.get(name, ())):
                yield from ((name, other) for name in names if name not in alike[other])
