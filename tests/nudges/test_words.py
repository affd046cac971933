"""Every reminder, reason and kind has words, within Slack's limits and without blame."""

from typing import Any

import pytest

from bot.nudges import TELL_ONLY
from bot.rules.disturbance import Because, Snooze
from bot.rules.nudges import JUST_WORDS, STANDS_FOR, Thing, asking, is_nudge, key_of
from bot.views import nudges as view
from bot.views.blocks import Message, actions, button, section
from storage.records import WorkingHours
from storage.records.nudges import KindState, Nudge, NudgeKind, NudgeState
from tests.support.cards import NOON, action_ids, faults_of, faults_of_message
from tests.test_refusals import BLAME


def nudge(thing: Thing = Thing.USEFUL, **changes: Any) -> Nudge:
    kind, importance = STANDS_FOR.get(thing, (NudgeKind.SESSIONS, 0))
    values: dict[str, Any] = {
        "id": 7, "user": "U0BEN", "thing": thing, "kind": kind, "about": 1, "occasion": 0,
        "state": NudgeState.SENT, "importance": importance, "until": NOON + 9, "due_at": NOON,
    }  # fmt: skip
    return Nudge(**{**values, **changes})


def seen(**changes: Any) -> view.Seen:
    values: dict[str, Any] = {
        "nudge": nudge(), "again": None, "snoozes": list(Snooze), "kind": KindState.ON,
    }  # fmt: skip
    return view.Seen(**{**values, **changes})


def coming(*waiting: view.Waiting, **changes: Any) -> view.Coming:
    values: dict[str, Any] = {
        "kinds": dict.fromkeys(NudgeKind, KindState.ON),
        "hours": WorkingHours(),
        "paused_until": None,
        "now": NOON,
    }
    return view.Coming(waiting, **{**values, **changes})


def test_everything_has_words() -> None:
    assert set(view.THINGS) == set(Thing)
    assert set(view.WHY) == set(Because)
    assert set(view.KINDS) == set(NudgeKind)
    assert set(view.SNOOZES) == set(Snooze)
    for words in (*view.THINGS.values(), *view.WHY.values(), *(a for a, _ in view.KINDS.values())):
        assert not BLAME.search(words)
        assert not words.endswith(".")


def test_every_thing_stands_for_a_kind() -> None:
    assert set(STANDS_FOR) == set(Thing) - {Thing.KEEP}
    assert {kind for kind, _ in STANDS_FOR.values()} == set(NudgeKind)
    assert set().union(*map(asking, NudgeKind)) == set(Thing) - TELL_ONLY


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        pytest.param({}, "session-useful/1/U0BEN", id="once"),
        pytest.param({"occasion": 5}, "session-useful/1/U0BEN/5", id="on an occasion"),
        pytest.param({"round": 2}, "session-useful/1/U0BEN/0/2", id="snoozed twice"),
    ],
)
def test_every_round_has_a_key_of_its_own(changes: dict[str, Any], key: str) -> None:
    assert key_of(nudge(**changes)) == key
    assert is_nudge(key)
    assert not is_nudge("session-thread/1")


LONG = Message("x" * 3900, [section("x"), actions(button("Yes", "a.b", "1"))] * 25)


@pytest.mark.parametrize("state", NudgeState)
@pytest.mark.parametrize("kind", KindState)
@pytest.mark.parametrize("because", [None, *Because])
def test_the_longest_message_stays_within_slacks_limits(
    state: NudgeState, kind: KindState, because: Because | None
) -> None:
    again = nudge(round=1, state=NudgeState.DROPPED, because=because)
    shown = view.around(LONG, seen(nudge=nudge(state=state), again=again, kind=kind))
    faults = [each for each in faults_of_message(shown) if each != "a block id twice"]
    assert faults == []


def test_a_kind_that_is_off_is_not_offered_to_be_stopped() -> None:
    message = Message("x", [section("x")])
    assert view.STOP not in action_ids(view.around(message, seen(kind=KindState.OFF)))
    assert view.SNOOZE not in action_ids(view.around(message, seen(snoozes=[])))


@pytest.mark.parametrize(
    ("again", "words"),
    [
        pytest.param({"state": NudgeState.WAITING}, "I remind you again <!date", id="waits"),
        pytest.param({"state": NudgeState.SENT}, "I have reminded you again since.", id="came"),
        pytest.param({"because": Because.DONE}, "Seen to.", id="done meanwhile"),
        pytest.param({"because": Because.TURNED_OFF}, "No more reminders of", id="stopped"),
        pytest.param({"because": Because.NO_LONGER}, "it no longer applies", id="gone"),
    ],
)
def test_a_snoozed_reminder_says_what_has_become_of_it(again: dict[str, Any], words: str) -> None:
    later = nudge(**{"round": 1, "state": NudgeState.DROPPED, **again})
    shown = view.around(
        Message("x", [section("x")]), seen(nudge=nudge(state=NudgeState.SNOOZED), again=later)
    )
    assert words in shown.text
    assert words in str(shown.blocks)


def test_what_stands_and_is_over_says_so() -> None:
    assert "nothing left to do" in view.no_longer(nudge()).text
    assert "Seen to" in view.no_longer(nudge(heeded_at=NOON)).text


@pytest.mark.parametrize("because", [None, *Because])
def test_the_list_stays_within_slacks_limits(because: Because | None) -> None:
    waiting = [
        view.Waiting(nudge(thing, state=NudgeState.WAITING, because=because), at)
        for thing in STANDS_FOR
        for at in (NOON, NOON + 99)
    ]
    kinds = dict.fromkeys(NudgeKind, KindState.ASKED)
    shown = coming(*waiting, kinds=kinds, paused_until=NOON + 60)
    form = view.reminders(shown).to_api()
    assert faults_of(form["blocks"], most=100) == []
    assert len(form["title"]["text"]) <= 24
    assert faults_of(view.saved(shown).blocks, most=100) == []


def test_what_can_only_come_too_late_is_said_to_come_no_more() -> None:
    late = view.Waiting(nudge(because=Because.PAUSED), NOON + 9)
    (line,) = view.lines(coming(late))
    assert line.endswith("When I may say it, it is over, so I will not.")


@pytest.mark.parametrize(
    ("off", "words"),
    [
        pytest.param([], "circles and sessions, check-ins,", id="all on"),
        pytest.param([NudgeKind.CHECKINS], "Off: check-ins.", id="one off"),
        pytest.param(list(NudgeKind), "I remind you of nothing any more.", id="all off"),
    ],
)
def test_what_was_saved_is_said(off: list[NudgeKind], words: str) -> None:
    kinds = {kind: KindState.OFF if kind in off else KindState.ON for kind in NudgeKind}
    assert words in str(view.saved(coming(kinds=kinds)).blocks)


@pytest.mark.parametrize("kind", KindState)
def test_just_words_can_be_stopped_and_need_nothing_else(kind: KindState) -> None:
    said = Message("Thank you", [section("Thank you")])
    for thing in JUST_WORDS:
        shown = view.around(said, seen(nudge=nudge(thing), kind=kind))
        assert action_ids(shown) == ({view.STOP} if kind is KindState.ON else set())
        assert faults_of_message(shown) == []
