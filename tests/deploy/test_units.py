"""The units of systemd: read by systemd itself, and held to what they promise."""

from __future__ import annotations

import os
import re
import shutil
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.deploy.tools import DEPLOY, run

UNITS = sorted(file.name for file in DEPLOY.iterdir() if file.suffix in {".service", ".timer"})
SERVICES = [name for name in UNITS if name.endswith(".service")]
MOST_EXPOSED = 2.0
SYSTEM = Path("/usr/lib/systemd/system")
PROGRAM = Path("opt/quotebot")


class Unit(RawConfigParser):
    """A unit; of what is said more than once, the last."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        self.read_string((DEPLOY / name).read_text(encoding="utf-8"))

    def optionxform(self, optionstr: str) -> str:
        return optionstr

    def says(self, key: str, section: str = "Service") -> str:
        return self[section][key]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A root folder of a machine on which Quotebot is installed."""
    run("systemd-analyze", "--version")  # Its own units come with it.
    shutil.copytree(SYSTEM, tmp_path / SYSTEM.relative_to("/"), symlinks=True, dirs_exist_ok=True)
    (tmp_path / "lib").symlink_to("usr/lib")
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    for name in UNITS:
        shutil.copy(DEPLOY / name, units)
    shutil.copytree(DEPLOY, tmp_path / PROGRAM / "deploy")
    program = tmp_path / PROGRAM / ".venv/bin/quotebot"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    return tmp_path


def test_there_are_the_bot_and_its_backup() -> None:
    assert UNITS == ["quotebot-backup.service", "quotebot-backup.timer", "quotebot.service"]


@pytest.mark.parametrize("name", UNITS)
def test_systemd_has_nothing_to_say(name: str, machine: Path) -> None:
    done = run("systemd-analyze", "verify", f"--root={machine}", name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_systemd_would_say_something(machine: Path) -> None:
    (machine / PROGRAM / ".venv/bin/quotebot").unlink()
    done = run("systemd-analyze", "verify", f"--root={machine}", "quotebot.service")
    assert "/opt/quotebot/.venv/bin/quotebot is not executable" in done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_little_is_exposed(name: str) -> None:
    done = run("systemd-analyze", "security", "--offline=true", "--no-pager", str(DEPLOY / name))
    assert done.returncode == 0, done.stderr
    [exposure] = re.findall(r"Overall exposure level for \S+: (\d+\.\d+)", done.stdout)
    assert float(exposure) < MOST_EXPOSED


def test_the_token_is_a_credential_and_stands_nowhere_else() -> None:
    unit = Unit("quotebot.service")
    [name, file] = unit.says("LoadCredential").split(":")
    assert f"QUOTEBOT_TOKEN_FILE=%d/{name}" in unit.says("Environment").split()
    assert file == "/etc/quotebot/token"
    assert "LoadCredential" not in Unit("quotebot-backup.service")["Service"], "a backup needs no token"


def test_it_is_started_again_whatever_ends_it_but_for_wrong_settings() -> None:
    unit = Unit("quotebot.service")
    assert unit.says("Restart") == "always"
    assert unit.says("RestartPreventExitStatus") == "2"
    assert unit.says("StartLimitIntervalSec", "Unit") == "0"
    assert unit.says("Type") == "notify"
    assert "WatchdogSec" in unit["Service"]


def test_all_that_is_written_stands_in_the_state_folder() -> None:
    for name in SERVICES:
        unit = Unit(name)
        assert unit.says("ProtectSystem") == "strict"
        assert unit.says("StateDirectory").split()[0] == "quotebot"
        assert unit.says("WorkingDirectory") == "%S/quotebot"
        folders = [one.partition("=")[2] for one in unit.says("Environment").split() if not one.endswith("%d/token")]
        assert all(folder.startswith("%S/quotebot/") for folder in folders)
        assert not {"ReadWritePaths", "BindPaths"} & set(unit["Service"])


def test_bot_and_backup_are_confined_alike() -> None:
    bot, backup = (dict(Unit(name)["Service"]) for name in ("quotebot.service", "quotebot-backup.service"))
    shared = [key for key in bot if re.match(r"Protect|Private|Restrict(?!Prevent)|NoNew|Lock|Memory|SystemCall", key)]
    different = {key for key in shared if bot[key] != backup.get(key)}
    assert different == {"RestrictAddressFamilies"}, "the backup has no network at all"


def test_a_command_runs_as_the_service_would(tmp_path: Path) -> None:
    (tmp_path / "systemd-run").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "systemd-run").chmod(0o755)
    done = run("sh", str(DEPLOY / "quotebot"), "backup", "my backups/", PATH=f"{tmp_path}:{os.environ['PATH']}")
    said = done.stdout.splitlines()
    assert said[-2:] == ["backup", "my backups/"]
    unit = Unit("quotebot.service")
    for key in ("UMask", "LoadCredential", "EnvironmentFile"):
        assert f"--property={key}={unit.says(key)}" in said
    for key in ("User", "Group"):
        assert f"--{'uid' if key == 'User' else 'gid'}={unit.says(key)}" in said
    here = [one.replace("%S", "/var/lib") for one in unit.says("Environment").split() if "%S" in one]
    assert {f"--setenv={one}" for one in here} == {one for one in said if one.startswith("--setenv")}
    assert f"--property=WorkingDirectory={unit.says('WorkingDirectory').replace('%S', '/var/lib')}" in said
    assert f"exec {unit.says('ExecStart').removesuffix(' run')} " in said[said.index("-c") + 1]


def test_the_backup_is_started_daily_and_made_up_for() -> None:
    timer = Unit("quotebot-backup.timer")
    assert run("systemd-analyze", "calendar", "--iterations=3", timer.says("OnCalendar", "Timer")).returncode == 0
    assert timer.says("Persistent", "Timer") == "true"


def test_the_texts_that_come_with_it_are_laid_out_once(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "state" / "seeds"
    shipped.mkdir()
    own.parent.mkdir()
    (shipped / "a.txt").write_text("a")
    (shipped / "sources.toml").write_text("")
    lay = ("sh", str(DEPLOY / "lay-seeds"), str(shipped), str(own))
    assert run(*lay).returncode == 0
    assert sorted(file.name for file in own.iterdir()) == ["a.txt", "sources.toml"]
    # From now on they are the operator's: one changed, one deleted, one added.
    (own / "a.txt").write_text("corrected")
    (own / "sources.toml").unlink()
    (own / "b.txt").write_text("b")
    (shipped / "c.txt").write_text("c")
    assert run(*lay).returncode == 0
    assert {file.name: file.read_text() for file in own.iterdir()} == {"a.txt": "corrected", "b.txt": "b"}
    assert [file.name for file in own.parent.iterdir()] == ["seeds"]


def test_an_empty_folder_is_the_operators_too(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped/a.txt").touch()
    (tmp_path / "seeds").mkdir()
    run("sh", str(DEPLOY / "lay-seeds"), str(tmp_path / "shipped"), str(tmp_path / "seeds"))
    assert not list((tmp_path / "seeds").iterdir())


def test_what_was_half_laid_out_is_laid_out_anew(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped/a.txt").touch()
    (tmp_path / "seeds.part").mkdir()
    (tmp_path / "seeds.part/half.txt").touch()
    done = run("sh", str(DEPLOY / "lay-seeds"), str(tmp_path / "shipped"), str(tmp_path / "seeds"), "echo", "two words")
    assert (done.returncode, done.stdout) == (0, "two words\n")
    assert [file.name for file in (tmp_path / "seeds").iterdir()] == ["a.txt"]
    assert not (tmp_path / "seeds.part").exists()


def test_where_they_can_not_be_laid_out_nothing_is_started(tmp_path: Path) -> None:
    done = run("sh", str(DEPLOY / "lay-seeds"), str(tmp_path / "none"), str(tmp_path / "seeds"), "echo", "started")
    assert done.returncode != 0
    assert done.stdout == ""
    assert "none" in done.stderr
