"""What those who run the programme see. Never the words of a consult."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.blocks import (
    Message,
    Modal,
    actions,
    button,
    choice_of,
    cut,
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
from bot.views.consults.cards import URGENCIES
from bot.views.members import CAPACITY, CAPACITY_MAX
from storage.records import Consult, Delivery, Expert, Step, Topic, TopicClass

TAG_EXPERT = "programme.tag_expert"
ADD_TOPIC = "programme.add_topic"
TRY_AGAIN = "programme.try_again"
DISCARD = "programme.discard"
TAG_FORM = "programme.tag_form"
TOPIC_FORM = "programme.topic_form"

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands in the programme now."""

    topics: Sequence[Topic]
    experts: Sequence[Expert]
    unfinished: Sequence[Consult]
    failed: Sequence[Delivery]


def panel(seen: Overview) -> Message:
    """What `/mentor admin` shows."""
    lines = [
        f"{len(seen.topics)} topics: "
        + (", ".join(safe(topic.name) for topic in seen.topics[:50]) or "none yet")
        + ".",
        f"{len(seen.experts)} experts:\n"
        + "\n".join(_expert(each) for each in seen.experts[:SHOWN]),
        f"{len(seen.unfinished)} questions under way:\n"
        + "\n".join(_consult(each) for each in seen.unfinished[:SHOWN]),
    ]
    blocks = [header("The programme"), *(section(line) for line in lines)]
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
        )
    )
    return Message(cut("\n".join(("The programme", *lines)), 3900), blocks)


def _expert(expert: Expert) -> str:
    topics = ", ".join(safe(topic.name) for topic in expert.topics) or "no topics"
    pause = f", paused until {date(expert.paused_until)}" if expert.paused_until else ""
    return f"• {user(expert.user)}: {topics}; up to {expert.capacity} a week{pause}"


def _consult(consult: Consult) -> str:
    topics = ", ".join(safe(topic.name) for topic in consult.topics) or "no topic"
    stuck = " *It waits for an admin.*" if consult.step is Step.ADMIN and not consult.expert else ""
    who = f"with {user(consult.expert)}" if consult.expert else consult.step.replace("_", " ")
    asked = date(consult.asked_at)
    return f"• {topics}; {URGENCIES[consult.urgency]}; asked {asked}; {who}.{stuck}"


def _failed(row: Delivery) -> str:
    return f"Not delivered: {row.key} of {date(row.created_at)}, because of {row.reason}."


def dead_letters(failed: Sequence[Delivery]) -> Message:
    """The daily word to admins about what could not be delivered."""
    lines = [
        f"{len(failed)} messages could not be delivered. `/mentor admin` lets you try again.",
        *(_failed(row) for row in failed[:SHOWN]),
    ]
    return Message("\n".join(lines), [section(line) for line in lines])


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
