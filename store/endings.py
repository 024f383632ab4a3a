"""What is left of a name when the endings that it bends by are taken off, in the languages people type in; pure."""

from __future__ import annotations

import re

_SHORTEST = 3
"""Letters that must be left: less is no name any more."""

_CYRILLIC = re.compile(  # Folded: "й" is "и" there.
    r"(?:скими|скому|ского|ском|скои|скую|ским|ских|ская|ское|ские|скии|"
    r"ицами|ицам|ицах|ицев|ицем|ицы|ица|ицу|цами|цам|цах|цев|цем|цы|ца|цу|иец|ец|ами|ями|ого|его|ому|ему|ыми|ими|"
    r"ах|ях|ам|ям|ов|ев|еи|ои|ии|ыи|ом|ем|ым|им|ых|их|ую|юю|ая|яя|ое|ее|ые|ие|ия|ию|ье|ья|ью|а|я|у|ю|е|и|ы|о|ь)$"
)
_LATIN = re.compile(
    r"(?:isches|ischem|ischer|ischen|ische|isch|innen|in|aises|aise|ais|iennes|ienne|ennes|enne|iens|ien|ains|aine|ain|"
    r"anas|anos|ana|ano|esas|eses|esa|es|en|iern|ier|er|em|as|os|is|us|e|n|s|a|o)$"
)
_ARABIC = re.compile(r"(?:ون|ين|ات|يه|ية|ا|ه|ة)$")
_IS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_IS_ARABIC = re.compile(r"[\u0600-\u06ff]")


def root_of_all(words: str) -> str:
    """Return the roots of all words of a name, run together; empty where none of them bends, or in letters of ASCII.

    So a name of several words is known in another case: "Новой Зеландии".
    """
    if " " not in words or words.isascii():
        return ""
    roots = "".join(map(root, words.split(" ")))
    return "" if roots == words.replace(" ", "") else roots


def root(word: str) -> str:
    """Return a folded word without the ending by which its case, number or people is told.

    Two forms of one name have one root, more often than not: "сирия", "сирии", "сирийский". That of a word in a script
    whose endings are not known is the word. It is for comparing alone.
    """
    if _IS_CYRILLIC.search(word):
        left = _CYRILLIC.sub("", word)
        left = left[:-1] if len(left) > _SHORTEST and left[-1] in "иье" else left
    elif _IS_ARABIC.search(word):
        left = word.removeprefix("ال") if len(word) > _SHORTEST + 1 else word
        left = _ARABIC.sub("", left)
    elif word.isascii():
        left = _LATIN.sub("", word)
    else:
        return word
    return left if len(left) >= _SHORTEST else word
