"""Looks at everything the bot needs, and says of each fault what to do."""

import os
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import config, manifest
from bot.app import code_of, slack_client
from bot.clock import Clock
from bot.errors import ConfigError
from storage.database import StoreUnusable, made_mark, open_store

WAL_FAULT_UNTIL = (3, 51, 3)  # SQLite before it has a rare fault with two checkpointing connections
DRIFT = 60  # seconds; signatures are refused from five minutes on


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` is what to do where it is not well."""

    thing: str
    well: bool
    words: str
    advice: str = ""


async def examine(env: Mapping[str, str], clock: Clock) -> list[Finding]:
    """Look at settings, store, versions, Slack and the clock."""
    findings = [_versions(), _store(config.database(env), clock)]
    try:
        settings = config.read(env)
    except ConfigError as error:
        advice = "Set them in the environment or in .env; .env.example shows each."
        return [Finding("settings", well=False, words=str(error), advice=advice), *findings]
    findings.insert(0, Finding("settings", well=True, words="complete"))
    async with slack_client(settings) as client:
        findings += await _slack(client, settings, clock)
    return findings


def _versions() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    words = f"mentor-bot {version('mentor-bot')}, Python {python}, SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < WAL_FAULT_UNTIL:
        words += " (let no second program write to the store: SQLite before 3.51.3 could damage it)"
    return Finding("versions", well=True, words=words)


def _store(place: str, clock: Clock) -> Finding:
    folder = Path(place).absolute().parent
    if not Path(place).exists() and not made_mark(Path(place)).exists():
        if not os.access(folder, os.W_OK | os.X_OK):
            advice = "Make that folder, and let the bot write there; or set MENTOR_DATABASE."
            return Finding("store", well=False, words=f"{folder} can't be used", advice=advice)
        return Finding("store", well=True, words=f"{place} will be created at the first start")
    try:
        open_store(place, clock).close()
    except StoreUnusable as error:
        advice = "See that the bot may write there; if the file is damaged, restore a backup."
        return Finding("store", well=False, words=str(error), advice=advice)
    return Finding("store", well=True, words=f"{place} opens and is sound")


async def _slack(client: AsyncWebClient, settings: config.Settings, clock: Clock) -> list[Finding]:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = code_of(error)
        advice = "Copy the bot token anew from your app's page (OAuth & Permissions)."
        return [Finding("bot token", well=False, words=code, advice=advice)]
    except (TimeoutError, aiohttp.ClientError) as error:
        advice = "Check the network, the proxy and SLACK_API_URL."
        return [Finding("Slack", well=False, words=type(error).__name__, advice=advice)]
    headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
    return [
        Finding("bot token", well=True, words=f"workspace {answer['team_id']}"),
        _scopes(str(headers.get("x-oauth-scopes", ""))),
        _clock(str(headers.get("date", "")), clock),
        await _app_token(client, settings),
    ]


def _scopes(granted: str) -> Finding:
    needed = set(manifest.load()["oauth_config"]["scopes"]["bot"])
    missing = sorted(needed - {scope.strip() for scope in granted.split(",")})
    if granted and set(missing) == {"dnd:read"}:
        words = "without dnd:read: reminders can't wait for the end of do-not-disturb"
        return Finding("scopes", well=True, words=words)
    if granted and missing:
        words = f"missing: {', '.join(missing)}"
        advice = "Update the app from manifest.yml and install it to the workspace again."
        return Finding("scopes", well=False, words=words, advice=advice)
    return Finding("scopes", well=True, words="as the manifest asks" if granted else "not shown")


def _clock(date: str, clock: Clock) -> Finding:
    try:
        slack = parsedate_to_datetime(date).astimezone(UTC).timestamp()
    except (TypeError, ValueError):
        return Finding("clock", well=True, words="Slack gave no time to compare with")
    apart = round(abs(slack - clock.now()))
    advice = "Let the machine keep time (NTP): Slack's signatures are refused otherwise."
    return Finding("clock", well=apart <= DRIFT, words=f"{apart} s from Slack's", advice=advice)


async def _app_token(client: AsyncWebClient, settings: config.Settings) -> Finding:
    if settings.app_token is None:
        return Finding("delivery", well=True, words="HTTP, signed")
    try:
        await client.apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        advice = "Make an app-level token with connections:write, and switch Socket Mode on."
        return Finding("app token", well=False, words=code_of(error), advice=advice)
    return Finding("app token", well=True, words="opens Socket Mode")
