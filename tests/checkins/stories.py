"""A pair and its check-ins as a test needs them, made by the use cases."""

from dataclasses import replace
from typing import Any

from bot import checkins
from bot.authority import Actor
from bot.mentorships import end, start
from storage import checkins as queries
from storage import ledger, mentorships, nudges
from storage.database import Tx
from storage.records import Help
from storage.records.checkins import Checkin, CheckinDraft, CheckinNote, Told
from storage.records.mentorships import (
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
)
from tests.support.world import DAY, HOUR, TEAM, World

# Leo is in Los Angeles, Ada in New York; the world begins on a Tuesday, at seven and ten there.
MENTEE, MENTOR, STRANGER = "U0LEO", "U0ADA", "U0GUS"
PAIR = (MENTEE, MENTOR)
# Wednesday, noon in New York and nine in Los Angeles: both work.
TOMORROW = DAY + 2 * HOUR


def _pair(
    tx: Tx, mentee: str, mentor: str, rhythm: CheckinRhythm | None, kind: MentorshipKind
) -> Mentorship:
    wanted = Mentorship(0, kind, MentorshipState.AGREEING, mentor, mentee, mentee, tx.now)
    made = mentorships.add(tx, wanted)
    assert made
    start(tx, replace(wanted, id=made), rhythm=rhythm, months=None)
    found = mentorships.get(tx, made)
    assert found
    return found


async def pair(
    world: World,
    mentee: str = MENTEE,
    mentor: str = MENTOR,
    rhythm: CheckinRhythm | None = CheckinRhythm.FORTNIGHTLY,
    kind: MentorshipKind = MentorshipKind.INFORMAL,
) -> Mentorship:
    """Two people whose mentorship begins now."""
    made = await world.app.bot.write(TEAM, _pair, mentee, mentor, rhythm, kind)
    await world.settle()
    return made


async def again(world: World, made: Mentorship) -> Mentorship:
    found = await world.app.bot.read(TEAM, mentorships.get, made.id)
    assert found
    return found


async def ended(world: World, made: Mentorship) -> None:
    def run(tx: Tx) -> None:
        found = mentorships.get(tx, made.id)
        assert found
        end(tx, found, MentorshipState.ENDED, by=found.mentor)

    await world.app.bot.write(TEAM, run)
    await world.settle()


def at(world: World, seconds: int, minutes: int = 30, agenda: str = "") -> CheckinDraft:
    """A check-in so many seconds from now."""
    return CheckinDraft(world.sandbox.clock.now() + seconds, minutes, agenda)


_deliveries = iter(range(1_000_000))


async def does(world: World, use_case: Any, user: str, *values: Any, **named: Any) -> Any:
    """Somebody does something."""
    result = await world.app.bot.write(TEAM, use_case, Actor(user), *values, **named)
    await world.settle()
    return result


async def plans(
    world: World, made: Mentorship, seconds: int = TOMORROW, user: str = MENTEE, **draft: Any
) -> Checkin:
    """A check-in planned by use case."""
    delivery = f"story/plan/{next(_deliveries)}"
    wanted = at(world, seconds, **draft)
    planned = await does(world, checkins.plan, user, made.id, wanted, delivery=delivery)
    return await checkin(world, planned)


async def tells(world: World, checkin_id: int, user: str = MENTEE, **told: Any) -> None:
    delivery = f"story/tell/{next(_deliveries)}"
    await does(world, checkins.tell, user, checkin_id, Told(**told), delivery=delivery)


async def moves(
    world: World, checkin_id: int, seconds: int, user: str = MENTEE, **draft: Any
) -> None:
    delivery = f"story/move/{next(_deliveries)}"
    wanted = at(world, seconds, **draft)
    await does(world, checkins.move, user, checkin_id, wanted, delivery=delivery)


async def checkin(world: World, checkin_id: int) -> Checkin:
    found = await world.app.bot.read(TEAM, queries.get, checkin_id)
    assert found
    return found


async def of(world: World, made: Mentorship) -> list[Checkin]:
    return await world.app.bot.read(TEAM, queries.of_mentorship, made.id)


async def notes(world: World, checkin_id: int, reader: str) -> list[CheckinNote]:
    return await world.app.bot.read(TEAM, queries.notes_for, checkin_id, reader)


async def helps(world: World, checkin_id: int) -> list[Help]:
    return await world.app.bot.read(TEAM, ledger.of_checkin, checkin_id)


async def waiting(world: World, user: str) -> list[str]:
    """The things that wait to be said to somebody."""
    found = await world.app.bot.read(TEAM, nudges.waiting_of, user, 50)
    return [each.thing for each in found]


def told(world: World, user: str) -> list[str]:
    """What the bot wrote to somebody, oldest first."""
    return [each.text for each in world.messages(user)]


def cards(world: World, user: str) -> list[str]:
    return [text for text in told(world, user) if text.startswith("*Check-in* with")]


def files(world: World, user: str) -> list[bytes]:
    """The contents of the calendar files in somebody's messages, oldest first."""
    names = [each for message in world.messages(user) for each in message.files]
    return [world.space.files[each].content or b"" for each in names]
