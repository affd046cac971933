"""A person's consults on their Home: what waits for their answer, what they took, what they asked.

Each stands with its buttons, as on its card. `most`: how many of a list there is room for; a list
says how many more there are.
"""

from collections.abc import Sequence

from bot.views.blocks import Block, actions, button, context, counted, cut, section, typed, user
from bot.views.consults import ids
from bot.views.consults.offers import expert_buttons, offer_buttons
from bot.views.consults.status import stands
from bot.views.consults.words import about, asker_buttons, the_asker
from storage.records import Consult, Offer

BLOCKS_EACH = 3  # of one consult; a list that is cut short takes one more
QUESTION_SHOWN = 300  # characters

Standing = tuple[Consult, Sequence[Offer]]


def offers_waiting(waiting: Sequence[Consult], expert: str, most: int) -> list[Block]:
    """The questions put to the expert that wait for their answer."""
    blocks: list[Block] = []
    for consult in waiting[:most]:
        blocks += [
            section(f"{the_asker(consult, first=True)} asks for your advice. {about(consult)}"),
            typed(cut(consult.question, QUESTION_SHOWN)),
            actions(*offer_buttons(consult, expert)),
        ]
    return blocks + _more(len(waiting) - most, "waiting for you")


def details_waiting(asked: Sequence[Consult]) -> list[Block]:
    """The details that experts ask of their questions."""
    blocks: list[Block] = []
    for detail in (each.waits_for for each in asked):
        if detail:
            line = section(f"{user(detail.expert)} asks one detail of your question.")
            line["accessory"] = button("Answer", ids.ANSWER_DETAIL, str(detail.id))
            blocks.append(line)
    return blocks


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
