"""The forms of a check-in: planning it, moving it, telling of it; a pair's rhythm and rest."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bot.rules.checkins import AGENDA_MAX, LENGTHS, agenda_from
from bot.views import checkins as ids
from bot.views.blocks import (
    Block,
    Modal,
    choice_of,
    context,
    cut,
    date,
    field_of,
    option,
    section,
    text_input,
    user,
    users_select,
)
from bot.views.checkins.cards import RHYTHMS, hours_in_words, in_words
from bot.views.goals import PROGRESS
from bot.views.sessions import BECAME
from storage.records import CommitmentState, WorkingHours
from storage.records.checkins import Checkin, CheckinCommitment, CheckinNote
from storage.records.mentorships import Goal, Mentorship

NOTE_MAX = 2000
PROMISE_MAX = 500
NO_PATIENTS = "Please write nothing that identifies a patient."


@dataclass(frozen=True, slots=True)
class Planning:
    """What the form of a new or moved check-in shows to one of the two.

    `hours`: the colleague's working hours; `proposed`: when it might be, or is; `goals`: the
    mentee's open ones. `checkin`: the one to be moved.
    """

    mentorship: Mentorship
    colleague: str
    hours: WorkingHours
    proposed: int
    now: int
    goals: tuple[Goal, ...] = ()
    checkin: Checkin | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """What the form after a check-in shows to one of the two.

    `notes`: what they wrote before; `open_before`: what they said they would do; `goals`: theirs,
    if they are the mentee; `after`: the check-in that is planned already; `proposed`: when the next
    might be (None: none can be planned).
    """

    checkin: Checkin
    colleague: str
    notes: tuple[CheckinNote, ...]
    open_before: tuple[CheckinCommitment, ...]
    goals: tuple[Goal, ...]
    after: Checkin | None
    proposed: int | None


def plan_form(planning: Planning) -> Modal:
    """Where a check-in is planned, with a time in it that suits both."""
    return Modal(
        "Plan a check-in",
        [
            section(f"A check-in with {user(planning.colleague)}."),
            *_hours(planning),
            *_when(planning.proposed, LENGTHS[0], agenda_from(planning.goals)),
        ],
        ids.PLAN_FORM,
        "Plan it",
        str(planning.mentorship.id),
    )


def plan_with_form() -> Modal:
    """The same for who is in several mentorships: with whom is a field too."""
    return Modal(
        "Plan a check-in",
        [
            field_of("user", "With whom", users_select("user", "A colleague")),
            *_when(None, LENGTHS[0], ""),
        ],
        ids.PLAN_WITH_FORM,
        "Plan it",
    )


def move_form(planning: Planning) -> Modal:
    """Where a check-in gets another time, length or agenda."""
    checkin = planning.checkin
    minutes, agenda = (checkin.minutes, checkin.agenda) if checkin else (LENGTHS[0], "")
    return Modal(
        "Move the check-in",
        [
            section(f"Your check-in with {user(planning.colleague)}."),
            *_hours(planning),
            *_when(planning.proposed, minutes, agenda),
        ],
        ids.MOVE_FORM,
        "Save",
        str(checkin.id if checkin else 0),
    )


def _hours(planning: Planning) -> list[Block]:
    works, there = hours_in_words(planning.hours), in_words(planning.now, planning.hours.zone)
    return [context(f"{user(planning.colleague)} works {works}; now it is {there} there.")]


def _when(at: int | None, minutes: int, agenda: str) -> list[Block]:
    return [
        field_of("when", "Date and time", _moment(at), hint="In your own time zone."),
        field_of("minutes", "Length", _length(minutes)),
        field_of(
            "agenda",
            "Agenda",
            text_input(agenda, multiline=True, longest=AGENDA_MAX),
            optional=True,
            hint=f"Both of you see it, here and in your calendars. {NO_PATIENTS}",
        ),
    ]


def _moment(at: int | None) -> Block:
    return {"type": "datetimepicker"} | ({"initial_date_time": at} if at else {})


def _length(chosen: int) -> Block:
    options = [option(f"{minutes} minutes", str(minutes)) for minutes in LENGTHS]
    return choice_of("static_select", options, [str(chosen)])


def tell_form(telling: Telling) -> Modal:
    """Where one of the two tells of a check-in, and plans the next."""
    return Modal(
        "After the check-in",
        [
            section(
                f"Your check-in with {user(telling.colleague)}, {date(telling.checkin.starts_at)}."
            ),
            *_held(telling),
            *_settle(telling),
            *_notes(telling),
            *_agreed(),
            *_goals(telling),
            *_next(telling),
        ],
        ids.TELL_FORM,
        "Save",
        str(telling.checkin.id),
    )


def _held(telling: Telling) -> list[Block]:
    if telling.checkin.told_by is not None:
        return []
    answers = choice_of("radio_buttons", [option("Yes", "yes"), option("No", "no")])
    return [field_of("held", "Did it take place?", answers)]


def _settle(telling: Telling) -> list[Block]:
    outcomes = (CommitmentState.DONE, CommitmentState.MOVED, CommitmentState.DROPPED)
    return [
        field_of(
            f"commitment-{each.id}",
            f"You said you would: {cut(each.words, 200)}",
            choice_of("radio_buttons", [option(BECAME[s].capitalize(), s.value) for s in outcomes]),
            optional=True,
        )
        for each in telling.open_before
    ]


def _notes(telling: Telling) -> list[Block]:
    before = {note.shared: note.words for note in telling.notes}
    return [
        field_of(
            "shared",
            "Notes for both of you",
            text_input(before.get(True, ""), multiline=True, longest=NOTE_MAX),
            optional=True,
            hint=NO_PATIENTS,
        ),
        field_of(
            "own",
            "Notes for yourself alone",
            text_input(before.get(False, ""), multiline=True, longest=NOTE_MAX),
            optional=True,
            hint="Shown to nobody else; this form shows them to you again.",
        ),
    ]


def _agreed() -> list[Block]:
    return [
        part
        for name, whose in (("mine", "What will you do?"), ("theirs", "What will they do?"))
        for part in (
            field_of(name, whose, text_input(multiline=True, longest=PROMISE_MAX), optional=True),
            field_of(f"{name}_by", "By when", {"type": "datepicker"}, optional=True),
        )
    ]


def _goals(telling: Telling) -> list[Block]:
    options = [option(words.capitalize(), str(at)) for at, words in enumerate(PROGRESS)]
    return [
        field_of(
            f"goal-{goal.id}",
            f"How far are you with: {cut(goal.words, 200)}",
            choice_of("static_select", options, [str(goal.progress)]),
            optional=True,
        )
        for goal in telling.goals
    ]


def _next(telling: Telling) -> list[Block]:
    if telling.after:
        return [context(f"Your next check-in is planned: {date(telling.after.starts_at)}.")]
    if telling.proposed is None:
        return []
    return [
        field_of(
            "next",
            "Next check-in",
            _moment(None),
            optional=True,
            hint="In your own time zone. Left open, nothing is planned yet.",
        ),
        context(f"Both of you work {date(telling.proposed)}, for instance."),
        field_of("next_minutes", "Its length", _length(telling.checkin.minutes)),
    ]


def rhythm_form(mentorship: Mentorship) -> Modal:
    """Where a pair's rhythm is changed."""
    options = [option(words.capitalize(), each.value) for each, words in RHYTHMS.items()]
    chosen = [mentorship.rhythm.value] if mentorship.rhythm else []
    return Modal(
        "How often you meet",
        [
            field_of("rhythm", "How often", choice_of("radio_buttons", options, chosen)),
            context("Your colleague is told. An agreement keeps what it says until it is amended."),
        ],
        ids.RHYTHM_FORM,
        "Save",
        str(mentorship.id),
    )


def pause_form(mentorship: Mentorship, until: dt.date) -> Modal:
    """Where a mentorship is put to rest until a day."""
    picker: dict[str, Any] = {"type": "datepicker", "initial_date": until.isoformat()}
    return Modal(
        "Pause",
        [
            field_of("until", "Rest until", picker),
            context("Your colleague is told. What is planned stays; nobody is asked to plan more."),
        ],
        ids.PAUSE_FORM,
        "Pause",
        str(mentorship.id),
    )
