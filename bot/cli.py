"""`mentor-bot …`: run it, try it, check it, fill it. Faults are one clear line and an exit code."""

import argparse
import asyncio
import io
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot import config, doctor, logs, manifest
from bot.app import App, run, slack_client
from bot.clock import RealClock
from bot.errors import ConfigError, MentorBotError, Unusable
from bot.importing import experts_in, names_channel, needs_in, questions_in, topics_in
from bot.programme import (
    Counts,
    import_experts,
    import_needs,
    import_questions,
    import_topics,
)
from bot.progress import bar
from storage import members
from storage.backup import back_up, restore, verify
from storage.database import StoreError, Tx, open_store

WRONG_USE, FAILED = 2, 1


class _OneLine(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> None:  # type: ignore[override] # exit() never returns
        """Say what was wrong and leave."""
        self.exit(WRONG_USE, f"mentor-bot: {message} (see mentor-bot --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        logs.set_up("WARNING")
        env = environment()
        return _run(asked, env)
    except Unusable as error:
        return _fail(error.words)
    except (MentorBotError, StoreError, OSError) as error:
        return _fail(str(error))


def environment() -> Mapping[str, str]:
    """The environment, over what stands in `.env` of the current folder. Raises ConfigError."""
    # A secret may hold a dollar sign: nothing is interpolated.
    file = Path.cwd() / ".env"
    text = _text_of(file) if file.is_file() else ""
    written = dotenv_values(stream=io.StringIO(text), interpolate=False)
    return {name: value for name, value in written.items() if value is not None} | dict(os.environ)


def _text_of(file: Path) -> str:
    """What the file says. Raises ConfigError if it is no UTF-8 text, OSError if unreadable."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file.name} is no UTF-8 text; save it as such.") from error


# What can be imported: how its file is read, and the use case that stores the rows.
_IMPORTS: dict[str, tuple[Callable[[str], list[Any]], Callable[[Tx, list[Any]], Counts]]] = {
    "topics": (topics_in, import_topics),
    "experts": (experts_in, import_experts),
    "questions": (questions_in, import_questions),
    "needs": (needs_in, import_needs),
}


def _parser() -> argparse.ArgumentParser:
    parser = _OneLine(prog="mentor-bot", description="A Slack bot for mentoring.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot in your workspace")
    local = commands.add_parser("sandbox", help="open a workspace on this machine, with the bot")
    local.add_argument(
        "--port", type=_port, default=0, help="where the page is (default: any free)"
    )
    local.add_argument("--no-browser", action="store_true", help="only print the address")
    begin = local.add_mutually_exclusive_group()
    begin.add_argument("--seed", type=Path, metavar="FILE", help="people, channels and messages")
    begin.add_argument("--empty", action="store_true", help="begin with nobody but an owner")
    local.add_argument(
        "--data", type=Path, metavar="DIR", help="keep workspace and bot there between runs"
    )
    local.add_argument(
        "--fault", action="append", default=[], metavar="'METHOD KIND …'",
        help="let something go wrong, such as 'chat.postMessage reset_after count=2'",
    )  # fmt: skip
    commands.add_parser("doctor", help="check tokens, scopes, store, clock and versions")
    fill = commands.add_parser(
        "import", help="add or change topics, experts, questions or needs from a CSV file"
    )
    fill.add_argument("what", choices=tuple(_IMPORTS))
    fill.add_argument("file", type=Path)
    copied = commands.add_parser("backup", help="copy the store, while the bot runs")
    copied.add_argument("to", type=Path, metavar="TO", help="a new file, or a folder")
    looked = commands.add_parser("verify", help="look through the store, or a copy of it")
    looked.add_argument("file", type=Path, nargs="?", help="a copy (default: the store)")
    put = commands.add_parser("restore", help="put a copy in the place of the store")
    put.add_argument("file", type=Path)
    shown = commands.add_parser("manifest", help="print the app's manifest")
    shown.add_argument(
        "--http", type=_address, metavar="URL", help="for HTTP at this address, not Socket Mode"
    )
    return parser


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed) < 2**16):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(typed)


def _address(typed: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", typed):
        raise argparse.ArgumentTypeError("a URL is like https://mentor.example.org")
    return typed


def _run(asked: argparse.Namespace, env: Mapping[str, str]) -> int:
    if asked.command == "manifest":
        text = manifest.for_http(asked.http) if asked.http else manifest.for_socket_mode()
        sys.stdout.write(text)
        return 0
    if asked.command == "doctor":
        return asyncio.run(_doctor(env))
    if asked.command == "import":
        return asyncio.run(_import(asked.what, _text_of(asked.file), env))
    if asked.command == "sandbox":
        return _sandbox(asked)
    if asked.command in _KEEPING:
        _KEEPING[asked.command](asked, Path(config.database(env)))
        return 0
    settings = config.read(env)
    logs.set_up(settings.log_level)
    asyncio.run(run(settings))
    return 0


def _sandbox(asked: argparse.Namespace) -> int:
    try:
        # The sandbox's packages are an extra that a production install goes without.
        from bot.local_workspace import LocalWorkspaceError, open_workspace  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ConfigError(f"{error.name} is missing: pip install 'mentor-bot[sandbox]'") from error
    wanted = {name: getattr(asked, name) for name in ("seed", "empty", "data")}
    try:
        asyncio.run(
            open_workspace(asked.port, browser=not asked.no_browser, faults=asked.fault, **wanted)
        )
    except LocalWorkspaceError as error:
        return max(map(_fail, error.lines))
    return 0


async def _doctor(env: Mapping[str, str]) -> int:
    findings = await doctor.examine(env, RealClock())
    for found in findings:
        mark = "well " if found.well else "FAULT"
        sys.stdout.write(f"{mark}  {found.thing}: {found.words}\n")
        if not found.well:
            sys.stdout.write(f"       {found.advice}\n")
    return 0 if all(found.well for found in findings) else FAILED


async def _import(what: str, text: str, env: Mapping[str, str]) -> int:
    read, use_case = _IMPORTS[what]
    # Read before Slack is asked for anything: a faulty file is told at once.
    rows = read(text)
    topics = what == "topics"
    workspace, channels = await _workspace(env, channels=topics and any(map(names_channel, rows)))
    if topics:
        rows = topics_in(text, channels)
    store = open_store(config.database(env), RealClock())
    try:
        counts: Counts = await store.write(workspace, use_case, rows)
    finally:
        store.close()
    sys.stdout.write(f"{what}: {counts.added} added, {counts.changed} changed\n")
    return 0


async def _workspace(env: Mapping[str, str], *, channels: bool) -> tuple[str, Mapping[str, str]]:
    """The workspace to import into and, if `channels` are asked for, their ids by name.

    It is the token's, its people synchronised; else the store's only, without channels.
    """
    if env.get("SLACK_BOT_TOKEN"):
        settings = config.read(env)
        async with slack_client(settings) as client:
            app = App(settings, RealClock(), client)
            try:
                return await app.learn(), await app.channels() if channels else {}
            finally:
                app.store.close()
    store = open_store(config.database(env), RealClock())
    try:
        known = await store.read("", members.workspaces)
    finally:
        store.close()
    if len(known) != 1:
        raise ConfigError(
            "Set SLACK_BOT_TOKEN (or run the bot once), so that the workspace is known."
        )
    return known[0], {}


def _backup(asked: argparse.Namespace, store: Path) -> None:
    made = back_up(store, asked.to, RealClock().now(), bar(sys.stderr))
    sys.stdout.write(f"{made}: {_counted(verify(made))}\n")


def _verify(asked: argparse.Namespace, store: Path) -> None:
    place = asked.file or store
    sys.stdout.write(f"{place} is sound: {_counted(verify(place))}\n")


def _restore(asked: argparse.Namespace, store: Path) -> None:
    before = restore(asked.file, store, RealClock().now(), bar(sys.stderr))
    sys.stdout.write(f"{store} is now {asked.file}: {_counted(verify(store))}\n")
    if before:
        sys.stdout.write(f"What was there before is kept as {before}\n")


def _counted(rows: Mapping[str, int]) -> str:
    return f"{sum(rows.values())} rows in {len(rows)} tables"


_KEEPING = {"backup": _backup, "verify": _verify, "restore": _restore}


def _fail(words: str) -> int:
    sys.stderr.write(f"mentor-bot: {' '.join(words.split())}\n")
    return FAILED


if __name__ == "__main__":
    raise SystemExit(main())
