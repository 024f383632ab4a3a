"""Utterances into Passages: ids that outlive a new parser, and the marks that later parts rely on."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from store.ingest.formulas import is_formula
from store.ingest.layout import Utterance
from store.model import Passage
from store.text import words

_ID_BYTES = 10
_PLAIN_ID = re.compile(r"^[A-Za-z0-9_-]{1,32}$")

_POINT = "- "
"""Before a point of a list, which pages show as another mark, or as none."""


def document_id(file: str) -> str:
    """Return the id of the document in a file: its name without the ending where that can be one, else a digest."""
    stem = PurePath(file).stem
    return stem if _PLAIN_ID.match(stem) and not stem.startswith("-") else _digest(file)


def passages(
    file: str, utterances: Iterable[Utterance], *, names: Mapping[str, str] | None = None
) -> tuple[Passage, ...]:
    """Return the passages of a file's utterances, in order; `names` maps a speaker's spelling to the name to show.

    An id is made from the file's name, the folded words and, from their second occurrence in the file on, the ordinal:
    80 bits in base32, so that a million passages collide with a chance of less than one in a million.
    """
    document, seen = document_id(file), Counter[str]()
    found: list[Passage] = []
    for position, utterance in enumerate(utterances):
        said = " ".join(words(utterance.text)) or utterance.text
        ordinal = seen[said]
        seen[said] += 1
        speaker = utterance.speaker
        found.append(
            Passage(
                id=_digest(file, said, str(ordinal)) if ordinal else _digest(file, said),
                document=document,
                position=position,
                text=utterance.text.removeprefix(_POINT),
                attribution=utterance.attribution,
                verbatim=utterance.verbatim,
                speaker=(names or {}).get(speaker, speaker) if speaker else None,
                question=utterance.question or None,
                formula=is_formula(utterance.text),
                line=utterance.line,
            )
        )
    return tuple(found)


def _digest(*parts: str) -> str:
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=_ID_BYTES).digest()
    return base64.b32encode(digest).decode("ascii").rstrip("=").lower()
