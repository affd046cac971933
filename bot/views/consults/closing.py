"""The one question to each side once a consult is closed."""

from collections.abc import Sequence

from bot.views.blocks import (
    Block,
    Message,
    button,
    cut,
    user,
)
from bot.views.consults import ids
from bot.views.consults.words import (
    OUTCOMES,
    the_asker,
)
from bot.views.message import Line, message
from bot.views.notes.ids import BEGIN
from storage.records import (
    Consult,
    ConsultState,
    Help,
    Outcome,
)


def closing_question_to_asker(consult: Consult, *, shareable: bool = False) -> Message:
    """Asks the asker one thing: whether it helped; and then whether others may read of it."""
    if shareable:
        return message([f"Thank you for telling. {_MAY_OTHERS}"], [_share(consult)])
    if consult.outcome is not Outcome.UNKNOWN:
        again = consult.outcome is Outcome.NO and consult.state is ConsultState.CLOSED
        return message(
            [
                "Thank you for telling."
                + (" If you like, the question goes to others." if again else "")
            ],
            [button("Ask others", ids.ASK_OTHERS, str(consult.id))] if again else [],
        )
    return message(
        [
            f"Your question to {user(consult.expert)} is closed. Did it help? It is one thing to"
            " tell; a thank-you note is welcome.",
            ("Question", cut(consult.question, 300)),
        ],
        [button("Tell how it went", ids.SAY_OUTCOME, str(consult.id), style="primary")],
    )


def thank_you(consult: Consult, thanks: str) -> Message:
    """Passes on what the asker wrote to the one who helped."""
    return message([f"{the_asker(consult)} thanks you for your help.", ("A thank-you", thanks)])


_MAY_OTHERS = (
    "May colleagues read what came of it, as a note? The two of you reword it so that nobody can be"
    " recognised, nobody is named, and nothing is shared before both of you agree."
)


def _share(consult: Consult) -> Block:
    return button("Share it as a note", BEGIN, str(consult.id))


def closing_question_to_expert(
    consult: Consult, helps: Sequence[Help], *, shareable: bool = False
) -> Message:
    """Tells the expert what the asker said, and asks one thing: how long, and what was learned.

    And whether others may read of it.
    """
    mine = next((row for row in helps if row.helper == consult.expert), None)
    lines: list[Line] = [
        f"The question of {the_asker(consult)} that you took is closed. Thank you for your help!"
    ]
    if mine and mine.outcome and mine.outcome is not Outcome.UNKNOWN:
        lines.append(f"{the_asker(consult, first=True)} says: {OUTCOMES[mine.outcome]}.")
    if mine and mine.thanks:
        lines.append(("A thank-you", mine.thanks))
    told = mine and (mine.minutes is not None or mine.learned)
    lines += ["It is in your record."] if told else []
    lines += [_MAY_OTHERS] if shareable else []
    effort = [button("Minutes, and what I learned", ids.SAY_EFFORT, str(consult.id))]
    return message(lines, [*([] if told else effort), *([_share(consult)] if shareable else [])])
