"""Reading what stands behind /subscribe: first the hour, then rhythm and zone, then words; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import courtesies, negations, placenames, rhythms
from bot.placenames import Named, PlaceNames
from bot.sheet import Sheet
from bot.timetable import Timetable
from bot.tokens import Token
from bot.wishes import Reading, Taken, Unread, Why
from store.text import ABBREVIATIONS, FOREIGN_STOP_WORDS, STOP_WORDS, fold
from store.zones import How, parse_offset

_IN = frozenset({"in", "en", "à", "au", "aux", "в", "во"})
"""What stands before a place, in any case."""

_ARTICLES = frozenset("the der den dem die la le les l el los las".split())
"""What may stand between that and the place."""

_OF = frozenset({"по", "de", "d", "nach", "von"})
"""What stands between an hour and the place whose clock is meant, and before much else."""

_SMALL = FOREIGN_STOP_WORDS - {"war", "son", "par", "un"}
"""Function words of other languages, but for those that are subjects in English."""

_A_COUNTRY = "us"
"""The small word that is a subject behind a dash, where nobody means the small word."""

_OPERATOR = re.compile(
    r"[-−–]?(?:by|from|speaker|year|years|source|outlet|sort):\S|(?:1[89]|20)\d\d(?:\.\.|…)|(?:\.\.+|…)(?:1[89]|20)\d\d",
    re.IGNORECASE,
)
"""What narrows a search, as `store.query` reads it."""

_SIGNS = frozenset("&+/=")
"""What stands between words, and asks for nothing."""
_ELISION = re.compile(r"[dl]['’](?=\w{3})", re.IGNORECASE)
"""An article of French that is written as one with its noun."""

_A_ZONE = "in berlin"
_A_WORD = "syria"
_NO_WORD = "-sanctions"


class Reader:
    """Reads some words once: each comes to belong to one Reading, or to what can't be read."""

    def __init__(self, tokens: Sequence[Token], names: PlaceNames) -> None:
        self._tokens = tokens
        self._names = names
        self._sheet = Sheet(tokens)
        self._read = self._sheet.read
        self._timetable = Timetable(self._sheet, names.is_word)
        self._has_zone = False

    def read(self) -> tuple[list[Reading], list[Unread]]:
        """Return what the words were taken for and what can't be read, each in the order typed."""
        self._give_up_operators()
        if length := courtesies.opens([fold(text) for text in self._sheet.texts(0, 3)]):
            self._read[0] = Reading(self._sheet.use(0, length), Taken.NOTHING)
        self._timetable.read()
        self._has_zone = self._read_zone_after_hour() or self._read_unmistakable_zone() or self._read_zone_after_in()
        for at, token in enumerate(self._tokens):
            if length := self._names_anything(at):
                self._read[at] = Reading(self._sheet.use(at, at + length), Taken.EVERYTHING)
            elif self._denies(at):
                self._read_denied(at)
            if self._is_free(at):
                self._read_word(at, token)
        self._settle_everything()
        return self._sheet.readings(), self._sheet.unread()

    def _read_zone_after_hour(self) -> bool:
        """Take the place straight after the hour; give up what follows "7:30 in" where it is no word we know."""
        at = self._timetable.after_hour
        if not self._is_free(at):
            return False
        if self._is_of(at) and self._take_zone(at, self._names.zone(self._run(at + 1), certain=False, led=True), 1):
            return True
        if not self._is_in(at):
            return self._take_zone(at, self._names.zone(self._run(at), certain=False))
        if self._take_zone_after_in(at, certain=True):
            return True
        if self._is_free(at + 1) and self._tokens[at + 1].plain and not self._names.is_known(self._tokens[at + 1]):
            self._sheet.give_up(at, at + 2, _A_ZONE, Why.NO_ZONE)
        return False

    def _read_unmistakable_zone(self) -> bool:
        return any(
            self._take_zone(at, self._names.unmistakable(run))
            for at in range(len(self._tokens))
            if (run := self._run(at))
        )

    def _read_zone_after_in(self) -> bool:
        return any(self._is_in(at) and self._take_zone_after_in(at, certain=False) for at in range(len(self._tokens)))

    def _take_zone_after_in(self, at: int, *, certain: bool) -> bool:
        """Take the place behind "in", be it with an article: "in the usa"."""
        led = self._sheet.is_plain(at + 1) and fold(self._tokens[at + 1].text) in _ARTICLES
        leads = (1, 2) if led else (1,)
        return any(self._take_zone(at, self._names.zone(self._run(at + lead), certain=certain), lead) for lead in leads)

    def _take_zone(self, at: int, named: Named | None, lead: int = 0) -> bool:
        """Take a place for the zone; so many words before it, from `at` on, belong to it."""
        if named is None:
            return False
        start = at + lead
        name = placenames.bare([token.text for token in self._tokens[start : start + named.length]])
        other: Taken | None = Taken.WANTED
        if named.places[0].how is How.OFFSET or "/" in name:
            other = Taken.UNWANTED if self._tokens[start].unwanted else None
        typed = self._sheet.use(at, start + named.length)
        self._read[at] = Reading(typed, Taken.ZONE, other, places=named.places, words=(name,))
        return True

    def _read_word(self, at: int, token: Token) -> None:
        folded = fold(token.text)
        run = self._run(at)
        if run and (length := self._names.unknown(run, likely=at == self._timetable.after_hour and not self._has_zone)):
            self._sheet.give_up(at, at + length, _A_ZONE, Why.NO_ZONE)
        elif token.raw in _SIGNS:
            self._read[at] = Reading(self._sheet.use(at, at + 1), Taken.NOTHING)
        elif not any(map(str.isalnum, folded)):
            self._sheet.give_up(at, at + 1, _NO_WORD if token.unwanted else _A_WORD)
        elif token.unwanted and (token.quoted or folded not in STOP_WORDS or folded == _A_COUNTRY):
            offset = None if self._has_zone else parse_offset(token.raw)
            zone = Taken.ZONE if offset else None
            places = (offset,) if offset else ()
            typed = self._sheet.use(at, at + 1)
            word = token.text.upper() if folded == _A_COUNTRY else token.text
            self._read[at] = Reading(typed, Taken.UNWANTED, zone, places=places, words=(word,))
        elif token.unwanted:  # Without "the" hardly a quote would be left.
            self._sheet.give_up(at, at + 1, _NO_WORD)
        elif token.signed:
            self._sheet.give_up(at, at + 1, _A_ZONE, Why.SECOND_ZONE if self._has_zone else Why.UNREADABLE)
        elif not token.quoted and (self._is_in(at) or self._is_function_word(token, folded)):
            self._read[at] = Reading(self._sheet.use(at, at + 1), Taken.NOTHING)
        elif not token.quoted and (city := self._city(at)):
            name = " ".join(word.text for word in self._tokens[at : at + city.length])
            typed = self._sheet.use(at, at + city.length)
            self._read[at] = Reading(typed, Taken.WANTED, Taken.ZONE, places=city.places, words=(name,))
        else:
            self._read[at] = Reading(self._sheet.use(at, at + 1), Taken.WANTED, words=(_word(token),))

    def _give_up_operators(self) -> None:
        """Give up what narrows a search, "by:lavrov": as a word it would be nobody's."""
        at = 0
        while at < len(self._tokens):
            end = at + 1
            if _OPERATOR.match(self._tokens[at].raw):
                if self._tokens[at].raw.count('"') == 1:
                    closing = (other for other in range(end, len(self._tokens)) if '"' in self._tokens[other].raw)
                    end = next(closing, at) + 1
                self._sheet.give_up(at, end, _A_WORD, Why.OPERATOR)
            at = end

    def _names_anything(self, at: int) -> int:
        """Return how many words name anything: "everything" of "everything except syria", "all topics", "no words"."""
        if not self._sheet.is_plain(at):
            return 0
        folded = [fold(text) for text in self._sheet.texts(at, 2)]
        subject = len(folded) > 1 and negations.is_subject(folded[1])
        if negations.is_filler(folded[0]):
            return 2 if subject else 1
        if not self._denies(at):
            return 0
        return 2 if subject else self._names_all_subjects(at)

    def _names_all_subjects(self, at: int) -> int:
        """Return how many words deny all subjects where nothing follows: "remove all my words"."""
        _, *behind = [fold(text) for text in self._sheet.texts(at, len(self._tokens))]
        length = 1 + len(behind)
        between = all(negations.is_filler(folded) or folded in STOP_WORDS for folded in behind[:-1])
        ends = at + length == len(self._tokens)
        if not (ends and between and behind):
            return 0
        all_of_them = negations.is_subject(behind[-1]) or (self._denies_first(at) and negations.is_filler(behind[-1]))
        return length if all_of_them else 0

    def _settle_everything(self) -> None:
        """Take what names anything for nothing where there are words besides: "everything about syria"."""
        if any(reading.taken in {Taken.WANTED, Taken.UNWANTED} for reading in self._read.values()):
            for at, reading in self._read.items():
                if reading.taken is Taken.EVERYTHING:
                    self._read[at] = replace(reading, taken=Taken.NOTHING)

    def _denies_behind_filler(self, at: int) -> int:
        if at == 0 or not self._tokens[at - 1].plain or not negations.is_filler(fold(self._tokens[at - 1].text)):
            return 0
        return negations.denies_behind_filler([fold(text) for text in self._sheet.texts(at, 2)])

    def _denies(self, at: int) -> bool:
        """Return whether a word says that what follows is not wanted."""
        if not (self._is_free(at) and self._tokens[at].plain):
            return False
        if self._denies_behind_filler(at):
            return True
        folded = fold(self._tokens[at].text)
        if negations.denies_about([fold(text) for text in self._sheet.texts(at, 2)]):
            return True
        if self._denies_first(at):
            return True
        return negations.denies_rest(folded) is not None

    def _denies_first(self, at: int) -> bool:
        """Return whether a request, or a part of it behind "and", begins with a word such as "remove"."""
        begins = at == 0 or negations.joins(fold(self._tokens[at - 1].text)) or self._tokens[at - 1].comma
        return begins and negations.denies_first(fold(self._tokens[at].text))

    def _read_denied(self, start: int) -> None:
        """Take what follows a word such as "without" for unwanted: the next word or phrase, or all up to the end.

        Small words, such as "or", belong to it.
        """
        length = self._denies_behind_filler(start)
        rest = length > 0 or self._denies_first(start) or negations.denies_rest(fold(self._tokens[start].text))
        first = start
        at = start + max(length, 1)
        while self._is_free(at):
            token = self._tokens[at]
            folded = fold(token.text)
            if not (token.quoted or token.plain) or token.unwanted or negations.ends(folded) or self._denies(at):
                return
            small = self._is_function_word(token, folded) or (start == first and negations.links(folded))
            if not token.quoted and small:
                at += 1
                continue
            city = None if token.quoted else self._names.other_reading(self._run(at), likely=False)
            end = at + (city.length if city else 1)
            words = " ".join(map(_word, self._tokens[at:end]))
            self._read[start] = Reading(self._sheet.use(start, end), Taken.UNWANTED, Taken.WANTED, words=(words,))
            start = at = end
            if not (rest or self._joins(at)):
                return

    def _joins(self, at: int) -> bool:
        return self._sheet.is_plain(at) and negations.joins(fold(self._tokens[at].text))

    def _city(self, at: int) -> Named | None:
        """Return the city that could be the zone though a place here is a subject; a second one only behind "in"."""
        if self._has_zone and not (at and self._tokens[at - 1].text.casefold() in _IN):
            return None
        return self._names.other_reading(self._run(at), likely=at == self._timetable.after_hour)

    def _is_function_word(self, token: Token, folded: str) -> bool:
        # "US" and "WHO" are subjects, but not where everything is in capitals.
        capitals = len(token.text) > 1 and token.text.isupper()
        if folded in rhythms.EACH or courtesies.is_courtesy(folded):
            return True
        if negations.joins(folded) or negations.ends(folded) or negations.denies_rest(folded) is not None:
            return True
        small = folded in STOP_WORDS or folded in _SMALL
        others = [other.text for other in self._tokens if fold(other.text) not in ABBREVIATIONS]
        return small and not (capitals and not (others and all(map(str.isupper, others))))

    def _is_in(self, at: int) -> bool:
        return self._is_free(at) and self._tokens[at].plain and self._tokens[at].text.casefold() in _IN

    def _is_of(self, at: int) -> bool:
        return self._is_free(at) and self._tokens[at].plain and self._tokens[at].text.casefold() in _OF

    def _is_free(self, at: int) -> bool:
        return self._sheet.is_free(at)

    def _run(self, start: int) -> tuple[Token, ...]:
        """Return the free words from `start` on that may name a place together."""
        end = start
        while end < start + placenames.MOST_WORDS and self._is_free(end):
            if not (self._tokens[end].plain or self._tokens[end].signed):
                break
            end += 1
        return tuple(self._tokens[start:end])


def _word(token: Token) -> str:
    """Return a word without its article."""
    return token.text if token.quoted else _ELISION.sub("", token.text)
