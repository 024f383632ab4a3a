"""What a word may have been meant for that the archive does not hold: a slip, words run together, a name bent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from store import sounds
from store.bending import bases
from store.endings import root
from store.nearness import cost
from store.query import expression
from store.sought import Alternative, Rule
from store.spellings import common_form
from store.text import STOP_WORDS

if TYPE_CHECKING:
    from store.archive import Archive
    from store.query import Query
    from store.vocabulary import Named

_MOST_LENGTHS = 32
"""Lengths of words with slips for which the words that may be meant are kept."""

_SHORTEST_PART = 3
"""Letters that each of two words must have that were run together."""

_MOST_TRIED = 4
"""Words that a real one may have been meant for that are tried beside its neighbours."""

_SAID_TOGETHER = 0.7
"""What it tells for a word that it is said with its neighbour, beside what each slip tells against it."""

_COMMON_SLIP = 1.1
"""What a slip may cost by which a word of English was typed for another."""

_SHORTEST_NAME = 5
"""Letters that a name must have for its adjective to be made of it."""

_SHORTEST_BENT = 6
"""Letters of ASCII that a name in another language must have to be known with a slip, in those people type in."""

_SIBILANT = re.compile("(ss|sh|ch|x)e$")
"""What a plural leaves without its last letter that has one more than the singular."""

_FIGURES = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_IN_WORDS = {figure: word for word, figure in _FIGURES.items()}

_DECADE = re.compile(r"(18|19|20)?(\d0s)")
_CENTURIES = ("19", "20")
"""What may be written before a decade: the "80s" are the 1980s, and the "20s" of this century or the last."""

_LONGEST = 40
"""Letters beyond which nothing is a word that somebody may have meant."""

_BEGINNING = 2
"""Letters that a name in another language must share with what was typed, to be compared with it."""


class Guessed(NamedTuple):
    """What words that nobody said may be meant for: other words, words run together, names; and those that are none.

    `taken` are words of English, and slips, that are names in another language, each with what the archive says for it.
    """

    meant: dict[str, str]
    parted: dict[str, Alternative]
    named: dict[tuple[int, int], Sequence[Named]]
    taken: dict[str, str]
    missing: list[str]


class Guesses:
    """Guesses from the words and names of one commit of an archive; `names` are those of speakers, with passages."""

    def __init__(self, archive: Archive, names: Mapping[str, int]) -> None:
        self._archive = archive
        self._names = names
        self._near = lru_cache(_MOST_LENGTHS)(self._words_between)
        self._known = lru_cache(4096)(lambda word: archive.words.forms((word,)).get(word))
        self._sounding = lru_cache(64)(lambda word: archive.words.sounding(sounds.beginnings(word)))
        self.of = lru_cache(512)(self._of)
        self.is_misspelt = lru_cache(1024)(self._is_misspelt)
        self._cut = lru_cache(512)(self._cut_of)
        self.joined = lru_cache(1024)(self._joined)
        self.parts = lru_cache(1024)(self._parts)

    def _of(
        self, word: str, order: tuple[str, ...], *, alone: bool, named: bool = False
    ) -> str | Alternative | list[Named] | None:
        """Return the word of the archive that was meant, words that were run together, names, or None.

        A function word is meant only beside other words. With `named` it is the name of something, rarely misspelt.
        """
        if len(word) > _LONGEST:
            return None
        bent = [] if word.isascii() else self._bent(word)
        speaker = self._sounding_alike(word) if bent else None
        if speaker or any(name.root == root(word) for name in bent):
            return speaker or bent  # "Гани" is Ghani, and no form of what Hanoi is somewhere.
        from store.realwords import is_common  # noqa: PLC0415 - most searches are spelt right

        real = word.isascii() and not named and is_common(word)
        person = None if real else self.person(word)
        if person or bent:
            return person or bent
        if parts := self.parts(word):
            return parts
        if joined := self._joined(word, order):
            return joined
        meant = self._corrected(word, order, alone=alone, real=real)
        return meant or (None if real else self._bent(word) or self.person(word, nearly=True))

    def person(self, word: str, *, nearly: bool = False) -> str | None:
        """Return a person's name here that a word is in another script or language, the one that is said most."""
        known = self._sounding(word)
        alike = sounds.near(word, known) if nearly else sounds.same(word, known) or self._as_spelt(word)
        spoken = {name: self._names.get(name, 0) + self.passages_of(name) for name in alike}
        return max(sorted(name for name, passages in spoken.items() if passages), key=spoken.__getitem__, default=None)

    def _sounding_alike(self, word: str) -> str | None:
        """Return the name of one who speaks here that sounds as a word does as it stands."""
        own = sounds.sounds(word)
        alike = {name for sound, name in self._sounding(word) if sound in own and name in self._names}
        return max(sorted(alike), key=self._names.__getitem__, default=None)

    def _as_spelt(self, word: str) -> frozenset[str]:
        """Return the person's name that a word of another script is letter by letter, however short: "Абэ"."""
        name = "" if word.isascii() else sounds.in_latin(word)
        is_one = name in self._names or bool(self._archive.words.given_names((name,)))
        return frozenset({name} if name and is_one else ())

    def speaker(self, word: str) -> str | None:
        """Return the name of one who speaks here that was meant by a word that none bears: another spelling, a slip."""
        from store.spelling import corrections  # noqa: PLC0415

        known = [(sound, name) for sound, name in self._sounding(word) if name in self._names]
        alike = sounds.same(word, known) or corrections(word, self._names)[:1] or sounds.near(word, known)
        return max(sorted(alike), key=self._names.__getitem__, default=None)

    @cached_property
    def _of_names(self) -> frozenset[str]:
        """The words of names that nobody says here; brief ones are too near to anything."""
        return frozenset(word for word in self._archive.words.of_names() if len(word) >= _SHORTEST_NAME)

    def passages(self, other: Alternative) -> int:
        """Return in about how many passages these words stand, at most."""
        return min(map(self.passages_of, other.words.split(" ")))

    def passages_of(self, word: str) -> int:
        """Return in about how many passages a word or another form of it stands, at most."""
        forms = self._known(word)
        return sum(forms.passages.values()) if forms else 0

    def _joined(self, word: str, order: tuple[str, ...]) -> Alternative | None:
        """Return what a word makes with the one typed before or after it, where the archive writes them as one."""
        for at, typed in enumerate(order):
            if typed != word:
                continue
            for first in (at - 1, at):
                both = "".join(order[first : first + 2]) if first >= 0 else ""
                is_long = len(both) >= 2 * _SHORTEST_PART or (both[-1:].isdigit() and not both.isdigit())  # "COP 15"
                if len(both) > len(word) and is_long and (forms := self._known(both)):
                    return Alternative(both, (frozenset(forms.passages),), Rule.JOINED)
        return None

    def _is_misspelt(self, word: str) -> bool:
        """Tell whether a word that shares its stem with one said here is rather a slip in another: "noth", "leades".

        It is no word of English, nor a regular form of one or of a word said here, nor one of what is said in the
        plural, and another is one slip away.
        """
        own = [base for base in (*bases(word), common_form(word)) if base not in STOP_WORDS]
        if not word.isascii() or len(word) > _LONGEST or any(map(self._known, own)):
            return False
        from store.realwords import is_word  # noqa: PLC0415 - most searches are spelt right
        from store.spelling import ONE_SLIP, nearest  # noqa: PLC0415

        if len(word) < ONE_SLIP or any(map(is_word, (word, *own))):
            return False
        near = self._near(len(word) - 1, len(word) + 1)
        return word not in near and bool(nearest(word, near, most=1))

    def cut(self, query: Query, strange: Iterable[str]) -> tuple[Query, tuple[str, str]] | None:
        """Return a query with a blank more or less, and what was typed and is meant, where a strange word tells so."""
        verbatim = {word for phrase in query.phrases for word in phrase}
        for word in strange:
            found = None if word in verbatim else self._cut(word, query.order)
            if found and verbatim.isdisjoint(found[0]):
                typed, meant = found
                at = next(at for at in range(len(query.order)) if query.order[at : at + len(typed)] == typed)
                order = (*query.order[:at], *meant, *query.order[at + len(typed) :])
                words = dict.fromkeys(w for w in order if w in query.words or w in meant)
                return replace(query, words=tuple(words), order=order), (" ".join(typed), " ".join(meant))
        return None

    def _cut_of(self, word: str, order: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Return words typed with or without a blank too many, one of which nobody said, and how the archive cuts them.

        None where it has neither; a word of English that is common was typed as it is meant.
        """
        for pair in zip(order, order[1:], strict=False):
            both = "".join(pair)
            if word in pair and len(both) >= 2 * _SHORTEST_PART and self._known(both):
                return pair, (both,)
        from store.realwords import is_common  # noqa: PLC0415 - most searches are spelt right

        if len(word) > _LONGEST or (word.isascii() and is_common(word)) or self.person(word):
            return None
        parts = self.parts(word)
        return ((word,), tuple(parts.words.split(" "))) if parts else None

    def derived(self, word: str) -> list[Alternative]:
        """Return what a name makes an adjective with, or is the adjective of: "Crimea" and "Crimean"."""
        if len(word) < _SHORTEST_NAME:
            return []
        others = [f"{word}n"] if word.endswith("a") else [word[:-1]] if word.endswith("an") else []
        known = ((other, self._known(other)) for other in others)
        return [Alternative(other, (frozenset(forms.passages),), Rule.PEOPLE) for other, forms in known if forms]

    def in_figures(self, word: str) -> list[Alternative]:
        """Return the figure for a small number in words, or its word where that alone is said: "Nord Stream two"."""
        if decade := _DECADE.fullmatch(word):
            century, years = decade.groups()
            said = [years] if century else [f"{century}{years}" for century in _CENTURIES]
            return [Alternative(one, (frozenset((one,)),), Rule.FORM) for one in said if self._known(one)]
        figure = _FIGURES.get(word) or ("" if self._known(word) else _IN_WORDS.get(word, ""))
        forms = self._known(figure) if figure else None
        return [Alternative(figure, (frozenset(forms.passages),), Rule.FORM)] if forms else []

    def _parts(self, word: str) -> Alternative | None:
        """Return the two words that were run together, where the archive says these one after the other."""
        cuts = [(word[:at], word[at:]) for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)]
        held = self._archive.words.known([part for cut in cuts for part in cut]) if cuts else {}
        for first, last in cuts:
            if first not in held or last not in held or not STOP_WORDS.isdisjoint((first, last)):
                continue
            said = [self._known(part) for part in (first, last)]
            if all(said) and self._archive.words.has_phrase(expression((f"{first} {last}",))):
                forms = tuple(frozenset(one.passages) for one in said if one)
                return Alternative(f"{first} {last}", forms, Rule.PARTED)
        return None

    def _corrected(self, word: str, order: tuple[str, ...], *, alone: bool, real: bool) -> str | None:
        """Return the word that was meant by one that nobody said: the likeliest, which what stands beside it tells too.

        A real word that nobody said is no slip, but where another makes something that is said with its neighbour, and
        the slip is likely: "untied states"; nor is one of three letters; nor one that is rare, but for likely slips.
        """
        # Most searches are spelt right, and a process that runs one need not load rapidfuzz for it.
        from store.realwords import is_word  # noqa: PLC0415
        from store.spelling import ONE_SLIP, lacking, lengths, weighed  # noqa: PLC0415

        pairs = [pair for pair in zip(order, order[1:], strict=False) if word in pair]
        odds = dict(weighed(word, self._near(*lengths(word))))
        if alone:
            odds = {other: odd for other, odd in odds.items() if other not in STOP_WORDS}
        if real or len(word) < ONE_SLIP:
            tried = lacking(word, self._near(ONE_SLIP - 1, ONE_SLIP)) if pairs and not odds else tuple(odds)
            beside = [pair for pair in pairs if STOP_WORDS.isdisjoint(pair)]
            likely = [other for other in tried[:_MOST_TRIED] if cost(word, other) <= _COMMON_SLIP]
            return next((other for other in likely if self._is_said_with(other, word, beside)), None)
        if not odds:
            return None
        least = min(odds.values())
        likely = [other for other, odd in odds.items() if odd < least + _SAID_TOGETHER][:_MOST_TRIED]
        if pairs and len(likely) > 1:
            meant = min(likely, key=lambda o: odds[o] - _SAID_TOGETHER * self._is_said_with(o, word, pairs))
        else:
            meant = likely[0]
        return None if is_word(word) and cost(word, meant) > _COMMON_SLIP else meant

    def _is_said_with(self, other: str, word: str, pairs: Sequence[tuple[str, str]]) -> bool:
        phrases = (" ".join(other if one == word else one for one in pair) for pair in pairs)
        return any(self._archive.words.has_phrase(expression((phrase,))) for phrase in phrases)

    def _bent(self, word: str) -> list[Named]:
        """Return the things that a word names in another language, in another case or number, or with a slip."""
        from store.spelling import nearest  # noqa: PLC0415

        if len(word) < _SHORTEST_PART:
            return []
        own = root(word)
        found = self._archive.words.called_nearly(own, word[:_BEGINNING])
        alike = [name for name in found if name.root == own]
        if word.isascii():  # In some language, something is a letter away from any name: "Elon", "Rouhani".
            found = [name for name in found if name.root and len(word) >= _SHORTEST_BENT]
        close = nearest(word, {name.key for name in alike or found}, most=len(word) if alike else 1)
        return [name for name in alike or found if name.key in close]

    def _words_between(self, shortest: int, longest: int) -> dict[str, int]:
        near = {name: passages for name, passages in self._names.items() if shortest <= len(name) <= longest}
        said = dict(self._archive.words.near(shortest, longest + 1))
        single = {one: said[word] for word in said if (one := _singular(word))}
        single |= dict.fromkeys((word for word in self._of_names if shortest <= len(word) <= longest), 1)
        return {word: n for word, n in (single | near | said).items() if shortest <= len(word) <= longest}


def _singular(word: str) -> str:
    """Return one of what a word may be the plural of, as somebody may mean one of what is said in the plural alone."""
    if not word.endswith("s") or word.endswith("ss"):
        return ""
    return _SIBILANT.sub(r"\1", word[:-3] + "y" if word.endswith("ies") else word[:-1])
