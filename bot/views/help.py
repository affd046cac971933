"""Everything a person can do, on one screen."""

from bot.views.blocks import Message, header, section

LINES = (
    "*Ask*: `/mentor how do I …? #topic` puts your question to colleagues who know the topic;"
    " `/mentor @colleague how do I …?` asks one person. `/mentor` alone opens a form; so do the"
    " shortcuts *Ask a mentor* and, on a message, *Ask a mentor about this*. `/mentor status`"
    " lists your questions; *Why this person* on a question's card says why they were asked.",
    "*Anonymously*: choose it in the form. Nobody reads who asks, and you write to each other"
    " through the bot, until you show who you are.",
    "*Learn from what was asked*: `/mentor notes #topic` shows questions that were answered,"
    " reworded by those who asked and answered; the form shows those like yours.",
    "*Answer*: `/mentor expert` says which topics you take questions on, when and how many a week."
    " A question's card lets you ask one detail, be asked later, or think of a colleague;"
    " `/mentor endorse @colleague #topic` says what they know.",
    "*Peer circles*: `/mentor circles` lists the small groups that meet regularly, to join, leave,"
    " or run yours; `/mentor circle new` starts one.",
    "*A mentor*: `/mentor find` shows three people for what you need, and why these. `/mentor with"
    " @colleague` asks for a talk now and then, `/mentor observe @colleague` to sit in, `/mentor"
    " swap @colleague` one topic for another. `/mentor mentorships` lists yours.",
    "*Together*: `/mentor checkin @colleague` plans a meeting, `/mentor goals` shows your goals.",
    "*You*: `/mentor profile` says who you are and when you work; Home has your map of needs."
    " `/mentor reminders` shows what is coming up, and turns kinds of it off. `/mentor pause until"
    " friday` (or a date, or nothing) is a rest from all of it; `/mentor resume` ends it.",
    "*Run the programme*: `/mentor admin` is for those who set topics and experts.",
    "The bot is for advice and learning. When a patient needs a decision now, call the person on"
    " call. Please write nothing that identifies a patient: what the bot finds of it comes back"
    " to you before it is kept, but it misses some.",
)


def help_message() -> Message:
    """What `/mentor help` shows."""
    return Message("\n".join(("Mentoring: what you can do", *LINES)), _blocks())


def _blocks() -> list[dict[str, object]]:
    return [header("Mentoring: what you can do"), *(section(line) for line in LINES)]


def unknown_command(nearest: str) -> Message:
    """What a typo gets."""
    words = (
        f"There is no such command. Did you mean `/mentor {nearest}`? To ask it as a question,"
        " write a few more words; `/mentor help` shows everything."
    )
    return Message(words, [section(words)])


def say(words: str) -> Message:
    """A sentence or two."""
    return Message(words, [section(words)])
