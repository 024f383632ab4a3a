"""What people type around a subject: who said something of it; in the five languages they type in; pure.

The verbs are the commonest of saying and thinking, in the third person, present and past, chosen by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from store.text import FUNCTION_WORDS, STOP_WORDS

SAYING = {
    language: frozenset(said.split())
    for language, said in {
        "en": "say says said tell tells told think thinks thought talk talks talked speak speaks spoke",
        "ru": """
            говорил говорила говорили говорит говорят говорить сказал сказала сказали сказать скажет заявил заявила
            заявили заявляет заявить думал думала думает думают отвечает ответил ответила высказался высказалась
            высказывался считает считал считала
        """,
        "de": """
            sagte sagten sagt sagen gesagt meint meinte denkt dachte spricht sprach gesprochen erklart erklarte ausserte
            aussert hat
        """,
        "fr": "dit disait dire declare declarait pense pensait parle parlait affirme affirmait",
        "es": "dijo dice dicen dijeron decir dicho declaro declara piensa pensaba opina opino habla hablo afirma",
    }.items()
}
"""Folded verbs by which somebody is asked what a person said, and what stands beside these, by language."""

_MENTIONING = frozenset("mention mentions mentioned comment comments commented".split())
"""English verbs of saying that are also what somebody may speak of: they are none where a question has them."""

_SPEAKING = {
    **dict.fromkeys("talk talks talked talking".split(), frozenset({"about", "of"})),
    **dict.fromkeys("speak speaks spoke spoken speaking".split(), frozenset({"about", "of", "on", "to"})),
}
"""English verbs of saying that are also what somebody may speak of ("peace talks", "speak French"), each with what
follows it where it only leads to a subject."""

_UTTERANCES = frozenset(
    "comment comments opinion opinions position positions quote quotes remark remarks stance statement statements "
    "thoughts view views".split()
)
_TALKS = frozenset({"talk", "talks"})
"""Of these, those that behind two people are what these had: "Lavrov Tillerson talks"."""

_ON = frozenset("about by concerning from of on regarding".split())
"""English words for what somebody said, and what follows them where they only lead to a subject: "remarks on"."""

_BETWEEN = frozenset("ever never also already actually really even once".split())
"""English words that may stand between who is asked of and the verb."""

_ASKING = {
    "en": frozenset("what how did does do has why when where which".split()),
    "ru": frozenset("что как чего о об про почему когда где".split()),
    "de": frozenset("was wie wieso warum wann wo".split()),
    "fr": frozenset("que qu quoi comment pourquoi quand ou ce".split()),
    "es": frozenset("que como por cuando donde".split()),
}
"""Words that a question begins with."""

_AROUND = frozenset().union(*FUNCTION_WORDS.values(), *(SAYING[language] for language in FUNCTION_WORDS))
"""All words that may stand around a subject in another language than English."""

_ENGLISH_TOO = frozenset("con declare den dice die dire fur hat par pour sans sin son war".split())
"""Words around a subject in another language that somebody may ask about in English: "his son"."""

_ARTICLE = "die"
"""An article of German that is a word of English."""

_SURE = 2
"""Words of a language that the archive does not have, from which that is the language of a search."""


def around(
    typed: Sequence[str], is_held: Callable[[str], object], is_somebody: Callable[[str], object]
) -> frozenset[str]:
    """Return the words typed that only stand around a subject: in another language, or the verb of a question.

    Of another language, those that the archive does not hold are; those that it does ("de Mistura", "war") where others
    of that language show that it is meant. One that English has too is not, where the archive holds all others; "die"
    is none before a word that the archive holds. English nouns of saying do where they lead to a subject, or stand
    behind who is meant.
    """
    found = {*_MENTIONING.intersection(typed)} if _ASKING["en"].issuperset(typed[:1]) else set()
    found.update(one for one, after in pairwise(typed) if one == _ARTICLE and not is_held(after))
    found.update(_leading(typed, is_somebody))
    if _AROUND.isdisjoint(typed):
        return frozenset(found)
    is_english: bool | None = None
    for language, small in FUNCTION_WORDS.items():
        own = {word for word in typed if word in small or word in SAYING[language]}
        strange = {word for word in own if not is_held(word)}
        if strange and is_english is None:
            is_english = all(is_held(word) for word in typed if word not in _ENGLISH_TOO)
        found |= own if len(strange) >= _SURE else strange - _ENGLISH_TOO if is_english else strange
    return frozenset(found)


def _leading(typed: Sequence[str], is_somebody: Callable[[str], object]) -> Iterator[str]:
    """Yield the English words of saying that lead to a subject, or stand behind who is meant: "Trump's remarks".

    What belongs to another word is a subject itself: "peace talks", "joint statement on Syria".
    """
    for at, word in enumerate(typed):
        if word not in _SPEAKING and word not in _UTTERANCES:
            continue
        before = typed[at - 1] if at else ""
        after = typed[at + 1] if at + 1 < len(typed) else ""
        of_somebody = bool(before) and before not in STOP_WORDS and bool(is_somebody(before))
        leads = at + 2 < len(typed) and after in _SPEAKING.get(word, _ON)
        ends = not after and (of_somebody or before == "s") and word not in _TALKS
        if ends or (leads and (not before or before in STOP_WORDS or of_somebody)):
            yield word


def person_asked_of(typed: Sequence[str]) -> frozenset[str]:
    """Return the words beside a verb of saying in a question, any of which may be who is asked of.

    In English that is what stands before it: "what did Putin tell Lavrov" asks what Putin said.
    """
    found: set[str] = set()
    for language, verbs in SAYING.items():
        if not typed or typed[0] not in _ASKING[language]:
            continue
        for at, word in enumerate(typed):
            if word in verbs or (language == "en" and word in _MENTIONING):
                before = at - (typed[at - 1] in _BETWEEN)
                found.update(typed[max(before - 1, 0) : before])
                found.update(typed[at + 1 : at + 2] if language != "en" else ())
    return frozenset(found)
