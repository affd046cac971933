"""What a mentee sees of their goals."""

from collections.abc import Sequence

from bot.views.blocks import (
    Block,
    Modal,
    choice_of,
    context,
    counted,
    cut,
    field_of,
    option,
    section,
    text_input,
    typed,
)
from storage.records.mentorships import Goal

EDIT = "goals.edit"
FORM = "goals.form"

WORDS_MAX = 300
PROGRESS = ("not begun", "begun", "half way", "nearly there", "reached")
DROPPED = "dropped"


def progress_fields(goals: Sequence[Goal]) -> list[Block]:
    """A choice for each goal: how far it is. The fields are called `goal-` and its id."""
    options = [option(words.capitalize(), str(at)) for at, words in enumerate(PROGRESS)]
    options.append(option("Not my goal any more", DROPPED))
    return [
        field_of(
            f"goal-{goal.id}",
            cut(goal.words, 200),
            choice_of("static_select", options, [str(goal.progress)]),
            optional=True,
        )
        for goal in goals
    ]


def goals_form(goals: Sequence[Goal]) -> Modal:
    """Where a mentee says how far they are, and sets a new goal."""
    blocks = progress_fields(goals) or [
        section("You have no goals yet. One is a good beginning: small enough to reach.")
    ]
    new = field_of(
        "words",
        "A new goal",
        text_input(multiline=True, longest=WORDS_MAX),
        optional=True,
        hint="What will be different once you have reached it?",
    )
    return Modal(
        "My goals",
        [*blocks, new, context("They are yours. Your mentor sees them in a check-in's agenda.")],
        FORM,
        "Save",
    )


def saved(reached: Sequence[Goal], still_open: Sequence[Goal]) -> Modal:
    """Says what is stored now."""
    blocks: list[Block] = []
    for goal in reached:
        blocks += [section("You have reached it. Well done!"), typed(goal.words)]
    left = counted(len(still_open), "goal") if still_open else "no goal"
    where = "; your Home shows what is open" if still_open else ""
    blocks.append(section(f"Saved. You have {left} open{where}."))
    return Modal("My goals", blocks)
