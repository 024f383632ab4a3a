"""What a reader typed, as a Query: the words that matter, in a form that nothing typed can turn into syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import flags
from store.errors import UsageError
from store.text import ABBREVIATIONS, STOP_WORDS, Word, is_of_another_script, spans, squash, words, written

LONGEST = 4096
"""Characters that are read of what was typed: a Telegram message holds no more."""

MOST_WORDS = 32
"""Different words that are searched for: enough to know any sentence by, and a bound on the work."""

MOST_IN_ORDER = 4 * MOST_WORDS
"""Words, function words among them, whose order is looked for: whoever types more pastes a paragraph."""

if TYPE_CHECKING:
    from datetime import date

_WORD = re.compile(r"[^\W_]+")
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){1,5}[^\W\d_]\b\.?")
"""An abbreviation written with dots: "U.S." and "U.S.A." are one word each, where the index sees letters."""

MAY_HAVE_INITIALS = re.compile(r"\.\w")
"""What any of INITIALS has, and few texts have: it is found in a tenth of the time."""

_APOSTROPHES = frozenset("'’‘ʼ`´")
_HYPHENS = frozenset("-‐‑–")
_TAILS = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
_PRONOUN = "us"
_PREPOSITIONS = frozenset("about against at between by for from in of on over to towards with".split())
_BESIDE_NOUNS = _PREPOSITIONS | {"a", "an", "and", "s", "the"}
"""Function words that stand between nouns where there is no verb."""
_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "az", "de"})
"""Articles before a hyphen: who types "al-nusra" wants "Nusra Front" too. A prefix tells: "non-state actors"."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and what narrows it.

    `words` are the folded words that carry the subject, each once, in the order typed, at most MOST_WORDS; where
    nothing typed carries one, the words that were typed all the same. None at all means that no word was typed
    (only signs or pictures). `order` holds every word up to the last of these, as they followed each other, at most
    MOST_IN_ORDER.
    `capitals` are those of `words` that are abbreviations spelt like another word ("US"), so that they count only
    where the archive writes them in capitals. `dropped` counts the words beyond the bounds, which are not
    searched for.

    `phrases` must stand in a passage as they are, `without` must not: folded words each. `by` are folded words of the
    name of who said it, `source` those of an outlet, a title, a kind or a file. `years` are the first and the last,
    both included, and so are `days`. What is `without_by`, `without_source` or `without_years` is left out, each
    of these by itself. `newest_first` puts the date before all else.
    """

    typed: str
    words: tuple[str, ...]
    order: tuple[str, ...] = ()
    capitals: frozenset[str] = frozenset()
    dropped: int = 0
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    by: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    newest_first: bool = False
    days: tuple[date, date] | None = None
    without_by: tuple[tuple[str, ...], ...] = ()
    without_source: tuple[tuple[str, ...], ...] = ()
    without_years: tuple[tuple[int, int], ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether something beside the words says what is wanted."""
        wanted = self.phrases or self.by or self.source or self.years or self.days
        return bool(wanted or self.leaves_out or self.newest_first)

    @property
    def leaves_out(self) -> bool:
        """Whether something beside the words says what is not wanted."""
        return bool(self.without or self.without_by or self.without_source or self.without_years)


def parse(typed: str) -> Query:
    """Read what a person typed; UsageError where they typed nothing.

    Every character is data but for the operators: "a phrase", -word, by:, year:, 2017..2018, 2018.., ..2017, source:,
    each of these with a minus too, and sort:date. Of a text longer than LONGEST only the beginning is read.
    """
    whole = squash(flags.named(typed))
    if not whole:
        raise UsageError("There is nothing to search for.", hint="Type a word or a few: syria")
    text, asked = _operators(whole[:LONGEST])
    if MAY_HAVE_INITIALS.search(text):
        text = INITIALS.sub(_join_initials, text)
    cut = spans(text)
    order = tuple([word.folded for word in cut])
    subjects, capitals = _subjects(text, cut)
    if not subjects:
        for place, word in enumerate(order, start=1):
            subjects.setdefault(word, place)
        # Alone, "us" can only be meant as the abbreviation, where there is one.
        capitals = set(subjects) & ABBREVIATIONS if len(subjects) == 1 else set()
    kept = tuple(subjects)[:MOST_WORDS]
    return Query(
        typed=text,
        words=kept,
        order=order[: min(_end(order, subjects, kept), MOST_IN_ORDER)],
        capitals=frozenset(capitals.intersection(kept)),
        dropped=len(subjects) - len(kept) + len(_WORD.findall(whole, LONGEST)),
        **asked,
    )


_OPERATOR = re.compile(
    r"""(?<!\S)(?=["“„«\-−–12.…bfoys])(?:  # Most words begin with none of these.
        (?P<no>[-−–](?=["“«„\w]))?
        (?: (?P<name>by|from|speaker|year|years|source|outlet|sort) : (?P<value>"[^"]*"|“[^”]*”|[^\s"“]+)
          | ["“„«] (?P<phrase>[^"“”„«»]*) ["”“»]
          | (?P<year>(?:1[89]|20)\d\d) (?:\.\.+|…) (?P<last>(?:1[89]|20)\d\d)?
          | (?:\.\.+|…) (?P<until>(?:1[89]|20)\d\d)
          | (?P<word>(?<=[-−–])[^\W_][^\s"“]*)
        )
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_LEFT_OUT = {name: f"without_{name}" for name in ("by", "source", "years")}
"""What a minus before an operator asks for instead."""

_YEARS = re.compile(r"(\d{4})?(\.\.+|…|-)?(\d{4})?")
EARLIEST, LATEST = 1, 9999
"""The years of a search that has no first or no last one."""


def _operators(text: str) -> tuple[str, dict[str, Any]]:
    """Return the text without its operators, and what they ask for; what looks like one and is none stays a word."""
    listed = ("phrases", "without", *_LEFT_OUT.values())
    asked: dict[str, Any] = {"by": (), "source": (), **{name: [] for name in listed}}

    def take(found: re.Match[str]) -> str:
        if found["no"] and (found["word"] or found["phrase"] is not None):
            asked["without"].append(words(found["word"] or found["phrase"]))
            return " "
        if found["phrase"] is not None:
            asked["phrases"].append(words(found["phrase"]))
            return f" {found['phrase']} "
        if found["name"]:
            name, value = _named(found["name"].lower(), found["value"])
        elif found["year"]:
            name, value = "years", _ordered(int(found["year"]), int(found["last"] or LATEST))
        else:
            name, value = "years", (EARLIEST, int(found["until"]))
        if not value or (found["no"] and name not in _LEFT_OUT):
            return found.group()
        if found["no"]:
            asked[_LEFT_OUT[name]].append(value)
        else:
            asked[name] = (*asked[name], *value) if name in {"by", "source"} else value
        return " "

    left = _OPERATOR.sub(take, text)
    for name in listed:
        asked[name] = tuple(dict.fromkeys(phrase for phrase in asked[name] if phrase))
    return left, asked


def _named(name: str, value: str) -> tuple[str, Any]:
    """Return what `name:value` asks for and how; something empty where it can't be understood."""
    if name == "sort":
        return "newest_first", value.lower() in {"date", "new", "newest"}
    if name.startswith("year"):
        found = _YEARS.fullmatch(value)
        if found is None or not (found[1] or found[3]):
            return "years", ()
        first = int(found[1]) if found[1] else EARLIEST
        last = int(found[3]) if found[3] else LATEST if found[2] else first
        return "years", _ordered(first, last)
    return ("by" if name in {"by", "from", "speaker"} else "source"), words(value)


def _ordered(first: int, last: int) -> tuple[int, int]:
    return min(first, last), max(first, last)


def _subjects(text: str, cut: Sequence[Word]) -> tuple[dict[str, int], set[str]]:
    """Return the words that carry the subject, each with its first place from 1, and those that are abbreviations."""
    subjects: dict[str, int] = {}
    capitals: set[str] = set()
    shouting = text.isupper() and " " in text
    country = _PRONOUN if _is_country([word.folded for word in cut]) else ""
    before, end = "", 0
    for place, (first, last, word) in enumerate(cut, start=1):
        if word in _TAILS and text[end:first] in _APOSTROPHES:
            if word == "t":  # "doesn't": what stands before is an auxiliary verb.
                subjects.pop(before, None)
        elif word in STOP_WORDS:
            if word == country or (word in ABBREVIATIONS and text[first:last].isupper() and not shouting):
                subjects.setdefault(word, place)
                capitals.add(word)
        elif word not in subjects and not _is_function_word(word, text[last : last + 1]):
            subjects[word] = place
        before, end = word, last
    return subjects, capitals


def _end(order: Sequence[str], subjects: Mapping[str, int], kept: Sequence[str]) -> int:
    """Return where the last of the subjects stands that are kept; of what may be pieces of one word, the last piece."""
    last = subjects[kept[-1]] if kept else 0
    while kept and last < len(order) and is_of_another_script(order[last]) and order[last] in subjects:
        last += 1
    return last


def _is_country(typed: Sequence[str]) -> bool:
    """Tell whether "us" is no pronoun here.

    No sentence begins with the object of one ("us elections"), and hardly any has no function words but those that
    nouns have between them, unless it ends with its object or goes on with such a word ("punish us", "bring us to the
    table", but "an agreement with us", "history of russia us relations").
    """
    if _PRONOUN not in typed or typed[0] == _PRONOUN:
        return typed[:1] == [_PRONOUN]
    place = typed.index(_PRONOUN)
    after = typed[place + 1] if place + 1 < len(typed) else ""
    is_part_of_noun = bool(after) and after not in STOP_WORDS
    others = {word for word in typed if word in STOP_WORDS and word != _PRONOUN}
    return others <= _BESIDE_NOUNS and (is_part_of_noun or typed[place - 1] in _PREPOSITIONS)


def _join_initials(match: re.Match[str]) -> str:
    return "".join(c for c in match.group() if c.isalpha()).upper()


def _is_function_word(word: str, after: str) -> bool:
    if len(word) == 1 and word.isascii() and word.isalpha():
        return True
    return word in _ARTICLES and after in _HYPHENS


def verbatim(typed: str, corrected: Iterable[tuple[str, str]]) -> str:
    """Return a search for the words as they were typed, those that were corrected in quotation marks.

    Empty where that would be the same search: of words of another script than what they were taken for, and of a
    speaker's name behind "by:".
    """
    taken = (typed for typed, meant in corrected if not is_of_another_script(typed) or is_of_another_script(meant))
    wrong = {word for typed in taken for word in words(typed)}
    found, end = [], 0
    for word in spans(typed):
        if word.folded in wrong:
            found += [typed[end : word.start], '"', typed[word.start : word.end], '"']
            end = word.end
    quoted = squash("".join((*found, typed[end:])))
    return quoted if found and parse(quoted).phrases != parse(typed).phrases else ""


def as_typed(typed: str, found: Iterable[str]) -> tuple[str, ...]:
    """Return folded words in lower case but with the signs that they were typed with: "россией"."""
    words_found = tuple(found)
    signs = {} if typed.isascii() or not words_found else written(typed[:LONGEST])
    return tuple(signs.get(word, word).lower() for word in words_found)


def expression(forms: Iterable[str]) -> str:
    """Return the full-text expression for passages that hold any of these forms.

    A form is one folded word, or several joined by blanks that must follow each other. Each is quoted: in FTS5 a
    string in double quotes is a phrase, whatever is in it (https://www.sqlite.org/fts5.html#fts5_strings).
    """
    return any_of(map(phrase, forms))


def phrase(form: str) -> str:
    """Return the full-text expression for passages that hold a form, quoted as `expression` quotes it."""
    return '"' + form.replace('"', '""') + '"'


def any_of(expressions: Iterable[str]) -> str:
    """Return the expression for passages that match any of these, empty where there are none."""
    joined = " OR ".join(expressions)
    return f"({joined})" if joined else ""


def all_of(expressions: Iterable[str]) -> str:
    """Return the expression for passages that match every one of these, empty where there are none."""
    return " AND ".join(expressions)


def in_text(expression: str) -> str:
    """Return the expression for passages that match by their text, not by their question; empty for an empty one."""
    return f"text : ({expression})" if expression else ""


def with_phrases(match: str, query: Query) -> str:
    """Return the expression for passages that match, and have the phrases in quotation marks in their text."""
    phrases = in_text(all_of(expression((" ".join(phrase),)) for phrase in query.phrases))
    return all_of(part for part in (match and f"({match})" if phrases else match, phrases) if part)
