"""What those who run the programme see. Never the words of a consult."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.views.blocks import (
    SECTION_MAX,
    TEXT_MAX,
    Message,
    Modal,
    actions,
    all_typed,
    button,
    choice_of,
    context,
    counted,
    cut,
    cut_marked,
    date,
    field_of,
    header,
    option,
    plain,
    safe,
    section,
    text_input,
    user,
    users_select,
)
from bot.views.circles import STAGES
from bot.views.cohorts import ASK as MATCH_COHORT
from bot.views.consults.words import URGENCIES
from bot.views.feedback import Closings, barriers_told, outcomes_told, words_told
from bot.views.forming import ASK as FORM_CIRCLES
from bot.views.identifiers import CHECK, check_told
from bot.views.members import CAPACITY, CAPACITY_MAX, pause_of
from bot.views.message import message
from storage.records import Consult, Delivery, Expert, Question, Step, Topic, TopicClass
from storage.records.identifiers import IdentifierCheck

TAG_EXPERT = "programme.tag_expert"
ADD_TOPIC = "programme.add_topic"
TRY_AGAIN = "programme.try_again"
DISCARD = "programme.discard"
QUESTIONS = "programme.questions"
TAG_FORM = "programme.tag_form"
QUESTION_FORM = "programme.question_form"
TOPIC_FORM = "programme.topic_form"

SHOWN = 20

STEPS = {
    Step.WAITING: "waits for working hours",
    Step.EXPERTS: "with experts",
    Step.MORE_EXPERTS: "with more experts",
    Step.FALLBACK_CHANNEL: "in its topic's channel",
    Step.ADMIN: "with an admin",
}
# What stands before the `/` of a key, in words.
THINGS = {
    "status-card": "the asker's card of a question",
    "offer-card": "the card that puts a question to somebody",
    "offer-again": "the word that a question has come back to somebody",
    "detail": "the question for a detail to who asked",
    "detail-answered": "the word that a detail was answered",
    "endorsement": "the word of colleagues who endorse somebody",
    "reminder": "a reminder of a question",
    "fallback-card": "the card of a question in its topic's channel",
    "admin-card": "the card of a question that waits for an admin",
    "conversation": "the group message of two people",
    "relay": "the conversation of an anonymous asker and an expert",
    "relayed": "a message between an anonymous asker and an expert",
    "relay-notice": "the word that a message was not passed on",
    "relay-hint": "the word where to write to an anonymous asker or an expert",
    "answer": "an answer",
    "silence": "the question whether something still goes on",
    "closing-question": "the question how it went",
    "note-card": "the card of a note",
    "thank-you": "a thank-you for an answer",
    "week-full": "the word that an expert's week is full",
    "rest-week": "the offer of a rest",
    "kind-words": "a kind word to an expert",
    "circle-channel": "the channel of a circle",
    "circle-welcome": "the welcome to a circle",
    "circle-place": "the word that a place in a circle is free",
    "circle-yours": "word of a circle to look after",
    "circle-wanted": "the word to an admin that one more circle is wanted",
    "circle-fault": "the word to a founder about a circle's channel",
    "forming": "a proposal of circles",
    "circle-formed": "the word to somebody in a new circle",
    "circle-none": "the word to somebody without a circle",
    "circle-few": "the offer to split or merge a circle",
    "circle-many": "the offer to split or merge a circle",
    "circle-news": "the news of a circle in its channel",
    "run-sheet": "the run sheet of a session",
    "session-thread": "the thread of a session",
    "session-summary": "the summary of a session",
    "session-missed": "the word that a session was missed",
    "session-moved": "the word that a session has moved",
    "session-quiet": "the question to a quiet circle",
    "session-useful": "the question whether a session was useful",
    "agreement-card": "an agreement to sign",
    "agreement-signed": "the word that an agreement is signed",
    "agreement-waits": "a reminder of an agreement",
    "agreement-review": "the question whether an agreement is still right",
    "term-ends": "the question whether a mentorship ends as agreed",
    "health-question": "the question how a mentorship goes",
    "health-shown": "what the two of a mentorship have scored",
    "mentorship-ended": "the word that a mentorship has ended",
    "mentorship-thanks": "a thank-you for a mentorship",
    "closing-survey": "the question after a mentorship",
    "outcome-question": "the question what came of a mentorship",
    "mentorship-card": "the card of a mentorship",
    "mentorship-news": "the word what became of a request or a mentorship",
    "request-waits": "the reminder of a request for a mentor",
    "informal-offer": "the offer of an informal mentorship",
    "become-expert": "the invitation to become an expert",
    "checkin-card": "the card of a check-in",
    "checkin-news": "the word that a check-in was moved or cancelled",
    "checkin-invite": "the calendar file of a check-in",
    "checkin-told": "what was written about a check-in",
    "checkin-reminder": "the reminder of a check-in",
    "checkin-notes": "the question how a check-in was",
    "plan-checkin": "the reminder to plan a check-in",
    "rethink-mentorship": "the question how two people would like to go on",
    "pair-news": "the word that two people's rhythm has changed, or rests",
    "keep-nudges": "the question whether to keep reminders",
    "cohort": "a proposal of pairs",
    "cohort-pair": "the word to somebody who is matched",
    "cohort-none": "the word to somebody for whom there is nobody",
    "home": "somebody's Home",
    "dead-letters": "the daily word to an admin",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands in the programme now.

    `wishes`: how many mentees and how many mentors would like to be matched in the next round.
    `identifiers`: how strictly they are looked for, and how often somebody confirmed in 30 days.
    """

    topics: Sequence[Topic]
    experts: Sequence[Expert]
    unfinished: Sequence[Consult]
    failed: Sequence[Delivery]
    now: int
    closings: Closings = field(default_factory=Closings)
    wishes: tuple[int, int] = (0, 0)
    identifiers: tuple[IdentifierCheck, int] = (IdentifierCheck.ASK, 0)


def panel(seen: Overview) -> Message:
    """What `/mentor admin` shows."""
    topics = ", ".join(safe(topic.name) for topic in seen.topics) or "none yet"
    lines = [
        cut_marked(f"{counted(len(seen.topics), 'topic')}: {topics}", SECTION_MAX),
        _listed(
            counted(len(seen.experts), "expert"), [_expert(each, seen.now) for each in seen.experts]
        ),
        _listed(
            f"{counted(len(seen.unfinished), 'question')} under way",
            [_consult(each) for each in seen.unfinished],
        ),
        _listed("Outcomes of formal mentorships", outcomes_told(seen.closings)),
        _listed("What stood in the way", barriers_told(seen.closings)),
        f"In the next round of matching: {counted(seen.wishes[0], 'mentee')} and"
        f" {counted(seen.wishes[1], 'mentor')}.",
        check_told(*seen.identifiers),
    ]
    blocks = [header("The programme"), *(section(line) for line in lines)]
    written = [cut(each, 300) for each in words_told(seen.closings)]
    if written:
        heading = "What people wrote to you when a mentorship ended"
        lines += [heading, *(safe(each) for each in written)]
        blocks += [context(heading), all_typed(written)]
    for row in seen.failed[:SHOWN]:
        words = _failed(row)
        lines.append(words)
        blocks += [
            section(words),
            actions(
                button("Try again", TRY_AGAIN, str(row.id)),
                button("Discard", DISCARD, str(row.id)),
            ),
        ]
    blocks.append(
        actions(
            button("Tag an expert", TAG_EXPERT, "new"),
            button("Add or change a topic", ADD_TOPIC, "new"),
            button("Questions for circles", QUESTIONS, "own"),
            button("Form circles", FORM_CIRCLES, "all"),
            button("Match a cohort", MATCH_COHORT, "all"),
            button("Patient identifiers", CHECK, "all"),
        )
    )
    return Message(cut_marked("\n".join(("The programme", *lines)), TEXT_MAX), blocks)


def _listed(heading: str, rows: Iterable[str]) -> str:
    """A heading and as many rows as are shown and fit; it says how many more there are."""
    every, told = [cut_marked(row, 400) for row in rows], ""
    for number, row in enumerate(every):
        if number == SHOWN or len(told) + len(row) > SECTION_MAX - 200:
            return f"{heading}:{told}\n… and {len(every) - number} more."
        told += f"\n• {row}"
    return f"{heading}:{told}" if told else f"{heading}."


def _expert(expert: Expert, now: int) -> str:
    topics = ", ".join(safe(topic.name) for topic in expert.topics) or "no topics"
    rest = pause_of(expert, now)
    pause = f"; {rest}" if rest else ""
    return f"{user(expert.user)}: up to {expert.capacity} a week{pause}; {topics}"


def _consult(consult: Consult) -> str:
    stuck = "*It waits for an admin.* " if consult.step is Step.ADMIN and not consult.expert else ""
    who = f"with {user(consult.expert)}" if consult.expert else STEPS[consult.step]
    topics = ", ".join(safe(topic.name) for topic in consult.topics) or "no topic"
    asked = date(consult.asked_at)
    return f"{stuck}Asked {asked}; urgency: {URGENCIES[consult.urgency]}; {who}; {topics}"


def _failed(row: Delivery) -> str:
    thing = THINGS.get(row.key.partition("/")[0], "a message")
    why = safe(row.reason or "no reason given", 200)
    sure = ""
    if (row.reason or "").startswith("missing_scope"):
        sure = (
            " The app was not given this permission: update it from `manifest.yml`, install it"
            " again, then try again."
        )
    elif why.startswith("unsure"):
        sure = " It may have arrived all the same: if you can, look before you try again."
    return f"Not delivered: {thing} ({safe(row.key)}), {date(row.created_at)}. Reason: {why}.{sure}"


def dead_letters(failed: Sequence[Delivery]) -> Message:
    """The daily word to admins about what could not be delivered."""
    return message(
        [
            f"{counted(len(failed), 'message')} could not be delivered. `/mentor admin` lets you"
            " try again.",
            *(_failed(row) for row in failed[:SHOWN]),
        ]
    )


def tag_form(topics: Sequence[Topic]) -> Modal:
    """Where an admin tags somebody as an expert."""
    if not topics:
        return Modal("Tag an expert", [section("There are no topics yet: please add one first.")])
    return Modal(
        "Tag an expert",
        [
            field_of("user", "Who", users_select("user", "A colleague")),
            field_of(
                "topics",
                "Topics",
                choice_of("multi_static_select", [option(t.name, str(t.id)) for t in topics]),
            ),
            field_of(
                "capacity",
                "Questions a week at most",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "1",
                    "max_value": str(CAPACITY_MAX),
                    "initial_value": str(CAPACITY),
                },
            ),
            field_of("about", "One line about them", text_input(longest=200), optional=True),
        ],
        TAG_FORM,
        "Tag",
    )


def questions_form(own: Sequence[Question]) -> Modal:
    """Where an admin adds a question for circles, or changes one of the programme's own."""
    blocks = []
    if own:
        blocks.append(
            field_of(
                "instead_of",
                "Change one of yours",
                choice_of("static_select", [option(each.text, each.id) for each in own]),
                optional=True,
                hint="Left open, a new one is added. Without a new text, the chosen one goes.",
            )
        )
    stages = [option(words.capitalize(), each.value) for each, words in STAGES.items()]
    return Modal(
        "Questions for circles",
        [
            *blocks,
            field_of(
                "question",
                "The question",
                text_input(multiline=True, longest=300),
                optional=bool(own),
            ),
            field_of(
                "stage",
                "Career stage",
                choice_of("static_select", stages),
                optional=True,
                hint="Left open, it is for every stage.",
            ),
            field_of(
                "prompt",
                "A word to the facilitator",
                text_input(multiline=True, longest=300),
                optional=True,
            ),
        ],
        QUESTION_FORM,
        "Save",
    )


def topic_form() -> Modal:
    """Where an admin adds a topic, or changes the one of the same name."""
    classes = [
        option("General", TopicClass.GENERAL.value),
        option("Personal: never in a channel", TopicClass.PERSONAL.value),
    ]
    return Modal(
        "Topic",
        [
            field_of("name", "Name", text_input(longest=60)),
            field_of(
                "synonyms",
                "Synonyms",
                text_input(longest=500, example="irAE; checkpoint inhibitor"),
                optional=True,
                hint="Several are split by a semicolon.",
            ),
            field_of(
                "topic_class",
                "Class",
                choice_of("radio_buttons", classes, [TopicClass.GENERAL.value]),
            ),
            field_of(
                "channel",
                "Fallback channel",
                {"type": "channels_select", "placeholder": plain("None")},
                optional=True,
                hint="Where a question goes that no expert takes. Invite the bot there.",
            ),
        ],
        TOPIC_FORM,
        "Save",
    )
