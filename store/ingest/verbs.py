"""Verbs of saying in English, in the forms that sentences of a report have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REGULAR = """
    accuse acknowledge add admit affirm allege announce answer argue assert assure blame caution clarify comment
    compare concede conclude condemn confess confirm contend counter criticise criticize declare decry defend
    demand denounce deplore describe disclose discuss dismiss echo emphasise emphasize estimate exclaim explain
    express highlight hint insist joke lament list maintain mention mock muse note object observe point*out
    praise predict pledge promise propose question quip reaffirm recall reckon recount reiterate reject remark
    remind repeat reply respond restate reveal stress suggest summarise summarize state underline underscore
    urge voice vow warn link cite slam tweet shout chant cry yell scream retort complain jeer
"""
_IRREGULAR = {
    "says": "said",
    "tells": "told",
    "makes clear": "made clear",
    "calls": "called",
    "speaks of": "spoke of",
    "puts it": "put it",
    "lays out": "laid out",
    "sets out": "set out",
    "goes on to say": "went on to say",
    "denies": "denied",
    "replies": "replied",
    "thinks": "thought",
    "believes": "believed",
    "hopes": "hoped",
    "agrees": "agreed",
    "disagrees": "disagreed",
    "writes": "wrote",
}
STRICT = frozenset(
    "says said tells told claims claimed argues argued states stated writes wrote warns warned insists insisted".split()
)
"""Verbs by which a sentence hands its words to somebody else within a report ("Lavrov says the US told him …")."""
STRICT_BEHIND = STRICT.union(
    "admitted alleged branded demanded described dismissed dubbed pledged promised replied termed threatened".split()
)
"""These and others, where they stand behind their subject: "what Kerry had described as …"."""
ADVERBS = (
    r"(?:,?\s+(?:also|then|again|further|however|later|now|once\s+more|repeatedly|clearly|first|therefore|thus|still|has|had"
    r"|have|went\s+on\s+and|\w{2,20}ly),?){0,4}"
)


def _inflect(base: str) -> tuple[str, str, str]:
    verb, _, particle = base.partition("*")
    tail = f" {particle}" if particle else ""
    if verb.endswith("e"):
        return verb + "s" + tail, verb + "d" + tail, verb[:-1] + "ing" + tail
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies" + tail, verb[:-1] + "ied" + tail, verb + "ing" + tail
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es" + tail, verb + "ed" + tail, verb + "ing" + tail
    double = verb + verb[-1] if verb in {"quip", "admit", "slam"} else verb
    return verb + "s" + tail, double + "ed" + tail, double + "ing" + tail


_FORMS = [_inflect(base) for base in _REGULAR.split()]
_FINITE = [*(form for forms in _FORMS for form in forms[:2]), *_IRREGULAR, *_IRREGULAR.values()]
PARTICIPLES = [*(forms[2] for forms in _FORMS), "saying", "telling", "calling", "making clear", "speaking of"]


def any_of(forms: Sequence[str]) -> str:
    """Return a pattern that matches any of these words, the longest first."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(set(forms), key=len, reverse=True))


VERB = f"(?:{any_of(_FINITE)})"
_OF_MATTER = frozenset("compare describe discuss link list mention cite tweet highlight".split())
HANDS_OVER = any_of([form for form in _FINITE if form not in {f for base in _OF_MATTER for f in _inflect(base)}])
"""Those behind which stands what is said, not what is spoken of: somebody may tweet a video and discuss a treaty."""
_PLAIN = [base for base in _REGULAR.split() if base.isalpha() and base not in _OF_MATTER]
PLURAL = any_of([*_PLAIN, *"say tell call deny think believe hope agree disagree write".split()])
"""The present tense of these behind a plural: "critics say"."""
_TAKES_A_PERSON = frozenset("accuse assure blame mock praise remind tell urge criticise criticize condemn".split())
INVERTED = any_of(
    [*(form for base in _REGULAR.split() if base not in _TAKES_A_PERSON for form in _inflect(base)[:2]), "says", "said"]
)
"""Verbs that stand before their subject: "…, said the minister"."""
