from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from store.cli import cli, open_search

SEEDS = Path(__file__).parents[2] / "seeds"
QUOTE_FIELDS = [
    *("id", "text", "passage", "attribution", "verbatim", "speaker", "question", "document", "position", "link"),
    "archived",
]
DOCUMENT_FIELDS = [
    *("id", "file", "title", "date", "published", "dated", "outlet", "venue", "kind", "language", "url", "speakers"),
    *("passages", "questions"),
]

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("QUOTEBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seeds."""
    folder = tmp_path_factory.mktemp("data")
    built = CliRunner().invoke(cli, ["build", "--seeds", str(SEEDS), "--data", str(folder)])
    assert built.exit_code == 0, built.stderr
    return folder


@pytest.fixture
def run(data: Path) -> Run:
    def invoke(*words: str) -> Result:
        return CliRunner().invoke(cli, ["--seeds", str(SEEDS), "--data", str(data), *words])

    return invoke


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


# quote


def test_quote_prints_one_object_a_line_with_the_fields_in_order(run: Run) -> None:
    found = records(run("quote", "syria", "--json"))
    assert len(found) == 5
    for one in found:
        assert list(one) == [*QUOTE_FIELDS, "score", "matched", "partial"]
        assert list(one["document"]) == DOCUMENT_FIELDS
        assert "syria" in one["matched"]
        assert one["partial"] is False
    assert "’" in run("quote", "syria", "--json").stdout  # letters are not escaped


def test_quote_takes_several_words_and_a_limit(run: Run) -> None:
    first, *others = records(run("quote", "space", "of", "chaos", "--limit", "3", "--json"))
    assert "space of chaos" in first["text"]
    assert len(others) == 2
    assert len(records(run("quote", "syria", "--limit", "2", "--json"))) == 2


def test_quote_shows_people_who_said_it_when_where_and_whose_words_they_are(run: Run) -> None:
    shown = run("quote", "space of chaos").stdout
    for words in ("“a space of chaos”", "Sergey Lavrov, 1 September 2020", "Ministry of Foreign Affairs", "spoken:"):
        assert words in shown
    shown = run("quote", "fake news").stdout
    assert "RT: Lavrov reviews" in shown
    assert "reported: the outlet's paraphrase" in shown
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line != line.rstrip()]


def test_quote_says_when_a_date_is_that_of_publication(run: Run) -> None:
    assert "published 7 February 2018" in run("quote", "kosovo").stdout


def test_quote_says_what_is_unknown(run: Run) -> None:
    assert "source: address unknown" in run("quote", "kosovo").stdout


def test_quote_shows_the_question_where_only_that_has_the_word(run: Run) -> None:
    shown = run("quote", "razov").stdout
    assert "Question: " in shown
    assert "Razov" in shown


def test_quote_says_on_stderr_how_the_words_were_taken(run: Run) -> None:
    result = run("quote", "venezuala", "--json")
    assert "“venezuela” (typed: venezuala)" in result.stderr
    records(result)
    result = run("quote", "zebra", "kosovo")
    assert "Nobody speaks of “zebra” here; nearest:" in result.stderr
    assert result.exit_code == 0
    result = run("quote", "kosovo", "wikileaks", "--explain")
    assert "“kosovo” and “wikileaks” together here; nearest:" in result.stderr
    assert "kosovo, wikileaks: nobody says them together here" in result.stderr
    assert "kosovo 0.56 of what is sought" in result.stderr
    assert "Nobody says “disinformation” here; in other words:" in run("quote", "disinformation").stderr
    assert "Only what is of 15 January 2018; in quotation marks" in run("quote", "15", "January", "2018").stderr
    told = run("quote", "zebra", "disinformation").stderr
    assert "Nobody speaks of “zebra” here. Nobody says “disinformation” here; nearest:" in told
    assert "Nobody says “war games” here; in other words:" in run("quote", "war", "games").stderr
    result = run("quote", '"kosovo of chaos"')
    assert "Nobody says “kosovo of chaos” word for word here. `quotebot sources`" in result.stderr
    assert "together" not in result.stderr
    told = run("quote", "kosovo", "navalny").stderr
    assert "“kosovo” and “navalny” together here; nearest:" in told
    assert "Nobody says" not in told
    result = run("quote", "kosovo", "by:putin", "--explain")
    assert "Nobody named “putin” speaks here" in result.stderr
    assert "says it here" not in result.stderr
    assert "the best 5 of" in run("quote", "syria").stderr


def test_words_beyond_the_bound_are_said_to_be_left_out(run: Run) -> None:
    assert "8 more were left out" in run("quote", " ".join(f"kosovo{number}" for number in range(40))).stderr


@pytest.mark.parametrize("typed", ["zebra", '"', "*", "-", "😀", "z" * 4096])
def test_quote_that_finds_nothing_says_so_and_what_there_is(run: Run, typed: str) -> None:
    result = run("quote", typed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "quotebot sources" in result.stderr
    assert len(result.stderr) < 200


def test_words_that_look_like_options_are_words(run: Run) -> None:
    assert records(run("quote", "-sanctions", "--json"))


@pytest.mark.parametrize(
    "words",
    [
        *(["quote"], ["quote", ""], ["quote", "syria", "--limit", "0"], ["quote", "syria", "--lmit", "3"]),
        *(["nonsense"], ["onthisday", "someday"], ["show"], ["sources", "extra"]),
    ],
)
def test_wrong_use_is_exit_status_2(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip()


# The other commands


def test_random_prints_one_quote(run: Run) -> None:
    [one] = records(run("random", "--json"))
    assert list(one) == QUOTE_FIELDS
    assert 60 <= len(one["text"]) <= 400
    assert "— Sergey Lavrov" in run("random").stdout


def test_onthisday_tells_what_it_understood(run: Run) -> None:
    result = run("onthisday", "28", "dec", "--json")
    [one] = records(result)
    assert list(one) == ["kind", "date", "years_ago", "what", "quote"]
    assert (one["kind"], one["date"]) == ("anniversary", "2017-12-28")
    assert list(one["quote"]) == QUOTE_FIELDS
    assert "28 December" in result.stderr
    shown = run("onthisday", "8.11.").stdout
    assert shown.startswith("On this day, 8 November\n")
    assert "8 November 2017" in shown


def test_onthisday_without_anything_says_so(run: Run) -> None:
    result = run("onthisday", "3 march")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "3 March" in result.stderr


def test_onthisday_is_today_where_no_day_is_given(run: Run) -> None:
    result = run("onthisday")
    assert result.exit_code in (0, 1)
    assert "today, " in result.stdout + result.stderr


def test_sources_are_told_newest_first(run: Run) -> None:
    found = records(run("sources", "--json"))
    assert [list(one) for one in found] == [DOCUMENT_FIELDS] * 5
    assert [one["date"] for one in found] == sorted((one["date"] for one in found), reverse=True)
    shown = run("sources").stdout
    assert "live blog" in shown
    assert "address unknown" in shown
    assert all(one["file"] in shown for one in found)


def test_show_tells_question_and_neighbours(run: Run) -> None:
    said = records(run("passages", "--json"))
    before, one, after = said[1:4]
    [shown] = records(run("show", one["id"], "--json"))
    assert list(shown) == [*QUOTE_FIELDS, "previous", "next"]
    assert {name: shown[name] for name in QUOTE_FIELDS} == one
    assert (shown["previous"], shown["next"]) == (before["id"], after["id"])
    assert records(run("show", said[0]["id"], "--json"))[0]["previous"] is None
    asked = next(one for one in said if one["question"])
    text = run("show", asked["id"]).stdout
    assert text.startswith("Question: ")
    assert "before (" in text or "after (" in text


def test_show_of_an_unknown_id_says_so(run: Run) -> None:
    result = run("show", "nope")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "No quote has the id 'nope'.\n"


def test_passages_are_told_in_the_order_of_the_files(run: Run) -> None:
    found = records(run("passages", "--json"))
    assert [list(one) for one in found] == [QUOTE_FIELDS] * len(found)
    places = [(one["document"]["file"], one["position"]) for one in found]
    assert places == sorted(places)
    assert len(run("passages").stdout.splitlines()) == len(found) + 5


def test_help_of_every_command(run: Run) -> None:
    for name in cli.commands:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "--seeds" in result.stdout


# build


def seeds_folder(folder: Path, *names: str) -> Path:
    seeds = folder / "texts"
    seeds.mkdir(exist_ok=True)
    for name in names:
        [file] = SEEDS.glob(f"{name}*.txt")
        shutil.copy(file, seeds)
    return seeds


def build(seeds: Path, folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["build", "--seeds", str(seeds), "--data", str(folder), *words])


def test_build_tells_what_it_did(tmp_path: Path) -> None:
    seeds = seeds_folder(tmp_path, "001", "004")
    (seeds / "broken.txt").write_bytes(b"\xff\xfe\x00")
    [report] = records(build(seeds, tmp_path, "--json"))
    assert list(report) == [
        *("added", "changed", "unchanged", "removed", "refused", "warnings", "documents", "passages", "seconds"),
        *("passages_before", "tag", "names"),
    ]
    assert (len(report["added"]), report["documents"]) == (2, 2)
    [refused] = report["refused"]
    assert list(refused) == ["file", "line", "reason"]
    assert refused["file"] == "broken.txt"
    shown = build(seeds, tmp_path)
    assert shown.exit_code == 0
    assert "refused  broken.txt" in shown.stdout
    assert "unchanged  2 files" in shown.stdout
    assert "names" not in shown.stdout
    (seeds / "aliases.toml").write_text('[[thing]]\nnames = ["Syria", "Suria"]\n')
    assert "names  taken in anew" in build(seeds, tmp_path).stdout


@pytest.mark.slow
def test_a_build_of_what_another_process_built_writes_nothing(tmp_path: Path) -> None:
    """Each process has an order of its own for what is in a set."""
    seeds = seeds_folder(tmp_path, "004")
    shutil.copy(SEEDS / "aliases.toml", seeds)
    words = ["build", "--json", "--seeds", str(seeds), "--data", str(tmp_path)]
    for number, names in ((1, True), (2, False)):
        environment = os.environ | {"PYTHONHASHSEED": str(number)}
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words], env=environment, cwd=SEEDS.parent, capture_output=True, check=True
        )
        assert json.loads(done.stdout)["names"] is names


def test_folders_that_can_not_be_used_are_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, data = seeds_folder(tmp_path, "004"), tmp_path / "data"
    (tmp_path / "file").touch()
    result = build(tmp_path / "file", data)
    assert (result.exit_code, result.stderr) == (
        1,
        f"There is no seeds folder {tmp_path / 'file'}: name it with --seeds or QUOTEBOT_SEEDS. Nothing was built.\n",
    )
    stat = Path.stat

    def denied(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.parent == data:  # Root may look everywhere.
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", denied)
    told = f"{data / 'archive.db'} can't be reached: Permission denied. Do it as the user whose folder that is.\n"
    for words in (["build"], ["quote", "syria"], ["sources"]):
        said = CliRunner().invoke(cli, [*words, "--seeds", str(seeds), "--data", str(data)])
        assert (said.exit_code, said.stdout, said.stderr) == (1, "", told)


def test_a_build_that_would_remove_most_wants_to_be_told(tmp_path: Path) -> None:
    seeds = seeds_folder(tmp_path, "001", "003", "004")
    build(seeds, tmp_path)
    for file in list(seeds.glob("00[13]*")):
        file.unlink()
    result = build(seeds, tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--remove" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    [report] = records(build(seeds, tmp_path, "--remove", "--json"))
    assert len(report["removed"]) == 2


def test_a_build_tells_machines_how_far_it_is_and_what_would_leave(tmp_path: Path) -> None:
    seeds = seeds_folder(tmp_path, "001", "003", "004")
    told = [json.loads(line) for line in build(seeds, tmp_path, "--json", "--progress", "json").stderr.splitlines()]
    assert (told[0]["done"], told[-1]["done"]) == (1, 3)
    assert all(list(one) == ["done", "total", "file"] and one["total"] == 3 for one in told)
    for file in list(seeds.glob("00[13]*")):
        file.unlink()
    result = build(seeds, tmp_path, "--json", "--progress", "json")
    removal, sentence = result.stderr.splitlines()
    said = json.loads(removal)
    assert (result.exit_code, said["leaving"], said["held"], len(said["files"])) == (1, 2, 3, 2)
    assert "2 of 3 documents are no longer in the seeds folder" in sentence
    [report] = records(build(seeds, tmp_path, "--json", "--agreed", said["tag"]))
    assert len(report["removed"]) == 2


def test_a_build_of_nothing_but_refusals_is_not_done(tmp_path: Path) -> None:
    seeds = seeds_folder(tmp_path)
    (seeds / "empty.txt").write_bytes(b"")
    result = build(seeds, tmp_path)
    assert result.exit_code == 1
    assert "empty.txt" in result.stdout


def test_a_missing_folder_is_said_in_one_line(tmp_path: Path) -> None:
    result = build(tmp_path / "none", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


# Folders and settings


def test_reading_builds_the_archive_where_there_is_none(tmp_path: Path) -> None:
    seeds = seeds_folder(tmp_path, "004")
    result = CliRunner().invoke(cli, ["sources", "--json", "--seeds", str(seeds), "--data", str(tmp_path / "new")])
    assert len(records(result)) == 1
    assert "building it from" in result.stderr
    again = CliRunner().invoke(cli, ["sources", "--json", "--seeds", str(seeds), "--data", str(tmp_path / "new")])
    assert again.stderr == ""


def test_an_archive_can_be_searched_from_code(data: Path) -> None:
    with open_search(SEEDS, data) as search:
        assert search.find("kosovo").total == 1


def test_a_file_of_another_kind_is_not_taken_for_the_archive(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("This is no database, though it is long enough to be one. " * 20)
    result = CliRunner().invoke(cli, ["sources", "--data", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.fixture
def three(tmp_path: Path) -> dict[str, Path]:
    """Three folders of data, whose archives hold one document each."""
    made = {}
    for name in ("001", "003", "004"):
        seeds = tmp_path / f"seeds-{name}"
        seeds.mkdir()
        shutil.copy(next(SEEDS.glob(f"{name}*.txt")), seeds)
        made[name] = tmp_path / f"data-{name}"
        assert build(seeds, made[name]).exit_code == 0
    return made


def read_file(*words: str) -> str:
    [one] = records(CliRunner().invoke(cli, [*words, "--json"]))
    return str(one["file"])[:3]


def test_options_win_over_the_environment_and_that_over_the_file(
    three: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"QUOTEBOT_DATA={three['001']}\n")
    assert read_file("sources") == "001"
    monkeypatch.setenv("QUOTEBOT_DATA", str(three["003"]))
    assert read_file("sources") == "003"
    assert read_file("--data", str(three["004"]), "sources") == "004"
    assert read_file("sources", "--data", str(three["004"])) == "004"
    assert read_file("--data", str(three["001"]), "sources", "--data", str(three["004"])) == "004"


# As a process


def process(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - subprocess.run's
    command = [sys.executable, "-c", "from store.cli import cli; cli(prog_name='quotebot')", *words]
    return subprocess.run(command, text=True, encoding="utf-8", timeout=180, check=False, **options)


def test_output_is_utf_8_whatever_the_terminal_says(data: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    result = process("quote", '"space of chaos"', "--data", str(data), capture_output=True, env=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert "“a space of chaos”" in result.stdout


def test_a_reader_that_goes_away_leaves_no_traceback(data: Path) -> None:
    for words in (["passages"], ["passages", "--json"]):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            result = process(*words, "--data", str(data), stdout=writing, stderr=subprocess.PIPE)
        finally:
            os.close(writing)
        assert result.stderr == ""


def test_words_that_are_no_text_are_data(data: Path) -> None:
    result = process("quote", os.fsdecode(b"\xff\xfe"), "--data", str(data), capture_output=True)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
