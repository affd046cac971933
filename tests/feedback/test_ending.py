"""A mentorship ends in one click and without fault, with thanks and a look back."""

import pytest

from bot import feedback
from bot.errors import Refused
from bot.feedback import Closing
from bot.rules.health import PUBLISHED, Barrier, MentoringOutcome, Trait
from bot.views import feedback as view
from bot.views import programme as programme_view
from storage import feedback as queries
from storage.records.mentorships import MentorshipKind, MentorshipState
from tests.agreements.stories import MENTEE, MENTOR, again, agreed, does, pair
from tests.feedback.test_health import words
from tests.support.world import DAY, TEAM, World


async def test_either_ends_it_and_both_are_thanked(world: World) -> None:
    made = await agreed(world)
    await does(world, feedback.end, MENTOR, made.id)
    now = await again(world, made)
    assert (now.state, now.ended_by) == (MentorshipState.ENDED, MENTOR)
    for user in (MENTEE, MENTOR):
        assert "nobody's fault" in words(world, user)
    await world.clicks(MENTEE, view.CLOSE)
    await world.submits(
        MENTEE, outcomes=["goals", "insights"], barriers=["time"], thanks="You saw me."
    )
    assert "How it goes: 1 of 2" in str(world.space.modals[MENTEE][-1])
    await world.submits(MENTEE, **{trait.value: "5" for trait in Trait})
    assert "You saw me." in words(world, MENTOR)
    counts = await world.app.bot.read(TEAM, queries.outcomes, queries.END)
    assert counts["goals"] == (1, 1, 1)
    assert counts["confidence"] == (0, 1, 1)


async def test_what_was_still_to_come_of_it_does_not_come(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await does(world, feedback.end, MENTEE, made.id)
    await world.later(40 * DAY)
    assert "in private" not in words(world, MENTEE)
    assert "a month ago" not in words(world, MENTEE)


async def test_who_has_not_looked_back_is_reminded_once(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await does(world, feedback.end, MENTEE, made.id)
    await does(world, feedback.close, MENTEE, made.id, Closing())
    await world.later(10 * DAY)
    assert words(world, MENTOR).count("Would you look back on it?") == 1
    assert "Would you look back on it?" not in words(world, MENTEE)


async def test_three_months_later_both_are_asked_what_came_of_it(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await does(world, feedback.end, MENTEE, made.id)
    await world.later(88 * DAY)
    assert "Three months ago" not in words(world, MENTEE)
    await world.later(6 * DAY)
    assert words(world, MENTEE).count("Three months ago") == 1
    await world.clicks(MENTEE, view.TELL_OUTCOMES)
    await world.submits(MENTEE, outcomes=["long_deferred"])
    later = await world.app.bot.read(TEAM, queries.outcomes, queries.LATER)
    assert later["long_deferred"] == (1, 1, 1)


async def test_an_informal_one_ends_with_a_thank_you_alone(socket_world: World) -> None:
    world = socket_world
    made = await pair(world, MentorshipState.ACTIVE, kind=MentorshipKind.INFORMAL)
    await does(world, feedback.end, MENTEE, made.id)
    await world.clicks(MENTEE, view.CLOSE)
    await world.submits(MENTEE, thanks="For the walks.")
    assert "For the walks." in words(world, MENTOR)
    assert await world.app.bot.read(TEAM, queries.outcomes, queries.END) == {}


async def test_one_that_goes_on_is_not_looked_back_on(socket_world: World) -> None:
    made = await agreed(socket_world)
    with pytest.raises(Refused):
        await does(socket_world, feedback.close, MENTEE, made.id, Closing(thanks="Early"))


async def test_admins_see_outcomes_beside_the_published_ones_once_there_are_enough(
    socket_world: World,
) -> None:
    world = socket_world
    for mentee in ("U0LEO", "U0EVA", "U0CHI", "U0GUS", "U0JON"):
        made = await pair(world, MentorshipState.ACTIVE, mentee=mentee, asked_by=mentee)
        await does(world, feedback.end, mentee, made.id)
        if mentee == "U0JON":
            assert "shown once 5 people" in await world.types("U0IVY", "admin")
        said = Closing([Barrier.TIME], [MentoringOutcome.GOALS])
        await does(world, feedback.close, mentee, made.id, said)
    shown = await world.types("U0IVY", "admin")
    assert f"set goals: 100 % here, {PUBLISHED[MentoringOutcome.GOALS]} % published" in shown
    assert len(PUBLISHED) <= programme_view.SHOWN


async def test_admins_read_what_was_written_to_them_once_nobody_can_guess_by_whom(
    socket_world: World,
) -> None:
    world = socket_world
    for mentee in ("U0LEO", "U0EVA", "U0CHI", "U0GUS", "U0JON"):
        assert "More time" not in await world.types("U0IVY", "admin")
        made = await pair(world, MentorshipState.ACTIVE, mentee=mentee, asked_by=mentee)
        await does(world, feedback.end, mentee, made.id)
        said = Closing([Barrier.TIME], [], words="More time, <!channel>")
        await does(world, feedback.close, mentee, made.id, said)
        await does(world, feedback.say_outcomes, mentee, made.id, [MentoringOutcome.GOALS])
    shown = await world.types("U0IVY", "admin")
    assert shown.count("More time, &lt;!channel") == 5
    assert "Time: 5 people" in shown
    assert "set goals: 0 % here, 100 % three months later" in shown
    assert "U0LEO" not in shown


async def test_one_that_never_began_ends_without_a_survey(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    await does(world, feedback.end, MENTEE, made.id)
    assert "are not beginning a mentorship after all" in words(world, MENTOR)
    assert view.CLOSE not in str([each.blocks for each in world.messages(MENTOR)])
    for use_case, said in ((feedback.close, Closing()), (feedback.say_outcomes, [])):
        with pytest.raises(Refused):
            await does(world, use_case, MENTEE, made.id, said)


async def test_one_that_ends_as_agreed_is_looked_back_on_at_once(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world, months=1)
    await world.later(32 * DAY)
    assert (await again(world, made)).state is MentorshipState.ENDED
    for user in (MENTEE, MENTOR):
        assert words(world, user).count("has ended. Would you look back on it?") == 1


async def test_five_answers_of_few_people_show_nobody(socket_world: World) -> None:
    world = socket_world
    for _ in range(3):
        made = await pair(world, MentorshipState.ACTIVE)
        await does(world, feedback.end, MENTEE, made.id)
        for user in (MENTEE, MENTOR):
            await does(world, feedback.close, user, made.id, Closing())
    assert "shown once 5 people" in await world.types("U0IVY", "admin")
