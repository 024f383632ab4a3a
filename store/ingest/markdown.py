"""The marks of Markdown in a line: taken off, so that its words are those that a reader of the page sees."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_OPENS = re.compile(r"^(?:>\s?)*\s*(?:#{1,6}\s+(?=\S)|[*+•]\s+(?=[^\s*+•]))?")
_HEADING_CLOSES = re.compile(r"(?<=\S)\s+#{1,6}$")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(
    r"\[(?P<text>[^\[\]]*)\](?:\((?:https?:|mailto:|[/#.])[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[(?P<key>[\w-]*)\])"
)
_DEFINED = re.compile(r"^\[(?P<key>[^\[\]^]+)\]:\s+<?(?:https?:|mailto:|www\.|[/#.])\S*(?:\s+[\"'(].*)?$")
"""Where the page says what a link leads to: "[1]: https://example.org"."""
_STRESSED = re.compile(
    r"(?<![\w*\\])(?P<stars>\*{1,3})(?=[^\s*])(?P<text>[^*]*[^\s*\\])(?P=stars)(?![\w*])"
    r"|(?<![\w_\\])(?P<lines>_{1,3})(?=[^\s_])(?P<words>(?:[^_]|(?<=\w)_(?=\w))*[^\s_\\])(?P=lines)(?![\w_])"
)
_SIDE = re.compile(
    r"^(?:(?:he|she|they|(?:the|an?)\s+(?:\w+\s+){0,2}?(?:audience|crowd|hall|room|public|guests|minister|president|chancellor"
    r"|secretary|ambassador|governor|mayor|speaker|interview(?:er)?|moderator|host|reporters?|journalists?|aide|assistant"
    r"|translator|interpreter))\b[^?]*[.!…]"
    r"|(?:laugh|paus|smil|sigh|applau|cheer|chuckl|giggl|grin|nod|shrug|frown|gestur|sob|weep|cough|whisper|ovation|silence\b|crosstalk"
    r"|inaudible)\w*(?:\s[^.!?]{1,60})?[.!…]?)$",
    re.IGNORECASE,
)
"""What is told between a speaker's words: "She falls silent.", "Laughs and nods."."""
_I_OR_WE = re.compile(r"\b(?:i|me|my|we|us|our)\b", re.IGNORECASE)
_LEAD = re.compile(r"^[^\W\d_A-Z]\w*(?:\s[^\W\d_A-Z]\w*)?[.!…]?$")
_BEFORE_LEAD = re.compile(r"(?:^|[:.!?…][*_”\"’')\]]*\s+)$")
_BEHIND_LEAD = re.compile(r"^(?:\s+[“\"‘'(\[*_]*(?!\w*[a-z]{2}\w*$)[^\W\d_a-z]|\s*$)")
_NEAR = 40
_CODE = re.compile(r"(?<!`)`(?P<text>[^`]+)`(?!`)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""Any sign of ASCII: https://spec.commonmark.org/0.31.2/#backslash-escapes."""
_WHOLE = re.compile(r"^(?P<mark>\*\*|__|\*|_)[^*_]{8,600}(?P=mark)$")


def is_defined(line: str) -> str | None:
    """Return the name of the link whose address a line gives, which is no more than that; None for other lines."""
    return match["key"].casefold() if (match := _DEFINED.match(line)) else None


def links(lines: Iterable[str]) -> frozenset[str]:
    """Return the names of the links whose addresses lines give."""
    return frozenset(key for line in lines if (key := is_defined(line)) is not None)


def is_side(text: str) -> bool:
    """Tell whether words that are set in another type tell what somebody does, in the third person."""
    return _SIDE.match(text) is not None and _I_OR_WE.search(text) is None


def plain(line: str, links: Collection[str] = ()) -> str:
    """Return a line without the marks of Markdown: those of a heading, a quotation or a point of a list before it, and
    those of stress, links and code within it; of links by name, those of `links`. A hyphen before it stays, as before
    what somebody says in a dialogue, and so do marks that nothing else stands between. What is told of the speaker in
    another type within a line is put in brackets, as it is elsewhere: "*laughs* It is late." is "(laughs) It is late.".
    """
    bare = _HEADING_CLOSES.sub("", _OPENS.sub("", line)) if line.startswith("#") else _OPENS.sub("", line)

    def shown(link: re.Match[str]) -> str:
        known = link["key"] is None or (link["key"] or link["text"]).casefold() in links
        return link["text"] if known else link.group()

    bare = _LINK.sub(shown, _IMAGE.sub("", bare))
    bare = _CODE.sub(lambda code: code["text"], bare)
    for _ in range(3):  # Stress may stand within stress: "**It is *late* now**".
        bare = _STRESSED.sub(_unstressed, bare)
    return " ".join(_ESCAPED.sub(r"\1", bare).split())


def _unstressed(mark: re.Match[str]) -> str:
    text = mark["text"] or mark["words"]
    # Near it only: a line may be of megabytes, and hold as many marks.
    before = mark.string[max(0, mark.start() - _NEAR) : mark.start()]
    behind = mark.string[mark.end() : mark.end() + _NEAR]
    within = any(map(str.isalnum, before + behind))
    led = _LEAD.match(text) and _BEFORE_LEAD.search(before) and _BEHIND_LEAD.match(behind)
    told = is_side(text) and not before.endswith(("(", "["))
    return f"({text})" if within and (led or told) else text


def is_stressed(line: str) -> bool:
    """Tell whether the whole of a line is set in bold or italics."""
    return _WHOLE.match(line) is not None
