"""The app's manifest, for Socket Mode or with the addresses that HTTP needs."""

from pathlib import Path
from typing import Any

import yaml

# In a wheel it lies in the package. The project's folder comes second: installed, that is
# site-packages, where a file of this name would be somebody else's.
PLACES = (Path(__file__).parent / "manifest.yml", Path(__file__).parents[1] / "manifest.yml")


def load() -> dict[str, Any]:
    """The manifest as it lies in the package (or, not installed, in the project)."""
    place = next(place for place in PLACES if place.exists())
    loaded: dict[str, Any] = yaml.safe_load(place.read_text(encoding="utf-8"))
    return loaded


def for_socket_mode() -> str:
    """As text, ready for Slack's site."""
    return _text(load())


def for_http(url: str) -> str:
    """As text, with Slack sending to `url`, such as `https://mentor.example.org`."""
    manifest = load()
    address = f"{url.rstrip('/')}/slack/events"
    manifest["settings"]["socket_mode_enabled"] = False
    manifest["settings"]["event_subscriptions"]["request_url"] = address
    manifest["settings"]["interactivity"]["request_url"] = address
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    return _text(manifest)


def _text(manifest: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True)
    return text
