"""A file is in somebody's messages once, whatever goes wrong on the way; promises 6, 7 and 9."""

import pytest

from bot.delivery.target import Person, Shared
from sandbox.faults import Fault
from storage import outbox
from storage.failpoints import PLACES
from tests.delivery.desk import ADA, BEN, Desk
from tests.delivery.test_being_killed import KILLED, ask, run_worker
from tests.support.world import HOUR, TEAM

ANNOUNCE, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


async def give(desk: Desk, user: str, key: str) -> None:
    desk.things[key] = Shared(Person(user), "file.ics", CONTENT, key)
    await desk.store.write(TEAM, outbox.mark_stale, key)


def seen(desk: Desk, user: str) -> list[tuple[str, bytes]]:
    """The words above each file in somebody's messages, and its content."""
    space = desk.sandbox.workspace
    messages = space.messages(space.direct([user, space.bot.id]).id, user)
    return [
        (message.text, space.files[each].content or b"")
        for message in messages
        for each in message.files
    ]


async def test_a_file_comes_with_its_words_after_what_was_asked_for_before_it(desk: Desk) -> None:
    await desk.tell(BEN, "card")
    await give(desk, BEN, "file")
    await desk.worker.drain()
    assert desk.seen_by(BEN) == ["card", "file"]
    assert seen(desk, BEN) == [("file", CONTENT)]
    assert set((await desk.states()).values()) == {"sent"}


async def test_a_file_that_was_sent_is_not_sent_again_when_it_is_asked_for_again(
    desk: Desk,
) -> None:
    await give(desk, BEN, "file")
    await desk.worker.drain()
    await give(desk, BEN, "file")
    await desk.worker.drain()
    assert len(seen(desk, BEN)) == 1
    assert set((await desk.states()).values()) == {"sent"}


@pytest.mark.parametrize("method", [ANNOUNCE, COMPLETE, "conversations.open"])
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("reset_after", ""),
        ("reset_before", ""),
        ("error_after", ""),
        ("error_before", ""),
        ("html", ""),
        ("rate_limited", ""),
        ("slack_error", "internal_error"),
        ("slack_error", "token_expired"),
    ],
)
async def test_a_file_is_there_once_whatever_goes_wrong_on_the_way(
    desk: Desk, method: str, kind: str, error: str
) -> None:
    desk.sandbox.faults.add(Fault(method, kind, 2, error=error))
    await give(desk, BEN, "file")
    await desk.later(60, times=8)
    assert seen(desk, BEN) == [("file", CONTENT)]
    assert set((await desk.states()).values()) == {"sent"}


async def test_a_file_whose_looking_up_fails_is_not_sent_again(desk: Desk) -> None:
    desk.sandbox.faults.add(Fault(COMPLETE, "reset_after", 1))
    desk.sandbox.faults.add(Fault("conversations.history", "error_before", 2))
    await give(desk, BEN, "file")
    await desk.later(60, times=8)
    assert seen(desk, BEN) == [("file", CONTENT)]
    assert set((await desk.states()).values()) == {"sent"}


async def test_without_the_permission_it_is_a_dead_letter_that_names_it_and_the_rest_goes_on(
    desk: Desk,
) -> None:
    desk.sandbox.scopes = [each for each in desk.sandbox.scopes if each != "files:write"]
    await desk.tell(BEN, "card")
    await give(desk, BEN, "file")
    await desk.tell(BEN, "later card")
    await desk.later(60, times=3)
    assert desk.seen_by(BEN) == ["card", "later card"]
    [row] = await desk.dead()
    assert row.reason == "missing_scope files:write"

    desk.sandbox.scopes = [*desk.sandbox.scopes, "files:write"]
    assert await desk.store.write(TEAM, outbox.try_again, row.id)
    await desk.worker.drain()
    assert seen(desk, BEN) == [("file", CONTENT)]


async def test_a_file_that_is_no_more_wanted_when_its_turn_comes_is_not_shown(desk: Desk) -> None:
    await give(desk, BEN, "file")
    await desk.worker.start_due()
    desk.things.pop("file")
    await desk.worker.drain()
    assert seen(desk, BEN) == []
    assert desk.sandbox.ledger.accepted(COMPLETE) == []
    assert set((await desk.states()).values()) == {"sent"}


async def test_direct_messages_that_moved_are_opened_anew_for_a_file(desk: Desk) -> None:
    desk.sandbox.faults.add(Fault(COMPLETE, "slack_error", 1, error="channel_not_found"))
    await give(desk, BEN, "file")
    await desk.later(5, times=2)
    assert len(seen(desk, BEN)) == 1


async def test_two_workers_who_take_turns_send_each_file_once(desk: Desk) -> None:
    other = desk.hire("worker-two")
    for number in range(12):
        await give(desk, (BEN, ADA)[number % 2], f"file-{number:02}")
        await (desk.worker, other)[number % 3 % 2].start_due()
    await desk.worker.drain()
    await other.drain()
    words = [each for user in (BEN, ADA) for each, _ in seen(desk, user)]
    assert sorted(words) == sorted(desk.things)


@pytest.mark.parametrize("place", ["after_claim", "before_call", "after_call", "before_recorded"])
async def test_a_file_is_there_once_wherever_the_process_is_killed(desk: Desk, place: str) -> None:
    keys = [f"{BEN}/1", f"{BEN}/2.ics"]
    await ask(desk, *keys)
    assert await run_worker(desk, f"{place}:2") == KILLED
    desk.sandbox.clock.skip(outbox.LEASE + 1)
    assert await run_worker(desk) == 0
    assert desk.seen_by(BEN) == keys
    assert set((await desk.states()).values()) == {"sent"}


async def test_a_file_is_there_once_however_often_the_process_is_killed(desk: Desk) -> None:
    await ask(desk, f"{BEN}/1.ics")
    killed = 0
    for failpoint in [*PLACES, "before_commit:2", "after_commit:3", "before_commit:4"]:
        killed += await run_worker(desk, failpoint) == KILLED
        desk.sandbox.clock.skip(HOUR)
    assert killed >= len(PLACES)
    assert await run_worker(desk) == 0
    assert desk.seen_by(BEN) == [f"{BEN}/1.ics"]
    assert set((await desk.states()).values()) == {"sent"}
