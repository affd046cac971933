"""Which mentors to suggest to a mentee, and why these: one of them different on purpose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.records import CareerStage
from storage.records.mentorships import PossibleMentor

# product.md, section 3.1
SUGGESTED = 3
STAGES = tuple(CareerStage)


class Bar(StrEnum):
    """Why somebody can't be asked, or nobody can; the first that holds."""

    ONESELF = "oneself"
    NOT_HERE = "not_here"
    KEPT_APART = "kept_apart"
    TOGETHER = "together"
    DECLINED = "declined"
    PAUSED = "paused"
    NO_ROOM = "no_room"
    NOT_OFFERED = "not_offered"


class Differs(StrEnum):
    """In what a mentor is another kind of person than the mentee."""

    DISCIPLINE = "discipline"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for a mentor. `topics`: ids their need is about; `seeks`: what else they seek."""

    user: str
    stage: CareerStage | None = None
    discipline: str = ""
    site: str = ""
    topics: frozenset[int] = frozenset()
    seeks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One mentor, with the reasons.

    `fits`: topics of the need that they offer, `also`: topics the mentee seeks besides; `ahead`:
    how many career stages they are ahead (None: not known); `room`: mentees they would still take;
    `differs`: set on the one that is different on purpose.
    """

    mentor: PossibleMentor
    fits: tuple[int, ...]
    also: tuple[int, ...]
    ahead: int | None
    room: int
    differs: Differs | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """Those suggested, best first; `why_none` says why there are none."""

    those: tuple[Suggestion, ...]
    why_none: Bar | None = None


def bar(seeker: str, mentor: PossibleMentor, now: int) -> Bar | None:
    """What keeps `mentor` from being asked by `seeker` now; None if nothing does."""
    bars = {
        Bar.ONESELF: mentor.user == seeker,
        Bar.NOT_HERE: not mentor.here,
        Bar.KEPT_APART: mentor.kept_apart,
        Bar.TOGETHER: mentor.together,
        Bar.DECLINED: mentor.declined,
        Bar.PAUSED: (mentor.paused_until or 0) > now,
        Bar.NO_ROOM: mentor.mentees >= mentor.capacity,
    }
    return next((each for each, holds in bars.items() if holds), None)


def suggest(
    seeker: Seeker, mentors: Iterable[PossibleMentor], now: int, count: int = SUGGESTED
) -> Suggested:
    """The `count` mentors who fit best and can be asked, one of them different where there is one.

    Who offers a topic of the need fits; where it has none, everybody does. A stage ahead comes
    before equals, then who has more of the topics, then who has fewer mentees.
    """
    fitting = [each for each in mentors if each.offers & seeker.topics or not seeker.topics]
    able = [_explained(seeker, each) for each in fitting if bar(seeker.user, each, now) is None]
    if not able:
        return Suggested((), _why_none(seeker, fitting, now))
    ranked = sorted(able, key=_rank)
    return Suggested(tuple(_with_one_different(seeker, ranked, count)))


def _explained(seeker: Seeker, mentor: PossibleMentor) -> Suggestion:
    return Suggestion(
        mentor,
        fits=tuple(sorted(mentor.offers & seeker.topics)),
        also=tuple(sorted(mentor.offers & seeker.seeks - seeker.topics)),
        ahead=_ahead(seeker.stage, mentor.stage),
        room=mentor.capacity - mentor.mentees,
    )


def _ahead(stage: CareerStage | None, of: CareerStage | None) -> int | None:
    return STAGES.index(of) - STAGES.index(stage) if stage and of else None


def _rank(each: Suggestion) -> tuple[int, ...] | tuple[int | str, ...]:
    not_ahead = 0 if (each.ahead or 0) > 0 else 1 if each.ahead in (0, None) else 2
    mentor = each.mentor
    return (not_ahead, -len(each.fits), mentor.mentees, -len(each.also), mentor.user)


def _with_one_different(
    seeker: Seeker, ranked: Sequence[Suggestion], count: int
) -> list[Suggestion]:
    """The first of the ranked; the last place goes to the best one who is different."""
    first, rest = list(ranked[: count - 1]), ranked[count - 1 :]
    for each in rest:
        differs = differs_in(seeker, each.mentor)
        if differs:
            return [*first, _named(each, differs)]
    chosen = list(ranked[:count])
    for place in reversed(range(len(chosen))):
        differs = differs_in(seeker, chosen[place].mentor)
        if differs:
            chosen.append(_named(chosen.pop(place), differs))
            break
    return chosen


def _named(each: Suggestion, differs: Differs) -> Suggestion:
    return Suggestion(each.mentor, each.fits, each.also, each.ahead, each.room, differs)


def differs_in(seeker: Seeker, mentor: PossibleMentor) -> Differs | None:
    """In what the two are different, as far as both have said."""
    if _other(seeker.discipline, mentor.discipline):
        return Differs.DISCIPLINE
    return Differs.SITE if _other(seeker.site, mentor.site) else None


def _other(one: str, other: str) -> bool:
    return bool(one and other) and one.casefold() != other.casefold()


def _why_none(seeker: Seeker, fitting: Sequence[PossibleMentor], now: int) -> Bar:
    """Why nobody can be asked. What others have kept to themselves is told as NO_ROOM."""
    bars = {bar(seeker.user, each, now) for each in fitting}
    if bars & {Bar.NO_ROOM, Bar.PAUSED, Bar.KEPT_APART, Bar.DECLINED}:
        return Bar.NO_ROOM
    return Bar.TOGETHER if Bar.TOGETHER in bars else Bar.NOT_OFFERED
