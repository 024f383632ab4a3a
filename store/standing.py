"""Which quotes can be read on their own; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.text import excerpt, words

if TYPE_CHECKING:
    from store.model import Passage

SHORTEST, LONGEST = 60, 400
"""How many characters a quote has that is worth reading on its own, both ends included."""

_POINTS_BACK = frozenset(
    """
    this that these those it its they them their he him his she her hers such so here there then thus hence
    and but or nor yet also too therefore moreover furthermore besides however nevertheless nonetheless otherwise
    meanwhile instead likewise similarly accordingly consequently secondly thirdly fourthly finally lastly yes
    """.split()
)
"""English words that, opening a quote, stand for something said before it or tie it to that."""

_TIES_BACK = re.compile(
    r"""(?: no[,.!] | of\ course\b | as\ (?:a\ result|for|regards)\b | for\ (?:example|instance|this|that|these)\b
        | in\ (?:addition|other\ words|turn|particular|this|that|these)\b | on\ the\ (?:other\ hand|contrary)\b
        | at\ (?:the\ same\ time|this|that)\b | because\ of\ (?:this|that)\b | after\ (?:this|that)\b
        | the\ (?:same|latter|former|above)\b | (?:another|both)\b | still(?:,|\ (?:on|about)\b)
        | (?:\w+\ ){1,3}(?:says|said|adds|added|goes\ on|went\ on|continues|continued),?\ (?:however|also|too|further)\b
        | (?:\w+\ ){1,3}also\ (?:says|said|adds|added|notes|noted)\b | speaking\ of\b
        | (?:turning|coming|going)\ back\b | returning\b | to\ (?:continue|finish|conclude|add)\b )""",
    re.IGNORECASE | re.VERBOSE,
)
"""The same in several words, or in one that does so only with what follows: "No, we can't", not "No state can"."""

_ANSWERS = re.compile(
    r"""\b(?: (?:your|this|that|the)\ (?:\w+\ )?questions?\b(?!\ (?:of|whether|remains))
        | you\ (?:have\ |had\ |’ve\ |'ve\ )?(?:just\ |already\ |also\ )?(?:asked|mentioned|quoted|referred)\b
        | (?:you\ are|you’re|you're)\ (?:asking|referring|quoting)\b
        | I\ (?:have\ |had\ |’ve\ |'ve\ )?(?:just\ |already\ )(?:said|told|mentioned|listed|noted|named|answered)\b
        | I\ (?:have\ |’ve\ |'ve\ )(?:listed|mentioned|spoken\ about)\b | as\ I\ (?:have\ )?(?:said|mentioned|noted)\b
        | my\ (?:opening|introductory)\ (?:remarks|words|statement)\b
        | (?:above|afore)-?mentioned\b | (?:mentioned|said|noted|described)\ (?:above|earlier)\b )""",
    re.IGNORECASE | re.VERBOSE,
)
"""English words that speak of the question being answered, or of what was said earlier on the same occasion."""

_QUOTATION_MARKS = "\"“”„‟«»‹›‘’'"
_BEFORE_WORDS = _QUOTATION_MARKS + "()[]–—- \u00a0"
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_ENDS_STATEMENT = tuple(".!。！।")


def stands_alone(passage: Passage) -> bool:
    """Tell whether the passage, as it is shown when nobody asked for it, can be read without what stands around it.

    It is then a whole statement of 60 to 400 characters that opens with a word of its own; no question, no formula,
    no quotation that opens or closes in another paragraph, nothing that speaks of its question. The words that point
    back are English: in other languages this is not told.
    """
    shown = excerpt(passage.text)
    opening = shown.lstrip(_BEFORE_WORDS)
    return (
        not passage.formula
        and SHORTEST <= len(shown) <= LONGEST
        and _is_whole(shown.rstrip(_BEFORE_WORDS))
        and not opening[:1].islower()
        and not _points_back(opening)
        and _quotations_are_whole(shown)
        and _ANSWERS.search(shown) is None
    )


def _is_whole(shown: str) -> bool:
    return shown.endswith(_ENDS_STATEMENT) and not shown[:-1].endswith((".", "…"))


def _points_back(opening: str) -> bool:
    first = words(opening[:40])[:1]
    return not first or first[0] in _POINTS_BACK or _TIES_BACK.match(opening) is not None


def _quotations_are_whole(shown: str) -> bool:
    return shown.count('"') % 2 == 0 and all(shown.count(opens) == shown.count(closes) for opens, closes in _PAIRS)
