"""deploy/README.md says what is so: its files, its commands, what it installs, what /metrics shows."""

from __future__ import annotations

import re

import bot.__main__ as program
from bot.metrics import Metrics
from store.cli import cli
from tests.deploy.image import instructions
from tests.deploy.tools import DEPLOY, ROOT, run

README = (DEPLOY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^ *```\w*\n(.*?)^ *```$", README, re.MULTILINE | re.DOTALL)


def test_files_named_exist() -> None:
    named = set(re.findall(r"\bdeploy/[\w.-]*\w", README))
    assert {"deploy/requirements.lock", "deploy/build.lock", "deploy/quotebot"} <= named
    assert not {name for name in named if not (ROOT / name).exists()}
    for link, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)", README):
        assert (DEPLOY / link).exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", (DEPLOY / link).read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}


def test_commands_named_exist() -> None:
    exist = {*cli.commands, *(command.name for command in vars(program).values() if hasattr(command, "callback"))}
    named = set(re.findall(r"(?:sudo|bot|backup|`) ?quotebot ([a-z]+)\b", README.replace("\n", " ")))
    assert {"check", "backup", "restore"} <= named
    assert named <= exist


def test_what_pip_is_told_is_what_the_image_does() -> None:
    """The install steps of the image are run by a test; those of README differ in the folder, and install in place."""
    in_readme = {
        " ".join(line.split()[3:]) for block in BLOCKS for line in block.splitlines() if "-m pip install" in line
    }
    assert in_readme == {
        "pip install --require-hashes --only-binary :all: -r deploy/requirements.lock -r deploy/build.lock",
        "pip install --no-deps --no-build-isolation --editable .",
    }
    in_image = " ".join(said for word, said in instructions() if word == "RUN")
    for lock in ("requirements", "build"):
        assert f"pip install --require-hashes --only-binary :all: -r deploy/{lock}.lock" in in_image
    assert "--no-deps --no-build-isolation" in in_image


def test_install_and_upgrade_do_the_same() -> None:
    first, upgrade = (
        [line for line in block.splitlines() if "systemd/system" in line or "pip" in line]
        for block in (block for block in BLOCKS if "--editable" in block)
    )
    assert first == upgrade


def test_options_of_docker_compose_exist_where_they_are_given() -> None:
    """Of an image that it builds, `up` pulls nothing, whatever it is told; `build --pull` renews what it is from."""
    given = re.findall(r"docker compose (\w+)((?: --[\w-]+)*)", README)
    assert ("build", " --pull") in given
    for command, options in given:
        told = run("docker-compose", command, "--help")
        assert told.returncode == 0, command
        assert {*options.split()} <= {*re.findall(r"--[\w-]+", told.stdout)}
    assert not [options for command, options in given if command == "up" and "--pull" in options]


def test_numbers_named_are_measured() -> None:
    shown = Metrics().exposed().decode()
    named = set(re.findall(r"`((?:quotebot|process)_\w+)`", README))
    assert len(named) > 5
    assert not {name for name in named if not re.search(rf"^# (?:HELP|TYPE) {name}\b", shown, re.MULTILINE)}


def test_the_operator_is_told_to_audit() -> None:
    assert "pip-audit -r deploy/requirements.lock" in README
