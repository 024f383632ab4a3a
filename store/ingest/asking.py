"""What was asked in a report: the lines that ask, and which question a passage answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.ingest.quotations import cover, quotations
from store.text import STOP_WORDS, TALKING, fold, spans

_ASKS = re.compile(
    r"""\b(?: asks | asked(?!\ not\ to\ be\b) | asking | wonders | wants\ to\ know
        | inquires | inquired | enquires | enquired
        | (?:is|was|are|were|gets?|got)\ (?:\w+\ )?(?:questioned|pressed)\ (?:on|about|by|over)
        | (?:first|next|second|third|last|final|closing|another|opening|following|new|a|the)\ question
        | questions?\ (?:from|about|on|for|regarding|comes?|concerns?|focus\w*|is|was)
        | (?:reporter|journalist|correspondent|interviewer|moderator)\b[^.]{0,40}
          \ (?:says|said|notes|noted|raises|raised|points)
        )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TURNS = re.compile(
    r"\b(?:topic|discussion|conversation|talk|focus|session|event|attention)\s+(?:then\s+|now\s+)?(?:turns?|turned|moves?|moved|shifts?"
    r"|shifted|switche[sd]|returns?|returned)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\b(?:final|last|remaining|further|more|no)\s+questions\b", re.IGNORECASE)
_GOES_ON = re.compile(r"^\W*(?:and|also|or|plus|as\s+well|in\s+addition|secondly|he|she|they)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"^(?:he|she|they|it|but|and|however|also|moreover|on\s+the\s+(?:latter|former)|in\s+addition)\b"
    r"|\b(?:this|these|those|such|(?<!says\s)(?<!said\s)(?<!adds\s)that)\s+(?-i:[a-z]{5,})\b"
    r"|\b(?:adds?|added|continues?|continued|goes\s+on|went\s+on)\b(?=[^\"“]*$)",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"^(?:back\s+to|turning\s+to|moving\s+on|more\s+on|still\s+on|on\s+(?!the\s+(?:latter|former))\w+)\b", re.IGNORECASE
)
_STEM = 5
_IDLE = STOP_WORDS | TALKING
_COMMON_SHARE = 0.2
_FEW = 5


def asks(text: str) -> bool:
    """Tell whether an outlet's line says what is asked or what the talk turns to: a question, reported or literal."""
    if _ENDING.search(text):
        return False
    return bool(_ASKS.search(text) or _TURNS.search(text) or text.rstrip("\"”’' ").endswith("?"))


@dataclass(frozen=True, slots=True)
class Step:
    """A paragraph of a report in its order: a question, a passage, or neither (`asked` and `said` both False)."""

    text: str
    asked: bool = False
    said: bool = False
    continues: bool = False
    """It goes on with the quotation of the passage before."""


def answered(steps: Sequence[Step], *, newest_first: bool) -> Mapping[int, str]:
    """Return the question that each passage answers, by index; a passage missing here has none that is certain.

    A question is a run of asking lines. The passage right behind it answers it, and so do those after that, as far as
    they share a name or two words with it, point back, or stand between such. In a report whose newest post stands
    first an answer may stand above its question: those right above it that share its words answer it. What neither
    rule reaches stays without a question rather than with a wrong one.
    """
    blocks = tuple(_blocks(steps))
    common = _common(step.text for step in steps if step.said)
    found: dict[int, str] = {}
    for before, region, after in _regions(blocks):
        above, below = _join(steps, before), _join(steps, after) if newest_first else ""
        reach = _reach(steps, region, above, common)
        # A word that the answers above have used already says nothing of the question below.
        used = common.union(*(_stems(steps[index].text) for index in region[:reach]))
        resume = next(
            (at for at in range(reach, len(region)) if _shares(steps[region[at]].text, below, used)), len(region)
        )
        reach, resume = _settle(steps, region, (above, below), (reach, resume), common)
        found |= dict.fromkeys(region[:reach], above)
        found |= dict.fromkeys(region[resume:], below)
    return found


def _blocks(steps: Sequence[Step]) -> Iterator[tuple[bool, list[int]]]:
    """Yield runs of questions (True) and runs of passages (False); lines that are neither don't break a run.

    A second asking line belongs to the question before it where it says so ("And what is…"); else it is another one.
    """
    run: list[int] = []
    asked = False
    for index, step in enumerate(steps):
        if not (step.asked or step.said):
            continue
        if run and (step.asked != asked or (asked and not _GOES_ON.match(step.text))):
            yield asked, run
            run = []
        asked = step.asked
        run.append(index)
    if run:
        yield asked, run


def _regions(blocks: Sequence[tuple[bool, list[int]]]) -> Iterator[tuple[list[int], list[int], list[int]]]:
    for at, (asked, run) in enumerate(blocks):
        if asked:
            continue
        before = blocks[at - 1][1] if at and blocks[at - 1][0] else []
        after = blocks[at + 1][1] if at + 1 < len(blocks) and blocks[at + 1][0] else []
        yield before, run, after


def _join(steps: Sequence[Step], run: Sequence[int]) -> str:
    return " ".join(steps[index].text for index in run)


def _reach(steps: Sequence[Step], region: Sequence[int], question: str, common: frozenset[str]) -> int:
    """Return how many passages from the start of a region answer the question above it."""
    if not question:
        return 0
    reach = 1 + max((at for at in range(len(region)) if _shares(steps[region[at]].text, question, common)), default=0)
    while reach < len(region) and _follows(steps[region[reach]]):
        reach += 1
    return reach


def _follows(step: Step) -> bool:
    return step.continues or (bool(_POINTS_BACK.search(step.text)) and not _NEW_TOPIC.match(step.text))


def _settle(
    steps: Sequence[Step],
    region: Sequence[int],
    questions: tuple[str, str],
    claims: tuple[int, int],
    common: frozenset[str],
) -> tuple[int, int]:
    """Settle who gets what where the question above reaches past a passage that shares more with the one below."""
    above, below = questions
    reach, resume = claims
    ours = [_shares(steps[index].text, above, common) for index in region]
    theirs = [_shares(steps[index].text, below, common) for index in region]
    first = next((at for at in range(1, reach) if theirs[at] and not ours[at]), reach)
    if first == reach:
        return reach, resume
    cut = max(range(first, reach + 1), key=lambda at: (sum(ours[:at]) + sum(theirs[at:]), -at))
    return cut, cut if cut < reach else resume


@lru_cache(maxsize=512)  # Each passage is compared with the questions around it.
def _stems(text: str) -> Mapping[str, bool]:
    """Return the first letters of each word that carries a subject, and whether it is written as a name."""
    return {
        word.folded[:_STEM]: text[word.start].isupper() and word.start > 0
        for word in spans(text)
        if len(word.folded) > 2 and word.folded not in _IDLE
    }


def _common(texts: Iterator[str]) -> frozenset[str]:
    count: Counter[str] = Counter()
    size = 0
    for text in texts:
        count.update(_stems(text).keys())
        size += 1
    return frozenset(stem for stem, times in count.items() if times > max(_FEW, _COMMON_SHARE * size))


def _shares(passage: str, question: str, common: frozenset[str]) -> int:
    """Return how many words that tell a passage shares with a question; one alone counts only if it is a name."""
    ours, theirs = _stems(passage), _stems(question)
    shared = (ours.keys() & theirs.keys()) - common
    return len(shared) if len(shared) > 1 or any(ours[stem] or theirs[stem] for stem in shared) else 0


def is_newest_first(texts: Sequence[str]) -> bool:
    """Tell whether a report's posts run backwards: clock times fall, or it closes at the top and opens at the foot."""
    times = [int(match[1]) * 60 + int(match[2]) for text in texts if (match := _CLOCK.match(text))]
    if len(times) > 1:
        falls = sum(later < earlier for earlier, later in zip(times, times[1:], strict=False))
        return falls > len(times) // 2
    told = [fold(cover(text, quotations(text))) for text in texts]
    opening = [at for at, text in enumerate(told) if _OPENS.search(text)]
    closing = [at for at, text in enumerate(told) if _CLOSES.search(text)]
    if opening and closing:
        return sum(opening) / len(opening) > sum(closing) / len(closing)
    if opening:
        return sum(opening) / len(opening) > len(texts) / 2
    return bool(closing) and sum(closing) / len(closing) < len(texts) / 2


_CLOCK = re.compile(r"^\W*([01]?\d|2[0-3])[:.]([0-5]\d)\b")
_OPENS = re.compile(
    r"\b(?:first question|is introduced|gets? (?:under way|underway)|begins? by|opens? (?:the|with)|welcom\w+"
    r"|about to (?:start|begin))\b"
)
_CLOSES = re.compile(
    r"\b(?:closing question|final questions?|last question|to a close|wraps? up|draws? to an? (?:end|close)|is over"
    r"|has ended|that's all)\b"
)
