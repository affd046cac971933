"""Planning, moving and cancelling a check-in, over the real bot."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from bot import checkins
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.views import checkins as ids
from bot.views import refusals
from storage.database import Tx
from storage.records.checkins import CheckinState
from storage.records.mentorships import MentorshipKind, MentorshipState
from tests.checkins.stories import (
    MENTEE,
    MENTOR,
    PAIR,
    STRANGER,
    TOMORROW,
    at,
    cards,
    checkin,
    does,
    ended,
    files,
    moves,
    of,
    pair,
    plans,
    told,
    waiting,
)
from tests.profiles.stories import clicks_home, opens_home
from tests.support.world import DAY, HOUR, TEAM, TUESDAY, World


def entry(content: bytes) -> tuple[str, int, str, datetime]:
    """METHOD, SEQUENCE, UID and start of a calendar file."""
    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["method"]), int(event["sequence"]), str(event["uid"]), event.start


async def test_a_command_opens_a_form_and_both_have_card_and_calendar_file(world: World) -> None:
    await pair(world)
    await world.types(MENTEE, "checkin @ada")
    form = world.space.modals[MENTEE][-1]
    assert f"<@{MENTOR}> works Mon–Fri, 08:00 to 18:00 (New York)" in str(form["blocks"])
    assert "now it is Tuesday 24 November, 10:00 (New York) there" in str(form["blocks"])
    await world.submits(MENTEE, agenda="What I learned", minutes="45")

    # The next day, when both have worked for an hour: ten in Los Angeles.
    planned = datetime(2026, 11, 25, 18, tzinfo=UTC)
    (mine,) = cards(world, MENTEE)
    (theirs,) = cards(world, MENTOR)
    when = f"<!date^{int(planned.timestamp())}^"
    for card in (mine, theirs):
        assert when in card
        assert "45 minutes" in card
        assert "What I learned" in card
        assert f"<@{MENTEE}> planned it" in card
        for name in ("Google", "Outlook.com", "Office 365", "Yahoo"):
            assert f"|{name}>" in card
    assert f"For <@{MENTOR}> that is Wednesday 25 November, 13:00 (New York)" in mine
    assert f"For <@{MENTEE}> that is Wednesday 25 November, 10:00 (Los Angeles)" in theirs
    for user in PAIR:
        (content,) = files(world, user)
        method, sequence, _, starts = entry(content)
        assert (method, sequence, starts) == ("PUBLISH", 0, planned)
    assert entry(files(world, MENTEE)[0])[2] == entry(files(world, MENTOR)[0])[2]


async def test_a_time_that_is_past_is_refused_at_its_field(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await world.types(MENTEE, "checkin @ada")
    outcome = await world.submits(MENTEE, when=TUESDAY - 60)
    assert outcome.body == {
        "response_action": "errors",
        "errors": {"when": "Please choose a time that is still to come."},
    }
    assert await of(world, made) == []
    await world.submits(MENTEE, when=TUESDAY + HOUR)
    assert len(await of(world, made)) == 1


@pytest.mark.parametrize(
    ("seconds", "minutes", "field"),
    [(0, 30, "when"), (400 * DAY, 30, "when"), (DAY, 31, "minutes"), (DAY, 0, "minutes")],
)
async def test_a_check_in_has_a_sensible_time_and_length(
    socket_world: World, seconds: int, minutes: int, field: str
) -> None:
    made = await pair(socket_world)
    with pytest.raises(Unusable) as no:
        await plans(socket_world, made, seconds, minutes=minutes)
    assert no.value.field == field


async def test_who_is_not_together_is_told_what_to_do(socket_world: World) -> None:
    world = socket_world
    await pair(world)
    assert await world.types(STRANGER, "checkin @ada") == (refusals.WORDS[Reason.NOT_TOGETHER])
    assert await world.types(STRANGER, "checkin") == refusals.WORDS[Reason.NOT_TOGETHER]
    assert not world.space.modals.get(STRANGER)


async def test_who_is_in_one_mentorship_need_not_say_with_whom(socket_world: World) -> None:
    world = socket_world
    await pair(world)
    await world.types(MENTEE, "checkin")
    assert f"A check-in with <@{MENTOR}>" in str(world.space.modals[MENTEE][-1]["blocks"])


async def test_who_is_in_several_chooses_the_colleague_in_the_form(socket_world: World) -> None:
    world = socket_world
    await pair(world)
    other = await pair(world, mentor="U0KIM")
    await world.types(MENTEE, "checkin")
    wrong = await world.submits(MENTEE, user=STRANGER, when=TUESDAY + DAY)
    assert refusals.WORDS[Reason.NOT_TOGETHER] in str(wrong.body)
    await world.types(MENTEE, "checkin")
    himself = await world.submits(MENTEE, user=MENTEE, when=TUESDAY + DAY)
    assert himself.body["errors"] == {"user": "Please choose a colleague: this takes two."}
    await world.submits(MENTEE, user="U0KIM", when=TUESDAY + DAY)
    assert len(await of(world, other)) == 1


async def test_of_several_mentorships_of_two_people_the_first_under_way_counts(
    socket_world: World,
) -> None:
    world = socket_world
    ended_one = await pair(world, kind=MentorshipKind.OBSERVE)
    await ended(world, ended_one)
    first = await pair(world)
    await pair(world, kind=MentorshipKind.SWAP)
    await world.types(MENTOR, "checkin @leo")
    await world.submits(MENTOR)
    assert len(await of(world, first)) == 1


async def test_the_agenda_begins_with_the_mentees_open_goals(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)

    def goals(tx: Tx) -> None:
        for user, words, state, about in (
            (MENTEE, "Write a grant", "open", made.id),
            (MENTEE, "Sleep more", "open", None),
            (MENTEE, "Done long ago", "reached", made.id),
            (MENTOR, "Not hers to show", "open", None),
        ):
            tx.execute(
                """INSERT INTO goals (workspace, user, words, state, set_at, mentorship_id)
                   VALUES (:workspace, :user, :words, :state, :now, :about)""",
                user=user, words=words, state=state, about=about,
            )  # fmt: skip

    await world.app.bot.write(TEAM, goals)
    await world.types(MENTEE, "checkin @ada")
    assert "- Write a grant\\n- Sleep more'" in str(world.space.modals[MENTEE][-1]["blocks"])
    # What the mentee keeps to themselves is not put before the mentor.
    await world.types(MENTOR, "checkin @leo")
    shown = str(world.space.modals[MENTOR][-1]["blocks"])
    assert "- Write a grant'" in shown
    assert "Sleep more" not in shown


async def test_who_moves_it_gives_both_the_new_time_and_the_other_is_told(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    await world.clicks(MENTOR, ids.MOVE)
    await world.submits(MENTOR, when=planned.starts_at + DAY, minutes="60")
    moved = await checkin(world, planned.id)
    assert (moved.starts_at, moved.minutes, moved.sequence) == (planned.starts_at + DAY, 60, 1)
    for user in PAIR:
        assert f"<!date^{moved.starts_at}^" in cards(world, user)[0]
        assert [entry(each)[:2] for each in files(world, user)] == [("PUBLISH", 0), ("PUBLISH", 1)]
        assert len({entry(each)[2] for each in files(world, user)}) == 1
    news = [text for text in told(world, MENTEE) if "has changed your check-in" in text]
    assert len(news) == 1
    assert f"<@{MENTOR}> has changed" in news[0]
    assert f"<!date^{planned.starts_at}^" in news[0]
    assert not any("has changed your check-in" in text for text in told(world, MENTOR))


async def test_nothing_is_moved_into_the_past(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    sent = len(files(world, MENTOR))
    with pytest.raises(Unusable) as no:
        await moves(world, planned.id, -HOUR)
    assert no.value.field == "when"
    assert await checkin(world, planned.id) == planned
    assert len(files(world, MENTOR)) == sent


async def test_who_cancels_it_takes_it_out_of_both_calendars(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made)
    await world.clicks(MENTEE, ids.CANCEL)
    for user in PAIR:
        assert "it is cancelled" in cards(world, user)[0]
        method, sequence, uid, _ = entry(files(world, user)[-1])
        assert (method, sequence) == ("CANCEL", 1)
        assert uid == entry(files(world, user)[0])[2]
    assert f"<@{MENTEE}> has cancelled your check-in" in told(world, MENTOR)[-2]
    assert "checkin-reminder" not in await waiting(world, MENTEE)


async def test_a_mentorship_that_ends_takes_its_check_ins_along(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    await ended(world, made)
    assert (await checkin(world, planned.id)).state is CheckinState.CANCELLED
    for user in PAIR:
        assert "it is cancelled." in cards(world, user)[0]
        assert [entry(each)[:2] for each in files(world, user)][-1] == ("CANCEL", 1)
    assert ids.PLAN not in str(world.messages(MENTEE)[0].blocks)


async def test_of_changes_made_at_once_the_last_alone_is_told(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    bot = world.app.bot
    for number in (1, 2, 3):
        wanted = at(world, TOMORROW + number * DAY)
        await bot.write(
            TEAM, checkins.move, Actor(MENTEE), planned.id, wanted, delivery=f"move {number}"
        )
    await world.settle()
    assert len([text for text in told(world, MENTOR) if "has changed" in text]) <= 3
    assert entry(files(world, MENTOR)[-1])[1] == 3
    assert f"<!date^{planned.starts_at + 3 * DAY}^" in cards(world, MENTOR)[0]


async def test_what_is_cancelled_or_told_of_is_not_moved_any_more(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    await does(world, checkins.cancel, MENTEE, planned.id)
    with pytest.raises(Refused) as no:
        await moves(world, planned.id, 2 * DAY)
    assert no.value.reason is Reason.MENTORSHIP_MOVED_ON
    with pytest.raises(Refused):
        await does(world, checkins.cancel, MENTOR, planned.id)


async def test_a_second_copy_of_a_form_plans_nothing_more(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    wanted = at(world, TOMORROW)
    first = await does(world, checkins.plan, MENTEE, made.id, wanted, delivery="the same")
    second = await does(world, checkins.plan, MENTEE, made.id, wanted, delivery="the same")
    assert first == second
    assert len(await of(world, made)) == 1
    assert len(files(world, MENTOR)) == 1


async def test_a_first_meeting_can_be_planned_before_the_yes(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)

    def back(tx: Tx) -> None:
        tx.execute(
            "UPDATE mentorships SET state = :state WHERE workspace = :workspace AND id = :id",
            state=MentorshipState.MEETING,
            id=made.id,
        )

    await world.app.bot.write(TEAM, back)
    await world.types(MENTOR, "checkin @leo")
    await world.submits(MENTOR)
    assert len(await of(world, made)) == 1


async def test_the_links_hold_no_word_that_somebody_typed(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made, agenda="secret")
    links = re.findall(r"<(https://[^|>]+)\|", cards(world, MENTEE)[0])
    assert len(links) == 4
    assert not any("secret" in each or "Ada" in each for each in links)
    assert all("%20check-in" in each for each in links)


async def test_without_the_permission_for_files_the_card_says_all_and_an_admin_hears_what_to_do(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    world.sandbox.scopes = [each for each in world.sandbox.scopes if each != "files:write"]
    planned = await plans(world, made)
    for user in PAIR:
        assert files(world, user) == []
        assert f"<!date^{planned.starts_at}^" in cards(world, user)[0]
        assert "|Google>" in cards(world, user)[0]
    panel = await world.types("U0IVY", "admin")
    assert "the calendar file of a check-in" in panel
    assert "files:write" in panel.replace("\u200b", "")
    assert "install it again" in panel
    # Whoever moves it is heard all the same.
    await moves(world, planned.id, 3 * DAY, MENTOR)
    assert any("has changed your check-in" in text for text in told(world, MENTEE))


async def test_home_of_a_pair_without_a_date_opens_the_form_for_one(world: World) -> None:
    await pair(world)
    assert f"<@{MENTOR}>: none planned" in await opens_home(world, MENTEE)
    await clicks_home(world, MENTEE, ids.PLAN)
    await world.submits(MENTEE)
    home = await opens_home(world, MENTEE)
    assert "none planned" not in home
    assert f"*Check-in* with <@{MENTOR}>: <!date^" in home
