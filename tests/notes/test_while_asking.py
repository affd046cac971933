"""Notes below a question while it is typed, and what a reader does with them."""

import asyncio
from typing import Any

import pytest

from bot import notes
from bot.authority import Actor
from bot.rules.notes import closest, nearest
from bot.views.notes import ids, reading
from sandbox.faults import parse
from storage import notes as queries
from storage.database import Tx
from storage.records.notes import NoteWord
from tests.notes.stories import (
    ADA,
    BEN,
    LEO,
    MIA,
    clicks_in_form,
    does,
    shared,
    standing,
    types_question,
)
from tests.support.world import TEAM, World

LIKE_IT = "steroids and pneumonitis?"


def notes_in(form: dict[str, Any]) -> str:
    """What a form shows of notes."""
    blocks = form["blocks"]
    return str([each for each in blocks if str(each["block_id"]).startswith(reading.MARK)])


async def test_a_note_like_the_question_is_shown_as_one_types_and_what_was_typed_stays(
    world: World,
) -> None:
    await shared(world)
    await world.types(LEO, "")
    form = await types_question(world, LEO, "how do I", tried="Read the guideline")
    assert reading.shown_in(form) == []
    form = await types_question(world, LEO, LIKE_IT)
    assert "Over six weeks" in notes_in(form)
    assert [each["block_id"] for each in form["blocks"]].index("question") < [
        each["block_id"] for each in form["blocks"]
    ].index(reading.MARK)
    assert world.space.typed[form["id"]]["tried"] == "Read the guideline"
    form = await types_question(world, LEO, "something else entirely")
    assert reading.shown_in(form) == []
    await types_question(world, LEO, LIKE_IT)
    await world.submits(LEO)
    assert (await world.consult(2)).question == LIKE_IT
    assert (await world.consult(2)).tried == "Read the guideline"


async def test_a_form_that_shows_the_same_notes_is_left_alone(socket_world: World) -> None:
    world = socket_world
    await shared(world)
    await world.types(LEO, "")

    def updates() -> int:
        return sum(each.method == "views.update" for each in world.sandbox.ledger.calls)

    await types_question(world, LEO, LIKE_IT)
    once = updates()
    await types_question(world, LEO, f"{LIKE_IT} And then")
    await types_question(world, LEO, f"{LIKE_IT} And then what")
    assert updates() == once == 1


async def test_fast_typing_ends_with_the_notes_of_the_last_words(socket_world: World) -> None:
    world = socket_world
    await shared(world)
    await world.types(LEO, "")
    view = world.space.modals[LEO][-1]
    typed = ["ste", "steroids", "steroids pneumo", LIKE_IT, "steroids", LIKE_IT]
    clicks = (world.act.click(LEO, "question", view_id=view["id"], pick=each) for each in typed)
    outcomes = await asyncio.gather(*clicks)
    assert all(each.acknowledged for each in outcomes)
    assert "Over six weeks" in notes_in(world.space.modals[LEO][-1])


async def test_words_that_come_while_the_form_is_changed_wait_for_their_turn(
    socket_world: World,
) -> None:
    world = socket_world
    await shared(world)
    await world.types(LEO, "")
    form = world.space.modals[LEO][-1]["id"]
    world.sandbox.faults.add(parse("views.update slow seconds=60"))
    clicks = [
        asyncio.create_task(world.act.click(LEO, "question", view_id=form, pick=typed))
        for typed in (LIKE_IT, "something else")
    ]
    for _ in range(100):
        await asyncio.sleep(0.01)
        if reading.shown_in(world.space.modals[LEO][-1]):
            break
    await asyncio.sleep(0.1)
    world.sandbox.faults.clear()
    assert all(each.acknowledged for each in await asyncio.gather(*clicks))
    assert reading.shown_in(world.space.modals[LEO][-1]) == []


async def test_what_was_typed_before_the_last_change_was_heard_of_still_counts(
    socket_world: World,
) -> None:
    world = socket_world
    await shared(world)
    await world.types(LEO, "")
    early = dict(world.space.modals[LEO][-1])
    await types_question(world, LEO, LIKE_IT)
    stack = world.space.modals[LEO]
    newest = stack[-1]
    stack[-1] = early  # the reader's own Slack has not heard of the change yet
    click = asyncio.create_task(
        world.act.click(LEO, "question", view_id=early["id"], pick="something else")
    )
    await asyncio.sleep(0)
    stack[-1] = newest
    assert (await click).acknowledged
    assert reading.shown_in(stack[-1]) == []


async def test_a_form_that_was_sent_meanwhile_is_not_drawn_over(
    socket_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    await shared(world)
    await world.types(LEO, "")
    early = dict(world.space.modals[LEO][-1])
    await world.submits(LEO, question="steroids and pneumonitis now?")
    stack = world.space.modals[LEO]
    received = stack[-1]
    assert "Received" in str(received["title"])
    stack[-1] = early
    click = asyncio.create_task(world.act.click(LEO, "question", view_id=early["id"], pick=LIKE_IT))
    await asyncio.sleep(0)
    stack[-1] = received
    assert (await click).acknowledged
    assert stack[-1] is received
    assert "listener_failed" not in caplog.text


async def test_what_fails_while_one_types_stops_nobody(socket_world: World) -> None:
    world = socket_world
    await shared(world)
    await world.types(LEO, "")
    world.sandbox.faults.add(parse("views.update rate_limited"))
    form = await types_question(world, LEO, LIKE_IT)
    assert len(world.space.modals[LEO]) == 1
    assert "Ask a mentor" in str(form["title"])


async def test_a_note_is_read_whole_and_says_that_it_helped_once_a_person(world: World) -> None:
    note = await shared(world)
    await world.types(LEO, "")
    await types_question(world, LEO, LIKE_IT)
    whole = await clicks_in_form(world, LEO, ids.READ, value=str(note.id))
    assert note.answer in str(whole["blocks"])
    assert BEN not in str(whole)
    assert ADA not in str(whole)
    whole = await clicks_in_form(world, LEO, ids.HELPED, value=str(note.id))
    assert reading.THANKS in str(whole["blocks"])
    await world.act.close(LEO, whole["id"])
    form = await clicks_in_form(world, LEO, ids.HELPED, value=str(note.id))
    assert reading.THANKS in notes_in(form)
    assert (await standing(world, note.id)).helped == 1
    for author in (BEN, ADA):
        assert "It has helped 1 colleague." in world.card(author, ids.WITHDRAW)[1].text


async def test_ones_own_note_does_not_help_oneself(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    await does(world, notes.say_helped, BEN, note.id)
    assert (await standing(world, note.id)).helped == 0


async def test_a_withdrawn_note_is_nowhere_at_once(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    await world.types(LEO, "")
    await types_question(world, LEO, LIKE_IT)
    await world.clicks(ADA, ids.WITHDRAW)
    gone = await clicks_in_form(world, LEO, ids.READ, value=str(note.id))
    assert "not shared any more" in str(gone["blocks"])
    await world.act.close(LEO, gone["id"])
    form = await types_question(world, LEO, f"{LIKE_IT} again")
    assert reading.shown_in(form) == []
    await world.types(LEO, "notes")
    assert "None yet" in str(world.space.modals[LEO][-1]["blocks"])


async def test_at_most_three_are_shown_the_closest_first(socket_world: World) -> None:
    world = socket_world
    for number in range(3):
        await shared(world, f"Steroids and pneumonitis {number}?", question=f"steroids {number}?")
    closest_one = await shared(world, "Steroids, pneumonitis and sleep?", question="sleep?")
    await shared(world, "Steroids, pneumonitis at night?", question="night?")
    await world.types(LEO, "")
    form = await types_question(world, LEO, "steroids, pneumonitis, sleep?")
    shown = [name for name in reading.shown_in(form) if name.endswith("-buttons")]
    assert len(shown) == 3
    assert shown[0] == f"{reading.MARK}-{closest_one.id}-1-buttons"


async def test_guests_are_shown_none(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    page = await world.app.bot.read(TEAM, notes.like_this, Actor(MIA), LIKE_IT, ())
    assert page.notes == ()
    assert await world.app.bot.read(TEAM, notes.read, Actor(MIA), note.id) is None
    assert "full members" in await world.types(MIA, "notes")


async def test_the_list_is_by_topic_the_newest_first_and_page_by_page(
    socket_world: World,
) -> None:
    world = socket_world
    for number in range(12):
        await shared(world, f"Steroids, part {number}?", question=f"steroids {number}?")
    await world.types(LEO, "notes #steroids")
    page = world.space.modals[LEO][-1]
    assert "Notes on steroids" in str(page["blocks"])
    assert "part 11?" in str(page["blocks"])
    assert "part 1?" not in str(page["blocks"])
    page = await clicks_in_form(world, LEO, ids.OLDER)
    assert "part 1?" in str(page["blocks"])
    assert ids.OLDER not in str(page["blocks"])
    await world.types(LEO, "notes #lymphoma")
    assert "None yet" in str(world.space.modals[LEO][-1]["blocks"])


async def test_a_tag_that_is_no_topic_is_told_which_there_are(socket_world: World) -> None:
    world = socket_world
    await world.types(LEO, "notes #stereos")
    page = str(world.space.modals[LEO][-1]["blocks"])
    assert "No topic goes by stereos" in page
    assert "steroids" in page


async def test_from_the_list_an_author_withdraws_and_an_admin_takes_down(
    socket_world: World,
) -> None:
    world = socket_world
    for user, action in ((ADA, ids.WITHDRAW), ("U0IVY", ids.TAKE_DOWN)):
        note = await shared(world, question=f"steroids for {user}?")
        await world.types(user, "notes")
        whole = await clicks_in_form(world, user, ids.READ, value=str(note.id))
        assert action in str(whole["blocks"])
        page = await clicks_in_form(world, user, action)
        assert "not shared any more" in str(page["blocks"])
        assert (await standing(world, note.id)).question == ""


async def test_no_note_of_another_workspace_is_found(socket_world: World) -> None:
    world = socket_world
    note = await shared(world)
    bot = world.app.bot
    for workspace, many in ((TEAM, 1), ("T0OTHER", 0)):
        found = await bot.read(workspace, notes.like_this, Actor(LEO), LIKE_IT, ())
        assert len(found.notes) == many
        assert len((await bot.read(workspace, notes.listed, Actor(LEO), ())).notes) == many
        assert bool(await bot.read(workspace, notes.read, Actor(LEO), note.id)) == bool(many)


def test_two_words_of_its_question_or_one_and_the_topic_make_a_note_alike() -> None:
    one = [NoteWord(1, "steroid", asked=True)]
    two = [*one, NoteWord(1, "pneumonitis", asked=True)]
    assert closest(nearest(one), ()) == []
    assert closest(nearest(one), {1}) == [1]
    assert closest(nearest(two), ()) == [1]


def test_a_word_that_many_notes_have_says_less() -> None:
    met = [NoteWord(1, word, asked=True, common=True) for word in ("patient", "dose")]
    assert closest(nearest(met), ()) == []


def test_of_many_notes_alike_the_newest_are_shown() -> None:
    met = [NoteWord(n, word, asked=True) for n in range(99) for word in ("steroid", "sleep")]
    assert closest(nearest(met), {1, 2}) == [98, 97, 96]


async def test_a_popular_word_is_walked_no_further_than_its_newest_notes(
    socket_world: World,
) -> None:
    world = socket_world

    def many(tx: Tx) -> int:
        for number in range(queries.WALK + 5):
            tx.execute(
                """INSERT INTO notes (workspace, asker, expert, question, answer, asker_agrees,
                                      expert_agrees, written_at, state)
                   VALUES (:workspace, 'U1', 'U2', 'q', 'a', 1, 1, :now, 'shared')"""
            )
            tx.execute(
                """INSERT INTO note_words (workspace, word, note_id, asked)
                   VALUES (:workspace, 'steroid', :number, 1)""",
                number=number + 1,
            )
        return 0

    await world.app.bot.write(TEAM, many)
    met = await world.app.bot.read(TEAM, queries.met, frozenset({"steroid", "rare"}))
    assert len(met) == queries.WALK
    assert all(each.common for each in met)
    assert max(each.note for each in met) == queries.WALK + 5
