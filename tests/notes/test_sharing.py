"""Sharing an answered consult as a note: both agree to the same words, and either ends it."""

from collections.abc import Awaitable, Callable

import pytest

from bot import notes, people
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.notes import Words
from bot.views.consults import ids as consult_ids
from bot.views.notes import ids
from storage import notes as queries
from storage.database import Tx
from storage.records import Member, Outcome
from storage.records.notes import Note, NoteState
from tests.notes.stories import (
    ADA,
    ANSWER,
    BEN,
    IVY,
    LEO,
    QUESTION,
    begun,
    does,
    helped,
    shared,
    standing,
)
from tests.support.world import TEAM, World


async def test_the_asker_offers_the_expert_agrees_and_only_then_it_is_shared(world: World) -> None:
    await helped(world, Outcome.UNKNOWN)
    await world.clicks(BEN, consult_ids.SAY_OUTCOME)
    await world.submits(BEN, outcome="solved")
    await world.clicks(BEN, ids.BEGIN)
    form = world.space.modals[BEN][-1]
    assert "look once more" in str(form["blocks"])
    assert "Slowly." in str(form["blocks"])
    await world.submits(BEN, question=QUESTION, answer=ANSWER)
    assert (await standing(world, 1)).state is NoteState.DRAFT
    seen = world.card(ADA, ids.AGREE)[1].text
    assert QUESTION in seen
    assert ANSWER in seen
    await world.clicks(ADA, ids.AGREE)
    note = await standing(world, 1)
    assert note.state is NoteState.SHARED
    for author in (BEN, ADA):
        assert "This note is shared under" in world.card(author, ids.WITHDRAW)[1].text


async def test_the_expert_can_offer_it_too(socket_world: World) -> None:
    world = socket_world
    await helped(world, Outcome.PARTLY)
    await world.clicks(ADA, ids.BEGIN)
    await world.submits(ADA, question=QUESTION, answer=ANSWER)
    await world.clicks(BEN, ids.AGREE)
    assert (await standing(world, 1)).state is NoteState.SHARED


async def test_the_asker_can_leave_the_answer_to_the_expert(socket_world: World) -> None:
    world = socket_world
    note = await begun(world, answer="")
    with pytest.raises(Refused) as no:
        await does(world, notes.agree, ADA, note.id, note.version)
    assert no.value.reason is Reason.NOTE_CHANGED
    await world.clicks(ADA, ids.CHANGE)
    await world.submits(ADA, answer=ANSWER)
    assert (await standing(world, note.id)).state is NoteState.DRAFT
    await world.clicks(BEN, ids.AGREE)
    assert (await standing(world, note.id)).state is NoteState.SHARED


async def test_other_words_need_the_other_ones_consent_again(socket_world: World) -> None:
    world = socket_world
    note = await begun(world)
    await world.clicks(ADA, ids.CHANGE)
    await world.submits(ADA, question="How are steroids tapered?", answer="Over eight weeks.")
    with pytest.raises(Refused) as no:
        await does(world, notes.agree, ADA, note.id, 1)
    assert no.value.reason is Reason.NOTE_CHANGED
    assert (await standing(world, note.id)).state is NoteState.DRAFT
    older = next(each for each in world.messages(BEN) if "newer words by now" in each.text)
    assert ids.AGREE not in str(older.blocks)
    await world.clicks(BEN, ids.AGREE)
    assert (await standing(world, note.id)).state is NoteState.SHARED
    await world.clicks(BEN, ids.CHANGE)
    await world.submits(BEN, answer="Over ten weeks.")
    assert (await standing(world, note.id)).state is NoteState.DRAFT
    assert not (await world.app.bot.read(TEAM, notes.listed, Actor(LEO), ())).notes
    asked = "steroids tapered after pneumonitis"
    assert not (await world.app.bot.read(TEAM, notes.like_this, Actor(LEO), asked, ())).notes


async def test_nobody_agrees_for_the_other(socket_world: World) -> None:
    world = socket_world
    note = await begun(world)
    await does(world, notes.agree, BEN, note.id, note.version)
    assert (await standing(world, note.id)).state is NoteState.DRAFT


async def test_words_written_over_older_ones_are_refused(socket_world: World) -> None:
    world = socket_world
    note = await begun(world)
    await does(world, notes.change, ADA, note.id, 1, Words("Newer?", "Newer."))
    with pytest.raises(Refused) as no:
        await does(world, notes.change, BEN, note.id, 1, Words("Older?", "Older."))
    assert no.value.reason is Reason.NOTE_CHANGED
    assert (await standing(world, note.id)).question == "Newer?"


@pytest.mark.parametrize("user", [BEN, ADA])
@pytest.mark.parametrize("stands", [begun, shared], ids=["a draft", "shared"])
async def test_either_ends_it_with_one_click_and_its_words_are_gone(
    socket_world: World, user: str, stands: Callable[[World], Awaitable[Note]]
) -> None:
    world = socket_world
    note = await stands(world)
    await world.clicks(user, ids.WITHDRAW)
    over = await standing(world, note.id)
    assert (over.state, over.question, over.answer, over.topics) == (NoteState.OVER, "", "", ())
    assert await world.app.bot.read(TEAM, left_of, note.id) == 0
    for author in (BEN, ADA):
        (seen,) = [each.text for each in world.messages(author) if "stays between" in each.text]
        assert "declined" not in seen
        assert not [each for each in world.messages(author) if ANSWER in each.text]


def left_of(tx: Tx, note_id: int) -> int:
    """Rows that hold anything of a note, but itself."""
    tables = ("note_words", "note_topics", "note_helped")
    counts = [f"(SELECT COUNT(*) FROM {table} WHERE note_id = :note_id)" for table in tables]
    return int(tx.value(f"SELECT {' + '.join(counts)}", note_id=note_id))


async def test_only_who_ended_it_is_offered_to_begin_anew(socket_world: World) -> None:
    world = socket_world
    note = await begun(world)
    await world.clicks(ADA, ids.WITHDRAW)
    with pytest.raises(Refused) as no:
        await does(world, notes.begin, BEN, note.consult_id, Words(QUESTION, ANSWER))
    assert no.value.reason is Reason.NOTE_MOVED_ON
    assert not [each for each in world.messages(BEN) if ids.BEGIN in str(each.blocks)]
    await world.clicks(ADA, ids.BEGIN)
    await world.submits(ADA, question=QUESTION, answer=ANSWER)
    again = await standing(world, note.id)
    assert (again.state, again.version, again.expert_agrees) == (NoteState.DRAFT, 2, True)


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.NO])
async def test_only_what_helped_is_offered_to_be_shared(
    socket_world: World, outcome: Outcome
) -> None:
    world = socket_world
    consult = await helped(world, outcome)
    for user in (BEN, ADA):
        assert not [each for each in world.messages(user) if ids.BEGIN in str(each.blocks)]
        with pytest.raises(Refused) as no:
            await does(world, notes.begin, user, consult, Words(QUESTION, ANSWER))
        assert no.value.reason is Reason.NOTE_MOVED_ON


async def test_a_second_note_of_the_same_consult_is_refused(socket_world: World) -> None:
    world = socket_world
    note = await begun(world)
    for user in (BEN, ADA):
        with pytest.raises(Refused) as no:
            await does(world, notes.begin, user, note.consult_id, Words("Another?", "No."))
        assert no.value.reason is Reason.NOTE_MOVED_ON
    assert (await standing(world, note.id)).question == QUESTION


async def test_an_admin_takes_a_note_down_and_it_is_on_record(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    await does(world, notes.take_down, IVY, note.id)
    for author in (BEN, ADA):
        assert "have taken this note down" in world.messages(author)[-1].text
        with pytest.raises(Refused):
            await does(world, notes.begin, author, note.consult_id, Words(QUESTION, ANSWER))

    def audit(tx: Tx) -> list[tuple[str, str, str]]:
        rows = tx.rows("SELECT actor, action, object FROM audit WHERE workspace = :workspace")
        return [(row["actor"], row["action"], row["object"]) for row in rows]

    assert (IVY, "take_down_note", str(note.id)) in await world.app.bot.read(TEAM, audit)


async def test_what_is_shared_stays_when_somebody_leaves_and_a_draft_does_not(
    socket_world: World,
) -> None:
    world = socket_world
    one = await shared(world)
    consult = await helped(world, question="more on immunotherapy and steroids?")
    two, _ = await does(world, notes.begin, BEN, consult, Words("Another?", "Yes."))
    gone = Member(ADA, "ada", "America/New_York", deactivated=True)
    await world.app.bot.write(TEAM, people.keep, [gone])
    assert (await standing(world, one.id)).state is NoteState.SHARED
    assert (await standing(world, two.id)).state is NoteState.OVER


async def test_what_is_forgotten_of_somebody_is_all_of_their_notes(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    await does(world, notes.say_helped, LEO, note.id)
    await world.app.bot.write(TEAM, notes.forget, LEO)
    assert (await standing(world, note.id)).helped == 0
    await world.app.bot.write(TEAM, notes.forget, ADA)
    assert (await standing(world, note.id)).question == ""
    assert not await world.app.bot.read(TEAM, queries.met, frozenset({"steroid"}))


async def test_a_note_of_a_personal_topic_says_that_it_stays_private(socket_world: World) -> None:
    world = socket_world
    await helped(world, question="How do I get out of burn-out?")
    await world.clicks(BEN, ids.BEGIN)
    assert "never in a channel" in str(world.space.modals[BEN][-1]["blocks"])
    await world.submits(BEN, question="How does one get out of burnout?", answer="Slowly.")
    await world.clicks(ADA, ids.AGREE)
    assert (await standing(world, 1)).state is NoteState.SHARED
    channels = [each for each in world.space.channels.values() if each.kind in ("channel", "group")]
    assert not any("burnout" in str(each.messages) for each in channels)
