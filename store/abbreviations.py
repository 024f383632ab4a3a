"""Abbreviations that a text explains itself: "the Collective Security Treaty Organisation (CSTO)"; pure.

And those that it need not explain: the initials of what it calls by its whole name, "the World Food Programme", and
those that it uses beside the words that begin with their letters: "a free trade agreement", and elsewhere "an FTA".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003): the
letters of the short form are looked for from its end in the words before the bracket, the first at the start of a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile
from typing import NamedTuple

from store.text import STOP_WORDS, words

_BRACKET = re.compile(r"(?P<before>(?:[^\s()]+\s+){1,14})\((?P<inside>[^()]{2,90})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z&.-]{1,9}[A-Z0-9]|[A-Z]{2,10}(?:-\d+)?")
_MOSTLY = 0.75
"""How many of the long form's words must begin with a letter of the short one."""

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "against"})
_STATE = re.compile(r"^(?:united (?:states|kingdom)|u ?[sk]|american|british) ")

_BODIES = frozenset(
    """
    Act Administration Agency Agreement Alliance Area Army Assembly Association Authority Bank Board Brigade Bureau
    Center Centre Charter Coalition Commission Committee Community Conference Confederation Congress Constitution
    Convention Cooperation Corporation Corps Council Court Department Executive Federation Force Forces Forum Front
    Fund Group Guard Initiative Institute Institution League Ministry Mission Movement Office Operation Organisation
    Organization Partnership Party Plan Police Programme Program Project Protocol Republic Secretariat Service
    Services Society Station Status System Tribunal Treaty Union University
    """.split()
)
"""What bodies, laws and programmes are."""

_TIMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december yesterday today tomorrow recently last next
    """.split()
)
"""What stands in capitals before a name at the beginning of a sentence, or always, and is no part of it."""

_LEADING = frozenset({"to", "in", "on", "against"})
"""What leads to the name of a body, and joins only what stands behind what it is: "Contributions to the Super Fund"."""

_JOINING = frozenset({"of", "for", "and"})

_OF = frozenset({"of", "for", "on", "to", "against"})
_CAPITAL = r"[A-Z][^\W\d_]{1,40}+(?:-[A-Z]?[^\W\d_]{1,40}+)?+"
_CAPITALS = re.compile(rf"{_CAPITAL}(?:\s(?:(?:of|for|on|to|and|the|in|against)\s){{0,2}}{_CAPITAL}){{1,9}}")

_INITIALS = (3, 6)
"""Letters that the initials of a name must and may have to be known by themselves."""


_USED = re.compile(r"([A-Z][A-Z]{2,5})s?(?![\w&-])(?! [A-Z]{2})")
"""What may be an abbreviation in capitals, among words that are not."""

_PART = re.compile(r"[A-Z] $|[\w&./-]$")
"""What stands before a word in capitals that is a part of something else."""

_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*\W*")
"""Words with no sign between them."""

_POSSESSIVE = re.compile(r"['’]s\W*$")

_TWICE = 2
"""How often a text must say in lower case what an abbreviation is short for, where English does not say it as one."""


class Abbreviation(NamedTuple):
    """A short form and what it is short for, both folded, with blanks between words.

    It is that of a thing rather than of a name where the text has these words in lower case.
    """

    short: str
    long: str
    how: str = "name"


def explained(text: str) -> Iterator[Abbreviation]:
    """Yield the abbreviations that a text explains, in order."""
    if "(" not in text:
        return
    for found in _BRACKET.finditer(text):
        before, inside = found["before"].strip(), found["inside"].strip()
        if _SHORT.fullmatch(inside):
            short, long = inside, _long_form(inside, before)
        elif _SHORT.fullmatch(before.split()[-1]):
            short = before.split()[-1]
            long = inside if _long_form(short, inside) == inside else ""
        else:
            continue
        folded = words(long)
        if len(folded) > 1:
            yield Abbreviation("".join(words(short)), " ".join(folded))


def capitalised(texts: Iterable[str]) -> Counter[str]:
    """Return the runs of words in capitals, and the small words within them, each with how often the texts have it."""
    return Counter(run for text in texts for run in _CAPITALS.findall(text))


def implied(runs: Iterable[str]) -> Iterator[Abbreviation]:
    """Yield the initials of the bodies, laws and programmes whose whole names stand in runs of words in capitals.

    With and without the small words within, as some are said either way: "DOJ", "HHS". Without the state whose it is.
    """
    for run in runs:
        for part in run.split(" and the "):
            said = part.split()
            for name in _names(said) if not _BODIES.isdisjoint(said) else ():
                long = _own(words(" ".join(name)))
                # The Justice Department is the DOJ.
                full = ["department", "of", *long[:-1]] if long[-1:] == ["department"] else long
                initials = "".join(word[0] for word in full), "".join(word[0] for word in full if word not in _SMALL)
                for short in dict.fromkeys(initials):
                    if len(long) > 1 and _INITIALS[0] <= len(short) <= _INITIALS[1]:
                        yield Abbreviation(short, " ".join(long))


def used(
    texts: Iterable[str], runs: Mapping[str, int], is_compound: Callable[[str, str], bool]
) -> Iterator[Abbreviation]:
    """Yield the abbreviations that the texts of a document use, with the words that they are short for there.

    `runs` are those of words in capitals in these texts.

    These begin with all the letters, in order; small words between them need not. By themselves, most of such words do
    so by chance: they must be capitalised, said more than once, or each be said with the next as `is_compound` tells of
    two words of English. Where two things fit equally, it is not known which is meant.
    """
    whole = "\n\n".join(texts)
    shorts = _abbreviations_in(whole)
    if not shorts:
        return
    named: dict[str, Counter[str]] = {}
    for run, times in runs.items():
        part = run.replace("-", " ").split()
        for short, long in _beginning_with(shorts, part) if len(part) >= _INITIALS[0] else ():
            named.setdefault(short, Counter())[" ".join(words(" ".join(long)))] += times
    said = whole.replace("-", " ").split()
    initials = "".join([word[0] for word in said])  # Those of words in lower case are in lower case.
    for short in sorted(shorts):
        names = _singular(named.get(short, {}))
        things = {} if names else _singular(Counter(_in_lower_case(short, said, initials)))
        longs = names or {
            long: times
            for long, times in things.items()
            if times >= _TWICE or all(map(is_compound, long.split(), long.split()[1:]))
        }
        if len(longs) == 1:
            yield from (Abbreviation(short, long, "name" if names else "thing") for long in longs)


def _in_lower_case(short: str, said: Sequence[str], initials: str) -> Iterator[str]:
    """Yield folded words in lower case that begin with these letters, with no sign nor function word among them."""
    at = initials.find(short)
    while at >= 0:
        long = " ".join(said[at : at + len(short)])
        long = _POSSESSIVE.sub("", long)
        if _PLAIN.fullmatch(long) and STOP_WORDS.isdisjoint(folded := words(long)):
            yield " ".join(folded)
        at = initials.find(short, at + 1)


def _abbreviations_in(text: str) -> set[str]:
    """Return in lower case the abbreviations in capitals among words that are not."""
    shorts: set[str] = set()
    for found in _USED.finditer(text):
        short, start = found[1], found.start()
        if short not in shorts and not _PART.search(text[max(start - 2, 0) : start]):
            shorts.add(short)
    return set(map(str.lower, shorts))


def _beginning_with(shorts: Iterable[str], part: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the stretches of a name that begin with the letters of some abbreviation, with and without small words."""
    own = [at for at, word in enumerate(part) if word not in _SMALL]
    for places in (own, range(len(part))) if len(own) < len(part) else (own,):
        initials = "".join(part[at][0] for at in places).lower()
        for short in shorts:
            at = initials.find(short)
            while at >= 0:
                first, last = places[at], places[at + len(short) - 1]
                if part[first] not in _SMALL and part[last] not in _SMALL:
                    yield short, part[first : last + 1]
                at = initials.find(short, at + 1)


def _singular(longs: Mapping[str, int]) -> dict[str, int]:
    """Return how often each is said, those that are also said in the plural with that."""
    return {
        long: times + longs.get(f"{long}s", 0)
        for long, times in longs.items()
        if long.removesuffix("s") not in longs or not long.endswith("s")
    }


def _names(said: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield what may be a name of a body among words in capitals: up to what it is, or from there on, or all."""
    for at, word in enumerate(said):
        if word in _BODIES:
            behind = said[at + 1 :] if said[at + 1 : at + 2] and said[at + 1] in _OF else []
            before = _led(said[:at])
            yield [*before, word]
            if behind:
                yield from ([word, *behind], [*before, word, *behind])
            if word == "Department":
                yield from (before, behind[1:])


def _led(before: Sequence[str]) -> Sequence[str]:
    """Return what stands before what a body is without what leads to it: "Give the Reserve" Bank."""
    for at in range(len(before) - 1, -1, -1):
        leads = before[at] == "the" and at > 0 and before[at - 1] not in _JOINING
        if (before[at] in _LEADING or leads) and _BODIES.isdisjoint(before[:at]):
            return before[at + 1 :]
    return before


def _own(name: Sequence[str]) -> list[str]:
    """Return a folded name without what leads to it: "the", and the state whose it is."""
    led = " ".join(dropwhile((STOP_WORDS | _TIMES).__contains__, name))
    return _STATE.sub("", led, count=1).split()


def _long_form(short: str, before: str) -> str:
    """Return the end of `before` that `short` is short for, empty where it is not."""
    letters = [letter for letter in short.lower() if letter.isalnum()]
    at = len(before)
    for number, letter in enumerate(reversed(letters), start=1):
        first = number == len(letters)
        while True:
            at -= 1
            if at < 0:
                return ""
            begins = at == 0 or not before[at - 1].isalnum()
            if before[at].lower() == letter and (begins or not first):
                break
    long = before[at:]
    said = long.split()
    most = min(len(letters) + 5, 2 * len(letters))
    own = [word for word in said if word.lower() not in STOP_WORDS | _SMALL]
    initials = sum(word[0].lower() in letters for word in own)
    return long if before[at].isupper() and len(own) <= most and initials >= _MOSTLY * len(own) else ""
