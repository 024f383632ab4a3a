"""Postings: for each stem, which passages hold it and what each is worth to it, for archives of very many passages.

SQLite's bm25 takes a microsecond for each passage that matches, and much more where several words do: of words that a
hundred thousand passages hold, all of them can't be compared while somebody waits. So a large archive keeps beside its
full-text index what each passage is worth to each stem, by the features and weights of `store.ranking`: its impact
(Anh, de Kretser and Moffat, "Vector-space ranking with effective early termination", SIGIR 2001). A search adds these
up (`store.accumulators`).

The table is written in segments of the numbers of passages: a build adds to the last one. What was taken out of the
archive stays in it until its segment has nothing else; readers know which numbers are left.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from store import ranking, stems, text, views
from store.model import Attribution
from store.numbers import joined
from store.sought import STRONG
from store.text import ABBREVIATIONS, STOP_WORDS
from store.views import asked_in, words_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from numpy import ndarray

    from store.numbers import Stretch

    Array = ndarray[Any, Any]

LARGE = 1_000
"""Passages beyond which an archive keeps postings: so many can be put in the order of bm25 in some two milliseconds."""

SEGMENT = 1 << 15
"""Numbers of passages in a segment: an offset takes two bytes, and to make one takes some 100 MB."""

MOST = 255
"""The highest impact, that it may be a byte; the lowest is 1, that of courtesies."""

STEM, SPEAKER = "stem", "speaker"
"""Kinds of keys: what the full-text index makes of a word, or a function word that is none in capitals; and names."""

MADE_BY = "postings"
"""The row of `about` that tells which code made the postings; there is none where there are none."""

_SCALE = MOST / (
    ranking.COVERAGE
    + ranking.ABOUT
    + ranking.EARLY
    + ranking.TOPIC
    + ranking.THREAD
    + ranking.SUBSTANCE
    + ranking.OWN_WORDS
)

SAID = int(ranking.COVERAGE * STRONG * _SCALE)
"""The lowest impact, times the worth of any word that says it outright, of what has it in its text: where only the
question has it, it is lower."""

_SENTENCE = 20
"""Words of a sentence by and large: near enough for what is looked at more closely after."""

_IN_CAPITALS = tuple(sign.join(word.upper()) for word in sorted(ABBREVIATIONS) for sign in ("", "."))
# Where the letter it begins with comes first, and what stands before that after, it is found in a third of the time.
_CAPITALS = re.compile("|".join(rf"{sign[0]}(?<!\w{sign[0]}){re.escape(sign[1:])}\b" for sign in _IN_CAPITALS))


class _Counted(NamedTuple):
    """Of each pair of a stem and a passage that holds it, in order: how often, and the first place, in words."""

    pairs: Array
    often: Array
    first: Array


class _Texts:
    """Texts of passages as numbers of their words, one text behind the other."""

    def __init__(self) -> None:
        self.words = array("q")
        self.lengths: list[int] = []

    def add(self, numbers: Iterable[int]) -> None:
        before = len(self.words)
        self.words.extend(numbers)
        self.lengths.append(len(self.words) - before)

    def counted(self, stem_of: Array) -> _Counted:
        """Count the pairs of stems and passages; a pair is the stem's number times SEGMENT and the passage's."""
        import numpy as np  # noqa: PLC0415

        lengths = np.array(self.lengths, dtype=np.int64)
        stem = stem_of[np.frombuffer(self.words, dtype=np.int64)]
        passage = np.repeat(np.arange(len(lengths)), lengths)
        place = np.arange(len(stem)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        counts = stem >= 0
        pairs = stem[counts] * SEGMENT + passage[counts]
        order = np.argsort(pairs, kind="stable")
        starts = np.flatnonzero(np.diff(pairs[order], prepend=-1))
        often = np.diff(starts, append=len(pairs))
        return _Counted(pairs[order][starts], often, place[counts][order][starts])


def keep(connection: sqlite3.Connection, held: Sequence[Stretch], came: Iterable[Stretch]) -> None:
    """Bring the postings in step with the passages held, of which some came since; within a transaction."""
    made_by = connection.execute("SELECT value FROM about WHERE name = ?", (MADE_BY,)).fetchone()
    [(passages,)] = connection.execute("SELECT total(passages) FROM documents")
    if passages <= LARGE:
        if made_by:
            connection.execute("DELETE FROM postings")
            connection.execute("DELETE FROM about WHERE name = ?", (MADE_BY,))
        return
    code = _code()
    if made_by is None or made_by[0] != code:
        connection.execute("DELETE FROM postings")
        came = held
    else:
        _sweep(connection, held)
    for first, last in joined(came):
        for segment in range(first - first % SEGMENT, last + 1, SEGMENT):
            _add(connection, segment, max(first, segment), min(last, segment + SEGMENT - 1))
    connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", (MADE_BY, code))


def are_stale(connection: sqlite3.Connection) -> bool:
    """Tell whether `keep` has something to do though no passage came or went: other code made the postings."""
    [(passages, made_by)] = connection.execute(
        "SELECT total(passages), (SELECT value FROM about WHERE name = ?) FROM documents", (MADE_BY,)
    )
    return bool(made_by != (_code() if passages > LARGE else None))


def _sweep(connection: sqlite3.Connection, held: Iterable[Stretch]) -> None:
    """Take out the segments of which no passage is left."""
    left = {number * SEGMENT for first, last in held for number in range(first // SEGMENT, last // SEGMENT + 1)}
    known = {
        segment for (segment,) in connection.execute("SELECT DISTINCT segment FROM postings WHERE kind = ?", (SPEAKER,))
    }
    for segment in known - left:
        connection.execute("DELETE FROM postings WHERE segment = ?", (segment,))


def _add(connection: sqlite3.Connection, segment: int, first: int, last: int) -> None:
    """Write the postings of the passages numbered from `first` to `last`, all of one segment."""
    import numpy as np  # noqa: PLC0415 - takes 0.1 s and 17 MB, which a small archive has no use for

    rows = connection.execute(
        "SELECT number, text, question, attribution = ?, formula, alone, speaker, document FROM passages "
        "WHERE number BETWEEN ? AND ? ORDER BY number",
        (Attribution.REPORTED, first, last),
    ).fetchall()
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    number_of = known.__getitem__
    said, asked = _Texts(), _Texts()
    focus = []
    questions: dict[str | None, tuple[list[int], float]] = {None: ([], 0.0)}
    for _, words, question, *_ in rows:
        said.add(map(number_of, (*words_in(words), *_in_capitals(words))))
        if question not in questions:
            about = asked_in(question)
            numbers = [*map(number_of, (*about.words, *_in_capitals(question)))]
            questions[question] = numbers, min(1.0, ranking.LONG_QUESTION * about.focus)
        numbers, share = questions[question]
        asked.add(numbers)
        focus.append(share)
    stem_of, names = _stems(known)
    offsets = np.array([row[0] for row in rows], dtype=np.int64) - segment
    documents = np.unique([row[7] for row in rows], return_inverse=True)[1]
    reported, formula, alone = np.array([row[3:6] for row in rows], dtype=bool).reshape(-1, 3).T
    lengths = np.array(said.lengths)
    prior = ranking.SUBSTANCE * np.minimum(1.0, lengths / ranking.WHOLE_THOUGHT) + ranking.OWN_WORDS * ~reported
    in_text, in_question = said.counted(stem_of), asked.counted(stem_of)
    worth = _worth(in_text, lengths, documents)
    pairs = np.sort(np.concatenate((in_text.pairs, in_question.pairs)), kind="stable")
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    total = prior[pairs % SEGMENT]
    has_it = np.searchsorted(pairs, in_text.pairs)
    total[has_it] += worth
    topic = np.full(len(pairs), ranking.COVERAGE * ranking.ASKED)
    topic[has_it] = ranking.TOPIC
    asks = np.searchsorted(pairs, in_question.pairs)
    total[asks] += (topic * np.array(focus)[pairs % SEGMENT])[asks]
    impacts = np.clip(np.rint(total * _SCALE), 1, MOST).astype(np.uint8)
    only_asked = np.ones(len(pairs), dtype=bool)
    only_asked[has_it] = False
    impacts[only_asked] = np.minimum(impacts[only_asked], SAID - 1)
    impacts[formula[pairs % SEGMENT]] = 1
    ends = np.flatnonzero(np.diff(pairs // SEGMENT)) + 1
    bounds = [0, *ends.tolist(), len(pairs)]
    for start, end in zip(bounds, bounds[1:], strict=False):
        if start < end:
            key = names[int(pairs[start]) // SEGMENT]
            _append(connection, _Row(STEM, key, segment), offsets[pairs[start:end] % SEGMENT], impacts[start:end])
    by_speaker: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_speaker[row[6] or ""].append(at)
    worthy = np.where(formula, 1, np.where(alone, MOST, MOST // 2)).astype(np.uint8)
    for speaker, places in sorted(by_speaker.items()):
        _append(connection, _Row(SPEAKER, speaker, segment), offsets[places], worthy[places])


def _worth(said: _Counted, lengths: Array, documents: Array) -> Array:
    """Return what `store.ranking` gives for each pair for the text alone, its neighbours included."""
    import numpy as np  # noqa: PLC0415

    passage = said.pairs % SEGMENT
    none, one = ranking.half_of(0), ranking.half_of(1)
    half = none + (one - none) * lengths[passage]
    worth: Array = ranking.COVERAGE + ranking.ABOUT * said.often / (said.often + half)
    worth += ranking.EARLY / (1 + said.first // _SENTENCE)
    follows = (np.diff(said.pairs) == 1) & (documents[passage[1:]] == documents[passage[:-1]])
    worth[1:] += ranking.THREAD / 2 * follows
    worth[:-1] += ranking.THREAD / 2 * follows
    return worth


class _Row(NamedTuple):
    """The key of a row of postings."""

    kind: str
    key: str
    segment: int


def _append(connection: sqlite3.Connection, row: _Row, offsets: Array, impacts: Array) -> None:
    old = connection.execute(
        "SELECT offsets, impacts FROM postings WHERE kind = ? AND key = ? AND segment = ?", row
    ).fetchone() or (b"", b"")
    connection.execute(
        "INSERT OR REPLACE INTO postings (kind, key, segment, offsets, impacts) VALUES (?, ?, ?, ?, ?)",
        (*row, old[0] + offsets.astype("<u2").tobytes(), old[1] + impacts.tobytes()),
    )


def _stems(known: Iterable[str]) -> tuple[Array, list[str]]:
    """Return for each word the number of its stem, -1 for those that nobody looks for, and the stems."""
    import numpy as np  # noqa: PLC0415

    stemmer = stems.Stemmer()
    stem = stemmer.stems(known)
    stemmer.close()
    telling = [word if word in _IN_CAPITALS else stem[word] if word not in STOP_WORDS else "" for word in known]
    names = sorted({one for one in telling if one and " " not in one})
    numbers = {name: n for n, name in enumerate(names)}
    return np.array([numbers.get(one, -1) for one in telling], dtype=np.int64), names


def _in_capitals(words: str) -> list[str]:
    """Return the abbreviations spelt like function words, as they are written in capitals."""
    for sign in _IN_CAPITALS:
        if sign in words:
            return [found.replace(".", "") for found in _CAPITALS.findall(words)]
    return []


def _code() -> str:
    """Return the SHA-256 of the code that makes postings."""
    code = sha256(Path(__file__).read_bytes())
    for module in (text, stems, views, ranking):
        code.update(Path(str(module.__file__)).read_bytes())
    return code.hexdigest()
