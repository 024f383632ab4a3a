"""What of a search no passage answers, though every word of it is known here; pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from store.compounds import pairs_in, speaks_of
from store.model import Filter
from store.query import EARLIEST, LATEST, expression, with_phrases
from store.ranking import COMPLETE
from store.sought import EVERYWHERE, LOWER
from store.text import FOREIGN_STOP_WORDS, STOP_WORDS, is_of_another_script
from store.wording import A_WORDING, in_step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from store.compounds import Pair
    from store.meaning import Meaning
    from store.query import Query
    from store.ranking import Ranked
    from store.sought import Sought
    from store.vocabulary import Vocabulary

_NARROWED = {
    "by": "Nobody named “{}” speaks here",
    "source": "No document here is called “{}”",
    "years": "No document here is {}",
    "left out": "All that is here is left out",
    "without": "Only what is left out has “{}”",
    "phrase": "Nobody says “{}” word for word here",
    "wording": "Nobody says “{}” with the rest here",
}

MOST_OF_IT = 0.8
"""The share of what is sought, by weight, that answers it: what is lacking then is too common a word to tell much."""

_A_NAME = 2
"""Words that, side by side, name one thing."""

_A_LONG_WORDING = 6
"""Words in their order that are remembered wording whatever else was typed; of fewer, half of them are, from three on:
"the future of" is none of who asks how somebody sees the future of something."""


def as_met(
    meaning: Meaning, hits: Sequence[Ranked], is_compound: Callable[[str, str], bool]
) -> tuple[Meaning, Sequence[Ranked]]:
    """Return the meaning with the words that no hit has together, and the hits, those that have them together first.

    `is_compound` tells which pairs of words English says as one.
    """
    sought = meaning.sought
    missing = tuple(dict.fromkeys((*meaning.missing, *untold(sought, hits))))
    if missing or not hits:
        return replace(meaning, missing=missing, apart=()), hits
    pair = _only_pair(sought)
    met = _speaking(hits, pair, sought, is_compound) if pair else _answering(sought, hits, is_compound)
    if not met:
        return replace(meaning, apart=tuple(term.word for term in sought.terms)), hits
    if pair and _may_be_in_others(sought, pair) and not _speaks(met[0], pair, sought, is_compound, outright=True):
        both = {pair.first, pair.last}
        having = (hit for hit in met if _outright(hit) >= both)
        outright = next((hit for hit in having if _speaks(hit, pair, sought, is_compound, outright=True)), None)
        if outright:
            met = _first((outright,), met)
        elif not any(term.is_told_otherwise for term in sought.terms):
            unsaid = () if any(map(is_of_another_script, pair.words)) else pair.words
            return replace(meaning, unsaid=unsaid), _first(met, hits)
    if said := elsewhere(sought, met):
        meaning = replace(meaning, elsewhere=said)
    return meaning, _first(met, hits)


def alike(hits: Sequence[Ranked], sought: Sought, is_compound: Callable[[str, str], bool]) -> int:
    """Return how many of the hits, from the first on, have no less of what is sought outright, and as much as one."""
    pair, least = _only_pair(sought), _outright(hits[0]) if hits else set()
    similar = takewhile(lambda hit: _outright(hit) >= least and hit.coverage >= hits[0].coverage, hits)
    return sum(1 for _ in takewhile(lambda hit: pair is None or _speaks(hit, pair, sought, is_compound), similar))


def _first(some: Sequence[Ranked], hits: Sequence[Ranked]) -> Sequence[Ranked]:
    """Return the hits with some of them before the others."""
    if some is hits:
        return hits
    ids = {hit.view.passage.id for hit in some}
    return (*some, *(hit for hit in hits if hit.view.passage.id not in ids))


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


def _answering(sought: Sought, hits: Sequence[Ranked], is_compound: Callable[[str, str], bool]) -> Sequence[Ranked]:
    """Return the hits that have what is sought together, or all of them where the first one does; none where none has.

    Together are the words of a passage, of its question, and of the one that follows in the same answer: of these not
    what means nearly the same, of which there is some of everything nearby. Where some of what was typed stands as
    it was typed, that is what was remembered, whatever word of it was another.

    Of three words, none may be lacking, and no name of more.
    """
    if hits[0].remembered:
        return hits
    pairs = pairs_in(sought) if len(sought.terms) - len(sought.named) <= A_WORDING else []
    between = {*sought.typed} - sought.keys
    side_by_side = STOP_WORDS.isdisjoint(between) and FOREIGN_STOP_WORDS.isdisjoint(between)
    enough = COMPLETE if side_by_side and len(sought.terms) == A_WORDING else MOST_OF_IT
    having = (
        hit for hit in hits if _share(hit, sought) >= enough and not _lacks_a_name({*hit.said, *hit.asked}, sought)
    )
    whole = [*having] if pairs else [*islice(having, 1)]
    firm = [pair for pair in pairs if not all(speaks_of(hit, pair, sought, firmly=True) for hit in whole or hits)]
    firm = [pair for pair in firm if is_compound(pair.words[0], pair.words[-1])]
    met = [hit for hit in whole if all(speaks_of(hit, pair, sought, firmly=True) for pair in firm)]
    if met:
        return hits if met[0] is hits[0] else met
    goes_on = not side_by_side or len(sought.terms) <= A_WORDING
    if goes_on and (two := _two_that_follow(hits, sought, enough, firm)):
        return two
    remembered = max(A_WORDING, min(len(sought.order) / 2, _A_LONG_WORDING))
    worded = (hit for hit in hits if in_step(hit.view, sought, hit.said) >= remembered)
    return hits if any(not _is_of_another_name(hit, sought) for hit in worded) else ()


def _is_of_another_name(hit: Ranked, sought: Sought) -> bool:
    """Tell whether a passage lacks a name, or has nothing else: "in the Middle East", where more was typed.

    "Elections in the" is no wording of who asks for those in some country.
    """
    if _lacks_a_name({*hit.said, *hit.asked}, sought):
        return True
    terms = [sought.terms[n] for n in _outright(hit)]
    return all(term.is_name or term.has_names or term.forms_of_several for term in terms) and len(terms) < len(
        sought.terms
    )


def _only_pair(sought: Sought) -> Pair | None:
    """Return the two words that are all that is sought, if they were typed as one thing."""
    pairs = pairs_in(sought) if len(sought.terms) - len(sought.named) == _A_NAME else ()
    return pairs[0] if pairs else None


def _may_be_in_others(sought: Sought, pair: Pair) -> bool:
    return any(other.rule in LOWER for n in (pair.first, pair.last) for other in sought.terms[n].others)


def _lacks_a_name(held: Collection[int], sought: Sought) -> bool:
    """Tell whether there is nothing for a name that is sought, or for a thing that has several, which tells much."""
    lacking = (term for n, term in enumerate(sought.terms) if n not in held)
    return any(term.weight >= EVERYWHERE and (term.is_name or term.has_names) for term in lacking)


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


def _speaking(
    hits: Sequence[Ranked], pair: Pair, sought: Sought, is_compound: Callable[[str, str], bool]
) -> Sequence[Ranked]:
    """Return the hits that speak of a pair, or all where the first one does; none where none does.

    Two words that English says as one ("card game") are met only where a passage speaks of that thing.
    """
    if _has_both(hits[0], sought) and _speaks(hits[0], pair, sought, is_compound):
        return hits  # Most often the first one does.
    having = [hit for hit in hits if _has_both(hit, sought)]
    firm = [hit for hit in having if speaks_of(hit, pair, sought, firmly=True)]
    if firm or pair.is_of or is_compound(pair.words[0], pair.words[-1]):
        return firm
    return [hit for hit in having if speaks_of(hit, pair, sought, firmly=False)]


def _speaks(
    hit: Ranked, pair: Pair, sought: Sought, is_compound: Callable[[str, str], bool], *, outright: bool = False
) -> bool:
    if speaks_of(hit, pair, sought, firmly=True, outright=outright):
        return True
    is_near = not pair.is_of and speaks_of(hit, pair, sought, firmly=False, outright=outright)
    return is_near and not is_compound(pair.words[0], pair.words[-1])


def _has_both(hit: Ranked, sought: Sought) -> bool:
    return bool(hit.asked) or _share(hit, sought) >= COMPLETE


def _two_that_follow(hits: Iterable[Ranked], sought: Sought, enough: float, firm: Sequence[Pair]) -> Sequence[Ranked]:
    """Return a passage that has enough of what is sought, and speaks of each pair, with the next of its answer."""
    at = {_place(hit): hit for hit in hits}
    for (document, question, position), hit in at.items():
        two = [hit, *filter(None, (at.get((document, question, position + 1)),))]
        held = {n for one in two for n in _outright(one)}
        has_enough = sum(sought.shares[n] for n in held) >= enough and not _lacks_a_name(held, sought)
        if has_enough and all(any(speaks_of(one, pair, sought, firmly=True) for one in two) for pair in firm):
            return two
    return ()


def _outright(hit: Ranked) -> set[int]:
    """Return the numbers of the terms that a passage says, or answers, in no other words."""
    return {*(n for n, said in hit.said.items() if not said.lower), *hit.asked}


def _place(hit: Ranked) -> tuple[str, str | None, int]:
    passage = hit.view.passage
    return passage.document, passage.question, passage.position


def unworded(query: Query, meaning: Meaning, said: Vocabulary) -> tuple[Filter, ...]:
    """Return why a search finds nothing, though each word is known: what it leaves out, or a phrase that nobody says.

    Of the phrases those that nobody says at all, or not with the rest of it.
    """
    narrows = query.by or query.source or query.years or query.days
    match = with_phrases(meaning.every_word, query) if query.leaves_out and not narrows else ""
    if match and said.has_phrase(match):
        return (Filter("without", query.order),)
    phrases = meaning.sought.exactly
    has_more = {*query.words}.difference(*phrases) or narrows or query.without or len(phrases) > 1
    names = ("wording" if has_more and said.has_phrase(expression((" ".join(one),))) else "phrase" for one in phrases)
    return tuple(map(Filter, names, phrases))


def reasons(unmet: Iterable[Filter]) -> tuple[str, ...]:
    """Return in words which filters of a search nothing here fits: "Nobody named “putin” speaks here"."""
    return tuple(_NARROWED[one.name].format(_years(*one.years) if one.years else " ".join(one.words)) for one in unmet)


def _years(first: int, last: int) -> str:
    if first == last:
        return f"of {first}"
    begin = f"from {first}" if first > EARLIEST else ""
    return f"{begin} {f'to {last}' if last < LATEST else 'on'}".strip()
