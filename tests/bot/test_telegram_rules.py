from __future__ import annotations

import pytest

from bot.telegram_rules import JSON, RefusalError, bad_request, checked_address, checked_commands, checked_keyboard


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("example.org/a", "http://example.org/a"),
        ("https://example.org?q=1", "https://example.org/?q=1"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/#:~:text=One,two%2Dthree", "https://example.org/#:~:text=One,two%2Dthree"),
        ("https://ann:secret@example.org:8080/", "https://ann:secret@example.org:8080/"),
        ("https://пример.рф/путь", "https://пример.рф/путь"),
        ("http://[::1]/", "http://[::1]/"),
        ("mailto:ann@example.org", "http://mailto:ann@example.org/"),
        ("tg://user?id=1001", "tg://user?id=1001"),
        ("TG:resolve?domain=quotebot", "tg://resolve?domain=quotebot"),
    ],
)
def test_address_is_kept_as_telegram_keeps_it(given: str, kept: str) -> None:
    assert checked_address(given) == kept
    assert checked_address(kept) == kept


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", "URL host is empty"),
        ("https://", "URL host is empty"),
        ("https:///path", "URL host is empty"),
        ("http://localhost/", "Wrong HTTP URL"),
        ("ftp://example.org", "Unsupported URL protocol"),
        ("javascript://example.org", "Unsupported URL protocol"),
        ("https://.", "Host is invalid"),
        ("https://exa mple.org", "Disallowed character in URL host"),
        ("https://exa<mple.org", "Disallowed character in URL host"),
        ("https://a b@example.org", "Disallowed character in URL userinfo"),
        ("https://100%.org", "Wrong percent-encoded symbol in URL host"),
        ("https://example.org:0/", "Wrong port number specified in the URL"),
        ("https://example.org:99999/", "Wrong port number specified in the URL"),
        ("https://[::zz]/", "Wrong IPv6 address specified in the URL"),
        ("tg://https://example.org", "Wrong tg URL"),
        ("tg://us.er", "Unallowed characters in URL host"),
    ],
)
def test_malformed_address_is_refused_with_telegrams_reason(given: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        checked_address(given)


def button(text: str = "›", **fields: object) -> JSON:
    return {"text": text, **(fields or {"callback_data": "x"})}


def markup(*rows: list[JSON]) -> JSON:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize("data", ["x", "x" * 64, "я" * 32])
def test_callback_data_of_up_to_64_bytes_is_taken(data: str) -> None:
    given = markup([button(callback_data=data)])
    assert checked_keyboard(given) == given


@pytest.mark.parametrize(
    ("given", "description"),
    [
        (markup([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (markup([button(callback_data="я" * 33)]), "BUTTON_DATA_INVALID"),
        (
            markup([button(url="http://localhost")]),
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (
            markup([button(callback_data="")]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (markup([{"url": "https://example.org"}]), "can't parse inline keyboard button: Can't find field \"text\""),
        (markup([button()] * 8, *[[button()] * 8] * 12), "reply markup is too long"),
        (markup(*[[button("word" * 40)]] * 60), "reply markup is too long"),
        (
            {"inline_keyboard": [button()]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"inline_keyboard": [["›"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ("›", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
    ],
)
def test_keyboard_is_refused_in_telegrams_words(given: object, description: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        checked_keyboard(given)
    assert refusal.value.status == 400
    assert refusal.value.description == f"Bad Request: {description}"


def test_a_hundred_buttons_are_taken() -> None:
    given = markup(*[[button()] * 5] * 20)
    assert checked_keyboard(given) == given


def test_what_shows_nothing_is_left_out_silently() -> None:
    assert checked_keyboard(markup([button("")], [button(), button("")])) == markup([button()])
    assert checked_keyboard(markup()) is None
    assert checked_keyboard(None) is None
    assert checked_keyboard({"force_reply": True}) is None


def test_menu_is_kept_trimmed_and_without_slashes() -> None:
    kept = checked_commands([{"command": "/quote", "description": " The best quote "}])
    assert kept == ({"command": "quote", "description": "The best quote"},)


@pytest.mark.parametrize(
    ("command", "description", "refusal"),
    [
        ("Quote", "x", "BOT_COMMAND_INVALID"),
        ("quo-te", "x", "BOT_COMMAND_INVALID"),
        ("цитата", "x", "BOT_COMMAND_INVALID"),
        ("/", "x", "command must be non-empty"),
        ("q" * 33, "x", "command length must not exceed 32"),
        ("quote", " ", "command description must be non-empty"),
        ("quote", "x" * 257, "command description length must not exceed 256"),
    ],
)
def test_command_is_refused_in_telegrams_words(command: str, description: str, refusal: str) -> None:
    with pytest.raises(RefusalError, match=f"^Bad Request: {refusal}$"):
        checked_commands([{"command": command, "description": description}])


def test_a_menu_that_is_no_list_is_refused() -> None:
    with pytest.raises(RefusalError, match="expected an Array of BotCommand"):
        checked_commands({"command": "quote", "description": "x"})


def test_menu_of_over_a_hundred_commands_is_refused() -> None:
    with pytest.raises(RefusalError, match="BOT_COMMANDS_TOO_MUCH"):
        checked_commands([{"command": f"c{number}", "description": "x"} for number in range(101)])


@pytest.mark.parametrize(
    ("fault", "description"),
    [
        ("Chat not found", "Bad Request: chat not found"),
        ("BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"),
        ("MESSAGE_DELETE_FORBIDDEN", "Bad Request: message can't be deleted"),
    ],
)
def test_fault_is_worded_as_the_server_words_it(fault: str, description: str) -> None:
    assert bad_request(fault).description == description
