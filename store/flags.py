"""Flags, as emoji show them, by the English names of what they are the flags of; pure.

Names are those of the Unicode CLDR, through babel. A flag is the two letters of an ISO 3166 code, as regional
indicators (https://www.unicode.org/reports/tr51/#Flags).
"""

from __future__ import annotations

import re

_FIRST, _LAST = "\U0001f1e6", "\U0001f1ff"
_NO_COUNTRY = frozenset({"ZZ", "XA", "XB"})
"""Codes that CLDR has names for and that are no place's."""
_FLAG = re.compile(f"[{_FIRST}-{_LAST}]{{2}}")


def named(text: str) -> str:
    """Return a text with the name of a country or region in place of each flag; those of nothing stay."""
    if text.isascii() or not _FLAG.search(text):
        return text
    from babel import localedata  # noqa: PLC0415 - takes long, and hardly anybody types a flag

    names: dict[str, str] = localedata.load("en")["territories"]

    def name(flag: re.Match[str]) -> str:
        code = "".join(chr(ord(letter) - ord(_FIRST) + ord("A")) for letter in flag.group())
        return f" {names[code]} " if code in names and code not in _NO_COUNTRY else flag.group()

    return _FLAG.sub(name, text)
