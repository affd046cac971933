"""Invitations: to an informal mentorship after good consults, and to become an expert."""

from bot.views.blocks import Block, Message, Modal, button, header, section, user
from bot.views.home import EDIT_EXPERT
from bot.views.mentorships import ids
from bot.views.message import message


def informal_offer(expert: str) -> Message:
    """Offers an informal mentorship with somebody who has helped three times."""
    return message(
        [
            f"You and {user(expert)} have been through three questions together. Would you like to"
            " talk now and then, without a question at hand? An informal mentorship has no"
            " agreement and no end."
        ],
        [button("Ask them", f"{ids.ASK_COLLEAGUE}", expert, style="primary")],
    )


def offer_settled(expert: str) -> Message:
    """What becomes of the offer once the two have something, or one of them can't be asked."""
    return message([f"You and {user(expert)} can see with `/mentor mentorships` how you stand."])


def become_expert() -> Message:
    """Asks a mentee who has come far whether they would take questions themselves."""
    return message(
        [
            "You have learned from others, and others learn from you by now. Would you like to take"
            " questions on what you know? You choose the topics, the hours and how many a week, and"
            " can rest whenever you like."
        ],
        [
            button("Take questions", EDIT_EXPERT, "mine", style="primary"),
            button("How to begin: one page", ids.SHOW_STARTER, "page"),
        ],
    )


def is_expert() -> Message:
    """What stands there once they take questions."""
    return message(["You take questions now. Thank you! `/mentor expert` changes what you offer."])


def starter_page(text: str) -> Modal:
    """The page for new experts; a paragraph that begins with # is a heading."""
    blocks: list[Block] = []
    for paragraph in (each.strip() for each in text.split("\n\n")):
        if paragraph.startswith("#"):
            blocks.append(header(paragraph.lstrip("# ")))
        elif paragraph:
            blocks.append(section(paragraph))
    return Modal("How to begin", blocks)
