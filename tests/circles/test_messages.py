"""What people read of circles and sessions: within Slack's limits, and harmed by nothing typed."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import circles as circles_view
from bot.views import sessions as view
from bot.views.blocks import Modal, safe
from storage.records import (
    Attendance,
    CareerStage,
    Circle,
    CircleMember,
    CircleState,
    Commitment,
    CommitmentState,
    Question,
    Rhythm,
    Session,
    SessionState,
    Standing,
)
from tests.promises.test_typed_words import few, names, read_as_markup, topics, words
from tests.support.cards import ADA, BEN, NOON, PEOPLE, faults_of, faults_of_message, marked_up

circles = st.builds(
    Circle,
    id=st.integers(1, 99),
    name=names,
    purpose=words,
    stage=st.none() | st.sampled_from(CareerStage),
    size=st.integers(3, 12),
    private=st.booleans(),
    rhythm=st.sampled_from(Rhythm),
    first_on=st.just(date(2026, 12, 1)),
    minutes=st.integers(0, 1439),
    zone=st.just("Europe/Berlin"),
    sessions=st.none(),
    state=st.sampled_from(CircleState),
    founder=st.just(BEN),
    founded_at=st.just(NOON),
    channel=st.sampled_from([None, "C0ONC"]),
    fault=st.sampled_from([None, "restricted_action", "strange"]),
    topics=topics.map(tuple),
)
commitments = st.lists(
    st.builds(
        Commitment,
        st.integers(1, 99),
        st.just(1),
        st.just(1),
        st.sampled_from(PEOPLE),
        words,
        st.sampled_from(CommitmentState),
    ),
    max_size=30,
)


def session(state: SessionState, facilitator: str | None) -> Session:
    day = date(2026, 12, 1)
    return Session(7, 1, 3, day, day, NOON, state, facilitator)


seen = st.builds(
    view.Seen,
    circle=circles,
    session=st.builds(session, st.sampled_from(SessionState), st.sampled_from([None, ADA])),
    question=st.none() | st.builds(Question, st.just("q"), names, prompt=names),
    attendance=st.lists(
        st.builds(
            Attendance, st.sampled_from(PEOPLE), st.none() | st.booleans(), st.integers(0, 3)
        ),
        max_size=12,
    ),
    before=commitments,
    made=commitments,
)

# Our own sentences of circles that Slack may format.
OURS = re.compile(
    r"\*(Session \d+( is closed\.)?|Check-in|A member's case, or the question)\*"
    r"|\*One commitment each\*"
    r"|\*What is said here stays here\.\*|\*Everybody gets the same air time\*"
    r"|\*No patient identifiers\*|`/invite @mentor`"
)


def harmless(markups: Sequence[str], circle: Circle) -> None:
    named = f"*{safe(circle.name)}*"
    for markup in markups:
        assert read_as_markup(OURS.sub("", markup.replace(named, ""))) == []


@few
@given(seen)
def test_no_message_of_a_session_is_harmed_by_what_was_typed(each: view.Seen) -> None:
    for draw in (view.run_sheet, view.thread, view.summary, view.missed, view.moved):
        shown = draw(each)
        assert faults_of_message(shown) == [], draw.__name__
        harmless(marked_up(shown), each.circle)


@few
@given(circles)
def test_no_message_of_a_circle_is_harmed_by_its_name(circle: Circle) -> None:
    messages = [
        circles_view.joined_circle(circle, Standing.IN),
        circles_view.joined_circle(circle, Standing.WAITING),
        circles_view.left_circle(circle),
        circles_view.welcome(circle, Standing.IN),
        circles_view.place_free(circle),
        circles_view.another_wanted(circle, 3),
        circles_view.fault(circle),
        circles_view.news(circle, "resume-1"),
        circles_view.started(circle),
    ]
    for shown in messages:
        assert faults_of_message(shown) == []
        harmless(marked_up(shown), circle)


@few
@given(st.lists(circles, max_size=60))
def test_a_list_of_many_circles_stays_within_slacks_limits(many: list[Circle]) -> None:
    own = CircleMember(BEN, Standing.IN, NOON)
    shown = circles_view.circles_list(
        [(each, [own], own, session(SessionState.PLANNED, None)) for each in many]
    )
    assert faults_of_message(shown) == []


@pytest.mark.parametrize(
    "form",
    [
        circles_view.new_form([], "Europe/Berlin", date(2026, 12, 1)),
        view.commit_form(7),
        view.suggest_form(7),
        view.settle_form(7, [Commitment(1, 1, 1, BEN, "x" * 500, CommitmentState.OPEN)] * 1),
        view.settle_form(7, []),
    ],
)
def test_every_form_stays_within_slacks_limits(form: Modal) -> None:
    assert faults_of(form.to_api()["blocks"], most=100) == []
