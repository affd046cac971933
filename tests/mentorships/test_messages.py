"""What people see of mentorships stays whole whatever was typed, and says the truth by state."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentorships import starter
from bot.rules.pairing import Bar, Seeker, Suggested, suggest
from bot.views.blocks import Message
from bot.views.mentorships import asking, cards, inviting, news, suggestions
from bot.views.mentorships.cards import Seen
from bot.views.mentorships.suggestions import Offered
from storage.records import CareerStage
from storage.records.mentorships import (
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
    PossibleMentor,
)
from storage.records.profiles import Need, Profile
from tests.promises.test_typed_words import LONGEST, few, names, read_as_markup, topics, words
from tests.support.cards import (
    ADA,
    BEN,
    NOON,
    action_ids,
    faults_of,
    faults_of_message,
    marked_up,
)

says = st.none() | st.booleans()
mentorships = st.builds(
    Mentorship,
    id=st.integers(1, 99),
    kind=st.sampled_from(MentorshipKind),
    state=st.sampled_from(MentorshipState),
    mentor=st.just(ADA),
    mentee=st.just(BEN),
    asked_by=st.sampled_from([ADA, BEN]),
    asked_at=st.just(NOON),
    need=st.sampled_from([None, "early-balance"]),
    note=words,
    rhythm=st.none() | st.sampled_from(CheckinRhythm),
    due_at=st.sampled_from([None, NOON]),
    mentor_says=says,
    mentee_says=says,
    started_at=st.sampled_from([None, NOON]),
    ends_at=st.sampled_from([None, NOON]),
    paused_until=st.sampled_from([None, NOON]),
    version=st.integers(0, 2),
    met_at=st.sampled_from([None, NOON]),
)
needs = st.builds(Need, st.just("early-balance"), st.sampled_from(CareerStage), names, words)
seen = st.builds(
    Seen,
    mentorships,
    st.none() | needs,
    st.none() | names,
    st.none() | names,
    st.sampled_from([None, ADA, BEN]),
    st.sampled_from([None, NOON]),
)
possible = st.builds(
    PossibleMentor,
    st.just(ADA),
    st.none() | st.sampled_from(CareerStage),
    names,
    names,
    st.frozensets(st.integers(1, 4)),
    st.integers(1, 9),
)
profiles = st.builds(
    Profile, st.just(BEN), st.none() | st.sampled_from(CareerStage), names, names, words,
    seeks=topics,
)  # fmt: skip
TOLD = (*news._WORDS, "resumed-17")  # noqa: SLF001 - each is a word of a key
OURS = re.compile(r"`/mentor (how do I …\?|circles|with @colleague|expert)`")


def harmless(shown: Message) -> None:
    assert faults_of_message(shown) == []
    for markup in marked_up(shown):
        assert read_as_markup(OURS.sub("", markup)) == []


@few
@given(seen)
def test_no_message_of_a_mentorship_is_harmed_by_what_was_typed(each: Seen) -> None:
    for me in (ADA, BEN):
        harmless(cards.card(each, me))
        harmless(cards.request_waits(each, me) or cards.settled(each.mentorship, me))
        for told in TOLD:
            shown = news.news(each, me, told)
            assert shown
            harmless(shown)


@few
@given(st.lists(seen, max_size=40))
def test_a_list_of_many_stays_within_slacks_limits(many: list[Seen]) -> None:
    harmless(cards.listed(many, BEN))


@few
@given(needs, st.lists(possible, max_size=3), st.dictionaries(st.integers(1, 4), names))
def test_suggestions_are_not_harmed_by_names(
    need: Need, crowd: list[PossibleMentor], named: dict[int, str]
) -> None:
    crowd = [
        replace(each, user=f"U0{name}")
        for each, name in zip(crowd, ("ADA", "IVY", "CAM"), strict=False)
    ]
    seeker = Seeker(BEN, None, "x", "y", frozenset(named))
    offered = Offered(need, suggest(seeker, crowd, NOON), named)
    blocks = suggestions.suggestions(offered).blocks
    assert faults_of(blocks, most=100) == []
    lines, buttons = suggestions.offered_lines(offered)
    told = news.news(Seen(MENTORSHIP), BEN, "declined", offered)
    assert told
    harmless(told)
    assert lines
    assert len({each["action_id"] for each in buttons}) == len(buttons)


@few
@given(profiles, needs)
def test_a_drafted_note_is_typed_words_that_fit_the_form(profile: Profile, need: Need) -> None:
    form = suggestions.request_form(ADA, profile, need).to_api()
    assert faults_of(form["blocks"], most=100) == []
    for markup in marked_up(Message("", form["blocks"])):
        assert read_as_markup(markup) == []
    assert form["private_metadata"] == f"{ADA}/early-balance"


MENTORSHIP = Mentorship(
    17, MentorshipKind.FORMAL, MentorshipState.ASKED, ADA, BEN, BEN, NOON, "early-balance",
    "Could we talk?", due_at=NOON,
)  # fmt: skip


@pytest.mark.parametrize("long", LONGEST)
def test_the_longest_words_still_fit(long: str) -> None:
    need = Need("n", CareerStage.EARLY, long[:150], long[:3000])
    each = Seen(replace(MENTORSHIP, note=long[:3000]), need)
    for me in (ADA, BEN):
        assert faults_of_message(cards.card(each, me)) == []
        waits = cards.request_waits(each, me) or cards.settled(each.mentorship, me)
        assert faults_of_message(waits) == []
    assert faults_of_message(cards.listed([each] * 40, BEN)) == []
    form = suggestions.find_form({CareerStage.EARLY: [replace(need, name=long[:60])] * 3}).to_api()
    assert faults_of(form["blocks"], most=100) == []


@pytest.mark.parametrize(
    ("state", "mine", "theirs"),
    [
        ("asked", {"withdraw"}, {"accept", "decline", "meet_first"}),
        (
            "meeting",
            {"yes_after_meeting", "no_after_meeting", "checkin.plan", "withdraw"},
            {"yes_after_meeting", "no_after_meeting", "checkin.plan"},
        ),
        (
            "agreeing",
            {"agreement.write", "checkin.plan", "end"},
            {"agreement.write", "checkin.plan", "end"},
        ),
        (
            "active",
            {"checkin.plan", "goals.edit", "rhythm", "pause", "end"},
            {"checkin.plan", "rhythm", "pause", "end"},
        ),
        ("paused", {"resume", "end"}, {"resume", "end"}),
        ("ended", set(), set()),
        ("declined", {"find"}, set()),
        ("lapsed", {"find"}, set()),
        ("withdrawn", set(), set()),
    ],
)
def test_each_sees_the_buttons_of_the_state_and_no_others(
    state: str, mine: set[str], theirs: set[str]
) -> None:
    each = Seen(replace(MENTORSHIP, state=MentorshipState(state)))
    for me, wanted in ((BEN, mine), (ADA, theirs)):
        shown = {found.removeprefix("mentorship.") for found in action_ids(cards.card(each, me))}
        assert shown == wanted


def test_who_has_answered_after_a_meeting_is_not_asked_again() -> None:
    met = replace(MENTORSHIP, state=MentorshipState.MEETING, mentee_says=False)
    assert "mentorship.no_after_meeting" not in action_ids(cards.card(Seen(met), BEN))
    told = cards.card(Seen(met), ADA)
    assert told == cards.card(Seen(replace(met, mentee_says=None)), ADA)


@pytest.mark.parametrize("why", [Bar.NO_ROOM, Bar.TOGETHER, Bar.NOT_OFFERED])
def test_when_there_is_nobody_it_says_what_to_do(why: Bar) -> None:
    need = Need("n", CareerStage.EARLY, "Talks")
    lines, _ = suggestions.offered_lines(Offered(need, Suggested((), why), {1: "writing"}))
    told = " ".join(str(line) for line in lines)
    assert "Nobody who offers writing" in told or "everybody who offers writing" in told
    assert "`/mentor with @colleague`" in told


@pytest.mark.parametrize("colleague", [None, ADA])
def test_the_forms_for_a_colleague_fit_slacks_limits(colleague: str | None) -> None:
    for form in (
        asking.with_form(colleague, "x" * 3000),
        asking.observe_form(colleague, ""),
        asking.swap_form(colleague, "", (), (), ()),
        inviting.starter_page(starter()),
    ):
        view = form.to_api()
        assert faults_of(view["blocks"], most=100) == []
        assert len(view["title"]["text"]) <= 24
    for shown in (inviting.informal_offer(ADA), inviting.become_expert(), inviting.is_expert()):
        harmless(shown)
    assert faults_of_message(asking.sent(MENTORSHIP)) == []
