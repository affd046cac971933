"""What the delivery does with the rows of the outbox, counted by what Slack took."""

from collections import Counter
from pathlib import Path

import pytest

from bot.delivery.slack import Slack
from bot.delivery.target import Group, HomeOf, Person, Thread
from bot.delivery.worker import ATTEMPTS, DRAWINGS
from bot.views.blocks import Home
from sandbox.faults import Fault
from sandbox.workspace import Message
from storage import outbox
from storage.database import Tx
from storage.outbox import LEASE
from tests.delivery.desk import ADA, BEN, Desk
from tests.delivery.desk import desk as make_desk
from tests.delivery.stand_in import answering
from tests.support.world import DAY, HOUR, TEAM, TestClock

POST = "chat.postMessage"


async def test_later_messages_wait_for_an_earlier_one_of_their_place_and_for_no_other(
    desk: Desk,
) -> None:
    desk.sandbox.faults.add(Fault(POST, "error_before", 1))
    for number in (1, 2, 3):
        await desk.tell(BEN, f"ben-{number}")
    await desk.worker.drain()
    await desk.tell(ADA, "ada-1")
    await desk.worker.drain()
    assert desk.posted() == ["ada-1"]
    await desk.tell(BEN, "ben-4")
    await desk.later(5, times=4)
    assert desk.seen_by(BEN) == ["ben-1", "ben-2", "ben-3", "ben-4"]


async def test_a_message_that_keeps_failing_lets_later_ones_past(desk: Desk) -> None:
    await desk.tell(BEN, "spoilt")
    for _ in range(6):
        desk.sandbox.faults.add(Fault(POST, "slack_error", 1, error="who_knows"))
        await desk.later(60)
    await desk.tell(BEN, "fine")
    await desk.worker.drain()
    assert desk.posted() == ["fine"]


async def test_a_place_with_much_to_come_holds_up_nobody_else(desk: Desk) -> None:
    for number in range(150):
        await desk.ask(f"general-{number:03}", desk.general())
    await desk.tell(ADA, "ada-1")
    await desk.worker.drain()
    assert desk.posted().index("ada-1") < 50
    await desk.later(30, times=10)
    assert [each for each in desk.posted() if each != "ada-1"] == sorted(desk.things)[1:]


async def test_what_may_stand_in_a_channel_is_found_there(desk: Desk) -> None:
    await desk.ask("hello", desk.general())
    await desk.worker.drain()
    desk.sandbox.faults.add(Fault(POST, "reset_after", 1))
    await desk.ask("card", desk.general())
    await desk.later(60, times=3)
    assert desk.posted() == ["hello", "card"]
    assert await desk.dead() == []
    await desk.ask("card", desk.general(), "changed")
    await desk.later(60)
    assert desk.posted() == ["hello", "card"]


async def test_what_may_stand_in_a_thread_is_found_there(desk: Desk) -> None:
    await desk.ask("opening", desk.general())
    await desk.worker.drain()
    opening = desk.sandbox.workspace.messages(desk.general().id, ADA)[-1]
    desk.sandbox.faults.add(Fault(POST, "reset_after", 1))
    await desk.ask("reply", Thread(desk.general().id, opening.ts))
    await desk.later(60, times=3)
    assert desk.posted() == ["opening", "reply"]
    assert set((await desk.states()).values()) == {"sent"}


async def test_what_may_stand_in_a_group_message_is_not_sent_again_when_it_changes(
    desk: Desk,
) -> None:
    """The bot may not read there: an admin decides."""
    group = Group((ADA, BEN))
    await desk.ask("hello", group)
    await desk.worker.drain()
    desk.sandbox.faults.add(Fault(POST, "reset_after", 1))
    await desk.ask("card", group)
    await desk.later(60, times=3)
    [row] = await desk.dead()
    assert row.reason == "unsure: not_readable"

    await desk.ask("card", group, "changed")
    await desk.later(60)
    assert await desk.store.write(TEAM, outbox.try_again, row.id)
    await desk.later(60)
    assert await desk.store.write(TEAM, outbox.discard, row.id)
    await desk.ask("card", group, "changed again")
    await desk.later(60)
    assert desk.posted() == ["hello", "card"]


@pytest.mark.parametrize("method", ["conversations.history", "conversations.open", "*"])
@pytest.mark.parametrize("code", ["internal_error", "token_revoked", "ratelimited", "who_knows"])
async def test_what_may_have_been_sent_stays_so_whatever_fails_before_it_was_looked_for(
    desk: Desk, method: str, code: str
) -> None:
    desk.sandbox.faults.add(Fault(POST, "reset_after", 1))
    await desk.ask("direct", Person(BEN))
    await desk.ask("group", Group((ADA, BEN)))
    await desk.worker.drain()
    desk.sandbox.faults.add(Fault(method, "slack_error", 3, error=code))
    await desk.later(120, times=10)
    assert max(Counter(desk.posted()).values()) == 1
    assert set((await desk.states()).values()) <= {"sent", "dead"}


async def test_what_was_found_is_not_sent_again_though_its_change_fails(desk: Desk) -> None:
    desk.sandbox.faults.add(Fault(POST, "reset_after", 1))
    await desk.tell(BEN, "card")
    await desk.worker.drain()
    desk.sandbox.faults.add(Fault("chat.update", "error_before", 3))
    await desk.later(60, times=6)
    assert desk.posted() == ["card"]
    assert await desk.states() == {"card": "sent"}


async def test_a_yes_that_says_nothing_is_given_up_in_the_end_and_harms_nobody(desk: Desk) -> None:
    desk.things["home/U0BEN"] = HomeOf(BEN, Home([]))
    await desk.store.write(TEAM, outbox.mark_stale, "home/U0BEN")
    async with answering(200, '{"ok": true, "channel": {"id": "D1"}, "messages": []}') as client:
        worker = desk.hire("worker-elsewhere", Slack(client))
        await desk.tell(BEN, "card")
        for _ in range(ATTEMPTS + 2):
            desk.sandbox.clock.skip(HOUR)
            await worker.drain()
    assert await desk.states() == {"home/U0BEN": "sent", "card": "dead"}
    assert [row.reason for row in await desk.dead()] == ["unsure: strange_answer KeyError"]


@pytest.mark.parametrize("deep", [300, 1200])
async def test_a_message_is_only_sent_again_if_all_that_came_since_was_read(
    desk: Desk, deep: int
) -> None:
    desk.sandbox.faults.add(Fault(POST, "reset_after", 1))
    await desk.tell(BEN, "card")
    await desk.worker.drain()
    space = desk.sandbox.workspace
    channel = space.direct([BEN, space.bot.id])
    for number in range(deep):
        space.post(channel, Message(space.next_ts(), BEN, str(number)))
    await desk.later(60, times=3)
    assert desk.posted() == ["card"]
    expected = ["unsure: too_much_to_read"] if deep > 1000 else []
    assert [row.reason for row in await desk.dead()] == expected


async def test_a_thing_that_is_no_more_when_its_turn_comes_is_not_posted(tmp_path: Path) -> None:
    class Waiting(TestClock):
        async def sleep(self, seconds: float) -> None:
            made.things.pop("second", None)
            await super().sleep(seconds)

    async with make_desk(tmp_path / "mentor.db", Waiting) as made:
        await made.tell(BEN, "first")
        await made.tell(BEN, "second")
        await made.worker.drain()
        assert made.posted() == ["first"]
        assert set((await made.states()).values()) == {"sent"}


async def test_a_worker_that_stops_gives_back_what_it_has_not_begun(desk: Desk) -> None:
    for number in range(5):
        await desk.tell(BEN, f"ben-{number}")
    await desk.worker.start_due()
    await desk.worker.stop()
    begun = len(desk.posted())
    assert begun < 5
    await desk.hire("worker-two").drain()
    assert desk.posted() == [f"ben-{number}" for number in range(5)]


async def test_two_workers_who_take_turns_send_each_thing_once(desk: Desk) -> None:
    other = desk.hire("worker-two")
    for number in range(30):
        await desk.tell((BEN, ADA)[number % 2], f"card-{number:02}")
        await (desk.worker, other)[number % 3 % 2].start_due()
    await desk.worker.drain()
    await other.drain()
    assert sorted(desk.posted()) == sorted(desk.things)


async def test_a_worker_that_overslept_its_lease_leaves_the_row_to_who_took_it(
    tmp_path: Path,
) -> None:
    class Oversleeping(TestClock):
        async def sleep(self, seconds: float) -> None:
            if len(made.posted()) == 1:
                made.sandbox.clock.skip(LEASE + 1)
                await made.hire("worker-two").drain()
            await super().sleep(seconds)

    async with make_desk(tmp_path / "mentor.db", Oversleeping) as made:
        await made.tell(BEN, "first")
        await made.tell(BEN, "second")
        await made.worker.drain()
        assert made.posted() == ["first", "second"]


async def test_nobody_is_written_to_while_slack_asks_to_wait(desk: Desk) -> None:
    desk.sandbox.faults.add(Fault(POST, "rate_limited", 1, retry_after="100"))
    await desk.tell(BEN, "first")
    await desk.worker.drain()
    await desk.tell(ADA, "second")
    await desk.later(45, times=2)
    assert desk.posted() == []
    await desk.later(45, times=3)
    assert sorted(desk.posted()) == ["first", "second"]


async def test_a_view_that_fails_is_given_up_with_its_kind_and_harms_nobody(desk: Desk) -> None:
    def draw(_: Tx, key: str) -> None:
        raise LookupError(f"a question of {key}")

    broken = desk.hire("worker-broken")
    broken.render = draw
    await desk.tell(BEN, "card")
    for _ in range(DRAWINGS + 1):
        desk.sandbox.clock.skip(60)
        await broken.drain()
    assert [row.reason for row in await desk.dead()] == ["drawing_failed LookupError"]


async def test_a_row_whose_every_try_fails_is_dead_in_the_end(desk: Desk) -> None:
    desk.sandbox.faults.add(Fault(POST, "slack_error", 1000, error="who_knows"))
    await desk.tell(BEN, "card")
    await desk.later(DAY, times=ATTEMPTS + 1)
    assert [row.reason for row in await desk.dead()] == ["who_knows"]


async def test_nothing_dies_of_a_token_that_fails_and_all_goes_out_once_it_is_mended(
    desk: Desk,
) -> None:
    desk.sandbox.faults.add(Fault("*", "slack_error", 1000, error="token_revoked"))
    await desk.tell(BEN, "card")
    await desk.later(600, times=3 * ATTEMPTS)
    tried = len([call for call in desk.sandbox.ledger.calls if call.method != "auth.test"])
    assert tried <= 3 * ATTEMPTS + 1
    desk.sandbox.faults.coming.clear()
    await desk.later(600)
    assert desk.posted() == ["card"]


async def test_direct_messages_that_moved_are_opened_anew(desk: Desk) -> None:
    desk.sandbox.faults.add(Fault(POST, "slack_error", 1, error="channel_not_found"))
    await desk.tell(BEN, "card")
    await desk.later(5, times=2)
    assert desk.posted() == ["card"]
    opened = [call for call in desk.sandbox.ledger.calls if call.method == "conversations.open"]
    assert len(opened) == 2


async def test_a_message_that_somebody_deleted_is_left_at_that(desk: Desk) -> None:
    await desk.tell(BEN, "card")
    await desk.worker.drain()
    desk.sandbox.faults.add(Fault("chat.update", "slack_error", 1, error="message_not_found"))
    await desk.ask("card", Person(BEN), "changed")
    await desk.worker.drain()
    assert desk.posted() == ["card"]
    assert await desk.states() == {"card": "sent"}


@pytest.mark.parametrize("kind", ["reset_after", "error_after"])
async def test_a_nudge_that_may_stand_where_nobody_can_look_is_dropped(
    desk: Desk, kind: str
) -> None:
    await desk.ask("hello", Group((ADA, BEN)))
    await desk.worker.drain()
    desk.sandbox.faults.add(Fault(POST, kind, 1))
    await desk.ask("reminder/1/U0ADA", Group((ADA, BEN)))
    await desk.later(60, times=2)
    assert desk.posted() == ["hello", "reminder/1/U0ADA"]
    assert await desk.dead() == []
    assert set((await desk.states()).values()) == {"sent"}


async def test_a_home_whose_answer_was_lost_is_shown_again(desk: Desk) -> None:
    desk.things["home/U0BEN"] = HomeOf(BEN, Home([]))
    desk.sandbox.faults.add(Fault("views.publish", "reset_after", 1))
    await desk.store.write(TEAM, outbox.mark_stale, "home/U0BEN")
    await desk.later(60, times=2)
    assert len(desk.sandbox.ledger.accepted("views.publish")) == 2
    assert await desk.states() == {"home/U0BEN": "sent"}
