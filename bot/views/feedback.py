"""What the two of a mentorship are asked about it, and what they see of one another's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.health import (
    BEST,
    FEW,
    PUBLISHED,
    Aspect,
    Barrier,
    MentoringOutcome,
    Scores,
    Trait,
    low,
    per_cent,
)
from bot.views.agreements import WRITE
from bot.views.blocks import (
    Block,
    Message,
    Modal,
    actions,
    asks_first,
    button,
    choice_of,
    field_of,
    option,
    section,
    text_input,
    user,
)
from bot.views.checkins import PLAN
from bot.views.message import Line, message
from storage.records.mentorships import Mentorship, MentorshipKind

END = "mentorship.end"
SCORE = "feedback.score"
CLOSE = "feedback.close"
TELL_OUTCOMES = "feedback.tell_outcomes"
TRAITS_FORM = "feedback.traits_form"
ASPECTS_FORM = "feedback.aspects_form"
CLOSING_FORM = "feedback.closing_form"
OUTCOMES_FORM = "feedback.outcomes_form"

WORDS_MAX = 1000
# What is scored, and what may help where the score is low.
TRAITS = {
    Trait.RECIPROCITY: (
        "Both of us give and take",
        "Tell each other one thing you got out of it, and one you would like.",
    ),
    Trait.RESPECT: (
        "We respect each other",
        "Say what you need to be treated with respect: being on time, no phone, no jokes about …",
    ),
    Trait.EXPECTATIONS: (
        "It is clear what each expects",
        "Open your agreement together and rewrite the two lines on what each of you does.",
    ),
    Trait.CONNECTION: (
        "We get on with each other",
        "Begin the next check-in with ten minutes that have nothing to do with work.",
    ),
    Trait.VALUES: (
        "What matters to us is alike enough",
        "Each name three things that matter at work; talk about the one that differs most.",
    ),
}
ASPECTS = {
    Aspect.COMMUNICATION: (
        "We talk openly and give each other feedback",
        "End the next check-in with one thing that helped and one to do differently, each.",
    ),
    Aspect.STANDARDS: (
        "Standards, goals and expectations are set",
        "Write down one goal that can be reached before the next check-in (`/mentor goals`).",
    ),
    Aspect.TRUST: (
        "We trust each other",
        "Say again what stays between you; the agreement has a line for it.",
    ),
    Aspect.CARE: (
        "We care for and enjoy each other",
        "Meet once somewhere else: a walk, a coffee, a case conference.",
    ),
    Aspect.MISTAKES: (
        "Mistakes are allowed",
        "Each tell one mistake of your own, and what came of it.",
    ),
    Aspect.WILLINGNESS: (
        "Both of us want to take part",
        "Ask each other whether to go on, to pause, or to end; each answer is a good one.",
    ),
    Aspect.FLEXIBILITY: (
        "We are flexible",
        "Try another rhythm, time or place for the next two check-ins.",
    ),
    Aspect.CONSTRAINTS: (
        "We take each other's constraints into account",
        "Compare two weeks of your calendars and choose the length that fits both.",
    ),
    Aspect.LEARNING: (
        "We learn, from one another and from others",
        "Each name somebody else to learn this from; `/mentor find` shows who is there.",
    ),
    Aspect.COMMON_TASKS: (
        "We work on something in common",
        "Choose one small thing to do together: a talk, a case, a page.",
    ),
    Aspect.COMFORT: (
        "We are open and comfortable with each other",
        "Say what makes it hard to speak; if that is hard too, a programme admin listens.",
    ),
}
SCORED: dict[str, tuple[str, str]] = {
    **{str(trait): words for trait, words in TRAITS.items()},
    **{str(aspect): words for aspect, words in ASPECTS.items()},
}
OUTCOMES = {
    MentoringOutcome.GOALS: "set goals",
    MentoringOutcome.NEXT_STEPS: "planned next career steps",
    MentoringOutcome.INSIGHTS: "gained new insights",
    MentoringOutcome.LONG_DEFERRED: "completed a long-deferred goal",
    MentoringOutcome.LESS_STRESS: "reduced stress",
    MentoringOutcome.CONFIDENCE: "have more self-confidence",
}
BARRIERS = {
    Barrier.TIME: "Time",
    Barrier.SELF_AWARENESS: "Seeing oneself clearly",
    Barrier.CONFIDENCE: "Confidence: not daring to ask",
    Barrier.OVER_COMMITMENT: "Too much else to do",
    Barrier.CONFLICT_AVOIDANCE: "Avoiding disagreement",
    Barrier.GENERATIONS: "Differences between generations",
}


def end_button(mentorship_id: int) -> Block:
    """Ends a mentorship, once whoever clicks has said that they mean it."""
    return asks_first(
        button("End it", END, str(mentorship_id)),
        "End this mentorship?",
        "Both of you are told, with thanks and without a reason. Check-ins still planned are"
        " cancelled.",
        "End it",
        "Not now",
    )


def health_question(mentorship: Mentorship, me: str, occasion: int) -> Message | None:
    """Asks one of the two, in private, how it goes; None once it is over."""
    if not mentorship.under_way:
        return None
    other = user(mentorship.other(me))
    return message(
        [
            f"How is it going with {other}? Two minutes, in private: {other} sees your answers only"
            " once both of you have answered."
        ],
        [button("Say how it goes", SCORE, f"{mentorship.id}.{occasion}", style="primary")],
    )


def traits_form(mentorship: Mentorship, me: str, occasion: int) -> Modal:
    """The five traits of success, to score."""
    other = user(mentorship.other(me))
    lead = f"You and {other}. From 1 (hardly) to {BEST} (very much); private until both are in."
    return Modal(
        "How it goes: 1 of 2",
        [section(lead), *(_scale(name, words) for name, (words, _) in TRAITS.items())],
        TRAITS_FORM,
        "Next",
        f"{mentorship.id}.{occasion}",
    )


def aspects_form(mentorship: Mentorship, occasion: int) -> Modal:
    """The eleven aspects of a healthy partnership, to score."""
    return Modal(
        "How it goes: 2 of 2",
        [_scale(name, words) for name, (words, _) in ASPECTS.items()],
        ASPECTS_FORM,
        "Done",
        f"{mentorship.id}.{occasion}",
    )


def _scale(name: str, words: str) -> Block:
    options = [option(str(score), str(score)) for score in range(1, BEST + 1)]
    return field_of(name, words, choice_of("static_select", options))


def scored(mentorship: Mentorship, scores: Scores) -> Modal:
    """Thanks, with concrete help where a score was low."""
    lines: list[str] = []
    for name in low(scores)[:5]:
        words, help_ = SCORED[name]
        lines.append(f"*{words}*: {help_}")
    if not lines:
        return Modal("How it goes", [section("Thank you! You both see it once both are in.")])
    blocks = [
        section("Thank you! You both see it once both are in. What may help where it is low:"),
        *(section(line) for line in lines),
    ]
    if mentorship.under_way:
        value = str(mentorship.id)
        blocks.append(
            actions(
                button("Plan a check-in", PLAN, value),
                button("Change the agreement", WRITE, value),
            )
        )
    return Modal("How it goes", blocks)


def health_shown(mentorship: Mentorship, me: str, said: Mapping[str, Scores]) -> Message | None:
    """What both have scored, for one of the two; None while one has not answered."""
    other = mentorship.other(me)
    mine, theirs = said.get(me), said.get(other)
    if not mine or not theirs:
        return None
    lines = [
        f"{words}: you {mine[name]}, {user(other)} {theirs[name]}"
        for name, (words, _) in SCORED.items()
        if name in mine and name in theirs
    ]
    lead = f"Both of you have said how it goes, from 1 (hardly) to {BEST} (very much)."
    apart = "Where you differ is a good thing to talk about at your next check-in."
    return message([lead, "\n".join(lines), apart])


def ended(mentorship: Mentorship, me: str, *, answered: bool) -> Message:
    """Tells one of the two that it has ended, or will not begin, with thanks."""
    other = user(mentorship.other(me))
    if mentorship.started_at is None:
        return message(
            [
                f"You and {other} are not beginning a mentorship after all, and that is nobody's"
                " fault. Thank you for having thought about it. `/mentor find` finds others."
            ]
        )
    formal = mentorship.kind is MentorshipKind.FORMAL
    words = (
        f"Your mentorship with {other} has ended. Ending is part of it, and nobody's fault: thank"
        " you for the time you gave each other."
    )
    if answered:
        return message([words, "Thank you for looking back on it, too."])
    label = "Two-minute closing survey" if formal else "Say thank you"
    return message([words], [button(label, CLOSE, str(mentorship.id), style="primary")])


def closing_survey(mentorship: Mentorship, me: str, *, answered: bool) -> Message | None:
    """Reminds one of the two to look back; None once they have."""
    if answered:
        return None
    return message(
        [
            f"Your mentorship with {user(mentorship.other(me))} has ended. Would you look back on"
            " it? Two minutes, and it helps the next ones."
        ],
        [button("Two-minute closing survey", CLOSE, str(mentorship.id), style="primary")],
    )


def closing_form(mentorship: Mentorship, me: str) -> Modal:
    """Where one of the two looks back: outcomes, barriers, a thank-you."""
    other = user(mentorship.other(me))
    thanks = field_of(
        "thanks",
        "A thank-you",
        text_input(multiline=True, longest=WORDS_MAX),
        optional=True,
        hint="Goes to the other one of you.",
    )
    if mentorship.kind is not MentorshipKind.FORMAL:
        blocks = [section(f"You and {other}."), thanks]
        return Modal("Say thank you", blocks, CLOSING_FORM, "Send", str(mentorship.id))
    blocks = [
        section(f"You and {other}. What you tick is only ever shown as a number among many."),
        _outcomes_field(),
        field_of(
            "barriers",
            "What stood in the way?",
            choice_of("checkboxes", [option(words, each) for each, words in BARRIERS.items()]),
            optional=True,
        ),
        field_of(
            "words",
            "What should those who run the programme know?",
            text_input(multiline=True, longest=WORDS_MAX),
            optional=True,
            hint=f"They read it without your name, once {FEW} people have written something.",
        ),
        thanks,
    ]
    return Modal("Looking back", blocks, CLOSING_FORM, "Next", str(mentorship.id))


def _outcomes_field() -> Block:
    options = [option(f"I {words}", each.value) for each, words in OUTCOMES.items()]
    return field_of(
        "outcomes", "What came of it for you?", choice_of("checkboxes", options), optional=True
    )


def thanked(mentorship: Mentorship, me: str, thanks: str) -> Message | None:
    """A thank-you, as it reaches the other one; None if there is none."""
    if not thanks:
        return None
    lines: list[Line] = [
        f"{user(mentorship.other(me))} thanks you for your mentorship.",
        ("A thank-you", thanks),
    ]
    return message(lines)


def outcome_question(mentorship: Mentorship, me: str, *, answered: bool) -> Message | None:
    """Asks, three months later, what came of it; None once they have said."""
    if answered:
        return None
    return message(
        [
            f"Three months ago your mentorship with {user(mentorship.other(me))} ended. What has"
            " come of it? One minute."
        ],
        [button("Tell", TELL_OUTCOMES, str(mentorship.id), style="primary")],
    )


def outcomes_form(mentorship: Mentorship) -> Modal:
    """Where one of the two says what came of it."""
    return Modal("What came of it", [_outcomes_field()], OUTCOMES_FORM, "Save", str(mentorship.id))


def thank_you() -> Modal:
    """Thanks for an answer."""
    return Modal("Looking back", [section("Thank you! It helps those who come after you.")])


@dataclass(frozen=True, slots=True)
class Closings:
    """What people said of mentorships that ended.

    `outcomes` in the end, `later` three months after it: by outcome, (reached, asked, people);
    `barriers`: how many people named each; `words`: what was last written, by `writers` people.
    """

    outcomes: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    later: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    barriers: Mapping[str, int] = field(default_factory=dict)
    words: Sequence[str] = ()
    writers: int = 0


def outcomes_told(closings: Closings) -> Sequence[str]:
    """The programme's outcomes beside the published ones, a line each; a word why not, if few."""
    lines = []
    for outcome, words in OUTCOMES.items():
        here = per_cent(*closings.outcomes.get(outcome, (0, 0, 0)))
        later = per_cent(*closings.later.get(outcome, (0, 0, 0)))
        if here is not None:
            after = "" if later is None else f", {later} % three months later"
            lines.append(f"{words}: {here} % here{after}, {PUBLISHED[outcome]} % published")
    return lines or [f"shown once {FEW} people have answered"]


def barriers_told(closings: Closings) -> Sequence[str]:
    """What stood in the way, a line each, the most named first; what few have named is left out."""
    named = [(closings.barriers.get(each, 0), words) for each, words in BARRIERS.items()]
    most = sorted((each for each in named if each[0] >= FEW), key=lambda each: -each[0])
    return [f"{words}: {people} people" for people, words in most] or [
        f"shown once {FEW} people have named the same"
    ]


def words_told(closings: Closings) -> Sequence[str]:
    """What was written to those who run the programme; nothing while one could guess by whom."""
    return closings.words if closings.writers >= FEW else ()
