"""What tells that an outlet speaks, of itself or of who spoke, and not the speaker."""

from __future__ import annotations

import re

from store.text import words

_HAND = r"(?:reporter|correspondent|photographer|editor|staff\s+writer)"
_PAPER = r"(?:newspaper|paper|newsroom)"
_AUDIENCE = r"(?:readers|listeners|viewers)"
_WITHIN = re.compile(
    rf"\bour\s+(?:[\w-]+\s+)?{_HAND}\b|\bour\s+(?:own\s+)?{_PAPER}\b|\bthis\s+(?:newspaper|reporter)\b"
    r"|\bour\s+(?:\w+\s+)?bureau\b|^\W*reporting\s+(?:from|live|by)\b"
    r"|\b(?:asked|approached|contacted)\b[^.?!]{0,60}\bfor\s+(?:a\s+)?comment\b|\bdeclined\s+to\s+comment\b"
    r"|\b(?:respond|reply|replied|responded)\s+to\s+(?:an?|our|the|several)\s+(?:\w+\s+)?requests?\s+for\s+comment\b"
    r"|\b(?:full|whole|complete)\s+(?:speech|interview|transcript|recording|video)\b[^.?!]{0,40}\b(?:our|this)\s+(?:web)?(?:site|page|channel|app)\b",
    re.IGNORECASE,
)
_KNOWS = re.compile(
    r"^\W*(?P<name>(?:The\s+)?[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+){0,3})\s+"
    r"(?:understands|has\s+(?:learn(?:ed|t)|seen|approached|asked|contacted)|can\s+(?:reveal|report|confirm))\b"
)
"""What an outlet tells of itself by name: "The Daily News understands that …"."""
_LEADING = re.compile(
    rf"\bour\s+(?:\w+\s+)?(?:{_HAND}s?|{_PAPER}|magazine|broadcast\w*|{_AUDIENCE})\b"
    r"|\bin\s+this\s+(?:film|programme|program|episode|podcast|broadcast)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"\b(?:our|this)\s+(?:\w+\s+)?(?:{_HAND}s?|newspaper|newsroom|journalis(?:m|ts?)|subscribers|{_AUDIENCE})\b"
    r"|\b[Ww]e\s+at\s+(?:the\s+)?(?-i:[A-Z])|\breaders\s+like\s+you\b|\bsubscri(?:be|ptions?)\b"
    r"|\bwhat\s+(?:she|he)\s+(?:says|said)\b|\bsaid\s+(?-i:[^\W\d_a-z][\w’'-]+\s+[^\W\d_a-z])",
    re.IGNORECASE,
)
_NAMES = frozenset(
    """
    weekly daily news newspaper times post magazine journal review gazette herald tribune chronicle radio television tv
    channel broadcasting podcast institute foundation forum council university
    """.split()
)
"""Folded words in the names of those who hold a panel, and in nobody's."""
_CREDITS = re.compile(
    r"^\W*[^\W\d_a-z][\w-]+(?:\ [^\W\d_a-z][\w-]+){1,3}\ (?:(?:spoke|talked)\ (?:to|with)\b"
    r"|(?:is|was)\ (?:a|an|the)\ (?:[\w-]+\ ){0,3}(?:reporter|journalist|correspondent|editor|columnist|writer|author"
    r"|producer|presenter|host|photographer|contributor|fellow)\b)"
    r"|^\W*(?:[Tt]he|[Tt]his)\s+(?:[\w-]+\s+){0,2}(?:conference|interview|conversation|speech|address|event|meeting|briefing|debate|talk|call)\s+"
    r"(?:was\s+(?:held|given|recorded|conducted|delivered|organi[sz]ed|hosted|attended|followed)|took\s+place|lasted|came\s+(?:after|as|days|hours))\b"
)
"""What the outlet says behind an interview of who asked, or of the event: "Bob Ray is a reporter of …"."""
_BACKGROUND = re.compile(
    r"^\W*(?:background(?:\s+(?:information|notes?|facts?))?|notes?\s+(?:to|for)\s+(?:the\s+)?editors?|(?:further|more|additional)\s+information"
    r"|(?:editor[’']?s?\s+)?notes?|about\s+(?:the\s+)?\w+(?:\s\w+){0,4}|quick\s+facts|fact\s+(?:sheet|box)|hintergrund|contexte|contexto|справка)\W*$",
    re.IGNORECASE,
)
"""A heading of what an outlet sets behind a text."""
_FOOTER = re.compile(
    r"\S@\S+\.\w|^(?:--|\*\*)\s*(?-i:[^\W\d_a-z])|^About\s+(?:the\s|(?-i:[^\W\d_a-z]))[^.:]{0,60}:"
    r"|^(?:media|press)\s+contacts?\b",
    re.IGNORECASE,
)
"""What the outlet sets behind a text: where to write, a note behind dashes, a box about what was spoken of."""


def is_named_so(name: str) -> bool:
    """Tell whether a name is an outlet's, or of who holds a panel, and nobody's."""
    return not _NAMES.isdisjoint(words(name))


def speaks_within(text: str) -> bool:
    """Tell whether a paragraph within a speech speaks of the outlet's own as hardly a speaker does: of "our readers" a
    speaker may tell, of "our reporter" hardly any.
    """
    knows = _KNOWS.match(text)
    return _WITHIN.search(text) is not None or (knows is not None and is_named_so(knows["name"]))


def speaks_for(text: str) -> bool:
    """Tell whether a turn of a talk is said for the outlet: "our readers", "in this episode"."""
    return _LEADING.search(text) is not None


def speaks_behind(text: str) -> bool:
    """Tell whether a paragraph parted off from a speech is the outlet's, or somebody's who heard it."""
    return _BEHIND.search(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a paragraph behind a text is what an outlet sets there: who asked, where to write, a box."""
    return _CREDITS.match(text) is not None or _FOOTER.search(text) is not None


def heads_note(heading: str) -> bool:
    """Tell whether a heading is of what an outlet sets behind a text: "Background", "Notes to editors"."""
    return _BACKGROUND.match(heading) is not None
