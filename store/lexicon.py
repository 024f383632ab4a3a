"""Reads a Query as this archive has its words: each word typed, and all that counts as it here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from store.answers import Answers
from store.endings import root
from store.entries import Entries, Entry
from store.guessing import Guessed, Guesses
from store.inquiry import around, person_asked_of
from store.meaning import Meaning
from store.query import Query, expression
from store.sought import STRONG, Alternative, Rule, Sought, Term
from store.sounds import resemble
from store.speakers import Speakers
from store.surnames import TITLES
from store.text import STOP_WORDS, is_of_another_script, words
from store.typednames import TypedNames, as_a_whole
from store.unspoken import Unspoken
from store.vocabulary import Forms

if TYPE_CHECKING:
    from store.archive import Archive
    from store.vocabulary import Named

MOST_TERMS = 12
"""Words that are searched for of those typed, the rarest: by these alone any pasted paragraph is known."""

_MOST_GUESSED = 6
"""Words among them that the archive does not hold."""

_FEW = 3
"""Words typed up to which each may also be written apart where it is written together: more find it by the others."""

_LONGEST_NAME = 8
"""Words that the name of a speaker may have, to be looked for in other spellings."""


class _Reading(NamedTuple):
    """A query under way: what each word is held to be, which names stand where in it, and what was left out of it."""

    query: Query
    guessed: Guessed
    held: Mapping[str, Forms]
    named: Mapping[tuple[int, int], Sequence[Named]]
    left_out: tuple[str, ...]


class Lexicon:
    """The words and names of an archive as of one commit; good until `Archive.version` changes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._speakers = Speakers(archive.listing.passages_by_speakers())
        self._bearers = self._speakers.bearers
        self._guesses = Guesses(archive, self._speakers.names)
        self._entries = Entries(archive, self._speakers, self._guesses)
        self._typed = TypedNames(archive, self._speakers, self._guesses, self._entries)
        self._unspoken = Unspoken(archive.words)
        self._given_names: Answers[frozenset[str] | None] = Answers(archive.words.given_names, None)

    def read(self, query: Query, *, capitals: bool = True) -> Meaning:
        """Return what the words of a query mean here; without `capitals` abbreviations count in any case."""
        if query.capitals and not capitals:
            query = replace(query, capitals=frozenset())
        idle = self._idle_words(query)
        query = self._most_telling(_without(query, idle))
        held = self._said(query.words)
        named: dict[tuple[int, int], Sequence[Named]] = dict(self._named(query, query.order, held))
        covered = {word for first, last in named for word in query.order[first:last]}
        unspoken = self._unspoken.within(query.order, {*query.words} - held.keys() - covered)
        spoken = query
        if unspoken:
            spoken = replace(query, words=tuple(word for word in query.words if word not in unspoken))
        foreign = {query.order[at] for (at, _), names in named.items() if any(name.how == "foreign" for name in names)}
        strange = [word for word in spoken.words if word not in held and word not in foreign]
        if cut := self._guesses.cut(spoken, [word for word in strange if word not in self._bearers]):
            meaning = self.read(cut[0], capitals=capitals)
            return replace(meaning, corrected=(cut[1], *meaning.corrected), idle=(*idle, *meaning.idle))
        guessed = self._guessed(spoken, held, named)
        guessed.missing.extend(word for word in query.words if word in unspoken and word not in held)
        query = spoken
        named = named | guessed.named
        if guessed.meant:
            held |= self._said(guessed.meant.values())
            order = [guessed.meant.get(word, word) for word in query.order]
            named = {**self._named(query, order, held), **named}
            covered = {word for first, last in named for word in query.order[first:last]}
            guessed.missing[:] = [word for word in guessed.missing if word not in covered or word in unspoken]
        return self._meaning(_Reading(query, guessed, held, named, idle))

    def _named(
        self, query: Query, order: Sequence[str], held: Mapping[str, Forms]
    ) -> dict[tuple[int, int], list[Named]]:
        return self._typed.within(query, order, held, is_long=len(query.words) >= MOST_TERMS)

    def speakers_called(self, names: Sequence[str]) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
        """Return the speakers who bear all of these names, and those spelt otherwise, each with its spelling here."""
        found = self._speakers.called(names)
        if found or len(names) > _LONGEST_NAME:
            return found, ()
        meant = {name: self._guesses.speaker(name) or name for name in names if not self._speakers.called((name,))}
        found = self._speakers.called([meant.get(name, name) for name in names])
        return found, tuple(meant.items()) if found else ()

    def speakers_but(self, without: Iterable[Sequence[str]], among: frozenset[str] | None) -> frozenset[str]:
        """Return the speakers, or those `among` them, but for who bears all of some names, in any spelling."""
        of = self._speakers.everyone if among is None else among
        return of.difference(*(self.speakers_called(names)[0] for names in without))

    def asked_of(self, query: Query, meaning: Meaning) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return the speakers whose words are asked for: "what did Putin say about Syria".

        And those of the persons asked of, whom texts name, that do not speak here.
        """
        beside = person_asked_of(query.order)
        if not beside:
            return frozenset(), ()
        meant = {word: said.split(" ") for typed, said in meaning.corrected for word in typed.split(" ")}
        asked = {said for word in beside for said in meant.get(word, (word,))}
        terms = [term for term in meaning.sought.terms if term.word in asked]
        silent = [term.word for term in terms if not term.speakers and self._is_person(term)]
        return frozenset().union(*(term.speakers for term in terms)), tuple(silent)

    def _is_person(self, term: Term) -> bool:
        names = [term.word, *(other.words for other in term.others)]
        return any(given is not None for given in self._given_names.of(names).values())

    def in_own_script(self, query: Query) -> Query:
        """Return a query whose quoted and excluded words of another script, that nobody says here, are what they mean.

        They can't stand in a passage as they are.
        """
        if not (query.phrases or query.without):
            return query
        phrases = tuple(phrase for phrase in query.phrases if not self._is_strange(phrase))
        without = tuple(
            meant
            for phrase in query.without
            for meant in (self._meant_by(phrase) if self._is_strange(phrase) else (phrase,))
        )
        return replace(query, phrases=phrases, without=without)

    def _is_strange(self, phrase: Sequence[str]) -> bool:
        strange = [word for word in phrase if is_of_another_script(word)]
        return any(not passages for passages in self._entries.known.of(strange).values())

    def _meant_by(self, phrase: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Return what the archive says outright for a phrase of another script, if that is one thing."""
        terms = self.read(Query(" ".join(phrase), phrase, phrase)).sought.terms
        if len(terms) != 1:
            return (phrase,)
        outright = [other.words for other in terms[0].others if other.worth >= STRONG]
        return tuple(tuple(said.split(" ")) for said in (*sorted(terms[0].forms), *outright))

    def _idle_words(self, query: Query) -> tuple[str, ...]:
        """Return the words typed that only stand around a subject, if there is one."""
        idle = around(query.order, self._is_held, self._is_of_somebody) if len(query.words) > 1 else frozenset()
        found = tuple(word for word in query.words if word in idle)
        return found if len(found) < len(query.words) else ()

    def _is_of_somebody(self, word: str) -> bool:
        """Tell whether a word names a person or a people, who may have said something."""
        if word in self._bearers or self._given_names.of((word,))[word] is not None:
            return True
        family = self._entries.families.of((word,))[word]
        return any(name.how == "people" for name in self._entries.called.of((family,))[family])

    def _is_held(self, word: str) -> bool:
        return word in STOP_WORDS or bool(self._entries.known.of((word,))[word])

    def _said(self, typed: Iterable[str]) -> dict[str, Forms]:
        """Return those of these words of which the archive holds a form, each with its forms."""
        return {word: forms for word, forms in self._entries.held(typed).items() if forms.passages}

    def _guessed(
        self, query: Query, held: Mapping[str, Forms], named: Mapping[tuple[int, int], Sequence[Named]]
    ) -> Guessed:
        """Return what is made of the words that nobody said, and that are no names."""
        covered = {word for first, last in named for word in query.order[first:last]}
        weak = self._only_weakly(named, query.order)
        verbatim = {word for phrase in query.phrases for word in phrase}
        guessed = Guessed({}, {}, {}, {}, [])
        for word in query.words:
            if word in held or (word in covered and word not in weak) or word in self._bearers:
                continue
            if self._guesses.in_figures(word):
                continue
            guess = None
            if word not in verbatim:
                guess = self._guesses.of(word, query.order, alone=len(query.words) == 1, named=word in weak)
            if isinstance(guess, str):
                guessed.meant[word] = guess
            elif isinstance(guess, Alternative):
                guessed.parted[word] = guess
            elif guess or (word not in covered and not (self._entries.kin(word) or self._entries.related(word))):
                names = guess or ([] if word in verbatim else self._typed.elsewhere(word))
                guessed.named.update(
                    {(at, at + 1): names for at, typed in enumerate(query.order) if names and typed == word}
                )
                if not names:
                    guessed.missing.append(word)
                elif not guess or all(name.root != root(word) for name in names):
                    guessed.taken[word] = min(names, key=lambda name: name.said_how != "name").words
        given = {word: self._given_name(word, query.order, guessed) for word in guessed.missing}
        guessed.taken.update((word, name) for word, name in given.items() if name)
        guessed.missing[:] = [word for word, name in given.items() if not name]
        return guessed

    def _given_name(self, word: str, order: Sequence[str], guessed: Guessed) -> str:
        """Return the given name of a person beside a word of another script that resembles it: "Джейк Салливан".

        It may be another's: "Джон" resembles "Jane" too.
        """
        if word.isascii():
            return ""
        at = order.index(word)
        for beside in {*order[max(at - 1, 0) : at], *order[at + 1 : at + 2]}:
            person = guessed.meant.get(beside, beside)
            names = {name for speaker in self._bearers.get(person, ()) for name in words(speaker)} - {person}
            names |= self._given_names.of((person,))[person] or frozenset()
            if alike := sorted(name for name in names if resemble(word, name)):
                return alike[0]
        return ""

    def _most_telling(self, query: Query) -> Query:
        """Return a query for the rarest of very many words, in the order typed."""
        if len(query.words) <= MOST_TERMS:
            return query
        known = self._entries.known.of(query.words)
        held = sorted((word for word in query.words if known[word]), key=known.__getitem__)
        unknown = [word for word in query.words if not known[word]]
        some = unknown[: max(_MOST_GUESSED, MOST_TERMS - len(held))]
        chosen = {*some[:MOST_TERMS], *held[: MOST_TERMS - len(some)]}
        words_kept = tuple(word for word in query.words if word in chosen)
        return replace(query, words=words_kept, capitals=query.capitals & chosen)

    def _meaning(self, reading: _Reading) -> Meaning:
        query, guessed = reading.query, reading.guessed
        meant, missing = guessed.meant, guessed.missing
        order = [meant.get(word, word) for word in query.order]
        idle = self._idle(query, order)
        others = self._others(reading)
        spelt = {word: frozenset(forms.passages) for word, forms in reading.held.items()}
        found: dict[object, Entry] = {}
        whole: set[str] = set()
        lost: list[str] = []
        for (first, last), names in reading.named.items():
            typed = " ".join(order[first:last])
            if last - first > 1 and (said := as_a_whole(typed, names)):
                entry = self._entries.entry(said, tuple(others[first, last]), capital=False)
                found.setdefault(said, entry)
                whole.update(query.order[first:last])
        for word in query.words:
            stretches = [
                others[first, last]
                for first, last in reading.named
                if word in query.order[first:last] and (last - first == 1 or word not in whole)
            ]
            said = meant.get(word, word)
            forms = reading.held.get(said, Forms((said,), {}))
            own = [*dict.fromkeys(other for some in stretches for other in some)]
            may_part = bool(forms.passages) and len(query.words) <= _FEW
            parts = guessed.parted.get(word) or (self._guesses.parts(said) if may_part else None)
            own += [parts] if parts else []
            joined = self._guesses.joined(said, tuple(order))
            own += [joined] if joined else []
            own += (*self._guesses.derived(said), *self._guesses.in_figures(said))
            own += self._entries.related(said, own)
            own += [] if forms.passages else self._entries.kin(said)
            known = forms.passages or own or said in self._bearers
            if word in meant and not (known or word in whole or word in idle):
                lost.append(word)  # What was meant is only a part of a name, of which the rest was not typed.
            if word in whole or word in idle or not known:
                continue
            entry = self._entries.entry(said, tuple(own), capital=said in query.capitals)
            found.setdefault(entry.term.forms or said, entry)
        entries = self._as_worded(query, list(found.values()))
        if all(word in STOP_WORDS for word in query.words):
            missing = [] if entries else missing
        else:  # A slip in a function word ("waht") is put right, and then it is a function word like any other.
            entries = [entry for entry in entries if entry.term.word not in STOP_WORDS or entry.term.capital]
        subjects = sorted((entry for entry in entries if not entry.term.speakers), key=lambda entry: -entry.term.weight)
        # A name says nothing of a subject that nobody spoke of.
        persons = [] if (missing or lost) and not subjects else [entry for entry in entries if entry.term.speakers]
        order = [word for word, typed in zip(order, query.order, strict=True) if typed not in idle]
        return Meaning(
            sought=Sought([entry.term for entry in (*subjects, *persons)], order, query.phrases, spelt),
            groups=tuple(entry.group for entry in subjects),
            named=tuple(entry.group for entry in persons),
            speakers=tuple(sorted(frozenset().union(*(entry.term.speakers for entry in persons)))),
            corrected=tuple((typed, said) for typed, said in (meant | guessed.taken).items() if typed not in lost),
            missing=(*missing, *lost),
            idle=reading.left_out,
        )

    def _as_worded(self, query: Query, entries: list[Entry]) -> list[Entry]:
        """Return the term of one plain word with function words behind it as what was typed, where somebody says that.

        "Never again" is not all that is never; who says "never" alone comes after it.
        """
        typed = words(query.typed)
        if len(entries) != 1 or len(typed) < 2 or typed[0] != query.words[0] or query.is_narrowed:
            return entries
        term = entries[0].term
        if term.others or term.speakers or term.capital or not STOP_WORDS.issuperset(typed[1:]):
            return entries
        worded = " ".join(typed)
        if not self._archive.words.has_phrase(expression((worded,))):
            return entries
        alone = Alternative(term.word, (term.forms,), Rule.ALIKE)
        said = Alternative(worded, tuple(frozenset((word,)) for word in typed), Rule.SAID)
        return [self._entries.entry(worded, (said, alone), capital=False)]

    def _only_weakly(self, named: Mapping[tuple[int, int], Sequence[Named]], order: Sequence[str]) -> set[str]:
        """Return the words of names for which the archive says nothing but a capital: another word may be meant."""
        weak = (place for place, names in named.items() if all(name.said_how == "capital" for name in names))
        return {word for first, last in weak for word in order[first:last]}

    def _idle(self, query: Query, order: Sequence[str]) -> set[str]:
        """Return the words that only introduce a person who is named beside them: an office, a given name."""
        typed = [word for word in order if word not in STOP_WORDS]
        if len(typed) < 2:
            return set()
        given = {word: names for word, names in self._given_names.of(typed).items() if names is not None}
        idle: set[str] = set()
        for before, word in zip(typed, typed[1:], strict=False):
            if word in given and before in given[word] and before not in self._bearers:
                idle.add(before)
        for at, word in enumerate(typed):
            if word in TITLES and word not in given and word not in self._bearers:
                beside = (other for other in typed[at + 1 :] if other not in TITLES and other not in idle)
                person = next(beside, "")
                if person in given or person in self._bearers:
                    idle.add(word)
        return {word for word, meant in zip(query.order, order, strict=True) if meant in idle}

    def _others(self, reading: _Reading) -> dict[tuple[int, int], tuple[Alternative, ...]]:
        """Return for each name typed what else counts as it."""
        typed = reading.query.order
        return {
            (first, last): self._entries.alternatives(
                self._typed.counting(names, typed[first:last]), " ".join(typed[first:last])
            )
            for (first, last), names in reading.named.items()
        }


def _without(query: Query, idle: Sequence[str]) -> Query:
    if not idle:
        return query
    kept = tuple(word for word in query.words if word not in idle)
    return replace(query, words=kept, capitals=query.capitals & {*kept})
