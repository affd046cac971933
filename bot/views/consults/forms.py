"""The forms of a consult. `private_metadata` carries ids only, never anybody's words."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.views.blocks import (
    Block,
    Modal,
    choice_of,
    context,
    field_of,
    joined,
    option,
    plain,
    section,
    text_input,
    typed,
    user,
    users_select,
)
from bot.views.consults import ids
from bot.views.consults.words import (
    ON_CALL,
    PRIVATE,
    UNNAMED,
    URGENCIES,
    WHO_COULD_KNOW,
    the_asker,
)
from storage.records import Consult, Detail, Draft, Outcome, Topic, TopicClass, Urgency

DETAIL_MAX = 1000
NAMED = 5  # private topics that the form names

BY_NAME, ANONYMOUS = "named", "anonymous"


def ask_form(topics: Sequence[Topic], draft: Draft, *, about_message: bool = False) -> Modal:
    """The form of `/mentor` alone and of both shortcuts."""
    form = _question_form("Ask a mentor", "Ask", ids.ASK_FORM, topics, draft, about=about_message)
    return Modal(form.title, [*form.blocks, _anonymous_field(draft)], form.callback_id, form.submit)


def change_form(topics: Sequence[Topic], consult: Consult) -> Modal:
    """The same form, filled with what was asked."""
    draft = Draft(
        consult.question,
        consult.tried,
        tuple(topic.id for topic in consult.topics),
        consult.urgency,
        consult.wanted_expert,
    )
    form = _question_form("Change your question", "Save", ids.CHANGE_FORM, topics, draft)
    return Modal(form.title, form.blocks, form.callback_id, form.submit, str(consult.id))


def _question_form(  # noqa: PLR0913 - the two forms differ in just these
    title: str,
    submit: str,
    callback_id: str,
    topics: Sequence[Topic],
    draft: Draft,
    *,
    about: bool = False,
) -> Modal:
    blocks = [
        context(ON_CALL + " Please write nothing that identifies a patient."),
        _tells_as_one_types(
            field_of(
                ids.QUESTION,
                "Your question",
                text_input(draft.question, multiline=True),
                hint="The message you started from is below; put it in your own words." * about,
            )
        ),
        field_of(
            "tried",
            "Context, what you tried, the decision you face",
            text_input(draft.tried, multiline=True),
            optional=True,
        ),
    ]
    if topics:
        blocks.append(_topics_field(topics, draft.topic_ids))
    blocks.append(
        field_of(
            "urgency",
            "How soon?",
            choice_of(
                "radio_buttons",
                [option(words.capitalize(), each.value) for each, words in URGENCIES.items()],
                [draft.urgency.value],
            ),
        )
    )
    blocks.append(
        field_of(
            "wanted",
            "A particular expert",
            users_select("wanted", "Anybody who knows", draft.wanted_expert),
            optional=True,
        )
    )
    return Modal(title, blocks, callback_id, submit)


def _anonymous_field(draft: Draft) -> dict[str, object]:
    options = [option("By name", BY_NAME), option("Anonymously", ANONYMOUS)]
    return field_of(
        "anonymous",
        "Who you are",
        choice_of("radio_buttons", options, [ANONYMOUS if draft.anonymous else BY_NAME]),
        hint=f"Anonymously: everybody else reads “{UNNAMED}”, and what you write to each other goes"
        f" through the bot until you show who you are. {WHO_COULD_KNOW}",
    )


def _tells_as_one_types(field: Block) -> Block:
    """The field, which tells what is typed into it, so that notes like it can be shown."""
    told = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return {**field, "dispatch_action": True, "element": field["element"] | told}


def _topics_field(topics: Sequence[Topic], chosen: Sequence[int]) -> dict[str, object]:
    options = [option(topic.name, str(topic.id)) for topic in topics]
    return field_of(
        "topics",
        "Topics",
        choice_of("multi_static_select", options, [str(each) for each in chosen]),
        optional=True,
        hint=" ".join(("Left open, they are taken from your words.", *_stays_private(topics))),
    )


def _stays_private(topics: Sequence[Topic]) -> list[str]:
    """Which of the topics never go to a channel, in a sentence; none if none does."""
    private = [each.name for each in topics if each.topic_class is TopicClass.PERSONAL]
    more = [f"{len(private) - NAMED} more"] if len(private) > NAMED else []
    names = joined([*private[:NAMED], *more])
    return [f"Questions on {names} stay private: never in a channel."] if private else []


def answer_form(consult: Consult) -> Modal:
    """Where an expert writes the answer that goes straight back."""
    return Modal(
        "Answer now",
        [
            context(f"{the_asker(consult, first=True)} asks"),
            typed(consult.question),
            field_of("answer", "Your answer", text_input(multiline=True)),
        ],
        ids.ANSWER_FORM,
        "Send answer",
        str(consult.id),
    )


def pass_form(consult_id: int) -> Modal:
    """Where an expert passes, with a reason if they like."""
    return Modal(
        "Pass",
        [
            section("Passing is fine. The asker is not told; the bot asks others."),
            field_of(
                "reason",
                "Why, if you like to say",
                text_input(longest=500),
                optional=True,
                hint="Never shown to the asker. It helps those who run the programme.",
            ),
        ],
        ids.PASS_FORM,
        "Pass",
        str(consult_id),
    )


def detail_form(consult: Consult) -> Modal:
    """Where an expert asks the asker for one detail."""
    return Modal(
        "Need one detail",
        [
            context(f"{the_asker(consult, first=True)} asks"),
            typed(consult.question),
            field_of(
                "detail",
                "What would you like to know?",
                text_input(multiline=True, longest=DETAIL_MAX),
                hint="One question, with your name. The question waits for the answer, at most two"
                " of the asker's working days; whoever is asked reads it.",
            ),
        ],
        ids.DETAIL_FORM,
        "Ask",
        str(consult.id),
    )


def detail_answer_form(detail: Detail) -> Modal:
    """Where the asker answers it."""
    return Modal(
        "One detail",
        [
            context(f"{user(detail.expert)} would like to know"),
            typed(detail.question),
            field_of(
                "answer",
                "Your answer",
                text_input(multiline=True, longest=DETAIL_MAX),
                hint="Everybody who is asked reads it, now or later. Please write nothing that"
                " identifies a patient.",
            ),
        ],
        ids.DETAIL_ANSWER_FORM,
        "Send",
        str(detail.id),
    )


def rest_form(consult: Consult, today: date) -> Modal:
    """Where an expert says before which day they had rather not; `today` is theirs."""
    hurry = "The asker would like an answer today. " if consult.urgency is Urgency.TODAY else ""
    picker = {
        "type": "datepicker",
        "initial_date": (today + timedelta(days=1)).isoformat(),
        "placeholder": plain("Choose a day"),
    }
    return Modal(
        "Not before …",
        [
            section(
                f"{hurry}Others are asked meanwhile. If nobody has taken it by then, it comes back"
                " to you as your working day begins."
            ),
            field_of("until", "Not before", picker, hint="From tomorrow to two weeks from now."),
        ],
        ids.REST_FORM,
        "Save",
        str(consult.id),
    )


def forward_form(consult: Consult) -> Modal:
    """Where an expert puts it to a colleague, with their word for them if they like."""
    topics = [option(topic.name, str(topic.id)) for topic in consult.topics[:10]]
    private = [context(PRIVATE)] if consult.personal else []
    endorsed = field_of(
        "endorsed",
        "They know this well: I endorse them for",
        choice_of("checkboxes", topics),
        optional=True,
        hint="Your colleague sees that it comes from you, and it counts once they agree.",
    )
    return Modal(
        "Ask a colleague",
        [
            section(
                "Your colleague gets the question with the word that you thought of them; it is no"
                " longer before you. They need not be an expert yet: they are asked whether to take"
                " questions on its topics from now on."
            ),
            *private,
            field_of("colleague", "Who?", users_select("colleague", "A colleague")),
            *([endorsed] if topics else []),
        ],
        ids.FORWARD_FORM,
        "Ask them",
        str(consult.id),
    )


def outcome_form(consult_id: int) -> Modal:
    """The one question to the asker."""
    options = [
        option("Yes, solved", Outcome.SOLVED.value),
        option("Partly", Outcome.PARTLY.value),
        option("No", Outcome.NO.value),
    ]
    return Modal(
        "Did it help?",
        [
            field_of("outcome", "Did it help?", choice_of("radio_buttons", options)),
            field_of(
                "thanks",
                "A thank-you note",
                text_input(multiline=True, longest=1000),
                optional=True,
                hint="Goes to the person who helped you.",
            ),
        ],
        ids.OUTCOME_FORM,
        "Send",
        str(consult_id),
    )


def effort_form(consult_id: int) -> Modal:
    """The one question to the expert."""
    return Modal(
        "Your side",
        [
            field_of(
                "minutes",
                "How many minutes did it take?",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "0",
                    "max_value": "1440",
                },
                optional=True,
            ),
            field_of(
                "learned",
                "What did you learn yourself?",
                text_input(multiline=True, longest=1000),
                optional=True,
                hint="Then it counts as help the other way, too.",
            ),
        ],
        ids.EFFORT_FORM,
        "Save",
        str(consult_id),
    )
