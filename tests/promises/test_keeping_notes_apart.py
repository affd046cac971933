"""Promises 19, 20, 22 and 23 for notes: who may, one workspace, and typed words do no harm."""

import asyncio
import dataclasses

import pytest
from hypothesis import given

from bot import notes
from bot.authority import Actor
from bot.authority.notes import ALLOWED_WITH_NOTES, NoteAction, authorise_with_note
from bot.errors import Reason, Refused
from bot.notes import Words
from bot.views.blocks import Message
from bot.views.notes import forms, ids, reading
from bot.views.notes.cards import note_card
from storage import notes as queries
from storage import topics
from storage.database import Tx
from storage.records import Member, Topic
from storage.records.notes import Note, NoteState
from tests.notes.stories import (
    ADA,
    BEN,
    IVY,
    LEO,
    MIA,
    begun,
    clicks_in_form,
    does,
    shared,
    standing,
    types_question,
)
from tests.promises.test_typed_words import LONGEST, check, few, read_as_markup, words
from tests.support.cards import NOON, closed, faults_of, marked_up
from tests.support.world import TEAM, World

A = NoteAction
TWO = {BEN, ADA}
READERS = {BEN, ADA, IVY, LEO}
# Who may, and in which states. Ben asked, Ada answered, Ivy and Ada run the programme, Mia is a
# guest.
MAY: dict[NoteAction, tuple[set[str], set[str]]] = {
    A.CHANGE: (TWO, {"draft", "shared"}),
    A.AGREE: (TWO, {"draft"}),
    A.WITHDRAW: (TWO, {"draft", "shared"}),
    A.TAKE_DOWN: ({IVY, ADA}, {"shared"}),
    A.READ: (READERS, {"shared"}),
    A.SAY_HELPED: (READERS, {"shared"}),
}


def test_every_action_has_a_row() -> None:
    assert set(ALLOWED_WITH_NOTES) == set(NoteAction) == set(MAY)


async def note_in(world: World, state: str) -> Note:
    note = await (begun if state == "draft" else shared)(world)
    if state == "over":
        await does(world, notes.withdraw, BEN, note.id)
    return await standing(world, note.id)


@pytest.mark.parametrize("state", ["draft", "shared", "over"])
async def test_each_may_do_what_the_table_says_and_nothing_else(
    socket_world: World, state: str
) -> None:
    world = socket_world
    note = await note_in(world, state)
    assert note.state == state
    for action, (who, states) in MAY.items():
        for user in (*READERS, MIA):
            reason = None
            try:
                await world.app.bot.read(TEAM, authorise_with_note, Actor(user), action, note.id)
            except Refused as no:
                reason = no.reason
            expected = None if user in who and state in states else Reason.NOT_YOUR_NOTE
            if expected and user in who & TWO:
                expected = Reason.NOTE_MOVED_ON
            assert reason is expected, (action, user)


@pytest.mark.parametrize(
    ("workspace", "number"),
    [
        pytest.param("T0OTHER", 1, id="same id, other workspace"),
        pytest.param(TEAM, 999, id="no such note"),
        pytest.param(TEAM, 1, id="somebody else's"),
    ],
)
async def test_a_guessed_id_tells_nothing(socket_world: World, workspace: str, number: int) -> None:
    world = socket_world
    await begun(world)
    actor = Actor(LEO if workspace == TEAM else ADA)
    for use_case, more in (
        (notes.withdraw, ()),
        (notes.agree, (1,)),
        (notes.change, (1, Words("a", "b"))),
        (notes.take_down, ()),
        (notes.say_helped, ()),
    ):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(workspace, use_case, actor, number, *more)
        assert no.value.reason is Reason.NOT_YOUR_NOTE
    assert await world.app.bot.read(workspace, notes.read, actor, number) is None


@pytest.mark.parametrize("forged", ["999 1", "-1", "1 OR 1=1", "", "9" * 40, "١ ١", "1 2"])
async def test_a_forged_button_agrees_to_nothing(socket_world: World, forged: str) -> None:
    world = socket_world
    note = await begun(world)
    await world.clicks(ADA, ids.AGREE, value=forged)
    await asyncio.sleep(0.1)
    assert (await standing(world, note.id)).state is NoteState.DRAFT


async def test_a_stale_form_is_refused_and_keeps_what_was_shared(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    await world.clicks(ADA, ids.CHANGE)
    await does(world, notes.withdraw, BEN, note.id)
    await world.submits(ADA, question="Other?", answer="Words.")
    assert "moved on" in str(world.space.modals[ADA][-1])
    assert (await standing(world, note.id)).question == ""


async def test_who_has_left_reads_nothing(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    gone = Member(LEO, "leo", "UTC", deactivated=True)
    await world.act.change_user(gone.user, deleted=True)
    await world.settle()
    assert await world.app.bot.read(TEAM, notes.read, Actor(LEO), note.id) is None


async def test_one_workspace_withdraws_and_forgets_nothing_of_another(
    socket_world: World,
) -> None:
    world, bot = socket_world, socket_world.app.bot
    note = await shared(world)
    await does(world, notes.say_helped, LEO, note.id)
    for user in (BEN, ADA, LEO):
        assert not await bot.read("T0OTHER", queries.of_author, user)
        await bot.write("T0OTHER", notes.forget, user)
        await bot.write("T0OTHER", notes.left, user)
    await bot.write("T0OTHER", queries.end, note.id, BEN)
    assert await bot.read(TEAM, queries.met, frozenset({"steroid"}))
    assert await bot.write("T0OTHER", queries.change, note, BEN, "Other?", "Words.") is None
    assert await bot.write("T0OTHER", queries.agree, note, 1, BEN) is None
    assert await bot.read(TEAM, queries.met, frozenset({"steroid"}))
    draft = await begun(world, question="more on steroids?")
    await bot.write("T0OTHER", queries.share, draft, {})
    assert await standing(world, draft.id) == draft
    assert not await bot.read("T0OTHER", queries.shared, note.topics[0].id, 99, 9)
    await bot.write("T0OTHER", queries.say_helped, note.id, IVY)
    await bot.write("T0OTHER", under_another_topic, note.id)
    assert await standing(world, note.id) == dataclasses.replace(note, helped=1)
    assert not await bot.read("T0OTHER", queries.met, frozenset({"steroid"}))
    assert not await bot.read("T0OTHER", queries.shared, None, 99, 9)
    assert not await bot.read("T0OTHER", queries.has_helped, note.id, LEO)
    assert not await bot.read("T0OTHER", queries.of_consult, note.consult_id or 0, ADA)
    ids_of = [topic.id for topic in note.topics]
    assert await bot.read(TEAM, queries.under, [note.id], ids_of) == {note.id}
    assert not await bot.read("T0OTHER", queries.under, [note.id], ids_of)


def under_another_topic(tx: Tx, note_id: int) -> None:
    """A row of this workspace about a note of another one, as only a fault could write it."""
    topics.keep(tx, Topic(0, "theirs"), (), {})
    tx.execute(
        """INSERT INTO note_topics (workspace, note_id, topic_id)
           SELECT :workspace, :note_id, id FROM topics WHERE workspace = :workspace""",
        note_id=note_id,
    )


def a_note(question: str, answer: str, **changes: object) -> Note:
    values: dict[str, object] = {
        "id": 7, "consult_id": 17, "asker": BEN, "expert": ADA, "state": NoteState.DRAFT,
        "version": 2, "question": question, "answer": answer, "asker_agrees": True,
        "expert_agrees": False, "written_at": NOON, "shared_at": NOON, "helped": 3,
    }  # fmt: skip
    return Note(**{**values, **changes})  # type: ignore[arg-type] # the values are of many types


def check_all(note: Note) -> None:
    """Every message, form and page of a note, in every state."""
    seen = closed(question=note.question, tried=note.question, topics=note.topics)
    for state in NoteState:
        for reader in (BEN, ADA):
            for version in (1, 2):
                stands = dataclasses.replace(note, state=state, ended_by=reader)
                check(f"card {state}", note_card(stands, seen, reader, version))
    many = reading.Page([reading.Seen(note, author=True, admin=True)] * 10, older=4)
    form = {"type": "modal", "blocks": [], "title": {"text": "x"}, "private_metadata": ""}
    one = reading.Page([reading.Seen(note)])
    for modal in (
        forms.begin_form(dataclasses.replace(seen, answer=note.answer), BEN).to_api(),
        forms.change_form(note, seen, ADA).to_api(),
        reading.whole(reading.Seen(note, author=True, admin=True, helped=True)).to_api(),
        reading.notes_list(many).to_api(),
        reading.notes_list(
            reading.Page((), unknown=note.question, topics=["x" * 60] * 99)
        ).to_api(),
        reading.with_notes(form, one),
    ):
        assert faults_of(modal["blocks"], most=100) == []
        for markup in marked_up(Message("", modal["blocks"])):
            assert read_as_markup(markup) == []
        assert modal.get("private_metadata", "") in ("", "17", "7 2")


@few
@given(words, words)
def test_no_note_is_harmed_by_what_was_typed(question: str, answer: str) -> None:
    check_all(a_note(question, answer))


@pytest.mark.parametrize("long", LONGEST)
def test_the_longest_note_fits(long: str) -> None:
    topics = tuple(Topic(number, long[:60]) for number in range(20))
    check_all(a_note(long[:3000], long[:3000], topics=topics))


async def test_the_longest_note_goes_through_slack(socket_world: World) -> None:
    world = socket_world
    long = "&<>* steroids pneumonitis " * 110
    note = await shared(world, long, long)
    await world.types(LEO, "")
    form = await types_question(world, LEO, "steroids and pneumonitis?")
    assert reading.shown_in(form)
    await clicks_in_form(world, LEO, ids.READ, value=str(note.id))
    await world.types(LEO, "notes")
    assert not [call for call in world.sandbox.ledger.calls if call.error]
