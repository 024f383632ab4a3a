"""Whether a text tells what somebody said and does not say it, as an article about a speech does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.page import Paragraph
from store.ingest.persons import is_holder, surname
from store.ingest.quotations import cover, quotations
from store.ingest.verbs import ADVERBS, INVERTED, VERB
from store.ingest.voice import says_i_or_you
from store.text import STOP_WORDS, fold, sentences, words

_PRONOUN = re.compile(rf"\b(?:he|she){ADVERBS}\s+{VERB}(?!\w)", re.IGNORECASE)
_HOLDER = re.compile(rf"\bthe\s+(?:[\w-]+\s+){{0,2}}?(?P<office>\w+){ADVERBS}\s+{VERB}(?!\w)", re.IGNORECASE)
_NAMED = re.compile(rf"(?<![\w’'-])(?P<name>[^\W\d_a-z][\w’'-]+){ADVERBS}\s+{VERB}(?!\w)")
_INVERTED = re.compile(rf"[”\"»’,]\s+(?:{INVERTED})\s+(?:the\s|[^\W\d_a-z])")
_TO_HEARERS = re.compile(
    r"\btold\s+(?:the\s+|a\s+|an\s+)?(?:\w+\s+)?(?:reporters|journalists|parliament|lawmakers|deputies|delegates|assembly|council"
    r"|audience|crowd|congress|senate|house|newspaper|agency|television|radio|party|conference|meeting|summit)\b"
    r"|^\W*in\s+(?:an?|his|her)\s+(?:[\w-]+\s+){0,2}(?:speech|address|statement|interview)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:сказал|заявил|отметил|подчеркнул|добавил|сообщил|пояснил|рассказал|пообещал|призвал)а?\b|\bпо\s+(?:его|ее|её)\s+словам\b"
    r"|\b(?:sagte|erkl[äa]rte|betonte|versprach|k[üu]ndigte|forderte|warnte|f[üu]gte|bekr[äa]ftigte|unterstrich)\b"
    r"|\b(?:a|ont)(?:-t-(?:il|elle))?\s+(?:aussi\s+)?(?:d[ée]clar[ée]|dit|affirm[ée]|ajout[ée]|soulign[ée]|annonc[ée]|promis|estim[ée])\b"
    r"|\b(?:dijo|afirm[óo]|se[ñn]al[óo]|declar[óo]|asegur[óo]|a[ñn]adi[óo]|subray[óo]|anunci[óo]|prometi[óo]|destac[óo])\b",
    re.IGNORECASE,
)
"""Verbs of saying in the past of a third person; who says "I" or "we" besides may tell of others so."""
_BYLINE = re.compile(r"^(?:[^\W\d_a-z]{4,}\s*[|·:–—-]\s*)?By\s+(?P<who>(?:[Oo]ur|[^\W\d_a-z])[^|,]{2,60})(?:[|,]|$)")
"""Who wrote a text, as its head says: "By Ann Lee", "OPINION | By Ann Lee | 1 March 2019"."""
_WHOLE = re.compile(r"\b(?:transcripts?|full\s+text|in\s+full|verbatim|as\s+(?:prepared|delivered))\b", re.IGNORECASE)
_HEAD = 4
"""What else the head says where a text is the words themselves, and paragraphs from the title on that are the head."""
_LEAST = 2


def told_from(page: Sequence[Paragraph], speaker: str | None = None) -> Paragraph | None:
    """Return the first paragraph that gives words to somebody, where more sentences of a text do so than say I, we or
    you outside of quotation marks, and two at least; else None: the words are the speaker's.

    Under the name of who wrote it, if not the `speaker`, two are enough: an author says I and we, too.
    """
    first: Paragraph | None = None
    head = [line.text for line in page[:_HEAD]]
    written = any(_is_by_another(text, speaker or "") for text in head) and not any(map(_WHOLE.search, head))
    told = own = 0
    for line in page:
        covered = cover(line.text, quotations(line.text))
        for start, end in sentences(covered):
            sentence = covered[start:end]
            if says_i_or_you(sentence):
                own += 1
            elif _gives(sentence):
                told += 1
                first = first or line
        own += line.is_salutation
    return first if told >= _LEAST and (written or told > own) else None


def _is_by_another(text: str, speaker: str) -> bool:
    by = _BYLINE.match(text)
    return by is not None and surname(speaker) not in words(by["who"])


def _gives(sentence: str) -> bool:
    """Tell whether a sentence gives words to somebody: by a pronoun, an office, a name or a verb before who says it."""
    held = any(is_holder(match["office"]) for match in _HOLDER.finditer(sentence))
    held = held or any(fold(match["name"]) not in STOP_WORDS for match in _NAMED.finditer(sentence))
    return held or any(form.search(sentence) for form in (_PRONOUN, _INVERTED, _TO_HEARERS, _FOREIGN))
