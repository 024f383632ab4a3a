"""What a title announces: the kind of text, whose words they are, and for whom they were said."""

from __future__ import annotations

import re

from store.ingest.announcing import bare_run, does_more, is_about
from store.ingest.persons import bare_name, is_country, is_name, is_office
from store.text import words

_KINDS = (
    ("live blog", r"live\ (?:updates?|blog|coverage|report)|as\ it\ happened|онлайн-трансляция|liveticker"),
    (
        "press conference",
        (
            r"(?:press|news)[\ -]conference|(?:press|media)\ availability|presser|пресс-конференц|pressekonferenz"
            r"|conf[eé]rence\ de\ presse|conferencia\ de\ prensa|rueda\ de\ prensa"
        ),
    ),
    ("briefing", r"briefing|брифинг"),
    ("interview", r"interview|интервью|entretien|entrevista|intervista"),
    ("remarks", r"remarks|answers?\ to\ (?:\w+\ )*questions|comments\ to|выступлени|ответ\w*\ на\ вопрос"),
    ("speech", r"speech|address(?:es)?\ (?:to|at|by|before)|lecture|\brede\b|discours|discurso|\bречь\b"),
    ("statement", r"statement|заявлени|erkl[aä]rung|d[eé]claration|declaraci[oó]n"),
    ("article", r"\bop-ed\b|\barticle\ (?:by|for)\b|статья"),
)
"""Kinds by the words of a title that tell them; the earlier kind wins where a title holds words of two."""
SPOKEN_KINDS = frozenset({"press conference", "briefing", "remarks", "speech", "statement", "article"})
"""Kinds whose text begins with the speaker's own words, without a label."""

_WITH_OUTLET = re.compile(
    r"""\b(?:interview|entretien|entrevista|intervista|интервью)\s+(?:(?:with|to|for|given\ to|with\ the)\s+)
        (?P<outlet>[^,;:–—]+)
        |\bинтервью\s+(?P<ru>[^,;:–—]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_OUTLET_TAIL = re.compile(
    r"\s+(?:news\s+agency|news\s*paper|newspaper|daily|weekly|magazine|(?:tv|television|radio)(?:\s+(?:channel|station|company))?"
    r"|channel|agency)$",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"""(?P<owner>(?:[^\W\d_][\w.-]*\s+){1,8}?[^\W\d_][\w-]*)[’']s?\s+
        (?:(?:joint|opening|closing|introductory|welcoming|concluding|keynote|weekly|annual|brief|exclusive
        |regular|daily|monthly|first|last|final|year-end|end-of-year|press|media|victory|inaugural|acceptance|full
        |national|maiden|farewell|budget|policy|campaign|official|state\s+of\s+(?:the\s+)?[\w-]+)\s+)*
        (?:remarks|interview|speech|address|statement|answers?|comments?|briefing|(?:press|news)\ conference|article)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BY = re.compile(
    r"""\b(?:remarks|interview|speech|address|statement|comments?|briefing|lecture|article|entretien|discours|entrevista
        |discurso|rede|gaggle|testimony|deposition|(?:press|conference)\s+call|(?:press|news)\s+conference|debate|discussion)\s+
        (?:(?!conducted|recorded|led|edited|annotated|analy[sz]ed|reviewed|explained|decoded|dissected|debunked|translated
        |summari[sz]ed|described|criticised|criticized|condemned|checked)\w+\s+){0,5}?(?:by|of|de|von|a|con
        |(?<=debate\ )between|(?<=discussion\ )between)\s+
        (?:(?:his|her|their|your)\s+(?:excellency|excellencies|majesty|highness|holiness|eminence)\b,?\s+)?
        (?P<owner>(?:[^\W\d_][\w.-]*\s+){1,13}?[^\W\d_][\w-]*)(?=[.]?$|[,;:(]|\s+[–—|-]\s|\s+(?:at|to|on|in|during|with|before
        |for|following|ahead|after|aboard|as|about|upon|via|en\s+route|anlässlich|bei|vor|zu[rm]?|beim|im|am|à|sur|devant|lors
        |ante|sobre|(?:announc|honor|honour|celebrat|mark|highlight|commemorat|welcom|regard|concern|open|introduc
        |present|award|sign|urg|call)ing)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_OTHERS = re.compile(
    r"\b(?:on|against|about|over|after|amid|to|following)\s+(?:(?:an?|the|his|her|recent|latest)\s+){0,2}"
    r"(?:remarks|interview|speech|statement|comments?|lecture|article)\s+(?:\w+\s+){0,5}?(?:by|of)\s+$",
    re.IGNORECASE,
)
"""What stands before a name behind a word for a text about such words: "Comments on remarks by Ann Lee"."""
_AS_TOLD = re.compile(
    r"\bas\s+(?:re)?(?:told|reported|recounted|related|remembered|recalled|described|quoted|cited|paraphrased"
    r"|summari[sz]ed|understood|heard|seen)\s+(?:by|in)\b|\bthrough\s+(?:the\s+)?eyes\s+of\b",
    re.IGNORECASE,
)
"""What makes of somebody's words those of who tells them; "as told to" a writer does not."""
_ROW_GOES_ON = re.compile(
    r"^(?:,\s*(?:[^\W\d_a-z][\w.’'-]+\s+)+[^\W\d_a-z][\w’'-]+)*,?\s+(?:and|und|et|y|e|и)\s+"
    r"(?:[^\W\d_a-z][\w.’'-]+\s+)+[^\W\d_a-z][\w’'-]+"
)
"""The rest of a row of persons, behind the first."""
_AND = re.compile(r"\s*,\s*|\s+(?:and|und|et|y|e|и|&)\s+")
_BARE = re.compile(r"\b(?:and|und|et|y|e|и)\b|[\s,&]")
_NOBODY = re.compile(
    r"^(?:office|ministry|ministers|press|house|state|department|government|council|committee|commission)\b"
    r"|\b(?:officials|ministers|leaders|members|experts|participants|spokespersons|summit|forum|meeting|talks)$",
    re.IGNORECASE,
)
"""What is no person though it has the shape of a name: "the Office of the Spokesperson", "Senior Officials"."""
_BODIES = frozenset(
    """
    assembly nations united general session mission republic kingdom federation parliament congress senate ministry
    """.split()
)
"""Folded words in the names of bodies, and in nobody's: "at the General Debate of the General Assembly"."""
_OF = re.compile(r"(?<=\w)\s+(?:of|from|for)\s.*$")
_ANSWERS = re.compile(
    r"^(?P<owner>(?:[^\W\d_][\w.-]*\s+){1,8}?[^\W\d_][\w-]*)\s+(?:answers?|answered|replies\s+to|takes?)\s+(?:[\w’']+\s+){0,3}?questions?\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"^(?P<owner>(?:[^\W\d_][\w.-]*\s+){1,8}?[^\W\d_][\w-]*)\s+(?:gives?|gave|delivers?|delivered|makes?|made)\s+"
    r"(?:[\w’'-]+\s+){0,4}?(?:speech|remarks|address|statement|lecture|comments)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:interview|conversation|talk|q\s?&\s?a)\s+with\s+(?:the\s+)?(?P<owner>(?:[^\W\d_][\w.-]*\s+){1,8}?[^\W\d_][\w-]*)(?=$|[,;:–—]|(?P<by>\s+by\b))",
    re.IGNORECASE,
)
"""Of a person only where an office stands before the name ("Interview with Minister Ann Lee"), or who asked is named
behind it; else maybe an outlet.
"""
_LONG = 3
"""Letters up to which a word in capitals is one of a name, not of an office."""
_LONGEST = 300
"""Characters of a title that are read: no title is longer, and patterns of names take long over endless ones."""


def kind_of(title: str) -> str | None:
    """Return the kind of text that a title announces, or None."""
    return next((kind for kind, words in _KINDS if re.search(words, title, re.IGNORECASE | re.VERBOSE)), None)


def gives_words(text: str) -> bool:
    """Tell whether a sentence says who gave the speech of a page: "Ann Lee gave a speech at the Harbour House."."""
    return _GIVES.match(text) is not None


def owner_of(title: str) -> str | None:
    """Return the person whose words a title announces ("Foreign Minister Sergey Lavrov's interview…"), or None."""
    return next(iter(owners_of(title)), None)


def owners_of(title: str) -> tuple[str, ...]:
    """Return the persons whose words a title announces, in its order: "Remarks by President Lee and Minister Ray"."""
    title = title[:_LONGEST]
    if _AS_TOLD.search(title):
        return ()
    for pattern in (_OWNER, _WITH, _BY, _ANSWERS, _GIVES):
        if match := pattern.search(title):
            if _is_about(pattern, title, match):
                continue
            more = _ROW_GOES_ON.match(title[match.end() :]) if pattern is _BY else None
            owner = bare_run(match["owner"]) if pattern is _OWNER else match["owner"]
            names = (more and _row(owner + more.group())) or _row(owner)
            bare = pattern is _WITH and sum(map(len, " ".join(names).split())) == len(_BARE.sub("", match["owner"]))
            sure = not bare or match["by"]
            if names and sure:
                return names
    return ()


def _is_about(pattern: re.Pattern[str], title: str, match: re.Match[str]) -> bool:
    """Tell whether the words that a title gives to somebody are only what its text is about."""
    if pattern is _OWNER:
        return does_more(bare_run(match["owner"])) or is_about(title, match.start(), match.end(), named=True)
    if pattern is _BY and _ABOUT_OTHERS.search(title[: match.start("owner")]):
        return True
    return is_about(title, match.start(), match.end(), named=False)


def _row(owners: str) -> tuple[str, ...]:
    """Return the names of a row of persons with their offices; () where one of them is no name."""
    names: list[str] = []
    office = ""
    for piece in _AND.split(owners):
        whole = f"{office} {piece}".strip()
        cut = _OF.sub("", whole)
        name = bare_name(cut)
        name = name if " " in name or name not in {"", cut} else bare_name(whole)
        first, _, rest = name.partition(" ")
        # A body in capitals is of the office: "APNSA Ann Lee".
        name = rest if len(first) > _LONG and first.isupper() and not rest.isupper() and rest else name
        if _NOBODY.search(name) or is_country(cut) or not _BODIES.isdisjoint(words(name)):
            return ()
        if not is_name(name) or is_office(whole):
            office = f"{whole} and"  # "Foreign and Trade Minister Ann Lee".
        else:
            names.append(name)
            office = ""
    return () if office else tuple(names)


def is_with_owner(title: str) -> bool:
    """Tell whether an interview is with the person, and not with an outlet: "Interview with Minister Ann Lee"."""
    match = _WITH.search(title)
    return match is not None and bare_name(match["owner"]) == owner_of(title)


def outlet_of(title: str) -> str | None:
    """Return the outlet that an interview was given to, as its title spells it, without "news agency"; or None."""
    match = _WITH_OUTLET.search(title)
    if not match:
        return None
    name = re.sub(r"^(?:the|a|an)\s+", "", (match["outlet"] or match["ru"]).strip(), flags=re.IGNORECASE)
    if inside := re.search(r"«([^»]+)»", name + "»"):
        return inside[1].strip()
    name = re.split(r"\s+(?:by|on\s+the|during|ahead\s+of|following|about)\s+", name)[0]
    return _OUTLET_TAIL.sub("", name).strip(" “”\"'«»") or None
