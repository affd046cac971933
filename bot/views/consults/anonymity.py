"""Asking anonymously after all: what that changes, and who knows already."""

from dataclasses import dataclass

from bot.views.blocks import Modal, channel, joined, section, user
from bot.views.consults import ids
from bot.views.consults.words import UNNAMED, WHO_COULD_KNOW


@dataclass(frozen=True, slots=True)
class Known:
    """To whom a question was put by name so far: experts, a channel, admins."""

    experts: tuple[str, ...] = ()
    channel: str | None = None
    admins: tuple[str, ...] = ()


def anonymous_form(consult_id: int, known: Known) -> Modal:
    """Says what asking anonymously means for this question now, and asks whether to."""
    return Modal(
        "Ask anonymously",
        [
            section(
                f"From now on others read “{UNNAMED}”. Who takes your question writes with you"
                " through the bot, until you choose to show who you are."
            ),
            section(_who_knows(known)),
            section(WHO_COULD_KNOW),
        ],
        ids.ANONYMOUS_FORM,
        "Ask anonymously",
        str(consult_id),
    )


def _who_knows(known: Known) -> str:
    told = []
    if known.experts:
        names = joined([user(each) for each in known.experts])
        one = len(known.experts) == 1
        told.append(
            f"{names} {'has' if one else 'have'} been asked by name, and may have read it."
            f" {'Their card is' if one else 'Their cards are'} taken back, they are not asked"
            " again, and others are."
        )
    if known.channel:
        told.append(f"It stood in {channel(known.channel)} with your name; there it is taken back.")
    if known.admins:
        names = joined([user(each) for each in known.admins])
        told.append(f"{names}, who may look after it, read your name.")
    if not told:
        return "So far nobody has been asked, so nobody has read your name."
    return " ".join(
        (
            *told,
            "What they have read can't be undone: they would know this question again. If that"
            " matters, withdraw it, and ask another time, in other words, from the form that"
            " `/mentor` opens.",
        )
    )
