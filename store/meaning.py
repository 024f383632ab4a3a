"""What a Query comes to in an archive: what to look for, and what became of the words typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.query import all_of, any_of
from store.sought import Sought
from store.text import STOP_WORDS

if TYPE_CHECKING:
    from store.entries import Group
    from store.model import Filter


@dataclass(frozen=True, slots=True)
class Meaning:
    """What to look for, and what became of the words typed.

    `groups` are those for each term that is not a speaker's name, the rarest first, `named` those for the terms that
    are; `speakers` bear these names. `corrected`, `missing`, `apart`, `elsewhere` and `unmet` are those of `Results`;
    `unsaid` are two words that name one thing, of which somebody speaks, but in other words. `idle` are words typed
    that only stand around a subject, and are not looked for.
    """

    sought: Sought
    groups: tuple[Group, ...] = ()
    named: tuple[Group, ...] = ()
    speakers: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    unmet: tuple[Filter, ...] = ()
    idle: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether a passage may match and be no hit.

        For the case of its letters, for names of several people, or for a word that only is stemmed alike.
        """
        return self.sought.has_capitals or self.sought.has_kin or self.names_several or bool(self.sought.exactly)

    @property
    def is_of_function_words(self) -> bool:
        """Whether nothing is sought but words that carry no subject: any passage with all is as good as another."""
        return bool(self.groups) and all(term.word in STOP_WORDS and not term.capital for term in self.sought.terms)

    @property
    def by(self) -> dict[str, Any]:
        """What narrows the passages that match to those by or of the people named, as `Index.matching` takes it."""
        if not self.named:
            return {}
        names = (group.wide for group in self.named)
        return {"speakers": self.speakers, "names": (any_of if self.names_several else all_of)(names)}

    @property
    def names_several(self) -> bool:
        """Whether the names are those of several people."""
        return len({self.sought.terms[n].speakers for n in self.sought.named}) > 1

    @property
    def every_word(self) -> str:
        """The expression for passages that have every term but the names outright; empty where there are only names."""
        strong = [group.strong for group in self.groups]
        return all_of(strong) if all(strong) else ""

    @property
    def every_word_widely(self) -> str:
        """The same, of passages that may have a term in weaker words."""
        return all_of(group.wide for group in self.groups)
