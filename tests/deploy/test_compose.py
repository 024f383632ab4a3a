"""deploy/compose.yaml, as Docker Compose reads it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.image import of_last_stage
from tests.deploy.tools import DEPLOY, run


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    done = run("docker-compose", "-f", str(DEPLOY / "compose.yaml"), "config", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)["services"]
    return found


def test_there_are_the_bot_and_its_backup(services: dict[str, Any]) -> None:
    assert services.keys() == {"bot", "backup"}


@pytest.mark.parametrize("name", ["bot", "backup"])
def test_a_service_can_do_little(name: str, services: dict[str, Any]) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - within the container
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"cap_add", "privileged", "user", "ports", "devices", "pid", "ipc"} & service.keys()


@pytest.mark.parametrize("name", ["bot", "backup"])
def test_a_service_goes_on_and_its_state_is_a_volume(name: str, services: dict[str, Any]) -> None:
    service = services[name]
    assert service["restart"] == "unless-stopped"
    [state] = [volume for volume in service["volumes"] if volume["type"] == "volume"]
    assert [state["target"]] == of_last_stage("VOLUME")
    assert service["build"]["dockerfile"] == "deploy/Dockerfile"


def test_the_token_is_a_secret_and_stands_nowhere_else(services: dict[str, Any]) -> None:
    bot = services["bot"]
    [secret] = bot["secrets"]
    assert bot["environment"]["QUOTEBOT_TOKEN_FILE"] == secret["target"]
    assert "QUOTEBOT_TOKEN" not in bot["environment"]
    assert "secrets" not in services["backup"]


def test_a_stop_waits_for_what_is_being_sent(services: dict[str, Any]) -> None:
    assert services["bot"]["stop_grace_period"] == "30s"


def test_the_backup_is_made_daily_without_a_network_to_a_folder_of_the_host(services: dict[str, Any]) -> None:
    backup = services["backup"]
    assert backup["network_mode"] == "none"
    [folder] = [volume for volume in backup["volumes"] if volume["type"] == "bind"]
    assert (folder["source"], folder["target"]) == (str(DEPLOY / "backups"), "/backups")
    assert folder["bind"]["create_host_path"] is False, "made by Docker, it would be root's"


def test_a_backup_that_fails_ends_the_service_which_is_started_again(services: dict[str, Any], tmp_path: Path) -> None:
    said = tmp_path / "said"
    for name, last in (("quotebot", 'test "$(grep -c quotebot "$SAID")" -lt 3'), ("sleep", "true")):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "$SAID"\n{last}\n')
        program.chmod(0o755)
    shell, *words = services["backup"]["entrypoint"]
    done = run(shell, *words, PATH=f"{tmp_path}:{os.environ['PATH']}", SAID=str(said))
    made = "quotebot backup /backups/ --keep 30"
    assert (done.returncode, said.read_text().splitlines()) == (1, [made, "sleep 1d", made, "sleep 1d", made])


def test_it_is_healthy_while_the_last_backup_is_young(services: dict[str, Any], tmp_path: Path) -> None:
    kind, check = services["backup"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    check = check.replace("/backups", str(tmp_path))
    assert run("sh", "-c", check).returncode == 1
    made = tmp_path / "chats-2026-07-30T101112Z.db"
    made.touch()
    assert run("sh", "-c", check).returncode == 0
    three_days_ago = time.time() - 3 * 24 * 3600
    os.utime(made, (three_days_ago, three_days_ago))
    assert run("sh", "-c", check).returncode == 1
