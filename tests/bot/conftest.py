"""The real Application over the Telegram of this process, on an archive of the real seeds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot import keeping
from bot.settings import PREFIX, Settings, load
from store import gazetteer
from store.ingest import run as ingest

SEEDS = Path(__file__).parents[2] / "seeds"

_PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let answers wait for a slow disk: on a busy machine a search is kept after a second, and the buttons are gone."""
    monkeypatch.setattr(keeping, "PATIENCE", _PATIENCE_S)


@pytest.fixture(scope="session")
def seeds_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive built from the real seeds, to be copied, not changed."""
    archive = tmp_path_factory.mktemp("seeds") / "archive.db"
    report = ingest.run(SEEDS, archive)
    assert not report.refused
    return archive


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Take away every setting and return the empty working folder."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def settings(bare_environment: Path, seeds_archive: Path) -> Settings:
    """Return settings whose data folder holds the archive of the real seeds."""
    data = bare_environment / "data"
    data.mkdir()
    shutil.copy(seeds_archive, data / "archive.db")
    return load(seeds=SEEDS, data=data)


@pytest.fixture(scope="session")
def places_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a table of places, to be linked to."""
    path = tmp_path_factory.mktemp("places") / "places.db"
    gazetteer.bring_up_to_date(path)
    return path


@pytest.fixture
def placed(settings: Settings, places_file: Path) -> Settings:
    """Return settings whose data folder holds the table of places too."""
    (settings.data / "places.db").hardlink_to(places_file)
    return settings
