from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.routing import choose
from storage.records import Candidate, WorkingHours

ALWAYS = WorkingHours(0, 24 * 60, (1, 2, 3, 4, 5, 6, 7), "UTC")
NOON = 1795521600  # Tuesday 24 November 2026, 12:00 UTC
ADA = Candidate("U_ADA", ALWAYS, 3, None, 0, 0, 1, 1, 0)


def who(user: str, **other: object) -> Candidate:
    return replace(ADA, user=user, **other)  # type: ignore[arg-type]


def picked(*candidates: Candidate) -> list[tuple[str, bool]]:
    chosen = choose(candidates, now=NOON, count=3).picked
    return [(pick.user, pick.partial) for pick in chosen]


def test_who_holds_every_topic_comes_before_who_holds_one() -> None:
    both = who("U_BOTH", topics_held=2, topics_asked=2, last_asked_at=NOON)
    one = who("U_ONE", topics_held=1, topics_asked=2)
    assert picked(one, both) == [("U_BOTH", False), ("U_ONE", True)]


def test_who_was_asked_least_lately_comes_first() -> None:
    lately, long_ago = who("U_A", last_asked_at=NOON - 60), who("U_B", last_asked_at=NOON - 6000)
    assert [each.user for each in choose([long_ago, lately], now=NOON, count=1).picked] == ["U_B"]


def test_who_is_paused_or_at_capacity_is_not_asked() -> None:
    paused, full = who("U_A", paused_until=NOON + 60), who("U_B", load=3)
    assert choose([paused, full], now=NOON, count=3).picked == ()


def test_a_pause_that_is_over_counts_no_more() -> None:
    assert choose([who("U_A", paused_until=NOON)], now=NOON, count=1).picked


def test_when_nobody_works_it_waits_for_who_begins_first() -> None:
    later = who("U_A", hours=WorkingHours(15 * 60, 20 * 60, (2,), "UTC"))
    sooner = who("U_B", hours=WorkingHours(13 * 60, 20 * 60, (2,), "UTC"))
    choice = choose([later, sooner], now=NOON, count=1)
    assert choice.picked == ()
    assert choice.waits_until == NOON + 3600


def test_who_works_now_is_asked_rather_than_who_sleeps() -> None:
    asleep = who("U_A", hours=WorkingHours(15 * 60, 20 * 60, (2,), "UTC"))
    assert picked(asleep, who("U_B")) == [("U_B", False)]


def test_no_more_candidates_are_read_than_needed() -> None:
    read = []

    def turn() -> object:
        for number in range(1000):
            read.append(number)
            yield who(f"U{number}")

    choose(turn(), now=NOON, count=3)  # type: ignore[arg-type]
    assert len(read) == 3


candidates = st.lists(
    st.builds(
        Candidate,
        user=st.uuids().map(str),
        hours=st.sampled_from([ALWAYS, WorkingHours(), WorkingHours(days=())]),
        capacity=st.integers(1, 5),
        paused_until=st.none() | st.integers(NOON - 100, NOON + 100),
        last_asked_at=st.integers(0, NOON),
        load=st.integers(0, 6),
        topics_held=st.integers(0, 2),
        topics_asked=st.just(2),
        words_met=st.integers(0, 5),
    ),
    max_size=30,
)


@given(candidates, st.integers(1, 3))
def test_never_more_than_asked_for_and_never_who_takes_no_question(
    people: list[Candidate], count: int
) -> None:
    fit = {
        each.user
        for each in people
        if (each.paused_until or 0) <= NOON and each.load < each.capacity
    }
    picked = [each.user for each in choose(people, now=NOON, count=count).picked]
    assert len(picked) == len(set(picked)) <= count
    assert set(picked) <= fit
