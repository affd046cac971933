"""What seems to identify a patient goes back to its author, marked, before anything is stored."""

from typing import Any

import pytest

from bot.identifiers import MAY_HOLD
from bot.views.consults import ids
from bot.views.identifiers import CHECK, CONFIRM, MARKED, TOP
from sandbox.faults import Fault
from storage import consults, identifiers
from storage.database import Tx
from tests.support.world import TEAM, World

CERTAIN = "Mrs Canary Bird was seen, how do I taper steroids?"
DOUBTFUL = "A 62-year-old woman seen at Riverside General: how do I taper steroids?"
HARMLESS = "A woman of sixty: how do I taper steroids?"


async def stored(world: World) -> list[str]:
    return [each.question for each in await world.app.bot.read(TEAM, consults.unfinished, 9)]


def form(world: World, user: str = "U0BEN") -> dict[str, Any]:
    """The form that is open before them."""
    opened: dict[str, Any] = world.space.modals[user][-1]
    return opened


def box(world: World, user: str = "U0BEN") -> str | None:
    """The box to confirm, if the form has one."""
    found = [each["block_id"] for each in form(world, user)["blocks"]]
    return next((each for each in found if each.startswith(CONFIRM)), None)


def shown(world: World, user: str = "U0BEN") -> str:
    return str(form(world, user)["blocks"])


async def asks_in_form(world: World, question: str) -> Any:
    await world.types("U0BEN", "")
    return await world.submits("U0BEN", question=question, urgency="today")


async def test_a_question_typed_as_a_command_opens_the_form_with_it_marked(world: World) -> None:
    assert await world.types("U0BEN", f"{CERTAIN} #pain") == ""
    fields = {each["block_id"]: each for each in form(world)["blocks"]}
    assert fields["question"]["element"]["initial_value"] == CERTAIN
    assert "Nothing was sent or kept" in str(fields[TOP])
    marks = [
        piece["text"]
        for part in fields[f"{MARKED}question"]["elements"]
        for piece in part["elements"]
        if piece.get("style")
    ]
    assert marks == ["Mrs Canary Bird"]
    assert "a person's name (“Mrs Canary Bird”)" in str(fields[f"{MARKED}question"])
    assert await stored(world) == []


async def test_a_tag_is_chosen_in_the_form_that_opens(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", f"{CERTAIN} #immunotherapy")
    topics = next(each for each in form(world)["blocks"] if each["block_id"] == "topics")
    assert [each["text"]["text"] for each in topics["element"]["initial_options"]] == [
        "immunotherapy"
    ]


async def test_what_is_certain_must_be_edited(world: World) -> None:
    await asks_in_form(world, CERTAIN)
    assert await stored(world) == []
    assert box(world) is None
    await world.submits("U0BEN", question=HARMLESS)
    assert await stored(world) == [HARMLESS]
    assert "Received" in str(form(world)["title"])


async def test_the_form_keeps_what_was_typed_and_shows_no_mark_twice(socket_world: World) -> None:
    world = socket_world
    await asks_in_form(world, CERTAIN)
    await world.submits("U0BEN")
    names = [each["block_id"] for each in form(world)["blocks"]]
    assert len(names) == len(set(names))
    question = next(each for each in form(world)["blocks"] if each["block_id"] == "question")
    assert question["element"]["initial_value"] == CERTAIN
    assert form(world)["callback_id"] == ids.ASK_FORM


async def test_what_is_doubtful_may_be_confirmed_and_the_confirmation_is_kept(
    world: World,
) -> None:
    await asks_in_form(world, DOUBTFUL)
    assert await stored(world) == []
    name = box(world)
    assert name
    await world.submits("U0BEN", **{"question": DOUBTFUL, name: ["confirmed"]})
    assert await stored(world) == [DOUBTFUL]
    assert await confirmations(world) == [("U0BEN", ids.ASK_FORM, "place")]


async def confirmations(world: World) -> list[tuple[str, str, str]]:
    def rows(tx: Tx) -> list[tuple[str, str, str]]:
        found = tx.rows("SELECT * FROM identifier_confirmations WHERE workspace = :workspace")
        return [(each["user"], each["surface"], each["kinds"]) for each in found]

    return await world.app.bot.read(TEAM, rows)


async def test_sent_again_without_a_tick_it_comes_back_again(socket_world: World) -> None:
    world = socket_world
    await asks_in_form(world, DOUBTFUL)
    await world.submits("U0BEN", question=DOUBTFUL)
    assert box(world)
    assert await stored(world) == []


async def test_a_tick_holds_for_what_it_stood_below_and_for_nothing_else(
    socket_world: World,
) -> None:
    world = socket_world
    await asks_in_form(world, DOUBTFUL)
    name = box(world)
    assert name
    other = f"{DOUBTFUL} And one seen at Lakeside Clinic?"
    await world.submits("U0BEN", **{"question": other, name: ["confirmed"]})
    assert await stored(world) == []
    assert "Lakeside" in shown(world)
    assert box(world) not in (name, None)


async def test_of_two_things_confirmed_one_may_be_taken_out(socket_world: World) -> None:
    world = socket_world
    await asks_in_form(world, f"{DOUBTFUL} And one seen at Lakeside Clinic?")
    name = box(world)
    assert name
    await world.submits("U0BEN", **{"question": DOUBTFUL, name: ["confirmed"]})
    assert await stored(world) == [DOUBTFUL]


async def test_a_forged_tick_confirms_nothing(socket_world: World) -> None:
    world = socket_world
    await asks_in_form(world, DOUBTFUL)
    opened = form(world)
    forged = f"{CONFIRM}{'0' * 8}"
    opened["blocks"] = [
        {**each, "block_id": forged} if each["block_id"].startswith(CONFIRM) else each
        for each in opened["blocks"]
    ]
    await world.submits("U0BEN", **{"question": DOUBTFUL, forged: ["confirmed"]})
    assert await stored(world) == []


async def test_a_form_that_cannot_be_opened_gives_the_words_back_in_the_answer(
    socket_world: World,
) -> None:
    world = socket_world
    world.sandbox.faults.add(Fault("views.open", "slack_error", 1, error="internal_error"))
    seen = await world.types("U0BEN", CERTAIN)
    assert "Nothing was sent or kept" in seen
    assert "[Mrs Canary Bird] was seen, how do I taper steroids?" in seen
    assert await stored(world) == []


async def test_a_colleague_who_is_named_is_no_patient(world: World) -> None:
    seen = await world.types("U0BEN", "<@U0ADA|Ada Osei> my 62-year-old patient needs steroids?")
    assert "Received" in seen


async def test_the_day_until_which_somebody_pauses_is_no_patients(world: World) -> None:
    assert "identify" not in await world.types("U0ADA", "pause until 2027-03-01")


async def test_where_all_must_be_edited_nothing_can_be_confirmed(socket_world: World) -> None:
    world = socket_world
    await sets(world, "stop")
    await asks_in_form(world, DOUBTFUL)
    assert await stored(world) == []
    assert box(world) is None
    assert "at the end of the form" not in shown(world)


async def test_where_it_is_off_nothing_is_looked_at(socket_world: World) -> None:
    world = socket_world
    await sets(world, "off")
    await world.types("U0BEN", CERTAIN)
    assert await stored(world) == [CERTAIN]


async def sets(world: World, check: str) -> None:
    await world.types("U0IVY", "admin")
    channel, message = world.card("U0IVY", CHECK)
    await world.act.click("U0IVY", CHECK, channel=channel.id, ts=message.ts)
    await world.submits("U0IVY", check=check)


async def test_only_an_admin_says_how_strictly_and_it_is_written_down(socket_world: World) -> None:
    world = socket_world
    await sets(world, "stop")
    assert "Patient identifiers: stop" in await world.types("U0IVY", "admin")

    def audited(tx: Tx) -> list[tuple[str, str]]:
        rows = tx.rows(
            "SELECT * FROM audit WHERE workspace = :workspace AND action = 'identifier_check'"
        )
        return [(row["actor"], row["object"]) for row in rows]

    assert await world.app.bot.read(TEAM, audited) == [("U0IVY", "stop")]
    channel, message = world.card("U0IVY", CHECK)
    refused = await world.act.click("U0LEO", CHECK, channel=channel.id, ts=message.ts)
    assert refused.acknowledged
    assert not world.space.modals.get("U0LEO")


async def test_a_workspace_of_its_own_has_a_setting_of_its_own(socket_world: World) -> None:
    world = socket_world
    await sets(world, "off")

    def check(tx: Tx) -> str:
        return identifiers.check(tx)

    assert await world.app.bot.read(TEAM, check) == "off"
    assert await world.app.bot.read("T0OTHER", check) == "ask"


@pytest.mark.parametrize("key", MAY_HOLD)
def test_every_exception_says_why(key: str) -> None:
    kinds, why = MAY_HOLD[key]
    assert kinds
    assert len(why) > 20
