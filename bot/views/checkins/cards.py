"""What a person reads of a check-in: its card, news, reminders and questions. Never private notes.

A time is told in each reader's own, and in words in their colleague's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.working_hours import days_text, hours_text, zone_of
from bot.views import checkins as ids
from bot.views.blocks import Block, Message, button, date, plain, user
from bot.views.calendar import web_links
from bot.views.feedback import end_button
from bot.views.help import say
from bot.views.message import Line, message
from bot.views.sessions import BECAME
from storage.records import WorkingHours
from storage.records.checkins import Checkin, CheckinCommitment, CheckinNote, CheckinState
from storage.records.mentorships import CheckinRhythm, Mentorship

RHYTHMS = {
    CheckinRhythm.WEEKLY: "every week",
    CheckinRhythm.FORTNIGHTLY: "every two weeks",
    CheckinRhythm.MONTHLY: "every month",
    CheckinRhythm.QUARTERLY: "every three months",
    CheckinRhythm.ON_DEMAND: "whenever one of you asks",
}
SHOWN = 8  # commitments; a message has fifty blocks


@dataclass(frozen=True, slots=True)
class Seen:
    """A check-in as one of the two, `reader`, sees it.

    `zone`: their colleague's; `notes`: those for both alone.
    """

    checkin: Checkin
    mentorship: Mentorship
    reader: str
    zone: str
    now: int
    notes: Sequence[CheckinNote] = ()
    commitments: Sequence[CheckinCommitment] = ()

    @property
    def colleague(self) -> str:
        """The other one of the two."""
        return self.mentorship.other(self.reader)


def card(seen: Seen) -> Message:
    """The check-in in the reader's messages, as it stands now."""
    return _CARDS[seen.checkin.state](seen)


def _planned(seen: Seen) -> Message:
    checkin = seen.checkin
    begun = seen.now >= checkin.starts_at
    lines: list[Line] = [
        f"*Check-in* with {user(seen.colleague)}: {date(checkin.starts_at)},"
        f" {checkin.minutes} minutes.",
        _for_colleague(seen),
        ("Agenda", checkin.agenda),
        f"{user(checkin.proposed_by)} planned it.",
    ]
    if begun:
        lines.append("How was it? Notes, what you agreed and the next date go into one form.")
    else:
        lines.append(
            f"Add it to your calendar: {web_links(checkin)}. Other calendars open the file that the"
            " bot sends along."
        )
    tell = [button("Write notes", ids.TELL, str(checkin.id), style="primary")] if begun else []
    return message(lines, [*tell, *_change(seen)])


def _held(seen: Seen) -> Message:
    checkin = seen.checkin
    lines: list[Line] = [
        f"*Check-in* with {user(seen.colleague)}, {date(checkin.starts_at)}: it took place."
    ]
    if checkin.told_by is None:
        lines.append("Nobody has said how it was, so it counts as held. Was it not? Please tell.")
    tell = button("Write notes", ids.TELL, str(checkin.id))
    return message([*lines, *_told(seen)], [tell, *_plan_another(seen)])


def _missed(seen: Seen) -> Message:
    lines: list[Line] = [
        f"*Check-in* with {user(seen.colleague)}, {date(seen.checkin.starts_at)}: it did not take"
        " place. That happens."
    ]
    return message([*lines, *_told(seen)], _plan_another(seen))


def _cancelled(seen: Seen) -> Message:
    by = seen.checkin.changed_by
    who = f" {user(by)} cancelled it." if by else ""
    lines = [
        f"*Check-in* with {user(seen.colleague)}, {date(seen.checkin.starts_at)}: it is"
        f" cancelled.{who}",
    ]
    return message(lines, _plan_another(seen))


_CARDS = {
    CheckinState.PLANNED: _planned,
    CheckinState.HELD: _held,
    CheckinState.MISSED: _missed,
    CheckinState.CANCELLED: _cancelled,
}


def _for_colleague(seen: Seen) -> str:
    return f"For {user(seen.colleague)} that is {in_words(seen.checkin.starts_at, seen.zone)}."


def _told(seen: Seen) -> list[Line]:
    """What was shared of it, and what each said they would do."""
    notes: list[Line] = [(f"Notes of {user(each.user)}", each.words) for each in seen.notes]
    promised: list[Line] = [(_promise(each), each.words) for each in seen.commitments[:SHOWN]]
    more = len(seen.commitments) - SHOWN
    return [*notes, *promised, *([f"… and {more} more."] if more > 0 else [])]


def _promise(each: CheckinCommitment) -> str:
    by = f" by {each.by_on:%d %B %Y}" if each.by_on else ""
    return f"{user(each.user)} will{by} ({BECAME[each.state]})"


def _plan_another(seen: Seen) -> list[Block]:
    if seen.mentorship.ended:
        return []
    return [button("Plan another", ids.PLAN, str(seen.mentorship.id))]


def _change(seen: Seen) -> list[Block]:
    if seen.mentorship.ended:
        return []
    value = str(seen.checkin.id)
    sure = {
        "title": plain("Cancel this check-in?", 100),
        "text": plain("Your colleague is told, and both calendars get a cancellation.", 300),
        "confirm": plain("Cancel it", 30),
        "deny": plain("Keep it", 30),
    }
    return [
        button("Move", ids.MOVE, value),
        {**button("Cancel", ids.CANCEL, value), "confirm": sure},
    ]


def news(seen: Seen) -> Message:
    """What the other one hears when a check-in was moved or cancelled."""
    checkin = seen.checkin
    who = user(checkin.changed_by or seen.colleague)
    if checkin.state is CheckinState.CANCELLED:
        words = f"{who} has cancelled your check-in of {date(checkin.starts_at)}."
        return message([words], _plan_another(seen))
    was = f" It was to be {date(checkin.moved_from)}." if checkin.moved_from else ""
    lines = [
        f"{who} has changed your check-in: it is {date(checkin.starts_at)} now,"
        f" {checkin.minutes} minutes.{was}",
        _for_colleague(seen),
    ]
    return message(lines, _change(seen))


def with_file(seen: Seen) -> str:
    """What is written above the calendar file."""
    checkin = seen.checkin
    about = f"your check-in with {user(seen.colleague)}, {date(checkin.starts_at)}"
    if checkin.state is CheckinState.CANCELLED:
        return (
            f"Calendar file: it takes {about}, out of your calendar. Where your calendar does not"
            " do that, please delete the entry there."
        )
    if checkin.sequence:
        return f"Calendar file: it moves {about}, in your calendar, once you open it."
    return f"Calendar file: it puts {about}, into your calendar, once you open it."


def reminder(seen: Seen) -> Message:
    """What both read a day and an hour before."""
    checkin = seen.checkin
    lines: list[Line] = [
        f"Your check-in with {user(seen.colleague)} is {date(checkin.starts_at)},"
        f" {checkin.minutes} minutes.",
        ("Agenda", checkin.agenda),
    ]
    return message(lines, _change(seen))


def no_longer(seen: Seen) -> Message:
    """What becomes of a reminder once there is nothing to remind of, or of another time."""
    if seen.checkin.state is CheckinState.CANCELLED:
        return say(f"This check-in with {user(seen.colleague)} is cancelled.")
    when = date(seen.checkin.starts_at)
    if seen.checkin.state is not CheckinState.PLANNED or seen.now >= seen.checkin.ends_at:
        return say(f"This check-in with {user(seen.colleague)} was {when}.")
    return say(f"This check-in with {user(seen.colleague)} has moved: it is {when}.")


def how_was_it(seen: Seen) -> Message:
    """The question after a check-in."""
    return message(
        [
            f"How was your check-in with {user(seen.colleague)}, {date(seen.checkin.starts_at)}?"
            " One form takes your notes, what the two of you agreed, and the next date."
        ],
        [button("Write notes", ids.TELL, str(seen.checkin.id), style="primary")],
    )


def what_was_told(seen: Seen) -> Message:
    """What the other one hears when something was shared or agreed."""
    words = (
        f"{user(seen.colleague)} has written about your check-in, {date(seen.checkin.starts_at)}."
    )
    tell = button("Write notes", ids.TELL, str(seen.checkin.id))
    return message([words, *_told(seen)], [tell])


def told(seen: Seen) -> Message:
    """What becomes of that question once one of the two has answered it."""
    return say(
        f"Thank you: it is known how the check-in with {user(seen.colleague)} went. Its card takes"
        " your notes, now or later."
    )


def plan_question(mentorship: Mentorship, reader: str, met_at: int | None) -> Message:
    """Asks one of the two to plan a check-in."""
    colleague = user(mentorship.other(reader))
    if met_at is None:
        lines = [
            f"You and {colleague} have no first check-in yet. Half an hour is enough to begin with."
        ]
    else:
        lines = [f"You and {colleague} have nothing planned; you last met {date(met_at)}."]
    lines.append("A time that suits both of you is in the form already.")
    return message(lines, [_plan_it(mentorship)])


def rethink_question(mentorship: Mentorship, reader: str) -> Message:
    """Asks both, quietly, whether they would like it otherwise."""
    rhythm = f" You meant to meet {RHYTHMS[mentorship.rhythm]}." if mentorship.rhythm else ""
    value = str(mentorship.id)
    return message(
        [
            f"It has been quiet between you and {user(mentorship.other(reader))}.{rhythm} That"
            " happens to many pairs. Would you rather meet less often, pause for a while, or is it"
            " a good time to end? All of it is fine."
        ],
        [
            _plan_it(mentorship),
            button("Change the rhythm", ids.RHYTHM, value),
            button("Pause until …", ids.PAUSE, value),
            end_button(mentorship.id),
        ],
    )


def _plan_it(mentorship: Mentorship) -> Block:
    return button("Plan it", ids.PLAN, str(mentorship.id), style="primary")


def settled(mentorship: Mentorship, reader: str, planned: Checkin | None) -> Message:
    """What becomes of those questions once there is nothing to ask any more."""
    colleague = user(mentorship.other(reader))
    if planned:
        return say(f"Your next check-in with {colleague} is {date(planned.starts_at)}. Thank you!")
    return say(f"There is nothing to plan with {colleague} just now. Thank you!")


def pair_news(mentorship: Mentorship, reader: str, what: str) -> Message:
    """What the other one hears when a pair's rhythm changed, it rests, or it goes on."""
    colleague, value = user(mentorship.other(reader)), str(mentorship.id)
    if what == "pause":
        until = f" until {date(mentorship.paused_until)}" if mentorship.paused_until else ""
        return message(
            [
                f"{colleague} would like your mentorship to rest{until}. Nobody is reminded to plan"
                " meanwhile; what is planned stays."
            ],
            [button("Go on now", ids.RESUME, value)] if mentorship.paused_until else [],
        )
    if what == "resume":
        return message([f"{colleague} goes on with your mentorship."], [_plan_it(mentorship)])
    how = RHYTHMS[mentorship.rhythm] if mentorship.rhythm else "without a fixed rhythm"
    return message(
        [f"{colleague} has changed how often you meet: {how}."],
        [_plan_it(mentorship), button("Change it", ids.RHYTHM, value)],
    )


def in_words(instant: int, zone: str) -> str:
    """An instant as a clock in this zone shows it, with the city the zone is named for."""
    local = datetime.fromtimestamp(instant, zone_of(zone))
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M} ({city_of(zone)})"


def hours_in_words(hours: WorkingHours) -> str:
    """When somebody works: days, hours, and in which zone that is."""
    if not hours.days:
        return "no regular hours"
    spans = f"{hours_text(hours.starts)} to {hours_text(hours.ends)}"
    return f"{days_text(hours.days)}, {spans} ({city_of(hours.zone)})"


def city_of(zone: str) -> str:
    """`America/New_York` as New York."""
    return zone_of(zone).key.rpartition("/")[2].replace("_", " ")
