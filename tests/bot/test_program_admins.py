"""The real program: who is no admin reloads nothing, and a reload that is cut short leaves all as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import presses
from bot.presses import Removal
from store.additions import tag_of
from tests.bot.program import SEEDS, Program, until
from tests.telegram_stub import ME, StubProcess

pytestmark = pytest.mark.slow

ADMIN, STRANGER = 1001, 2002
GROUP = {"id": -1_001_000_000_123, "type": "supergroup", "title": "Group"}
COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]
LARGE = 400
"""So many texts take long enough to be cut short."""


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess() as stub:
        yield stub


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "texts"))


@pytest.fixture
def program(tmp_path: Path, telegram: StubProcess, texts: Path) -> Iterator[Program]:
    made = Program(tmp_path, telegram, QUOTEBOT_ADMINS=str(ADMIN), QUOTEBOT_SEEDS=str(texts))
    yield made
    if made._process is not None and made._process.poll() is None:
        made.kill()


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Ann"}


def message(number: int, sender: int, **more: object) -> dict[str, Any]:
    chat = {"id": sender, "type": "private", "first_name": "Ann"}
    return {"message_id": number, "date": 1_700_000_000, "from": person(sender), "chat": chat, **more}


def documents(program: Program) -> list[str]:
    with closing(sqlite3.connect(f"file:{program.data / 'archive.db'}?mode=ro", uri=True)) as database:
        return [file for (file,) in database.execute("SELECT file FROM documents ORDER BY file")]


def said(telegram: StubProcess, chat: int) -> list[str]:
    """Return what the bot sent to a chat, or changed its messages there to, in order."""
    seen = telegram.tell("seen")
    return [one["parameters"]["text"] for one in seen if one["chat"] == chat and one["message"]]


def attempts(tag: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield whatever a person could send in the hope of a reload, named; only what is none of an admin's own doing."""
    forged = presses.encode(Removal(tag))
    text = {"text": "/reload", "entities": COMMAND}
    origin = {"type": "user", "date": 1, "sender_user": person(ADMIN)}
    document = {"file_id": "a", "file_unique_id": "a", "file_name": "new.txt", "mime_type": "text/plain"}
    anonymous = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP, "chat": GROUP}
    channel = {"id": -1_001_000_000_124, "type": "channel", "title": "Channel"}
    card = message(1, STRANGER, text="syria") | {"from": ME}
    yield "command", {"message": message(2, STRANGER, **text)}
    yield "status", {"message": message(3, STRANGER, text="/status", entities=COMMAND)}
    yield (
        "named command",
        {
            "message": message(
                4, STRANGER, text="/reload@quotebot", entities=[{"type": "bot_command", "offset": 0, "length": 16}]
            )
        },
    )
    for who in (STRANGER, ADMIN):
        file = message(5, who, document=document, caption="/reload", caption_entities=COMMAND)
        yield f"file of {who}", {"message": file}
        yield f"forwarded by {who}", {"message": message(6, who, forward_origin=origin, **text)}
        yield f"edited by {who}", {"edited_message": message(7, who, edit_date=1_700_000_001, **text)}
        yield f"by a bot of {who}", {"message": message(8, who, via_bot=ME | {"id": 5}, **text)}
        yield f"in a group by {who}", {"message": message(9, who, **text) | {"chat": GROUP}}
        inline = {"id": "1", "from": person(who), "query": "/reload", "offset": ""}
        yield f"inline by {who}", {"inline_query": inline}
        chosen = {"result_id": forged, "from": person(who), "query": "/reload"}
        yield f"chosen by {who}", {"chosen_inline_result": chosen}
    yield "anonymous admin", {"message": message(10, ADMIN, **text) | anonymous}
    yield "channel", {"channel_post": {**message(11, ADMIN, **text), "chat": channel, "sender_chat": channel}}
    pressed = {"id": "2", "from": person(STRANGER), "chat_instance": "1", "data": forged}
    yield "forged button", {"callback_query": pressed | {"message": card}}
    yield "forged button in a group", {"callback_query": pressed | {"message": card | {"chat": GROUP}}}
    yield (
        "forged button by an admin in a group",
        {"callback_query": pressed | {"from": person(ADMIN), "message": card | {"chat": GROUP}}},
    )
    yield "forged button in an admin's chat", {"callback_query": pressed | {"message": message(1, ADMIN, text="x")}}
    yield "forged button of an inline message", {"callback_query": pressed | {"inline_message_id": "3"}}
    link = f"/start {presses.packed(Removal(tag))}"
    yield "link", {"message": message(12, STRANGER, text=link, entities=[COMMAND[0] | {"length": 6}])}


def test_who_is_no_admin_reloads_nothing_whatever_is_sent(program: Program, telegram: StubProcess, texts: Path) -> None:
    program.start()
    until(lambda: "connected" in program.log.read_text())
    before = documents(program)
    gone = sorted(before)[:3]
    for file in gone:
        (texts / file).unlink()
    tried = dict(attempts(tag_of(gone)))
    telegram.tell("push", updates=[*tried.values()])
    telegram.tell("say", text="syria", chat=7)
    until(lambda: said(telegram, 7))
    assert documents(program) == before
    log = program.log.read_text()
    assert "reload begun" not in log
    assert f"not obeyed command=/reload user={STRANGER} chat={STRANGER}" in log
    assert f"not obeyed command=/status user={STRANGER} chat={STRANGER}" in log
    assert f"not obeyed press=removal user={STRANGER}" in log
    assert "fault" not in log
    assert not [text for text in said(telegram, STRANGER) if "eload" in text or "rchive" in text]

    # The same folder, and the admin himself: it asks first, and then does what the button says.
    telegram.tell("say", text="/reload", chat=ADMIN)
    until(lambda: "3 of 5 documents have no text" in said(telegram, ADMIN)[-1])
    assert documents(program) == before
    mine = {"id": "9", "from": person(ADMIN), "chat_instance": "1", "data": presses.encode(Removal(tag_of(gone)))}
    telegram.tell("push", updates=[{"callback_query": mine | {"message": message(1, ADMIN, text="x")}}])
    until(lambda: "The archive has 2 documents" in said(telegram, ADMIN)[-1])
    assert documents(program) == sorted(set(before) - set(gone))
    program.stop()


def many(texts: Path) -> None:
    """Let the next reload last."""
    one = next(texts.glob("004*.txt")).read_text(encoding="utf-8")
    for number in range(LARGE):
        (texts / f"more-{number:04}.txt").write_text(f"{one}\n\nNumber {number}.\n", encoding="utf-8")


def builds(texts: Path) -> list[str]:
    """Return the processes that build from the folder."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if str(texts) in line and " build " in line]


def begun(program: Program, telegram: StubProcess, texts: Path) -> list[str]:
    """Start the program and a reload that lasts; return the documents of before."""
    program.start()
    until(lambda: "connected" in program.log.read_text())
    before = documents(program)
    many(texts)
    telegram.tell("say", text="/reload", chat=ADMIN)
    until(lambda: [text for text in said(telegram, ADMIN) if "file " in text])
    return before


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_a_reload_that_is_cut_short_changes_nothing_and_its_message_says_so(
    program: Program, telegram: StubProcess, texts: Path, way: str
) -> None:
    before = begun(program, telegram, texts)
    assert builds(texts)
    if way == "stop":
        status, seconds = program.stop()
        assert (status, seconds < 10) == (0, True)
    else:
        program.kill()
    until(lambda: not builds(texts), patience=10)
    assert documents(program) == before
    if way == "stop":
        until(lambda: "stopped" in said(telegram, ADMIN)[-1] or (program.data / "reloading.json").exists())
    shutil.rmtree(texts)
    shutil.copytree(SEEDS, texts)
    program.start()
    until(lambda: said(telegram, ADMIN)[-1].startswith("I was stopped"))
    until(lambda: not (program.data / "reloading.json").exists())
    telegram.tell("say", text="syria", chat=7)
    until(lambda: said(telegram, 7))
    assert documents(program) == before
    program.stop()


def test_a_build_that_is_killed_is_told_and_the_next_one_works(
    program: Program, telegram: StubProcess, texts: Path
) -> None:
    before = begun(program, telegram, texts)
    telegram.tell("say", text="/reload", chat=ADMIN)
    until(lambda: [text for text in said(telegram, ADMIN) if "begun by Ann" in text])
    [build] = builds(texts)
    subprocess.run(["kill", "-9", build.split()[0]], check=True)
    until(lambda: "killed (SIGKILL)" in said(telegram, ADMIN)[-1])
    assert documents(program) == before
    for file in texts.glob("more-*"):
        if file.name != "more-0000.txt":
            file.unlink()
    telegram.tell("say", text="/reload", chat=ADMIN)
    until(lambda: "New</b> (1)" in said(telegram, ADMIN)[-1])
    assert documents(program) == [*before, "more-0000.txt"]
    program.stop()
