"""An app's manifest, read from a YAML or JSON file and checked as far as it is needed here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]


class ManifestFaults(ValueError):
    """What is wrong with a manifest; `lines` has one for each fault."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


def read_manifest(file: Path) -> Json:
    """The manifest, its parts there even where the file leaves them out.

    Raises ManifestFaults, or OSError.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        found = json.loads(text) if file.suffix.lower() == ".json" else yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise ManifestFaults(["it is no UTF-8 text"]) from error
    except (ValueError, yaml.YAMLError) as error:
        kind = "JSON" if file.suffix.lower() == ".json" else "YAML"
        raise ManifestFaults([f"it is no {kind}: {' '.join(str(error).split())}"]) from error
    if faults := list(_faults(found)):
        raise ManifestFaults(faults)
    for name in ("features", "oauth_config", "settings"):
        found.setdefault(name, {})
    found["oauth_config"].setdefault("scopes", {}).setdefault("bot", [])
    return dict(found)


def app_name(manifest: Json) -> str:
    """What the app is called in the workspace."""
    user = manifest["features"].get("bot_user") or {}
    about = manifest.get("display_information") or {}
    return str(user.get("display_name") or about.get("name") or "app")


def _faults(found: Any) -> Iterator[str]:
    if not isinstance(found, dict):
        yield "it is no manifest: its top is no table of names"
        return
    for path in ("features", "oauth_config", "oauth_config.scopes", "settings"):
        if not isinstance(_at(found, path, {}), dict):
            yield f"{path} is no table of names"
            return
    if not _is_list(_at(found, "oauth_config.scopes.bot", []), str):
        yield "oauth_config.scopes.bot is no list of scopes"
    if not _is_list(_at(found, "settings.event_subscriptions.bot_events", []), str):
        yield "settings.event_subscriptions.bot_events is no list of events"
    for name, needed in (("slash_commands", "command"), ("shortcuts", "callback_id")):
        listed = _at(found, f"features.{name}", [])
        if not _is_list(listed, dict):
            yield f"features.{name} is no list"
        elif not all(isinstance(each.get(needed), str) for each in listed):
            yield f"features.{name}: each needs a {needed}"


def _at(found: Any, path: str, otherwise: Any) -> Any:
    for name in path.split("."):
        if not isinstance(found, dict):
            return found
        found = found.get(name)
        if found is None:
            return otherwise
    return found


def _is_list(value: Any, of: type) -> bool:
    return isinstance(value, list) and all(isinstance(each, of) for each in value)
