"""What tests of both packages need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from store import gazetteer
from store.places import Places

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session")
def places_file(_one_table_of_places: Path) -> Path:
    """Return the real table of places, made once; to be copied, not changed."""
    gazetteer.bring_up_to_date(_one_table_of_places)
    return _one_table_of_places


@pytest.fixture(scope="session")
def places(places_file: Path) -> Iterator[Places]:
    """Return the real places, open for reading."""
    with Places.open(places_file) as places:
        yield places


@pytest.fixture(scope="session", autouse=True)
def _one_table_of_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let all builds within this process take names from one real table of places, made for the first of them."""
    path = tmp_path_factory.mktemp("names") / "places.db"

    def made(_: Path) -> Path:
        gazetteer.bring_up_to_date(path)
        return path

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.ingest.run._places", made)
        yield path
