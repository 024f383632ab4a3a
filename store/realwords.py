"""English words, so that a word that nobody spoke of here is not taken for a slip in one that somebody did.

And which two of them are said as one. From the frequency dictionaries that symspellpy ships: words of SCOWL, and pairs
of them, by how often they stand in Google's Books Ngrams (https://github.com/wolfgarbe/SymSpell).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path

_FILE = "frequency_dictionary_en_82_765.txt"
_PAIRS = "frequency_bigramdictionary_en_243_342.txt"
"""Within the package, whose code is not run: importing it takes longer than a search."""

_OF_ONE_LETTER = re.compile(rb"^(\w).*\n(?:\1.*\n)*", re.MULTILINE)
"""Lines of the second, each a pair and its count, that begin with the same letter."""

_COMMON = 100_000
"""Times that a word stands there to be common: some 50,000 words do. Of rarer ones, some slips are as likely."""

_FREQUENT = 5_600_000
"""Times from which it is one of the 3,000 that everybody uses: no city's or country's name in its own language is."""


def is_common(word: str) -> bool:
    """Tell whether a folded word is a common word of English. The first call reads a file of a megabyte."""
    return _times(word) >= _COMMON


def is_word(word: str) -> bool:
    """Tell whether a folded word is one of English, however rare."""
    return bool(_times(word))


def is_frequent(word: str) -> bool:
    """Tell whether a folded word is one of the most frequent of English."""
    return _times(word) >= _FREQUENT


def strange(words: Iterable[str]) -> set[str]:
    """Return those of very many folded words that are none of English."""
    listed = b"".join(_words().values()).decode().split("\n")
    return set(words).difference(line.partition(" ")[0] for line in listed)


@lru_cache(maxsize=4096)
def is_compound(first: str, last: str) -> bool:
    """Tell whether two folded words are often said one after the other, in the singular or the plural.

    The first call reads a file of five megabytes.
    """
    ways = [(one, two) for one in _numbers(first) for two in _numbers(last)]
    return any(f"\n{one} {two} ".encode() in lines for one, two in ways for lines in _pairs().get(one[:1].encode(), ()))


def _numbers(word: str) -> tuple[str, ...]:
    """Return a word in the singular and the plural, as most words have them."""
    return (word, word[:-1]) if word.endswith("s") else (word, f"{word}s")


def _times(word: str) -> int:
    """Return how often a word stands in English books; 0 for what is no word."""
    if not word.isalpha():
        return 0
    _, found, behind = _words().get(word[0], b"").partition(f"\n{word} ".encode())
    return int(behind.partition(b"\n")[0]) if found else 0


@cache
def _pairs() -> dict[bytes, list[bytes]]:
    """Return the pairs of words by their first letter, one a line with its count."""
    package = find_spec("symspellpy")
    if package is None or package.origin is None:
        return {}
    content = Path(package.origin).with_name(_PAIRS).read_bytes().removeprefix(BOM_UTF8)
    found: dict[bytes, list[bytes]] = {}
    for lines in _OF_ONE_LETTER.finditer(content):
        found.setdefault(lines[1], []).append(b"\n" + lines[0])
    return found


@cache
def _words() -> dict[str, bytes]:
    """Return the words by their first letter, one a line with its count: a tenth of what a set takes."""
    package = find_spec("symspellpy")
    if package is None or package.origin is None:
        return {}
    listed = sorted(Path(package.origin).with_name(_FILE).read_text(encoding="utf-8-sig").splitlines())
    return {letter: "\n".join(["", *lines]).encode() for letter, lines in groupby(listed, key=itemgetter(0))}
