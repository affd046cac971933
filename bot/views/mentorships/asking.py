"""The forms in which a colleague is asked for something less formal; what is said of them."""

from collections.abc import Sequence

from bot.views.blocks import (
    Block,
    Message,
    Modal,
    choice_of,
    field_of,
    option,
    section,
    text_input,
    user,
    users_select,
)
from bot.views.help import say
from bot.views.mentorships import ids
from bot.views.mentorships.cards import RHYTHMS
from storage.records import Topic
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipKind

WORDS_MAX = 1000


def with_form(colleague: str | None, words: str) -> Modal:
    """Where somebody asks a colleague for an informal mentorship."""
    rhythms = [
        option(told.capitalize(), each.value)
        for each, told in RHYTHMS.items()
        if each is not CheckinRhythm.ON_DEMAND
    ]
    return Modal(
        "Ask a colleague",
        [
            section(
                "An informal mentorship is a talk now and then: no agreement, no end. It begins"
                " when your colleague says: gladly."
            ),
            _colleague(colleague),
            _words("What would you like to talk about?", words),
            field_of(
                "rhythm",
                "How often?",
                choice_of("static_select", rhythms),
                optional=True,
                hint="Left open, you meet when one of you asks, and nobody reminds you.",
            ),
        ],
        ids.WITH_FORM,
        "Ask",
    )


def observe_form(colleague: str | None, words: str) -> Modal:
    """Where somebody asks to sit in on something a colleague does."""
    return Modal(
        "Sit in on something",
        [
            section("Watching somebody do it well is a way to learn. Ask; then you fix a date."),
            _colleague(colleague),
            _words("What would you like to sit in on?", words),
        ],
        ids.OBSERVE_FORM,
        "Ask",
    )


def swap_form(
    colleague: str | None,
    words: str,
    every: Sequence[Topic],
    mine: Sequence[Topic],
    theirs: Sequence[Topic],
) -> Modal:
    """Where somebody offers a colleague one topic for another."""
    if len(every) < 2:  # noqa: PLR2004 - one for another
        words = "There are too few topics to swap yet. Those who run the programme add them."
        return Modal("Swap topics", [section(words)])
    return Modal(
        "Swap topics",
        [
            section("Each teaches the other one thing. It begins when your colleague agrees."),
            _colleague(colleague),
            field_of("gives", "I offer", _topics(mine or every)),
            field_of("gets", "I would like", _topics(theirs or every)),
            _words("A word to your colleague", words),
        ],
        ids.SWAP_FORM,
        "Ask",
    )


def _colleague(chosen: str | None) -> Block:
    return field_of("colleague", "Colleague", users_select("colleague", "Somebody", chosen))


def _words(label: str, words: str) -> Block:
    return field_of(
        "words", label, text_input(words, multiline=True, longest=WORDS_MAX), optional=True
    )


def _topics(topics: Sequence[Topic]) -> Block:
    return choice_of("static_select", [option(topic.name, str(topic.id)) for topic in topics])


def sent(mentorship: Mentorship) -> Message:
    """Says that a request is on its way."""
    formal = mentorship.kind is MentorshipKind.FORMAL
    also = " You can have five such requests open at a time." if formal else ""
    return say(
        f"{user(mentorship.mentor)} has your request now. Your messages here show how it stands,"
        f" and you can take it back there.{also}"
    )
