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
def places_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the real table of places, made once; to be copied, not changed."""
    path = tmp_path_factory.mktemp("places") / "places.db"
    gazetteer.bring_up_to_date(path)
    return path


@pytest.fixture(scope="session")
def places(places_file: Path) -> Iterator[Places]:
    """Return the real places, open for reading."""
    with Places.open(places_file) as places:
        yield places
