"""What the asker can do, as they see it."""

import sqlite3

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.views.consults import ids
from storage import members
from storage.records import ConsultState, Urgency
from tests.support.world import DAY, HOUR, TEAM, TUESDAY, World


async def test_the_form_asks_with_topics_urgency_and_a_chosen_expert(world: World) -> None:
    await world.types("U0BEN", "")
    form = world.space.modals["U0BEN"][-1]
    topic = next(block for block in form["blocks"] if block.get("block_id") == "topics")
    pain = next(o["value"] for o in topic["element"]["options"] if o["text"]["text"] == "pain")
    await world.submits(
        "U0BEN",
        question="When do I call for a nerve block?",
        tried="Opioids at the limit",
        topics=[pain],
        urgency="today",
        wanted="U0DOT",
    )
    consult = await world.consult(1)
    assert consult.urgency is Urgency.TODAY
    assert [each.name for each in consult.topics] == ["pain"]
    assert [each.expert for each in await world.offers(1)] == ["U0DOT"]
    assert "Opioids at the limit" in world.messages("U0DOT")[-1].text


async def test_an_empty_form_is_shown_its_fault_at_the_field(world: World) -> None:
    await world.types("U0BEN", "")
    await world.submits("U0BEN", question="   ")
    assert "question" in world.space.modals["U0BEN"][-1]["errors"]


async def test_a_colleague_who_takes_no_questions_cannot_be_chosen(socket_world: World) -> None:
    world = socket_world
    seen = await world.types("U0BEN", "@leo how do I start a journal club?")
    assert "can't be asked at the moment" in seen
    assert not world.messages("U0LEO")


async def test_a_colleague_named_first_is_asked(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "@ada how did you become chief of staff?")
    assert [each.expert for each in await world.offers(1)] == ["U0ADA"]


async def test_both_shortcuts_open_the_form(world: World) -> None:
    await world.act.shortcut("U0BEN", ids.ASK_SHORTCUT)
    assert world.space.modals["U0BEN"][-1]["title"]["text"] == "Ask a mentor"
    general = world.general()
    message = await world.act.post("U0LEO", general, "Has anybody re-challenged after colitis?")
    await world.act.message_shortcut("U0BEN", general, message.ts, ids.ASK_ABOUT_MESSAGE)
    form = str(world.space.modals["U0BEN"][-1])
    assert "re-challenged after colitis" in form


async def test_a_changed_question_shows_everywhere_and_asks_others(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    (first,) = [each.expert for each in await world.offers(consult)]
    await world.clicks("U0BEN", ids.CHANGE)
    form = world.space.modals["U0BEN"][-1]
    topics = next(block for block in form["blocks"] if block.get("block_id") == "topics")
    pain = next(o["value"] for o in topics["element"]["options"] if o["text"]["text"] == "pain")
    await world.submits("U0BEN", question="a pain question", topics=[pain])
    assert "a pain question" in world.messages("U0BEN")[-1].text
    assert "It is with" in world.messages("U0BEN")[-1].text
    asked_now = {each.expert for each in await world.offers(consult) if each.state == "open"}
    assert asked_now
    assert first not in asked_now or first in ("U0CHI", "U0DOT")


async def test_a_withdrawn_question_is_over_for_everybody(world: World) -> None:
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0BEN", ids.WITHDRAW)
    assert (await world.consult(consult)).state is ConsultState.WITHDRAWN
    assert "withdrawn" in world.messages("U0BEN")[-1].text
    assert "withdrawn" in world.messages("U0ADA")[-1].text
    assert ids.ACCEPT not in str(world.messages("U0ADA")[-1].blocks)


async def test_an_answer_by_form_goes_straight_back_and_can_be_talked_about(world: World) -> None:
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ANSWER_NOW)
    await world.submits("U0ADA", answer="Half every week, and watch the saturation.")
    answer = next(each for each in world.messages("U0BEN") if "has answered" in each.text)
    assert "Half every week" in answer.text
    assert (await world.consult(consult)).expert == "U0ADA"
    await world.clicks("U0BEN", ids.TALK)
    group = world.space.direct(["U0BEN", "U0ADA", world.space.bot.id])
    assert "yours to talk in" in group.messages[0].text


async def test_a_question_given_back_goes_to_somebody_else(world: World) -> None:
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    (first,) = [each.expert for each in await world.offers(consult)]
    await world.clicks(first, ids.ACCEPT)
    await world.clicks(first, ids.RELEASE)
    await world.later(2 * HOUR)
    standing = await world.consult(consult)
    assert standing.state is ConsultState.OPEN
    now = {each.expert for each in await world.offers(consult) if each.state == "open"}
    assert now
    assert first not in now


async def test_a_question_that_was_not_solved_can_go_to_others(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    await world.clicks("U0ADA", ids.ACCEPT)
    await world.clicks("U0BEN", ids.CLOSE)
    await world.clicks("U0BEN", ids.SAY_OUTCOME)
    await world.submits("U0BEN", outcome="no")
    await world.clicks("U0BEN", ids.ASK_OTHERS)
    await world.later(2 * HOUR)
    standing = await world.consult(consult)
    assert standing.state is ConsultState.OPEN
    assert "U0ADA" not in {e.expert for e in await world.offers(consult) if e.state == "open"}


async def test_status_lists_ones_own_questions_and_nobody_elses(world: World) -> None:
    await world.asked("U0BEN", "a pain question of Ben")
    await world.asked("U0LEO", "a pain question of Leo")
    seen = await world.types("U0BEN", "status")
    assert "of Ben" in seen
    assert "of Leo" not in seen
    assert "asked nothing yet" in await world.types("U0GUS", "status")


async def test_help_and_a_typo(world: World) -> None:
    assert "`/mentor expert`" in await world.types("U0BEN", "help")
    assert "Did you mean `/mentor status`" in await world.types("U0BEN", "staus")


async def test_a_guest_is_kindly_refused(socket_world: World) -> None:
    world = socket_world
    outcome = await world.act.command("U0MIA", world.general(), "/mentor", "may I ask something?")
    assert "full members" in outcome.body["text"]


async def test_why_it_was_closed_is_never_a_refusal_shown_to_the_asker(world: World) -> None:
    await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.PASS)
    await world.submits("U0ADA", reason="I dislike this question")
    seen = " ".join(each.text for each in world.messages("U0BEN"))
    assert "dislike" not in seen
    assert "passed" not in seen
    assert "quite all right" in world.messages("U0ADA")[-1].text


async def test_the_home_tab_shows_what_is_open_and_follows_it(world: World) -> None:
    await world.asked(question="immunotherapy question")
    await world.act.open_home("U0BEN")
    await world.act.open_home("U0ADA")
    await world.settle()
    assert "immunotherapy question" in str(world.space.homes["U0BEN"])
    assert "asks for your advice" in str(world.space.homes["U0ADA"])
    await world.clicks("U0ADA", ids.ACCEPT)
    assert "U0ADA> has taken your question" in str(world.space.homes["U0BEN"])


async def test_a_tag_that_is_no_topic_stays_with_the_question(socket_world: World) -> None:
    world = socket_world
    seen = await world.types("U0BEN", "how do I begin? #immunotherapy #genomics")
    assert "how do I begin? #\u200bgenomics" in seen
    assert "Topics: immunotherapy." in seen
    again = await world.types("U0BEN", "how do I begin? #immunotherapy #genomics")
    assert again == seen


async def test_an_asker_who_is_too_late_to_withdraw_hears_who_has_it(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    for late in (consults.withdraw, consults.to_change):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(TEAM, late, Actor("U0BEN"), consult)
        assert no.value.reason is Reason.HAS_SOMEBODY


async def test_a_pause_counts_from_the_day_where_one_lives(socket_world: World) -> None:
    world = socket_world
    await world.later(12 * HOUR)  # still Tuesday in Los Angeles, Wednesday in UTC
    await world.types("U0HAL", "pause until tomorrow")
    hal = await world.app.bot.read(TEAM, members.expert, "U0HAL")
    assert hal
    assert hal.paused_until == TUESDAY - 7 * HOUR + DAY  # midnight in Los Angeles


@pytest.mark.parametrize("field", ["wanted", "question"])
async def test_what_was_typed_stays_when_it_cannot_be_asked_so(
    socket_world: World, field: str
) -> None:
    world = socket_world
    if field == "question":
        for number in range(5):
            await world.types("U0BEN", f"question {number} on pain?")
    await world.types("U0BEN", "")
    wanted = {"wanted": "U0LEO"} if field == "wanted" else {}
    await world.submits("U0BEN", question="How do I begin?", **wanted)
    form = world.space.modals["U0BEN"][-1]
    assert form["title"]["text"] == "Ask a mentor"
    assert set(form["errors"]) == {field}


async def test_what_was_typed_stays_while_the_store_is_busy(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "")
    locking = sqlite3.connect(world.app.settings.database, isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    view = world.space.modals["U0BEN"][-1]
    await world.act.submit("U0BEN", view["id"], {"question": "How do I begin?"})
    locking.execute("ROLLBACK")
    locking.close()
    form = world.space.modals["U0BEN"][-1]
    assert "could not be stored" in form["errors"]["question"]


async def test_who_is_asked_again_hears_of_it(socket_world: World) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    before = len(world.messages("U0JON"))
    await world.clicks("U0ADA", ids.RELEASE)
    assert len(world.messages("U0JON")) == before + 1
    assert "has come back to you" in world.messages("U0JON")[-1].text
    assert "asks for your advice" in world.card("U0JON", ids.ACCEPT)[1].text
