"""Why a question was put to just these people, in words for its asker."""

from collections.abc import Callable, Sequence

from bot.views.blocks import Modal, counted, section, user
from bot.views.consults.words import has_it_before_them
from storage.records import Consult, Ground, Offer

# With how many topics, questions or words it was.
WORDS: dict[Ground, Callable[[int], str]] = {
    Ground.CHOSEN: lambda _many: "You chose them.",
    Ground.FORWARDED: lambda _many: "A colleague who was asked thought of them.",
    Ground.HANDED_ON: lambda _many: "Somebody who runs this programme thought of them.",
    Ground.ANSWERED: lambda many: (
        f"They have answered {counted(many, 'question')} like this before."
    ),
    Ground.DECLARED: lambda many: (
        f"They take questions on {counted(many, 'topic')} of your question, by their own choice."
    ),
    Ground.GIVEN: lambda many: (
        f"Those who run this programme named them for {counted(many, 'topic')} of your question."
    ),
    Ground.ENDORSED: lambda many: (
        f"Colleagues recommended them for {counted(many, 'topic')} of your question."
    ),
    Ground.DESCRIBED: lambda many: (
        f"{counted(many, 'word')} of your question"
        f" {'stands' if many == 1 else 'stand'} in what they say of themselves."
    ),
    Ground.NEAR: lambda _many: "They take questions on a topic that your words name.",
    Ground.ANYBODY: lambda _many: (
        "Nobody was found for these words or topics, so somebody was asked whose turn it is."
    ),
    Ground.TURN: lambda _many: (
        "It was their turn: one place in four goes to whoever was asked least lately, so that"
        " everybody who knows the topic is asked."
    ),
    Ground.LEAST_LATELY: lambda _many: "Of those who match as well, they were asked least lately.",
    Ground.AT_WORK: lambda _many: "They were in their working hours when they were asked.",
}
TOOK_IT = "They took it themselves, where it was put to several people."
PARTIAL = "They match only a part of what you ask."
SHOWN = 40  # people; a modal holds a hundred blocks


def why_these(consult: Consult, offers: Sequence[Offer]) -> Modal:
    """Why each of those who have it before them was asked, as it was when they were."""
    among = has_it_before_them(consult, offers)
    told = [_person(offer) for offer in among[:SHOWN]]
    if not told:
        told = ["Your question is with nobody just now. Its card says what comes next."]
    title = "Why these people" if len(among) > 1 else "Why this person"
    return Modal(title, [section(words) for words in told])


def _person(offer: Offer) -> str:
    reasons = [WORDS[each.ground](each.many) for each in offer.why] or [TOOK_IT]
    if offer.partial:
        reasons.insert(0, PARTIAL)
    return "\n".join([f"{user(offer.expert)}", *(f"• {each}" for each in reasons)])
