"""Reading when a digest is to come: the hour first, then the days; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot import courtesies, hours, negations, rhythms
from bot.hours import Hour
from bot.rhythms import Weekday
from bot.sheet import Sheet
from bot.tokens import Token
from bot.wishes import Reading, Taken, Why
from store.model import Rhythm
from store.text import FOREIGN_STOP_WORDS, STOP_WORDS, fold

_AN_HOUR = "7:30"
_A_RHYTHM = "weekdays"
_A_WEEKDAY = "weekly monday"

_BEFORE_A_YEAR = STOP_WORDS | FOREIGN_STOP_WORDS | set(map(fold, "since year jahr année ano año год года seit".split()))
"""What stands before a year, and before no hour that is written like one; folded."""


class Timetable:
    """Takes hour and days from a Sheet; `is_word` tells whether a word is one that is known, and hence no slip.

    `hour` is where the hour stands, `after_hour` what follows it; -1 where there is none. `rhythm` is what the days
    come to, if any were named.
    """

    def __init__(self, sheet: Sheet, is_word: Callable[[Token], bool]) -> None:
        self._sheet = sheet
        self._is_word = is_word
        self.hour = self.after_hour = -1
        self.rhythm: Rhythm | None = None
        self._halved = False
        self._after_days = -1
        self._length = len(sheet.tokens)
        self._spelt = dict(self._spellings())

    def read(self) -> None:
        """Read the hour, then the days."""
        self._read_settings()
        self._give_up_rhythms()
        self._read_hours()
        if self.hour < 0:
            self._read_part_of_day()
        self._read_rhythms()
        self._read_weekdays()

    def _read_hours(self) -> None:
        """Take the first hour that is clearly one, else the first mere number; give up the others that are clear.

        Four figures that may be a year come last; where they most likely are one they are a word that could be the
        hour.
        """
        found = []
        at = 0
        while at < len(self._sheet.tokens):
            texts = self._sheet.texts(at, hours.MOST_WORDS)
            hour = hours.read_hour(texts, first=at == 0)
            if hour is None and self._length == 1 and texts:
                hour = hours.read_number(texts[0])
            if hour and self._recurs(at - 1) and rhythms.read_rhythm(self._texts(at - 1)):
                hour = None  # The days say the half: "every evening at 8".
            if hour and hour.bare and (rhythms.read_rhythm(self._texts(at)) or self._counts(at + hour.length)):
                hour = None  # "1 quote a day", "7 days a week", "100 days".
            if hour:
                found.append((at, hour))
            at += hour.length if hour else 1
        possible = [(at, hour) for at, hour in found if hour.at]
        chosen = min(possible, key=lambda entry: (entry[1].bare, entry[1].year, self._is_year(*entry)), default=None)
        for at, hour in found:
            end = at + hour.length
            if (at, hour) == chosen:
                texts = [token.text for token in self._sheet.tokens[at:end]]
                numbers = (text for text in texts if len(texts) == 1 or any(map(str.isdecimal, text)))
                words = tuple(numbers) if hour.bare else ()
                taken, other = Taken.HOUR, Taken.WANTED if words else None
                if self._is_year(at, hour):
                    taken, other = Taken.WANTED, Taken.HOUR
                else:
                    self.hour, self.after_hour, self._halved = at, end, hour.halved
                typed = self._sheet.use(at, end)
                self._sheet.read[at] = Reading(typed, taken, other, hour=hour.at, words=words)
            elif not hour.bare or (not hour.year and self._joined(self.after_hour, at)):
                second = hour.at is not None and chosen is not None
                self._sheet.give_up(at, end, _AN_HOUR, Why.SECOND_HOUR if second else Why.UNREADABLE)

    def _joined(self, start: int, at: int) -> bool:
        """Return whether nothing but "and" or a comma stands between two hours: "at 8 and 20"."""
        if not 0 < start <= at:
            return False
        joint = self._sheet.tokens[start:at]
        comma = self._sheet.tokens[start - 1].comma
        return (comma and not joint) or (len(joint) == 1 and rhythms.joins(joint[0].text))

    def _is_year(self, at: int, hour: Hour) -> bool:
        """Return whether four figures that a clock shows are a year: "of 1930", and what the archive speaks of."""
        led = self._sheet.is_plain(at - 1) and fold(self._sheet.tokens[at - 1].text) in _BEFORE_A_YEAR
        return hour.year and (hour.odd or led or self._is_word(self._sheet.tokens[at]))

    def _read_settings(self) -> None:
        """Take what is chosen by buttons alone; a single word for it may be meant as one: "quiet diplomacy"."""
        for at in range(len(self._sheet.tokens)):
            if length := courtesies.read_setting([fold(text) for text in self._sheet.texts(at, rhythms.MOST_WORDS)]):
                words = tuple(self._sheet.texts(at, 1)) if length == 1 else ()
                other = Taken.WANTED if words else None
                typed = self._sheet.use(at, at + length)
                self._sheet.read[at] = Reading(typed, Taken.SETTING, other, words=words)

    def _give_up_rhythms(self) -> None:
        """Give up rhythms in which no digest comes; before hours are read, which "every 2 days" is none of."""
        at = 0
        while at < len(self._sheet.tokens):
            texts = self._texts(at)
            hour = hours.read_hour(texts)
            clear = hour.length if hour and not hour.bare else 0
            length = max(clear, 1)  # "At 9 quotes about Iran" holds no count, "10 minutes to 8" no span.
            if found := rhythms.read_rhythm(texts):
                length = found[1]  # "Daily except weekends" holds one in which no digest comes.
            elif (several := rhythms.read_no_rhythm(texts)) > clear:
                length = several
                self._sheet.give_up(at, at + length, _A_RHYTHM, Why.NO_RHYTHM)
            elif (lasting := hours.read_duration(texts)) > clear:
                length = lasting
                self._sheet.give_up(at, at + length, _AN_HOUR)
            at += length

    def _read_part_of_day(self) -> None:
        """Take the first part of the day that is named without an hour, unless it says the days: "every evening"."""
        for at in range(len(self._sheet.tokens)):
            texts = self._sheet.texts(at, hours.MOST_WORDS)
            behind_day = rhythms.read_weekday(self._texts(at - 1)[:1]) is not None if at else False
            found = hours.read_part(texts, noun=behind_day or self._length == 1)
            if found and not self._recurs(at - 1):
                hour, length = found
                words = (self._sheet.tokens[at + length - 1].text,)
                typed = self._sheet.use(at, at + length)
                self._sheet.read[at] = Reading(typed, Taken.HOUR, Taken.WANTED, hour=hour, words=words)
                self.hour, self.after_hour = at, at + length
                return

    def _read_rhythms(self) -> None:
        """Take the first rhythm, slips forgiven; give up the others."""
        for at in range(len(self._sheet.tokens)):
            texts = self._texts(at)
            found = rhythms.read_rhythm(texts)
            if found is None:
                continue
            rhythm, length = found
            if self.rhythm is Rhythm.DAILY and rhythm is Rhythm.WEEKDAYS:
                self._narrow(at, at + length)
                continue
            if self.rhythm:
                self._sheet.give_up(at, at + length, _A_RHYTHM, Why.SECOND_RHYTHM)
                continue
            reading = self._reading(at, at + length)
            self._sheet.read[at] = replace(reading, rhythm=rhythm, hour=self._part_of_day(texts[:length]))
            self.rhythm, self._after_days = rhythm, at + length

    def _narrow(self, start: int, end: int) -> None:
        """Take weekdays behind "every day" for what is meant by both: "every day but not on weekends"."""
        for at, reading in self._sheet.read.items():
            if reading.taken is Taken.RHYTHM:
                self._sheet.read[at] = replace(reading, rhythm=Rhythm.WEEKDAYS)
        self._sheet.read[start] = replace(self._reading(start, end), rhythm=Rhythm.WEEKDAYS)
        self.rhythm, self._after_days = Rhythm.WEEKDAYS, end

    def _part_of_day(self, texts: Sequence[str]) -> str | None:
        """Return the hour of "every evening" where none is said; one that is said becomes one of that evening."""
        hour = rhythms.part_of_day(texts)
        if hour is None or self.hour < 0:
            return hour
        said = self._sheet.read[self.hour]
        if said.hour and not self._halved and hour != rhythms.MORNING:
            night = hour == rhythms.NIGHT
            self._sheet.read[self.hour] = replace(said, hour=hours.in_evening(said.hour, night=night))
        return None

    def _read_weekdays(self) -> None:
        """Take the first weekday that is meant as the day of a weekly digest; give up others, and several in a row.

        It surely is where it is said to recur and where the digest is weekly, its short name only straight behind that.
        It most likely is, with a word as its other reading, beside the hour, as all that was typed, and behind "on" at
        either end. Elsewhere its whole name is a word that could be the day.
        """
        weekly = self.rhythm is Rhythm.WEEKLY
        taken = False
        for at in range(len(self._sheet.tokens)):
            texts = self._texts(at)
            if not (self.rhythm or taken) and (length := rhythms.read_weekdays_in_row(texts)):
                self._sheet.give_up(at, at + length, _A_RHYTHM, Why.NO_RHYTHM)
                continue
            day = rhythms.read_weekday(texts)
            if day is None:
                continue
            end = at + day.length
            if (self._denies(at - 1) or self._bounds(at - 1)) and not day.short:
                self._sheet.give_up(at - 1, end, _A_RHYTHM, Why.NO_RHYTHM)
            elif (
                day.recurs
                or ((weekly or taken) and not day.short)
                or ((self.rhythm or taken) and self._follows_days(at))
            ):
                if taken or not (weekly or self.rhythm is None):
                    self._sheet.give_up(at, end, _A_WEEKDAY, Why.SECOND_DAY if taken else Why.SECOND_RHYTHM)
                else:
                    self._sheet.read[at] = self._day_read(at, day, Taken.RHYTHM)
                    taken = True
                self._after_days = end
            elif self.rhythm is None and not taken:
                taken = self._read_unsure(at, day)

    def _read_unsure(self, at: int, day: Weekday) -> bool:
        """Read a weekday that may be a word, and return whether it was taken for a day."""
        end = at + day.length
        at_end = at == 0 or end == len(self._sheet.tokens)
        beside = end == self.hour or at == self.after_hour or (at_end and (day.led or day.length == self._length))
        if beside and not (day.small and self._sheet.tokens[end - 1].text.islower()):
            self._sheet.read[at] = self._day_read(at, day, Taken.RHYTHM, Taken.WANTED)
            self._after_days = end
            return True
        if not day.short:
            self._sheet.read[at] = self._day_read(at, day, Taken.WANTED, Taken.RHYTHM)
        return False

    def _day_read(self, at: int, day: Weekday, taken: Taken, other: Taken | None = None) -> Reading:
        end = at + day.length
        reading = self._reading(at, end)
        words = (self._sheet.tokens[end - 1].text,) if other else reading.words
        other = other or reading.other
        return replace(reading, taken=taken, other=other, rhythm=Rhythm.WEEKLY, weekday=day.day, words=words)

    def _reading(self, start: int, end: int) -> Reading:
        """Return words as the days; those that hold a slip may be meant as words."""
        slips = tuple(self._sheet.tokens[at].text for at in range(start, end) if at in self._spelt)
        return Reading(self._sheet.use(start, end), Taken.RHYTHM, Taken.WANTED if slips else None, words=slips)

    def _texts(self, at: int) -> list[str]:
        """Return the words from `at` on that may say the days, without slips."""
        texts = self._sheet.texts(at, rhythms.MOST_WORDS)
        return [self._spelt.get(number, text) for number, text in enumerate(texts, start=at)]

    def _spellings(self) -> Iterator[tuple[int, str]]:
        """Yield where a word stands that is no word, but close to one of the days, and that one."""
        for at, token in enumerate(self._sheet.tokens):
            if self._sheet.is_plain(at) and (meant := rhythms.spelt(fold(token.text))) and not self._is_word(token):
                yield at, meant

    def _recurs(self, at: int) -> bool:
        return self._sheet.is_plain(at) and fold(self._sheet.tokens[at].text) in rhythms.EACH

    def _denies(self, at: int) -> bool:
        return self._sheet.is_plain(at) and negations.denies_rest(fold(self._sheet.tokens[at].text)) is not None

    def _counts(self, at: int) -> bool:
        return self._sheet.is_plain(at) and rhythms.is_span(self._sheet.tokens[at].text)

    def _bounds(self, at: int) -> bool:
        return self._sheet.is_plain(at) and rhythms.is_bound(self._sheet.tokens[at].text)

    def _follows_days(self, at: int) -> bool:
        """Return whether words stand behind the days, with nothing but "and" between."""
        while self._sheet.is_plain(at - 1) and rhythms.joins(self._sheet.tokens[at - 1].text):
            at -= 1
        return at == self._after_days
