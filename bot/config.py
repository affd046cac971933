"""The settings: read once from the environment, with every fault named at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import ConfigError

SLACK = "https://slack.com/api/"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this bot is set up. Tokens and the secret are kept out of `repr`."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 3000
    api_url: str = SLACK
    database: str = "mentor.db"
    admins: tuple[str, ...] = ()
    log_level: str = "INFO"
    health_port: int | None = None


def read(env: Mapping[str, str]) -> Settings:
    """The settings in `env`. Raises ConfigError that names every fault; values are not repeated."""
    said = {name: value.strip() for name, value in env.items() if value.strip()}
    faults = _faults(said)
    if faults:
        raise ConfigError("; ".join(faults))
    return Settings(
        bot_token=said["SLACK_BOT_TOKEN"],
        app_token=said.get("SLACK_APP_TOKEN"),
        signing_secret=said.get("SLACK_SIGNING_SECRET"),
        host=said.get("HOST", "127.0.0.1"),
        port=int(said.get("PORT", "3000")),
        api_url=said.get("SLACK_API_URL", SLACK).rstrip("/") + "/",
        database=database(env),
        admins=_admins(said),
        log_level=said.get("LOG_LEVEL", "INFO").upper(),
        health_port=int(said["HEALTH_PORT"]) if "HEALTH_PORT" in said else None,
    )


def database(env: Mapping[str, str]) -> str:
    """Where the store is: all that commands without Slack need."""
    return env.get("MENTOR_DATABASE", "").strip() or "mentor.db"


def _admins(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(said.get("MENTOR_ADMINS", "").replace(",", " ").split())


def _is_port(said: str) -> bool:
    return said.isascii() and said.isdigit() and int(said) < 2**16


def _faults(said: Mapping[str, str]) -> list[str]:
    faults = []
    for name, prefix in (("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")):
        token = said.get(name)
        if token is None and name == "SLACK_APP_TOKEN":
            continue
        if not (token or "").startswith(prefix):
            faults.append(f"{name} should start with {prefix}")
        elif not re.fullmatch(r"[!-~]+", token or ""):
            faults.append(f"{name} should hold letters, digits and dashes alone")
    if "SLACK_APP_TOKEN" not in said and "SLACK_SIGNING_SECRET" not in said:
        faults.append("set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")
    if not said.get("SLACK_API_URL", SLACK).startswith(("https://", "http://")):
        faults.append("SLACK_API_URL should be a web address")
    faults += [
        f"{name} should be a number from 0 to 65535"
        for name in ("PORT", "HEALTH_PORT")
        if not _is_port(said.get(name, "3000"))
    ]
    if any(not admin.startswith(("U", "W")) for admin in _admins(said)):
        faults.append("MENTOR_ADMINS should be user ids like U012AB3CD")
    if said.get("LOG_LEVEL", "INFO").upper() not in LEVELS:
        faults.append(f"LOG_LEVEL should be one of {', '.join(LEVELS)}")
    return faults
