"""What of a search no passage answers, though every word of it is known here; pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from store.compounds import pairs_in, speaks_of
from store.query import EARLIEST, LATEST
from store.ranking import A_WORDING, COMPLETE, in_step
from store.text import FOREIGN_STOP_WORDS, STOP_WORDS, is_of_another_script

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from store.compounds import Pair
    from store.meaning import Meaning
    from store.model import Filter
    from store.ranking import Ranked
    from store.sought import Sought

_NARROWED = {
    "by": "Nobody named “{}” speaks here",
    "source": "No document here is called “{}”",
    "years": "No document here is {}",
    "left out": "All that is here is left out",
}

MOST_OF_IT = 0.75
"""The share of what is sought, by weight, that answers it: what is lacking then is too common a word to tell much."""

_A_NAME = 2
"""Words that, side by side, name one thing."""


def as_met(meaning: Meaning, hits: Sequence[Ranked], is_compound: Callable[[str, str], bool]) -> Meaning:
    """Return the meaning with the words that no hit has together."""
    sought = meaning.sought
    missing = tuple(dict.fromkeys((*meaning.missing, *untold(sought, hits))))
    meaning = replace(meaning, missing=missing, apart=() if missing else apart(sought, hits, is_compound))
    return meaning if missing or meaning.apart else replace(meaning, elsewhere=elsewhere(sought, hits))


def untold(sought: Sought, hits: Iterable[Ranked]) -> tuple[str, ...]:
    """Return the words that nobody says outright, where no hit has them together with all else that is sought.

    "Prices" may be told by "cost", but who asks for oil prices is answered neither by a passage on the cost of
    something else, nor by one on oil. Nor is who asks for music alone answered by one on culture.
    """
    if len(sought.terms) == 1:
        return tuple(term.word for term in sought.terms if term.is_told_vaguely)
    if any(hit.coverage >= COMPLETE for hit in hits):
        return ()
    return tuple(term.word for term in sought.terms if term.is_told_by_others)


def otherwise(sought: Sought, missing: Collection[str]) -> tuple[str, ...]:
    """Return the words that nobody says and that are found all the same, in others; not those that are `missing`.

    Nobody is told that a word of another script is not said here.
    """
    unsaid = [term.word for term in sought.terms if term.is_told_otherwise and term.word not in missing]
    return tuple(word for word in unsaid if not is_of_another_script(word))


def apart(sought: Sought, hits: Sequence[Ranked], is_compound: Callable[[str, str], bool]) -> tuple[str, ...]:
    """Return the words sought, where each is said but never with the others; none where some are said together.

    Together are the words of a passage, of its question, and of the one that follows in the same answer: of these not
    what means nearly the same, of which there is some of everything nearby. Where some of what was typed stands as
    it was typed, that is what was remembered, whatever word of it was another.

    Two words that name one thing ("card game") are met only where one passage speaks of that thing; of three words,
    none may be lacking. `is_compound` tells which pairs English says as one.
    """
    subjects = len(sought.terms) - len(sought.named)
    pairs = pairs_in(sought) if subjects <= A_WORDING else []
    if pairs and subjects == _A_NAME:
        some = (hit for hit in hits if hit.asked or _share(hit, sought) >= COMPLETE)
        return () if _speak_of(some, pairs[0], sought, is_compound) else tuple(term.word for term in sought.terms)
    between = {*sought.typed} - sought.keys
    side_by_side = STOP_WORDS.isdisjoint(sought.typed) and FOREIGN_STOP_WORDS.isdisjoint(between)
    enough = COMPLETE if side_by_side and len(sought.terms) == A_WORDING else MOST_OF_IT
    having = (hit for hit in hits if _share(hit, sought) >= enough)
    whole = [*having] if pairs else [*islice(having, 1)]
    firm = [pair for pair in pairs if not all(speaks_of(hit, pair, sought, firmly=True) for hit in whole or hits)]
    firm = [pair for pair in firm if is_compound(*pair.words)]
    if any(all(speaks_of(hit, pair, sought, firmly=True) for pair in firm) for hit in whole):
        return ()
    said = all(any(speaks_of(hit, pair, sought, firmly=True) for hit in hits) for pair in firm)
    if said and _follow(hits, sought, enough):
        return ()
    if any(in_step(hit.view, sought, hit.said) >= A_WORDING for hit in hits):
        return ()
    return tuple(term.word for term in sought.terms)


def elsewhere(sought: Sought, hits: Sequence[Ranked]) -> tuple[str, ...]:
    """Return the words that are said, but that what comes first has in others; none where some hit has all outright."""
    if not hits or any(len(_outright(hit)) == len(sought.terms) for hit in hits):
        return ()
    first, outright = hits[0], _outright(hits[0])
    terms = (sought.terms[n] for n in first.said if n not in outright)
    return tuple(term.word for term in terms if not term.is_told_otherwise)


def _share(hit: Ranked, sought: Sought) -> float:
    """Return the share of what is sought that a passage has, where no word of it is there for two in other words.

    "Allies" may stand for "friends" or for "partners", but does not speak of both; "drills" are "field exercises".
    """
    outright = _outright(hit)
    taken = {place for n in outright if n in hit.said for place in hit.said[n].places}
    share = hit.coverage
    for n, said in hit.said.items():
        if n not in outright:
            together = sought.terms[n].forms_of_several
            if taken.issuperset(said.places) and not any(hit.view.words[place] in together for place in said.places):
                share -= sought.shares[n]
            taken.update(said.places)
    return share


def _speak_of(hits: Iterable[Ranked], pair: Pair, sought: Sought, is_compound: Callable[[str, str], bool]) -> bool:
    """Tell whether some of these passages speak of a pair: firmly, where English says it as one or "of" is between."""
    looked_at = []
    for hit in hits:  # Most often the first one does.
        if speaks_of(hit, pair, sought, firmly=True):
            return True
        looked_at.append(hit)
    if pair.is_of or not any(speaks_of(hit, pair, sought, firmly=False) for hit in looked_at):
        return False
    return not is_compound(*pair.words)


def _follow(hits: Iterable[Ranked], sought: Sought, enough: float) -> bool:
    """Tell whether some passage has enough of what is sought together with the next of the same answer."""
    says = {_place(hit): _outright(hit) for hit in hits}
    for (document, question, position), terms in says.items():
        follows = says.get((document, question, position + 1), set())
        if sum(sought.shares[n] for n in terms | follows) >= enough:
            return True
    return False


def _outright(hit: Ranked) -> set[int]:
    """Return the numbers of the terms that a passage says, or answers, in no other words."""
    return {*(n for n, said in hit.said.items() if not said.lower), *hit.asked}


def _place(hit: Ranked) -> tuple[str, str | None, int]:
    passage = hit.view.passage
    return passage.document, passage.question, passage.position


def reasons(unmet: Iterable[Filter]) -> tuple[str, ...]:
    """Return in words which filters of a search nothing here fits: "Nobody named “putin” speaks here"."""
    return tuple(_NARROWED[one.name].format(_years(*one.years) if one.years else " ".join(one.words)) for one in unmet)


def _years(first: int, last: int) -> str:
    if first == last:
        return f"of {first}"
    begin = f"from {first}" if first > EARLIEST else ""
    return f"{begin} {f'to {last}' if last < LATEST else 'on'}".strip()
