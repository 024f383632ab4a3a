"""Who holds which office, as a text says: "President Bob Ray", "the Prime Minister, Ann Lee", "Ann Lee, Mayor"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.ingest.persons import (
    NOT_A_PERSON,
    bare_name,
    country_words,
    is_holder,
    is_name,
    is_office,
    names_in,
    same_person,
)
from store.text import STOP_WORDS, fold, words

_PIECE = re.compile(r"[^\s,;:()\[\]“”\"–—]+|[,;:()\[\]“”\"–—]")
LESSER = frozenset("vice deputy assistant under former first press ex acting".split())
"""Folded words that make another office of the one they stand before."""
_SMALL = frozenset("of for and the".split())
"""Folded words within an office that are none by themselves."""
_MOST = 4
"""Words that a name may have."""
_BEFORE = 400
"""Characters before an office in which the name of its holder is looked for."""
_INITIAL = 2
"""Characters of an initial with its stop; a longer word that ends so ends the sentence."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the folded words of the office that a text gives to that person."""

    office: tuple[str, ...]
    name: str


def holders(text: str) -> Iterator[Holder]:
    """Yield the persons whose office stands before or behind their names, in the order of the text."""
    pieces = list(_PIECE.finditer(text))
    parts = [match.group() for match in pieces]
    at = 0
    while at < len(parts):
        end = _office_end(parts, at)
        office = tuple(word for part in parts[at:end] for word in words(part))
        if end > at and is_holder(" ".join(part for part in parts[at:end] if is_office(part))):
            comma = end + (fold(parts[at - 1]) == "the" and at > 0 and parts[end : end + 1] == [","])
            ends = parts[end - 1].endswith(".")
            if (not ends and (name := _name(parts[comma : comma + _MOST]))) or (
                at and (name := _name_before(text[max(0, pieces[at].start() - _BEFORE) : pieces[at].start()]))
            ):
                yield Holder(office, name)
        at = max(end, at + 1)


def _office_end(parts: Sequence[str], at: int) -> int:
    """Return the index behind the words of an office that begins at an index; the index itself where none does."""
    if fold(parts[at]) in _SMALL or not is_office(parts[at].rstrip(".")):
        return at
    end = at + 1
    while end < len(parts) and is_office(parts[end].rstrip(".")):
        end += 1
        if fold(parts[end - 1]) in {"of", "for"}:
            end += country_words(parts[end:])
    while fold(parts[end - 1]) in _SMALL:
        end -= 1
    return end


def _name(parts: Sequence[str]) -> str:
    """Return the name that words open with, "" where they open with none."""
    size = 0
    while size < min(_MOST, len(parts)) and is_name(" ".join(parts[: size + 1])) and not is_office(parts[size]):
        if fold(parts[size]) in STOP_WORDS:
            break
        if fold(parts[size]) in NOT_A_PERSON:
            return ""
        size += 1
        if parts[size - 1].endswith(".") and len(parts[size - 1]) > _INITIAL:
            break
    return bare_name(re.sub(r"[’']s?$", "", " ".join(parts[:size]).rstrip("."))) if size else ""


def _name_before(text: str) -> str:
    """Return the full name that stands before a comma at the end of a text: "Ann Lee, the "."""
    match = re.search(r",\s*(?:the\s+)?(?:[\w’'.-]+\s+){0,2}$", text, re.IGNORECASE)
    head = text[: match.start()] if match else ""
    last = list(names_in(head))[-1:]
    return last[0] if last and head.endswith(last[0]) else ""


def holder_of(label: str, *among: Sequence[Holder]) -> str | None:
    """Return the one person who holds the office that a label names ("THE PRESIDENT"), by the first of several lists in
    which anybody does; None where nobody does, or two.
    """
    office = [word for word in words(label) if word not in {"the", "mr", "mrs", "ms", "madam"}]
    for known in among:
        found: list[str] = []
        for holder in known:
            spans = range(len(holder.office) - len(office) + 1)
            held = any(
                list(holder.office[at : at + len(office)]) == office
                and (at == 0 or holder.office[at - 1] not in LESSER)
                for at in spans
            )
            if office and held and not any(same_person(holder.name, one) for one in found):
                found.append(holder.name)
        if found:
            return found[0] if len(found) == 1 else None
    return None
