from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.archive import Archive
from tests.goldens import SEEDS
from tests.relevance.engines import built


@pytest.fixture(scope="package")
def archive() -> Iterator[Archive]:
    """The archive of the seeds."""
    with built(SEEDS) as archive:
        yield archive
