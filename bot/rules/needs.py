"""A member's map: each need of their stage and who covers it. product.md, section 6."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.records.mentorships import Mentorship, MentorshipState
from storage.records.profiles import Cover, Need


class By(StrEnum):
    """How a need is covered; GAP if it is not.

    ASKED while a request about it waits for an answer, BEGINNING from then until both have signed.
    """

    MENTORSHIP = "mentorship"
    ASKED = "asked"
    BEGINNING = "beginning"
    COLLEAGUE = "colleague"
    ELSEWHERE = "elsewhere"
    CIRCLE = "circle"
    GAP = "gap"


# A circle of the member's: its name, and the words of its topics in lower case.
Meets = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """One need on the map: how it is covered, and by whom (a user, or a circle's name)."""

    need: Need
    by: By
    who: str | None = None


def chart(
    user: str,
    needs: Sequence[Need],
    mentorships: Sequence[Mentorship],
    covers: Sequence[Cover],
    circles: Sequence[Meets],
) -> list[Place]:
    """Each need once, in order, by the firmest thing that covers it.

    A mentorship about it counts most, then whom the member has named, then a request, then a circle
    with one of its topics.
    """
    return [_place(user, need, mentorships, covers, circles) for need in needs]


def _place(
    user: str,
    need: Need,
    mentorships: Sequence[Mentorship],
    covers: Sequence[Cover],
    circles: Sequence[Meets],
) -> Place:
    about = [each for each in mentorships if each.need == need.id and each.mentee == user]
    under_way = next((each for each in about if each.under_way), None)
    if under_way:
        return Place(need, By.MENTORSHIP, under_way.mentor)
    named = next((each for each in covers if each.need == need.id), None)
    if named:
        return Place(need, By.COLLEAGUE if named.by else By.ELSEWHERE, named.by)
    beginning = next((each for each in about if each.state is not MentorshipState.ASKED), None)
    if beginning:
        return Place(need, By.BEGINNING, beginning.mentor)
    if about:
        return Place(need, By.ASKED, about[0].mentor)
    wanted = {topic.lower() for topic in need.topics}
    circle = next((name for name, words in circles if words & wanted), None)
    return Place(need, By.CIRCLE, circle) if circle else Place(need, By.GAP)
