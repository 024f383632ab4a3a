"""What several files of tests of the store ask for."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from store import postings


@pytest.fixture(
    scope="module",
    params=[pytest.param(postings.LARGE, id="full text"), pytest.param(0, id="postings", marks=pytest.mark.slow)],
)
def each_road(request: pytest.FixtureRequest) -> Iterator[None]:
    """From how many passages on an archive is large: its candidates come by either road, its answers are the same."""
    with patch.object(postings, "LARGE", request.param):
        yield
