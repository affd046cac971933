"""The form of an agreement, and the version a button names, as plain values."""

from bot.views.agreements import WORDS_MAX
from handlers import parse
from storage.records import HelpCategory
from storage.records.mentorships import CheckinRhythm, Terms


def named_version(body: parse.Body) -> tuple[int, int]:
    """The mentorship and the version that a button or the form names; (0, 0) if it names none."""
    named = parse.named(body)
    mentorship, _, version = named.partition(".")
    return parse.as_id(mentorship), parse.as_id(version)


def terms(body: parse.Body) -> Terms:
    """What the agreement says. Raises Unusable."""
    rhythms, categories = parse.choices(body, "rhythm"), parse.choices(body, "category")
    known_rhythm = rhythms and rhythms[0] in set(CheckinRhythm)
    known_category = categories and categories[0] in set(HelpCategory)

    def words(name: str) -> str:
        return parse.text(body, name, longest=WORDS_MAX)

    return Terms(
        objectives=words("objectives"),
        mentee_does=words("mentee_does"),
        mentor_does=words("mentor_does"),
        boundaries=words("boundaries"),
        rhythm=CheckinRhythm(rhythms[0]) if known_rhythm else CheckinRhythm.FORTNIGHTLY,
        months=parse.number(body, "months"),
        feedback=words("feedback"),
        category=HelpCategory(categories[0]) if known_category else HelpCategory.TRADITIONAL,
        ending=words("ending"),
    )
