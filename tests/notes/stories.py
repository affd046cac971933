"""Notes as a test needs them: a consult that helped, and what its two make of it."""

from typing import Any

from bot import consults, notes
from bot.authority import Actor
from bot.notes import Words
from storage import notes as queries
from storage.records import Outcome
from storage.records.notes import Note
from tests.support.world import TEAM, World

BEN, ADA, LEO, IVY, MIA = "U0BEN", "U0ADA", "U0LEO", "U0IVY", "U0MIA"
QUESTION = "How are steroids tapered after pneumonitis?"
ANSWER = "Over six weeks, and watch the saturation while walking."


async def does(world: World, use_case: Any, user: str, *args: Any, **more: Any) -> Any:
    """Somebody does something, and what follows is delivered."""
    result = await world.app.bot.write(TEAM, use_case, Actor(user), *args, **more)
    await world.settle()
    return result


async def helped(
    world: World, outcome: Outcome = Outcome.SOLVED, answer: str = "Slowly.", **draft: Any
) -> int:
    """A consult of Ben's that Ada has answered and that is closed; gives its id."""
    wanted = {"question": "steroids after immunotherapy?", "wanted_expert": ADA, **draft}
    consult = await world.asked(BEN, **wanted)
    await does(world, consults.answer, ADA, consult, answer)
    await does(world, consults.close, BEN, consult)
    if outcome is not Outcome.UNKNOWN:
        await does(world, consults.say_outcome, BEN, consult, outcome, "")
    return consult


async def begun(world: World, words: str = QUESTION, answer: str = ANSWER, **draft: Any) -> Note:
    """Ben has written a note; Ada has not agreed."""
    consult = await helped(world, **draft)
    note, _ = await does(world, notes.begin, BEN, consult, Words(words, answer))
    assert isinstance(note, Note)
    return note


async def shared(world: World, words: str = QUESTION, answer: str = ANSWER, **draft: Any) -> Note:
    """A note that others can read."""
    note = await begun(world, words, answer, **draft)
    await does(world, notes.agree, ADA, note.id, note.version)
    return await standing(world, note.id)


async def standing(world: World, note_id: int) -> Note:
    """How a note stands."""
    found = await world.app.bot.read(TEAM, queries.get, note_id)
    assert found
    return found


async def types_question(world: World, user: str, question: str, **values: Any) -> Any:
    """Somebody types into the form that is open before them; gives the form as it is then."""
    view = world.space.modals[user][-1]
    outcome = await world.act.click(
        user, "question", view_id=view["id"], pick=question, values=values
    )
    assert outcome.acknowledged
    return world.space.modals[user][-1]


async def clicks_in_form(world: World, user: str, action_id: str, **more: Any) -> Any:
    """Somebody uses a button of the form that is open before them; gives what is open then."""
    view = world.space.modals[user][-1]
    outcome = await world.act.click(user, action_id, view_id=view["id"], **more)
    assert outcome.acknowledged
    await world.settle()
    return world.space.modals[user][-1]
