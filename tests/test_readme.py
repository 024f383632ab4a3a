"""README says what is so: its answer, its commands, its settings, its links."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import bot.__main__ as program
from bot.commands import ADMIN_COMMANDS, COMMANDS
from bot.settings import PREFIX, Settings
from store.cli import cli
from store.ingest import sources

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUOTEBOT = Path(sys.executable).with_name("quotebot")

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(heading: str) -> str:
    """Return what stands under a heading, down to the next one of its rank or above."""
    lines: list[str] = []
    within = fenced = False
    for line in README.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if not fenced and line.rstrip("\n") == heading:
            within = True
        elif within and not fenced and re.match(rf"#{{1,{heading.count('#')}}} ", line):
            break
        elif within:
            lines.append(line)
    assert within, heading
    return "".join(lines)


def blocks(text: str, language: str) -> list[str]:
    return [content for found, content in _BLOCK.findall(text) if found == language]


def table(text: str) -> list[list[str]]:
    """Return the cells of the first table, without its head."""
    rows = re.search(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    assert rows is not None
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[0].splitlines()[2:]]


def codes(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def run(*arguments: str, data: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {"QUOTEBOT_SEEDS": str(ROOT / "seeds"), "QUOTEBOT_DATA": str(data)}
    done = subprocess.run(
        [QUOTEBOT, *arguments],
        cwd=data,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=180,
    )
    return done.stdout


def program_commands() -> dict[str, click.Command]:
    """Return the commands of `quotebot` that are shown, by name; those that are the bot join the others in `main`."""
    added = [command for command in vars(program).values() if isinstance(command, click.Command) and command is not cli]
    return {str(command.name): command for command in (*cli.commands.values(), *added) if not command.hidden}


@pytest.mark.slow
def test_answer_is_what_the_bot_prints(tmp_path: Path) -> None:
    [shown] = blocks(README.partition("\n## ")[0], "text")
    assert run("chat", "/quote syria", data=tmp_path) == shown


@pytest.mark.parametrize(
    ("heading", "ends"),
    [("## Try it", "&& .venv/bin/quotebot chat '/quote syria'"), ("## Tests", "&& .venv/bin/pytest -n auto")],
)
def test_command_is_one_line_that_ci_runs(heading: str, ends: str) -> None:
    [command] = blocks(section(heading), "sh")[:1]
    assert command.count("\n") == 1
    assert command.strip().startswith("python3 -m venv .venv && ")
    assert command.strip().endswith(ends)
    script = f"""source <(sed -n '/^readme_block() /,/^}}/p' .ci/run); readme_block '{heading}' sh"""
    taken = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert taken.stdout == command
    assert f"readme_block '{heading}' sh" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_checks_for_working_on_it_are_those_of_ci() -> None:
    [checks] = blocks(section("## Working on it"), "sh")[:1]
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8") + blocks(section("## Tests"), "sh")[0]
    for command in re.split(r"\n| && ", checks.strip()):
        assert command in ci


def test_terminal_commands_are_those_that_exist(tmp_path: Path) -> None:
    shown = {codes(cells[0])[0].split()[1] for cells in table(section("### In the terminal"))}
    assert shown == program_commands().keys()
    listed = re.findall(r"^  (\w+)  ", run("--help", data=tmp_path).partition("Commands:")[2], re.MULTILINE)
    assert shown == set(listed)


def test_options_named_exist() -> None:
    exist = {name for command in program_commands().values() for option in command.params for name in option.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section("## Commands")))
    assert named <= exist | {"--help"}
    assert {name for name in exist - {"--remove"} if name.startswith("--")} <= named


@pytest.mark.slow
def test_fields_of_json_are_those_that_are_printed(tmp_path: Path) -> None:
    said = section("### JSON")
    [quote] = map(json.loads, run("quote", "syria", "--limit", "1", "--json", data=tmp_path).splitlines())
    assert {field for cells in table(said) for field in codes(cells[0])} == quote.keys()
    documents = [*map(json.loads, run("sources", "--json", data=tmp_path).splitlines())]
    [shown] = map(json.loads, run("show", quote["id"], "--json", data=tmp_path).splitlines())
    days = [*map(json.loads, run("onthisday", documents[0]["date"], "--json", data=tmp_path).splitlines())]
    [report] = map(json.loads, run("build", "--json", data=tmp_path).splitlines())
    prose = said.rpartition("|\n")[2]
    assert set().union(documents[0], days[0], shown.keys() - quote.keys(), report) <= set(codes(prose))


def test_telegram_commands_are_those_that_exist() -> None:
    assert {usage for cells in table(section("### In Telegram")) for usage in codes(cells[0])} == {
        command.usage for command in (*COMMANDS, *ADMIN_COMMANDS)
    }


def test_settings_are_those_that_exist_with_their_defaults() -> None:
    shown = {codes(cells[0])[0]: codes(cells[1]) for cells in table(section("## Settings"))}
    later = set(codes(section("## Settings").partition("not used yet")[2])) & _variables()
    assert shown.keys() | later == _variables()
    assert not shown.keys() & later
    for name, default in shown.items():
        value = Settings.model_fields[name.removeprefix(PREFIX).lower()].default
        assert default == ([] if value in {None, frozenset()} else [str(value)]), name


def test_settings_shown_do_something() -> None:
    read = {"token", "token_file"}  # Settings.bot_token
    for file in (ROOT / "bot").rglob("*.py"):
        if file.name != "settings.py":
            tree = ast.parse(file.read_text(encoding="utf-8"))
            read |= {
                node.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("settings")
            }
    for cells in table(section("## Settings")):
        assert codes(cells[0])[0].removeprefix(PREFIX).lower() in read


def test_keys_of_sources_are_those_that_exist() -> None:
    assert {key for cells in table(section("### `sources.toml`")) for key in codes(cells[0])} == set(sources._KEYS)


def test_links_within_the_repository_lead_somewhere() -> None:
    text = _BLOCK.sub("", README)
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?://", link):
            path, _, anchor = link.partition("#")
            assert (ROOT / path).exists(), link
            assert not anchor or path or anchor in headings, link


def test_files_named_exist() -> None:
    named = {
        code
        for code in codes(_BLOCK.sub("", README))
        if re.fullmatch(r"(?:store|bot|tests|deploy|\.ci)/[\w./-]*", code)
    }
    assert named
    assert not {code for code in named if not (ROOT / code).exists()}


def _variables() -> set[str]:
    return {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
