"""Home as a test reads it, and what people say of themselves."""

from typing import Any

from bot.views import profiles as view
from tests.support.cards import objects
from tests.support.world import TEAM, World


async def opens_home(world: World, user: str) -> str:
    """Open Home; gives all the words on it."""
    await world.act.open_home(user)
    await world.settle()
    return words_on(world.space.homes[user])


def words_on(shown: Any) -> str:
    """Everything that can be read on a view."""
    found = objects(shown["blocks"])
    return "\n".join(str(each["text"]) for each in found if isinstance(each.get("text"), str))


async def clicks_home(world: World, user: str, action_id: str) -> None:
    """Use a button on Home."""
    await world.act.click(user, action_id, view_id=world.space.homes[user]["id"])
    await world.settle()


async def introduces(world: World, user: str, stage: str = "early", **basics: str) -> None:
    """Go through the three steps of the first visit."""
    await opens_home(world, user)
    await clicks_home(world, user, view.INTRODUCE)
    await world.submits(user, stage=stage, **basics)
    await world.submits(user)
    await world.submits(user)


def modal(world: World, user: str) -> Any:
    """The form or page open before them."""
    return world.space.modals[user][-1]


def option_of(world: World, user: str, name: str, words: str) -> str:
    """The value of a choice in the open form, by its words."""
    block = next(each for each in modal(world, user)["blocks"] if each.get("block_id") == name)
    options = block["element"]["options"]
    return str(next(each["value"] for each in options if each["text"]["text"] == words))


async def reads(world: World, query: Any, *args: Any) -> Any:
    """What the store says."""
    return await world.app.bot.read(TEAM, query, *args)
