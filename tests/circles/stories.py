"""Circles as a test needs them, made by the use cases."""

from datetime import date
from typing import Any

from bot import circles, sessions
from bot.authority import Actor
from storage import circles as circle_queries
from storage import sessions as session_queries
from storage.records import Circle, CircleDraft, Rhythm, Session
from tests.support.world import DAY, HOUR, TEAM, World

# Noon in New York on a Tuesday: a week and two hours from the world's beginning.
FIRST = date(2026, 12, 1)
TO_FIRST = 7 * DAY + 2 * HOUR


async def circle(world: World, founder: str = "U0BEN", **changes: Any) -> Circle:
    """A circle that meets every week, with its channel."""
    draft = CircleDraft(
        **{
            "name": "Early birds",
            "size": 3,
            "rhythm": Rhythm.WEEKLY,
            "first_on": FIRST,
            "zone": "America/New_York",
            **changes,
        }
    )
    made = await world.app.bot.write(
        TEAM, circles.found, Actor(founder), draft, delivery=f"story/{founder}/{draft.name}"
    )
    await world.settle()
    return await again(world, made)


async def again(world: World, circle: Circle) -> Circle:
    """The circle as it is now."""
    found = await world.app.bot.read(TEAM, circle_queries.get, circle.id)
    assert found
    return found


async def joins(world: World, circle: Circle, *users: str) -> None:
    """These people join by their click."""
    for user in users:
        await world.app.bot.write(TEAM, circles.join, Actor(user), circle.id)
    await world.settle()


async def ahead(world: World, circle: Circle) -> Session:
    """The session that comes next."""
    found = await world.app.bot.read(TEAM, session_queries.ahead, circle.id)
    assert found
    return found


async def does(world: World, use_case: Any, user: str, *values: Any, **named: Any) -> Any:
    """Somebody does something to a circle or a session."""
    result = await world.app.bot.write(TEAM, use_case, Actor(user), *values, **named)
    await world.settle()
    return result


async def of_circle(world: World, circle: Circle, *states: Any) -> list[Session]:
    """Its sessions in these states."""
    return await world.app.bot.read(TEAM, session_queries.of_circle, circle.id, *states)


def inside(world: World, circle: Circle) -> set[str]:
    """Who is in its channel, the bot apart."""
    assert circle.channel
    return set(world.space.channels[circle.channel].members) - {world.space.bot.id}


def said(world: World, circle: Circle) -> list[str]:
    """What the bot said in its channel."""
    assert circle.channel
    return [each.text for each in world.space.messages(circle.channel, "U0BEN") if each.text]


__all__ = [
    "FIRST", "TO_FIRST", "again", "ahead", "circle", "does", "inside", "joins", "of_circle",
    "said", "sessions",
]  # fmt: skip
