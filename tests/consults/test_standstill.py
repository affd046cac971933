"""The clock of an offer stands still for a detail, and goes on where it stood."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.rules.standstill import Stop, answer_due, put_off, stops_of
from bot.rules.working_hours import after, worked_between
from storage.records import Detail, DetailState, WorkingHours
from tests.support.world import DAY, HOUR, TUESDAY

OFFICE = WorkingHours(zone="America/New_York")
MONTH = 30 * DAY

hours = st.builds(
    WorkingHours,
    st.integers(0, 12 * 60),
    st.integers(12 * 60 + 1, 24 * 60),
    st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
stops = st.lists(
    st.tuples(st.integers(-DAY, MONTH), st.integers(0, 6 * DAY)).map(
        lambda span: Stop(TUESDAY + span[0], TUESDAY + span[0] + span[1])
    ),
    max_size=5,
).map(tuple)
worked = st.integers(0, 40 * HOUR)


def stopped(of: WorkingHours, since: int, until: int, spans: tuple[Stop, ...]) -> int:
    """Working time of some spans between two instants, what overlaps counted once."""
    total, at = 0, since
    for span in sorted(spans, key=lambda each: each.begins):
        begins, ends = max(span.begins, at), min(max(span.ends, at), until)
        total += worked_between(of, begins, ends)
        at = max(at, ends)
    return total


@given(hours, worked, stops)
def test_a_stage_never_comes_earlier_for_a_clock_that_stood_still(
    of: WorkingHours, time: int, spans: tuple[Stop, ...]
) -> None:
    due_at = after(of, TUESDAY, time)
    assert put_off(of, TUESDAY, due_at, spans) >= due_at


@given(hours, worked, stops)
@example(OFFICE, 4 * HOUR, (Stop(TUESDAY + HOUR, TUESDAY + DAY),))
def test_it_comes_later_by_just_the_working_time_that_was_stopped(
    of: WorkingHours, time: int, spans: tuple[Stop, ...]
) -> None:
    due_at = after(of, TUESDAY, time)
    put = put_off(of, TUESDAY, due_at, spans)
    passed = worked_between(of, TUESDAY, put)
    assert passed - stopped(of, TUESDAY, put, spans) == worked_between(of, TUESDAY, due_at)


@given(hours, worked, stops, stops)
def test_one_more_stop_brings_nothing_forward(
    of: WorkingHours, time: int, spans: tuple[Stop, ...], more: tuple[Stop, ...]
) -> None:
    due_at = after(of, TUESDAY, time)
    assert put_off(of, TUESDAY, due_at, spans + more) >= put_off(of, TUESDAY, due_at, spans)


@given(worked, stops)
def test_who_never_works_waits_no_longer_than_the_stops(time: int, spans: tuple[Stop, ...]) -> None:
    never = WorkingHours(days=())
    put = put_off(never, TUESDAY, TUESDAY + time, spans)
    assert TUESDAY + time <= put <= TUESDAY + time + sum(each.ends - each.begins for each in spans)


def test_a_stop_of_a_night_costs_nothing() -> None:
    night = Stop(TUESDAY + 8 * HOUR, TUESDAY + 20 * HOUR)  # six in the evening to six
    due_at = after(OFFICE, TUESDAY, 8 * HOUR)
    assert put_off(OFFICE, TUESDAY, due_at, [night]) == due_at


def test_what_stood_before_the_clock_ran_counts_for_nothing() -> None:
    due_at = after(OFFICE, TUESDAY, HOUR)
    assert put_off(OFFICE, TUESDAY, due_at, [Stop(TUESDAY - DAY, TUESDAY)]) == due_at


def test_the_end_of_a_day_moves_by_what_was_left_of_it() -> None:
    five = TUESDAY + 7 * HOUR
    stop = Stop(five - HOUR, five + 17 * HOUR)  # from four until ten the next morning
    assert put_off(OFFICE, TUESDAY, five, [stop]) == five + 18 * HOUR


def test_a_detail_is_waited_for_two_days_as_long_as_the_askers() -> None:
    half_days = WorkingHours(9 * 60, 13 * 60, zone="America/New_York")
    assert answer_due(OFFICE, TUESDAY) == TUESDAY + 2 * DAY
    assert answer_due(half_days, TUESDAY) == TUESDAY + 2 * DAY


def test_the_clock_stood_still_while_a_detail_was_waited_for() -> None:
    def detail(state: DetailState, asked_at: int, settled_at: int | None) -> Detail:
        return Detail(1, 17, "U0ADA", "Which?", None, state, asked_at, 99, settled_at)

    asked = [detail(DetailState.OPEN, 5, None), detail(DetailState.LAPSED, 1, 3)]
    assert stops_of(asked) == (Stop(1, 3),)
