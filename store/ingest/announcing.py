"""Whether a title announces somebody's words, or a text about them: "Ann Lee's speech" or "Why Ann Lee's speech fell
flat".
"""

from __future__ import annotations

import re

from store.ingest.persons import NOT_A_PERSON, is_office
from store.text import STOP_WORDS, fold

_PARTS = re.compile(r"[:;,.?!|]+[”\"’»]*\s+|\s+[–—|•·-]+\s+|\s*[()\[\]]\s*")
"""What parts a title: "Fact check: …", "…, annotated by Bob Ray", "Oslo | …"."""
_TEXT = frozenset(
    """
    the a an this that his her our full complete official edited unofficial verbatim rush draft english translated text
    texts transcript transcription transcripts excerpt excerpts extract extracts version video audio recording watch
    read see listen live here is are below following follows of from to and with
    """.split()
)
"""Folded words that say that what follows is the text itself: "Read the full transcript of …"."""
_TEXT_NOUNS = frozenset(
    "text texts transcript transcription transcripts excerpt excerpts extract extracts version video audio".split()
)
_PREPOSITIONS = frozenset(
    """
    on against about over after amid to following in inside at by with without from since through of for behind beyond
    into before during despite around under
    """.split()
)
_KINDS = (
    r"(?:remarks|interview|speech|address|statement|comments?|lecture|article|answers?|repl(?:y|ies)|questions?|q\s?&\s?a"
    r"|discussion|conversation|conference|briefing|toast|exchange)"
)
_GOES_ON = re.compile(
    rf"^(?:$|(?:on|against|about|over|after|amid|to|following|in|at|by|of|with|from|before|during|for|ahead|aboard|upon|via|as"
    rf"|under|around|regarding|concerning|transcript|text|full|given|delivered|made|excerpts?|video|\w+ing)\b"
    rf"|(?:and|und|et|y|e)\s+(?:[\w-]+\s+){{0,3}}{_KINDS}|[^a-z])",
    re.IGNORECASE,
)
"""What may stand behind the word for somebody's words: where, when and on what they were said."""
_SENTENCE = re.compile(
    r"^(?:(?!\b(?:how|why|what|who|whom|that|which|where|when|we|i|they|you)\b).)*?\b(?:is|are|was|were|has|had|will|would|did|does"
    r"|should|could|can|cannot|draws?|drew|sparks?|sparked|prompt(?:s|ed)?)\b"
    r"|^(?:in|through)\s+(?:the\s+)?(?:\w+\s+)?(?:charts?|quotes?|numbers|pictures|photos|context|eyes)\b",
    re.IGNORECASE,
)
"""What makes of it a sentence about these words, or another's view of them."""
_DOES = re.compile(
    r"(?<=\w)\s+(?:hurts?|(?:anger|stun|shock|upset|alarm|outrage|offend|enrage|delight|disappoint|impress|inspire|infuriate|provoke|rattle"
    r"|divide|trigger|fuel|stir|reveal|suggest|prove|backfire|unsettle|dominate|overshadow|confuse|embarrass|win|earn)(?:e?s|e?d|led|red|ned)?"
    r"|raise[sd]?|wins|won|upsets?|left|leaves|fails|failed)"
    r"\s+(?!(?:by|in|at|on|of|to|from|during|with|and|or|behind|out|over|for|as|after|since|about)\b)\w"
    r"|(?<=\w)\s+(?:(?:come|came|comes)\s+under|(?:meets?|met)\s+with|(?:goes|went|go)\s+(?:viral|wrong|down|too)|(?:fell|falls)\s+(?:flat|short|on)"
    r"|(?:shows?|showed|tells|told)\s+(?:how|that|why|what|us|we)|backfire[sd]?|(?:sounds?|sounded|seems?|seemed|looks?|looked)\s+like)\b",
    re.IGNORECASE,
)
"""What the words do to others, behind what they were said on: "… in Oslo angers fishermen"; not "to win the vote", "on
fishermen hurt by the flood".
"""
_MADE_BY_OTHERS = re.compile(
    r"\b(?:annotated|analy[sz]ed|reviewed|explained|decoded|dissected|debunked|fact[ -]checked|criticised"
    r"|criticized|condemned|summari[sz]ed|reported|described)\s+by\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W*(?:(?:[\w.-]+\s+){0,3}?[\w.-]+[’']s?\s+)?(?:(?:an?|the|our|my|his|her|full|live|key|main|top|first|brief|quick|close|instant|expert|\w{3,}ical|\d+|two|three|four|five"
    r"|six|seven|eight|nine|ten)\s+)*"
    r"(?:fact[\s-]?check\w*|analy[sz]\w+|opinion|op-?ed|editorial|comment(?:ary)?|column|verdict|review(?:ed)?|recap|preview|explain\w*"
    r"|annotat\w+|reaction|response|letter|blog|rebuttal|takeaways?|things|lessons|moments|points|highlights|summary|critique|criticism|parody|satire"
    r"|decoded|dissected|debunked|deconstructed|breakdown|view|guide|quiz"
    r"|what\s+(?:we|you|it|this|that|he|she|they|to)\s+(?:\w+\s+){0,3}?(?:learn\w*|know|means?|meant|said|says?|missed|left|omitted|got|expect|watch)"
    r"|(?:years?|months?|weeks?|decades?)\s+(?:on|later|after))\b",
    re.IGNORECASE,
)
"""What a part of a title begins with where another part names what its text is about."""
_BY_OTHERS = re.compile(r"by\s+(?:[A-Z][\w’'-]+\s+)+[A-Z]")
"""Who wrote the text, where another is named before: "Ann Lee's speech in Oslo, by Bob Ray"."""
_STATE_OF = re.compile(r"\bstate\s+of\s+the\s+\w+\b", re.IGNORECASE)
_IN_OFFICE = frozenset("acting outgoing incoming visiting sitting ruling leading reigning".split())
_KIND_FIRST = re.compile(rf"^(?:\w+\s+)?{_KINDS}\b.*[’']s?$", re.IGNORECASE)
_NAMES_TOO = frozenset("will may can an so do my no he let".split())
"""Folded function words that are names as well: "Will Lee’s speech"."""
_FULL = 2
"""Words of a name in full."""
_ING = 6
"""Letters from which a first word that ends so tells what a text does with the words: "Decoding Ann Lee's speech"."""


def bare_run(run: str) -> str:
    """Return what a title says before a word for somebody's words, without what only says that these follow."""
    parts = run.split()
    while parts and (fold(parts[0]) in _TEXT or parts[0].isdecimal()):
        parts.pop(0)
    return " ".join(parts)


def is_about(title: str, start: int, end: int, *, named: bool) -> bool:
    """Tell whether a title gives words to somebody only as what its text is about.

    The title has a name and a word for words from `start` to `end`. Where it announces them, nothing stands before that
    but what says that a text follows ("Full transcript of …") and the person's office, or, where the name is behind
    (not `named`), what kind it is; and nothing behind it but the occasion. No other part of the title says what is made
    of them ("…: a fact check").
    """
    cuts = [0, *(cut.end() for cut in _PARTS.finditer(title)), len(title)]
    starts = [cut for cut in cuts if cut <= start]
    first = starts[-1] if starts else 0
    behind = title[end:]
    close = _PARTS.search(behind)
    rest = (behind[: close.start()] if close else behind).strip()
    others = [*_PARTS.split(title[:first]), *(_PARTS.split(behind[close.end() :]) if close else [])]
    if named and any(_BY_OTHERS.match(part) for part in others):
        return True
    told = any(form.search(rest) for form in (_SENTENCE, _MADE_BY_OTHERS)) or _does(rest)
    if told or any(_ABOUT.match(part) for part in others) or rest.endswith("?"):
        return True
    if named:
        return _GOES_ON.match(rest) is None
    return _leads_to(title[first:start])


def _does(rest: str) -> bool:
    """Tell whether what stands behind the words says what they do to others; not as an infinitive or another's deed."""
    return any(fold(rest[: match.start()].rsplit(maxsplit=1)[-1]) not in STOP_WORDS for match in _DOES.finditer(rest))


def _leads_to(before: str) -> bool:
    """Tell whether what stands before a word for words makes them what something else is about or done to."""
    bare = _STATE_OF.sub("", bare_run(before))
    if _KIND_FIRST.match(bare):
        return False  # "Comments on Ann Lee's remarks by Bob Ray" are his.
    return does_more(bare) or not {"the", "a", "an"}.isdisjoint(fold(part) for part in bare.split())


def does_more(run: str) -> bool:
    """Tell whether words before those of somebody are more than who that is: "Lawmakers slam Minister Lee", "Why Ann
    Lee", "Decoding Ann Lee", "Reaction to Minister Lee"; not "Envoy on Syria Ann Lee".
    """
    parts = run.split()
    folded = [fold(part).strip(".,") for part in parts]
    if len(parts) > 1 and not is_office(parts[0]):
        if folded[0] in (STOP_WORDS | _PREPOSITIONS) - _NAMES_TOO:
            return True
        if folded[0].endswith("ing") and len(folded[0]) >= _ING and len(parts) > _FULL and folded[0] not in _IN_OFFICE:
            return True
    for at in range(1, len(parts)):
        if folded[at] in _PREPOSITIONS:
            if not (is_office(parts[at - 1]) or folded[at - 1] in NOT_A_PERSON | _TEXT_NOUNS):
                return True
        elif (
            parts[at][0].isupper() and is_office(parts[at]) and parts[at - 1].islower() and not is_office(parts[at - 1])
        ):
            return True
    return False
