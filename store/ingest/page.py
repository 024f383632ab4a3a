"""A saved page as paragraphs with line numbers, and what can be told from a paragraph's shape alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from store.text import sentences, squash

_LABEL_START = re.compile(
    r"^[^\W\d_a-z][\w.’'-]*(?:\s+(?:[^\W\d_a-z][\w.’'-]*|of|de|von|the)){0,5}(?:\s+\([^)]*\))?:(?:\s|$)"
)
_TERMINAL = re.compile(r"""[.!?…。！？؟।:;][”"’'»)\]]*$""")
_SALUTATION = re.compile(r""",[”"’'»)\]]*$""")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$", re.IGNORECASE)
_NUMBERS = re.compile(r"^[\W\d_]+$")
_STAGE = re.compile(r"^[(\[][^()\[\]]{1,120}[)\]][.!]?$")
_SCRIPT_LETTERS = 3
_HEADING_LENGTH = 100
_TWO = 2
_WRAPPED_LINE = 120
_WRAPPED_SHARE = 0.3

_FURNITURE = re.compile(
    r"""^\W*(?:
        skip\ to\ .{0,30} | (?:sign|log)\ in | menu | search |
        (?:most\ )?(?:popular|latest|recent|related|similar|other|more|top)\ (?:articles?|news|events?|stories|posts?
            |materials?|publications?|topics?|videos?|photos?|headlines?|messages)
      | (?:read|see|learn|show|load)\ (?:also|more|next|all) | also\ read | most\ (?:read|viewed|popular|shared)
      | (?:advanced|cookie|privacy|language)\ (?:settings|search|policy) | all\ (?:messages|news|rights\ reserved)
      | additional\ materials? | photo\ (?:album|gallery) | share(?:\ (?:this|on|with)\b.*)? | print(?:\ version)?
      | subscribe\b.{0,60} | sign\ up\b.{0,60} | follow\ us\b.{0,60} | comments?(?:\ \(\d+\))? | tags?\b.{0,80}
      | back\ to\ (?:the\ )?(?:list|top) | home(?:\ ?page)? | contacts?(?:\ us)? | copyright\b.* | ©.*
      | this\ e-?mail\ address\ is\ being\ protected.* | you\ need\ javascript.* | emergency\ phone\b.*
      | (?:a\ version\ of\ )?this\ (?:article|interview|conversation|transcript|story)\ (?:has\ been\ |was\ )?
        (?:first\ |originally\ |lightly\ )*(?:edited|condensed|translated|conducted|published|produced|amended|corrected
        |updated|appear\w*)\b.{0,120}
      | read\ more\ (?:about|on|in)\b.{0,100}
      | (?:translated|edited|reporting|interview(?:ed)?|photo(?:graph)?s?|image|video|source|credit)\ ?
        (?:by\b|:).{0,100} | transcript\ ?(?:by\b.{0,100}|:.{0,40})
      | advertise?ment\w* | (?:article|story)\ continues\ below.* | (?:read|see|watch|listen)(?:\ also|\ more)?:.{0,150}
      | image\ caption.* | .{1,160}\ (?:photo|image):\ .{2,60}
      | (?:speech|text|remarks|transcript)\ as\ (?:delivered|prepared).*
      | the\ (?:interview|conversation|transcript)\ (?:has\ been\ |was\ )?(?:first\ |originally\ |lightly\ )*
        (?:edited|condensed|translated|conducted|recorded|published)\b.{0,120}
      | das\ (?:interview|gespr[aä]ch)\ f[uü]hrten?\b.{0,80}
      | (?:entretien|propos)\ (?:r[eé]alis|recueilli)\w*\ par\b.{0,80}
      | (?:traduit|traducido|übersetzt|aus\ dem\ \w+)\ (?:de|del|du|par|por|von)\b.{0,80}
      | (?:traducci[oó]n|traduction|[uü]bersetzung|перевод|фото|интервью|entrevista)\ ?:.{0,80}
      | (?:беседовал|записал|перевел|перевёл|подготовил)\w*\b.{0,80} | entrevista\ (?:realizada|hecha)\ por\b.{0,80}
      | (?:translator|interpreter)[’']?s?(?:\ note)?\ ?:.* | .{1,200}\ [—–-]\ ?(?:ed|editor|прим\.?\ ?(?:ред|пер)\w*)\.?
      | leave\ a\ (?:reply|comment) | \d+\ comments? | your\ e-?mail\ address.*
      | (?:tel|phone|fax|telephone|e-?mail)\b\.?:.*
      | note:\ this\ (?:interview|text|article|transcript)\b.* | \[\d+\]\ .*
      | (?:editing|additional\ reporting|writing)\ by\b.*
      | (?:this|our)\ (?:web)?site\ uses\ cookies\b.* | we\ use\ cookies\b.*
      | if\ you\ (?:have\ )?(?:found|find|notice)\ an?\ error\b.*
      | (?:re)?(?:use|using|printing|publication|quoting)\ of\ (?:the\ |any\ |these\ |site\ )?materials?\b.*
      | (?:correction|clarification|editor[’']?s?\ note|note\ to\ editors)\b:.* | do\ you\ have\ a\ story\b.*
      | by\ (?:signing\ (?:up|in)|clicking|subscribing|(?:using|visiting)\ (?:this|our|the)\ (?:web)?site)\b.*
      | (?:to\ be\ continued|the\ end|end\ of\ (?:the\ )?(?:transcript|interview|text))
      | дополнительные\ материалы | читайте\ также | последние\ новости | популярное | поделиться | фотоальбом
      | продолжение\ следует | weitere\ (?:artikel|meldungen|nachrichten) | mehr\ zum\ thema | fortsetzung\ folgt
      | lire\ (?:aussi|la\ suite) | articles?\ li[eé]s | [aà]\ suivre | leer\ tambi[eé]n | m[aá]s\ noticias
      | continuar[aá]
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Lines that web sites set around a text: their own headings of other matter, controls and editors' endings."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the line of the file it begins at (from 1) and its text, white space folded."""

    line: int
    text: str

    @property
    def is_address(self) -> bool:
        """A web or mail address alone."""
        return bool(_ADDRESS.match(self.text))

    @property
    def is_closed(self) -> bool:
        """It ends as a sentence does."""
        return bool(_TERMINAL.search(self.text))

    @property
    def is_salutation(self) -> bool:
        """It ends with a comma, as "Dear colleagues," does."""
        return bool(_SALUTATION.search(self.text))

    @property
    def is_stage_direction(self) -> bool:
        """All of it stands in brackets: "(Laughter)"."""
        return bool(_STAGE.match(self.text))

    @property
    def is_heading(self) -> bool:
        """Short and without an end, neither within nor behind it, as headings, menus and names of places are."""
        whole = not self.is_closed and not self.is_salutation
        return len(self.text) <= _HEADING_LENGTH and whole and len(sentences(self.text)) < _TWO

    @property
    def is_furniture(self) -> bool:
        """It is the page's, whatever stands around it: controls, addresses, numbers, headings of other matter."""
        return bool(_FURNITURE.match(self.text) or self.is_address or _NUMBERS.match(self.text))

    @property
    def script(self) -> str | None:
        """The script most of its letters are of, as Unicode names it ("LATIN"); None where it has hardly any."""
        return script(self.text)


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]


def script(text: str) -> str | None:
    """Return the script most letters of the text are of, as Unicode names it; None for fewer than three letters."""
    count = Counter(_script_of(letter) for letter in text if letter.isalpha())
    if count.total() < _SCRIPT_LETTERS:
        return None
    return count.most_common(1)[0][0]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Cut a saved page into its paragraphs, in the order of the file.

    A line is a paragraph, unless the file is wrapped at a fixed width: then a block of lines between blank ones is,
    and a speaker's label begins another.
    """
    # Not by `splitlines`: what else ends a line for Python (U+2028, a form feed) ends none for whoever opens the file.
    lines = [(number, squash(line)) for number, line in enumerate(text.split("\n"), 1)]
    if not _is_wrapped(line for _, line in lines):
        return tuple(Paragraph(number, line) for number, line in lines if line)
    found: list[Paragraph] = []
    after_blank = True
    for number, line in lines:
        if line and not after_blank and not _LABEL_START.match(line):
            found[-1] = Paragraph(found[-1].line, f"{found[-1].text} {line}")
        elif line:
            found.append(Paragraph(number, line))
        after_blank = not line
    return tuple(found)


def _is_wrapped(lines: Iterable[str]) -> bool:
    """Tell whether lines break within sentences: many end without a stop where the next begins in lower case."""
    pairs = broken = 0
    previous = ""
    for line in lines:
        if len(line) > _WRAPPED_LINE:
            return False
        if previous and line:
            pairs += 1
            broken += line[0].islower() and not _TERMINAL.search(previous)
        previous = line
    return pairs > 0 and broken / pairs >= _WRAPPED_SHARE
