"""A person's consults on their Home: what waits for their answer, what they took, what they asked.

Each stands with its buttons, as on its card. `most`: how many of a list there is room for; a list
says how many more there are.
"""

from collections.abc import Sequence

from bot.views.blocks import Block, actions, button, context, counted, cut, section, typed
from bot.views.consults import ids
from bot.views.consults.offers import expert_buttons
from bot.views.consults.status import stands
from bot.views.consults.words import about, asker_buttons, the_asker
from storage.records import Consult, Offer

BLOCKS_EACH = 3  # of one consult; a list that is cut short takes one more
QUESTION_SHOWN = 300  # characters

Standing = tuple[Consult, Sequence[Offer]]


def offers_waiting(waiting: Sequence[Consult], most: int) -> list[Block]:
    """The questions put to them that wait for their answer."""
    blocks: list[Block] = []
    for consult in waiting[:most]:
        value = str(consult.id)
        blocks += [
            section(f"{the_asker(consult)} asks for your advice. {about(consult)}"),
            typed(cut(consult.question, QUESTION_SHOWN)),
            actions(
                button("Accept", ids.ACCEPT, value, style="primary"),
                button("Answer now", ids.ANSWER_NOW, value),
                button("Pass", ids.PASS, value),
            ),
        ]
    return blocks + _more(len(waiting) - most, "waiting for you")


def consults_taken(taken: Sequence[Consult], most: int) -> list[Block]:
    """The questions they have taken and that are not closed."""
    blocks: list[Block] = []
    for consult in taken[:most]:
        blocks += [
            section(f"You have taken a question of {the_asker(consult)}."),
            typed(cut(consult.question, QUESTION_SHOWN)),
            actions(*expert_buttons(consult)),
        ]
    return blocks + _more(len(taken) - most, "that you took")


def consults_asked(asked: Sequence[Standing], most: int) -> list[Block]:
    """Their own questions: how each stands now, and what they can do."""
    blocks: list[Block] = []
    for consult, offers in asked[:most]:
        buttons = asker_buttons(consult)
        blocks += [
            section(stands(consult, offers)),
            typed(cut(consult.question, QUESTION_SHOWN)),
            *([actions(*buttons)] if buttons else []),
        ]
    return blocks + _more(len(asked) - most, "of yours")


def _more(more: int, which: str) -> list[Block]:
    if more <= 0:
        return []
    return [context(f"And {counted(more, 'question')} {which}: the cards are in your messages.")]
