"""What the two of a formal mentorship see of their agreement."""

from bot.views.blocks import (
    Block,
    Message,
    Modal,
    button,
    choice_of,
    context,
    counted,
    date,
    field_of,
    option,
    section,
    text_input,
    user,
)
from bot.views.message import Line, message
from storage.records import HelpCategory
from storage.records.mentorships import Agreement, CheckinRhythm, Mentorship, Terms

WRITE = "agreement.write"
READ = "agreement.read"
SIGN = "agreement.sign"
STILL_RIGHT = "agreement.still_right"
GO_ON = "agreement.go_on"
END_AS_AGREED = "agreement.end_as_agreed"
FORM = "agreement.form"

WORDS_MAX = 1000
RHYTHMS = {
    CheckinRhythm.WEEKLY: "every week",
    CheckinRhythm.FORTNIGHTLY: "every two weeks",
    CheckinRhythm.MONTHLY: "every month",
    CheckinRhythm.QUARTERLY: "every three months",
    CheckinRhythm.ON_DEMAND: "on demand",
}
CATEGORIES = {
    HelpCategory.TRADITIONAL: "traditional: the more experienced guides the less experienced",
    HelpCategory.TRANSFORMATIONAL: "transformational: the two learn from one another",
}
BOUNDARIES = "What we say stays between us, and no patient can be recognised in it."
FEEDBACK = "We say what helped and what did not at the end of every check-in."
ENDING = "Either of us can end it at any time, without a reason and without fault."


def agreement_form(mentorship: Mentorship, newest: Agreement | None) -> Modal:
    """Where one of the two writes the next version, beginning from the newest."""
    terms = newest.terms if newest else Terms(
        boundaries=BOUNDARIES, feedback=FEEDBACK, ending=ENDING
    )  # fmt: skip
    blocks = [
        section(
            "An agreement makes expectations, boundaries and objectives explicit. Short is fine."
            " Sending it signs it for you; the other one signs, or suggests a change."
        ),
        _words("objectives", "What do we want to reach?", terms.objectives),
        _words("mentee_does", "What does the mentee do?", terms.mentee_does,
               "Sets goals, asks, prepares, keeps notes, is on time."),
        _words("mentor_does", "What does the mentor do?", terms.mentor_does,
               "Listens, challenges, supports, opens doors; does not do the work."),
        _words("boundaries", "Boundaries and confidentiality", terms.boundaries),
        *_time(terms),
        _words("feedback", "How do we give each other feedback?", terms.feedback, optional=True),
        field_of(
            "category",
            "What kind of pair are we?",
            choice_of(
                "radio_buttons",
                [option(words.capitalize(), each.value) for each, words in CATEGORIES.items()],
                [terms.category],
            ),
        ),
        _words("ending", "How does it end?", terms.ending, optional=True),
    ]  # fmt: skip
    version = newest.version if newest else 0
    return Modal("Our agreement", blocks, FORM, "Sign and send", f"{mentorship.id}.{version}")


def _words(name: str, label: str, initial: str, hint: str = "", *, optional: bool = False) -> Block:
    element = text_input(initial, multiline=True, longest=WORDS_MAX)
    return field_of(name, label, element, hint=hint, optional=optional)


def _time(terms: Terms) -> list[Block]:
    rhythms = [option(words.capitalize(), each.value) for each, words in RHYTHMS.items()]
    months: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": "60",
    }
    if terms.months:
        months["initial_value"] = str(terms.months)
    return [
        field_of(
            "rhythm", "How often do we meet?", choice_of("static_select", rhythms, [terms.rhythm])
        ),
        field_of(
            "months",
            "For how many months, from its beginning?",
            months,
            optional=True,
            hint="Left open, it goes on until one of you ends it.",
        ),
    ]


def terms_of(terms: Terms) -> list[Line]:
    """What an agreement says."""
    length = counted(terms.months, "month") if terms.months else "until one of you ends it"
    return [
        ("What you want to reach", terms.objectives),
        ("The mentee", terms.mentee_does),
        ("The mentor", terms.mentor_does),
        ("Boundaries and confidentiality", terms.boundaries),
        f"Check-ins: {RHYTHMS[terms.rhythm]}. Length: {length}. Kind of pair:"
        f" {CATEGORIES[terms.category]}.",
        ("Feedback", terms.feedback),
        ("How it ends", terms.ending),
    ]


def agreement_card(
    mentorship: Mentorship, agreement: Agreement, me: str, *, newest: int
) -> Message:
    """One version, as one of the two sees it, with what they can do about it."""
    other = user(mentorship.other(me))
    if agreement.version < newest and not agreement.signed:
        return message(["This version of your agreement has made room for a newer one, below."])
    value = f"{mentorship.id}.{agreement.version}"
    if agreement.signed and agreement.version < mentorship.version:
        told = (
            f"Version {agreement.version} of your agreement with {other} held until both of you"
            " signed a newer one, below."
        )
        return message([told, *terms_of(agreement.terms)])
    if agreement.signed:
        lines = [f"Your agreement with {other} (version {agreement.version}) is signed by both."]
        return message([*lines, *terms_of(agreement.terms)], _amend(mentorship))
    if mentorship.ended:
        return message([f"Your mentorship with {other} has ended, so nothing is left to sign."])
    if _signed_by(mentorship, agreement, me):
        told = (
            f"You have signed your agreement with {other} (version {agreement.version}). It holds"
            f" once {other} has signed it too."
        )
        return message([told, *terms_of(agreement.terms)], [button("Change it", WRITE, value)])
    told = (
        f"{other} has written an agreement for the two of you (version {agreement.version}). Does"
        " it say what you want?"
    )
    return message(
        [told, *terms_of(agreement.terms)],
        [
            button("Sign", SIGN, value, style="primary"),
            button("Suggest a change", WRITE, value),
        ],
    )


def _amend(mentorship: Mentorship) -> list[Block]:
    return [] if mentorship.ended else [button("Amend it", WRITE, str(mentorship.id))]


def _signed_by(mentorship: Mentorship, agreement: Agreement, who: str) -> bool:
    as_mentee = who == mentorship.mentee
    signed_at = agreement.mentee_signed_at if as_mentee else agreement.mentor_signed_at
    return signed_at is not None


def reading(mentorship: Mentorship, agreement: Agreement | None, me: str) -> Modal:
    """The agreement that holds, to read."""
    other = user(mentorship.other(me))
    if agreement is None:
        return Modal("Our agreement", [section(f"Nothing is written yet between you and {other}.")])
    signed = [
        at for at in (agreement.mentee_signed_at, agreement.mentor_signed_at) if at is not None
    ]
    state = (
        f"Version {agreement.version}, signed by both; it holds since {date(max(signed))}."
        if agreement.signed
        else f"Version {agreement.version}, not signed by both yet."
    )
    words = message([f"You and {other}. {state}", *terms_of(agreement.terms)])
    return Modal("Our agreement", words.blocks)


def signed_news(mentorship: Mentorship, me: str, *, first: bool, plan: str) -> Message:
    """Tells one of the two that both have signed; `plan` is the id of the check-in button."""
    other = user(mentorship.other(me))
    if not first:
        return message([f"Your amended agreement with {other} is signed by both and holds now."])
    mine = me == mentorship.mentee
    return message(
        [
            f"Your agreement with {other} is signed by both: your mentorship has begun."
            + (" The first check-in is yours to plan, within ten days." if mine else "")
        ],
        [button("Plan a check-in", plan, str(mentorship.id), style="primary")],
    )


def was_signed(mentorship: Mentorship, me: str) -> Message:
    """What is left of that word once the mentorship has ended."""
    other = user(mentorship.other(me))
    return message(
        [f"Your agreement with {other} was signed by both; the mentorship has ended since."]
    )


def waiting(mentorship: Mentorship, newest: Agreement | None, me: str) -> Message | None:
    """Reminds one of the two of an agreement that waits for them; None once it doesn't."""
    other = user(mentorship.other(me))
    if mentorship.ended:
        return None
    if newest is None:
        return message(
            [
                f"You and {other} have said yes to a mentorship. It begins once both have signed an"
                " agreement; a few lines are enough."
            ],
            [button("Write it", WRITE, str(mentorship.id), style="primary")],
        )
    if newest.signed or _signed_by(mentorship, newest, me):
        return None
    value = f"{mentorship.id}.{newest.version}"
    return message(
        [f"The agreement that {other} wrote for the two of you still waits for you, above."],
        [
            button("Read it", READ, value),
            button("Sign", SIGN, value, style="primary"),
            button("Suggest a change", WRITE, value),
        ],
    )


def review(mentorship: Mentorship, me: str) -> Message | None:
    """After a month: is it still right? None once the mentorship is over."""
    if not mentorship.under_way:
        return None
    return message(
        [
            f"You and {user(mentorship.other(me))} signed an agreement a month ago. At your next"
            " check-in, look at it together: does it still say what you want?"
        ],
        [
            button("Still right", STILL_RIGHT, str(mentorship.id), style="primary"),
            button("Change it", WRITE, str(mentorship.id)),
            button("Read it", READ, str(mentorship.id)),
        ],
    )


def term_ends(mentorship: Mentorship, me: str, asked_of: int, *, answered: bool) -> Message | None:
    """Before the agreed end: does it end there? None once it is over, or they go on for longer.

    `asked_of`: the end that it was asked about; `answered`: whether they have said.
    """
    if not mentorship.under_way or mentorship.ends_at != asked_of:
        return None
    if answered:
        told = (
            f"Thank you! Your mentorship with {user(mentorship.other(me))} ends"
            f" {date(mentorship.ends_at)}, unless both of you sign a longer agreement before then."
        )
        return message([told])
    return message(
        [
            f"Your mentorship with {user(mentorship.other(me))} ends as agreed"
            f" {date(mentorship.ends_at)}. You can let it, or go on for three months more; then the"
            " other one signs too."
        ],
        [
            button("Let it end then", END_AS_AGREED, str(mentorship.id)),
            button("Go on three months", GO_ON, str(mentorship.id), style="primary"),
        ],
    )


def sent(mentorship: Mentorship, me: str) -> Modal:
    """Says what happens with what was just written."""
    return Modal(
        "Our agreement",
        [
            section(f"Signed by you, and on its way to {user(mentorship.other(me))}."),
            context("It holds once both have signed it."),
        ],
    )
