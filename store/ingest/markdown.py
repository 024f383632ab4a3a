"""The marks of Markdown in a line: taken off, so that its words are those that a reader of the page sees."""

from __future__ import annotations

import re

_OPENS = re.compile(r"^(?:>\s?)*\s*(?:#{1,6}\s+(?=\S)|[*+•]\s+(?=[^\s*+•]))?")
_HEADING_CLOSES = re.compile(r"(?<=\S)\s+#{1,6}$")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(
    r"\[(?P<text>[^\[\]]*)\](?:\((?:https?:|mailto:|[/#.])[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[\w-]*\])"
)
_STRESSED = re.compile(
    r"(?<![\w*\\])(?P<stars>\*{1,3})(?=[^\s*])(?P<text>[^*]*[^\s*\\])(?P=stars)(?![\w*])"
    r"|(?<![\w_\\])(?P<lines>_{1,3})(?=[^\s_])(?P<words>(?:[^_]|(?<=\w)_(?=\w))*[^\s_\\])(?P=lines)(?![\w_])"
)
_CODE = re.compile(r"(?<!`)`(?P<text>[^`]+)`(?!`)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>~|-])")
_WHOLE = re.compile(r"^(?P<mark>\*\*|__|\*|_)[^*_]{8,600}(?P=mark)$")


def plain(line: str) -> str:
    """Return a line without the marks of Markdown: those of a heading, a quotation or a point of a list before it, and
    those of stress, links and code within it. A hyphen before it stays, as before what somebody says in a dialogue, and
    so do marks that nothing else stands between.
    """
    bare = _HEADING_CLOSES.sub("", _OPENS.sub("", line)) if line.startswith("#") else _OPENS.sub("", line)
    bare = _LINK.sub(lambda link: link["text"], _IMAGE.sub("", bare))
    bare = _CODE.sub(lambda code: code["text"], bare)
    for _ in range(3):  # Stress may stand within stress: "**It is *late* now**".
        bare = _STRESSED.sub(lambda mark: mark["text"] or mark["words"], bare)
    return " ".join(_ESCAPED.sub(r"\1", bare).split())


def is_stressed(line: str) -> bool:
    """Tell whether the whole of a line is set in bold or italics."""
    return _WHOLE.match(line) is not None
