import socket

import pytest

from bot.config import read
from bot.errors import ConfigError
from bot.http import listening

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1-A1-2-3"}


def test_the_least_is_two_tokens() -> None:
    settings = read(GOOD)
    assert settings.host == "127.0.0.1"
    assert settings.database == "mentor.db"
    assert settings.api_url == "https://slack.com/api/"


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ConfigError) as error:
        read({"SLACK_BOT_TOKEN": "x", "PORT": "many", "MENTOR_ADMINS": "bob", "LOG_LEVEL": "LOUD"})
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "PORT", "MENTOR_ADMINS", "LOG_LEVEL"):
        assert name in str(error.value)


def test_an_empty_signing_secret_does_not_start() -> None:
    with pytest.raises(ConfigError, match="SLACK_SIGNING_SECRET"):
        read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": " "})


def test_no_secret_is_shown() -> None:
    shown = repr(read({**GOOD, "SLACK_SIGNING_SECRET": "hidden"}))
    assert "xoxb" not in shown
    assert "xapp" not in shown
    assert "hidden" not in shown


def test_slack_may_be_elsewhere() -> None:
    settings = read({**GOOD, "SLACK_API_URL": "http://127.0.0.1:8888/api"})
    assert settings.api_url == "http://127.0.0.1:8888/api/"


def test_a_fault_repeats_no_value() -> None:
    with pytest.raises(ConfigError) as error:
        read({"SLACK_BOT_TOKEN": "secret-typed-in-the-wrong-place"})
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("token", ["xoxb-1\nx", "xoxb-\u00e9", "xoxb-1 xapp-2"])
def test_a_token_that_no_header_can_hold_is_a_fault(token: str) -> None:
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN"):
        read({**GOOD, "SLACK_BOT_TOKEN": token})


def test_small_answers_over_http_leave_at_once() -> None:
    """asyncio switches Nagle's algorithm off only where a socket names its protocol."""
    with listening("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP
