"""What `docker build` would do with deploy/Dockerfile, in folders of this machine: there is no Docker engine in tests.

Each stage is built in a folder in place of `/`, with this Python in place of the image's, so that the file and what is
tested can't drift apart. Not done: what makes accounts, and what only an engine can do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.deploy.tools import DEPLOY, ROOT

_FOLDERS = re.compile(r"(?:(?<=[\s=:])|^)/(?=(?:src|opt|usr/share/quotebot|var/lib/quotebot)\b)")
"""Where the folders of the image begin that a command names."""


class Instruction(NamedTuple):
    """One instruction of a Dockerfile, such as `RUN`, and what it says."""

    word: str
    said: str


def instructions() -> Iterator[Instruction]:
    """Yield the instructions of deploy/Dockerfile, each on one line."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip():
            word, said = line.split(maxsplit=1)
            yield Instruction(word, " ".join(said.split()))


def of_last_stage(word: str) -> list[str]:
    """Return what the instructions of a kind say in the stage that becomes the image."""
    found: list[str] = []
    for instruction in instructions():
        if instruction.word == "FROM":
            found.clear()
        elif instruction.word == word:
            found.append(instruction.said)
    return found


def context(target: Path) -> None:
    """Copy what .dockerignore lets into an image."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "everything is left out but for what follows"
    let_in = [rule[1:] for rule in rules if rule.startswith("!")]
    left_out = [rule.removeprefix("**/") for rule in rules[1:] if not rule.startswith("!")]
    for name in let_in:
        source, copy = ROOT / name, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns(*left_out))
        else:
            shutil.copy(source, copy)


class Image:
    """The last stage of deploy/Dockerfile, built in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.environment = {"PATH": f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin", "HOME": "/nonexistent"}
        self.environment |= {name: said for name, said in os.environ.items() if name.startswith("PIP_")}
        self._context = folder / "context"
        self._stages = folder / "stages"
        self._stage = ""
        self._within = self.root
        context(self._context)
        last = sum(instruction.word == "FROM" for instruction in instructions())
        number = 0
        for word, said in instructions():
            number += word == "FROM"
            self._do(word, said, last=number == last)

    def here(self, said: str) -> str:
        """Return a command or a value with the folders of the image where they are here."""
        return _FOLDERS.sub(f"{self.root}/", said)

    def command(self, *words: str) -> list[str]:
        """Return what a container runs that is started with these words, or with what the image says."""
        entry = json.loads(of_last_stage("ENTRYPOINT")[-1])
        given = list(words) or json.loads(of_last_stage("CMD")[-1])
        return [self.here(word) for word in (*entry, *given)]

    def run(self, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
        """Start the image with a command of Quotebot's and wait for its end."""
        return self._run(self.command(*words), self.environment | given)

    def start(self, **given: str) -> subprocess.Popen[str]:
        """Start the image as a container of it is started."""
        return subprocess.Popen(
            self.command(), env=self.environment | given, cwd=self._within, stderr=subprocess.PIPE, text=True
        )

    def is_healthy(self, **given: str) -> subprocess.CompletedProcess[str]:
        """Run the health check."""
        [check] = of_last_stage("HEALTHCHECK")
        return self._run([self.here(word) for word in json.loads(check.partition("CMD")[2])], self.environment | given)

    def _run(self, command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=environment, cwd=self._within, capture_output=True, text=True, check=False, timeout=600
        )

    def _do(self, word: str, said: str, *, last: bool) -> None:
        match word:
            case "FROM":
                if self._stage:
                    self._stages.mkdir(exist_ok=True)
                    self.root.rename(self._stages / self._stage)  # What is copied from it was made for this very place.
                self._stage = said.rpartition(" AS ")[2] or "last"
                self.root.mkdir()
                self._within = self.root
            case "WORKDIR":
                self._within = Path(self.here(said))
                self._within.mkdir(parents=True, exist_ok=True)
            case "ENV":
                for one in said.split():
                    name, _, value = one.partition("=")
                    self.environment[name] = self.here(value).replace("${PATH}", self.environment["PATH"])
            case "COPY":
                self._copy(said)
            case "RUN" if last:
                assert said.startswith("useradd "), (
                    "only accounts are made in the last stage, which a test leaves alone"
                )
            case "RUN":
                done = self._run(["sh", "-euc", self.here(said)], self.environment)
                assert done.returncode == 0, f"{said}\n{done.stdout}\n{done.stderr}"
            case _:
                assert word in {"ARG", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"}, (
                    f"{word} is not known here"
                )

    def _copy(self, said: str) -> None:
        source_root = self._context
        if said.startswith("--from="):
            stage, _, said = said.removeprefix("--from=").partition(" ")
            source_root = self._stages / stage
        *sources, target = said.split()
        place = Path(self.here(target)) if target.startswith("/") else self._within / target
        for name in sources:
            source = source_root / name.removeprefix("/")
            if source.is_dir():
                shutil.copytree(source, place, symlinks=True, dirs_exist_ok=True)
            else:
                into = place / source.name if target.endswith("/") or len(sources) > 1 else place
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, into)


def files(folder: Path) -> dict[str, Any]:
    """Return every file of a folder with what would tell that it was written."""
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}
