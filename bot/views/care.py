"""What experts read of their own week: that it is full, that a rest is due, a kind word."""

from bot.views.blocks import Message, button, counted, date
from bot.views.message import message

REST = "care.rest"
NO_REST = "care.no_rest"


def week_full(capacity: int, until: int) -> Message:
    """Says that nothing more comes for a while."""
    return message(
        [
            f"You have taken {counted(capacity, 'question')} in seven days, as many as you said you"
            f" would. I put no new ones to you before {date(until)}, unless somebody asks for you"
            " by name. Thank you! `/mentor expert` changes how many."
        ]
    )


def rest_week(occasion: int) -> Message:
    """Offers a week's rest."""
    value = str(occasion)
    return message(
        [
            "You have answered many questions in the last weeks; thank you. Would you like a week"
            " without new ones? Nobody is told, and I am quiet too."
        ],
        [
            button("Rest a week", REST, value, style="primary"),
            button("No, thank you", NO_REST, value),
        ],
    )


def rest_answered(paused_until: int | None) -> Message:
    """What became of that offer; `paused_until` None: they are not resting."""
    if paused_until:
        return message(
            [f"You rest until {date(paused_until)}. Enjoy it! `/mentor resume` ends it earlier."]
        )
    return message(["Good to have you here. `/mentor pause` is a rest whenever you like one."])


def kind_words(answered: int) -> Message:
    """A thank-you after the first question, the tenth, the twenty-fifth, and so on."""
    if answered == 1:
        return message(
            [
                "That was the first question you have answered here. Somebody knows how to go on,"
                " because you took the time. Thank you."
            ]
        )
    return message(
        [f"That was your answer number {answered} here. Thank you for being there for colleagues."]
    )
