"""The workspace opened by a command: any app in it, seeded, kept, and with faults."""

import asyncio
import contextlib
import json
import os
import re
import sys
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.clock import SandboxClock
from sandbox.manifests import ManifestFaults, app_name, read_manifest
from sandbox.seed import EMPTY, RIVERSIDE, SeedFaults, built, read_seed
from sandbox.seed.reading import checked
from tests.support.world import TUESDAY

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WITHIN = 60  # seconds: a slow machine is slow, not wrong
Json = dict[str, Any]


class Started:
    """A command that runs, what it says, and the control API it serves."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self.address = ""

    async def until_said(self, words: str) -> str:
        """The line that has these words, once it is said."""
        assert self.process.stdout
        for line in self.said:
            if words in line:
                return line
        async with asyncio.timeout(WITHIN):
            while line := (await self.process.stdout.readline()).decode():
                self.said.append(line)
                if words in line:
                    return line
        pytest.fail(f"{words!r} was not said: {self.said}")

    async def opens(self) -> None:
        found = re.search(r"http://[\d.:]+", await self.until_said("The workspace is open"))
        assert found
        self.address = found[0]

    async def control(self, way: str, path: str, **sent: Any) -> Any:
        async with (
            aiohttp.ClientSession(self.address) as session,
            session.request(way, f"/control/{path}", **sent) as answer,
        ):
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def sees(self, user: str, channel: str) -> Json:
        seen = await self.control("GET", f"seen-by/{user}")
        return next(dict(each) for each in seen["conversations"] if each["name"] == channel)

    async def acts(self, what: str, **arguments: Any) -> Any:
        return await self.control("POST", f"act/{what}", json=arguments)

    async def ends(self) -> int:
        self.process.terminate()
        return await self.over()

    async def over(self) -> int:
        return await asyncio.wait_for(self.process.wait(), WITHIN)


@contextlib.asynccontextmanager
async def started(
    *words: str, module: str = "sandbox", opens: bool = True
) -> AsyncIterator[Started]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *words, "--no-browser", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    made = Started(process)
    try:
        if opens:
            await made.opens()
        yield made
    finally:
        if process.returncode is None:
            await made.ends()


async def refuses(*words: str, module: str = "sandbox") -> list[str]:
    """The lines in which a command says that it can't."""
    async with started(*words, module=module, opens=False) as made:
        assert made.process.stdout
        said = (await asyncio.wait_for(made.process.stdout.read(), WITHIN)).decode()
        assert await made.over() == 1, said
    return said.splitlines()


def in_readme(kind: str, name: str) -> str:
    """A file that README shows, by the comment that names it."""
    found = re.search(rf"```{kind}\n# {re.escape(name)}\n(.*?)```", README, re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    """The app of README, as it stands there; gives its folder."""
    (tmp_path / "manifest.yml").write_text(in_readme("yaml", "manifest.yml"))
    (tmp_path / "app.py").write_text(in_readme("python", "app.py"))
    return tmp_path


def with_app(folder: Path) -> tuple[str, ...]:
    return (str(folder / "manifest.yml"), "--command", f"python {folder / 'app.py'}")


async def greets(made: Started) -> str:
    """What Ben sees of `/hello`, once the app is there."""
    channel = (await made.sees("U0BEN", "general"))["id"]
    async with asyncio.timeout(WITHIN):
        while True:
            typed = {"user": "U0BEN", "channel": channel, "command": "/hello", "text": ""}
            if (await made.acts("command", **typed))["status"] == 200:
                break
            await asyncio.sleep(0.1)
    return str((await made.sees("U0BEN", "general"))["messages"][-1]["text"])


def test_the_app_in_readme_has_ten_lines_at_most() -> None:
    lines = [line for line in in_readme("python", "app.py").splitlines() if line.strip()]
    assert len(lines) <= 10
    assert 'python -m sandbox manifest.yml --command "python app.py"' in README


async def test_the_app_in_readme_runs_as_readme_says_and_ends_with_the_workspace(
    hello: Path,
) -> None:
    async with started(*with_app(hello)) as made:
        assert await greets(made) == "Hello, <@U0BEN>!"
        trail = await made.control("GET", "trail?kind=apps.connections.open")
        assert len(trail) == 1
        assert await made.ends() == 0
        # Its pipe closes only once the app has gone too.
        assert made.process.stdout
        await asyncio.wait_for(made.process.stdout.read(), WITHIN)


async def test_the_app_starts_again_by_a_key_and_by_the_control_api(hello: Path) -> None:
    async with started(*with_app(hello)) as made:
        await greets(made)
        assert made.process.stdin
        made.process.stdin.write(b"r\n")
        await made.until_said("started again")
        await greets(made)
        assert (await made.control("POST", "program/restart"))["starts"] == 3
        await greets(made)


async def test_when_the_app_ends_by_itself_so_does_the_workspace_with_its_code(
    hello: Path,
) -> None:
    (hello / "app.py").write_text("raise SystemExit(7)")
    async with started(*with_app(hello)) as made:
        await made.until_said("exit code 7")
        assert await made.over() == 7


async def test_the_app_finds_slacks_names_in_its_environment(hello: Path) -> None:
    (hello / "app.py").write_text(
        "import os\n"
        "for name in ('BOT_TOKEN', 'APP_TOKEN', 'SIGNING_SECRET', 'API_URL'):\n"
        "    print(name, os.environ[f'SLACK_{name}'], flush=True)\n"
    )
    async with started(*with_app(hello)) as made:
        assert "xoxb-" in await made.until_said("BOT_TOKEN")
        assert "xapp-" in await made.until_said("APP_TOKEN")
        assert len((await made.until_said("SIGNING_SECRET")).split()[1]) == 32
        assert (await made.until_said("API_URL")).split()[1] == f"{made.address}/api/"


HTTP_APP = """
import os
from slack_bolt import App
from slack_sdk import WebClient

app = App(
    client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


@app.command("/hello")
def hello(ack):
    ack("Hello over HTTP")


app.start(port=int(os.environ["PORT"]))
"""


async def test_an_app_that_listens_over_http_is_sent_to_where_it_listens(
    hello: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(unused_tcp_port))
    (hello / "app.py").write_text(HTTP_APP)
    url = f"http://127.0.0.1:{unused_tcp_port}/slack/events"
    async with started(*with_app(hello), "--http", url) as made:
        assert await greets(made) == "Hello over HTTP"


async def test_without_a_command_it_says_what_an_app_needs(hello: Path) -> None:
    (hello / "manifest.json").write_text(json.dumps(read_manifest(hello / "manifest.yml")))
    async with started(str(hello / "manifest.json")) as made:
        assert "xoxb-" in await made.until_said("SLACK_BOT_TOKEN=")
        assert made.address in await made.until_said("SLACK_API_URL=")
        people = await made.control("GET", "people")
        assert [each["name"] for each in people if each["is_bot"]] == ["hello"]


async def test_faults_are_there_from_the_start(hello: Path) -> None:
    line = "* slow seconds=0.01 count=all"
    async with started(
        str(hello / "manifest.yml"), "--fault", line, "--fault", "link refused"
    ) as it:
        coming = (await it.control("GET", "faults"))["coming"]
        assert [(each["method"], each["kind"]) for each in coming] == [
            ("*", "slow"),
            ("link", "refused"),
        ]


async def test_what_was_said_is_there_in_the_next_run(hello: Path) -> None:
    words = (str(hello / "manifest.yml"), "--data", str(hello / "kept"))
    async with started(*words, "--empty") as made:
        channel = (await made.sees("U0OWNER", "general"))["id"]
        await made.acts("post", user="U0OWNER", channel=channel, text="anybody here?")
        assert await made.ends() == 0
    async with started(*words) as made:
        seen = await made.sees("U0OWNER", "general")
        assert [each["text"] for each in seen["messages"]] == ["anybody here?"]
        (line,) = await refuses(*words)
        assert "in use" in line
    (line,) = await refuses(*words, "--empty")
    assert "leave --seed and --empty out" in line
    (hello / "kept" / "workspace.json").write_text("x")
    (line,) = await refuses(*words)
    assert "damaged" in line
    assert (hello / "kept" / "workspace.json").read_text() == "x"


TEAM = """
[workspace]
name = "Team"
[[people]]
name = "ann"
real_name = "Ann Lee"
id = "U0ANN"
role = "owner"
[[people]]
name = "bob"
real_name = "Bob Roy"
id = "U0BOB"
tz = "Asia/Kolkata"
[[channels]]
name = "lobby"
general = true
members = ["everybody", "app"]
topic = "Hello"
[[messages]]
in = "lobby"
from = "ann"
text = "Welcome @bob & see #lobby"
minutes_ago = 60
key = "welcome"
reactions = { tada = ["bob"] }
[[messages]]
in = "lobby"
from = "bob"
text = "Thanks"
minutes_ago = 50
reply_to = "welcome"
[[messages]]
in = ["ann", "bob"]
from = "bob"
text = "Lunch?"
"""


async def test_the_bots_own_workspace_is_seeded_and_kept_with_its_store(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(TEAM)
    (tmp_path / "topics.csv").write_text("topic\nlunch\n")
    kept = ("--data", str(tmp_path / "kept"))
    words = ("sandbox", "--seed", str(tmp_path / "team.toml"), *kept)
    async with started(*words, module="bot.cli") as made:
        lobby = (await made.sees("U0BOB", "lobby"))["id"]
        typed = {"user": "U0BOB", "channel": lobby, "command": "/mentor"}
        await made.acts("command", **typed, text="what is for lunch? #lunch")
        await made.control("POST", "clock/skip?hours=1")
        assert await made.ends() == 0
    async with started("sandbox", *kept, module="bot.cli") as made:
        status = await made.acts("command", **typed, text="status")
        assert "what is for lunch?" in json.dumps(status)
        await made.ends()
    store = tmp_path / "kept" / "mentor.db"
    store.rename(tmp_path / "elsewhere.db")
    (line,) = await refuses("sandbox", *kept, module="bot.cli")
    assert "mentor.db is missing" in line
    assert not store.exists()


async def test_an_empty_workspace_has_its_owner_and_a_bot_that_knows_nothing() -> None:
    async with started("sandbox", "--empty", module="bot.cli") as made:
        people = await made.control("GET", "people")
        assert [each["id"] for each in people if not each["is_bot"]] == ["U0OWNER"]
        general = (await made.sees("U0OWNER", "general"))["id"]
        typed = {"user": "U0OWNER", "channel": general, "command": "/mentor", "text": "help"}
        assert (await made.acts("command", **typed))["status"] == 200


async def test_every_fault_of_the_command_line_is_one_clear_line(tmp_path: Path) -> None:
    lines = await refuses("sandbox", "--fault", "x", "--fault", "* boom", module="bot.cli")
    assert len(lines) == 2
    assert all(line.startswith("mentor-bot: --fault") for line in lines)
    (tmp_path / "team.toml").write_text("[workspace]\n[[people]]\nname = 'a'\nshoe = 1\n")
    lines = await refuses("sandbox", "--seed", str(tmp_path / "team.toml"), module="bot.cli")
    assert len(lines) == 3
    (tmp_path / "manifest.yml").write_text("- a list")
    (line,) = await refuses(str(tmp_path / "manifest.yml"))
    assert line.startswith("sandbox: ")
    (line,) = await refuses(str(tmp_path / "nowhere.yml"))
    assert "nowhere.yml" in line


async def test_a_command_that_cannot_be_started_is_one_clear_line(hello: Path) -> None:
    words = (str(hello / "manifest.yml"), "--command", "no-such-program here")
    *_, line = await refuses(*words)
    assert "--command can't be started" in line


def test_a_seed_becomes_what_it_describes(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(TEAM)
    space = built(read_seed(tmp_path / "team.toml"), SandboxClock(TUESDAY), app="Lunch Bot")
    lobby = space.find_channel("lobby")
    assert (lobby.members, lobby.topic) == (["U0ANN", "U0BOB", "U0APP"], "Hello")
    assert (space.bot.name, space.bot.real_name) == ("lunch-bot", "Lunch Bot")
    welcome, thanks = lobby.messages
    assert welcome.text == f"Welcome <@U0BOB> &amp; see <#{lobby.id}|lobby>"
    assert TUESDAY - 3601 < float(welcome.ts) < TUESDAY - 3599
    assert welcome.reactions == {"tada": ["U0BOB"]}
    assert thanks.thread_ts == welcome.ts
    assert [each.text for each in space.direct(["U0ANN", "U0BOB"]).messages] == ["Lunch?"]
    assert (space.users["U0ANN"].is_owner, space.users["U0BOB"].tz) == (True, "Asia/Kolkata")
    assert float(space.next_ts()) > float(thanks.ts)


def test_a_seed_in_json_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "team.json").write_text(json.dumps(tomllib.loads(TEAM)))
    (tmp_path / "team.toml").write_text(TEAM)
    assert read_seed(tmp_path / "team.json") == read_seed(tmp_path / "team.toml")


@pytest.mark.parametrize("file", [RIVERSIDE, EMPTY], ids=["riverside", "empty"])
def test_the_seeds_shipped_are_well(file: Path) -> None:
    assert built(read_seed(file), SandboxClock(TUESDAY)).find_channel("general").general


WELL: Json = {
    "workspace": {"name": "Team"},
    "people": [{"name": "ann", "real_name": "Ann"}],
    "channels": [{"name": "lobby", "members": ["ann"]}],
    "messages": [{"in": "lobby", "from": "ann", "text": "hi"}],
}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"people": []}, "there are no people"),
        ({"workspace": 7}, "workspace is no table"),
        ({"dogs": []}, "dogs is none of"),
        ({"people": [{"name": "ann"}]}, "person 1 (ann): real_name is missing"),
        ({"people": [{"name": 7, "real_name": "x"}]}, "person 1: name can't be 7"),
        ({"people": WELL["people"] * 2}, "person 2 (ann): name 'ann' is there twice"),
        ({"people": [{**WELL["people"][0], "tz": "Mars"}]}, "tz 'Mars' is no time zone"),
        ({"people": [{**WELL["people"][0], "role": "king"}]}, "role is one of owner"),
        ({"people": [{**WELL["people"][0], "id": "ann"}]}, "id is like U012AB3CD"),
        ({"channels": [{"name": "Lobby"}]}, "name holds lower-case letters"),
        ({"channels": [{"name": "lobby", "members": ["bob"]}]}, "there is no 'bob' to be a member"),
        ({"channels": [{"name": "lobby", "private": 1}]}, "private can't be 1"),
        ({"messages": [{"in": "cellar", "from": "ann", "text": "x"}]}, "no channel 'cellar'"),
        ({"messages": [{"in": ["ann", "bob"], "from": "ann", "text": "x"}]}, "there is no 'bob'"),
        ({"messages": [{"in": "lobby", "from": "bob", "text": "x"}]}, "there is no 'bob'"),
        ({"messages": [{"in": "lobby", "from": "ann", "text": "x", "reply_to": "?"}]}, "reply_to"),
    ],
)
def test_a_seed_that_makes_no_sense_says_where(change: Json, line: str) -> None:
    assert checked(WELL)
    with pytest.raises(SeedFaults) as wrong:
        checked({**WELL, **change})
    assert any(line in each for each in wrong.value.lines), wrong.value.lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", "it is no YAML"),
        ("", "no table"),
        ("features: [1]", "features is no table"),
        ("oauth_config: {scopes: {bot: chat}}", "no list of scopes"),
        ("settings: {event_subscriptions: {bot_events: 7}}", "no list of events"),
        ("features: {slash_commands: [{description: x}]}", "each needs a command"),
    ],
)
def test_a_manifest_that_makes_no_sense_says_where(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / "manifest.yml").write_text(text)
    with pytest.raises(ManifestFaults) as wrong:
        read_manifest(tmp_path / "manifest.yml")
    assert line in wrong.value.lines[0]


def test_an_app_is_called_what_its_manifest_says(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"display_information": {"name": "Lunch"}}')
    assert app_name(read_manifest(tmp_path / "a.json")) == "Lunch"
