"""What seems to identify a patient is not passed on between an anonymous asker and their expert."""

import logging

import pytest

from bot import consults, identifiers
from bot.authority import Actor
from bot.errors import Refused
from bot.logs import NoWords
from bot.views.consults import ids
from storage import relay
from storage.database import Tx
from storage.records.identifiers import IdentifierCheck
from tests.consults.anonymously import messages_of, opening_of, taken_anonymously, thread_of, writes
from tests.support.world import TEAM, World

ASKER, EXPERT = "U0BEN", "U0ADA"
CERTAIN = "Her MRN is 48213977, call 212-555-0187."
PERHAPS = "She lives in Tucson."


async def kept(world: World) -> list[str]:
    def query(tx: Tx) -> list[str]:
        rows = tx.rows("SELECT words FROM relayed WHERE workspace = :workspace ORDER BY id")
        return [row["words"] for row in rows]

    return await world.app.bot.read(TEAM, query)


@pytest.mark.parametrize("user", [ASKER, EXPERT])
async def test_it_is_stopped_told_to_its_author_and_passed_on_once_it_is_edited(
    socket_world: World, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(NoWords())
    other = EXPERT if user == ASKER else ASKER
    await taken_anonymously(world)
    said = await writes(world, user, CERTAIN)
    told = thread_of(world, user)[-1]
    assert "This was not passed on: it seems to hold a telephone number" in told
    assert "Please edit your message" in told
    assert "48213977" not in told
    assert thread_of(world, other) == []
    assert await kept(world) == [""]
    await world.act.edit(user, messages_of(world, user).id, said.ts, "She can be called.")
    await world.settle()
    assert "She can be called." in thread_of(world, other)[-1]
    assert "passed on as it stands now" in thread_of(world, user)[-1]
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("sandbox")]
    assert "48213977" not in "\n".join(ours)
    files = world.app.store.path.parent.glob("mentor.db*")
    assert not any(b"48213977" in path.read_bytes() for path in files)


async def test_a_change_that_identifies_leaves_the_earlier_words(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    said = await writes(world, ASKER, "Since Monday.")
    await world.act.edit(ASKER, messages_of(world, ASKER).id, said.ts, CERTAIN)
    await world.settle()
    assert "Your change was not passed on" in thread_of(world, ASKER)[-1]
    assert "Since Monday." in thread_of(world, EXPERT)[-1]


async def test_what_is_not_certain_can_be_confirmed_and_sent_again(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    await writes(world, ASKER, PERHAPS)
    assert "a town or a clinic" in thread_of(world, ASKER)[-1]
    place = messages_of(world, ASKER)
    asked = place.replies(opening_of(world, ASKER).ts)[-1]
    await world.act.click(ASKER, ids.CONFIRM_RELAYED, channel=place.id, ts=asked.ts)
    await world.settle()
    assert "send it once more within ten minutes" in thread_of(world, ASKER)[-1]
    await writes(world, ASKER, PERHAPS)
    assert "Tucson" in thread_of(world, EXPERT)[-1]
    await writes(world, ASKER, CERTAIN)
    assert "telephone" in thread_of(world, ASKER)[-1]
    await world.later(601)
    await writes(world, ASKER, PERHAPS)
    assert len(thread_of(world, EXPERT)) == 1


async def test_the_author_alone_confirms(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    await writes(world, ASKER, PERHAPS)
    for other in (EXPERT, "U0IVY", "U0LEO"):
        with pytest.raises(Refused):
            await world.app.bot.write(TEAM, consults.confirm, Actor(other), 1)
    assert not await world.app.bot.write("T0OTHER", relay.confirm, 1)
    await writes(world, EXPERT, PERHAPS)
    await world.app.bot.write(TEAM, consults.confirm, Actor(ASKER), 1)
    await writes(world, EXPERT, PERHAPS)
    assert "Tucson" not in " ".join(thread_of(world, ASKER))


async def test_where_the_programme_says_stop_nothing_can_be_confirmed(socket_world: World) -> None:
    world = socket_world
    await world.app.bot.write(
        TEAM, identifiers.set_strictness, Actor("U0IVY"), IdentifierCheck.STOP
    )
    await taken_anonymously(world)
    await writes(world, ASKER, PERHAPS)
    assert ids.CONFIRM_RELAYED not in str(messages_of(world, ASKER).messages)
    assert thread_of(world, EXPERT) == []


async def test_a_colleagues_name_may_be_mentioned(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    place = messages_of(world, EXPERT)
    picked = {"@leo": "U0LEO"}
    ts = opening_of(world, EXPERT).ts
    await world.act.reply(EXPERT, place.id, ts, "Please ask @leo too", picked=picked)
    await world.settle()
    assert "Leo Haddad" in thread_of(world, ASKER)[-1]
