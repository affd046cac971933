import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot import manifest
from bot.views.consults import ids

SCHEMA = Path(__file__).parents[2] / "shared/slack-samples/manifest.schema.2.0.0.json"


@pytest.mark.parametrize(
    "text", [manifest.for_socket_mode(), manifest.for_http("https://mentor.example.org/")]
)
def test_slacks_schema_accepts_it(text: str) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside this checkout")
    jsonschema.validate(yaml.safe_load(text), json.loads(SCHEMA.read_text()))


def test_the_shortcuts_of_the_manifest_have_listeners() -> None:
    named = {each["callback_id"] for each in manifest.load()["features"]["shortcuts"]}
    assert named == {ids.ASK_SHORTCUT, ids.ASK_ABOUT_MESSAGE}


def test_over_http_slack_is_told_where_to_send() -> None:
    made = yaml.safe_load(manifest.for_http("https://mentor.example.org/"))
    address = "https://mentor.example.org/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["features"]["slash_commands"][0]["url"] == address


def test_it_asks_for_no_scope_that_nothing_uses() -> None:
    assert set(manifest.load()["oauth_config"]["scopes"]["bot"]) == {
        "channels:history",  # who of a circle wrote in a session's thread; the words are not taken
        "channels:join",  # a topic's fallback channel, a circle's adopted one
        "channels:manage",  # circles' channels
        "channels:read",
        "chat:write",
        "commands",
        "dnd:read",  # reminders wait while somebody wants no disturbance
        "files:write",  # the calendar file of a check-in
        "groups:history",  # as of public channels
        "groups:read",
        "groups:write",  # closed circles' channels
        "im:history",  # finding what may have been sent; what an anonymous asker and expert write
        "im:write",
        "mpim:write",  # the group message of a consult
        "users:read",
        "users:read.email",  # experts imported by e-mail
    }
