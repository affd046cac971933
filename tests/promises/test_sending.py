"""Promises 6 to 9: one message a thing, none lost, limits kept, nobody harmed by another."""

from collections import Counter

import pytest

from bot.delivery.targets import render
from bot.delivery.worker import Worker
from bot.errors import Reason, Refused
from bot.views.consults import ids
from bot.views.programme import TRY_AGAIN
from sandbox.faults import Fault
from storage import outbox
from storage.database import Tx
from storage.records import DeliveryState
from tests.support.world import DAY, HOUR, TEAM, World


def marks(world: World) -> Counter[str]:
    posts = world.sandbox.ledger.accepted("chat.postMessage")
    return Counter(call.arguments["metadata"]["event_payload"]["mark"] for call in posts)


async def states(world: World) -> set[str]:
    def query(tx: Tx) -> set[str]:
        return {row[0] for row in tx.rows("SELECT state FROM outbox WHERE workspace = :workspace")}

    return await world.app.bot.read(TEAM, query)


FAULTS = [
    pytest.param(Fault("chat.postMessage", "reset_after", 2), id="the answer is lost"),
    pytest.param(Fault("chat.postMessage", "reset_before", 2), id="the call is lost"),
    pytest.param(Fault("chat.postMessage", "error_after", 2), id="5xx after effect"),
    pytest.param(Fault("chat.postMessage", "error_before", 2), id="5xx before effect"),
    pytest.param(Fault("chat.postMessage", "html", 2), id="a page instead of an answer"),
    pytest.param(Fault("chat.postMessage", "slack_error", 2, error="internal_error"), id="inner"),
    pytest.param(Fault("chat.postMessage", "rate_limited", 3), id="too many"),
    pytest.param(Fault("conversations.open", "reset_after", 2), id="opening is lost"),
    pytest.param(Fault("conversations.history", "error_before", 2), id="looking fails"),
    pytest.param(Fault("chat.update", "reset_after", 3), id="a change's answer is lost"),
    pytest.param(Fault("*", "error_before", 9), id="everything fails"),
    pytest.param(Fault("*", "slack_error", 9, error="token_expired"), id="the token fails"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_thing_is_shown_once_whatever_goes_wrong_on_the_way(
    socket_world: World, fault: Fault
) -> None:
    world = socket_world
    world.sandbox.faults.add(Fault(fault.method, fault.kind, fault.count, error=fault.error))
    if fault.method == "conversations.history":
        world.sandbox.faults.add(Fault("chat.postMessage", "reset_after", 1))
    await world.types("U0BEN", "what helps with immunotherapy colitis?")
    for _ in range(30):
        await world.later(60)
    assert await states(world) == {DeliveryState.SENT}
    assert set(marks(world).values()) == {1}
    assert "It is with" in world.messages("U0BEN")[-1].text
    assert "asks for your advice" in world.messages("U0ADA")[-1].text


@pytest.mark.parametrize("said", ["7", "soon", "-3", "0", None, "1e9", "nan"])
async def test_nothing_is_called_again_until_retry_after_has_passed(
    socket_world: World, said: str | None
) -> None:
    world = socket_world
    world.sandbox.faults.add(Fault("chat.postMessage", "rate_limited", 1, retry_after=said))
    await world.types("U0BEN", "what helps with immunotherapy colitis?")
    for _ in range(40):
        await world.later(60)
    assert set(marks(world).values()) == {1}
    calls = [call for call in world.sandbox.ledger.calls if call.method == "chat.postMessage"]
    refused = next(call for call in calls if call.error == "rate_limited")
    # What was under way at that very moment could not know of it.
    waited = min(call.at - refused.at for call in calls if call.at > refused.at)
    assert waited >= (7 if said == "7" else 30)


async def test_a_message_that_may_stand_in_a_group_waits_for_an_admin(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "what helps with immunotherapy colitis?")
    world.sandbox.faults.add(Fault("chat.postMessage", "reset_after", 1))
    await world.clicks("U0ADA", ids.ACCEPT)
    await world.later(HOUR)
    assert max(marks(world).values()) == 1
    dead = await world.app.bot.read(TEAM, outbox.dead)
    assert [row.key.split("/")[0] for row in dead] == ["conversation"]
    assert str(dead[0].reason).startswith("unsure")


async def test_one_bad_recipient_harms_nobody_else_and_admins_hear_of_it_once_a_day(
    socket_world: World,
) -> None:
    world = socket_world
    world.space.users["U0BEN"].deleted = True  # and Slack has not told the bot yet
    await world.types("U0BEN", "what helps with immunotherapy colitis?")
    dead = await world.app.bot.read(TEAM, outbox.dead)
    assert [row.reason for row in dead] == ["user_disabled"]
    assert "asks for your advice" in world.messages("U0ADA")[-1].text

    await world.later(DAY)
    await world.later(HOUR)
    told = [each for each in world.messages("U0IVY") if "could not be delivered" in each.text]
    days = [float(each.ts) // DAY for each in told]
    assert days
    assert len(days) == len(set(days))
    assert not any("colitis" in each.text for each in told)

    world.space.users["U0BEN"].deleted = False
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", TRY_AGAIN)
    assert not await world.app.bot.read(TEAM, outbox.dead)
    assert "Question" in world.messages("U0BEN")[0].text


async def test_who_leaves_is_asked_no_more_and_their_questions_go_on(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    await world.act.change_user("U0ADA", deleted=True)
    await world.later(3 * HOUR)
    standing = await world.consult(consult)
    assert standing.expert is None
    open_offers = {each.expert for each in await world.offers(consult) if each.state == "open"}
    assert open_offers
    assert "U0ADA" not in open_offers


async def test_who_left_can_not_be_asked_by_name(socket_world: World) -> None:
    world = socket_world
    await world.act.change_user("U0ADA", deleted=True)
    with pytest.raises(Refused) as no:
        await world.asked(question="immunotherapy question", wanted_expert="U0ADA")
    assert no.value.reason is Reason.NOT_PICKABLE
    consult = await world.asked(question="immunotherapy question")
    assert "U0ADA" not in {each.expert for each in await world.offers(consult)}


async def test_two_workers_on_one_store_send_once(socket_world: World) -> None:
    world = socket_world
    worker = world.app.worker
    other = Worker(worker.store, worker.clock, worker.slack, render, "worker-other")
    for number in range(4):
        await world.act.command(
            "U0BEN", world.general(), "/mentor", f"question {number} on immunotherapy?"
        )
        await other.start_due()
        await world.settle()
    await other.drain()
    assert set(marks(world).values()) == {1}
