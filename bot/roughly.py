"""What stands around an hour that is only about right ("by 8", "7ish", "between 8 and 9"), taken away; pure."""

from __future__ import annotations

import re

from store.text import fold

_BEFORE = (
    "at|at about|at around|about|around|approximately|approx|roughly|circa|ca|close to|near|some time|sometime|"
    "some time around|by|before|after|until|till|from|starting at|shortly|just|a bit|a little|exactly|precisely|"
    "no later than|not later than|no earlier than|not earlier than|not before|not after|at the latest|latest|"
    "at the earliest|earliest|"
    "etwa|ungefähr|zirka|gegen|so gegen|kurz|vor|nach|spätestens|bis|bis spätestens|ab|frühestens|nicht später als|"
    "nicht vor|nicht nach|punkt|pünktlich|genau|so um|um|"
    "vers|environ|aux alentours de|autour de|avant|après|au plus tard|pas plus tard que|à partir de|dès|jusqu'à|"
    "à peu près|les|"
    "sobre|hacia|a eso de|alrededor de|antes de|después de|no más tarde de|no más tarde que|a más tardar|a partir de|"
    "desde|hasta|las|la|"
    "около|примерно|приблизительно|где-то|в районе|до|после|не позже|не позднее|не раньше|не ранее|к|ко|с|со|ровно|"
    "часов|часиков"
)
_BEHIND = (
    "sharp|ish|or so|or thereabouts|at the latest|latest|on the dot|exactly|spätestens|pünktlich|pile|précises|"
    "précise|au plus tard|environ|en punto|a más tardar|ровно|примерно"
)
_LEADS = re.compile(rf"(?:(?:{'|'.join(sorted(map(fold, _BEFORE.split('|')), key=len, reverse=True))})\.? )+")
_TAILS = re.compile(rf"(?: (?:{'|'.join(sorted(map(fold, _BEHIND.split('|')), key=len, reverse=True))}))+")
_ISH = re.compile(r"(?<=\w)[ -]?ish\b")

_TO = "to|till|until|or|bis|oder|a|ou|o|до|или"
_AND = "and|und|et|y|и"
"""What stands between two hours only where something before them says so: "8 y 10" is ten past eight."""
_FROM = "between|from|zwischen|von|entre|de|desde|с|со|между"
_SPAN = re.compile(
    rf"(?P<led>(?:{_FROM}) )?(?P<first>\S.*?)"
    rf"(?:(?P<dash> ?[-\N{{EN DASH}}\N{{EM DASH}}] ?)| (?:{_TO}) | (?P<and>{_AND}) )(?P<last>.*\S)"
)


def bare(said: str) -> str:
    """Return folded words without what says that an hour is only about right: "8" of "no later than 8", "7ish"."""
    found = _ISH.sub("", said)
    leads = _LEADS.match(found)
    found = found[leads.end() :] if leads else found
    tails = _TAILS.search(found)
    return found[: tails.start()] if tails and tails.end() == len(found) else found


def ends_of(said: str) -> tuple[str, str, bool] | None:
    """Return between which two things folded words stretch: "8" and "9" of "8-9", "from 8 to 9"; None for no such.

    And whether a word says so, rather than a dash.
    """
    found = _SPAN.fullmatch(said)
    if found is None or (found["and"] and not found["led"]):
        return None
    return found["first"], found["last"], found["dash"] is None
