"""A saved page as paragraphs with line numbers, and what can be told from a paragraph's shape alone."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from store.ingest.captions import parted, uncaptioned, untimed
from store.ingest.lines import is_ended
from store.ingest.markdown import is_defined, is_side, is_stressed, links, plain
from store.ingest.sheets import unprinted
from store.text import sentences, squash

_LABEL_START = re.compile(
    r"^[^\W\d_a-z][\w.’'-]*(?:\s+(?:[^\W\d_a-z][\w.’'-]*|of|de|von|the)){0,5}(?:\s+\([^)]*\))?:(?:\s|$)"
)
_SALUTATION = re.compile(
    r""",[”"’'»)\]]*$|^(?:(?:mr|madam|mdm|mrs)\.?\s(?:\w+\s)?(?:president|speaker|chair(?:man|woman|person)?|secretary.general)
    |(?:your\s)?excellenc(?:y|ies)|ladies\sand\sgentlemen|distinguished\sdelegates|(?:dear\s)?(?:colleagues|friends))\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$", re.IGNORECASE)
_NUMBERS = re.compile(r"^[\W\d_]+$")
_STAGE = re.compile(r"^[(\[](?:[^()\[\]]|\([^()\[\]]{1,60}\)){1,120}[)\]][.!]?$")
_SCRIPT_LETTERS = 3
_HEADING_LENGTH = 100
_TWO = 2
_WRAPPED_LINE = 120
_WRAPPED_SHARE = 0.3
_ROOM = 0.6
_LONG_SHARE = 0.1
"""In a wrapped file, too, so many of the lines may be long: addresses, tables."""
_BROKEN_OFF = 60
"""From so many characters on, a line without an end is one that broke off, and no heading."""
_FRONT_MATTER = 80
_KEY = re.compile(r"^(?P<key>[a-z][\w-]*):(?:\s+(?P<value>.*))?$")
_KEY_MARKS = re.compile(r"[_-]")
_ADDRESS_KEYS = (
    *(
        "canonicalurl",
        "canonical",
        "canonicallink",
        "sourceurl",
        "originalurl",
        "url",
        "pageurl",
        "source",
        "sourcelink",
    ),
    *("link", "original", "permalink", "externalurl", "href", "uri", "website"),
)
"""Keys under which files of Markdown give the address of their page, without hyphens and case."""
_WEB = re.compile(r"^https?://[^\s/?#]+\.[^\s/?#]+\S*$")
_ESCAPE = re.compile(r"\\(?:u(?=[\da-fA-F]{4})|x(?=[\da-fA-F]{2}))(?P<code>(?<=u)[\da-fA-F]{4}|(?<=x)[\da-fA-F]{2})")
_TIME_ALONE = re.compile(r"^[\[(]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?[\])]$")
_LIST_MARK = re.compile(r"^(?:[-*•–—+]\s|#+\s|\d{1,2}[.)]\s)")

_FURNITURE = re.compile(
    r"""^\W*(?:
        skip\ to\ .{0,30} | (?:sign|log)\ in | menu | search |
        (?:most\ )?(?:popular|latest|recent|related|similar|other|more|top)\ (?:articles?|news|events?|stories|posts?
            |materials?|publications?|topics?|videos?|photos?|headlines?|messages)
      | (?:read|see|learn|show|load)\ (?:also|more|next|all) | also\ read | most\ (?:read|viewed|popular|shared)
      | (?:advanced|cookie|privacy|language)\ (?:settings|search|policy) | all\ (?:messages|news|rights\ reserved)
      | additional\ materials? | photo\ (?:album|gallery) | share(?:\ (?:this|on|with)\b.*)? | print(?:\ version)?
      | subscribe\b.{0,60} | sign\ up\b.{0,60} | follow\ us\b.{0,60} | comments?(?:\ \(\d+\))? | tags?\b.{0,80}
      | back\ to\ (?:the\ )?(?:list|top) | home(?:\ ?page)? | contacts?(?:\ us)? | copyright\b.* | ©(?!\s(?-i:[a-z])).*
      | this\ e-?mail\ address\ is\ being\ protected.* | you\ need\ javascript.* | emergency\ phone\b.*
      | (?:a\ version\ of\ )?this\ (?:article|interview|conversation|transcript|story)\ (?:has\ been\ |was\ )?
        (?:first\ |originally\ |lightly\ )*(?:edited|condensed|translated|conducted|published|produced|amended|corrected
        |updated|appear\w*)\b.{0,120}
      | read\ more\ (?:about|on|in)\b.{0,100}
      | (?:translated|edited|reporting|interview(?:ed)?|photo(?:graph)?s?|image|video|source|credit)\ ?
        (?:by\b|:).{0,100} | transcript\ ?(?:by\b.{0,100}|:.{0,40})
      | advertise?ment\w* | (?:article|story)\ continues\ below.* | (?:read|see|watch|listen)(?:\ also|\ more)?:.{0,150}
      | image\ caption.* | .{1,160}\ (?:photo|image):\ .{2,60}
      | (?:speech|text|remarks|transcript)\ as\ (?:delivered|prepared)(?!.*\bby\b).*
      | the\ (?:interview|conversation|transcript)\ (?:has\ been\ |was\ )?(?:first\ |originally\ |lightly\ )*
        (?:edited|condensed|translated|conducted|recorded|published)\b.{0,120}
      | das\ (?:interview|gespr[aä]ch)\ f[uü]hrten?\b.{0,80}
      | (?:entretien|propos)\ (?:r[eé]alis|recueilli)\w*\ par\b.{0,80}
      | (?:traduit|traducido|übersetzt|aus\ dem\ \w+)\ (?:de|del|du|par|por|von)\b.{0,80}
      | (?:traducci[oó]n|traduction|[uü]bersetzung|перевод|фото|интервью|entrevista)\ ?:.{0,80}
      | (?:беседовал|записал|перевел|перевёл|подготовил)\w*\b.{0,80} | entrevista\ (?:realizada|hecha)\ por\b.{0,80}
      | (?:translator|interpreter)[’']?s?(?:\ note)?\ ?:.*
      | [^(\[]{1,200}\ [—–-]\ ?(?:ed|editor|прим\.?\ ?(?:ред|пер)\w*)\.?
      | return\ to\ .{0,40}\bpage | sources?:\ ?(?:https?://|www\.).*
      | /?public\ release\b.{0,60}
      | leave\ a\ (?:reply|comment) | \d+\ comments? | your\ e-?mail\ address.*
      | (?:tel|phone|fax|telephone|e-?mail)\b\.?:.*
      | note:\ this\ (?:interview|text|article|transcript)\b.* | \[\d+\]\ .*
      | (?:editing|additional\ reporting|writing)\ by\b.*
      | (?:this|our)\ (?:web)?site\ uses\ cookies\b.* | we\ use\ cookies\b.*
      | if\ you\ (?:have\ )?(?:found|find|notice)\ an?\ error\b.*
      | (?:(?:audio|video)\ clip:\ )?.{0,60}\ is\ required\ to\ (?:play|view|watch)\ this
        \ (?:audio|video|media|content)\b.*
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
    """A paragraph: the line of the file it begins at (from 1) and its text, white space folded, without the marks of
    Markdown. `is_title` where the file says that this is its title; `is_stressed` where all of it is in bold or
    italics, `is_set_apart` where Markdown sets it apart as a quotation.
    """

    line: int
    text: str
    is_title: bool = False
    is_stressed: bool = False
    is_set_apart: bool = False

    @property
    def is_address(self) -> bool:
        """A web or mail address alone."""
        return bool(_ADDRESS.match(self.text))

    @property
    def is_closed(self) -> bool:
        """It ends as a sentence does."""
        return is_ended(self.text)

    @property
    def is_salutation(self) -> bool:
        """It ends with a comma, as "Dear colleagues," does, or is how hearers are addressed: "Mr. President"."""
        return bool(_SALUTATION.search(self.text))

    @property
    def is_prose(self) -> bool:
        """It is running text: longer than headings mostly are, it ends as a sentence does, and is not the page's."""
        return len(self.text) >= _BROKEN_OFF and self.is_closed and not self.is_furniture

    @property
    def is_stage_direction(self) -> bool:
        """All of it stands in brackets: "(Laughter)"."""
        return bool(_STAGE.match(self.text))

    @property
    def is_side(self) -> bool:
        """All of it is set in another type and tells what somebody does: "She falls silent."."""
        return self.is_stressed and is_side(self.text)

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
    and a speaker's label or the mark of a list begins another. A line that breaks off goes on with the next where that
    begins in lower case, blank lines or none between them. A time in brackets alone is none, as of a recording. Of the
    block of keys and values that a file of Markdown may begin with, title and day are paragraphs.
    """
    # Not by `splitlines`: what else ends a line for Python (U+2028, a form feed) ends none for whoever opens the file.
    raw = text.split("\n")
    head, lines = _front_matter([(number, squash(line)) for number, line in enumerate(raw, 1)])
    lines, cued = untimed(parted(lines))
    sheets = unprinted(lines, {number for number, line in enumerate(raw, 1) if line.startswith("\f")})
    captions = uncaptioned(sheets.lines, cued, begins=_begins, is_alone=_is_alone)
    lines = captions.lines
    full = max((len(line) for _, line in lines if len(line) <= _WRAPPED_LINE), default=0)
    wrapped = _is_wrapped([line for _, line in lines])
    found: list[tuple[int, list[str]]] = []
    known = links(line for _, line in lines)
    previous = ""
    for number, line in lines:
        # A line that has room for more, or none, before one that begins anew, was ended on purpose.
        ended = not _ROOM * full <= len(previous) <= _WRAPPED_LINE and not line[:1].islower()
        runs_on = number in sheets.runs_on
        if (
            line
            and found
            and number not in captions.whole
            and (
                runs_on
                or _goes_on(
                    found[-1][1], line, adjoins=previous != "", wrapped=wrapped and previous != "" and not ended
                )
            )
        ):
            found[-1][1].append(line.removeprefix("> "))
        elif line and not _TIME_ALONE.match(line) and is_defined(line) is None:
            found.append((number, [f"> {line}" if _is_lazy(previous, line) else line]))
        previous = line
    return (*head, *(read for number, joined in found if (read := _paragraph(number, " ".join(joined), known)).text))


def _paragraph(line: int, text: str, links: frozenset[str]) -> Paragraph:
    return Paragraph(line, plain(text, links), is_stressed=is_stressed(text), is_set_apart=text.startswith(">"))


def _goes_on(before: Sequence[str], line: str, *, adjoins: bool, wrapped: bool) -> bool:
    """Tell whether a line goes on with the paragraph of the lines `before`; it looks at no more than two of them."""
    if _begins(line):
        return False
    if adjoins and before[-1].startswith("[") and "]" not in before[-1] and line.endswith("]"):
        return True  # A remark in brackets.
    is_long = len(before) > 1 or len(before[0]) >= _BROKEN_OFF
    broken_off = is_long and not is_ended(before[-1]) and not _LIST_MARK.match(before[0])
    return wrapped or (broken_off and line[0].islower() and not before[-1].endswith(","))


def _begins(line: str) -> bool:
    """Tell whether a line begins a paragraph in any case: with a label, or as a point of a list."""
    return _LABEL_START.match(line) is not None or _LIST_MARK.match(line) is not None


def _is_alone(line: str) -> bool:
    """Tell whether a line is a paragraph in any case: a control of the page, or a remark in brackets."""
    return _STAGE.match(line) is not None or Paragraph(0, line).is_furniture


def _is_lazy(previous: str, line: str) -> bool:
    """Tell whether a line without a mark is of the quotation that Markdown sets apart above it, as no blank line is
    between (https://spec.commonmark.org/0.31.2/#block-quotes); not where it has a label or is a point of a list.
    """
    return previous.startswith(">") and not line.startswith(">") and not _begins(line.replace("*", ""))


def _front_matter(lines: list[tuple[int, str]]) -> tuple[list[Paragraph], list[tuple[int, str]]]:
    """Return title and day of the block between "---" and "---" that lines begin with, and the lines behind it."""
    marks = [at for at, (_, line) in enumerate(lines[:_FRONT_MATTER]) if line == "---"]
    if len(marks) < _TWO or any(line for _, line in lines[: marks[0]]):
        return [], lines
    values = _values(lines[marks[0] + 1 : marks[1]])
    if not values:
        return [], lines
    days = [values[key] for key in ("date", "published", "published_time") if key in values]
    found = [
        replace(
            value,
            text=plain(squash(_unescaped(value.text.replace("\\_", " ")).strip("\"' "))),
            is_title=value is values.get("title"),
        )
        for value in [*([values["title"]] if "title" in values else []), *days[:1]]
    ]
    return [value for value in found if value.text], lines[marks[1] + 1 :]


def _values(lines: Sequence[tuple[int, str]]) -> dict[str, Paragraph]:
    """Return the values of a block of keys and values, by key."""
    values: dict[str, Paragraph] = {}
    key = ""
    for number, line in lines:
        if match := _KEY.match(line):
            key = match["key"]
            values[key] = Paragraph(number, match["value"] or "")
        elif key:
            values[key] = replace(values[key], text=f"{values[key].text.rstrip(chr(92))} {line.lstrip(chr(92))}")
    return values


def address_of(text: str) -> str | None:
    """Return the address of the page that the block of keys and values at the head of a file gives, by the usual keys
    and the surest first; None where it gives none.
    """
    lines = [(number, squash(line)) for number, line in enumerate(text.split("\n", _FRONT_MATTER)[:_FRONT_MATTER], 1)]
    marks = [at for at, (_, line) in enumerate(lines) if line == "---"]
    if len(marks) < _TWO or any(line for _, line in lines[: marks[0]]):
        return None
    values = _values(lines[marks[0] + 1 : marks[1]])
    told = {_KEY_MARKS.sub("", key).lower(): value.text.strip("\"'<> ") for key, value in values.items()}
    return next((told[key] for key in _ADDRESS_KEYS if _WEB.match(told.get(key, ""))), None)


def _unescaped(text: str) -> str:
    """Return a text with its escapes as letters: the two halves of an emoji as one, half of one as U+FFFD."""
    letters = _ESCAPE.sub(lambda escape: chr(int(escape["code"], 16)), text)
    return letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines break within sentences: many end without a stop where the next begins in lower case."""
    if sum(len(line) > _WRAPPED_LINE for line in lines) > _LONG_SHARE * sum(map(bool, lines)):
        return False
    pairs = broken = 0
    for previous, line in itertools.pairwise(lines):
        if previous and line:
            pairs += 1
            broken += line[0].islower() and not is_ended(previous)
    return pairs > 0 and broken / pairs >= _WRAPPED_SHARE
