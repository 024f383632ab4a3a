"""Names in what was typed: which of its stretches name something here, and which of these names are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.answers import Answers
from store.bending import are_forms
from store.called import stretches_of, turned
from store.endings import root_of_all
from store.entries import IN_CAPITALS
from store.kinship import is_less
from store.text import STOP_WORDS, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.archive import Archive
    from store.entries import Entries
    from store.guessing import Guesses
    from store.query import Query
    from store.speakers import Speakers
    from store.vocabulary import Forms, Named

_WHOLE = frozenset({"name", "short"})
"""Kinds of names of several words that stand for something only as a whole: "United States"."""

_WORDS = frozenset({"alike", "wider"})
"""Kinds of names that are words like others, and no abbreviations."""


class TypedNames:
    """Knows the names of one commit of an archive in what was typed."""

    def __init__(self, archive: Archive, speakers: Speakers, guesses: Guesses, entries: Entries) -> None:
        self._bearers = speakers.bearers
        self._guesses = guesses
        self._entries = entries
        self._bent: Answers[Sequence[Named]] = Answers(archive.words.bent, ())

    def within(
        self, query: Query, order: Sequence[str], held: Mapping[str, Forms], *, is_long: bool
    ) -> dict[tuple[int, int], list[Named]]:
        """Return which stretches of what was typed are names of something, the longest where they overlap.

        `order` are the words typed, spelt as they are meant, `held` those that the archive holds. Of what `is_long`,
        such as a pasted paragraph, names begin and end with words that are searched for; else with any.
        """
        ends = {word for word, typed in zip(order, query.order, strict=True) if typed in query.words}
        subjects = ends if is_long else set(order)
        if held.keys() >= ends:  # Among strange words, "an" may be an article of another language: "an Iodáil".
            subjects -= STOP_WORDS - set(query.capitals)
        family = self._entries.families.of(order)
        families = [family[word] for word in order]
        stretches = {
            (first, last): ("".join(order[first:last]), "".join(families[first:last]), turned(families[first:last]))
            for first, last in stretches_of(order, subjects)
        }
        if not stretches:
            return {}
        called = self._entries.called.of({key for keys in stretches.values() for key in keys})
        is_ascii = all(map(str.isascii, order))
        roots = {} if is_ascii else {at: root_of_all(" ".join(order[slice(*at)])) for at in stretches}
        bent = self._bent.of({some for some in roots.values() if some})
        found: dict[tuple[int, int], list[Named]] = {}
        taken: set[int] = set()
        seen: set[str] = set()
        telling = [entry for entry in stretches.items() if entry[0] in roots or any(map(called.__getitem__, entry[1]))]
        for (first, last), (key, stems, other_way) in sorted(telling, key=lambda entry: entry[0][0] - entry[0][1]):
            # A word of the archive is that word, whatever it means in another language; one of English is, at first.
            foreign = [name for name in called[key] if name.how == "foreign" and key not in held]
            foreign = foreign or list(bent.get(roots.get((first, last), ""), ()))
            if foreign and last - first == 1 and self._is_english(key, query):
                foreign = []
            own = self._own(key, stems, called[stems], is_held=key in held, is_word=last - first == 1)
            own = own or (called[other_way] if other_way != stems else ()) or called[key]
            if key in held and last - first == 1 and any(map(_has_signs, own)) and self._is_english(key, query):
                own = [name for name in own if not _has_signs(name)]  # "Carbon" is no "carbón", which is coal.
            own = own if key in held else [*own, *self._entries.of_the_english(own)]
            names = [*foreign, *(name for name in own if name.how != "foreign")]
            if names and taken.isdisjoint(range(first, last)):
                # What means nearly the same as a whole, or describes it, may hold words with names of their own.
                whole = (name for name in names if name.how != "described")
                if not all(is_less(name.how, name.said_how) for name in whole):
                    taken.update(range(first, last))
                if key not in seen:  # "syria syria syria"
                    found[first, last] = names
                    seen.add(key)
        return found

    def _own(self, key: str, stems: str, names: Sequence[Named], *, is_held: bool, is_word: bool) -> Sequence[Named]:
        """Return those of the names of one stem that a name typed, or a word, is a form of."""
        if is_word:  # "Populism" has the stem of "population".
            names = [name for name in names if not name.name or are_forms(key, name.name)]
        if not names or key == stems:
            return names
        if len(stems) <= IN_CAPITALS:  # "US" is no stem of "useful"; "arm" is of "arms", and "ISIS" is a name itself.
            return [name for name in names if name.how in _WORDS or name.name == key]
        return [] if not is_held and self._is_misspelt(key, stems) else names  # Nor "poll" of "polle".

    def _is_misspelt(self, word: str, stem: str) -> bool:
        return (
            word not in self._bearers
            and bool(self._entries.known.of((stem,))[stem])
            and self._guesses.is_misspelt(word)
        )

    def _is_english(self, word: str, query: Query) -> bool:
        """Tell whether a word is one of English or somebody's name, and not written as English is not."""
        from store.realwords import is_common  # noqa: PLC0415 - few words have names in other languages

        if word not in self._bearers and not (word.isascii() and is_common(word)):
            return False
        return query.typed.isascii() or written(query.typed).get(word, "").isascii()

    def elsewhere(self, word: str) -> list[Named]:
        """Return what a common word of English is the name of in another language; of a frequent or brief one nothing.

        In some language, something has any name of three letters: "Irã".
        """
        from store.realwords import is_frequent  # noqa: PLC0415

        if len(word) <= IN_CAPITALS or is_frequent(word):
            return []
        return [name for name in self._entries.called.of((word,))[word] if name.how == "foreign"]

    def counting(self, names: Sequence[Named], typed: Sequence[str]) -> tuple[Named, ...]:
        """Return the names but for those that are less than what was typed, and mean no more than nearly the same.

        "The press" says nothing of freedom to who typed "press freedom".
        """
        if len(typed) == 1:
            return tuple(names)
        said = {word for name in names for word in name.words.split(" ")}
        families = self._entries.families.of((*typed, *said))
        all_typed = {families[word] for word in typed} | STOP_WORDS
        return tuple(
            name
            for name in names
            if not is_less(name.how, name.said_how)
            or name.words == " ".join(typed)
            or any(families[word] not in all_typed for word in name.words.split(" "))
        )


def _has_signs(name: Named) -> bool:
    """Tell whether a name is a word of another language that is written with other letters than English has."""
    return name.how == "word" and not name.name


def as_a_whole(typed: str, names: Iterable[Named]) -> str:
    """Return what the archive says for several words that are a name as a whole alone, as they stand; else nothing.

    A designation with a number counts however it is written: "G-20" is the G20, and of no twenty.
    """
    has_number = any(letter.isdigit() for letter in typed)
    key = typed.replace(" ", "")
    for name in names:
        if name.words == typed and name.how in _WHOLE:
            return typed
        if has_number and name.words.replace(" ", "") == key:
            return name.words
    return ""
