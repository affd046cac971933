"""What people read of check-ins: within Slack's limits, and harmed by nothing typed."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.blocks import Message, Modal
from bot.views.checkins import cards, forms
from storage.records import CommitmentState, WorkingHours
from storage.records.checkins import Checkin, CheckinCommitment, CheckinNote, CheckinState
from storage.records.mentorships import (
    CheckinRhythm,
    Goal,
    GoalState,
    Mentorship,
    MentorshipKind,
    MentorshipState,
)
from tests.promises.test_typed_words import LONGEST, few, read_as_markup, words
from tests.support.cards import ADA, BEN, NOON, PEOPLE, faults_of, faults_of_message, marked_up

PAIR = Mentorship(
    3, MentorshipKind.FORMAL, MentorshipState.ACTIVE, ADA, BEN, BEN, NOON,
    rhythm=CheckinRhythm.MONTHLY, paused_until=NOON,
)  # fmt: skip
short = words.map(lambda each: each[:2000])
moments = st.integers(NOON - 10**6, NOON + 10**6)
checkins = st.builds(
    Checkin,
    id=st.just(7),
    mentorship_id=st.just(3),
    proposed_by=st.sampled_from([ADA, BEN]),
    starts_at=moments,
    minutes=st.sampled_from([30, 45, 60]),
    agenda=short,
    state=st.sampled_from(CheckinState),
    uid=st.just("abc"),
    sequence=st.integers(0, 3),
    moved_from=st.none() | moments,
    changed_by=st.sampled_from([None, ADA]),
    told_by=st.sampled_from([None, BEN]),
)
notes = st.builds(CheckinNote, st.just(7), st.sampled_from([ADA, BEN]), short, st.just(True))
commitments = st.builds(
    CheckinCommitment,
    st.integers(1, 99),
    st.just(7),
    st.sampled_from(PEOPLE),
    short.map(lambda each: each[:500]),
    st.sampled_from(CommitmentState),
    st.sampled_from([None, date(2026, 12, 4)]),
)
seen = st.builds(
    cards.Seen,
    checkin=checkins,
    mentorship=st.just(PAIR),
    reader=st.sampled_from([ADA, BEN]),
    zone=st.sampled_from(["America/New_York", "Asia/Kolkata", "Nowhere/Else"]),
    now=moments,
    notes=st.lists(notes, max_size=2),
    commitments=st.lists(commitments, max_size=20),
)
goals = st.lists(
    st.builds(
        Goal,
        st.integers(1, 10**6),
        st.just(BEN),
        short.map(lambda each: each[:500]),
        st.just(GoalState.OPEN),
        st.integers(0, 3),
        st.just(NOON),
    ),
    max_size=5,
    unique_by=lambda each: each.id,
).map(tuple)

# Our own sentences of check-ins that Slack may format, and the four links.
OURS = re.compile(r"\*Check-in\*|<https://(calendar|outlook)[^|>]+\|[\w. ]+>|</?[^>]*>\Z|\d\d:\d\d")
DRAWN = (
    cards.card, cards.news, cards.reminder, cards.no_longer, cards.how_was_it, cards.told,
    cards.what_was_told,
)  # fmt: skip


def check(name: str, shown: Message) -> None:
    assert faults_of_message(shown) == [], name
    for markup in marked_up(shown):
        assert read_as_markup(OURS.sub("", markup)) == [], name


@few
@given(seen)
def test_no_message_of_a_check_in_is_harmed_by_what_was_typed(each: cards.Seen) -> None:
    for draw in DRAWN:
        check(draw.__name__, draw(each))
    check("with file", Message(cards.with_file(each), [{"type": "divider"}]))


@pytest.mark.parametrize("state", MentorshipState)
@pytest.mark.parametrize("rhythm", [None, *CheckinRhythm])
def test_every_message_to_a_pair_stays_within_slacks_limits(
    state: MentorshipState, rhythm: CheckinRhythm | None
) -> None:
    pair = replace(PAIR, state=state, rhythm=rhythm)
    check("plan", cards.plan_question(pair, ADA, None))
    check("plan", cards.plan_question(pair, BEN, NOON))
    check("rethink", cards.rethink_question(pair, ADA))
    check("settled", cards.settled(pair, ADA, None))
    for what in ("rhythm", "pause", "resume"):
        check(what, cards.pair_news(pair, ADA, what))


@few
@given(checkins, goals, st.lists(commitments, max_size=5, unique_by=lambda each: each.id), notes)
def test_no_form_is_harmed(
    checkin: Checkin,
    open_goals: tuple[Goal, ...],
    before: list[CheckinCommitment],
    note: CheckinNote,
) -> None:
    planning = forms.Planning(PAIR, ADA, WorkingHours(), NOON, NOON, open_goals, checkin)
    telling = forms.Telling(
        checkin, ADA, (note, replace(note, shared=False)), tuple(before), open_goals, None, NOON
    )
    for form in (
        forms.plan_form(planning),
        forms.plan_with_form(),
        forms.move_form(planning),
        forms.tell_form(telling),
        forms.tell_form(replace(telling, after=checkin)),
        forms.rhythm_form(PAIR),
        forms.pause_form(PAIR, date(2026, 12, 4)),
    ):
        harmless(form)


def harmless(form: Modal) -> None:
    view = form.to_api()
    assert faults_of(view["blocks"], most=100) == []
    assert len(view["title"]["text"]) <= 24
    assert len(view["submit"]["text"]) <= 24
    assert view["private_metadata"] in ("", "3", "7")
    for markup in marked_up(Message("", view["blocks"])):
        assert read_as_markup(OURS.sub("", markup)) == []


@pytest.mark.parametrize("long", LONGEST)
def test_the_longest_words_still_fit(long: str) -> None:
    checkin = Checkin(7, 3, BEN, NOON, 30, long[:2000], CheckinState.HELD, "abc")
    told = [CheckinNote(7, user, long[:2000], shared=True) for user in (ADA, BEN)]
    promised = [CheckinCommitment(n, 7, ADA, long[:500], CommitmentState.OPEN) for n in range(30)]
    for state in CheckinState:
        each = cards.Seen(replace(checkin, state=state), PAIR, BEN, "UTC", NOON - 5, told, promised)
        for draw in DRAWN:
            check(draw.__name__, draw(each))


def test_a_time_is_told_in_words_in_the_colleagues_own_zone() -> None:
    assert cards.in_words(NOON, "America/New_York") == "Tuesday 24 November, 07:00 (New York)"
    assert cards.in_words(NOON, "Asia/Kolkata") == "Tuesday 24 November, 17:30 (Kolkata)"
    assert cards.in_words(NOON, "Nowhere/Else") == "Tuesday 24 November, 12:00 (UTC)"


def test_working_hours_are_told_in_words() -> None:
    usual = WorkingHours(zone="Europe/Berlin")
    assert cards.hours_in_words(usual) == "Mon–Fri, 09:00 to 17:00 (Berlin)"
    assert cards.hours_in_words(WorkingHours(days=())) == "no regular hours"
