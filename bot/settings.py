"""What the operator sets: `QUOTEBOT_*` variables of the environment, or of a `.env` file in the working folder."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import BeforeValidator, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "QUOTEBOT_"
ENV_FILE = ".env"

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
# https://core.telegram.org/bots/api#setwebhook
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class SettingsError(Exception):
    """The settings can't be used; `faults` has a sentence for each thing to mend."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"“{name}” is not a time zone. An example: Europe/Berlin.") from error


def _admins(written: object) -> frozenset[int]:
    ids = [part.strip() for part in str(written).split(",") if part.strip()]
    for one in ids:
        if not re.fullmatch(r"[1-9]\d{0,15}", one, re.ASCII):
            raise ValueError(f"“{one}” is not the id of a person. An example: 12345678,87654321.")
    return frozenset(map(int, ids))


def _address(written: object) -> str:
    return _web_address(written, ("http", "https"))


def _secure_address(written: object) -> str:
    return _web_address(written, ("https",))


def _web_address(written: object, schemes: tuple[str, ...]) -> str:
    address = str(written).strip().rstrip("/")
    try:
        parts = urlsplit(address)
        good = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or re.search(r"\s", address):
        raise ValueError(f"“{written}” is not an address. An example: {schemes[-1]}://bot.example.org.")
    return address


def _host_and_port(written: object) -> tuple[str, int]:
    found = re.fullmatch(r"\[?([^\[\]\s]*?)\]?:(\d{1,5})", str(written).strip(), re.ASCII)
    if found is None or not 0 < int(found[2]) <= 65535:
        raise ValueError(f"“{written}” is not an address to listen on. An example: 127.0.0.1:8080.")
    return found[1] or "0.0.0.0", int(found[2])  # noqa: S104 - ":8080" asks for all interfaces


def _rate(written: object) -> int:
    found = re.fullmatch(r"\d{1,6}", str(written).strip(), re.ASCII)
    if found is None or int(found[0]) == 0:
        raise ValueError(f"“{written}” is not a number of messages. An example: 30.")
    return int(found[0])


def _level(written: object) -> str:
    return _one_of(written, ("debug", "info", "warning", "error"))


def _format(written: object) -> str:
    return _one_of(written, ("text", "json"))


def _one_of(written: object, choices: tuple[str, ...]) -> str:
    chosen = str(written).strip().casefold()
    if chosen not in choices:
        raise ValueError(f"“{written}” is none of {', '.join(choices)}.")
    return chosen


class Settings(BaseSettings):
    """The settings of one process, checked; `load` reads them.

    `token` is the bot's, from `QUOTEBOT_TOKEN` or from the file that `QUOTEBOT_TOKEN_FILE` names; None where
    neither is set, which `quotebot run` does not accept. Relative paths are relative to the working folder.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=False,  # Validators read what people write; defaults are read already.
    )

    token: SecretStr | None = None
    token_file: Path | None = None
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(_admins)] = frozenset()
    seeds: Path = Path("seeds")
    data: Path = Path("data")
    timezone: Annotated[ZoneInfo, NoDecode, BeforeValidator(_zone)] = ZoneInfo("UTC")
    api_url: Annotated[str, BeforeValidator(_address)] = "https://api.telegram.org"
    webhook_url: Annotated[str, BeforeValidator(_secure_address)] | None = None
    webhook_secret: SecretStr | None = None
    listen: Annotated[tuple[str, int], NoDecode, BeforeValidator(_host_and_port)] | None = None
    messages_per_second: Annotated[int, BeforeValidator(_rate)] = 30
    metrics_listen: Annotated[tuple[str, int], NoDecode, BeforeValidator(_host_and_port)] | None = None
    reader_url: Annotated[str, BeforeValidator(_address)] | None = None
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_level)] = "info"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_format)] = "text"

    @field_validator("token")
    @classmethod
    def _token_has_its_form(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("this is not a token as @BotFather gives it: digits, a colon, and 35 letters.")
        return token

    @field_validator("token_file")
    @classmethod
    def _file_holds_a_token(cls, file: Path | None) -> Path | None:
        if file is not None:
            _read_token(file)
        return file

    @field_validator("webhook_secret")
    @classmethod
    def _secret_has_its_form(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("a secret is 1 to 256 characters of A-Z a-z 0-9 _ and -.")
        return secret

    def bot_token(self) -> str | None:
        """Return the token, wherever it stands; None where none is set."""
        if self.token is not None:
            return self.token.get_secret_value()
        return None if self.token_file is None else _read_token(self.token_file)

    def secrets(self) -> tuple[str, ...]:
        """Return what must be shown to nobody, wherever it stands."""
        token = self.bot_token()
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret is not None else None
        return tuple(one for one in (token, secret) if one)


def load(*, needs_token: bool = False, **given: object) -> Settings:
    """Return the settings, with those `given` by name in place of the environment's; None counts as not given.

    Raises `SettingsError` with every fault there is.
    """
    named = _named()
    faults = [*_missing(named, needs_token=needs_token)]
    try:
        settings = Settings(**cast("dict[str, Any]", {name: one for name, one in given.items() if one is not None}))
    except ValidationError as error:
        # Pydantic's own account would show what was set, and that may be the token.
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            reason = fault["msg"].removeprefix("Value error, ")
            faults.append(f"{PREFIX}{str(fault['loc'][0]).upper()}: {reason}")
    if faults:
        raise SettingsError(tuple(faults))
    return settings


def folders(seeds: Path | None = None, data: Path | None = None) -> tuple[Path, Path]:
    """Return where seeds and databases are, those given before those set, whatever faults other settings have."""
    written = _written()
    return (
        seeds or Path(written.get(f"{PREFIX}SEEDS") or Settings.model_fields["seeds"].default),
        data or Path(written.get(f"{PREFIX}DATA") or Settings.model_fields["data"].default),
    )


def api_url() -> str:
    """Return the address of the Bot API server: what is set where that can be used, whatever faults others have."""
    try:
        return _address(_written().get(f"{PREFIX}API_URL") or Settings.model_fields["api_url"].default)
    except ValueError:
        return str(Settings.model_fields["api_url"].default)


def misspelt() -> tuple[str, ...]:
    """Return a sentence for each `QUOTEBOT_*` variable that is no setting, and so does nothing."""
    known = [name.upper() for name in Settings.model_fields]
    found = []
    for name in sorted(name.removeprefix(PREFIX) for name in _named()):
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            found.append(f"{PREFIX}{name} is not a setting" + (f": did you mean {PREFIX}{close[0]}?" if close else "."))
    return tuple(found)


def _missing(named: AbstractSet[str], *, needs_token: bool) -> list[str]:
    """Return the faults of variables that need, or exclude, one another."""
    faults = []
    tokens = named & {"QUOTEBOT_TOKEN", "QUOTEBOT_TOKEN_FILE"}
    if needs_token and not tokens:
        faults.append("QUOTEBOT_TOKEN or QUOTEBOT_TOKEN_FILE is needed: @BotFather gives the token of a bot.")
    if len(tokens) > 1:
        faults.append("QUOTEBOT_TOKEN and QUOTEBOT_TOKEN_FILE are both set: leave one of them out.")
    if "QUOTEBOT_WEBHOOK_URL" in named and "QUOTEBOT_WEBHOOK_SECRET" not in named:
        faults.append("QUOTEBOT_WEBHOOK_SECRET is needed with QUOTEBOT_WEBHOOK_URL: 1 to 256 of A-Z a-z 0-9 _ -.")
    return faults


def _named() -> frozenset[str]:
    """Return the names of ours that are set; an empty one counts as not set."""
    return frozenset(name for name, one in _written().items() if one and name.startswith(PREFIX))


def _written() -> dict[str, str | None]:
    """Return every variable by its name in capitals: the environment's, then those of the `.env` file."""
    everywhere = {**dotenv_values(ENV_FILE), **os.environ}
    return {name.upper(): one for name, one in everywhere.items()}


def _read_token(file: Path) -> str:
    try:
        token = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not plain text"
        raise ValueError(f"{file} can't be read: {reason}.") from error
    if not _TOKEN.fullmatch(token):
        raise ValueError(f"{file} does not hold a token as @BotFather gives it: digits, a colon, and 35 letters.")
    return token
