"""The forms of a consult. `private_metadata` carries ids only, never anybody's words."""

from collections.abc import Sequence

from bot.views.blocks import (
    Block,
    Modal,
    choice_of,
    context,
    field_of,
    option,
    section,
    text_input,
    typed,
    users_select,
)
from bot.views.consults import ids
from bot.views.consults.words import ON_CALL, URGENCIES, the_asker
from storage.records import Consult, Draft, Outcome, Topic


def ask_form(topics: Sequence[Topic], draft: Draft, *, about_message: bool = False) -> Modal:
    """The form of `/mentor` alone and of both shortcuts."""
    return _question_form("Ask a mentor", "Ask", ids.ASK_FORM, topics, draft, about=about_message)


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
        hint="Left open, they are taken from your words.",
    )


def answer_form(consult: Consult) -> Modal:
    """Where an expert writes the answer that goes straight back."""
    return Modal(
        "Answer now",
        [
            context(f"{the_asker(consult)} asks"),
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
