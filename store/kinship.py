"""By what rule one kind of name counts as another: a people, a capital, a name in another language; pure."""

from __future__ import annotations

from functools import cache

from store.sought import LOWER, Rule


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
