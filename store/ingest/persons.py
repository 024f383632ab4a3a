"""Names of persons as pages write them: with offices, in capitals, shortened, with a slip."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale
from rapidfuzz.distance import OSA

from store.text import STOP_WORDS, fold, squash, words

_OFFICES = frozenset(
    """
    president vice prime minister foreign deputy first acting secretary state general chancellor premier king queen
    prince princess ambassador chairman chairwoman chairperson chair speaker senator congressman congresswoman
    representative governor mayor judge justice professor doctor dr prof mr mrs ms miss sir dame lord lady his her
    excellency the of and for affairs ministry spokesman spokeswoman spokesperson director head high commissioner
    special envoy russian american us u s british german french former then advisor adviser
    administrator bundesminister bundesministerin bundeskanzler bundeskanzlerin bundesprasident aussenminister
    aussenministerin prasident prasidentin kanzler kanzlerin ministre ministro ministra presidente presidenta canciller
    mme mlle herr frau monsieur madame senor senora pope archbishop bishop rector academician
    """.split()
)
_MONSIEUR = re.compile(r"^M\.\s+(?=[^\W\d_a-z][\w-]+\s+(?:[\w-]+\s+)*[^\W\d_a-z][\w-]+$)")
_HONOURS = re.compile(
    r"^(?:(?i:(?:(?:his|her|their|your|the)\s+(?:most\s+|right\s+)?)?(?:eminence|excellency|(?:royal\s+)?highness|majesty"
    r"|holiness)|(?:his|her|your)\s+(?:grace|honou?r)|(?:the\s+)?(?:(?:rt\.?|right|most)\s+)?hon(?:\.|ou?rable\b|(?=\s))"
    r"|cardinal),?\s+|[HS]\.\s?E\.,?\s*)(?=[^\W\d_a-z][\w.’'-]*)"
)
"""What honours a person before the name and is no part of it: "H.E.", "The Rt Hon", "His Eminence"."""
_SHORTENED = frozenset("min. sec. gen. sen. rep. gov. amb. hon. h.e. h.m. h.r.h.".split())
_HELD = frozenset(
    """
    minister president premier chancellor secretary general ambassador governor senator commissioner spokesman
    spokeswoman spokesperson chairman chairwoman director advisor adviser administrator
    bundesminister bundesministerin bundeskanzler bundeskanzlerin bundesprasident aussenminister aussenministerin
    prasident prasidentin kanzler kanzlerin ministre ministro ministra presidente presidenta canciller
    """.split()
)
"""Folded last words of offices that are hardly ever the name of a person, and stand before it."""
_HOLDERS = _HELD.difference({"general"}).union("premier chair chairperson speaker mayor judge professor".split())
_NAME_WORD = re.compile(r"^[^\W\d_][\w.'’-]*$")
_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_PARTICLES = frozenset("de da di du del della van von der den la le el al bin ibn arap ole dos e y".split())
_GIVEN = re.compile(
    r"(?:(?:[^\W\d_a-z][\w-]*|[^\W\d_a-z]\.|(?:Mrs?|Ms|Dr|Prof|Gen|Sen|Gov)\.|d[aeiu]|del|della|van|von|der|den|l[ae]|el|al|bin)\s+)+$"
)
_NAME = re.compile(
    r"(?<!\w)[^\W\d_a-z][\w-]{1,40}(?:\s+[^\W\d_a-z]\.)?(?:\s+(?:(?:de|van|von|al|bin)\s+)?[^\W\d_a-z][\w-]{1,40}){1,8}"
)
_JOINS = re.compile(r"(?:^|\s+)(?:With|And|About|From)(?:\s+|$)")
NOT_A_PERSON = frozenset(
    """
    states state ministry minister president house east west north south union nations nation council federation
    kingdom republic party army front group court bank agency office department committee commission congress
    senate parliament government sea ocean river street city assembly games cup olympics war treaty accord
    agreement agreements talks university institute school company group forum channel television tv news times
    post january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday
    """.split()
)
"""Folded words that are no part of a person's name."""
_SOMEBODY = """
    critic opponent protester demonstrator activist analyst expert observer reporter journalist correspondent
    interviewer moderator lawmaker rival detractor supporter resident commentator witness aide adviser advisor
    colleague counterpart lawyer wife husband son daughter brother sister mother father neighbour neighbor friend
    man woman boy girl farmer fisherman fisherwoman teacher student voter worker soldier officer historian
    economist writer author professor minister president chancellor premier leader senator governor mayor king
    queen ambassador envoy commissioner deputy secretary spokesman spokeswoman spokesperson diplomat judge
    prosecutor
""".split()
SOMEBODY = (
    rf"(?:(?:{'|'.join(_SOMEBODY)})s?|men|women|wives|spokes(?:men|people)|opposition|crowd|audience|officials|sources)"
)
"""Persons without a name, whom reports quote beside the one they are about."""
_ROLES = frozenset(
    """
    witness witnesses defendant codefendant accused plaintiff claimant applicant respondent petitioner appellant
    prosecutor prosecution defence defense counsel attorney lawyer solicitor barrister juror foreperson bailiff
    stenographer registrar operator coordinator
    """.split()
)
_ROLES_TOO = frozenset(
    "court clerk reporter marshal usher foreman recorder bench tribunal jury officer conference".split()
)
"""Folded words for a part that somebody has in a trial or a call; those of the second are surnames as well, alone."""
_PORTFOLIO = re.compile(r"^(?P<office>[\w\s-]+)\s(?:for|of)(?:\sthe)?\s(?P<of>[\w-]+(?:\s[\w-]+)?)$", re.IGNORECASE)
_SEX = {
    **dict.fromkeys("mr sir lord king prince monsieur herr senor spokesman chairman congressman".split(), "he"),
    **dict.fromkeys(
        "mrs ms miss madam madame lady dame queen princess frau senora spokeswoman chairwoman congresswoman".split(),
        "she",
    ),
}
"""Titles and offices that only a man or only a woman bears, and the pronoun that goes with them."""
_ADVERBS = frozenset("yesterday today tomorrow meanwhile later earlier still yet instead moreover also asked".split())
"""Folded words that open a sentence before a name without a comma, those in STOP_WORDS aside."""
_PLACING = frozenset("in at on near".split())
_MOST_WORDS = 5
_INITIALS = 3
_SLIP_LENGTH = 5


def bare_name(label: str) -> str:
    """Return a person's name without offices, titles and remarks in brackets: "Foreign Minister Sergey Lavrov (in
    English)" is "Sergey Lavrov". A name in capitals comes back capitalised. Empty where no name is left.
    """
    parts = _MONSIEUR.sub("", squash(_PARENTHESIS.sub("", label))).split(" ")
    held = [at for at, part in enumerate(parts[:-1]) if fold(part).rpartition("-")[2] in _HELD]
    # Whatever nation, party or house stands before an office belongs to it: "Norwegian Foreign Minister Ann Lee".
    parts = parts[held[-1] :] if held and held[-1] else parts
    leads = [at for at, part in enumerate(parts[:-1], 1) if fold(part).rpartition("-")[2] == "leader"]
    parts = parts[leads[-1] :] if leads else parts  # "Green Party Co-leader Ann Lee".
    size = len(parts)
    while parts:
        if honours := _HONOURS.match(name := " ".join(parts)):
            parts = name[honours.end() :].split(" ")
        elif not _is_of_office(parts[0]):
            break
        elif fold(parts.pop(0)) in {"of", "for"}:
            parts = parts[country_words(parts) :]
    name = " ".join(parts).strip(" ,")
    # Initials stand alone: behind an office a short name in capitals is a surname, "AMBASSADOR LI".
    written = "".join(part for part in name.split() if not (part.islower() and part in _PARTICLES))
    if not written.isupper() or (len(name) <= _INITIALS and len(parts) == size):
        return name
    return " ".join(part if part.islower() else part.title() for part in name.split())


def _is_of_office(word: str) -> bool:
    return word.lower() in _SHORTENED or all(part in _OFFICES for part in fold(word).strip(".,").split("-"))


def is_country(text: str) -> bool:
    """Tell whether a text is the English name of a country or region (Unicode CLDR)."""
    return fold(text) in _countries()


def is_city(text: str) -> bool:
    """Tell whether a text names a city that a time zone is named for (IANA), as most capitals are, or a country."""
    return fold(text.partition(",")[0]) in _cities() or is_country(text)


@cache
def _cities() -> frozenset[str]:
    places = {zone.rpartition("/")[2].replace("_", " ") for zone in zoneinfo.available_timezones() if "/" in zone}
    return frozenset(map(fold, places))


def country_words(parts: Sequence[str]) -> int:
    """Return how many of the first words name a country or a house, as after "President of"; 0 where they name none."""
    return next(
        (
            size
            for size in range(min(4, len(parts)), 0, -1)
            if fold(" ".join(parts[:size])) in _countries() or fold(parts[size - 1]) in NOT_A_PERSON
        ),
        0,
    )


@cache
def _countries() -> frozenset[str]:
    territories = Locale("en").territories
    return frozenset(fold(name) for code, name in territories.items() if code.isalpha()) | {"the", "state", "the state"}


def is_name(text: str) -> bool:
    """Tell whether the text has the shape of a person's name: one to five capitalised words, particles aside."""
    parts = text.split(" ")
    if not 1 <= len(parts) <= _MOST_WORDS or not parts[0]:
        return False
    capitalised = [part for part in parts if fold(part) not in _PARTICLES or (part.isupper() and len(part) > 1)]
    return bool(capitalised) and all(_NAME_WORD.match(part) and not part[0].islower() for part in capitalised)


def is_office(text: str) -> bool:
    """Tell whether a text names an office and nobody: "The President", "Foreign Minister"."""
    return bool(text) and all(fold(part).strip(".") in _OFFICES for part in text.split())


def is_holder(text: str) -> bool:
    """Tell whether a text names an office as its holder is called: "Spokesman", "The Prime Minister"; not "General"."""
    return is_office(text) and not _HOLDERS.isdisjoint(words(text))


def is_role(text: str) -> bool:
    """Tell whether a text names a part in a trial or a call, which several may have in turn: "THE WITNESS", "Operator",
    "Court reporter", "Juror 5"; or an office by what it is for: "The Minister for Health". It is nobody's name.
    """
    held = _PORTFOLIO.match(text)
    if held and any(map(is_holder, held["office"].split())) and not country_words(held["of"].split()):
        return True
    parts = [fold(part).strip(".#") for part in text.split()]
    bare = parts[1:] if parts[:1] == ["the"] else parts
    alone = len(parts) == 1
    return bool(bare) and all(
        part in _ROLES or (part in _ROLES_TOO and not alone) or (part.isdecimal() and not alone) for part in bare
    )


def surname(name: str) -> str:
    """Return the folded last word of a name; empty for an empty one."""
    found = words(name)
    return found[-1] if found else ""


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings name one person: the same surname, one slip allowed from five letters on, and, where
    both give more, first names that begin alike ("S. Lavrov", "Sergei Lavrov", "Lavov"). One may have more
    words before two or more that both end with ("Ann Ray-Lee", "Ray-Lee"; "Mary Ann Lee", "Ann Lee").
    """
    ours, theirs = words(bare_name(one)), words(bare_name(other))
    short = min(len(ours), len(theirs))
    if short > 1 and len(ours) != len(theirs) and ours[-short:] == theirs[-short:]:
        return True
    if not ours or not theirs or not same_surname(ours[-1], theirs[-1]):
        return False
    return len(ours) == 1 or len(theirs) == 1 or _same_first(ours[0], theirs[0])


def _same_first(one: str, other: str) -> bool:
    """Tell whether two first names are one: an initial, a short form that begins alike, or two spellings ("Sergei")."""
    short = min(len(one), len(other))
    most = 2 if short >= _SLIP_LENGTH else 1
    return one[:short] == other[:short] or (one[0] == other[0] and OSA.distance(one, other, score_cutoff=most) <= most)


def same_surname(one: str, other: str) -> bool:
    """Tell whether two folded surnames are one, a slip aside: one edit within a name of five letters or more.

    The first and the last letter must agree: "Lavov" is Lavrov, "Lavrova" may be his wife.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _SLIP_LENGTH or one[0] != other[0] or one[-1] != other[-1]:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def is_namesake(before: str, name: str, *, pronoun: str | None = None) -> bool:
    """Tell whether a surname of the person of this full name is somebody else's: `before` ends with another first name
    ("Maria Lavrov said"), or with a title of the other sex where the person's `pronoun` is known ("Mrs Lavrov").

    Offices, places and what else stands in capitals before a surname are no first names.
    """
    run = _GIVEN.search(before)
    given = run.group().split() if run else []
    lead = before[: run.start()].split() if run else []
    while given and (fold(given[0]).strip(".") in STOP_WORDS | _ADVERBS or fold(given[0]).endswith("ly")):
        lead.append(given.pop(0))
    if pronoun and any(_SEX.get(fold(word).strip("."), pronoun) != pronoun for word in given):
        return True
    if (lead and fold(lead[-1]) in _PLACING) or is_city(" ".join(given)):
        return False
    own = words(name)
    other = words(bare_name(" ".join([*given, own[-1]])))[:-1]
    known = len(own) < 2 or not other or not set(own).isdisjoint(other)
    return not known and not _same_first(other[0], own[0])


def sex_of(before: str) -> str | None:
    """Return "he" or "she" where the title that ends a text tells so ("… said Mrs"), else None."""
    return _SEX.get(surname(before))


def names_in(text: str) -> Iterator[str]:
    """Yield what has the shape of a person's full name in a text, without the office before it: two to four words."""
    # "A Conversation With Ann Lee": in a title any word may be capitalised.
    for said in (part for match in _NAME.finditer(text) for part in _JOINS.split(match.group())):
        parts = said.split()
        offices = [at for at, part in enumerate(parts) if fold(part).strip(".") in _OFFICES | NOT_A_PERSON]
        name = parts[offices[-1] + 1 :] if offices else parts
        while name and fold(name[0]) in STOP_WORDS | _ADVERBS:
            name = name[1:]
        if 1 < len(name) < _MOST_WORDS and not is_country(" ".join(name)):
            yield " ".join(name)
