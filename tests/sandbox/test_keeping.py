"""A workspace kept in a folder is there again, whole, and what is damaged is left alone."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.keeping import FORMAT, KeepingError, Kept
from sandbox.plain import from_plain, to_text
from sandbox.seed import cancer_centre
from sandbox.workspace import Workspace
from tests.support.world import TUESDAY

WITHIN = 20  # seconds: a slow machine is slow, not wrong


def kept(folder: Path, space: Workspace) -> Workspace:
    """The workspace after it was kept and taken up again."""
    first = Kept(folder)
    first.save(space)
    first.close()
    return again(folder)


def again(folder: Path, clock: SandboxClock | None = None) -> Workspace:
    second = Kept(folder)
    try:
        return second.load(clock or SandboxClock(TUESDAY))
    finally:
        second.close()


async def test_people_channels_messages_files_and_what_was_read_are_there_again(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> None:
    act, space = sandbox.actions, sandbox.workspace
    general = space.find_channel("general").id
    said = await act.post("U0BEN", general, "good \ud800 morning <&> @ada")
    await act.reply("U0ADA", general, said.ts, "and to you")
    await act.react("U0CHI", general, said.ts, "wave")
    await act.upload("U0BEN", general, "plan.txt", "all of it")
    await act.mark_read("U0ADA", general)
    await act.create_channel("U0BEN", "fellows", private=True)
    await act.change_user("U0GUS", deleted=True)
    await act.set_dnd("U0BEN", TUESDAY, TUESDAY + 60)
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*hi*"}}]
    metadata = {"event_type": "x", "event_payload": {"mark": "m"}}
    await client.chat_postMessage(channel="U0BEN", text="hi", blocks=blocks, metadata=metadata)

    found = kept(tmp_path, space)

    assert found.users == space.users
    assert found.channels == space.channels
    assert found.files == space.files
    assert next(iter(found.files.values())).content == b"all of it"
    assert found.bot is found.users["U0MENTOR"]
    assert (found.typed, found.homes, found.groups) == (space.typed, space.homes, space.groups)


def test_ids_and_times_go_on_where_they_were(tmp_path: Path) -> None:
    space = cancer_centre(SandboxClock(TUESDAY))
    taken, said = space.new_id("C"), space.next_ts()
    found = kept(tmp_path, space)
    assert found.new_id("C") > taken
    assert found.next_ts() > said


def test_time_goes_on_from_when_it_was_kept(tmp_path: Path) -> None:
    space = cancer_centre(SandboxClock(TUESDAY))
    space.clock.skip(5 * 3600)
    kept(tmp_path, space)
    clock = SandboxClock(TUESDAY + 9_000_000)
    again(tmp_path, clock)
    assert clock.now() == TUESDAY + 5 * 3600


def test_what_a_later_version_has_besides_begins_as_new() -> None:
    space = cancer_centre(SandboxClock(TUESDAY))
    plain = json.loads(to_text(space.users["U0BEN"]))
    del plain["dnd"]
    plain["shoe_size"] = 43
    assert from_plain(type(space.bot), plain) == space.users["U0BEN"]


async def test_a_change_is_kept_soon_and_the_end_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    general = sandbox.workspace.find_channel("general").id
    keeper = Kept(tmp_path)

    def texts() -> list[str]:
        plain = json.loads((tmp_path / "workspace.json").read_bytes().partition(b"\n")[2])
        return [each["text"] for each in plain["workspace"]["channels"][general]["messages"]]

    async with keeper.following(sandbox):
        assert texts() == []
        await sandbox.actions.post("U0BEN", general, "one")
        async with asyncio.timeout(WITHIN):
            while texts() != ["one"]:  # noqa: ASYNC110 - it is written soon
                await asyncio.sleep(0.01)
        await sandbox.actions.post("U0BEN", general, "two")
    assert texts() == ["one", "two"]
    keeper.close()


async def test_what_was_scheduled_still_comes(
    wide: Sandbox, api: AsyncWebClient, tmp_path: Path
) -> None:
    channel = wide.workspace.find_channel("oncology-questions").id
    at = wide.clock.now() + 60
    await api.chat_scheduleMessage(channel=channel, text="later", post_at=at)
    space = kept(tmp_path, wide.workspace)
    second = Sandbox(space, wide.manifest)
    keeper = Kept(tmp_path)
    async with second.serve(), keeper.following(second):
        await second.advance(120)
        assert [each.text for each in space.channels[channel].messages][-1] == "later"
    keeper.close()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    first = Kept(tmp_path)
    with pytest.raises(KeepingError, match="in use"):
        Kept(tmp_path)
    first.close()
    Kept(tmp_path).close()


def with_file(folder: Path) -> Path:
    space = cancer_centre(SandboxClock(TUESDAY))
    sandbox = Sandbox(space, {"oauth_config": {"scopes": {"bot": []}}})
    sandbox.files.keep("plan.txt", b"all of it", "U0BEN")
    kept(folder, space)
    return folder / "workspace.json"


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    place = len(content) * 2 // 3
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def newer(content: bytes) -> bytes:
    head = json.loads(content.partition(b"\n")[0])
    return json.dumps({**head, "format": FORMAT + 1}).encode() + b"\n{}"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (cut, "damaged"),
        (flipped, "damaged"),
        (lambda _: b"", "damaged"),
        (lambda _: b"[]\n[]", "damaged"),
        (lambda _: b"SQLite format 3\x00", "damaged"),
        (newer, "newer version"),
    ],
    ids=["truncated", "a bit flipped", "empty", "other JSON", "something else", "of tomorrow"],
)
def test_what_is_damaged_is_one_clear_line_and_stays_as_it_is(
    tmp_path: Path, damage: Any, words: str
) -> None:
    file = with_file(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    before = file.read_bytes()
    with pytest.raises(KeepingError, match=words) as wrong:
        again(tmp_path)
    assert "\n" not in str(wrong.value)
    assert str(file) in str(wrong.value)
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "short"])
def test_a_file_whose_content_is_damaged_is_named(tmp_path: Path, damage: str) -> None:
    with_file(tmp_path)
    (content,) = (tmp_path / "files").iterdir()
    if damage == "missing":
        content.unlink()
    else:
        content.write_bytes(b"some")
    with pytest.raises(KeepingError, match=content.name):
        again(tmp_path)


def test_a_run_that_dies_while_it_writes_leaves_the_last_whole_one(tmp_path: Path) -> None:
    file = with_file(tmp_path)
    (tmp_path / ".workspace.json.new").write_bytes(cut(file.read_bytes()))
    assert again(tmp_path).name == "Riverside Cancer Centre"


def test_a_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KeepingError, match="can't be used"):
        Kept(tmp_path / "file" / "folder")
