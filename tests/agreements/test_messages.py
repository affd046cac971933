"""What people see of profiles, agreements, goals and feedback stays whole, whatever was typed."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from bot.rules.health import ASPECTS_AND_TRAITS
from bot.rules.needs import By, Place
from bot.views import agreements as agreement_view
from bot.views import feedback, profiles
from bot.views import goals as goal_view
from bot.views.blocks import Home, Message, Modal
from bot.views.checkins import PLAN
from bot.views.home import SHOWN, Standing, home
from bot.views.mentorships.ids import FIND
from storage.records import (
    CareerStage,
    Circle,
    CircleState,
    Commitment,
    CommitmentState,
    Expert,
    Rhythm,
    Session,
    SessionState,
    Topic,
    WorkingHours,
)
from storage.records.checkins import Checkin, CheckinState
from storage.records.mentorships import (
    Agreement,
    CheckinRhythm,
    Goal,
    GoalState,
    Mentorship,
    MentorshipKind,
    MentorshipState,
    Terms,
)
from storage.records.profiles import Need, Profile
from tests.promises.test_typed_words import LONGEST, few, names, read_as_markup, words
from tests.support.cards import (
    ADA,
    BEN,
    NOON,
    consult,
    faults_of,
    faults_of_message,
    marked_up,
)

PAIR = Mentorship(
    17, MentorshipKind.FORMAL, MentorshipState.ACTIVE, ADA, BEN, BEN, NOON, "late-new",
    started_at=NOON, ends_at=NOON + 9, version=2,
)  # fmt: skip
FINE = dict.fromkeys(map(str, ASPECTS_AND_TRAITS), 1)
# A name in bold is ours: a sign that was typed has a zero-width space after it.
OURS = re.compile(r"`/mentor[^`<>\u200b]*`|\*(?!\u200b)(?P<name>[^\n]*?)\*(?!\u200b)")


def agreement(said: str, version: int, *, signed: bool) -> Agreement:
    terms = Terms(said, said, said, said, CheckinRhythm.MONTHLY, 12, said, ending=said)
    return Agreement(17, version, terms, BEN, NOON, NOON, NOON if signed else None)


def messages(said: str) -> list[Message]:
    made: list[Message | None] = []
    for pair in (PAIR, replace(PAIR, state=MentorshipState.ENDED), replace(PAIR, started_at=None)):
        for me in (ADA, BEN):
            for version in (1, 2, 3):
                each = agreement(said, version, signed=version < 3)
                made += [
                    agreement_view.agreement_card(pair, each, me, newest=3),
                    agreement_view.waiting(pair, each, me),
                ]
            made += [
                agreement_view.waiting(pair, None, me),
                agreement_view.signed_news(pair, me, first=True, plan=PLAN),
                agreement_view.was_signed(pair, me),
                agreement_view.review(pair, me),
                agreement_view.term_ends(pair, me, NOON + 9, answered=False),
                agreement_view.term_ends(pair, me, NOON + 9, answered=True),
                feedback.health_question(pair, me, 1),
                feedback.health_shown(pair, me, {ADA: FINE, BEN: FINE}),
                feedback.ended(pair, me, answered=False),
                feedback.ended(pair, me, answered=True),
                feedback.closing_survey(pair, me, answered=False),
                feedback.outcome_question(pair, me, answered=False),
                feedback.thanked(pair, me, said),
            ]
    return [each for each in made if each]


def goals(said: str, count: int = 10) -> list[Goal]:
    return [Goal(n, BEN, said or "x", GoalState.OPEN, n % 4, NOON) for n in range(1, count + 1)]


def described(said: str, name: str) -> Profile:
    many = tuple(Topic(number, name) for number in range(20))
    return Profile(
        BEN, CareerStage.LATE, name, name, said[:200], 3, WorkingHours(), NOON + 9, 1, many, many
    )


def forms(said: str, name: str) -> list[Modal]:
    profile = described(said, name)
    expert = Expert(BEN, said[:200], 50, WorkingHours(), None, profile.offers)
    need = [Need(f"n{number}", CareerStage.LATE, name, said) for number in range(150)]
    one = agreement(said[:1000], 2, signed=True)
    return [
        profiles.basics_form(profile),
        profiles.topics_form(profile.offers, profile),
        profiles.time_form(profile),
        profiles.introduced(profile),
        profiles.profile_form(profile.offers, profile, expert, [ADA]),
        profiles.saved(profile),
        profiles.cover_form(need),
        profiles.cover_form([]),
        agreement_view.agreement_form(PAIR, one),
        agreement_view.agreement_form(PAIR, None),
        agreement_view.reading(PAIR, one, BEN),
        agreement_view.reading(PAIR, None, BEN),
        agreement_view.sent(PAIR, BEN),
        goal_view.goals_form(goals(said[:300])),
        goal_view.goals_form([]),
        goal_view.saved(goals(said[:300]), goals(said[:300])),
        feedback.traits_form(PAIR, BEN, 1),
        feedback.aspects_form(PAIR, 1),
        feedback.scored(PAIR, FINE),
        feedback.closing_form(PAIR, BEN),
        feedback.outcomes_form(PAIR),
        feedback.thank_you(),
    ]


def full_home(said: str, name: str) -> Home:
    """As much of everything as there may be, and more."""
    day = date(2026, 12, 1)
    circle = Circle(
        5, name, said, None, 6, False, Rhythm.WEEKLY, day, 0, "UTC", None,
        CircleState.ACTIVE, ADA, NOON, "C0ONC",
    )  # fmt: skip
    ahead = Session(1, 5, 2, day, day, NOON, SessionState.PREPARED, BEN)
    checkin = Checkin(1, 17, BEN, NOON, 30, said, CheckinState.PLANNED, "")
    commitment = Commitment(1, 5, 1, BEN, said, CommitmentState.MOVED)
    many: dict[str, Any] = {
        "waiting": [consult(question=said)] * 20,
        "taken": [consult(question=said)] * 20,
        "asked": [(consult(question=said), [])] * 20,
        "circles": [(circle, ahead)] * 20,
        "commitments": [commitment] * 20,
        "mentorships": [replace(PAIR, id=number) for number in range(1, 40)],
        "checkins": [(checkin, PAIR)] * 20,
        "goals": goals(said[:300], 20),
        "places": [
            Place(Need(f"n{number}", CareerStage.LATE, name, said), by, ADA)
            for number in range(10)
            for by in By
        ],
        "signs": dict.fromkeys(range(1, 40), BEN),
    }
    expert = Expert(BEN, said[:200], 50, WorkingHours(), NOON + 99, described(said, name).offers)
    return home(Standing(BEN, expert=expert, now=NOON, profile=described(said, name), **many))


def harmless(blocks: Any) -> None:
    assert faults_of(blocks, most=100) == []
    for markup in marked_up(Message("", blocks)):
        assert read_as_markup(OURS.sub(r"\g<name>", markup)) == []


@few
@given(words)
def test_no_message_is_harmed_by_what_was_typed(said: str) -> None:
    for shown in messages(said[:1000]):
        assert faults_of_message(shown) == []
        for markup in marked_up(shown):
            assert read_as_markup(OURS.sub(r"\g<name>", markup)) == []


@few
@given(words, names)
def test_no_form_is_harmed_by_what_was_typed(said: str, name: str) -> None:
    for form in forms(said, name):
        view = form.to_api()
        harmless(view["blocks"])
        assert len(view["title"]["text"]) <= 24
        assert re.fullmatch(r"(17(\.\d)?)?", view["private_metadata"])


@few
@given(words, names)
def test_home_with_everything_is_not_harmed_by_what_was_typed(said: str, name: str) -> None:
    harmless(full_home(said, " ".join(f"N{name}".split())).blocks)


@pytest.mark.parametrize("long", LONGEST)
def test_the_longest_words_and_most_of_everything_still_fit(long: str) -> None:
    for shown in messages(long[:1000]):
        assert faults_of_message(shown) == []
    for form in forms(long, long[:60]):
        assert faults_of(form.to_api()["blocks"], most=100) == []
    blocks = full_home(long, long[:60]).blocks
    assert faults_of(blocks, most=100) == []
    assert profiles.EDIT in str(blocks[-1])
    assert str(blocks).count(f"'{FIND}'") <= profiles.SHOWN + 1
    assert SHOWN == 5


def test_the_text_of_an_agreement_says_all_that_was_agreed() -> None:
    """Screen readers read `text` alone."""
    terms = Terms(
        "reach it", "comes prepared", "listens", "stays here", feedback="often", ending="any time"
    )
    each = replace(agreement("", 2, signed=False), terms=terms)
    text = agreement_view.agreement_card(PAIR, each, ADA, newest=2).text
    assert all(
        words in text
        for words in (terms.objectives, terms.mentee_does, terms.mentor_does, terms.boundaries)
    )
    assert "Feedback: often" in text
    assert "How it ends: any time" in text
    assert "every two weeks" in text
    assert "12 months" in text
