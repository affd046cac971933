"""What each of the two sees of their mentorship: its card, what is told of it, their list."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.agreements import READ, WRITE
from bot.views.blocks import (
    TEXT_MAX,
    Block,
    Message,
    actions,
    button,
    counted,
    cut_marked,
    date,
    header,
    safe,
    section,
    user,
)
from bot.views.checkins import PAUSE, PLAN, RESUME, RHYTHM
from bot.views.cohorts import WISH as MATCH_ME
from bot.views.feedback import end_button
from bot.views.goals import EDIT as EDIT_GOALS
from bot.views.mentorships import ids
from bot.views.message import Line, message
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipKind, MentorshipState
from storage.records.profiles import Need

SHOWN = 15  # mentorships in a list; a message has fifty blocks
RHYTHMS = {
    CheckinRhythm.WEEKLY: "every week",
    CheckinRhythm.FORTNIGHTLY: "every two weeks",
    CheckinRhythm.MONTHLY: "every month",
    CheckinRhythm.QUARTERLY: "every three months",
    CheckinRhythm.ON_DEMAND: "whenever one of you asks",
}
NO_BLAME = "People say no when their time is taken; it says nothing about you or your question."


@dataclass(frozen=True, slots=True)
class Seen:
    """A mentorship and what belongs to it.

    `gives`, `gets`: names of a swap's topics; `waits_for`: who has still to sign the newest
    agreement; `next_at`: when the next check-in begins.
    """

    mentorship: Mentorship
    need: Need | None = None
    gives: str | None = None
    gets: str | None = None
    waits_for: str | None = None
    next_at: int | None = None


def card(seen: Seen, me: str) -> Message:
    """How the mentorship stands, to one of the two."""
    return message(_lines(seen, me), buttons(seen, me))


def _lines(seen: Seen, me: str) -> list[Line]:
    state = seen.mentorship.state
    if state is MentorshipState.ASKED:
        return _asked(seen, me)
    if state is MentorshipState.MEETING:
        return [*_meeting(seen, me), *_about(seen)]
    if state is MentorshipState.AGREEING:
        return [*_agreeing(seen, me), *_about(seen)]
    if seen.mentorship.under_way:
        return [*_under_way(seen, me), *_about(seen)]
    return [_ended(seen, me)]


def _about(seen: Seen) -> list[Line]:
    if seen.need:
        about = f" {safe(seen.need.about)}" if seen.need.about else ""
        return [f"It is about: {safe(seen.need.name)}.{about}"]
    return []


def _what(seen: Seen) -> str:
    """What the two have had, as a noun in a sentence."""
    kind = seen.mentorship.kind
    if kind is MentorshipKind.OBSERVE:
        return "the visit"
    if kind is MentorshipKind.SWAP:
        return "the swap"
    return "the mentorship" if kind is MentorshipKind.FORMAL else "the informal mentorship"


def _asked(seen: Seen, me: str) -> list[Line]:
    mentorship = seen.mentorship
    by_me, other = me == mentorship.asked_by, user(mentorship.other(me))
    lapses = date(mentorship.due_at or mentorship.asked_at)
    words: Line = ("Your words" if by_me else "Their words", mentorship.note)
    if by_me:
        after = (
            "If they can't, or say nothing by then, you see others who fit."
            if mentorship.kind is MentorshipKind.FORMAL
            else "If they say nothing by then, it lapses."
        )
        asked = f"You have asked {other} {_for_what(seen, me)}. They have until {lapses}. {after}"
        return [asked, *_about(seen), words]
    lines: list[Line] = [f"{other} asks you {_for_what(seen, me)}.", *_about(seen), words]
    if mentorship.kind is MentorshipKind.FORMAL:
        explained = (
            "Accept, and the two of you write a short agreement first. Meet first is a talk before"
            " either says yes. Decline needs no reason, and they hear it kindly."
        )
    else:
        explained = "There is no agreement and no end; a no needs no reason."
    return [*lines, f"{explained} Without an answer it lapses {lapses}."]


def _for_what(seen: Seen, me: str) -> str:
    mentorship, by_me = seen.mentorship, me == seen.mentorship.asked_by
    if mentorship.kind is MentorshipKind.FORMAL:
        return "to be your mentor" if by_me else "to be their mentor"
    if mentorship.kind is MentorshipKind.OBSERVE:
        return "whether you may sit in on something they do" if by_me else (
            "whether they may sit in on something you do"
        )  # fmt: skip
    if mentorship.kind is MentorshipKind.SWAP:
        gives, gets = safe(seen.gives or "one topic"), safe(seen.gets or "another")
        return (
            f"to swap topics: you teach {gives}, they teach {gets}"
            if by_me
            else f"to swap topics: they teach {gives}, you teach {gets}"
        )
    rhythm = RHYTHMS[mentorship.rhythm] if mentorship.rhythm else "with no fixed rhythm"
    return f"for an informal mentorship: a talk now and then, {rhythm}"


def _meeting(seen: Seen, me: str) -> list[Line]:
    mentorship = seen.mentorship
    other = user(mentorship.other(me))
    said = mentorship.mentor_says if me == mentorship.mentor else mentorship.mentee_says
    if said is not None:
        return [
            f"You and {other} meet before saying yes. Your answer is noted, and only you and the"
            f" bot know it. You both hear when both have answered, or {date(_due(mentorship))}."
        ]
    return [
        f"You and {other} meet before saying yes. When you have talked, say here whether you would"
        " like to go on. The other one never sees a no: you both go on if both say yes, and else"
        f" you both hear the same few words. There is time until {date(_due(mentorship))}."
    ]


def _due(mentorship: Mentorship) -> int:
    return mentorship.due_at or mentorship.asked_at


def _agreeing(seen: Seen, me: str) -> list[Line]:
    mentorship = seen.mentorship
    other = user(mentorship.other(me))
    if seen.waits_for == me:
        return [
            f"{other} has written an agreement for the two of you. It stands in your messages here,"
            " to sign or to change."
        ]
    if seen.waits_for:
        return [f"Your agreement is with {other}, to sign. Your mentorship begins when they have."]
    if me == mentorship.mentee:
        return [
            f"{other} would be your mentor. Next comes the agreement: what you want to reach, what"
            " each expects, what stays between you. A few lines are enough, and the first draft is"
            " yours. Your mentorship begins when both have signed."
        ]
    return [
        f"You would be {other}'s mentor. Next comes the agreement; {other} writes the first draft,"
        " and you can change it before you sign. You can also write it yourself."
    ]


def _under_way(seen: Seen, me: str) -> list[Line]:
    mentorship = seen.mentorship
    other = user(mentorship.other(me))
    since = f"since {date(mentorship.started_at)}" if mentorship.started_at else "now"
    told = f"{_together(seen, me, other)} {since}."
    if mentorship.rhythm and mentorship.kind is not MentorshipKind.OBSERVE:
        told += f" You meet {RHYTHMS[mentorship.rhythm]}."
    if mentorship.state is MentorshipState.PAUSED:
        until = f" until {date(mentorship.paused_until)}" if mentorship.paused_until else ""
        return [f"{told} It rests{until}; nobody is asked to plan anything meanwhile."]
    if seen.next_at:
        told += f" Your next check-in: {date(seen.next_at)}."
    elif mentorship.kind is MentorshipKind.OBSERVE:
        told += " No date is arranged."
    else:
        told += " No check-in is planned."
    if mentorship.ends_at:
        told += f" It ends as agreed {date(mentorship.ends_at)}."
    return [told]


def _together(seen: Seen, me: str, other: str) -> str:
    mentorship, mine = seen.mentorship, me == seen.mentorship.mentee
    if mentorship.kind is MentorshipKind.OBSERVE:
        return f"{other} lets you sit in" if mine else f"{other} sits in with you"
    if mentorship.kind is MentorshipKind.SWAP:
        gives, gets = safe(seen.gives or "one topic"), safe(seen.gets or "another")
        first, second = (gives, gets) if mine else (gets, gives)
        return f"You and {other} swap topics (you teach {first} and learn {second})"
    if mentorship.kind is MentorshipKind.INFORMAL:
        return f"You and {other} are in an informal mentorship"
    return f"{other} is your mentor" if mine else f"You are {other}'s mentor"


def _ended(seen: Seen, me: str) -> str:
    mentorship = seen.mentorship
    other, by_me = user(mentorship.other(me)), me == mentorship.asked_by
    if mentorship.state is MentorshipState.ENDED:
        return f"{_what(seen).capitalize()} with {other} has ended. Thank you both!"
    if mentorship.state is MentorshipState.WITHDRAWN:
        return (
            f"You have taken back what you asked {other}."
            if by_me
            else f"{other} has taken their request back. There is nothing left to do."
        )
    if mentorship.met_at and mentorship.state is MentorshipState.LAPSED:
        return PARTED.format(other=other)
    if mentorship.state is MentorshipState.DECLINED:
        return (
            f"{other} can't take this on at the moment. {NO_BLAME}"
            if by_me
            else f"You have told {other} that it is not possible now. Thank you for answering."
        )
    return (
        f"{other} has not found the time to answer, so your request has lapsed."
        if by_me
        else f"The request of {other} has lapsed. There is nothing left to do."
    )


PARTED = (
    "You and {other} have met and are not going on together. That happens often, and says nothing"
    " about either of you."
)


def buttons(seen: Seen, me: str) -> list[Block]:
    """What `me` can do about it now."""
    mentorship = seen.mentorship
    value, state = str(mentorship.id), mentorship.state
    if state is MentorshipState.ASKED:
        return _buttons_of_request(mentorship, me)
    plan = button("Plan a check-in", PLAN, value)
    if state is MentorshipState.MEETING:
        said = mentorship.mentor_says if me == mentorship.mentor else mentorship.mentee_says
        answers = [
            button("Yes, go on", ids.YES_AFTER_MEETING, value, style="primary"),
            button("No, thank you", ids.NO_AFTER_MEETING, value),
        ]
        back = [button("Take it back", ids.WITHDRAW, value)] if me == mentorship.asked_by else []
        return [*(answers if said is None else []), plan, *back]
    end = end_button(mentorship.id)
    if state is MentorshipState.AGREEING:
        return [*_agreement(seen, me), plan, end]
    if state is MentorshipState.ACTIVE:
        return [plan, *_running(seen, me), end]
    if state is MentorshipState.PAUSED:
        return [button("Go on now", RESUME, value, style="primary"), *_reading(mentorship), end]
    return _again(mentorship, me)


def _buttons_of_request(mentorship: Mentorship, me: str) -> list[Block]:
    value = str(mentorship.id)
    if me == mentorship.asked_by:
        return [button("Take it back", ids.WITHDRAW, value)]
    if mentorship.kind is not MentorshipKind.FORMAL:
        return [
            button("Gladly", ids.ACCEPT, value, style="primary"),
            button("Not now", ids.DECLINE, value),
        ]
    return [
        button("Accept", ids.ACCEPT, value, style="primary"),
        button("Meet first", ids.MEET_FIRST, value),
        button("Decline", ids.DECLINE, value),
    ]


def _agreement(seen: Seen, me: str) -> list[Block]:
    value = str(seen.mentorship.id)
    if seen.waits_for:
        return [button("Read the agreement", READ, value)]
    style = "primary" if me == seen.mentorship.mentee else None
    return [button("Write the agreement", WRITE, value, style=style)]


def _running(seen: Seen, me: str) -> list[Block]:
    mentorship = seen.mentorship
    value = str(mentorship.id)
    if mentorship.kind is MentorshipKind.OBSERVE:
        return []
    goals = [button("My goals", EDIT_GOALS, value)] if me == mentorship.mentee else []
    return [
        *goals,
        *_reading(mentorship),
        button("Change the rhythm", RHYTHM, value),
        button("Let it rest", PAUSE, value),
    ]


def _reading(mentorship: Mentorship) -> list[Block]:
    read = button("Read the agreement", READ, str(mentorship.id))
    return [read] if mentorship.version else []


def _again(mentorship: Mentorship, me: str) -> list[Block]:
    """Where a request came to nothing, its mentee can look further."""
    to_nothing = mentorship.state in (MentorshipState.DECLINED, MentorshipState.LAPSED)
    if to_nothing and mentorship.need and me == mentorship.mentee:
        return [button("Find somebody else", ids.FIND, mentorship.need)]
    return []


def request_waits(seen: Seen, me: str) -> Message | None:
    """The reminder of a request, or of the question after a first meeting; None once settled."""
    mentorship = seen.mentorship
    other = user(mentorship.other(me))
    if mentorship.state is MentorshipState.ASKED and me != mentorship.asked_by:
        asked = _asked(seen, me)
        return message(
            [f"{other} is still waiting for a word from you; a no is as good as a yes.", *asked],
            buttons(seen, me),
        )
    said = mentorship.mentor_says if me == mentorship.mentor else mentorship.mentee_says
    if mentorship.state is MentorshipState.MEETING and said is None:
        return message(
            [f"Have you and {other} met? If not, plan it.", *_meeting(seen, me)], buttons(seen, me)
        )
    return None


def settled(mentorship: Mentorship, me: str) -> Message:
    """What becomes of a reminder once there is nothing left to answer."""
    return message([f"What {user(mentorship.other(me))} and you had open here is settled."])


def listed(those: Sequence[Seen], me: str) -> Message:
    """What `/mentor mentorships` shows."""
    find = button("Find a mentor", ids.FIND, ids.ANY_NEED, style=None if those else "primary")
    informal = button("Ask a colleague", ids.ASK_COLLEAGUE, "anybody")
    blocks: list[Block] = [header("Your mentorships")]
    told = ["Your mentorships"]
    for seen in those[:SHOWN]:
        words = _summary(seen, me)
        offered = buttons(seen, me)
        told.append(words)
        blocks += [section(words), *([actions(*offered)] if offered else [])]
    rest = (
        "None yet. A mentor for one need at a time is a good beginning; a colleague for a talk now"
        " and then is another."
        if not those
        else f"… and {counted(len(those) - SHOWN, 'more mentorship')}."
        if len(those) > SHOWN
        else ""
    )
    if rest:
        told.append(rest)
        blocks.append(section(rest))
    matched = button("Match me in the next round", MATCH_ME, "mine")
    blocks.append(actions(find, informal, matched))
    return Message(cut_marked("\n".join(told), TEXT_MAX), blocks)


def _summary(seen: Seen, me: str) -> str:
    """The card's own sentences, without what was typed."""
    return " ".join(line for line in _lines(seen, me) if isinstance(line, str))
