"""Promise 26: who asks anonymously is nowhere an expert, an admin, an export or a log can see.

What Slack accepted, showed or was answered for anybody but the asker is looked through, the whole
way of a question long, and with faults on the way; so are logs, keys, metadata and the ledger.
"""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import askers
from bot.delivery.targets import render
from bot.logs import NoWords
from bot.views.consults import closing, ids, offers, on_home, relay, widened
from sandbox.faults import Fault
from storage import ledger
from storage.database import Tx
from storage.records import Consult, ConsultState
from tests.consults.anonymously import asked_anonymously, messages_of, opening_of, writes
from tests.support.cards import accepted, closed, consult, every_message, every_relayed, offer
from tests.support.world import DAY, HOUR, TEAM, World

ROOT = Path(__file__).parents[2]
ASKER, EXPERT, ADMIN = "U0BEN", "U0ADA", "U0IVY"
# Their id, their names, and what else in this workspace is theirs alone.
NAMES = ("U0BEN", "Castillo", "ben@", "@ben")


def heard(world: World) -> Iterator[tuple[str, str]]:
    """Everything that reached anybody but the asker: how, and the whole of it."""
    theirs = messages_of(world, ASKER).id
    triggers: dict[str, str] = {}
    for each in world.sandbox.ledger.deliveries:
        by = each.payload.get("user_id") or (each.payload.get("user") or {})
        user = str(by if isinstance(by, str) else by.get("id", ""))
        if "trigger_id" in each.payload:
            triggers[str(each.payload["trigger_id"])] = user
        if user not in ("", ASKER):
            yield f"answer to {user}", json.dumps(each.answered)
    for call in world.sandbox.ledger.calls:
        told = call.arguments
        by_trigger = triggers.get(str(told.get("trigger_id")), "")
        for_asker = (
            told.get("channel") == theirs
            or told.get("user_id") == ASKER
            or by_trigger == ASKER
            or (call.method == "conversations.open" and told.get("users") == ASKER)
        )
        if not for_asker:
            yield call.method, json.dumps(told)


def named_in(words: str) -> list[str]:
    return [name for name in NAMES if name in words]


async def faults_found(world: World, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Wherever the asker is named."""
    dm = messages_of(world, ASKER).id
    found = [f"{how}: {name}" for how, told in heard(world) for name in (*named_in(told), *(
        [dm] if dm in told else []))]  # fmt: skip
    for channel in world.space.channels.values():
        if channel.id != dm:
            bots = [each for each in channel.messages if each.by_app and each.only_for != ASKER]
            found += [f"in {channel.id}: {each.text}" for each in bots if named_in(str(each))]
    for user, home in world.space.homes.items():
        if user != ASKER:
            found += [f"Home of {user}: {name}" for name in named_in(str(home))]
    for record in caplog.records:
        ours = not record.name.startswith(("sandbox", "tests"))
        # That somebody's Home is drawn says nothing of a question.
        line = record.getMessage().replace(f"home/{ASKER}", "")
        if ours and named_in(line):
            found.append(f"log: {line}")
    keys, rows = await world.app.bot.read(TEAM, kept)
    found += [f"key {key}" for key in keys if named_in(key) and key != f"home/{ASKER}"]
    found += [f"ledger {row}" for row in rows if named_in(row)]
    return found


def kept(tx: Tx) -> tuple[list[str], list[str]]:
    """The outbox's keys, and what is read of the ledger."""
    keys = [row[0] for row in tx.rows("SELECT key FROM outbox WHERE workspace = :workspace")]
    helps = [repr(row) for number in (1, 2, 3) for row in ledger.of_consult(tx, number)]
    return keys, helps


def listening(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(NoWords())


async def look_around(world: World) -> None:
    """Everybody looks at what the bot shows them."""
    for user in (EXPERT, ADMIN, "U0LEO", "U0CHI", ASKER):
        await world.act.open_home(user)
        await world.types(user, "status")
    for admin in (EXPERT, ADMIN):
        await world.types(admin, "admin")
    await world.settle()


async def talk(world: World, expert: str) -> None:
    """Both say something, change it, delete it, and send a picture."""
    for user in (expert, ASKER):
        said = await writes(world, user, f"{user[2:4]} asks how long this goes on.")
        place = messages_of(world, user)
        await world.act.edit(user, place.id, said.ts, "How long does this go on?")
        gone = await writes(world, user, "Never mind.")
        await world.act.delete(user, place.id, gone.ts)
        await world.act.upload(user, place.id, "x.png", "x", ts=opening_of(world, user).ts)
        await world.act.post(user, place.id, "beside the thread")
    mention = {"@ben": ASKER}
    place, ts = messages_of(world, ASKER), opening_of(world, ASKER).ts
    await world.act.reply(ASKER, place.id, ts, "It is me, @ben", picked=mention)
    await world.settle()


async def ask_widely(world: World) -> None:
    """Asked, passed on, reminded of, in the channel, at an admin, put to several."""
    await asked_anonymously(world)
    await look_around(world)
    await world.clicks(EXPERT, ids.NEED_DETAIL)
    await world.submits(EXPERT, detail="Which drug?")
    await look_around(world)
    await world.clicks(ASKER, ids.ANSWER_DETAIL)
    await world.submits(ASKER, answer="The usual one")
    await look_around(world)
    await world.clicks(EXPERT, ids.FORWARD)
    await world.submits(EXPERT, colleague="U0CHI")
    await world.later(3 * HOUR)
    await world.later(6 * HOUR)
    await look_around(world)
    await world.later(2 * DAY)
    admin = str((await world.consult(1)).admin)
    for user in (ASKER, "U0CHI", "U0LEO"):
        await world.clicks(admin, ids.HAND_ON, pick=user)
    await look_around(world)


async def close_and_tell(world: World, expert: str) -> None:
    await world.clicks(expert, ids.CLOSE)
    await world.clicks(ASKER, ids.SAY_OUTCOME)
    await world.submits(ASKER, outcome="no", thanks="Thank you all the same")
    await world.clicks(expert, ids.SAY_EFFORT)
    await world.submits(expert, minutes="10", learned="A lot")
    await look_around(world)


async def test_the_asker_is_named_to_nobody_the_whole_way_of_a_question(
    socket_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    listening(caplog)
    await ask_widely(world)
    await world.clicks("U0LEO", ids.ACCEPT)
    await talk(world, "U0LEO")
    await world.clicks("U0LEO", ids.RELEASE)
    await world.later(DAY)
    following = next(each.expert for each in await world.offers(1) if each.state == "open")
    await world.clicks(following, ids.ACCEPT)
    await talk(world, following)
    await world.later(2 * DAY)
    await close_and_tell(world, following)
    await world.clicks(ASKER, ids.ASK_OTHERS)
    await look_around(world)
    assert (await world.consult(1)).hidden
    assert await faults_found(world, caplog) == []


async def test_an_answer_by_form_names_nobody(
    socket_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    listening(caplog)
    await asked_anonymously(world, wanted=EXPERT)
    await world.clicks(EXPERT, ids.ANSWER_NOW)
    await world.submits(EXPERT, answer="Tell them early.")
    await world.clicks(EXPERT, ids.TALK)
    await talk(world, EXPERT)
    await close_and_tell(world, EXPERT)
    assert await faults_found(world, caplog) == []


FAULTS = [
    pytest.param(Fault("chat.postMessage", "reset_after", 2), id="answers are lost"),
    pytest.param(Fault("chat.postMessage", "rate_limited", 2), id="too many"),
    pytest.param(
        Fault("chat.postMessage", "slack_error", None, error="restricted_action"),
        id="nothing can be posted",
    ),
    pytest.param(Fault("chat.update", "slack_error", None, error="is_archived"), id="no changes"),
    pytest.param(Fault("*", "error_before", 9), id="everything fails"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_nor_does_anything_that_goes_wrong(
    socket_world: World, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    listening(caplog)
    await asked_anonymously(world)
    await world.clicks(EXPERT, ids.ACCEPT)
    world.sandbox.faults.add(Fault(fault.method, fault.kind, fault.count, error=fault.error))
    await talk(world, EXPERT)
    channel, card = world.card(EXPERT, ids.CLOSE)
    await world.act.click(EXPERT, ids.CLOSE, channel=channel.id, ts=card.ts)
    await world.settle()
    for _ in range(15):
        await world.later(60)
    await world.later(DAY)
    await look_around(world)
    assert (await world.consult(1)).state is ConsultState.CLOSED
    assert await faults_found(world, caplog) == []


async def test_until_they_show_it_themselves(
    socket_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    listening(caplog)
    await asked_anonymously(world)
    await world.clicks(EXPERT, ids.ACCEPT)
    assert await faults_found(world, caplog) == []
    await world.clicks(ASKER, ids.REVEAL)
    assert await faults_found(world, caplog)


HIDDEN = [
    consult(anonymous=True),
    accepted(anonymous=True, conversation=True, answer="Slowly."),
    closed(anonymous=True, conversation=True),
    consult(anonymous=True, state=ConsultState.WITHDRAWN),
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=["open", "accepted", "closed", "withdrawn"])
def test_no_message_names_the_asker_even_if_it_is_given_them(hidden: Consult) -> None:
    """The second lock: the first is that it is not given them."""
    shown = every_message(hidden, [offer(), offer(partial=True)]) | every_relayed(hidden, "x")
    for name, message in shown.items():
        assert "U0BEN" not in message.text, name
        assert "U0BEN" not in str(message.blocks), name


def test_one_module_says_where_an_asker_is_and_the_delivery_alone_uses_it() -> None:
    """Held by looking: everything else that draws is given a consult without its asker."""
    reads_asker, uses = (
        re.compile(r"\bconsult\.asker\b|\beach\.asker\b"),
        re.compile(r"\bimport askers\b|\baskers\.\w"),
    )
    for room in ("bot", "handlers"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name, source = path.relative_to(ROOT).as_posix(), path.read_text()
            draws = name.startswith(("bot/views", "bot/delivery", "handlers"))
            if draws and name not in ("bot/delivery/askers.py", "bot/views/consults/words.py"):
                assert not reads_asker.search(source), name
            if not name.startswith("bot/delivery"):
                assert not uses.search(source), name


def test_while_the_asker_is_hidden_there_is_no_group_that_would_show_them() -> None:
    assert askers.group_with(accepted(anonymous=True), "U0ADA") is None
    assert askers.group_with(accepted(anonymous=True, revealed_at=1), "U0ADA")


ELSEWHERE = [
    f"offer-card/1/{EXPERT}",
    f"reminder/1/{EXPERT}",
    f"offer-again/1/{EXPERT}/1",
    "fallback-card/1",
    f"admin-card/1/{ADMIN}",
    f"relay/1/{EXPERT}/expert",
    f"closing-question/1/{EXPERT}/1",
    f"home/{EXPERT}",
]


@pytest.mark.parametrize("key", ELSEWHERE)
async def test_what_is_drawn_for_others_is_drawn_without_knowing_the_asker(
    socket_world: World, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first lock: with a view that would name whom it is given, nobody is named."""
    world = socket_world
    await asked_anonymously(world)
    if key.startswith(("relay", "closing")):
        await world.clicks(EXPERT, ids.ACCEPT)

    def drawn(tx: Tx) -> Any:
        return render(tx, key)

    def telling(seen: Consult, **_more: object) -> str:
        return f"<@{seen.asker}>"

    for module in (closing, offers, on_home, relay, widened):
        monkeypatch.setattr(module, "the_asker", telling)
    shown = await world.app.bot.read(TEAM, drawn)
    assert "U0BEN" not in str(shown)
