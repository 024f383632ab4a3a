"""Whose voice unlabelled words are in: the speaker's own, or that of somebody who tells of the speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from store.ingest.formulas import is_formula
from store.ingest.offices import LESSER
from store.ingest.outlets import heads_note, is_note, speaks_within
from store.ingest.page import Paragraph, script
from store.ingest.persons import is_holder, surname
from store.ingest.quotations import cover, quotations
from store.ingest.verbs import ADVERBS, INVERTED, VERB
from store.text import sentences, words

_FIRST_PERSON = frozenset(
    """
    i we our ours us my me mine ourselves myself я мы мне нам нас наш наша наше наши нашу нашей наших мой моя мое
    считаем ich wir unser unsere uns mein meine je j nous notre nos mon ma mes yo nosotros nuestro nuestra nuestros mi
    io noi nostro nostra eu nos nosso 我 我们
    """.split()
)
"""Folded words by which speakers of English, Russian, German, French, Spanish and some others speak of themselves."""
_THE_SPEAKER = re.compile(
    r"\b(?:the|his|her)\s+(?:\w+\s+)?(?:minister|president|chancellor|secretary|ambassador|speaker|speech|address|remarks)\b",
    re.IGNORECASE,
)
_NARRATES = re.compile(
    r"""^\W*(?:[“"«„][^”"»“]*[”"»“]\s*)?
        (?:(?:the\ |a\ |an\ )?(?:\w+\ )?
            (?:reporter|journalist|correspondent|interviewer|moderator|host|audience|interpreter)
          |(?-i:[^\W\d_a-z][\w.-]+(?:\ [^\W\d_a-z][\w-]+){1,3}))
        (?:\ (?:of|from)\ [^.,]{2,40}|,\ [^.,]{2,40},)?
        \ (?:then\ |again\ )?(?:asks|asked|(?:inquire|wonder|interrupt|interject)(?:s|d|ed)
          |спрашивает|спросила?|fragte?|demande|pregunta|preguntó)\b
      | ^\W*(?:the\ (?:\w+\ )?(?:minister|president|chancellor|secretary|ambassador|speaker)|he|she)
        \ (?:then\ |also\ )?
        (?:paus|smil|laugh|chuckl|sigh|nod|shrug|frown|gestur|applaud|point|turns?\ to\ h|turned\ to\ h)
        (?:e?s|ed|es|is|er)\b
      | ^\W*(?:the\ |an?\ )?(?:\w+\ ){0,2}?(?:crowd|audience|hall|room|guests|delegates|deputies|lawmakers|reporters
          |journalists|participants|spectators|congregation|public)
        \ (?:then\ |again\ |\w+ly\ )?(?:(?:applaud|cheer|laugh|boo|jeer|roar|whistl|chant|heckl|clap
            |erupt)(?:s|e?d|ped|es)?
          |r[io]ses?|stands?|stood|sang|sings?|falls?\ silent|fell\ silent)\b[^.!?]{0,60}[.!]?$
      | ^\W*(?:(?:several|some|many|other)\ )?(?:hon(?:ou?rable|\.)?\ )?(?:members|lords|senators|mps|peers)\ rose\W*$
      | ^\W*(?:the\ )?(?:question|amendment|motion|bill)\ (?:again\ |was\ |then\ )?(?:proposed|put|agreed|accordingly
          |withdrawn|negatived)\b[^.?!]{0,80}\W*$
      | ^\W*(?:(?:der|die|le|la|el|il)\ )?(?:\w+\ )?(?:minist(?:er(?:in)?|re|r[oa])|pr[aä]sident(?:in)?
          |pr[eé]sident[ea]?|presidente|kanzler(?:in)?|botschafter(?:in)?|министр|президент|премьер|посол
          |er|sie|elle|[eé]l|ella|он|она)
        \ (?:lacht|l[aä]chelt|nickt|schweigt|seufzt|rit|sourit|soupire|quitte|remercie|(?:est|a)\ ensuite
          |r[ií]e|sonr[ií]e|asiente|suspira|сме[её]тся|улыбается|кивает|молчит|вздыхает)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What the outlet tells between the words of a transcript: who asks what, and what the speaker or the audience does."""
_QUOTES = re.compile(
    rf"^[“\"«„][^”\"»“]*[,.!?…][”\"»“]\s+(?:(?:[\w’'.-]+\s+){{1,4}}?{VERB}(?!\w)|(?:{INVERTED})\s+\w)", re.IGNORECASE
)
"""A sentence that tells who says what stands in quotation marks: "“Six is possible,” the mayor adds."."""
_HOLDER_SAYS = re.compile(rf"^(?:the|The)\s+(?:\w+\s+){{0,2}}?(?P<office>\w+){ADVERBS}\s+{VERB}(?!\w)")
"""A sentence that gives words to who holds an office: "The minister added that …"."""
_OF_HOLDER = re.compile(r"^\W*the\s+(?:\w+\s+){0,2}?(?P<office>\w+)(?:[’']s\s|,\s|\s\w+s\b)", re.IGNORECASE)
"""A sentence about who holds an office: "The governor's phone rings."."""
_OF_HIM_OR_HER = re.compile(r"^\W*(?:(?:as|while)\s+)?(?:he|she)\b(?!\s*[,—–…-])", re.IGNORECASE)
"""A sentence about somebody whom it does not name: "As she speaks, …"."""
_SWORN = re.compile(r"^(?=[^a-z]{4})[^.:;]{4,80},[^.:;]{0,80}\b(?:sworn|affirmed)\b")
"""What a court's record tells of who comes to speak: "ANN LEE, having been duly sworn, …"."""
_AT_EVENT = re.compile(
    rf"""^\W*(?:speaking|addressing|answering|responding|replying|asked|pressed|commenting|reporting|talking|taking)\b
        (?!\ (?:of|for|as|frankly|personally|only)\b)[^,.!?]{{0,100}},\ (?:he|she|our|this
        |(?-i:(?:[^\W\d_a-z][\w-]+\ ){{1,3}}){VERB}(?!\w)|(?:the\ )?(?:\w+\ ){{0,2}}?(?P<office>\w+)\ \w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What tells on what occasion somebody else said or did something: "Speaking after the event, she …"."""
_TOLD_BEHIND = re.compile(
    rf"^\W*(?:speaking|asked|interviewed|approached|reached|questioned)\b(?!\s(?:of|for|as|frankly|personally|only)\b)[^,.!?]{{0,100}},\s"
    rf"(?:[\w’'-]+\s+){{1,5}}?(?P<told>told\s+(?:us|our|this)\b|{VERB}(?!\w))",
    re.IGNORECASE,
)
"""The same of whoever else was heard there: "Speaking after the event, several fishermen said …"."""
_ASKED = r"(?:asked|met|interviewed|reached|(?:spoke|talked)\s+(?:to|with))"
_OF_EVENT = re.compile(
    r"\b(?:the|his|her)\s+(?:\w+\s+)?(?:speech|address|remarks|hall|podium|rostrum|lectern|audience|crowd|applause|ovation)\b"
    r"|\b(?:by|with)\s+(?:\w+\s+)?applause\b|\b(?:told|to)\s+(?:reporters|journalists)\b"
    r"|\b(?:off|onto|left|leaves|took|takes)\s+the\s+stage\b"
    r"|^\W*(?:photo(?:graph)?s|pictures|footage|images|videos?)\s+(?:from|of|taken|shared|posted)\b",
    re.IGNORECASE,
)
"""What somebody tells who saw a speech."""
_CALLED_IN = re.compile(
    r"""^[(\[](?!(?:in|auf|en|на|по)\b)[^)\]]{2,80}:[)\]]\s*\S
      | ^[(\[](?:(?:audio|video)?\ ?(?:recording|clip|tape|playback)|interrupt|from\ the\ (?:floor|audience|hall|crowd)
          |off[- ]?mic|inaudible\ question|question|audience|voice|shout|crosstalk|heckl|с\ места|из\ зала|перебив|zuruf
          |zwischenruf)[^)\]]*[)\]]""",
    re.IGNORECASE | re.VERBOSE,
)
"""What opens a line of somebody who has no label: "(Interrupting) But why?", "(Recording of a witness:) “No.”"."""
_NOTES = re.compile(
    r"\s*[(\[](?:interrupt|interject|heckl|shout|cr(?:y|ies)\b|voices?\b|from\ the\ (?:floor|audience|hall|crowd)"
    r"|translator|interpreter|ed(?:itor|\.|:)|note\b|с\ места|из\ зала|реплика|прим|zuruf|zwischenruf)[^)\]]*[)\]]\s*",
    re.IGNORECASE,
)
"""What somebody else says within a paragraph, between brackets; "[laughter]" and the like say nothing."""
_DASHED = re.compile(r"^[—–-]\s")
_THE_HOLDER = re.compile(r"\bthe\s+(?P<office>\w+(?:\s+\w+)?)\b(?!\s+of\b)", re.IGNORECASE)
_THANKS = re.compile(
    r"^\W*(?:and\s+)?(?:(?:i|we)\s+)?(?:once\s+again,?\s+)?thank(?:s|\s+you)(?:,?\s+(?:all|again|everybody|everyone|kindly|once|so|very|much"
    r"|ladies\s+and\s+gentlemen|(?:for\s+)?(?:your\s+(?:kind\s+)?attention|listening|having\s+me)))*\W*$"
    r"|^\W*(?:ich\s+danke\s+ihnen|vielen\s+dank|danke)(?:\s+f[uü]r\s+(?:ihre|die)\s+aufmerksamkeit)?\W*$"
    r"|^\W*(?:je\s+vous\s+remercie|merci)(?:\s+(?:de|pour)\s+votre\s+(?:attention|[eé]coute))?\W*$"
    r"|^\W*(?:благодарю(?:\s+вас)?|спасибо)(?:\s+за\s+внимание)?\W*$",
    re.IGNORECASE,
)
"""The sentence with which a speaker ends."""
_APPLAUSE = re.compile(
    r"^\W*(?:\w+\s+)?(?:applause|ovation|beifall|applaudissements|аплодисменты|aplausos)\W*$", re.IGNORECASE
)
_HE_OR_SHE = re.compile(r"(?:^|[.!?…]\s)(?:he|she)\s", re.IGNORECASE)
_HEARERS = frozenset("you your yours yourselves let us".split())
_LONG = 60
_OWN_SHARE = 0.25
_NAMED_SHARE = 0.1


def tells_of(line: Paragraph, speaker: str) -> bool:
    """Tell whether a paragraph tells of the speaker: by name, or by office and in the third person."""
    if surname(speaker) in words(line.text):
        return True
    return bool(_THE_SPEAKER.search(line.text)) and not is_own(line)


def is_others(line: Paragraph, speaker: str, office: str = "", *, talk: bool = False, unlabelled: bool = False) -> bool:
    """Tell whether a paragraph without a label, in the midst of a speaker's words, is somebody else's: it names the
    speaker, as hardly anybody names himself, or tells who asks or says something or what the speaker does, or says by
    `office`, and does not say I or we; or it says that somebody calls in, or, in a `talk`, what he or she does, by
    pronoun or by name; or tells, in a speech that no label opens (`unlabelled`), of the speech, and does not say I, we
    or you; or is of the outlet.
    """
    if _CALLED_IN.match(line.text) or line.is_side or _is_scene(line, office, talk=talk):
        return True
    if _is_of_outlet(line, speaker, office) or (unlabelled and _is_of_event(line)):
        return True
    held = _HOLDER_SAYS.match(line.text)
    told = held is not None and held["office"].lower() in _holders_in(office)
    told = told or any(form.match(line.text) for form in (_NARRATES, _QUOTES))
    named = surname(speaker) in words(line.text)
    return (talk and named and _opens_with(line, speaker)) or (not is_own(line) and (told or named))


def _opens_with(line: Paragraph, name: str) -> bool:
    """Tell whether a sentence is about somebody by name, outside of quotation marks: "Lee leads us to …"."""
    said = cover(line.text, quotations(line.text))
    starts = (said[start:end] for start, end in sentences(said))
    own = re.compile(rf"(?:[^\W\d_a-z][\w’'-]*\s+){{0,2}}(?i:{re.escape(surname(name))})(?:[’']s)?\s+[^\W\d_A-Z]")
    return any(own.match(one) and one[0].isupper() for one in starts)


def _holders_in(office: str) -> frozenset[str]:
    """Return the words of an office by which its holder is called; none of a lesser one: a vice president speaks of the
    president.
    """
    parts = office.split()
    return frozenset() if not LESSER.isdisjoint(parts) else frozenset(filter(is_holder, parts))


def _is_of_outlet(line: Paragraph, speaker: str, office: str) -> bool:
    """Tell whether a paragraph is the outlet's by who tells it: "Our reporter saw …", "We met the minister …",
    "Speaking after the event, she …".
    """
    called = "|".join(map(re.escape, [surname(speaker), *sorted(_holders_in(office))]))
    met = re.search(
        rf"\b(?:i|we)\s+(?:\w+\s+)?{_ASKED}\s+(?:the\s+)?(?:{called})\b(?!\s+of\b)", line.text, re.IGNORECASE
    )
    if met or speaks_within(line.text) or _SWORN.match(line.text):
        return True
    told = _AT_EVENT.match(line.text)
    return told is not None and (told["office"] is None or is_holder(told["office"])) and not is_own(line)


def _is_of_event(line: Paragraph) -> bool:
    told = _TOLD_BEHIND.match(line.text)
    if told and (told["told"].lower().startswith("told ") or not is_own(line)):
        return True
    hears = not _HEARERS.isdisjoint(words(line.text)) or "?" in line.text
    return _OF_EVENT.search(line.text) is not None and not hears and not is_own(line)


def _is_scene(line: Paragraph, office: str, *, talk: bool) -> bool:
    """Tell whether a paragraph without a label is one that tells of the speaker in the third person: by `office`, or,
    in a talk, as he or she; and neither says I, we or you nor asks. It may be of somebody else that the speaker tells
    so: better left out than the outlet's words given to the speaker.
    """
    if is_own(line) or not _HEARERS.isdisjoint(words(line.text)) or "?" in line.text:
        return False
    found = [line.text[start:end] for start, end in sentences(line.text)]
    held = _OF_HOLDER.match(found[0])
    if held is not None and is_holder(held["office"]):
        told = any(map(_OF_HIM_OR_HER.match, found[1:]))
        return held["office"].lower() in _holders_in(office) or (talk and told)
    return talk and _OF_HIM_OR_HER.match(found[0]) is not None


def own_words(text: str) -> tuple[str, ...]:
    """Return a speaker's paragraph without what somebody else says between brackets: what stands before and behind."""
    return tuple(part for part in _NOTES.split(text) if any(map(str.isalnum, part)))


def closes(line: Paragraph, speaker: str, office: str) -> bool:
    """Tell whether a paragraph behind the last words of a speaker is the outlet's: it names the speaker, or the office
    and does not say I or we, or says who asked or wrote, whom to write to, or what the speaker spoke of.
    """
    if surname(speaker) in words(line.text):
        return True
    named = {word for match in _THE_HOLDER.finditer(line.text) for word in match["office"].lower().split()}
    held = named.intersection(office.split())
    told = any(map(is_holder, held)) or is_note(line.text)
    return told and not is_own(line)


def behind_thanks(page: Sequence[Paragraph], start: int, end: int, *, unlabelled: int) -> int:
    """Return the index behind the thanks, or the applause, that end the words from `start` on, where nobody says I or
    we behind them: what stands there may be the outlet's. `end` where nothing was said before them, or they end
    nothing. From `unlabelled` on, nothing says whose a paragraph is; thanks may stand in the one before it.
    """
    said = [at for at in range(start, end) if not (page[at].is_stage_direction or is_formula(page[at].text))]
    for at in range(end - 1, max(start, unlabelled - 1) - 1, -1):
        line = page[at]
        if _APPLAUSE.match(line.text):
            ends = said[:1] < [at] and not any(_HEARERS.intersection(words(later.text)) for later in page[at + 1 : end])
        else:
            first, last = sentences(line.text)[-1]
            ends = said[:1] < [at] and _THANKS.match(line.text[first:last]) is not None
        if ends:
            return next((later for later in said if later > at), end)
        if is_own(line):
            break
    return end


def is_own(line: Paragraph) -> bool:
    """Tell whether a paragraph says I or we, save within quotation marks."""
    return not _FIRST_PERSON.isdisjoint(words(cover(line.text, quotations(line.text))))


def says_i_or_you(text: str) -> bool:
    """Tell whether a sentence says I, we or you."""
    return not (_FIRST_PERSON | _HEARERS).isdisjoint(words(text))


def before_afterword(page: Sequence[Paragraph], start: int, end: int) -> int:
    """Return the index of the first heading of unlabelled words from `start` on behind which nobody says I or we, where
    it is of a note, or is the last and what stands behind it is told of the speaker: it says he or she; `end` where
    none is.
    """
    headings = [at for at in range(start + 1, end - 1) if page[at].is_heading and not page[at].is_stage_direction]
    for at in headings:
        behind = page[at + 1 : end]
        told = at == headings[-1] and any(_HE_OR_SHE.search(line.text) for line in behind)
        if (told or heads_note(page[at].text)) and not any(map(is_own, behind)):
            return at
    return end


def dialogue_within(page: Sequence[Paragraph]) -> frozenset[int]:
    """Return the indexes of lines that a dash opens, in a run of such lines of which one asks: whose each is, the page
    does not say. Dashes before the points of a list ask nothing.
    """
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(page):
        if _DASHED.match(line.text):
            run.append(index)
            if any("?" in page[at].text for at in run):
                found.update(run)
        else:
            run = []
    return frozenset(found)


def in_another_script(page: Sequence[Paragraph]) -> frozenset[int]:
    """Return the indexes of lines in another script than most of a page is in: a translation, or another's question."""
    heads = [line.text[:_LONG] for line in page]
    scripts = ["LATIN" if head.isascii() else script(head) for head in heads]
    dominant = Counter(filter(None, scripts)).most_common(1)
    return (
        frozenset(at for at, one in enumerate(scripts) if one not in {None, dominant[0][0]})
        if dominant
        else frozenset()
    )


def is_first_person(page: Sequence[Paragraph], speaker: str) -> bool:
    """Tell whether unlabelled paragraphs are in the speaker's own voice: they say I or we, and hardly name the speaker.

    A press release or an article under the title of a speech tells of it in the third person.
    """
    found = [set(words(line.text)) for line in page]
    long = sum(len(line.text) >= _LONG for line in page)
    own = sum(not said.isdisjoint(_FIRST_PERSON) for said in found) + sum(line.is_salutation for line in page)
    named = sum(surname(speaker) in said for said in found)
    return bool(page) and own >= max(1, _OWN_SHARE * long) and named <= _NAMED_SHARE * long
