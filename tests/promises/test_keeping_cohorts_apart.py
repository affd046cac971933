"""Promise 22 for cohorts: two workspaces with the same people never see a row of one another."""

from typing import Any

from bot import cohorts
from bot.authority import Actor
from bot.cohorts import Wanted
from bot.rules.matching import match
from storage import cohorts as queries
from storage import members, mentorships, programme
from storage.database import Tx
from storage.records import Member
from storage.records.cohorts import CohortState, Left, Side
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from tests.cohorts.stories import ADA, ADMIN, CHI, EVA, JON, LEO
from tests.support.world import TEAM, World

OTHER = "T0OTHER"


def rows_of(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    tables = "match_wishes match_preferences cohorts cohort_pairs cohort_left mentorships"
    return {
        table: sorted(
            map(tuple, tx.rows(f"SELECT * FROM {table} WHERE workspace = :workspace")), key=repr
        )
        for table in tables.split()
    }


async def a_round(world: World, workspace: str) -> Any:
    """Leo names Ada, Chi looks for anybody; Ada and Jon would mentor. Gives what does it."""

    async def does(use_case: Any, *args: Any) -> Any:
        return await world.app.bot.write(workspace, use_case, *args)

    for user in (LEO, CHI, ADA, JON, EVA, ADMIN):
        await does(members.keep, Member(user, user, "UTC", workspace_admin=user == ADMIN))
    await does(programme.name_admins, [ADMIN])
    await does(cohorts.wish, Actor(LEO), Wanted([Side.MENTEE], mentors=(ADA,)))
    await does(cohorts.wish, Actor(CHI), Wanted([Side.MENTEE]))
    await does(cohorts.wish, Actor(ADA), Wanted([Side.MENTOR], capacity=1, mentees=(LEO,)))
    await does(cohorts.wish, Actor(JON), Wanted([Side.MENTOR], capacity=1))
    return does


async def test_what_one_does_changes_nothing_in_the_other(socket_world: World) -> None:
    world = socket_world
    read = world.app.bot.read
    there = await a_round(world, OTHER)
    await there(cohorts.wish, Actor(EVA), Wanted([Side.MENTEE]))
    theirs = await there(cohorts.ask, Actor(ADMIN))
    before = await read(OTHER, rows_of)
    here = await a_round(world, TEAM)
    assert await read(OTHER, rows_of) == before
    assert before["match_preferences"]
    assert await read(TEAM, queries.running) == []
    assert set((await read(TEAM, cohorts.round_now))[0]) == {LEO, CHI}
    both = await read(OTHER, cohorts.round_now)
    await there(cohorts.propose, theirs, match([*both[0].values()], [*both[1].values()]))
    before = await read(OTHER, rows_of)
    assert before["cohort_pairs"]

    # What would count there counts nothing here.
    taken = Mentorship(0, MentorshipKind.FORMAL, MentorshipState.ACTIVE, JON, CHI, CHI, 0)
    await there(mentorships.add, taken)
    await there(members.leave_out, EVA, [LEO])
    await there(members.leave_out, LEO, [ADA])
    before = await read(OTHER, rows_of)
    assert await read(TEAM, mentorships.room_of, JON) == 1
    assert await read(TEAM, queries.never_with, LEO) == frozenset()
    assert await read(TEAM, queries.never_with, CHI) == frozenset()
    assert await read(TEAM, queries.never_with, JON) == frozenset()
    assert await read(TEAM, queries.waiting, Side.MENTEE) == 2

    # Somebody's answer, a proposal and its approval here leave theirs alone.
    await here(cohorts.wish, Actor(LEO), Wanted([Side.MENTEE], mentors=(ADA, JON)))
    await here(cohorts.wish, Actor(CHI), Wanted([Side.MENTEE], mentors=(JON,)))
    assert await read(OTHER, rows_of) == before
    await here(queries.part, theirs, LEO)
    await here(queries.set_state, theirs, CohortState.DISCARDED)
    assert await read(OTHER, rows_of) == before
    await there(queries.put_left, theirs, Left(LEO, Side.MENTEE, "nobody"))
    left = await read(OTHER, rows_of)
    ours = await here(cohorts.ask, Actor(ADMIN))
    await world.app.catch_up()
    assert await read(TEAM, queries.get, theirs) is None
    assert await read(OTHER, queries.get, ours) is None
    seekers = (await read(TEAM, cohorts.round_now))[0]
    assert seekers[LEO].choices == (ADA, JON)
    assert len(await here(cohorts.approve, Actor(ADMIN), ours)) == 2
    assert await read(TEAM, queries.wishes_of, LEO) == {}
    assert await read(OTHER, rows_of) == left
    assert set(await read(OTHER, queries.wishes_of, LEO)) == {Side.MENTEE}
    await here(cohorts.no_wish, Actor(ADA))
    assert await read(OTHER, rows_of) == left
