"""What counts as each word of a search in this archive, and the expressions that find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from store.answers import Answers
from store.bending import are_forms, related
from store.kinship import rule_of
from store.query import expression
from store.sought import LOWER, STRONG, WORTH, Alternative, Rule, Term, of_its_stem, rarity, together
from store.text import ABBREVIATIONS, STOP_WORDS
from store.vocabulary import Forms

if TYPE_CHECKING:
    from store.archive import Archive
    from store.guessing import Guesses
    from store.speakers import Speakers
    from store.vocabulary import Named

IN_CAPITALS = 3
"""Letters up to which a name counts only where it is written in capitals: "EU", "CIS"."""

_MOST_CACHED = 1024
"""Words of which it is kept in memory what they are here: with four times as many, the collector, which comes by every
few thousand searches for words that nobody sought before, stops everything for 90 ms and not 50."""


class Group(NamedTuple):
    """How a term is found: full-text expressions for all that says it outright, and for all that does so at all.

    `tokens` are the words of the index that do so outright, which about `passages` hold; `ways` are all forms, of one
    word or several, that do so at all, each with its worth: in capitals what is a function word otherwise.
    """

    strong: str
    wide: str
    tokens: tuple[str, ...] = ()
    passages: int = 0
    ways: tuple[tuple[str, float], ...] = ()


class Entry(NamedTuple):
    """A term: what counts as it, and how it is found."""

    term: Term
    group: Group


class Entries:
    """Makes the terms of searches, from the words and names of one commit of an archive.

    What the archive answers of words is kept for all that read a search: their `families`, what is `called` so, and in
    how many passages they are `known`.
    """

    def __init__(self, archive: Archive, speakers: Speakers, guesses: Guesses) -> None:
        self._speakers = speakers
        self._guesses = guesses
        self._akin = lru_cache(1024)(archive.words.akin)
        self.families = Answers(archive.words.families, "")
        self.called: Answers[Sequence[Named]] = Answers(archive.words.called, ())
        self.known = Answers(archive.words.known, 0)
        self._forms: Answers[Forms | None] = Answers(archive.words.forms, None)
        self._related = lru_cache(_MOST_CACHED)(self._related_to)
        self.entry = lru_cache(_MOST_CACHED)(self._entry_of)
        self.alternatives = lru_cache(_MOST_CACHED)(self._alternatives_to)

    def of_the_english(self, names: Iterable[Named]) -> list[Named]:
        """Return what else counts as the words of English that one of another language is given for in aliases.toml."""
        words = {name.words for name in names if name.how == "word"}
        called = self.called.of(tuple(self.families.of(tuple(words)).values()))
        return [name for some in called.values() for name in some if name.words not in words]

    def held(self, said: Iterable[str]) -> dict[str, Forms]:
        """Return the forms that the archive holds of each of these words; none of one of which it holds none."""
        known = self._forms.of(tuple(said))
        return {word: forms or self._bent(word) for word, forms in known.items()}

    def _bent(self, word: str) -> Forms:
        """Return the forms that the archive holds of a word that it does not hold itself, if it is one."""
        akin = self._akin(word)
        bent = {other: passages for other, passages in akin.passages.items() if are_forms(word, other)}
        is_form = bent and (word in self._speakers.bearers or not self._guesses.is_misspelt(word))
        return Forms(akin.tokens, bent) if is_form else Forms((), {})

    def related(self, word: str, known: Iterable[Alternative] = ()) -> list[Alternative]:
        """Return what is made of the same word with another stem and said here, but for what counts already.

        Nothing is made of a slip: "leades" is no "lead".
        """
        made = self._related(word)
        counted = {other.words for other in known} if made else ()
        return [other for other in made if other.words not in counted]

    def _related_to(self, word: str) -> tuple[Alternative, ...]:
        from store.realwords import is_word  # noqa: PLC0415 - most words have nothing of the kind

        found = related(word)
        made = self.held(found) if found and is_word(word) else {}
        said = ((other, frozenset(forms.passages)) for other, forms in made.items() if forms.passages)
        return tuple(Alternative(other, (forms,), Rule.DERIVED) for other, forms in said)

    def kin(self, word: str) -> list[Alternative]:
        """Return what comes of the same stem as a word of which the archive holds no form."""
        return list(map(of_its_stem, self._akin(word).passages))

    def _alternatives_to(self, names: Sequence[Named], typed: str) -> tuple[Alternative, ...]:
        """Return what counts as something typed that is called by these names, what is worth most first."""
        forms = self.held({word for name in names for word in name.words.split(" ")})
        found = {}
        for name in sorted(names, key=_weakest_first):
            may_be_brief = name.said_how not in {"alike", "word"}  # "war"
            brief = len(name.words) <= IN_CAPITALS and name.words.isascii() and may_be_brief
            short = name.words in STOP_WORDS or brief
            apart = " " not in typed and name.words.replace(" ", "") == typed and name.words != typed
            rule = Rule.PARTED if apart else rule_of(name.how, name.said_how)
            # What matches outright counts as a hit wherever many do: what only shares its stem must not be lacking.
            said = tuple(
                frozenset(o for o in forms[word].passages or (word,) if WORTH[rule] >= STRONG or are_forms(word, o))
                for word in name.words.split(" ")
            )
            found[name.words] = Alternative(name.words, said, rule, short, of_several=" " in typed)
        return tuple(sorted(found.values(), key=lambda other: (-other.worth, other.words)))

    def _entry_of(self, word: str, others: Sequence[Alternative], *, capital: bool) -> Entry:
        """Return a term with the expressions that find it."""
        held = Forms((), {}) if " " in word else self.held((word,))[word]
        if (capital or word[0].isdecimal()) and word in held.passages:  # "US" is neither "use" nor "used", "80s" no 80.
            held = held._replace(passages={word: held.passages[word]})
        forms = held if held.passages or " " in word else Forms((word,), {})
        akin = {other: of_its_stem(other) for other in forms.passages if not are_forms(word, other)}
        if " " in word:  # A name of several words that the archive says: as such, it is what was typed.
            others = [replace(other, rule=Rule.SAID) if other.words == word else other for other in others]
        else:
            others = [other for other in others if other.words not in forms.passages]
            others += [] if capital else akin.values()  # "US" and "use" have one stem.
        speakers = self._speakers.bearers.get(word, frozenset()) if " " not in word else frozenset()
        held_by = [*forms.passages.values(), *(self._speakers.passages_of[speaker] for speaker in speakers)]
        own = sum(held_by)
        strong_others = [other for other in others if other.worth >= STRONG]
        held_by += [self._guesses.passages(other) for other in strong_others if other.rule not in LOWER]
        outright = together(held_by, self._speakers.passages)
        passages = own + sum(map(self._guesses.passages, strong_others))
        # A word that is found in other words alone is none of the frequent ones, however frequent these are.
        weight = rarity(outright or max(self._speakers.passages // 100, 1), self._speakers.passages)
        # "U.S." in the text is two words to the index.
        tokens = (*forms.tokens, *((" ".join(word),) if capital else ())) if forms.passages or not others else ()
        strong = [form for other in others if other.worth >= STRONG for form in other.spellings]
        every = [form for other in others for form in other.spellings]
        dotted = [" ".join(other.words) for other in others if other.capital and len(other.words) == 2]
        ways = {_written(form, other.capital): other.worth for other in reversed(others) for form in other.spellings}
        ways |= dict.fromkeys((_written(form, capital) for form in forms.tokens if tokens), 1.0)
        # Of a name of several words, the rarest one tells where it may stand.
        rarest = {form: min(form.split(" "), key=self._guesses.passages_of) if " " in form else form for form in every}
        return Entry(
            Term(word, frozenset(forms.passages.keys() - akin), weight, capital, speakers, tuple(others)),
            Group(
                expression(dict.fromkeys((*tokens, *strong, *dotted))),
                expression(dict.fromkeys((*tokens, *every, *dotted))),
                tuple(dict.fromkeys((*forms.tokens, *(rarest[form] for form in strong)) if tokens or strong else ())),
                passages,
                tuple(ways.items()),
            ),
        )


def _written(form: str, capital: bool) -> str:
    return form.upper() if capital and form in ABBREVIATIONS else form


def _weakest_first(name: Named) -> tuple[bool, float]:
    rule = rule_of(name.how, name.said_how)
    return rule not in LOWER, WORTH[rule]
