"""What falls on a day of any year: anniversaries of documents, and the days that passages speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.days import keys, years_ago
from store.model import Attribution, OnThisDay
from store.quoting import occasion
from store.text import clip, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from store.archive import Archive
    from store.choice import Choice
    from store.days import Day
    from store.model import Passage
    from store.quoting import Quoting

_LONGEST_LINE = 300


class ThatDay(NamedTuple):
    """What one commit of an archive has of a day, but what the choice leaves out."""

    archive: Archive
    quoting: Quoting
    choice: Choice

    def anniversaries(self, day: Day, year: int) -> Iterator[OnThisDay]:
        """Yield the documents of that day, in no order; years count back from `year`."""
        for key in keys(day.month, day.day, year):
            for document in self.archive.documents_on(*_month_and_day(key)):
                fitting = tuple(one for one in self.archive.passages(document.id) if self.choice.fits(one.id))
                # Asked of this document alone: read for each of them, the whole archive took minutes.
                passage = _telling(fitting, frozenset(self.archive.standing(document.id)))
                if passage is not None:
                    hits, matched = self.choice.hits(passage), self.choice.matched(passage)
                    quote = self.quoting.quote(passage, hits, matched=matched)
                    ago = years_ago(document.date, year)
                    yield OnThisDay("anniversary", document.date, ago, occasion(document), quote)

    def events(self, day: Day, year: int) -> Iterator[OnThisDay]:
        """Yield the days that passages speak of, each passage once, but for the day it was itself said on."""
        seen: set[tuple[str, date]] = set()
        for key in keys(day.month, day.day, year):
            for mention in self.archive.mentions_on(*_month_and_day(key)):
                passage, event = mention.passage, mention.day
                document = self.quoting.document(passage.document)
                if passage.formula or (passage.id, event) in seen or event in (document.date, document.published):
                    continue
                if not self.choice.fits(passage.id):
                    continue
                seen.add((passage.id, event))
                start, end = sentences(passage.text)[mention.sentence]
                what = clip(passage.text[start:end], _LONGEST_LINE)
                quote = self.quoting.quote(passage, [(start, end, 1.0)])
                yield OnThisDay("event", event, years_ago(event, year), what, quote)


def _telling(passages: Sequence[Passage], standing: frozenset[str]) -> Passage | None:
    """Return the passage to show for a whole document, or None where it has nothing but formulas.

    One that stands alone, in the speaker's own words, as long as such a one may be.
    """
    return max(
        (passage for passage in passages if not passage.formula),
        key=lambda passage: (
            passage.id in standing,
            passage.attribution is not Attribution.REPORTED,
            len(passage.text) if passage.id in standing else 0,
            -passage.position,
        ),
        default=None,
    )


def _month_and_day(key: str) -> tuple[int, int]:
    month, _, day = key.partition("-")
    return int(month), int(day)
