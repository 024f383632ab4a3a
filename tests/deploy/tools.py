"""The programs that deploy/ is written for, as far as they are here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def run(name: str, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a program that tests need, with more in its environment, and return what came of it.

    Where it is not there, the test is skipped; in continuous checks, which install it, it fails.
    """
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        missing = f"{name} is not installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return subprocess.run(
        [found, *words], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT, env=os.environ | given
    )
