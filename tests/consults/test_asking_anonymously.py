"""Asking anonymously: what the asker decides and reads, and whom the question reaches."""

import dataclasses
from datetime import date

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.views.consults import ids
from bot.views.consults.words import UNNAMED, the_asker
from storage import consults as queries
from storage import ledger, members, nudges, offers, outbox
from storage.database import Tx
from storage.records import Draft, OfferState, Outcome, Urgency
from tests.consults.anonymously import asked_anonymously, taken_anonymously
from tests.support.cards import accepted, consult
from tests.support.world import DAY, HOUR, TEAM, World


def test_to_everybody_else_a_hidden_consult_has_no_asker() -> None:
    hidden = consult(anonymous=True)
    assert hidden.seen_by("U0ADA").asker == ""
    assert hidden.seen_by("U0BEN").asker == "U0BEN"
    assert consult().seen_by("U0ADA").asker == "U0BEN"
    assert consult(anonymous=True, revealed_at=1).seen_by("U0ADA").asker == "U0BEN"


def test_a_view_that_knows_the_asker_does_not_name_them_either() -> None:
    assert the_asker(accepted(anonymous=True)) == UNNAMED
    assert the_asker(accepted(anonymous=True, revealed_at=1)) == "<@U0BEN>"


async def test_the_form_asks_by_name_unless_one_chooses_otherwise(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "")
    form = world.space.modals["U0BEN"][-1]
    field = next(each for each in form["blocks"] if each.get("block_id") == "anonymous")
    assert field["element"]["initial_option"]["value"] == "named"
    assert "operates the server" in field["hint"]["text"]
    await world.submits("U0BEN", question="What helps with immunotherapy colitis?")
    assert "<@U0BEN> asks for your advice" in world.messages("U0ADA")[-1].text


async def test_the_card_says_exactly_who_could_know(socket_world: World) -> None:
    await asked_anonymously(socket_world)
    card = socket_world.messages("U0BEN")[-1]
    assert "no expert, and nobody who runs the programme" in card.text
    assert "whoever operates the server" in card.text
    assert "The way you write" in card.text
    offer = socket_world.messages("U0ADA")[-1]
    assert offer.text.startswith("A colleague who asks anonymously asks for your advice.")


async def test_before_anybody_was_asked_nobody_has_read_the_name(socket_world: World) -> None:
    world = socket_world
    await world.later(12 * HOUR)  # three in the morning in Berlin: nobody works
    await world.types("U0BEN", "what helps with immunotherapy colitis?")
    assert "waits for working hours" in world.messages("U0BEN")[-1].text
    await world.clicks("U0BEN", ids.ASK_ANONYMOUSLY)
    assert "nobody has read your name" in str(world.space.modals["U0BEN"][-1])
    await world.submits("U0BEN")
    assert "You ask anonymously" in world.messages("U0BEN")[-1].text
    await world.later(DAY)
    assert UNNAMED in world.messages("U0ADA")[-1].text.lower()


async def test_who_was_asked_by_name_is_told_to_the_asker_and_is_not_asked_again(
    socket_world: World,
) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy question", topic_ids=())
    named = {offer.expert for offer in await world.offers(asked)}
    await world.clicks("U0BEN", ids.ASK_ANONYMOUSLY)
    form = str(world.space.modals["U0BEN"][-1])
    assert all(f"<@{user}>" in form for user in named)
    assert "may have read it" in form
    assert "can't be undone" in form
    await world.submits("U0BEN")
    taken_back = world.messages("U0ADA")[-1].text
    assert taken_back == "This question was taken back; it needs nothing of you. Thank you!"
    await world.later(DAY)
    states = {each.expert: each.state for each in await world.offers(asked)}
    assert {states[user] for user in named} == {OfferState.TAKEN_BACK}


async def test_a_channel_and_an_admin_that_have_read_the_name_are_told_to_the_asker(
    socket_world: World,
) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy question")
    await world.later(6 * HOUR)
    place = world.space.find_channel("oncology-questions")
    assert "<@U0BEN>" in place.messages[-1].text
    await world.later(2 * DAY)
    admin = (await world.consult(asked)).admin
    await world.clicks("U0BEN", ids.ASK_ANONYMOUSLY)
    form = str(world.space.modals["U0BEN"][-1])
    assert f"It stood in <#{place.id}> with your name" in form
    assert f"<@{admin}>, who may look after it, read your name" in form
    await world.submits("U0BEN")
    assert "U0BEN" not in place.messages[-1].text + str(place.messages[-1].blocks)


async def test_a_taken_question_and_one_that_is_hidden_stay_as_they_are(
    socket_world: World,
) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy question")
    await world.app.bot.write(TEAM, consults.ask_anonymously, Actor("U0BEN"), asked)
    offers = await world.offers(asked)
    await world.app.bot.write(TEAM, consults.ask_anonymously, Actor("U0BEN"), asked)
    assert await world.offers(asked) == offers
    other = await world.asked(question="another immunotherapy question")
    await world.app.bot.write(TEAM, consults.accept, Actor("U0ADA"), other)
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, consults.ask_anonymously, Actor("U0BEN"), other)
    assert no.value.reason is Reason.HAS_SOMEBODY


async def test_what_was_revealed_can_not_be_hidden_again(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    await world.clicks("U0BEN", ids.REVEAL)
    assert "<@U0BEN> asks for your advice" in world.messages("U0ADA")[-1].text
    assert ids.ASK_ANONYMOUSLY not in str(world.messages("U0BEN")[-1].blocks)
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, consults.ask_anonymously, Actor("U0BEN"), 1)
    assert no.value.reason is Reason.NAME_KNOWN


async def test_the_same_words_asked_by_name_a_moment_ago_are_not_taken_for_anonymous(
    socket_world: World,
) -> None:
    world = socket_world
    await world.asked(question="immunotherapy question")
    await world.types("U0BEN", "")
    await world.submits("U0BEN", question="immunotherapy question", anonymous="anonymous")
    assert "by name" in world.space.modals["U0BEN"][-1]["errors"]["anonymous"]
    assert not (await world.consult(1)).anonymous


async def test_changing_the_words_leaves_it_anonymous(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    await world.clicks("U0BEN", ids.CHANGE)
    form = world.space.modals["U0BEN"][-1]
    assert "anonymous" not in {each.get("block_id") for each in form["blocks"]}
    await world.submits("U0BEN", question="another immunotherapy question", urgency="today")
    assert (await world.consult(1)).hidden
    assert "another" in world.messages("U0ADA")[-1].text


@pytest.mark.parametrize("state", ["open", "accepted", "closed"])
async def test_only_the_asker_reveals_and_at_any_time(socket_world: World, state: str) -> None:
    world = socket_world
    bot = world.app.bot
    await asked_anonymously(world)
    if state != "open":
        await world.clicks("U0ADA", ids.ACCEPT)
    if state == "closed":
        await world.clicks("U0ADA", ids.CLOSE)
    for other in ("U0ADA", "U0IVY", "U0LEO"):
        with pytest.raises(Refused):
            await bot.write(TEAM, consults.reveal, Actor(other), 1)
    assert (await world.consult(1)).hidden
    channel, card = world.card("U0BEN", ids.REVEAL)
    await world.act.click("U0BEN", ids.REVEAL, channel=channel.id, ts=card.ts)
    await world.settle()
    assert not (await world.consult(1)).hidden
    seen = " ".join(each.text for each in world.messages("U0ADA"))
    assert "<@U0BEN>" in seen


async def test_after_revealing_the_two_share_a_group_message(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    group = world.space.direct(["U0BEN", "U0ADA", world.space.bot.id])
    assert not group.messages
    await world.clicks("U0BEN", ids.REVEAL)
    assert "this is yours to talk in" in group.messages[-1].text
    assert "You share a group message" in world.messages("U0BEN")[0].text


async def test_the_button_asks_first_and_says_that_there_is_no_way_back(
    socket_world: World,
) -> None:
    world = socket_world
    await taken_anonymously(world)
    buttons = [
        each
        for block in world.card("U0BEN", ids.REVEAL)[1].blocks
        for each in block.get("elements", [])
        if each.get("action_id") == ids.REVEAL
    ]
    asks = buttons[0]["confirm"]["text"]["text"]
    assert "can't be undone" in asks
    assert "group message" in asks


async def test_answering_by_form_goes_both_ways_without_a_name(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    await world.clicks("U0ADA", ids.ANSWER_NOW)
    assert "A colleague who asks anonymously" in str(world.space.modals["U0ADA"][-1])
    await world.submits("U0ADA", answer="Tell them early.")
    answer = [each.text for each in world.messages("U0BEN") if "Tell them early." in each.text]
    assert answer
    await world.clicks("U0BEN", ids.TALK)
    assert "can write to each other here" in world.messages("U0ADA")[-1].text


async def test_silence_is_asked_about_as_always(socket_world: World) -> None:
    world = socket_world
    await taken_anonymously(world)
    await world.later(2 * DAY)
    assert any("How is it going" in each.text for each in world.messages("U0BEN"))


def closed_thrice(tx: Tx, *, anonymous: bool) -> None:
    for number in range(3):
        draft = Draft(f"immunotherapy question {number}", anonymous=anonymous)
        made, _ = consults.ask(tx, Actor("U0BEN"), draft, delivery=f"d{number}")
        consults.accept(tx, Actor("U0ADA"), made.id)
        consults.close(tx, Actor("U0ADA"), made.id)


@pytest.mark.parametrize("anonymous", [True, False])
async def test_an_informal_mentorship_is_not_offered_while_the_expert_does_not_know_whose(
    socket_world: World, *, anonymous: bool
) -> None:
    world = socket_world

    def offered(tx: Tx) -> bool:
        return bool(nudges.rounds(tx, "U0BEN", "informal-offer", 3, 0))

    await world.app.bot.write(TEAM, closed_thrice, anonymous=anonymous)
    assert await world.app.bot.read(TEAM, offered) is not anonymous


async def test_an_anonymous_one_after_three_by_name_leads_to_no_offer(
    socket_world: World,
) -> None:
    world = socket_world

    def a_fourth(tx: Tx) -> bool:
        draft = Draft("another immunotherapy question", anonymous=True)
        made, _ = consults.ask(tx, Actor("U0BEN"), draft, delivery="fourth")
        consults.accept(tx, Actor("U0ADA"), made.id)
        consults.close(tx, Actor("U0ADA"), made.id)
        return bool(nudges.rounds(tx, "U0BEN", "informal-offer", made.id, 0))

    await world.app.bot.write(TEAM, closed_thrice, anonymous=False)
    assert not await world.app.bot.write(TEAM, a_fourth)


async def test_anonymous_ones_do_not_count_for_it_and_count_once_revealed(
    socket_world: World,
) -> None:
    world = socket_world
    bot = world.app.bot
    await bot.write(TEAM, closed_thrice, anonymous=True)
    assert await bot.read(TEAM, queries.closed_between, "U0BEN", "U0ADA") == []
    for number in (1, 2, 3):
        await bot.write(TEAM, consults.reveal, Actor("U0BEN"), number)
    assert await bot.read(TEAM, queries.closed_between, "U0BEN", "U0ADA") == [1, 2, 3]
    assert await bot.read(TEAM, lambda tx: nudges.rounds(tx, "U0BEN", "informal-offer", 3, 0))


async def test_the_ledger_names_nobody_who_has_not_shown_who_they_are(
    socket_world: World,
) -> None:
    world = socket_world
    bot = world.app.bot
    await taken_anonymously(world)
    await world.clicks("U0ADA", ids.CLOSE)
    await bot.write(TEAM, consults.say_outcome, Actor("U0BEN"), 1, Outcome.SOLVED, "Thanks")
    await bot.write(TEAM, consults.say_effort, Actor("U0ADA"), 1, 5, "much")
    rows = await bot.read(TEAM, ledger.of_consult, 1)
    assert [(row.helper, row.helped) for row in rows] == [("U0ADA", ""), ("", "U0ADA")]
    await bot.write(TEAM, consults.reveal, Actor("U0BEN"), 1)
    rows = await bot.read(TEAM, ledger.of_consult, 1)
    assert [(row.helper, row.helped) for row in rows] == [
        ("U0ADA", "U0BEN"),
        ("U0BEN", "U0ADA"),
    ]


async def test_another_workspaces_question_of_the_same_id_is_not_hidden(
    socket_world: World,
) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy question")
    draft = Draft("immunotherapy question", urgency=Urgency.TODAY)
    bot = world.app.bot
    other, _ = await bot.write("T0OTHER", consults.ask, Actor("U0BEN"), draft, delivery="d")
    for workspace, number in ((TEAM, other.id), ("T0OTHER", asked)):
        for query in (queries.hide_asker, queries.reveal_asker):
            await bot.write(workspace, query, number)
    here = await world.consult(asked)
    assert not here.anonymous
    assert here.revealed_at is None


async def test_another_workspace_knows_and_changes_nothing_of_an_anonymous_question(
    socket_world: World,
) -> None:
    world = socket_world
    bot = world.app.bot
    await taken_anonymously(world)
    await bot.write(TEAM, members.leave_out, "U0BEN", ["U0CHI"])

    def on_its_way(tx: Tx) -> tuple[bool, bool]:
        outbox.mark_stale(tx, "status-card/999")
        other = dataclasses.replace(tx, workspace="T0OTHER")
        key = "status-card/999"
        return outbox.on_its_way(tx, key), outbox.on_its_way(other, key)

    assert await bot.write(TEAM, on_its_way) == (True, False)
    for user in ("U0BEN", "U0ADA"):
        assert await bot.read(TEAM, queries.relayed_with, user)
        assert not await bot.read("T0OTHER", queries.relayed_with, user)
    for workspace in (TEAM, "T0OTHER"):
        known = [
            await bot.read(workspace, members.keeps_apart, "U0BEN"),
            bool(await bot.read(workspace, outbox.may_stand_under, "offer-card/1")),
        ]
        assert known == [workspace == TEAM] * 2
    other = await world.asked(question="another immunotherapy question")
    await bot.write("T0OTHER", offers.take_back, other, "U0ADA")
    assert OfferState.TAKEN_BACK not in {each.state for each in await world.offers(other)}


@pytest.mark.parametrize("colleague", ["U0BEN", "U0CHI", "U0LEO"])
async def test_an_expert_learns_nothing_by_whom_they_think_of(
    socket_world: World, colleague: str
) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, members.leave_out, "U0BEN", ["U0CHI"])
    await asked_anonymously(world)
    await world.clicks("U0ADA", ids.FORWARD)
    await world.submits("U0ADA", colleague=colleague)
    assert not world.space.modals["U0ADA"]
    assert world.card("U0ADA", "")[1].text == (
        f"You have put this question to <@{colleague}>. Thank you!"
    )
    asked = {each.expert for each in await world.offers(1) if each.thought_of_by}
    assert asked == ({"U0LEO"} if colleague == "U0LEO" else set())


async def test_how_long_a_detail_is_waited_for_does_not_tell_where_the_asker_works(
    socket_world: World,
) -> None:
    world = socket_world
    due_at = set()
    for zone in ("America/New_York", "Asia/Tokyo"):
        await world.act.change_user("U0BEN", tz=zone)
        draft = Draft(f"immunotherapy in {zone}", urgency=Urgency.TODAY, anonymous=True)
        bot = world.app.bot
        made, _ = await bot.write(TEAM, consults.ask, Actor("U0BEN"), draft, delivery=zone)
        await bot.write(TEAM, consults.need_detail, Actor("U0ADA"), made.id, "Which drug?")
        due_at |= {each.due_at for each in (await world.consult(made.id)).details}
    assert len(due_at) == 1


async def test_who_rests_or_asked_a_detail_by_name_is_not_asked_again(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    bot = world.app.bot
    await bot.write(TEAM, consults.need_detail, Actor("U0ADA"), asked, "Which drug?")
    await bot.write(TEAM, consults.rest, Actor("U0ADA"), asked, date(2026, 11, 27))
    await bot.write(TEAM, consults.ask_anonymously, Actor("U0BEN"), asked)
    await world.later(7 * DAY)
    states = {each.expert: each.state for each in await world.offers(asked)}
    assert states["U0ADA"] is OfferState.TAKEN_BACK
    assert not (await world.consult(asked)).waits_for
