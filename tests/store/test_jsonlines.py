from __future__ import annotations

import json
from datetime import date

from store import jsonlines
from store.model import Attribution, Dated, Quote, Remark, Report
from tests.builders import document, passage


def test_a_record_is_one_line_with_its_letters_as_they_are() -> None:
    said = passage("„Мир“\u2028–\x85naïve.", attribution=Attribution.QUOTED, verbatim=("Мир",))
    line = jsonlines.line(jsonlines.quote(Quote(said, document(), said.text)))
    assert line.splitlines() == [line]
    assert "„Мир“" in line
    assert json.loads(line)["text"] == said.text
    assert json.loads(line)["verbatim"] == ["Мир"]


def test_only_a_search_has_scores() -> None:
    found = Quote(passage(), document(), "…", score=1.5, matched=("syria",), partial=True)
    assert "score" not in jsonlines.quote(found)
    scored = jsonlines.quote(found, scored=True)
    assert (scored["score"], scored["matched"], scored["partial"]) == (1.5, ["syria"], True)


def test_dates_are_iso_and_what_is_not_known_is_null() -> None:
    made = document(date=date(2018, 2, 7), dated=Dated.PUBLICATION, outlet=None, url=None)
    record = jsonlines.document(made)
    assert (record["date"], record["dated"], record["published"]) == ("2018-02-07", "publication", None)
    assert record["outlet"] is record["url"] is None


def test_neighbours_are_ids_or_null() -> None:
    record = jsonlines.shown(Quote(passage(), document(), "…"), None, passage(id="after"))
    assert (record["previous"], record["next"]) == (None, "after")


def test_a_report_has_lists_of_files_and_of_remarks() -> None:
    record = json.loads(jsonlines.line(jsonlines.report(Report(added=("a",), refused=(Remark("b", 3, "no date"),)))))
    assert record["added"] == ["a"]
    assert record["refused"] == [{"file": "b", "line": 3, "reason": "no date"}]
