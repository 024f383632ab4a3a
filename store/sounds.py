"""How the name of a person sounds, whatever script or language it is spelt in: "Лавров", "Lawrow", "Lavroff"; pure.

Names are written in Latin letters by anyascii (https://github.com/anyascii/anyascii), and what the romanisations of
English, German, French, Polish and Spanish newspapers spell differently is made one, after the rules by which the
Daitch-Mokotoff Soundex (https://www.avotaynu.com/soundex.htm) finds Slavic and German names: but vowels are kept, as
names are few and other words are many.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import product

SHORTEST = 4
"""Letters that a name must sound by: shorter ones sound like too much else."""

_ONE_VOWEL = 5
_ONE_LETTER = 8
"""Letters from which two names that sound alike may differ in a vowel of VOWELS, and in any one letter."""

_VOWELS = frozenset(("au", "ae", "eo", "ei"))
"""Vowels that are written for each other: Трамп and Trump, Мэттис and Mattis, Gorbachov and Gorbachev."""

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"s?chtsch|schtsch|chtch|shch|szcz|tsch|tzsch|tch|dsch|dzh|dj|sch|sh|zh|cz|sz|ts|tz|z|c(?=[eiy])", "s"),
        (r"^mc|^mac(?=[^aeiouy])", "mak"),
        (r"ck|qu?|c(?!h)", "k"),
        (r"x", "ks"),
        (r"gk?h", "g"),  # Сингх
        (r"ph|f|w", "v"),
        (r"th|dt", "t"),
        (r"(?<![ck])h(?![aeiouy])", ""),
        (r"oo|ou", "u"),
        (r"oe", "o"),
        (r"y", "i"),
        (r"[ij](?=e)", ""),
        (r"(?<=[a-z]{3}[^aeiou])e$", ""),  # Poutine
    )
)
_ENGLISH = tuple(
    (re.compile(pattern), way)
    for pattern, way in (
        (r"(?<=o)w(?=[^aeiouyw])", "u"),  # Snowden
        (r"ow(?=e[lr])", "au"),  # Powell, Eisenhower
        (r"a([^aeiouy])e(?=s?$)", r"ei\1"),  # Gates
        (r"u(?=r[^aeiouyr])", "e"),  # Burns
        (r"dge$|dg(?=[^aeiou])|d?g(?=e(?![iy]))", "dzh"),  # Hodge, Bridgman, Rodgers
        (r"(?<=[^aeiou])eon$", "en"),  # Sturgeon
        (r"(?<=[a-z][^aeiouy])ey$", "y"),  # Romney
    )
)
"""What English spells in one way and other scripts write as it is heard, unless as it is spelt."""

_TWO_SOUNDS = {"ch": ("s", "k"), "kh": ("k", "h"), "j": ("i", "s")}
"""What is spelt alike and sounds otherwise: Macron's "ch" and Merkel's, Juncker's "j" and Johnson's; "Харрис" and
"Херсон" begin alike."""

_SPLIT = re.compile("(ch|kh|j)")
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL = re.compile("[aeiou]")

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BENT = re.compile(r"(?:ого|ому|ыми|ими|ом|ем|ым|им|ои|еи|а|у|е|ы|и|ю|я)$")
"""Endings by which Russian bends the names of persons, folded."""


@lru_cache(maxsize=4096)
def sounds(name: str) -> frozenset[str]:
    """Return how a folded word of a name may sound; nothing where that is too short to tell it by."""
    return frozenset(sound for sound in _heard(name) if len(sound) >= SHORTEST)


def ways(name: str) -> frozenset[str]:
    """Return how a folded word of a name may sound to who reads it as English: "Snowden" as "Сноуден" too."""
    spelt = {name}
    for pattern, way in _ENGLISH if name.isascii() else ():
        spelt |= {pattern.sub(way, one) for one in spelt}
    return frozenset().union(*map(sounds, spelt))


def resemble(name: str, other: str) -> bool:
    """Tell whether two folded words, however short, may be spellings of one given name: "Джейк" and "Jake".

    They begin and end with the same consonants, and one has all that the other has, in its order. "Джилл" is no "Joe".
    """
    return any(_have_one_frame(one, two) for one in _heard(name) for two in _heard(other))


def _have_one_frame(sound: str, other: str) -> bool:
    short, long = sorted((_VOWEL.sub("", sound), _VOWEL.sub("", other)), key=len)
    if not short or sound[0] != other[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def _heard(name: str) -> set[str]:
    name = name if name.isascii() else in_latin(name)
    for pattern, sound in _RULES:
        name = pattern.sub(sound, name)
    parts = [_TWO_SOUNDS.get(part, (part,)) for part in _SPLIT.split(name)]
    return {_DOUBLED.sub(r"\1", "".join(way)) for way in product(*parts[:_MOST_PARTS])}


_MOST_PARTS = 9
"""Parts of a name that are looked at: four that sound in two ways, with what stands between."""


def in_latin(name: str) -> str:
    """Return a name of any script in Latin letters, folded: "abe" for "Абэ"."""
    from anyascii import anyascii  # noqa: PLC0415 - most names are of ASCII, and it takes as long as ten searches

    return anyascii(name).lower()


def unbent(name: str) -> Iterator[str]:
    """Yield what a word may be a form of, if it is a name of a person: "Лаврову", "Обамы", "Зеленского", "Lawrows"."""
    if _CYRILLIC.search(name):
        stem = _BENT.sub("", name)
        if stem != name:
            yield from (stem, f"{stem}а", f"{stem}ии")
    elif name.isascii() and name.endswith("s"):
        yield name[:-1]


def same(name: str, known: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return those known that sound as a name does, else as what it may be a form of does.

    `known` are sounds, each with its name.
    """
    own = sounds(name)
    forms = frozenset().union(*map(sounds, unbent(name)))
    known = tuple(known)
    return frozenset(other for sound, other in known if sound in own) or frozenset(
        other for sound, other in known if sound in forms
    )


def near(name: str, known: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return those known that sound nearly as a name does, spelt as it is heard or with a letter of many amiss.

    Else those that do as what it may be a form of in another script: "Салливана".
    """
    known = tuple(known)
    forms = () if name.isascii() else unbent(name)
    for own in (sounds(name), frozenset[str]().union(*map(sounds, forms))):
        if found := frozenset(other for sound, other in known if any(_are_alike(one, sound) for one in own)):
            return found
    return frozenset()


def _are_alike(sound: str, other: str) -> bool:
    """Tell whether two sounds differ in what tells no two names apart."""
    if abs(len(sound) - len(other)) > 1 or min(len(sound), len(other)) < _ONE_VOWEL:
        return False
    if len(sound) == len(other):
        differ = [{one, two} for one, two in zip(sound, other, strict=True) if one != two]
        if len(differ) != 1:
            return False
        return len(sound) >= _ONE_LETTER or "".join(sorted(differ[0])) in _VOWELS
    short, long = sorted((sound, other), key=len)
    at = next((at for at, (one, two) in enumerate(zip(short, long, strict=False)) if one != two), len(short))
    if short[at:] != long[at + 1 :]:
        return False
    return len(long) >= _ONE_LETTER


def beginnings(name: str) -> Collection[str]:
    """Return what anything begins with that sounds like a name."""
    return sorted({sound[:1] for sound in sounds(name)})
