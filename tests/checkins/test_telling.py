"""After a check-in: what is told of it, to whom it is shown, and what the ledger has of it."""

from datetime import date

import pytest

from bot import checkins
from bot.errors import Reason, Refused, Unusable
from bot.views import checkins as ids
from storage.database import Tx
from storage.records import CommitmentState, HelpCategory, HelpKind
from storage.records.checkins import Checkin, CheckinState, Promised, Told
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipKind
from tests.checkins.stories import (
    MENTEE,
    MENTOR,
    PAIR,
    TOMORROW,
    cards,
    checkin,
    does,
    ended,
    files,
    helps,
    notes,
    of,
    pair,
    plans,
    tells,
    told,
    waiting,
)
from tests.profiles.stories import opens_home
from tests.support.world import DAY, HOUR, TEAM, World

QUESTION = "How was your check-in with"


async def over(world: World, made: Mentorship, **draft: object) -> Checkin:
    """A check-in that has just taken place, in the working hours of both."""
    planned = await plans(world, made, **draft)  # type: ignore[arg-type]
    await world.later(TOMORROW + 2 * HOUR)
    return planned


def goal(tx: Tx, words: str, mentorship_id: int) -> int:
    row = tx.row(
        """INSERT INTO goals (workspace, user, words, set_at, mentorship_id)
           VALUES (:workspace, :user, :words, :now, :about) RETURNING id""",
        user=MENTEE, words=words, about=mentorship_id,
    )  # fmt: skip
    assert row
    return int(row["id"])


def progress(tx: Tx, goal_id: int) -> tuple[int, str]:
    row = tx.row(
        "SELECT progress, state FROM goals WHERE workspace = :workspace AND id = :id", id=goal_id
    )
    assert row
    return row["progress"], row["state"]


async def test_the_mentee_tells_of_it_in_one_form_with_the_next_date(world: World) -> None:
    made = await pair(world)
    wanted = await world.app.bot.write(TEAM, goal, "Write a grant", made.id)
    planned = await over(world, made)
    assert QUESTION in told(world, MENTEE)[-1]
    assert not any(QUESTION in text for text in told(world, MENTOR))
    await world.clicks(MENTEE, ids.TELL)
    following = planned.starts_at + 14 * DAY
    await world.submits(
        MENTEE,
        **{
            "held": "yes",
            "shared": "We spoke of the grant",
            "own": "I was nervous",
            "mine": "Write the aims",
            "mine_by": "2026-12-04",
            "theirs": "Introduce me to Kim",
            f"goal-{wanted}": "2",
            "next": following,
            "next_minutes": "60",
        },
    )
    assert (await checkin(world, planned.id)).state is CheckinState.HELD
    for user in PAIR:
        held, following_card = cards(world, user)
        assert "it took place" in held
        assert "We spoke of the grant" in held
        assert "04 December 2026" in held
        assert "Write the aims" in held
        assert "Introduce me to Kim" in held
        assert f"<!date^{following}^" in following_card
        assert "60 minutes" in following_card
        assert len(files(world, user)) == 2
    assert await world.app.bot.read(TEAM, progress, wanted) == (2, "open")
    assert "Thank you: it is known how" in "".join(told(world, MENTEE))
    # The next form, and its agenda, come from what is open.
    assert "- Write a grant" in cards(world, MENTEE)[1].replace("\u200b", "")


async def test_the_other_one_hears_of_what_was_shared_and_of_nothing_else(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await tells(world, planned.id, held=True, own="I was nervous")
    assert not any("has written about" in text for text in told(world, MENTOR))
    await tells(world, planned.id, theirs=Promised("Introduce me to Kim"))
    (news,) = [text for text in told(world, MENTOR) if "has written about" in text]
    assert f"<@{MENTEE}> has written" in news
    assert "Introduce me to Kim" in news
    assert not any("has written about" in text for text in told(world, MENTEE))


async def test_notes_for_oneself_are_shown_to_nobody_else(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await tells(world, planned.id, held=True, own="I was nervous", shared="For both")
    await world.clicks(MENTOR, ids.TELL)
    everything = [
        str([(each.text, each.blocks) for each in world.messages(user)])
        for user in (*PAIR, "U0IVY")
    ]
    assert not any("nervous" in each for each in [*everything, str(world.space.modals[MENTOR])])
    assert [each.words for each in await notes(world, planned.id, MENTOR)] == ["For both"]
    assert not any(b"nervous" in each for user in PAIR for each in files(world, user))
    # Their author finds them in the form again.
    await world.clicks(MENTEE, ids.TELL)
    assert "I was nervous" in str(world.space.modals[MENTEE][-1])


async def test_what_was_said_is_asked_back_next_time_and_settled_by_who_said_it(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    first = await over(world, made)
    await tells(
        world,
        first.id,
        held=True,
        mine=Promised("Write the aims", date(2026, 12, 4)),
        theirs=Promised("Introduce me to Kim"),
    )
    second = await plans(world, made, 7 * DAY)
    await world.later(7 * DAY + HOUR)
    await world.clicks(MENTEE, ids.TELL)
    form = str(world.space.modals[MENTEE][-1]["blocks"])
    assert "You said you would: Write the aims" in form
    assert "Introduce me to Kim" not in form
    await world.submits(MENTEE, held="yes", **{"commitment-1": CommitmentState.DONE.value})
    assert "will by 04 December 2026 (done)" in cards(world, MENTOR)[0]
    # Nobody settles what the other one said.
    await tells(world, second.id, MENTEE, settled={2: CommitmentState.DROPPED})
    await world.clicks(MENTOR, ids.TELL)
    assert "Introduce me to Kim" in str(world.space.modals[MENTOR][-1]["blocks"])


async def test_a_held_check_in_is_a_help_once(socket_world: World) -> None:
    world = socket_world
    made = await pair(world, kind=MentorshipKind.FORMAL)
    planned = await over(world, made, minutes=45)
    await tells(world, planned.id, held=True)
    await tells(world, planned.id, MENTOR, held=True, shared="Good progress")
    (row,) = await helps(world, planned.id)
    assert (row.helper, row.helped, row.minutes) == (MENTOR, MENTEE, 45)
    assert (row.kind, row.category) == (HelpKind.FORMAL, HelpCategory.TRADITIONAL)
    assert (row.mentorship_id, row.happened_at) == (made.id, planned.starts_at)
    assert "Good progress" in cards(world, MENTEE)[0]


async def test_in_a_swap_each_has_helped_the_other(socket_world: World) -> None:
    world = socket_world
    made = await pair(world, kind=MentorshipKind.SWAP)
    planned = await over(world, made)
    await tells(world, planned.id, held=True)
    found = {(each.helper, each.helped, each.kind) for each in await helps(world, planned.id)}
    assert found == {(MENTOR, MENTEE, HelpKind.INFORMAL), (MENTEE, MENTOR, HelpKind.INFORMAL)}


async def test_what_did_not_take_place_is_no_help_and_nobodys_fault(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await tells(world, planned.id, held=False)
    assert await helps(world, planned.id) == []
    for user in PAIR:
        assert "it did not take place. That happens." in cards(world, user)[0]
    await world.clicks(MENTOR, ids.PLAN)
    await world.submits(MENTOR)
    assert len(await of(world, made)) == 2


async def test_the_mentor_is_asked_two_days_later_and_not_if_the_mentee_has_told(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    first = await over(world, made)
    await world.later(2 * DAY)
    assert sum(QUESTION in text for text in told(world, MENTOR)) == 1
    await tells(world, first.id, MENTOR, held=True)
    second = await over(world, made)
    await tells(world, second.id, held=True)
    assert "checkin-notes" not in await waiting(world, MENTOR)
    await world.later(4 * DAY)
    assert sum(QUESTION in text for text in told(world, MENTOR)) == 0


async def test_a_check_in_of_which_nobody_tells_counts_as_held_without_minutes(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await world.later(6 * DAY)
    assert (await checkin(world, planned.id)).state is CheckinState.PLANNED
    await world.later(2 * DAY)
    assert (await checkin(world, planned.id)).state is CheckinState.HELD
    (row,) = await helps(world, planned.id)
    assert row.minutes is None
    for user in PAIR:
        assert "it counts as held" in cards(world, user)[0]
    # Whoever says more of it later is believed.
    await tells(world, planned.id, MENTOR, held=True)
    (row,) = await helps(world, planned.id)
    assert row.minutes == 30
    assert "it counts as held" not in cards(world, MENTEE)[0]


async def test_a_check_in_that_counted_as_held_can_be_said_not_to_have_been(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await world.later(8 * DAY)
    await tells(world, planned.id, held=False)
    assert await helps(world, planned.id) == []
    assert (await checkin(world, planned.id)).state is CheckinState.MISSED
    # And the first word stands.
    await tells(world, planned.id, MENTOR, held=True)
    assert await helps(world, planned.id) == []


async def test_a_form_must_say_whether_it_took_place(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    with pytest.raises(Unusable) as no:
        await tells(world, planned.id, shared="words")
    assert no.value.field == "held"
    assert await notes(world, planned.id, MENTEE) == []


async def test_a_next_date_that_is_past_keeps_nothing_and_names_the_field(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await world.clicks(MENTEE, ids.TELL)
    outcome = await world.submits(MENTEE, held="yes", shared="words", next=planned.starts_at)
    assert list(outcome.body["errors"]) == ["next"]
    assert await notes(world, planned.id, MENTEE) == []
    assert await helps(world, planned.id) == []


async def test_a_date_without_words_is_asked_back(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await over(world, made)
    await world.clicks(MENTEE, ids.TELL)
    outcome = await world.submits(MENTEE, held="yes", mine_by="2026-12-04")
    assert list(outcome.body["errors"]) == ["mine"]


async def test_before_it_begins_nothing_can_be_told(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    with pytest.raises(Refused) as no:
        await tells(world, planned.id, held=True)
    assert no.value.reason is Reason.MENTORSHIP_MOVED_ON
    await does(world, checkins.cancel, MENTEE, planned.id)
    await world.later(2 * DAY)
    with pytest.raises(Refused):
        await tells(world, planned.id, held=True)


async def test_what_was_met_can_be_told_of_after_the_end_but_nothing_more_planned(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    await tells(world, planned.id, held=True)
    await ended(world, made)
    await world.clicks(MENTEE, ids.TELL)
    form = world.space.modals[MENTEE][-1]
    assert "next" not in {each.get("block_id") for each in form["blocks"]}
    await world.submits(MENTEE, shared="Thank you for all of it")
    assert "Thank you for all of it" in cards(world, MENTOR)[0]
    with pytest.raises(Refused):
        await tells(world, planned.id, next_at=planned.starts_at + 30 * DAY)


async def test_a_second_copy_of_what_was_told_does_nothing(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await over(world, made)
    for _ in range(2):
        told_once = Told(
            held=True, mine=Promised("Write the aims"), next_at=planned.starts_at + 14 * DAY
        )
        await does(world, checkins.tell, MENTEE, planned.id, told_once, delivery="the same")
    assert len(await of(world, made)) == 2
    assert cards(world, MENTEE)[0].count("Write the aims") == 1


async def test_a_goal_is_reached_in_the_fourth_quarter_and_is_the_mentees_alone(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    wanted = await world.app.bot.write(TEAM, goal, "Write a grant", made.id)
    planned = await over(world, made)
    await tells(world, planned.id, MENTOR, held=True, progress={wanted: 3})
    assert await world.app.bot.read(TEAM, progress, wanted) == (0, "open")
    await world.clicks(MENTOR, ids.TELL)
    assert "How far are you with" not in str(world.space.modals[MENTOR][-1]["blocks"])
    await tells(world, planned.id, progress={wanted: 4})
    assert await world.app.bot.read(TEAM, progress, wanted) == (4, "reached")


async def test_home_shows_what_each_said_they_would_do_until_it_is_settled(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    first = await over(world, made)
    mine = Promised("Write the aims", date(2026, 12, 4))
    await tells(world, first.id, held=True, mine=mine, theirs=Promised("Call Hal"))
    home = await opens_home(world, MENTEE)
    assert f"You told <@{MENTOR}> you would by 04 December 2026" in home
    assert "Write the aims" in home
    assert "Call Hal" not in home
    assert "Call Hal" in await opens_home(world, MENTOR)
    second = await over(world, made)
    await tells(world, second.id, held=True, settled={1: CommitmentState.DONE})
    assert "Write the aims" not in await opens_home(world, MENTEE)


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [(None, 1), (CheckinRhythm.WEEKLY, 7), (CheckinRhythm.MONTHLY, 30)],
)
async def test_the_next_date_it_proposes_goes_by_the_rhythm(
    socket_world: World, rhythm: CheckinRhythm | None, days: int
) -> None:
    world = socket_world
    made = await pair(world, rhythm=rhythm)
    met = await over(world, made)
    telling = await does(world, checkins.to_tell, MENTEE, met.id)
    assert 0 <= telling.proposed - (met.starts_at + days * DAY) <= 3 * DAY


@pytest.mark.parametrize("after", [HOUR // 4, HOUR, 3 * DAY], ids=["meanwhile", "then", "later"])
async def test_an_end_does_not_cancel_what_has_taken_place(socket_world: World, after: int) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    await world.later(TOMORROW + after)
    sent = len(files(world, MENTOR))
    await ended(world, made)
    assert (await checkin(world, planned.id)).state is CheckinState.PLANNED
    assert len(files(world, MENTOR)) == sent
    for button in (ids.MOVE, ids.CANCEL):
        assert button not in str(world.messages(MENTEE))
    await tells(world, planned.id, held=True, shared="That was the last one")
    assert [each.minutes for each in await helps(world, planned.id)] == [30]
    assert "That was the last one" in cards(world, MENTOR)[0]


async def test_both_tell_at_once_and_the_next_date_they_agreed_on_is_planned_once(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    met = await over(world, made)
    for user in PAIR:
        await world.clicks(user, ids.TELL)
    then = met.starts_at + 14 * DAY
    for user in PAIR:
        await world.submits(user, held="yes", shared=f"Notes of {user}", next=then)
    planned = [each for each in await of(world, made) if each.id != met.id]
    assert [each.starts_at for each in planned] == [then]
    assert len(files(world, MENTEE)) == len(files(world, MENTOR)) == 2
    for user in PAIR:
        assert all(f"Notes of {each}" in cards(world, user)[0] for each in PAIR)


async def test_who_tells_second_with_another_date_hears_which_one_is_planned(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    met = await over(world, made)
    await tells(world, met.id, MENTOR, held=True, next_at=met.starts_at + 14 * DAY)
    with pytest.raises(Unusable) as no:
        await tells(world, met.id, MENTEE, next_at=met.starts_at + 15 * DAY)
    assert no.value.field == "next"
    # Noon in New York is nine where the mentee is.
    assert "Wednesday 9 December, 09:00 (Los Angeles)" in str(no.value.words)
