from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.holdings import Stock
from bot.replies import Holdings
from store.archive import Archive
from store.search import Search
from tests.builders import document, make_archive, passage, write_archive

SAID = (
    "We have spoken of the talks in Geneva, and of how Ann sees the future of Syria and its people there.",
    "We have spoken at length with the United States of the war in Syria and of the elections in Libya.",
    "We have always supported the people of Syria, and shall go on to do so whatever anybody says of it.",
)


def test_stock_tells_extent_speakers_and_searches_that_find_something(tmp_path: Path) -> None:
    talks = document("old", date=dt.date(2017, 1, 2), passages=1), document("new", passages=2, speakers=("Bo", "Ann"))
    said = [passage(text, document=("old", "new", "new")[number]) for number, text in enumerate(SAID)]
    with make_archive(tmp_path, *said, documents=talks) as archive:
        search = Search(archive)
        holdings = Stock(archive).holdings()
        assert (holdings.documents, holdings.passages) == (2, 3)
        assert (holdings.first, holdings.last) == (dt.date(2017, 1, 2), dt.date(2018, 2, 7))
        assert holdings.speakers == ("Bo", "Ann")
        assert holdings.examples == ("Syria", "Geneva", "Libya")
        assert all(search.find(words).quotes for words in holdings.examples)


def test_examples_of_the_real_seeds_are_subjects_that_many_passages_speak_of(seeds_archive: Path) -> None:
    with Archive.open(seeds_archive) as archive:
        search = Search(archive)
        examples = Stock(archive).holdings().examples
        assert len(examples) == 3
        assert all(search.find(words).total > 5 for words in examples)
        assert "Lavrov" not in examples


def test_an_archive_that_changed_is_counted_anew_and_an_empty_one_has_nothing(tmp_path: Path) -> None:
    with make_archive(tmp_path) as archive:
        stock = Stock(archive)
        assert stock.holdings() == Holdings()
        assert stock.holdings() is stock.holdings()
        write_archive(tmp_path / "archive.db", passage(SAID[0]), documents=[document(passages=1)])
        assert stock.holdings().passages == 1
