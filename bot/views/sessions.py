"""What a person sees of a session: run sheet, thread, its forms, summary, the private question."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.blocks import (
    Block,
    Message,
    Modal,
    actions,
    button,
    choice_of,
    context,
    cut,
    date,
    field_of,
    option,
    safe,
    section,
    text_input,
    user,
    users_select,
)
from bot.views.circles import people
from bot.views.help import say
from bot.views.message import Line, message
from storage.records import (
    Attendance,
    Circle,
    Commitment,
    CommitmentState,
    Question,
    Session,
    SessionState,
)

COMING = "session.coming"
CANT_MAKE_IT = "session.cant_make_it"
SUGGEST = "session.suggest"
COMMIT = "session.commit"
SETTLE = "session.settle"
LEAD = "session.lead"
HAND_OVER = "session.hand_over"
HAND_TO = "session.hand_to"
SWAP = "session.swap_question"
USEFUL = "session.useful"
NOT_USEFUL = "session.not_useful"
COMMIT_FORM = "session.commit_form"
SETTLE_FORM = "session.settle_form"
SUGGEST_FORM = "session.suggest_form"

SHOWN = 8  # commitments of a kind; a message has fifty blocks
BECAME = {
    CommitmentState.OPEN: "open",
    CommitmentState.DONE: "done",
    CommitmentState.MOVED: "moved to next time",
    CommitmentState.DROPPED: "dropped",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A session with all that belongs to it, as its messages show it."""

    circle: Circle
    session: Session
    question: Question | None
    attendance: Sequence[Attendance]
    before: Sequence[Commitment]
    made: Sequence[Commitment]
    after: Session | None = None


def run_sheet(seen: Seen) -> Message:
    """What the facilitator gets a day ahead, in private."""
    circle, session = seen.circle, seen.session
    where = f"*{safe(circle.name)}*, session {session.number}, {date(session.starts_at)}"
    if session.state not in (SessionState.PLANNED, SessionState.PREPARED):
        return message([f"{where}: this session has begun or is over."])
    lines: list[Line] = [
        f"It is your turn to lead {where}. The thread opens by itself; three things make it good:",
        "1. *Check-in*: a sentence from everybody on how they arrive.",
        "2. *A member's case, or the question*:",
        *_question(seen),
        "3. *One commitment each*: what they will do by next time.",
    ]
    if seen.question and seen.question.prompt:
        lines.insert(4, ("To go deeper", seen.question.prompt))
    if session.confirmed:
        lines.append("You have said that you lead it. Thank you!")
    value = str(session.id)
    confirm = [] if session.confirmed else [button("I'll lead it", LEAD, value, style="primary")]
    told = message(
        lines,
        [
            *confirm,
            button("Another question", SWAP, value),
            button("Hand over to the next", HAND_OVER, value),
        ],
    )
    chooser = {**actions(users_select(HAND_TO, "Hand over to …")), "block_id": value}
    return Message(told.text, [*told.blocks, chooser])


def handed_over(seen: Seen) -> Message:
    """What becomes of the run sheet of somebody who no longer leads it."""
    leads = user(seen.session.facilitator)
    return say(f"{leads} leads session {seen.session.number} of {safe(seen.circle.name)} now.")


def _question(seen: Seen) -> list[Line]:
    if seen.question is None:
        return []
    by = seen.question.suggested_by
    return [(f"The question, from {user(by)}" if by else "The question", seen.question.text)]


def thread(seen: Seen) -> Message:
    """The message that opens a session; it says how the session stands as long as it is open."""
    session = seen.session
    lines: list[Line] = [f"*Session {session.number}* of {safe(seen.circle.name)}"]
    if session.state is SessionState.CLOSED:
        return message([*lines, *_question(seen), "This session is closed. Thank you!"])
    lines += [_leads(session), *_question(seen)]
    coming = [each.user for each in seen.attendance if each.coming]
    absent = [each.user for each in seen.attendance if each.coming is False]
    if coming:
        lines.append(f"In: {people(coming)}.")
    if absent:
        lines.append(f"Can't make it: {people(absent)}.")
    lines += _commitments("Open from last time", seen.before)
    lines += _commitments("By next time", seen.made)
    lines.append("Please answer in this thread, and write nothing that identifies a patient.")
    return message(lines, _thread_buttons(seen))


def _leads(session: Session) -> str:
    if session.facilitator is None:
        return "Nobody leads this session yet. Who would like to?"
    if session.confirmed:
        return f"{user(session.facilitator)} leads this session."
    return (
        f"It is the turn of {user(session.facilitator)} to lead this session; if they can't,"
        " anybody can take over."
    )


def _commitments(heading: str, commitments: Sequence[Commitment]) -> list[Line]:
    lines: list[Line] = [
        (f"{heading}, {user(each.user)}{_became(each)}", each.words) for each in commitments[:SHOWN]
    ]
    more = len(commitments) - SHOWN
    return [*lines, f"… and {more} more."] if more > 0 else lines


def _became(commitment: Commitment) -> str:
    if commitment.state is CommitmentState.OPEN:
        return ""
    return f" ({BECAME[commitment.state]})"


def _thread_buttons(seen: Seen) -> list[Block]:
    value = str(seen.session.id)
    lead = [] if seen.session.confirmed else [button("I'll lead", LEAD, value)]
    settle = [button("What became of mine", SETTLE, value)] if seen.before else []
    return [
        button("I'm in", COMING, value, style="primary"),
        button("Can't make it", CANT_MAKE_IT, value),
        button("My commitment", COMMIT, value),
        *settle,
        button("Suggest a question", SUGGEST, value),
        *lead,
    ]


def summary(seen: Seen) -> Message:
    """What stands at the end of the thread."""
    took_part = [each.user for each in seen.attendance if each.coming or each.replies]
    lines: list[Line] = [
        f"*Session {seen.session.number} is closed.*",
        f"Took part: {people(took_part)}." if took_part else "Nobody could take part this time.",
        *_commitments("By next time", seen.made),
    ]
    if seen.after:
        leads = seen.after.facilitator
        turn = f" with {user(leads)}" if leads else ""
        lines.append(f"Next: {date(seen.after.starts_at)}{turn}.")
    else:
        lines.append("That was the last session planned. Thank you all!")
    return message(lines)


def quiet() -> Message:
    """What a circle is asked in which nobody wrote twice in a row."""
    return say(
        "It has been quiet here for two sessions. Would another rhythm suit you better, a pause, or"
        " is it a good time to end? Whoever looks after the circle finds all three in"
        " `/mentor circles`."
    )


def missed(seen: Seen) -> Message:
    """What the channel hears when a session could not be opened on its day."""
    after = f" The next one is on {date(seen.after.starts_at)}." if seen.after else ""
    day = seen.session.meets_on
    return say(
        f"The session of {day.day} {day:%B} could not be opened, as the bot was not running that"
        f" day. Nothing you did was wrong.{after}"
    )


def moved(seen: Seen) -> Message:
    """What the channel hears when a session has another day."""
    return say(f"The next session has moved: it is on {date(seen.session.starts_at)}.")


def useful_question(seen: Seen, said: bool | None) -> Message:  # noqa: FBT001 - what they said, or nothing
    """The private one-tap question after a session."""
    words = f"Was session {seen.session.number} of {safe(seen.circle.name)} useful to you?"
    if said is not None:
        return say(f"{words} Thank you for telling; nobody sees your answer by itself.")
    value = str(seen.session.id)
    return Message(
        words,
        [
            section(words),
            actions(button("Yes", USEFUL, value), button("Not really", NOT_USEFUL, value)),
            context("Nobody sees your answer by itself."),
        ],
    )


def commit_form(session_id: int) -> Modal:
    """Where a member says what they will do by the next session."""
    return Modal(
        "My commitment",
        [
            field_of(
                "words",
                "What will you do by next time?",
                text_input(multiline=True, longest=500),
                hint="Small and concrete is best. The circle sees it.",
            )
        ],
        COMMIT_FORM,
        "Save",
        str(session_id),
    )


def suggest_form(session_id: int) -> Modal:
    """Where a member suggests a question."""
    return Modal(
        "Suggest a question",
        [
            field_of(
                "words",
                "A question to talk about",
                text_input(multiline=True, longest=300),
                hint="It comes up at the next session, with your name.",
            )
        ],
        SUGGEST_FORM,
        "Suggest",
        str(session_id),
    )


def settle_form(session_id: int, mine: Sequence[Commitment]) -> Modal:
    """Where a member says what became of what they committed to."""
    if not mine:
        return Modal("My commitments", [section("You have none open here.")])
    outcomes = (CommitmentState.DONE, CommitmentState.MOVED, CommitmentState.DROPPED)
    blocks = [
        field_of(
            f"commitment-{each.id}",
            cut(each.words, 200),
            choice_of("radio_buttons", [option(BECAME[s].capitalize(), s.value) for s in outcomes]),
            optional=True,
        )
        for each in mine[:20]
    ]
    return Modal("My commitments", blocks, SETTLE_FORM, "Save", str(session_id))


def suggested() -> Message:
    """Thanks for a suggestion."""
    return say("Thank you! It comes up at the next session.")
