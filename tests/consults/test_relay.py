"""What an anonymous asker and their expert write to each other, each in a thread of their own."""

import copy
from typing import Any

import pytest

from bot import identifiers
from bot.authority import Actor
from bot.delivery.targets import render
from bot.delivery.worker import Worker
from bot.views.consults import ids
from bot.views.consults.relay import RELAYED_MAX
from sandbox.faults import Fault
from storage import outbox, relay
from storage.database import Tx
from storage.records.identifiers import IdentifierCheck
from storage.records.relay import Side
from tests.consults.anonymously import (
    asked_anonymously,
    event_of,
    messages_of,
    opening_of,
    taken_anonymously,
    thread_of,
    writes,
)
from tests.support.world import DAY, TEAM, World

ASKER, EXPERT = "U0BEN", "U0ADA"


async def said_in(world: World) -> list[tuple[str, str]]:
    """What is kept of what was said: whose side, and the words."""

    def query(tx: Tx) -> list[tuple[str, str]]:
        rows = tx.rows("SELECT side, words FROM relayed WHERE workspace = :workspace ORDER BY id")
        return [(row["side"], row["words"]) for row in rows]

    return await world.app.bot.read(TEAM, query)


async def test_what_each_writes_in_their_thread_reaches_the_others_in_order(world: World) -> None:
    await taken_anonymously(world)
    await writes(world, EXPERT, "Which dose?")
    for number in range(5):
        place = messages_of(world, ASKER)
        await world.act.reply(ASKER, place.id, opening_of(world, ASKER).ts, f"Part {number}.")
    await world.settle()
    assert thread_of(world, ASKER) == ["<@U0ADA> writes: Which dose?"]
    assert thread_of(world, EXPERT) == [
        f"A colleague who asks anonymously writes: Part {number}." for number in range(5)
    ]


async def test_what_is_changed_changes_and_what_is_deleted_goes(world: World) -> None:
    await taken_anonymously(world)
    said = await writes(world, ASKER, "Since Monday.")
    place = messages_of(world, ASKER)
    await world.act.edit(ASKER, place.id, said.ts, "Since Tuesday.")
    await world.settle()
    assert thread_of(world, EXPERT) == ["A colleague who asks anonymously writes: Since Tuesday."]
    await world.act.delete(ASKER, place.id, said.ts)
    await world.settle()
    assert thread_of(world, EXPERT) == [
        "A colleague who asks anonymously has deleted this message."
    ]
    assert await said_in(world) == [("asker", "")]


async def test_until_they_have_written_themselves_it_is_shown_beside_the_thread(
    socket_world: World,
) -> None:
    world = socket_world
    await taken_anonymously(world)
    await writes(world, EXPERT, "Which dose?")
    assert messages_of(world, ASKER).messages[-1].broadcast
    await writes(world, ASKER, "Two a day.")
    await writes(world, EXPERT, "Thank you.")
    assert not messages_of(world, ASKER).messages[-1].broadcast


@pytest.mark.parametrize(
    "text",
    ["Here.", ""],
    ids=["with words", "alone"],
)
async def test_files_are_refused_kindly_with_the_words_they_came_with(
    socket_world: World, text: str
) -> None:
    world = socket_world
    await taken_anonymously(world)
    place = messages_of(world, ASKER)
    ts = opening_of(world, ASKER).ts
    await world.act.upload(ASKER, place.id, "scan.png", "x", text=text, ts=ts)
    await world.settle()
    assert thread_of(world, EXPERT) == []
    assert "files and pictures can't be" in thread_of(world, ASKER)[-1]
    assert await said_in(world) == [("asker", "")]


async def test_a_long_message_is_cut_and_its_author_hears_so(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    await writes(world, ASKER, "word " * 7_999 + "end")
    assert "first 3,000 characters" in thread_of(world, ASKER)[-1]
    (passed,) = [words for _, words in await said_in(world)]
    assert len(passed) == RELAYED_MAX
    quoted = str(messages_of(world, EXPERT).messages[-1].blocks)
    assert passed[:2900] in quoted
    assert not [call for call in world.sandbox.ledger.calls if call.error]


async def test_mentions_links_and_formatting_arrive_as_plain_words(socket_world: World) -> None:
    world = socket_world
    # A link would be stopped: here it is to be passed on.
    ivy, off = Actor("U0IVY"), IdentifierCheck.OFF
    await world.app.bot.write(TEAM, identifiers.set_strictness, ivy, off)
    await taken_anonymously(world)
    text = "Ask @leo in #general, *now*, or <!channel>"
    place = messages_of(world, EXPERT)
    picked = {"@leo": "U0LEO", "#general": world.general()}
    await world.act.reply(EXPERT, place.id, opening_of(world, EXPERT).ts, text, picked=picked)
    await world.settle()
    (_, words), *_ = await said_in(world)
    assert words.startswith("Ask @Leo Haddad in #")
    arrived = messages_of(world, ASKER).messages[-1]
    told = arrived.text + str(arrived.blocks)
    assert "U0LEO" not in told
    assert "<!channel>" not in arrived.text
    assert "<#" not in told
    assert "*now*" not in told


async def test_the_asker_is_not_named_by_mentioning_themselves(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    place = messages_of(world, ASKER)
    ts = opening_of(world, ASKER).ts
    await world.act.reply(ASKER, place.id, ts, "It is me, @ben", picked={"@ben": "U0BEN"})
    await world.settle()
    assert thread_of(world, EXPERT) == [
        "A colleague who asks anonymously writes: It is me, @\u200bsomebody"
    ]


async def test_what_is_written_elsewhere_is_not_passed_on_and_a_hint_comes_once(
    socket_world: World,
) -> None:
    world = socket_world
    await taken_anonymously(world)
    place = messages_of(world, EXPERT)
    card = place.messages[0]
    await world.act.post(EXPERT, place.id, "Which dose?")
    await world.act.post(EXPERT, place.id, "Hello?")
    await world.act.reply(EXPERT, place.id, card.ts, "Which dose?")
    await world.settle()
    assert await said_in(world) == []
    hints = [each for each in place.messages if "Nobody reads what is written here" in each.text]
    assert len(hints) == 1
    assert "Which dose" not in str(messages_of(world, ASKER).messages)


async def test_without_a_conversation_there_is_no_hint(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    for user in (ASKER, EXPERT):
        await world.act.post(user, messages_of(world, user).id, "Hello?")
    await world.settle()
    assert not [
        each
        for user in (ASKER, EXPERT)
        for each in messages_of(world, user).messages
        if "Nobody reads" in each.text
    ]


ENDS = [
    pytest.param(EXPERT, ids.CLOSE, "this conversation is over", id="closed"),
    pytest.param(EXPERT, ids.RELEASE, "this conversation is over", id="given back"),
    pytest.param(ASKER, ids.REVEAL, "you share a group message now", id="revealed"),
]


@pytest.mark.parametrize(("user", "button", "told"), ENDS)
async def test_when_it_is_over_nothing_is_passed_on_and_the_thread_says_so(
    socket_world: World, user: str, button: str, told: str
) -> None:
    world = socket_world
    await taken_anonymously(world)
    threads = {each: opening_of(world, each).ts for each in (ASKER, EXPERT)}
    said = await writes(world, ASKER, "Since Monday.")
    await world.clicks(user, button)
    for each, ts in threads.items():
        opening = messages_of(world, each).find(ts)
        assert "Nothing is passed on here any more" in opening.text
        await writes(world, each, "One more thing.", ts=ts)
        assert told in thread_of(world, each, ts)[-1]
    await world.act.edit(ASKER, messages_of(world, ASKER).id, said.ts, "Since Tuesday.")
    await world.settle()
    assert "Your change was not passed on" in thread_of(world, ASKER, threads[ASKER])[-1]
    assert "Since Monday." in thread_of(world, EXPERT, threads[EXPERT])[0]
    everything = str([messages_of(world, each).messages for each in (ASKER, EXPERT)])
    assert everything.count("One more thing.") == 2  # what they wrote themselves


async def test_what_is_deleted_afterwards_still_goes(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    said = await writes(world, ASKER, "Since Monday.")
    ts = opening_of(world, EXPERT).ts
    await world.clicks(EXPERT, ids.CLOSE)
    await world.act.delete(ASKER, messages_of(world, ASKER).id, said.ts)
    await world.settle()
    assert "has deleted this message" in thread_of(world, EXPERT, ts)[0]


async def test_the_next_expert_sees_nothing_of_what_was_said_before(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    await writes(world, ASKER, "Since Monday.")
    await writes(world, EXPERT, "Which dose?")
    old = opening_of(world, ASKER).ts
    await world.clicks(ASKER, ids.RELEASE)
    await world.later(DAY)
    following = next(each.expert for each in await world.offers(1) if each.state == "open")
    await world.clicks(following, ids.ACCEPT)
    await writes(world, following, "I am next.")
    seen = str(messages_of(world, following).messages)
    assert "Since Monday" not in seen
    assert "Which dose" not in seen
    assert thread_of(world, ASKER) == [f"<@{following}> writes: I am next."]
    await writes(world, ASKER, "To the first?", ts=old)
    assert "To the first?" not in str(messages_of(world, following).messages)
    assert "To the first?" not in str(messages_of(world, EXPERT).messages)


async def again(world: World, event: dict[str, Any], **changes: Any) -> None:
    """Have Slack deliver an event as it says."""
    payload = copy.deepcopy(event["event"])
    payload.update(changes)
    await world.sandbox.events.send(payload, event_id=event["event_id"])
    await world.settle()


async def test_an_event_that_comes_twice_counts_once(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    said = await writes(world, ASKER, "Since Monday.")
    place = messages_of(world, ASKER)
    first = event_of(world, place.id)
    await again(world, first)
    assert len(thread_of(world, EXPERT)) == 1
    await world.act.edit(ASKER, place.id, said.ts, "Since Tuesday.")
    await world.settle()
    await again(world, first)
    assert thread_of(world, EXPERT) == ["A colleague who asks anonymously writes: Since Tuesday."]


async def test_a_change_or_a_deletion_may_come_before_its_message(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    place = messages_of(world, ASKER)
    await writes(world, ASKER, "Since Monday.")
    first = event_of(world, place.id)
    # As if the first had been late: nothing of it is known yet.
    ts = "1795532499.000100"
    edit = {
        "subtype": "message_changed",
        "message": {**first["event"], "ts": ts, "text": "Since Tuesday.",
                    "edited": {"user": ASKER, "ts": "1795532500.000000"}},
        "ts": "1795532500.000000",
    }  # fmt: skip
    await again(world, {"event": first["event"], "event_id": "Ev1"}, **edit)
    await again(world, {"event": first["event"], "event_id": "Ev2"}, ts=ts)
    assert [words for _, words in await said_in(world)] == ["Since Monday.", "Since Tuesday."]
    gone = "1795532501.000100"
    deletion = {
        "subtype": "message_deleted",
        "deleted_ts": gone,
        "previous_message": {**first["event"], "ts": gone},
        "ts": "1795532502.000000",
    }
    await again(world, {"event": first["event"], "event_id": "Ev3"}, **deletion)
    await again(world, {"event": first["event"], "event_id": "Ev4"}, ts=gone, text="Never said.")
    assert len(thread_of(world, EXPERT)) == 2
    assert "Never said." not in str(messages_of(world, EXPERT).messages)


async def test_nobody_writes_for_another(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    await writes(world, ASKER, "Since Monday.")
    event = event_of(world, messages_of(world, ASKER).id)
    forged = {"user": "U0LEO", "ts": "1795532600.000100", "text": "Forged."}
    await again(world, {"event": event["event"], "event_id": "Ev9"}, **forged)
    assert [words for _, words in await said_in(world)] == ["Since Monday."]


FAULTS = [
    pytest.param(Fault("chat.postMessage", "reset_after", 2), id="the answer is lost"),
    pytest.param(Fault("chat.postMessage", "error_after", 2), id="5xx after effect"),
    pytest.param(Fault("chat.postMessage", "rate_limited", 2), id="too many"),
    pytest.param(Fault("conversations.replies", "error_before", 2), id="looking fails"),
    pytest.param(Fault("*", "error_before", 3), id="everything fails"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_message_arrives_once_and_in_order_whatever_goes_wrong(
    socket_world: World, fault: Fault
) -> None:
    world = socket_world
    await taken_anonymously(world)
    # From now on what reaches the expert stands in the thread alone.
    await writes(world, EXPERT, "Which dose?")
    ts = opening_of(world, ASKER).ts
    world.sandbox.faults.add(Fault(fault.method, fault.kind, fault.count))
    if fault.method == "conversations.replies":
        world.sandbox.faults.add(Fault("chat.postMessage", "reset_after", 1))
    for number in range(4):
        await world.act.reply(ASKER, messages_of(world, ASKER).id, ts, f"Part {number}.")
    for _ in range(60):
        await world.later(4)
    assert thread_of(world, EXPERT) == [
        f"A colleague who asks anonymously writes: Part {number}." for number in range(4)
    ]


async def test_what_is_said_waits_until_the_others_side_stands(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    world.sandbox.faults.add(Fault("chat.postMessage", "error_before", 1))
    await world.clicks(EXPERT, ids.ACCEPT)
    last = {each: messages_of(world, each).messages[-1].text for each in (ASKER, EXPERT)}
    (there,) = [each for each, text in last.items() if "You and" in text]
    (other,) = {ASKER, EXPERT} - {there}
    await writes(world, there, "Good to meet you.")
    for _ in range(30):
        await world.later(4)
    assert "Good to meet you." in thread_of(world, other)[0]


async def test_what_can_never_arrive_ends_as_a_dead_letter(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    fault = Fault("chat.postMessage", "slack_error", 1, error="restricted_action")
    world.sandbox.faults.add(fault)  # one of the two sides never comes to stand
    await world.clicks(EXPERT, ids.ACCEPT)
    there = [
        each for each in (ASKER, EXPERT) if "You and" in messages_of(world, each).messages[-1].text
    ]
    assert len(there) == 1
    await writes(world, there[0], "Which dose?")
    for _ in range(10):
        await world.later(60)
    dead = {
        row.key.split("/")[0]: row.reason for row in await world.app.bot.read(TEAM, outbox.dead)
    }
    assert dead["relayed"] == "nothing_to_hang_on"


async def test_two_workers_pass_on_once(socket_world: World) -> None:
    world = socket_world
    worker = world.app.worker
    other = Worker(worker.store, worker.clock, worker.slack, render, "worker-other")
    await taken_anonymously(world)
    ts, place = opening_of(world, ASKER).ts, messages_of(world, ASKER)
    for number in range(4):
        await world.act.reply(ASKER, place.id, ts, f"Part {number}.")
        await other.start_due()
        await world.settle()
    await other.drain()
    assert len(thread_of(world, EXPERT)) == 4


async def test_another_workspace_reads_and_changes_nothing_of_it(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    said = await writes(world, ASKER, "Since Monday.")
    bot, place = world.app.bot, messages_of(world, ASKER).id
    assert await bot.read("T0OTHER", relay.get, 1) is None
    assert await bot.read("T0OTHER", relay.written_at, place, said.ts) is None
    for side in Side:
        assert not await bot.read("T0OTHER", relay.has_written, 1, EXPERT, side)
    key = await bot.read("T0OTHER", outbox.key_at, place, opening_of(world, ASKER).ts, "relay")
    assert key is None
    assert await bot.read(TEAM, relay.get, 1)
