"""The locked sets are whole: everything that the program needs, each by version and hash, and nothing else."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "deploy/requirements.lock").read_text(encoding="utf-8")
BUILD_LOCK = (ROOT / "deploy/build.lock").read_text(encoding="utf-8")
"""What makes a package of the program, needed for that alone."""
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]

_ENTRY = re.compile(r"^(?=\w)(.+?)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", re.MULTILINE)


def locked(lock: str = LOCK) -> dict[str, Requirement]:
    """Return what a lock file asks for on this platform, by name."""
    entries = [Requirement(entry) for entry, _ in _ENTRY.findall(lock)]
    return {
        canonicalize_name(entry.name): entry for entry in entries if entry.marker is None or entry.marker.evaluate()
    }


def test_lock_holds_what_pyproject_asks_for() -> None:
    for line in PROJECT["dependencies"]:
        asked = Requirement(line)
        [version] = [part.version for part in locked()[canonicalize_name(asked.name)].specifier]
        assert version in asked.specifier, line


def test_lock_holds_nothing_else() -> None:
    needed: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(line) for line in PROJECT["dependencies"]]
    while waiting:
        asked = waiting.pop()
        known = (canonicalize_name(asked.name), frozenset(asked.extras))
        if known not in needed:
            needed.add(known)
            waiting += [further for further in _required(asked.name) if _applies(further, asked.extras)]
    assert locked().keys() == {name for name, _ in needed}


def test_the_package_is_made_by_what_pyproject_asks_for() -> None:
    [asked] = map(Requirement, PYPROJECT["build-system"]["requires"])
    [(name, made_by)] = locked(BUILD_LOCK).items()
    [version] = [part.version for part in made_by.specifier]
    assert name == asked.name
    assert version in asked.specifier


def test_every_entry_is_one_version_with_hashes() -> None:
    entries = _ENTRY.findall(LOCK)
    assert len(entries) > len(PROJECT["dependencies"])
    for entry, hashes in entries + _ENTRY.findall(BUILD_LOCK):
        assert re.fullmatch(r"[\w.-]+==[\w.]+(?: ; .+)?", entry)
        assert hashes


def test_lock_names_no_address() -> None:
    for lock in (LOCK, BUILD_LOCK):
        assert "://" not in lock
        assert not re.search(r"^\s*-(?!-hash)", lock, re.MULTILINE)


def _required(distribution: str) -> list[Requirement]:
    return [Requirement(line) for line in importlib.metadata.requires(distribution) or ()]


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})
