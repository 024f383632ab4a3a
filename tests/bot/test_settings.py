from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings, SettingsError, folders, load, misspelt

TOKEN = "123456789:" + "AbCdEf-_" * 4 + "xyz"

pytestmark = pytest.mark.usefixtures("bare_environment")


def test_without_any_setting_the_defaults_of_the_interface_hold() -> None:
    settings = load()
    assert settings.bot_token() is None
    assert settings.admins == frozenset()
    assert (settings.seeds, settings.data) == (Path("seeds"), Path("data"))
    assert settings.timezone == ZoneInfo("UTC")
    assert settings.messages_per_second == 30
    assert (settings.log_level, settings.log_format) == ("info", "text")
    assert (settings.webhook_url, settings.listen, settings.metrics_listen, settings.reader_url) == (None,) * 4


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TOKEN": TOKEN,
        "ADMINS": " 1, 22 ,",
        "SEEDS": "/s",
        "DATA": "/d",
        "TIMEZONE": "Europe/Berlin",
        "API_URL": "http://127.0.0.1:8081/",
        "WEBHOOK_URL": "https://bot.example.org/hook",
        "WEBHOOK_SECRET": "a-b_C1",
        "LISTEN": "127.0.0.1:8080",
        "MESSAGES_PER_SECOND": "1000",
        "METRICS_LISTEN": ":9090",
        "READER_URL": "https://read.example.org",
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "json",
    }.items():
        monkeypatch.setenv(f"QUOTEBOT_{name}", value)
    settings = load(needs_token=True)
    assert settings.bot_token() == TOKEN
    assert settings.admins == {1, 22}
    assert (settings.seeds, settings.data) == (Path("/s"), Path("/d"))
    assert settings.timezone == ZoneInfo("Europe/Berlin")
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.webhook_url == "https://bot.example.org/hook"
    assert settings.listen == ("127.0.0.1", 8080)
    assert settings.metrics_listen == ("0.0.0.0", 9090)  # noqa: S104
    assert settings.messages_per_second == 1000
    assert settings.log_level == "debug"
    assert TOKEN not in repr(settings)
    assert "a-b_C1" not in repr(settings)


def test_the_environment_wins_over_the_file_and_what_is_given_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path(".env").write_text(
        f"QUOTEBOT_TOKEN={TOKEN}\nQUOTEBOT_DATA=file\nQUOTEBOT_SEEDS=file\nQUOTEBOT_ADMINS=\nQUOTEBOT_TIMEZONE=\n"
    )
    monkeypatch.setenv("QUOTEBOT_DATA", "environment")
    settings = load(needs_token=True, data=None)
    assert (settings.seeds, settings.data) == (Path("file"), Path("environment"))
    assert load(data=tmp_path).data == tmp_path
    assert folders() == (Path("file"), Path("environment"))
    assert folders(tmp_path, tmp_path) == (tmp_path, tmp_path)


def test_a_token_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("QUOTEBOT_TOKEN_FILE", "token")
    assert load(needs_token=True).bot_token() == TOKEN


def test_all_faults_come_at_once_in_sentences_that_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TOKEN": "my-secret",
        "TOKEN_FILE": "/nonexistent",
        "ADMINS": "1,@ann",
        "TIMEZONE": "Mars/Phobos",
        "API_URL": "telegram",
        "WEBHOOK_URL": "http://bot.example.org",
        "LISTEN": "8080",
        "MESSAGES_PER_SECOND": "0",
        "METRICS_LISTEN": "localhost:99999",
        "READER_URL": "https://",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
    }.items():
        monkeypatch.setenv(f"QUOTEBOT_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load(needs_token=True)
    faults = caught.value.faults
    for name in (
        "TOKEN:", "TOKEN_FILE:", "ADMINS:", "TIMEZONE:", "API_URL:", "WEBHOOK_URL:", "LISTEN:", "MESSAGES_PER_SECOND:",
        "METRICS_LISTEN:", "READER_URL:", "LOG_LEVEL:", "LOG_FORMAT:", "TOKEN and QUOTEBOT_TOKEN_FILE are both set",
        "WEBHOOK_SECRET is needed",
    ):  # fmt: skip
        assert any(fault.startswith(f"QUOTEBOT_{name}") for fault in faults), name
    assert len(faults) == 14
    assert all(fault.endswith(".") for fault in faults)
    assert "my-secret" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "12345", TOKEN[:-15], f"x{TOKEN}", f"{TOKEN} {TOKEN}"])
def test_a_token_file_must_hold_a_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    Path("token").write_text(token)
    monkeypatch.setenv("QUOTEBOT_TOKEN_FILE", "token")
    with pytest.raises(SettingsError, match="does not hold a token"):
        load(needs_token=True)


def test_only_run_needs_a_token() -> None:
    load()
    with pytest.raises(SettingsError, match="QUOTEBOT_TOKEN or QUOTEBOT_TOKEN_FILE is needed"):
        load(needs_token=True)


@pytest.mark.parametrize("zone", ["", "../etc/passwd", "/etc/localtime", "Europe/", "utc+3\x00", "A" * 5000])
def test_no_zone_brings_the_reading_down(zone: str) -> None:
    with pytest.raises(SettingsError, match="is not a time zone"):
        load(timezone=zone or " ")


def test_a_misspelt_name_is_told_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEBOT_TOKN", TOKEN)
    Path(".env").write_text("QUOTEBOT_WHATEVER_ELSE=1\nOTHER=2\nquotebot_seeds=x\n")
    assert misspelt() == (
        "QUOTEBOT_TOKN is not a setting: did you mean QUOTEBOT_TOKEN?",
        "QUOTEBOT_WHATEVER_ELSE is not a setting.",
    )


def test_each_setting_of_the_interface_is_a_field() -> None:
    assert set(Settings.model_fields) == {
        "token", "token_file", "admins", "seeds", "data", "timezone", "api_url", "webhook_url", "webhook_secret",
        "listen", "messages_per_second", "metrics_listen", "reader_url", "log_level", "log_format",
    }  # fmt: skip
