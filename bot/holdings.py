"""What the archive holds, told to people who do not know it: its extent, and searches that find something."""

from __future__ import annotations

import random
import re

from bot.replies import Holdings
from store import text
from store.archive import Archive

_SAMPLE = 40
_EXAMPLES = 3
_SHORTEST = 4
_ALIKE = 4
"""Words that begin with so many letters alike are taken for one subject: Russia, Russian."""

# A capital within a sentence marks what English writes as a name; at its beginning it marks nothing. Names of
# several words are passed over: half of one ("States") is no subject.
_NAMES = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]*(?: (?:of |and |the )*[A-Z][\w’'-]*)*")
_NAME = re.compile(r"[A-Z][a-z]+")


class Stock:
    """Takes stock of an Archive, anew only when it has changed."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._taken: tuple[int, Holdings] | None = None

    def holdings(self) -> Holdings:
        """Return what the archive holds now."""
        version = self._archive.version()
        if self._taken is None or self._taken[0] != version:
            self._taken = (version, self._take())
        return self._taken[1]

    def _take(self) -> Holdings:
        with self._archive.snapshot():
            documents, passages = self._archive.counts()
            first, last = self._archive.listing.span() or (None, None)
            speakers = self._archive.listing.speakers()
            examples = self._examples({word for name in speakers for word in text.words(name)})
        return Holdings(
            documents=documents,
            passages=passages,
            first=first,
            last=last,
            speakers=speakers,
            examples=examples,
        )

    def _examples(self, without: set[str]) -> tuple[str, ...]:
        """Return a few subjects that many passages speak of: names, in a sample of quotes, most frequent first."""
        rng = random.Random(0)  # noqa: S311 - the same examples as long as the archive is the same
        texts = [passage.text for passage in self._archive.draw(rng, _SAMPLE)]
        names = {name for shown in texts for name in _NAMES.findall(shown) if _NAME.fullmatch(name)}
        known = self._archive.words.known([text.fold(name) for name in names])
        subjects: dict[str, str] = {}
        for name in sorted(names, key=lambda name: (-known.get(text.fold(name), 0), name)):
            word = text.fold(name)
            if len(word) >= _SHORTEST and word in known and word not in without:
                subjects.setdefault(word[:_ALIKE], name)
        return tuple(subjects.values())[:_EXAMPLES]
