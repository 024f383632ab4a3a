"""One spelling for what British and American write differently, and one form for what bends irregularly; pure.

A stemmer takes off endings; these words differ in their middle, so that it keeps them apart: "defence" and "defense",
"fought" and "fight". The rules are the systematic ones of the Oxford guide to British and American spelling, with the
words that follow them in news of politics; the table of verbs has the irregular ones that stems don't join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_OUR = (
    "arb arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab neighb od parl rig rum sav splend "
    "succ tum val vap vig"
)
_DOUBLED = "cancel channel counsel dial fuel label level marshal model panel quarrel rival shovel signal total travel"
_RULES = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"(?<=\w\w\w)yz(?=(?:e|ed|er|ers|es|ing)$)", "ys"),  # analyze
        (r"(?<=\w\w)iz(?=(?:e|ed|er|ers|es|ing|ation|ations|able)$)", "is"),  # organize, normalization
        (rf"^((?:dis|mis|un)?(?:{_OUR.replace(' ', '|')}))or(?!at|i?ous|if)", r"\1our"),  # color, neighborhood
        (r"^(cent|theat|fib|calib|spect|somb|lust|lit|sab|kilomet|centimet|millimet|met|epicent)er(?=s?$)", r"\1re"),
        (r"^(cent)er(?=ed$|ing$)", r"\1r"),
        (r"^((?:de|of|pre)(?:f|t)?en)s(?=e$|es$|eless$)", r"\1c"),  # defense, offense, pretense
        (r"^licens(?=e$|es$)", "licenc"),
        (r"^practis(?=e$|es$|ed$|ing$)", "practic"),
        (r"^((?:ana|cata|dia|epi|mono|pro)log)(?=s?$)", r"\1ue"),
        (rf"^({_DOUBLED.replace(' ', '|')})(?=(?:ed|ing|er|ers)$)", lambda found: found[1] + found[1][-1]),
        (r"^(enrol|fulfil|instal|instil|skil|wil)l?(?=(?:ment|ments|ful|fully)$)", r"\1"),
        (r"^(enrol|fulfil|instil)l(?=s?$)", r"\1"),
        (r"^(program)me(?=s?$)", r"\1"),
        (r"^(judg|acknowledg)ement", r"\1ment"),
        (r"^gray", "grey"),
        (r"^skeptic", "sceptic"),
        (r"^(aluminum)(?=s?$)", "aluminium"),
        (r"^airplane", "aeroplane"),
        (r"^maneuver", "manoeuvr"),
        (r"^manoeuvre(?=s?$|d$)", "manoeuvr"),
        (r"^(p|encyclop)aed(?=i)", r"\1ed"),
        (r"^(an|leuk|h|tox)aem(?=i)", r"\1em"),
        (r"^archaeo", "archeo"),
        (r"^artefact", "artifact"),
        (r"^(toward|afterward|forward|backward)s$", r"\1"),
        (r"^(among|amid)st$", r"\1"),
        (r"^(whil)st$", r"\1e"),
        (r"^inquir", "enquir"),
        (r"^plow", "plough"),
        (r"^mold", "mould"),
        (r"^rubl(?=es?$)", "roubl"),
        (r"^(?:cz|tz)ar", "tsar"),
        (r"^sulf", "sulph"),
        (r"^(advis|protest)or(?=s?$)", r"\1er"),
        (r"^moslem", "muslim"),
        (r"^jewelry$", "jewellery"),
        (r"^ageing$", "aging"),
        (r"^quran", "koran"),
    )
)

_IRREGULAR = {
    form: word
    for word, forms in (
        line.split(None, 1)
        for line in """
        arise arose arisen
        beat beaten
        become became
        begin began begun
        blow blew blown
        break broke broken
        bring brought
        build built
        buy bought
        catch caught
        child children
        choose chose chosen
        crisis crises
        analysis analyses
        axis axes
        hypothesis hypotheses
        synthesis syntheses
        thesis theses
        oasis oases
        criterion criteria
        deal dealt
        draw drew drawn
        drive drove driven
        drink drank drunk
        eat ate eaten
        feel felt
        fight fought
        find found
        flee fled
        fly flew flown
        foot feet
        forbid forbade forbidden
        forget forgot forgotten
        forgive forgave forgiven
        freeze froze frozen
        give gave given
        go went gone
        grow grew grown
        hide hid hidden
        hold held
        keep kept
        know knew known
        lead led
        lose lost
        man men
        mean meant
        meet met
        pay paid
        phenomenon phenomena
        rise rose risen
        run ran
        seek sought
        sell sold
        send sent
        shake shook shaken
        shoot shot
        sing sang sung
        sink sank sunk
        speak spoke spoken
        spend spent
        stand stood
        steal stole stolen
        strike struck stricken
        swear swore sworn
        swim swam swum
        take took taken
        teach taught
        throw threw thrown
        understand understood
        win won
        withdraw withdrew withdrawn
        woman women
        write wrote written
        overthrow overthrew overthrown
        overcome overcame
        undertake undertook undertaken
        """.strip().splitlines()
    )
    for form in forms.split()
}


_MOST_WAYS = 8
"""Ways to spell a name that are looked for."""


def spelt(name: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Return a name as it is, and in other spellings: "world trade organization".

    Its folded words come each with words that may be other spellings of it.
    """
    ways = [""]
    for word, others in name:
        form = common_form(word)
        also = sorted(other for other in others if other != word and common_form(other) == form)
        ways = [f"{way} {one}" for way in ways for one in (word, *also)][:_MOST_WAYS]
    return [way.strip() for way in ways]


@lru_cache(maxsize=65_536)
def common_form(word: str) -> str:
    """Return the one spelling of a folded word that all its spellings share; the word itself for most words.

    It is for comparing alone and may be no word of any language. What is one word of two meanings ("found") is both.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for pattern, meant in _RULES:
        word = pattern.sub(meant, word)
    return word
