"""deploy/Dockerfile: its install steps are run, its health check asked, its linter heard. No image is built here."""

from __future__ import annotations

import re
import signal
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.bot.program import until
from tests.deploy.image import Image, context, files, instructions, of_last_stage
from tests.deploy.tools import DEPLOY, ROOT, run
from tests.telegram_stub import TOKEN, StubProcess

HEALTHY = DEPLOY / "healthy.py"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return Image(tmp_path_factory.mktemp("image"))


@contextmanager
def answering(status: int, said: str) -> Iterator[str]:
    """Answer /healthz on loopback, and yield the address."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_hadolint_has_nothing_to_say() -> None:
    done = run("hadolint", str(DEPLOY / "Dockerfile"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_image_has_the_python_that_continuous_checks_run_on() -> None:
    [python] = [said for word, said in instructions() if word == "ARG"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert python.startswith(f"PYTHON={project['requires-python'].removeprefix('>=')}-slim-")


def test_every_package_is_installed_by_its_hash() -> None:
    installs = [
        said for word, said in instructions() if word == "RUN" for said in said.split("&&") if "install" in said
    ]
    fetched = [said for said in installs if "pip install" in said and "--no-index" not in said]
    assert len(fetched) == len(list(DEPLOY.glob("*.lock")))
    assert all("--require-hashes --only-binary :all: -r deploy/" in said for said in fetched)


def test_it_is_nobody_and_writes_in_one_place_only() -> None:
    [user] = of_last_stage("USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert of_last_stage("VOLUME") == ["/var/lib/quotebot"]
    assert not [said for said in of_last_stage("COPY") if "--chown" in said], "what is copied belongs to root"


def test_nothing_private_gets_into_an_image(tmp_path: Path) -> None:
    context(tmp_path)
    there = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()}
    assert there == {"bot", "store", "seeds", "deploy", "pyproject.toml", "README.md"}
    assert {path.name for path in (tmp_path / "deploy").iterdir()} == {
        *("requirements.lock", "build.lock", "lay-seeds", "healthy.py")
    }
    assert not list(tmp_path.rglob("__pycache__"))


@pytest.mark.slow
def test_what_the_image_installs_answers_and_writes_where_it_may(image: Image, tmp_path: Path) -> None:
    before = files(image.root)
    asked = image.run("quote", "syria", TMPDIR=str(tmp_path))
    assert asked.returncode == 0, asked.stderr
    assert "Sergey Lavrov" in asked.stdout
    state = image.root / "var/lib/quotebot"
    laid = {path.name: path.read_bytes() for path in (state / "seeds").iterdir()}
    assert laid == {path.name: path.read_bytes() for path in (ROOT / "seeds").iterdir()}
    assert (state / "data/archive.db").exists()
    after = files(image.root)
    assert {path for path in after if after[path] != before.get(path)} <= {
        path for path in after if path.startswith(str(state))
    }
    assert before.keys() <= after.keys()


@pytest.mark.slow
def test_what_the_image_installs_is_a_package_and_no_checkout(image: Image) -> None:
    venv = image.root / "opt/quotebot"
    [package] = (venv / "lib").glob("python*/site-packages/bot")
    assert (package / "app.py").exists()
    assert not list((venv / "bin").glob("pip*")), "nothing is installed into it later"


@pytest.mark.slow
def test_a_backup_can_be_made_by_what_the_image_holds(image: Image, tmp_path: Path) -> None:
    refused = image.run("backup", str(tmp_path))
    assert refused.returncode == 1
    assert "start the bot once" in refused.stderr


@pytest.mark.slow
def test_a_wrong_token_ends_the_container_with_2(image: Image) -> None:
    done = image.run(QUOTEBOT_TOKEN="wrong")  # noqa: S106
    assert done.returncode == 2, done.stderr
    assert "QUOTEBOT_TOKEN: this is not a token" in done.stderr


@pytest.mark.slow
def test_what_the_image_starts_is_the_bot_and_its_health_check_tells(image: Image) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    with StubProcess() as telegram:
        given = {"QUOTEBOT_TOKEN": TOKEN, "QUOTEBOT_API_URL": telegram.url}
        given["QUOTEBOT_METRICS_LISTEN"] = f"0.0.0.0:{port}"
        assert image.is_healthy(**given).returncode == 1
        with image.start(**given) as container:
            try:
                until(lambda: image.is_healthy(**given).returncode == 0)
                telegram.tell("say", text="/quote syria")
                until(lambda: telegram.tell("times", method="sendMessage"))
                container.send_signal(signal.SIGTERM)
                assert container.wait(30) == 0
            finally:
                container.kill()
        assert "does not answer" in image.is_healthy(**given).stdout


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [(200, "well", (0, "well\n")), (503, "no update for 91 s", (1, "no update for 91 s\n"))],
)
def test_healthy_says_what_the_bot_says(status: int, said: str, expected: tuple[int, str]) -> None:
    with answering(status, said) as address:
        asked = run("python3", str(HEALTHY), QUOTEBOT_METRICS_LISTEN=address, http_proxy="http://127.0.0.1:1")
    assert (asked.returncode, asked.stdout) == expected


def test_healthy_asks_this_machine_where_the_bot_listens_everywhere() -> None:
    with answering(200, "well") as address:
        port = address.rpartition(":")[2]
        for everywhere in (f":{port}", f"0.0.0.0:{port}"):
            assert run("python3", str(HEALTHY), QUOTEBOT_METRICS_LISTEN=everywhere).returncode == 0


@pytest.mark.parametrize(
    ("address", "said"), [("", "is not set"), ("127.0.0.1:1", "does not answer"), ("x", "is not set")]
)
def test_without_an_answer_it_is_not_healthy(address: str, said: str) -> None:
    asked = run("python3", str(HEALTHY), QUOTEBOT_METRICS_LISTEN=address)
    assert (asked.returncode, said in asked.stdout, asked.stderr) == (1, True, "")
