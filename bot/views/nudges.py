"""What people see around a nudge, the question whether to keep a kind, and what is coming up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules.disturbance import Because, Snooze
from bot.rules.nudges import JUST_WORDS, Thing
from bot.rules.working_hours import days_text, hours_text
from bot.views.blocks import (
    TEXT_MAX,
    Block,
    Message,
    Modal,
    actions,
    button,
    choice_of,
    context,
    cut_marked,
    date,
    field_of,
    header,
    option,
    plain,
    section,
)
from bot.views.help import say
from bot.views.members import FAR_AWAY
from storage.records import WorkingHours
from storage.records.nudges import KindState, Nudge, NudgeKind, NudgeState

DONE = "nudges.done"
SNOOZE = "nudges.snooze"
STOP = "nudges.stop"
KEEP = "nudges.keep"
NO_MORE = "nudges.no_more"
SHOW = "nudges.show"
KINDS_FORM = "nudges.kinds_form"

BLOCKS_MAX = 50  # of a message; one is ours

# What the bot will say, as the end of “I will …” in a list.
THINGS: dict[Thing, str] = {
    Thing.RUN_SHEET: "the run sheet of a session you lead",
    Thing.USEFUL: "whether a session was useful to you",
    Thing.CIRCLE_FEW: "a word on a circle of yours with few people",
    Thing.CIRCLE_MANY: "a word on a circle of yours with many people",
    Thing.REMINDER: "a question that waits for your answer",
    Thing.CHECKIN_REMINDER: "a check-in that is about to begin",
    Thing.PLAN_CHECKIN: "a check-in to plan",
    Thing.RETHINK: "whether to change the rhythm of your check-ins",
    Thing.CHECKIN_NOTES: "the notes of a check-in",
    Thing.REQUEST_WAITS: "a request that waits for an answer",
    Thing.AGREEMENT_WAITS: "an agreement that waits to be signed",
    Thing.AGREEMENT_REVIEW: "a look together at your agreement",
    Thing.TERM_ENDS: "whether a mentorship ends as agreed",
    Thing.HEALTH: "how a mentorship is going",
    Thing.CLOSING: "the closing survey of a mentorship",
    Thing.OUTCOMES: "what came of a mentorship",
    Thing.INFORMAL_OFFER: "whether two of you would like to go on informally",
    Thing.BECOME_EXPERT: "whether you would like to be an expert",
    Thing.WEEK_FULL: "that your week is full",
    Thing.REST_WEEK: "whether you would like a week's rest",
    Thing.KIND_WORDS: "a kind word",
    Thing.KEEP: "whether I shall keep reminders",
}
KINDS: dict[NudgeKind, tuple[str, str]] = {
    NudgeKind.CONSULTS: ("questions put to you", "One that still waits for your answer"),
    NudgeKind.SESSIONS: ("circles and sessions", "Run sheets, whether a session was useful"),
    NudgeKind.CHECKINS: ("check-ins", "A check-in to plan, about to begin, or to note down"),
    NudgeKind.MENTORSHIPS: ("requests and agreements", "What waits for your answer or signature"),
    NudgeKind.FEEDBACK: ("how mentorships go", "Short questions to each of you in private"),
    NudgeKind.INVITATIONS: ("invitations", "To go on with a colleague, or to be an expert"),
    NudgeKind.CARE: ("your own week", "That it is full, a rest after many questions, a kind word"),
}
# Why something is held, after “Held:”; why it was dropped, after “Not said:”.
WHY: dict[Because, str] = {
    Because.OUT_OF_HOURS: "you are not working at the moment",
    Because.PAUSED: "you are paused",
    Because.DO_NOT_DISTURB: "you are in do-not-disturb",
    Because.ENOUGH_THIS_WEEK: "three have reached you this week",
    Because.IGNORED: "I have asked whether to keep these, and wait for your answer",
    Because.TURNED_OFF: "you have turned these off",
    Because.DONE: "you have seen to it",
    Because.TOO_LATE: "there was no good moment for it in time",
    Because.NO_LONGER: "it no longer applies",
    Because.UNDELIVERED: "it could not be delivered",
    Because.LEFT: "the account is deactivated",
}
SNOOZES = {Snooze.TOMORROW: "Tomorrow", Snooze.NEXT_WEEK: "Next week"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A nudge that is, or is about to be, before its reader.

    `again`: what it was snoozed to; `snoozes`: how long it can still be put off; `kind`: how its
    kind stands.
    """

    nudge: Nudge
    again: Nudge | None
    snoozes: Sequence[Snooze]
    kind: KindState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A nudge that waits, and when it can come at the earliest."""

    nudge: Nudge
    at: int


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody will be reminded of, the next first, and how each kind stands with them."""

    waiting: Sequence[Waiting]
    kinds: Mapping[NudgeKind, KindState]
    hours: WorkingHours
    paused_until: int | None
    now: int


def around(message: Message, seen: Seen) -> Message:
    """The message of a nudge with what its reader can say to it, or with what that has brought."""
    became = _became(seen)
    if became is None and seen.nudge.heeded_at is not None:
        return message
    if became is None:
        return Message(message.text, [*message.blocks[: BLOCKS_MAX - 1], *_controls(seen)])
    text = cut_marked(message.text, TEXT_MAX - len(became) - 1)
    return Message(f"{text}\n{became}", [*_read_only(message.blocks), section(became)])


def _controls(seen: Seen) -> list[Block]:
    value, just_words = str(seen.nudge.id), seen.nudge.thing in JUST_WORDS
    elements = [] if just_words else [button("Done", DONE, value)]
    if seen.snoozes and not just_words:
        options = [option(SNOOZES[each], f"{value} {each}") for each in seen.snoozes]
        snooze = choice_of("static_select", options)
        elements.append({**snooze, "action_id": SNOOZE, "placeholder": plain("Snooze until …")})
    if seen.kind is KindState.ON:
        elements.append(button("Stop these", STOP, value))
    return [{**actions(*elements), "block_id": f"nudge-{value}"}] if elements else []


def _read_only(blocks: Sequence[Block]) -> list[Block]:
    """The words of a message, without what could be clicked or chosen."""
    words = [each for each in blocks if each["type"] not in ("actions", "input")]
    bare = [{name: part for name, part in each.items() if name != "accessory"} for each in words]
    return bare[: BLOCKS_MAX - 1]


def _became(seen: Seen) -> str | None:
    """What its reader has made of it, in a sentence; None while it waits for that."""
    state = seen.nudge.state
    if state is NudgeState.SNOOZED and seen.again:
        return _snoozed(seen.again)
    if state is NudgeState.STOPPED and seen.kind is KindState.OFF:
        return stopped(seen.nudge.kind)
    return SEEN_TO if state is NudgeState.DONE else None


SEEN_TO = "Seen to. Thank you."


def _snoozed(again: Nudge) -> str:
    if again.state is NudgeState.WAITING:
        return f"I remind you again {date(again.due_at)}."
    if again.state is not NudgeState.DROPPED:
        return "I have reminded you again since."
    if again.because == Because.DONE:
        return SEEN_TO
    if again.because == Because.TURNED_OFF:
        return stopped(again.kind)
    return f"I have not reminded you again: {WHY[Because(again.because or Because.NO_LONGER)]}."


def stopped(kind: NudgeKind) -> str:
    """Says that a kind is off, and how it comes back."""
    name, _ = KINDS[kind]
    return f"No more reminders of {name}. `/mentor reminders` turns them on again."


def no_longer(nudge: Nudge) -> Message:
    """What becomes of a nudge that stands, when there is nothing to remind of any more."""
    if nudge.state is NudgeState.DONE or nudge.heeded_at is not None:
        return say(SEEN_TO)
    return say("This reminder is over: there is nothing left to do. Thank you!")


def keep_question(nudge: Nudge, state: KindState) -> Message:
    """Asks, once, whether to keep a kind that was ignored; or what was answered."""
    name, _ = KINDS[nudge.kind]
    if state is KindState.ON:
        return say(f"I keep reminding you of {name}. `/mentor reminders` turns them off any time.")
    if state is KindState.OFF:
        return say(stopped(nudge.kind))
    words = (
        f"Three reminders of {name} have gone unanswered, which is fine. Shall I keep them? Until"
        " you say so I send no more of these."
    )
    value = str(nudge.id)
    return Message(
        words,
        [
            section(words),
            actions(
                button("Keep them", KEEP, value, style="primary"), button("No more", NO_MORE, value)
            ),
        ],
    )


def reminders(coming: Coming) -> Modal:
    """What the bot will remind somebody of, and which kinds they want."""
    kinds = [
        {**option(name.capitalize(), kind), "description": plain(about, 75)}
        for kind, (name, about) in KINDS.items()
    ]
    wanted = [kind for kind, state in coming.kinds.items() if state is not KindState.OFF]
    return Modal(
        "Reminders",
        [
            section(_when(coming)),
            header("Coming up"),
            *(section(line) for line in lines(coming)),
            field_of(
                "kinds",
                "Remind me of",
                choice_of("checkboxes", kinds, wanted),
                optional=True,
                hint="Three a week at most, in all kinds together.",
            ),
        ],
        KINDS_FORM,
        "Save",
    )


def _when(coming: Coming) -> str:
    hours = coming.hours
    days = days_text(hours.days) or "no day"
    span = f"{hours_text(hours.starts)}–{hours_text(hours.ends)}"
    told = f"I send reminders in your working hours: {days}, {span} ({hours.zone})."
    told += " `/mentor profile` changes them."
    if coming.paused_until is None:
        return told
    far = coming.paused_until > coming.now + FAR_AWAY
    until = "" if far else f" until {date(coming.paused_until)}"
    return f"{told} You are paused{until}: `/mentor resume` ends it."


def lines(coming: Coming) -> list[str]:
    """Each nudge that waits, in words, with when it comes at the earliest and what holds it."""
    told = [_line(each) for each in coming.waiting]
    asked = [KINDS[kind][0] for kind, state in coming.kinds.items() if state is KindState.ASKED]
    told += [f"I have asked whether to keep reminders of {name}; saving answers." for name in asked]
    return told or ["Nothing at the moment. When something is due, it stands here."]


def _line(waiting: Waiting) -> str:
    nudge, thing = waiting.nudge, THINGS[Thing(waiting.nudge.thing)]
    held = f" Held: {WHY[Because(nudge.because)]}." if nudge.because else ""
    if nudge.because == Because.IGNORED:
        return f"• {thing.capitalize()}.{held}"
    if waiting.at >= nudge.until:
        return f"• {thing.capitalize()}.{held} When I may say it, it is over, so I will not."
    return f"• {thing.capitalize()}: {date(waiting.at)} at the earliest.{held}"


def saved(coming: Coming) -> Modal:
    """Says how the kinds stand now."""
    on = [name for kind, (name, _) in KINDS.items() if coming.kinds[kind] is KindState.ON]
    off = [name for kind, (name, _) in KINDS.items() if coming.kinds[kind] is KindState.OFF]
    told = [f"I remind you of {', '.join(on)}." if on else "I remind you of nothing any more."]
    told += [f"Off: {', '.join(off)}."] if off else []
    return Modal("Reminders", [section(" ".join(told)), context("`/mentor reminders` changes it.")])
