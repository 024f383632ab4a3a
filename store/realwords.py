"""Common English words, so that a word that nobody spoke of here is not taken for a slip in one that somebody did.

From the frequency dictionary that symspellpy ships: words of SCOWL by how often they stand in Google's Books Ngrams
(https://github.com/wolfgarbe/SymSpell).
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path

_FILE = "frequency_dictionary_en_82_765.txt"
"""Within the package, whose code is not run: importing it takes longer than a search."""

_COMMON = 100_000
"""Times that a word stands there to be common: some 50,000 words do. Of rarer ones, slips are as likely."""


def is_common(word: str) -> bool:
    """Tell whether a folded word is a common word of English. The first call reads a file of a megabyte."""
    return f"\n{word} ".encode() in _words().get(word[0], b"") if word.isalpha() else False


@cache
def _words() -> dict[str, bytes]:
    """Return the common words by their first letter, one a line with its count: a tenth of what a set takes."""
    package = find_spec("symspellpy")
    if package is None or package.origin is None:
        return {}
    listed = Path(package.origin).with_name(_FILE).read_text(encoding="utf-8-sig").splitlines()
    common = sorted(line for line in listed if int(line.rpartition(" ")[2]) >= _COMMON)
    return {letter: "\n".join(["", *lines]).encode() for letter, lines in groupby(common, key=itemgetter(0))}
