"""A Passage as it is shown: the run of sentences that answers, with the addresses that prove it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from store.links import lookup, source_link
from store.model import Attribution, Dated, Quote
from store.text import excerpt, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.archive import Archive
    from store.model import Document, Passage

_FITS = 600
_OPENING = ((0, 1, 1.0),)
_MOST_DOCUMENTS = 1000
_MOST_PAGES = 32
_MOST_LINKS = 1000


class Quoting:
    """Makes Quotes of the Passages of one commit of an archive; good until `Archive.version` changes."""

    def __init__(self, archive: Archive) -> None:
        self.document = lru_cache(_MOST_DOCUMENTS)(archive.document)
        self._page_text = lru_cache(_MOST_PAGES)(archive.page_text)
        self._link = lru_cache(_MOST_LINKS)(self._linked)
        self._archived = lru_cache(_MOST_LINKS)(self._copy_of)

    def quote(
        self,
        passage: Passage,
        hits: Sequence[tuple[int, int, float]] | None = None,
        *,
        score: float = 0.0,
        matched: tuple[str, ...] = (),
        partial: bool = False,
    ) -> Quote:
        """Return the passage as shown around `hits`: (start, end, weight) in its text; without, from its beginning."""
        document = self.document(passage.document)
        text = shown(passage, hits or ())
        return Quote(
            passage=passage,
            document=document,
            text=text,
            link=self._link(document.url, text, document.id) if document.url else None,
            archived=self._archived(document.id),
            score=score,
            matched=matched,
            partial=partial,
            found=None if hits is None else tuple(sorted((start, end) for start, end, _ in hits)),
        )

    def _copy_of(self, document: str) -> str | None:
        held = self.document(document)
        return held.archived or (lookup(held.url, held.published or held.date) if held.url else None)

    def _linked(self, url: str, text: str, document: str) -> str:
        return source_link(url, text, self._page_text(document))


def shown(passage: Passage, hits: Sequence[tuple[int, int, float]] = ()) -> str:
    """Return what is shown of a passage: the best run of whole sentences around `hits`, as `excerpt` finds it.

    Where there are no hits, that is the one it opens with.
    In a report, whose quotation marks tell the speaker's words from the outlet's, a run that opens and closes every
    one of them goes before a run that does not, if it has any of the hits.
    """
    hits = hits or _OPENING
    text = excerpt(passage.text, hits, limit=_FITS)
    if passage.attribution is Attribution.SPOKEN or is_balanced(text):
        return text
    bounds = sentences(passage.text)
    runs = []
    for i, (first, _) in enumerate(bounds):
        for _, last in bounds[i:]:
            if last - first > _FITS:
                break
            weight = sum(weight for start, _, weight in hits if first <= start < last)
            if weight and is_balanced(passage.text[first:last]):
                runs.append((weight, last - first, -first))
    if not runs:
        return text
    _, length, before = max(runs)
    return passage.text[-before : length - before]


def is_balanced(text: str) -> bool:
    """Tell whether every quotation mark that opens is closed, and none closed that was not opened."""
    curly = "„“" if "„" in text else "“”"
    return text.count('"') % 2 == 0 and _pairs_up(text, *curly) and _pairs_up(text, "«", "»")


def _pairs_up(text: str, opening: str, closing: str) -> bool:
    if text.count(opening) != text.count(closing):
        return False
    if opening not in text:
        return True
    depth = 0
    for sign in text:
        depth += (sign == opening) - (sign == closing)
        if depth < 0:
            return False
    return depth == 0


def occasion(document: Document) -> str:
    """Return a document on one line: what it is, whose it is, and its title."""
    kind = document.kind or "text"
    what = kind[:1].upper() + kind[1:]
    if document.outlet:
        what += f" with {document.outlet}" if kind == "interview" else f" ({document.outlet})"
    if document.dated is Dated.PUBLICATION:
        what += ", published that day"
    return f"{what}: {document.title}"
