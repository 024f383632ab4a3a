"""Reading what stands behind /subscribe: first the hour, then rhythm and zone, then words; pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot import hours, negations, placenames, rhythms
from bot.hours import read_hour
from bot.placenames import Named, PlaceNames
from bot.rhythms import read_no_rhythm, read_rhythm, read_short_weekday, read_weekday, read_weekdays_in_row
from bot.tokens import Token
from bot.wishes import Reading, Taken, Unread, Why
from store.model import Rhythm
from store.text import ABBREVIATIONS, FOREIGN_STOP_WORDS, STOP_WORDS, fold
from store.zones import How, parse_offset

_IN = frozenset({"in", "en", "à", "в", "во"})
"""What stands before a place, in any case."""

_OF = frozenset({"по", "de", "d", "nach", "von"})
"""What stands between an hour and the place whose clock is meant, and before much else."""

_SMALL = (FOREIGN_STOP_WORDS | {"gegen", "zwischen"}) - {"war", "son", "par", "un"}
"""Function words of other languages, but for those that are subjects in English."""

_A_COUNTRY = "us"
"""The small word that is a subject behind a dash, where nobody means the small word."""

_AN_HOUR = "7:30"
_A_RHYTHM = "weekdays"
_A_WEEKDAY = "weekly monday"
_A_ZONE = "in berlin"
_A_WORD = "syria"
_NO_WORD = "-sanctions"


class Reader:
    """Reads some words once: each comes to belong to one Reading, or to what can't be read."""

    def __init__(self, tokens: Sequence[Token], names: PlaceNames) -> None:
        self._tokens = tokens
        self._names = names
        self._free = [True] * len(tokens)
        self._read: dict[int, Reading] = {}
        self._unread: dict[int, Unread] = {}
        self._hour = self._after_hour = -1
        self._has_zone = False

    def read(self) -> tuple[list[Reading], list[Unread]]:
        """Return what the words were taken for and what can't be read, each in the order typed."""
        self._read_hours()
        self._read_rhythms()
        self._has_zone = self._read_zone_after_hour() or self._read_unmistakable_zone() or self._read_zone_after_in()
        for at, token in enumerate(self._tokens):
            if self._is_filler(at):
                self._read[at] = Reading(self._use(at, at + 1), Taken.NOTHING)
            elif self._denies(at):
                self._read_denied(at)
            if self._free[at]:
                self._read_word(at, token)
        return [self._read[at] for at in sorted(self._read)], [self._unread[at] for at in sorted(self._unread)]

    def _read_hours(self) -> None:
        """Take the first hour that is clearly one, else the first mere number; give up the others that are clear."""
        found = []
        at = 0
        while at < len(self._tokens):
            hour = read_hour(self._texts(at, hours.MOST_WORDS), first=at == 0)
            if hour:
                found.append((at, hour))
            at += hour.length if hour else 1
        possible = [(at, hour) for at, hour in found if hour.at]
        chosen = next((entry for entry in possible if not entry[1].bare), possible[0] if possible else None)
        for at, hour in found:
            end = at + hour.length
            if (at, hour) == chosen:
                words = tuple(token.text for token in self._tokens[at:end]) if hour.bare else ()
                other = Taken.WANTED if hour.bare else None
                self._read[at] = Reading(self._use(at, end), Taken.HOUR, other, hour=hour.at, words=words)
                self._hour, self._after_hour = at, end
            elif not hour.bare:
                second = hour.at is not None and chosen is not None
                self._give_up(at, end, _AN_HOUR, Why.SECOND_HOUR if second else Why.UNREADABLE)

    def _read_rhythms(self) -> None:
        """Take the first rhythm and, of a weekly one, its first weekday; give up the others."""
        taken: Rhythm | None = None
        after = -1
        for at in range(len(self._tokens)):
            texts = self._texts(at, hours.MOST_WORDS)
            found = read_rhythm(texts)
            if found is None:
                if length := read_no_rhythm(texts):
                    self._give_up(at, at + length, _A_RHYTHM, Why.NO_RHYTHM)
                continue
            rhythm, length = found
            if taken:
                self._give_up(at, at + length, _A_RHYTHM, Why.SECOND_RHYTHM)
            else:
                self._read[at] = Reading(self._use(at, at + length), Taken.RHYTHM, rhythm=rhythm)
                taken, after = rhythm, at + length
        self._read_weekdays(taken, after)

    def _read_weekdays(self, rhythm: Rhythm | None, after: int) -> None:
        """Take the first weekday that is meant as the day of a weekly digest; give up others, and several in a row.

        It is meant where it is said to recur, where the rhythm is weekly, and, unless it is a word, beside the hour
        or as all that was typed. Its short name is where it stands straight `after` the rhythm.
        """
        taken = rhythm not in {None, Rhythm.WEEKLY}
        for at in range(len(self._tokens)):
            texts = self._texts(at, hours.MOST_WORDS)
            if rhythm is None and (length := read_weekdays_in_row(texts)):
                self._give_up(at, at + length, _A_RHYTHM, Why.NO_RHYTHM)
                continue
            found = read_weekday(texts, weekly=rhythm is Rhythm.WEEKLY)
            if found is None and at == after and rhythm is Rhythm.WEEKLY:
                found = read_short_weekday(texts)
            other = None
            if found is None and rhythm is None:
                found = read_weekday(texts, weekly=True)
                if found is None or not self._is_beside_hour(at, at + found[1]):
                    continue
                other = Taken.WANTED
            if found is None:
                continue
            weekday, length = found
            if taken:
                self._give_up(at, at + length, _A_WEEKDAY, Why.SECOND_RHYTHM)
                continue
            words = (self._tokens[at + length - 1].text,) if other else ()
            typed = self._use(at, at + length)
            self._read[at] = Reading(typed, Taken.RHYTHM, other, rhythm=Rhythm.WEEKLY, weekday=weekday, words=words)
            taken = True

    def _is_beside_hour(self, start: int, end: int) -> bool:
        """Return whether words stand straight before or after the hour, or are all that was typed."""
        return end == self._hour or start == self._after_hour or (start, end) == (0, len(self._tokens))

    def _read_zone_after_hour(self) -> bool:
        """Take the place straight after the hour; give up what follows "7:30 in" where it is no word we know."""
        at = self._after_hour
        if not self._is_free(at):
            return False
        if self._is_of(at) and self._take_zone(at, self._names.zone(self._run(at + 1), certain=False), after_in=True):
            return True
        if not self._is_in(at):
            return self._take_zone(at, self._names.zone(self._run(at), certain=False))
        if self._take_zone(at, self._names.zone(self._run(at + 1), certain=True), after_in=True):
            return True
        if self._is_free(at + 1) and self._tokens[at + 1].plain and not self._names.is_known(self._tokens[at + 1]):
            self._give_up(at, at + 2, _A_ZONE)
        return False

    def _read_unmistakable_zone(self) -> bool:
        return any(
            self._take_zone(at, self._names.unmistakable(run))
            for at in range(len(self._tokens))
            if (run := self._run(at))
        )

    def _read_zone_after_in(self) -> bool:
        return any(
            self._is_in(at) and self._take_zone(at, self._names.zone(self._run(at + 1), certain=False), after_in=True)
            for at in range(len(self._tokens))
        )

    def _take_zone(self, at: int, named: Named | None, *, after_in: bool = False) -> bool:
        if named is None:
            return False
        start = at + after_in
        name = " ".join(token.text for token in self._tokens[start : start + named.length])
        other: Taken | None = Taken.WANTED
        if named.places[0].how is How.OFFSET or "/" in name:
            other = Taken.UNWANTED if self._tokens[start].unwanted else None
        typed = self._use(at, start + named.length)
        self._read[at] = Reading(typed, Taken.ZONE, other, places=named.places, words=(name,))
        return True

    def _read_word(self, at: int, token: Token) -> None:
        folded = fold(token.text)
        run = self._run(at)
        if run and (length := self._names.unknown(run, likely=at == self._after_hour and not self._has_zone)):
            self._unread[at] = Unread(self._use(at, at + length), _A_ZONE, Why.NO_ZONE)
        elif not any(map(str.isalnum, folded)):
            self._give_up(at, at + 1, _NO_WORD if token.unwanted else _A_WORD)
        elif token.unwanted and (token.quoted or folded not in STOP_WORDS or folded == _A_COUNTRY):
            offset = None if self._has_zone else parse_offset(token.raw)
            zone = Taken.ZONE if offset else None
            places = (offset,) if offset else ()
            typed = self._use(at, at + 1)
            word = token.text.upper() if folded == _A_COUNTRY else token.text
            self._read[at] = Reading(typed, Taken.UNWANTED, zone, places=places, words=(word,))
        elif token.unwanted:  # Without "the" hardly a quote would be left.
            self._give_up(at, at + 1, _NO_WORD)
        elif token.signed:
            self._give_up(at, at + 1, _A_ZONE, Why.SECOND_ZONE if self._has_zone else Why.UNREADABLE)
        elif not token.quoted and (self._is_in(at) or self._is_function_word(token, folded)):
            self._read[at] = Reading(self._use(at, at + 1), Taken.NOTHING)
        elif not token.quoted and (city := self._city(at)):
            name = " ".join(word.text for word in self._tokens[at : at + city.length])
            typed = self._use(at, at + city.length)
            self._read[at] = Reading(typed, Taken.WANTED, Taken.ZONE, places=city.places, words=(name,))
        else:
            self._read[at] = Reading(self._use(at, at + 1), Taken.WANTED, words=(token.text,))

    def _is_filler(self, at: int) -> bool:
        """Return whether a word names nothing because the next one denies: "everything" of "everything except"."""
        filler = self._is_free(at) and self._tokens[at].plain and negations.is_filler(fold(self._tokens[at].text))
        return filler and (self._denies(at + 1) or self._denies_behind_filler(at + 1) > 0)

    def _denies_behind_filler(self, at: int) -> int:
        if at == 0 or not self._tokens[at - 1].plain or not negations.is_filler(fold(self._tokens[at - 1].text)):
            return 0
        return negations.denies_behind_filler([fold(text) for text in self._texts(at, 2)])

    def _denies(self, at: int) -> bool:
        """Return whether a word says that what follows is not wanted."""
        if not (self._is_free(at) and self._tokens[at].plain):
            return False
        if self._denies_behind_filler(at):
            return True
        folded = fold(self._tokens[at].text)
        if negations.denies_rest(folded) is None:
            return False
        return negations.is_english(folded) or not self._names.is_known(self._tokens[at])

    def _read_denied(self, start: int) -> None:
        """Take what follows a word such as "without" for unwanted: the next word or phrase, or all up to the end.

        Small words, such as "or", belong to it.
        """
        length = self._denies_behind_filler(start)
        rest = length > 0 or negations.denies_rest(fold(self._tokens[start].text))
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
            words = " ".join(one.text for one in self._tokens[at:end])
            self._read[start] = Reading(self._use(start, end), Taken.UNWANTED, Taken.WANTED, words=(words,))
            start = at = end
            if not rest:
                return

    def _city(self, at: int) -> Named | None:
        """Return the city that could be the zone though a place here is a subject; a second one only behind "in"."""
        if self._has_zone and not (at and self._tokens[at - 1].text.casefold() in _IN):
            return None
        return self._names.other_reading(self._run(at), likely=at == self._after_hour)

    def _is_function_word(self, token: Token, folded: str) -> bool:
        # "US" and "WHO" are subjects, but not where everything is in capitals.
        capitals = len(token.text) > 1 and token.text.isupper()
        if folded in rhythms.EACH or negations.denies_rest(folded) is not None:
            return True
        small = folded in STOP_WORDS or folded in _SMALL
        others = [other.text for other in self._tokens if fold(other.text) not in ABBREVIATIONS]
        return small and not (capitals and not (others and all(map(str.isupper, others))))

    def _is_in(self, at: int) -> bool:
        return self._is_free(at) and self._tokens[at].plain and self._tokens[at].text.casefold() in _IN

    def _is_of(self, at: int) -> bool:
        return self._is_free(at) and self._tokens[at].plain and self._tokens[at].text.casefold() in _OF

    def _is_free(self, at: int) -> bool:
        return 0 <= at < len(self._tokens) and self._free[at]

    def _run(self, start: int) -> tuple[Token, ...]:
        """Return the free words from `start` on that may name a place together."""
        end = start
        while end < start + placenames.MOST_WORDS and self._is_free(end):
            if not (self._tokens[end].plain or self._tokens[end].signed):
                break
            end += 1
        return tuple(self._tokens[start:end])

    def _texts(self, start: int, most: int) -> list[str]:
        """Return the plain words from `start` on that are free, at most so many."""
        found: list[str] = []
        for at in range(start, min(start + most, len(self._tokens))):
            if not self._free[at] or not self._tokens[at].plain:
                break
            found.append(self._tokens[at].text)
        return found

    def _give_up(self, start: int, end: int, example: str, why: Why = Why.UNREADABLE) -> None:
        self._unread[start] = Unread(self._use(start, end), example, why)

    def _use(self, start: int, end: int) -> str:
        """Use words up, and return them as they were typed."""
        self._free[start:end] = [False] * (end - start)
        return " ".join(token.raw for token in self._tokens[start:end])
