"""Section 4 of product.md as laws, over generated weeks of generated people."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bot.rules.disturbance import (
    IGNORED_AFTER,
    WEEK,
    AskFirst,
    Because,
    Drop,
    Hold,
    Kind,
    Person,
    Send,
    Snooze,
    again_at,
    decide,
)
from bot.rules.nudges import TELL_ONLY, Thing
from storage.records import WorkingHours
from storage.records.nudges import KindState, Nudge, NudgeKind
from tests.nudges.weeks import (
    DAY,
    HOUR,
    MONDAY,
    Happens,
    Life,
    Said,
    happenings,
    hours,
    nudge,
    times,
    wanted,
    works,
)

weeks = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STEP = HOUR // 2


def lived(person: Person, nudges: Sequence[Nudge], happens: Sequence[Happens]) -> Life:
    """Every half hour of the weeks, until the last nudge is over; checked at each step."""
    life = Life(person, list(nudges))
    ahead = sorted(happens, key=lambda each: each.at)
    for now in range(MONDAY, max(each.until for each in nudges) + STEP, STEP):
        while ahead and ahead[0].at <= now:
            life.happens(ahead.pop(0))
        before = life.person
        said = len(life.said)
        life.tick(now)
        check(life, before, life.said[said:], now)
    return life


def check(life: Life, person: Person, said: Sequence[Said], now: int) -> None:
    """What must hold at every moment."""
    for each in said:
        assert works(person.hours, now), "outside the hours or on a day off"
        assert not (person.quiet and person.quiet[0] <= now < person.quiet[1]), "do-not-disturb"
        assert (person.paused_until or 0) <= now, "paused"
        assert person.kinds.get(each.nudge.kind, Kind()).state is KindState.ON, "a kind that is off"
        assert now < each.nudge.until, "too late"
    lately = [each for each in life.said if now - WEEK < each.at <= now]
    assert len(lately) <= 3, "more than three in seven days"
    due = [each for each in life.waiting if each.due_at <= now]
    # Whatever is due and waits is held, with a reason that is true.
    assert {each.id for each in due} <= set(life.held), "waits without a reason"
    for waits in due:
        assert_true(life, waits, now)
    free = [each for each in due if life.held[each.id] is Because.ENOUGH_THIS_WEEK]
    for gone in said:
        assert all(gone.nudge.importance <= each.importance for each in free), "importance"


def assert_true(life: Life, each: Nudge, now: int) -> None:
    person, because = life.person, life.held[each.id]
    if because is Because.PAUSED:
        assert (person.paused_until or 0) > now
    elif because is Because.DO_NOT_DISTURB:
        assert person.quiet
        assert person.quiet[0] <= now < person.quiet[1]
    elif because is Because.OUT_OF_HOURS:
        assert not works(person.hours, now)
    elif because is Because.ENOUGH_THIS_WEEK:
        assert len([said for said in life.said if said.at > now - WEEK]) == 3
    else:
        assert because is Because.IGNORED
        assert person.kinds[each.kind].state is KindState.ASKED


@weeks
@given(hours, wanted, happenings)
def test_no_generated_week_breaks_a_rule(
    working: WorkingHours, nudges: list[Nudge], happens: list[Happens]
) -> None:
    life = lived(Person(working), nudges, happens)
    said = [each.nudge.id for each in life.said if not each.asked]
    event(f"{min(len(said), 5)} said, {len({*life.dropped.values()})} reasons")
    assert len(said) == len(set(said)), "twice for the same thing"
    assert life.waiting == [], "waits for ever"
    assert set(said) | set(life.dropped) == {each.id for each in nudges}
    assert not set(said) & set(life.dropped)


@weeks
@given(wanted, happenings)
def test_nobody_who_left_hears_anything(nudges: list[Nudge], happens: list[Happens]) -> None:
    life = lived(Person(here=False), nudges, happens)
    assert life.said == []
    assert set(life.dropped.values()) == {Because.LEFT}


@weeks
@given(hours, st.lists(st.integers(0, 3 * DAY), min_size=12, max_size=40), st.data())
def test_three_ignored_are_asked_about_once_and_then_there_is_silence(
    working: WorkingHours, gaps: list[int], data: st.DataObject
) -> None:
    at, nudges = MONDAY, []
    for number, gap in enumerate(gaps):
        at += gap
        nudges.append(nudge(number, Thing.PLAN_CHECKIN, at, 2 * WEEK))
    answered = data.draw(st.none() | st.integers(MONDAY, at + WEEK))
    happens = [Happens(answered, "on")] if answered else []
    life = lived(Person(working), nudges, happens)
    asked = [each.at for each in life.said if each.asked]
    for first, second in pairwise(asked):
        assert answered is not None
        assert first <= answered <= second, "asked again though nobody has answered"
    in_a_row = 0
    for each in life.said:
        if each.asked:
            assert in_a_row >= 3, "asked too early"
            in_a_row = 0
        else:
            in_a_row += 1
            quiet = [at for at in asked if at <= each.at]
            assert not quiet or (answered is not None and quiet[-1] <= answered <= each.at)


@weeks
@given(st.lists(st.sampled_from([Thing.RUN_SHEET, Thing.CHECKIN_REMINDER]), min_size=9))
def test_what_asks_for_nothing_is_never_ignored(things: list[Thing]) -> None:
    nudges = [nudge(n, thing, MONDAY + n * 3 * DAY, WEEK) for n, thing in enumerate(things)]
    life = lived(Person(), nudges, [])
    assert not any(each.asked for each in life.said)


@given(hours, wanted, times)
def test_what_goes_out_at_once_is_the_most_important(
    working: WorkingHours, nudges: list[Nudge], now: int
) -> None:
    due = [each for each in nudges if each.due_at <= now < each.until]
    decided = decide(Person(working), due, now)
    out = [each for each, decision in decided if isinstance(decision, Send)]
    rest = [each for each, decision in decided if isinstance(decision, Hold)]
    assert len(out) == (min(3, len(due)) if works(working, now) else 0)
    assert all(one.importance <= other.importance for one in out for other in rest)


NOON = MONDAY + 12 * HOUR
PLAN = nudge(1, Thing.PLAN_CHECKIN, NOON, WEEK)


@pytest.mark.parametrize(
    ("person", "decision"),
    [
        pytest.param(Person(), Send(), id="free"),
        pytest.param(
            Person(quiet=(NOON - 1, NOON + HOUR)),
            Hold(Because.DO_NOT_DISTURB, NOON + HOUR),
            id="do-not-disturb",
        ),
        pytest.param(Person(quiet=(NOON + 1, NOON + HOUR)), Send(), id="do-not-disturb tonight"),
        pytest.param(
            Person(paused_until=NOON + DAY), Hold(Because.PAUSED, NOON + DAY), id="paused"
        ),
        pytest.param(
            Person(paused_until=NOON + 99 * DAY),
            Hold(Because.PAUSED, PLAN.until),
            id="paused for longer than it is worth saying",
        ),
        pytest.param(
            Person(WorkingHours(days=(2, 3))),
            Hold(Because.OUT_OF_HOURS, MONDAY + DAY + 9 * HOUR),
            id="a day off",
        ),
        pytest.param(
            Person(WorkingHours(days=())),
            Hold(Because.OUT_OF_HOURS, PLAN.until),
            id="no working days at all",
        ),
        pytest.param(
            Person(sent=(NOON - 6 * DAY, NOON - 2, NOON - 1)),
            Hold(Because.ENOUGH_THIS_WEEK, NOON + DAY),
            id="three this week",
        ),
        pytest.param(
            Person(sent=(NOON - WEEK, NOON - 2, NOON - 1)), Send(), id="the first is a week ago"
        ),
        pytest.param(
            Person(kinds={NudgeKind.CHECKINS: Kind(KindState.OFF)}),
            Drop(Because.TURNED_OFF),
            id="turned off",
        ),
        pytest.param(
            Person(kinds={NudgeKind.FEEDBACK: Kind(KindState.OFF)}), Send(), id="another kind off"
        ),
        pytest.param(
            Person(kinds={NudgeKind.CHECKINS: Kind(KindState.ASKED)}),
            Hold(Because.IGNORED, PLAN.until),
            id="asked whether to keep them",
        ),
        pytest.param(
            Person(kinds={NudgeKind.CHECKINS: Kind(unanswered=(NOON - 9 * DAY,) * 3)}),
            AskFirst(),
            id="three ignored",
        ),
        pytest.param(
            Person(
                kinds={NudgeKind.CHECKINS: Kind(answered_at=NOON - 8 * DAY, unanswered=(
                    NOON - 9 * DAY, NOON - 10 * DAY, NOON - 11 * DAY))}
            ),
            Send(),
            id="answered since",
        ),
        pytest.param(
            Person(
                kinds={NudgeKind.CHECKINS: Kind(unanswered=(
                    NOON - 2 * HOUR, NOON - 9 * DAY, NOON - 10 * DAY))}
            ),
            Send(),
            id="the third reached them this morning",
        ),
        pytest.param(
            # Friday at four and Monday at noon: four hours of work lie between.
            Person(kinds={NudgeKind.CHECKINS: Kind(unanswered=(NOON - 68 * HOUR,) * 3)}),
            Send(),
            id="a weekend lies between",
        ),
    ],
)  # fmt: skip
def test_each_reason_in_turn(person: Person, decision: object) -> None:
    assert decide(person, [PLAN], NOON) == [(PLAN, decision)]


def test_the_question_whether_to_keep_a_kind_comes_to_who_ignored_it() -> None:
    asked = nudge(2, Thing.PLAN_CHECKIN, NOON, WEEK)
    person = Person(kinds={NudgeKind.CHECKINS: Kind(unanswered=(NOON - 9 * DAY,) * 3)})
    decided = decide(person, [PLAN, asked], NOON)
    assert [decision for _, decision in decided] == [
        AskFirst(),
        Hold(Because.IGNORED, asked.until),
    ]
    assert Thing.KEEP in TELL_ONLY
    assert IGNORED_AFTER == 8 * HOUR


@given(hours, times, st.sampled_from(Snooze))
def test_a_snoozed_nudge_comes_as_a_working_day_begins(
    working: WorkingHours, now: int, wanted: Snooze
) -> None:
    at = again_at(working, wanted, now)
    assert at > now
    if working.days:
        assert works(working, at)
        assert not works(working, at - 1)


@pytest.mark.parametrize(
    ("day", "wanted", "then"),
    [
        pytest.param(1, Snooze.TOMORROW, 2, id="tomorrow"),
        pytest.param(4, Snooze.TOMORROW, 7, id="on Friday, tomorrow is Monday"),
        pytest.param(1, Snooze.NEXT_WEEK, 7, id="next week"),
        pytest.param(6, Snooze.NEXT_WEEK, 7, id="next week, on Sunday"),
    ],
)
def test_snoozing_means_a_working_day(day: int, wanted: Snooze, then: int) -> None:
    now = MONDAY + day * DAY + 15 * HOUR
    assert again_at(WorkingHours(), wanted, now) == MONDAY + then * DAY + 9 * HOUR
