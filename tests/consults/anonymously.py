"""An anonymous question as a test tells of it: how it is asked, and each side of the relay."""

from typing import Any

from bot.views.consults import ids
from tests.support.world import World

QUESTION = "How do I tell my supervisor about immunotherapy mistakes?"


async def asked_anonymously(world: World, question: str = QUESTION, **more: Any) -> int:
    """Ben asks by the form, anonymously; gives the consult's id."""
    await world.types("U0BEN", "")
    values = {"question": question, "urgency": "today", "anonymous": "anonymous", **more}
    await world.submits("U0BEN", **values)
    return 1


async def taken_anonymously(world: World, **more: Any) -> int:
    """The same, and Ada has taken it."""
    consult = await asked_anonymously(world, **more)
    await world.clicks("U0ADA", ids.ACCEPT)
    return consult


def messages_of(world: World, user: str) -> Any:
    """Somebody's conversation with the bot."""
    return world.space.direct([user, world.space.bot.id])


def opening_of(world: World, user: str) -> Any:
    """The message that opens the conversation through the bot on their side."""
    found = [each for each in messages_of(world, user).messages if ids.CLOSE in str(each.blocks)]
    return next(each for each in found if "can write to each other here" in each.text)


async def writes(world: World, user: str, text: str, *, ts: str = "") -> Any:
    """Write in the thread of one's side; gives the message."""
    place = messages_of(world, user)
    said = await world.act.reply(user, place.id, ts or opening_of(world, user).ts, text)
    await world.settle()
    return said


def thread_of(world: World, user: str, ts: str = "") -> list[str]:
    """What the bot has said in the thread of their side, in order."""
    place = messages_of(world, user)
    replies = place.replies(ts or opening_of(world, user).ts)
    return [each.text for each in replies if each.user == world.space.bot.id]


def event_of(world: World, channel: str) -> dict[str, Any]:
    """The newest event of a message there, as it was delivered."""
    found = [
        each.payload
        for each in world.sandbox.ledger.deliveries
        if each.payload.get("type") == "event_callback"
        and each.payload["event"]["type"] == "message"
        and each.payload["event"]["channel"] == channel
        and "bot_id" not in each.payload["event"]
    ]
    return dict(found[-1])
