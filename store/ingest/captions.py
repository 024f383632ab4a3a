"""Captions: text in fragments of a line, with or without times and blank lines between, as paragraphs; pure."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.ingest.lines import is_ended

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers, from 1."""

SOMEBODY = "Unidentified Speaker"
"""How somebody is labelled of whom captions say no more than that it is another who speaks."""

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"^{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
"""When a caption is shown, in SubRip and WebVTT (https://www.w3.org/TR/webvtt1/#cue-timings)."""
_STAMPED = re.compile(rf"^[\[(]?(?P<time>{_TIME})[\])]?(?:\s+(?P<rest>.*))?$")
_MARKUP = re.compile(r"</?(?:[ibuc]|font|lang|ruby|rt|\d[\d:.]*)(?:[.\s][^<>]*)?>|\{\\an?\d+\}", re.IGNORECASE)
_VOICE = re.compile(r"^<v(?:\.[\w.]+)?\s+(?P<name>[^<>]+)>(?P<rest>.*?)(?:</v>)?$")
_ANOTHER = re.compile(r"^(?:>|&gt;){2,3}\s*(?P<rest>.*)$")
"""What says in captions for the deaf that another speaks."""
_QUOTED = re.compile(r"^(?:>|&gt;)(?!>|&gt;)")
_LABELLED = re.compile(r"^[^\W\d_][^:.!?]{0,60}:(?:\s|$)")
_NAME = re.compile(r"^(?:[^\W\d_a-z][\w.’'-]*|of|de|von|the)(?:\s(?:[^\W\d_a-z][\w.’'-]*|of|de|von|the)){0,3}$")
_NARROW = 60
"""Characters that most lines of captions have at most; those of other wrapped texts have more."""
_WIDE = 120
_WIDE_SHARE = 0.1
"""So many of the lines may be longer: addresses, what stands around a text."""
_BLOCK = 3
"""Lines that stand together between blank ones in captions at most, mostly."""
_BLOCK_SHARE = 0.1
_LEAST = 8
"""So many lines at least, where no times tell captions."""
_BROKEN_SHARE = 0.3
_AGAIN = 2
_PROSE = 4
"""Words from which on a line that ends as sentences do is one, and no title."""
_LONG = 400
"""Characters from which on a paragraph ends where a sentence does: captions do not say where."""
_LONGEST = 1200
"""The same where no sentence does."""


@dataclass(frozen=True, slots=True)
class Uncaptioned:
    """Lines of which those whose numbers `whole` holds are paragraphs, joined from captions."""

    lines: list[tuple[int, str]]
    whole: frozenset[int] = frozenset()


def untimed(lines: Lines) -> tuple[list[tuple[int, str]], int | None]:
    """Return lines without the numbers and times of captions, and the number of the first of these; None where there
    are none: times before lines that are no fragments are those of posts.
    """
    cues = {at for at, (_, text) in enumerate(lines) if _CUE.match(text)}
    if cues:
        gone = cues | {at - 1 for at in cues if at and lines[at - 1][1].isdecimal()}
        kept = [(number, _unmarked(text)) for at, (number, text) in enumerate(lines) if at not in gone]
        return [line for line in kept if not line[1].startswith("WEBVTT")], lines[min(gone)][0]
    stamps = {at: match for at, (_, text) in enumerate(lines) if (match := _STAMPED.match(text))}
    times = [match["time"].replace(",", ".").split(":") for match in stamps.values()]
    seconds = [sum(float(part) * 60**power for power, part in enumerate(reversed(time))) for time in times]
    if len(times) < _LEAST or any(one > other for one, other in itertools.pairwise(seconds)):
        return [*lines], None
    bare = [
        (number, text if at not in stamps else stamps[at]["rest"])
        for at, (number, text) in enumerate(lines)
        if at not in stamps or stamps[at]["rest"]
    ]
    return (bare, lines[min(stamps)][0]) if _is_broken([text for _, text in bare if text]) else ([*lines], None)


def parted(lines: Lines) -> list[tuple[int, str]]:
    """Return lines in which whoever begins to speak behind ">>" has a label; none where ">" sets quotations apart."""
    another = {number: match["rest"] for number, text in lines if (match := _ANOTHER.match(text))}
    if len(another) < _AGAIN or any(_QUOTED.match(text) for _, text in lines):
        return [*lines]
    labelled = {at: rest if _LABELLED.match(rest) else f"{SOMEBODY}: {rest}" for at, rest in another.items()}
    return [(number, labelled.get(number, text)) for number, text in lines]


def uncaptioned(
    lines: Lines, cued: int | None, *, begins: Callable[[str], bool], is_alone: Callable[[str], bool]
) -> Uncaptioned:
    """Join fragments to paragraphs that end where sentences do; lines that are none stay as they are.

    Captions begin behind the line of the number `cued`; where there is none, with the first line that ends as a
    sentence does or goes on in lower case, and end with the last that ends so. A line that `begins` a turn goes on with
    none before it, one that `is_alone`, as controls and remarks in brackets are, neither does nor is gone on with.
    """
    filled = [line for line in lines if line[1]]
    if not filled or (cued is None and not _is_broken([text for _, text in filled])):
        return Uncaptioned([*lines])
    first, last = _extent(filled, cued)
    region = [line for line in lines if first <= line[0] <= last]
    if cued is None and _is_parted(region):
        return Uncaptioned([*lines])
    joined = _joined([line for line in region if line[1]], begins, is_alone)
    above, below = ([line for line in lines if line[0] < first], [line for line in lines if line[0] > last])
    return Uncaptioned([*above, *joined, *below], frozenset(number for number, _ in joined))


def _extent(filled: Lines, cued: int | None) -> tuple[int, int]:
    """Return the numbers of the first and the last line of captions."""
    if cued is not None:
        return min((number for number, _ in filled if number >= cued), default=filled[-1][0]), filled[-1][0]
    opens = (
        one[0]
        for one, two in itertools.pairwise(filled)
        if _is_cut(one[1], two[1]) or (is_ended(one[1]) and len(one[1].split()) >= _PROSE)
    )
    ends = (number for number, text in reversed(filled) if is_ended(text))
    return next(opens, filled[0][0]), next(ends, filled[-1][0])


def _is_parted(region: Lines) -> bool:
    """Tell whether blank lines part paragraphs: there are some, and hardly any stands within a sentence, or there are
    more lines between them than captions have.
    """
    lines = [text for _, text in region if not _is_name(text)]
    blocks = [[*block] for is_blank, block in itertools.groupby(lines, lambda text: text == "") if not is_blank]
    shout = _shouts(lines)
    within = sum(_is_cut(one[-1], two[0], shout=shout) for one, two in itertools.pairwise(blocks))
    long = sum(len(block) > _BLOCK for block in blocks)
    return len(blocks) > 1 and (within < _BROKEN_SHARE * (len(blocks) - 1) or long > _BLOCK_SHARE * len(blocks))


def _joined(region: Lines, begins: Callable[[str], bool], is_alone: Callable[[str], bool]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    times = Counter(text for _, text in region)
    previous, parted_off = "", True
    for number, text in region:
        named = _is_name(text) and (times[text] >= _AGAIN or not previous or is_ended(previous))
        alone = named or is_alone(text)
        long = len(found[-1][1]) if found else 0
        full = long >= _LONGEST or (long >= _LONG and is_ended(previous))
        if parted_off or alone or full or begins(text):
            found.append((number, text))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
        previous, parted_off = text, alone
    return found


def _unmarked(text: str) -> str:
    """Return a caption without its markup; who speaks it by WebVTT has a label."""
    voice = _VOICE.match(text)
    return _MARKUP.sub("", f"{voice['name']}: {voice['rest']}" if voice else text).strip()


def _is_name(text: str) -> bool:
    """Tell whether a line may be a name alone, as of who speaks; fragments of a sentence may look so too."""
    return not is_ended(text) and _NAME.match(text) is not None


def _is_broken(texts: Sequence[str]) -> bool:
    """Tell whether lines are fragments: short ones, many of which break off where the next goes on."""
    texts = [text for text in texts if not _is_name(text)]
    wide = sum(len(text) > _WIDE for text in texts)
    if len(texts) < _LEAST or sorted(map(len, texts))[len(texts) // 2] > _NARROW or wide > _WIDE_SHARE * len(texts):
        return False
    shout = _shouts(texts)
    broken = sum(_is_cut(one, two, shout=shout) for one, two in itertools.pairwise(texts))
    return broken >= _BROKEN_SHARE * len(texts)


def _is_cut(one: str, two: str, *, shout: bool = False) -> bool:
    """Tell whether a sentence breaks off at the end of a line: it has no end, and the next begins in lower case, or all
    of the text is in capitals.
    """
    return not is_ended(one) and (two[0].islower() or (shout and not _LABELLED.match(two)))


def _shouts(texts: Sequence[str]) -> bool:
    return sum(text.isupper() for text in texts) > len(texts) / 2 and any(map(is_ended, texts))
