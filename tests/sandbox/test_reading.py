"""What is new to somebody in a conversation."""

import pytest

from sandbox.app import Sandbox
from sandbox.reading import first_unread, is_unread
from tests.sandbox.conftest import Control


@pytest.fixture
def room(wide: Sandbox) -> str:
    """A channel the app is in."""
    return wide.workspace.find_channel("oncology-questions").id


async def unread(control: Control, user: str, channel: str) -> tuple[int, int]:
    """How many messages are new to somebody, and how many of them are meant for them."""
    seen = await control.sees(user, channel)
    return seen["unread"], seen["mentions"]


async def test_what_others_say_is_new_until_it_is_read(control: Control, room: str) -> None:
    for text in ("Good morning", "@eva, a question", "More of it"):
        await control.act("post", user="U0BEN", channel=room, text=text)
    assert await unread(control, "U0EVA", room) == (3, 1)
    assert await unread(control, "U0BEN", room) == (0, 0)
    assert await unread(control, "U0GUS", room) == (3, 0)
    await control.act("mark_read", user="U0EVA", channel=room)
    assert await unread(control, "U0EVA", room) == (0, 0)
    assert await unread(control, "U0GUS", room) == (3, 0)


async def test_a_message_can_be_marked_unread_with_all_after_it(
    wide: Sandbox, control: Control, room: str
) -> None:
    said = [
        await control.act("post", user="U0BEN", channel=room, text=text) for text in ("1", "2", "3")
    ]
    await control.act("mark_read", user="U0EVA", channel=room)
    await control.act("mark_unread", user="U0EVA", channel=room, ts=said[1]["ts"])
    assert await unread(control, "U0EVA", room) == (2, 0)
    channel = wide.workspace.channels[room]
    assert first_unread(channel, "U0EVA") == said[1]["ts"]
    await control.act("mark_read", user="U0EVA", channel=room, ts=said[0]["ts"])
    assert not is_unread(channel, "U0BEN")
    assert is_unread(channel, "U0EVA")


async def test_every_direct_message_is_meant_for_whom_it_reaches(control: Control) -> None:
    direct = await control.act("open_direct", user="U0BEN", guests=["U0EVA"])
    await control.act("post", user="U0BEN", channel=direct["id"], text="Hello")
    assert await unread(control, "U0EVA", direct["id"]) == (1, 1)


async def test_replies_and_comings_make_nothing_unread_but_a_reply_shown_to_all_does(
    control: Control, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="How?"))["ts"]
    await control.act("mark_read", user="U0EVA", channel=room)
    await control.act("reply", user="U0BEN", channel=room, ts=said, text="So")
    await control.act("invite", user="U0BEN", channel=room, guest="U0MIA")
    assert await unread(control, "U0EVA", room) == (0, 0)
    shown = {"text": "So", "broadcast": True}
    await control.act("reply", user="U0BEN", channel=room, ts=said, **shown)
    assert (await unread(control, "U0EVA", room))[0] == 1


async def test_what_was_said_before_somebody_came_is_not_new_to_them(
    control: Control, room: str
) -> None:
    await control.act("post", user="U0BEN", channel=room, text="Before")
    await control.act("invite", user="U0BEN", channel=room, guest="U0MIA")
    await control.act("post", user="U0BEN", channel=room, text="@here After")
    assert await unread(control, "U0MIA", room) == (1, 1)
