"""Updates of every shape that python-telegram-bot's types allow, made from the signatures of its classes."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import types
import typing
from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

import telegram
from hypothesis import strategies as st
from telegram import TelegramObject, Update
from telegram.constants import ChatType

from bot.commands import COMMANDS
from bot.presses import (
    AnyQuote,
    Ask,
    Context,
    DayPage,
    DigestPage,
    Hit,
    KeptHit,
    Place,
    Press,
    SourceCard,
    SourceList,
    encode,
)
from bot.switches import Act, Switch

_Class: TypeAlias = Any
"""A class of the library; mypy takes classes for no keys of a cache."""

_DEPTH = 4
"""Levels of objects within objects that have more than what they need."""
_FIELDS = 5
"""Optional fields that one object has at most, beside those that it needs: they are drawn from all of them."""

_IDS = st.one_of(st.integers(1, 60), st.integers(-60, -1), st.integers(-(10**12) - 60, -(10**12)), st.just(777000))
_TEXT = st.one_of(
    st.sampled_from(["syria", "", " ", "/", "/start", "/quote@quotebot x", "<b>&", "\u202e\x00", "🙂" * 9, "a" * 4096]),
    st.text(max_size=40),
)
_PLAIN: dict[object, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    int: st.one_of(_IDS, st.integers(0, 2**52)),
    str: _TEXT,
    bool: st.booleans(),
    float: st.floats(-180, 180),
    dt.datetime: st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2030, 1, 1)).map(  # noqa: DTZ001 - made aware
        lambda moment: moment.replace(microsecond=0, tzinfo=dt.UTC)
    ),
    dt.timedelta: st.integers(0, 10**6).map(lambda seconds: dt.timedelta(seconds=seconds)),
}
_MADE_UP = {"api_kwargs"}


_OURS: tuple[Press, ...] = (
    *(Hit("syria", 0), KeptHit(1, 2), DayPage(2, 29), SourceList(0), SourceCard("x"), Ask("nato"), AnyQuote("")),
    *(Context("x"), Place(0, 3), DigestPage(dt.date(2020, 2, 29)), DigestPage(dt.date(2020, 2, 29), 9, 9, None)),
)


def updates() -> st.SearchStrategy[dict[str, Any]]:
    """Return updates as Telegram's JSON: of any kind and shape, and of those shapes that handlers look into."""
    return st.one_of(_any_update(), _commands(), _presses())


@st.composite
def _any_update(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(Update.ALL_TYPES)))
    return {kind: draw(_value(_signature(Update)[kind].annotation, _DEPTH)).to_dict()}


@st.composite
def _commands(draw: st.DrawFn) -> dict[str, Any]:
    """Messages that begin with a command, of whatever else they have."""
    kind = draw(st.sampled_from(["message", "channel_post", "edited_message", "business_message"]))
    message = draw(_instance(telegram.Message, 2)).to_dict()
    name = draw(st.sampled_from([*(command.name for command in COMMANDS), "weather"]))
    command = f"/{name}{draw(st.sampled_from(['', '@quotebot', '@QuoteBot', '@other']))}"
    entity = {"type": "bot_command", "offset": 0, "length": len(command)}
    message |= {"text": f"{command} {draw(_TEXT)}", "entities": [entity]}
    message["chat"]["type"] = draw(st.sampled_from(list(ChatType)))
    return {kind: message}


@st.composite
def _presses(draw: st.DrawFn) -> dict[str, Any]:
    """Pressed buttons, of ours and forged ones."""
    query = draw(_instance(telegram.CallbackQuery, 3)).to_dict()
    value = draw(st.one_of(st.sampled_from(["", "1", "0730", "Europe/Berlin", "daily", "1:0:"]), st.text(max_size=9)))
    switches = tuple(
        Switch(act, value, draw(st.sampled_from([None, -7, 7])), draw(st.sampled_from([None, 3]))) for act in Act
    )
    data = draw(st.sampled_from([encode(one) for one in (*_OURS, *switches)]))
    forged = draw(st.text(max_size=20)) + data[draw(st.integers(0, len(data))) :]
    query["data"] = draw(st.sampled_from([data, data + "9" * 30, data[0], forged]))
    return {"callback_query": query}


@cache
def _signature(cls: _Class) -> dict[str, inspect.Parameter]:
    """Return what a class is made of, its annotations resolved."""
    names = vars(telegram) | vars(_module(cls)) | {"dtm": dt}
    hints = typing.get_type_hints(cls.__init__, names, names)
    parameters = inspect.signature(cls.__init__).parameters.values()
    return {
        one.name: one.replace(annotation=hints[one.name])
        for one in parameters
        if one.name in hints and one.name not in _MADE_UP
    }


def _module(cls: type) -> types.ModuleType:
    module = inspect.getmodule(cls)
    assert module is not None
    return module


@cache
def _kinds(cls: _Class) -> tuple[_Class, ...]:
    """Return what an object declared as a class may be: that class, or those below it where there are some."""
    below = tuple(
        kind for one in cls.__subclasses__() for kind in _kinds(one) if kind.__module__.startswith("telegram.")
    )
    itself = cls is not telegram.MaybeInaccessibleMessage and not (below and len(_signature(cls)) <= 1)
    return (*((cls,) if itself or not below else ()), *below)


@st.composite
def _instance(draw: st.DrawFn, cls: _Class, depth: int) -> TelegramObject:
    """Return an object with all that it needs and, above the lowest level, some of what it may have."""
    parameters = _signature(cls)
    needed = [name for name, one in parameters.items() if one.default is inspect.Parameter.empty]
    spare = sorted(parameters.keys() - set(needed))
    chosen = draw(st.lists(st.sampled_from(spare), unique=True, max_size=_FIELDS)) if depth > 0 and spare else []
    given = {name: draw(_value(parameters[name].annotation, depth - 1)) for name in (*needed, *chosen)}
    while True:
        try:
            return typing.cast("TelegramObject", cls(**given))
        except TypeError as error:
            # Needed since a later Bot API, which the signature does not say but the error does.
            lacking = set(re.findall(r"`(\w+)`", str(error))) & (parameters.keys() - given.keys())
            if not lacking:
                raise
            given |= {name: draw(_value(parameters[name].annotation, 0)) for name in sorted(lacking)}


def _value(kind: _Class, depth: int) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin: object = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if getattr(origin, "__name__", "") == "DefaultValue":
        return _value(arguments[0], depth)
    if dt.timedelta in arguments:  # or the same in seconds
        return _PLAIN[dt.timedelta]
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([_value(one, depth) for one in arguments if one is not type(None)])
    if origin in {Sequence, list, tuple}:
        return st.lists(_value(arguments[0], depth), min_size=1, max_size=2)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if isinstance(kind, type) and issubclass(kind, TelegramObject):
        kinds: tuple[_Class, ...] = _kinds(kind)  # type: ignore[arg-type]
        return st.sampled_from(kinds).flatmap(lambda one: _instance(one, depth))
    if kind is object or kind is typing.Any:
        return _TEXT
    raise TypeError(f"nobody has said how to make a {kind}")
