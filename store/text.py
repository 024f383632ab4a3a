"""Text as people write it: fold it for comparing, cut it into words and sentences, shorten it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+")  # The same of ASCII in lower case, in half the time.
_FOLDED_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_ASCII_WORD_AS_WRITTEN = re.compile(r"[A-Za-z0-9]+")
_TYPOGRAPHIC = "’‘“”–—…\u00a0"
_SPACE = re.compile(r"\s+")
_STOP = re.compile(
    # The first mark apart, which is looked for in a quarter of the time.
    r"""(?P<mark>[.!?…。！？؟।][.!?…。！？؟।]*)(?P<closing>["”’»')\]]*)(?P<space>\s*)"""
)
_STOPS_WITHOUT_SPACE = frozenset("。！？؟।")
_ABBREVIATION = re.compile(
    r"""(?:^|[\s("“‘«\[])
        (?: [^\W\d_]                             # an initial: "Franklin D. Roosevelt"
          | (?:\w\.)+\w                         # "U.S.", "i.e."
          | mr|mrs|ms|dr|prof|st|gen|col|lt|sen|rep|gov|hon|rev|jr|sr|messrs
          | no|nos|art|para|vol|ed|eds|fig|pp|ch|cf|vs|viz|al|approx|dept|est|inc|ltd|corp|co
          | jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec
        )$""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_ABBREVIATION = 7  # Letters of a word that is too long for one.
_MAY_END = re.compile(r"(?:^|\W)(?:U\.S|U\.K|U\.N|E\.U|D\.C|a\.m|p\.m|etc|Inc|Ltd|Co|Corp|Jr|Sr)$")
_OPENS_SENTENCE = re.compile(r"""["“‘«'(\[¿¡–—-]*\s*(?:[^\W\d_a-z]|\d)""")

_LAST_LATIN = "\u024f"
"""The last letter of the Latin script but for those of phoneticians."""

STOP_WORDS = frozenset(
    """
    a about above after again against all also although am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each even ever few for from further had has have
    having he her here hers herself him himself his how however i if in into is it its itself just let like ll m many
    may me might more most much must my myself no nor not now of off on once one only or other ought our ours ourselves
    out over own re s same shall she should so some such t than that the their theirs them themselves then there these
    they this those through to too under until up upon us ve very was we were what when where which while who whom whose
    why will with within without would yes yet you your yours yourself yourselves d
    across along alongside amid amidst among amongst around despite else except hence lest onto per since than though
    throughout thus till toward towards unless unlike unto upon versus via vs whatever whenever whereas whereby wherever
    whether whichever whoever
    anybody anyone anything everybody everyone everything nobody none somebody someone something
    said say says saying tell told think thinks thought quote quotes please
    """.split()
)
"""Folded English words that carry no subject of their own: function words, and what people type around a subject.

The prepositions, conjunctions and indefinite pronouns of spaCy's English list
(https://github.com/explosion/spaCy, spacy/lang/en/stop_words.py) are among them, with others of the same kinds that
it lacks, but not what may tell where something is: "behind", "beyond", "inside".
"""

TALKING = frozenset("talk talks talking speak speaks speaking".split())
"""Folded English words that are none in a question ("let us talk about Turkey"), but may be in a search: "talks"."""

FUNCTION_WORDS = {
    language: frozenset(said.split())
    for language, said in {
        "ru": """
            а без бы в во вы да для до его ее если же за и из или их к как ко кто ли мы на над не ни но о об он она они
            от по под при про с со так также то у что это я
            был была были будет вокруг все где еще есть когда которые который между наш нас около перед после почему
            против свои свою среди только уже через чтобы эта эти этот этои этом
        """,
        "de": """
            aber als am an auf aus bei bis das dass dem den der des die ein eine einem einen einer es fur ich im ist mit
            nach nicht oder sich sind uber und vom von vor war was wie wird zu zum zur
            diese diesem diesen dieser dieses durch gegen haben ihr ihre keine ohne seit um unser unsere unter warum
            wegen weil wenn wer werden wo wurde wurden zwischen
        """,
        "fr": """
            au aux avec ce ces cette dans de des du elle en est et il la le les leur ne nous ou par pas pour qu que qui
            se ses son sont sur un une vous contre avec chez entre sans
            apres avant cet comme depuis etait etre leurs mais notre ont pourquoi quand selon sous vers votre
        """,
        "es": """
            al como con de del el ella ellos en es esta este ha la las lo los mas no para pero por que se sin sobre su
            sus un una uno y
            contra cuando desde donde entre fue fueron hacia hasta le les nuestra nuestro porque segun ser tambien
        """,
    }.items()
}
"""Folded function words of the other languages people type in, by language."""

FOREIGN_STOP_WORDS = frozenset().union(*FUNCTION_WORDS.values())
"""All of these: they are nothing that somebody might have spoken of."""

ABBREVIATIONS = frozenset({"us", "it", "is", "who"})
"""Function words that, written in capitals, are none."""


class Word(NamedTuple):
    """A word of a text: where it stands, and how it compares."""

    start: int
    end: int
    folded: str


def squash(text: str) -> str:
    """Return the text on one line: every run of white space (no-break spaces too) is one blank, none at the ends."""
    return _SPACE.sub(" ", text.replace("\u200b", "").replace("\ufeff", "")).strip()


def fold(text: str) -> str:
    """Return the text as it compares: without case, diacritics or typographic apostrophes.

    Folding twice changes nothing. Offsets of the result are not those of `text`: use `spans` for these.
    """
    if text.isascii():
        return text.lower()
    folded = text.replace("’", "'").replace("‘", "'").replace("ʼ", "'")
    for _ in range(3):  # A few characters decompose only after casefolding, and the other way round.
        plain = unicodedata.normalize("NFKD", folded.casefold())
        if marks := [c for c in set(plain) if unicodedata.category(c) == "Mn"]:
            plain = plain.translate(dict.fromkeys(map(ord, marks)))
        if plain == folded:
            break
        folded = plain
    return folded


def is_of_another_script(word: str) -> bool:
    """Tell whether a folded word has letters that are none of the Latin script."""
    return not word.isascii() and any(c > _LAST_LATIN for c in word)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, in order: runs of letters and digits, as SQLite's unicode61 cuts them."""
    text = _plain(text)
    if text.isascii():
        return tuple(text.translate(_FOLDED_ASCII).split())
    found = _WORD.findall(text.lower())
    folded = [word if word.isascii() else fold(word) for word in found]
    return tuple([word for word in folded if word.isascii() or _WORD.fullmatch(word)])


def _plain(text: str) -> str:
    """Return a text with blanks for the signs that are often the only ones that are not ASCII."""
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    return text


def spans(text: str) -> tuple[Word, ...]:
    """Return the words of a text with their offsets in it."""
    text = _plain(text)
    if text.isascii():
        return tuple([Word(match.start(), match.end(), match[0]) for match in _ASCII_WORD.finditer(text.lower())])
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        folded = word.lower() if word.isascii() else fold(word)
        if folded.isascii() or _WORD.fullmatch(folded):
            found.append(Word(match.start(), match.end(), folded))
    return tuple(found)


def apart(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words of a text as they stand there, and what stands before, between and behind them: one more.

    In a fraction of the time that `spans` takes; a word that folds to nothing is among them.
    """
    word = _ASCII_WORD_AS_WRITTEN if text.isascii() else _WORD
    return word.findall(text), word.split(text)


def written(text: str) -> dict[str, str]:
    """Return the folded words of a text, each with how it is written where it stands first."""
    found = _WORD.findall(text)
    folded = [word.lower() if word.isascii() else fold(word) for word in found]
    pairs = zip(reversed(folded), reversed(found), strict=True)
    return {word: wrote for word, wrote in pairs if word.isascii() or _WORD.fullmatch(word)}


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence, in order, without the white space between them.

    A sentence ends at a full stop, question mark, exclamation mark or ellipsis, with the quotation marks that
    close behind it, where what follows can open one: not after an initial or an abbreviation, and not before a
    word in lower case. What follows the last mark is a sentence too.
    """
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        if stop.end() < len(text) and _ends_sentence(text, stop):
            found.append((start, stop.end("closing")))
            start = stop.end()
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return tuple(found)


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    if not _STOPS_WITHOUT_SPACE.isdisjoint(stop["mark"]):
        return True
    after = text[stop.end() : stop.end() + 8]
    if not stop["space"] or not _opens_sentence(after):
        return False
    if stop["mark"] != "." or stop["closing"]:
        return True
    before = text[max(0, stop.start() - 24) : stop.start()]
    if len(before) >= _NO_ABBREVIATION and before[-_NO_ABBREVIATION:].isalpha():
        return True
    if not _ABBREVIATION.search(before):
        return True
    # "in the U.S. The talks": an article or pronoun in capitals opens a sentence even behind these.
    return bool(_MAY_END.search(before)) and bool(re.match(r"(?:The|A|An|It|He|She|We|They|I|This|In)\b", after))


def _opens_sentence(after: str) -> bool:
    if after[:1].isupper():  # Nearly always, and much quicker seen.
        return True
    opening = _OPENS_SENTENCE.match(after)
    return opening is not None and not opening.group()[-1].islower()


def clip(text: str, limit: int) -> str:
    """Return the text in at most `limit` characters: cut at a word and ended with `…` where it was longer."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    at = max(head.rfind(" "), head.rfind("\n"))
    if at < limit // 2:  # One endless word, or a script without blanks.
        at = limit - 1
    return head[:at].rstrip(" ,;:–—-\n") + "…"


def excerpt(text: str, hits: Sequence[tuple[int, int, float]] = (), *, limit: int = 600, most: int = 1000) -> str:
    """Return the best run of whole sentences: the one whose hits weigh most, as many sentences as fit.

    `hits` are (start, end, weight) in `text`. A run is at most `limit` characters long. A single sentence that
    is longer stays whole up to `most`, and beyond that is clipped. Among runs of equal weight the longer one is
    taken, then the earlier one.
    """
    if len(text) <= limit:
        return text
    bounds = sentences(text)
    weights = [sum(weight for start, _, weight in hits if first <= start < last) for first, last in bounds]
    best: tuple[float, int, int, int] | None = None
    for i, (first, _) in enumerate(bounds):
        weight = 0.0
        for j in range(i, len(bounds)):
            length = bounds[j][1] - first
            if length > limit and j > i:
                break
            weight += weights[j]
            rank = (weight, min(length, limit), -i, j)
            if best is None or rank > best:
                best = rank
    if best is None:
        return clip(text, limit)
    return clip(text[bounds[-best[2]][0] : bounds[best[3]][1]], most)
