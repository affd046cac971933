"""The whole way of a spot question, over the wire, as the people in it see it."""

from bot.views.consults import ids
from storage import ledger
from storage.records import ConsultState, Outcome
from tests.support.world import TEAM, World

QUESTION = "how do I taper steroids after grade 3 pneumonitis? #immunotherapy"


async def test_asked_accepted_talked_about_and_closed(world: World) -> None:
    seen = await world.types("U0BEN", QUESTION)
    assert "Received" in seen
    assert "taper steroids" in seen
    card = world.messages("U0BEN")[-1]
    assert "It is with" in card.text
    assert "<@U0ADA>" in card.text

    await world.clicks("U0ADA", ids.ACCEPT)

    group = world.space.direct(["U0BEN", "U0ADA", world.space.bot.id])
    assert group.kind == "mpim"
    assert "taper steroids" in group.messages[0].text
    assert "<@U0ADA> has taken your question" in world.messages("U0BEN")[-1].text

    await world.clicks("U0ADA", ids.CLOSE)
    await world.clicks("U0BEN", ids.SAY_OUTCOME)
    await world.submits("U0BEN", outcome="solved", thanks="That helped a lot")
    await world.clicks("U0ADA", ids.SAY_EFFORT)
    await world.submits("U0ADA", minutes="20", learned="A new taper")

    consult = await world.consult(1)
    assert (consult.state, consult.outcome) == (ConsultState.CLOSED, Outcome.SOLVED)
    helps = await world.app.bot.read(TEAM, ledger.of_consult, 1)
    assert [(row.helper, row.helped, row.minutes) for row in helps] == [
        ("U0ADA", "U0BEN", 20),
        ("U0BEN", "U0ADA", None),
    ]
    assert helps[0].thanks == "That helped a lot"
