"""Reminders as a test needs them: about sessions of circles, which are there to be drawn."""

from typing import Any

from bot import nudges
from bot.nudges import Thing
from storage import nudges as queries
from storage.database import Tx
from storage.records.nudges import Nudge, NudgeKind
from tests.circles.stories import circle
from tests.support.world import DAY, TEAM, World

SESSIONS = NudgeKind.SESSIONS


async def sessions(world: World, count: int = 1) -> None:
    """So many sessions to be reminded of; their ids count from 1."""
    for number in range(count):
        await circle(world, "U0HAL", name=f"Circle {number}")


async def wants(
    world: World, user: str, about: int = 1, thing: Thing = Thing.USEFUL, **more: Any
) -> None:
    """Something is to be said to somebody, from now on."""
    more = {"until": world.space.clock.now() + 21 * DAY, **more}
    await world.app.bot.write(TEAM, nudges.want, user, thing, about, **more)
    await world.app.catch_up()


async def nudge(world: World, user: str, about: int = 1, thing: Thing = Thing.USEFUL) -> Nudge:
    """What has become of it."""
    found = await world.app.bot.read(TEAM, queries.find, user, thing, about, 0)
    assert found
    return found


def texts(world: World, user: str) -> list[str]:
    """What the bot says to somebody."""
    return [message.text for message in world.messages(user)]


async def seen_by(world: World, user: str) -> list[str]:
    """What was said to them and when it reached them, as the store has it."""

    def query(tx: Tx) -> list[str]:
        rows = tx.rows(
            """SELECT thing || '/' || about AS what FROM nudges WHERE workspace = :workspace
                AND user = :user AND sent_at IS NOT NULL ORDER BY sent_at""",
            user=user,
        )
        return [row["what"] for row in rows]

    return await world.app.bot.read(TEAM, query)
