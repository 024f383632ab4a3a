"""How well searches are answered, by kind, beside what one would pick instead: `python -m tests.relevance`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from store.model import Passage
from store.text import clip
from tests.bench.table import print_table
from tests.goldens import SEEDS
from tests.relevance.engines import Engine, built, engines
from tests.relevance.judged import HALVES, KINDS, SEARCHES, Judged, JudgementError, check, read
from tests.relevance.measure import DEPTH, Answer, mean, score

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_WORST = 20
_MISSED = 3


@click.command()
@click.option("--half", type=click.Choice(HALVES), help="Only this half of the set.")
@click.option("--engine", help="Only the engines whose names hold this.")
@click.option("--failures", is_flag=False, flag_value=_WORST, type=int, help=f"Show the worst so many ({_WORST}) too.")
@click.option("--seeds", type=_FOLDER, default=SEEDS, help="Other texts; then give --searches too.")
@click.option("--searches", "folder", type=_FOLDER, default=SEARCHES, help="Other searches, judged in the same form.")
def main(half: str | None, engine: str | None, failures: int | None, seeds: Path, folder: Path) -> None:
    """Print nDCG@5 of each engine by kind: of either half and of both.

    A search for what nobody spoke of counts 1 where nothing is presented as an answer, else 0. The last column is the
    mean over all searches. With --failures, first come the searches that were answered worst, what was shown for each
    with its grade, and what was missed: of the half to tune by, unless --half says otherwise, and of Quotebot, unless
    --engine does.
    """
    try:
        judged = read(folder)
        with built(seeds) as archive:
            passages = {passage.id: passage for passage in archive.passages()}
            check(judged, passages)
            tuning = [search for search in judged if search.half == HALVES[0]]
            compared = [one for one in engines(archive, tuning) if (engine or "").casefold() in one.name.casefold()]
            if not compared:
                raise click.BadParameter(f"no engine is named like {engine!r}", param_hint="--engine")
            answers = [{search.typed: one.answer(search.typed) for search in judged} for one in compared]
    except JudgementError as error:
        raise click.ClickException(str(error)) from error
    if failures is not None:
        of = [search for search in judged if search.half == (half or HALVES[0])]
        _print_failures(compared[0], of, answers[0], passages, failures)
    for shown in (half,) if half else (*HALVES, None):
        of = [search for search in judged if shown in (search.half, None)]
        if of:
            _print_scores(shown, of, compared, answers)


def _print_scores(
    half: str | None, searches: Sequence[Judged], compared: Iterable[Engine], answers: Iterable[Mapping[str, Answer]]
) -> None:
    kinds = [kind for kind in KINDS if any(search.kind == kind for search in searches)]
    rows = []
    for engine, answered in zip(compared, answers, strict=True):
        scores = [(search.kind, score(search, answered[search.typed])) for search in searches]
        figures = [mean(reached for kind, reached in scores if kind == one) for one in kinds]
        figures.append(mean(reached for _, reached in scores))
        rows.append((engine.name, *("" if figure is None else f"{figure:.2f}" for figure in figures)))
    which = f"the half to {half}" if half else "both halves"
    print_table(f"nDCG@{DEPTH}, {which}: {len(searches)} searches", ("engine", *kinds, "overall"), rows)


def _print_failures(
    engine: Engine,
    searches: Sequence[Judged],
    answered: Mapping[str, Answer],
    passages: Mapping[str, Passage],
    count: int,
) -> None:
    print(f"{engine.name}, answered worst (grade, id, first words; below, what was missed):\n")
    scored = sorted((score(search, answered[search.typed]), search.typed, search) for search in searches)
    for reached, typed, search in scored[:count]:
        if reached < 1:
            answer = answered[typed]
            print(f"{reached:.2f}  {typed}  ({search.kind}: {search.why}){'  [partial]' if answer.partial else ''}")
            for identifier in answer.ranked:
                print(_line(search.grades.get(identifier, 0), passages[identifier]))
            missed = [identifier for identifier in _best(search) if identifier not in answer.ranked]
            for identifier in missed[:_MISSED]:
                print(_line(search.grades[identifier], passages[identifier], sign="-"))
            print()


def _best(search: Judged) -> list[str]:
    return sorted(search.grades, key=lambda identifier: -search.grades[identifier])[:DEPTH]


def _line(grade: int, passage: Passage, sign: str = " ") -> str:
    return f"    {sign}{grade} {passage.id}  {clip(passage.text, 100)}"


if __name__ == "__main__":
    main()
