"""Finding a mentor: a need, who fits it, and why these."""

from bot import needs
from bot.authority import Actor, require_member
from bot.errors import Unusable
from bot.rules import pairing
from bot.rules.pairing import Seeker
from bot.rules.words import tag_of
from bot.views.mentorships.suggestions import Offered
from storage import pairing as queries
from storage import profiles, search, topics
from storage.database import Tx
from storage.records import CareerStage
from storage.records.mentorships import Mentorship
from storage.records.profiles import Need, Profile

# product.md, section 3.1: what is offered to whom a request came to nothing.
NEXT = 2


def to_find(tx: Tx, actor: Actor) -> dict[CareerStage, list[Need]]:
    """The needs to choose from: those of the actor's stage, or of every stage if they named none.

    Raises Refused(GUEST).
    """
    require_member(tx, actor)
    stage = profiles.get(tx, actor.user).stage
    return {each: needs.of_stage(tx, each) for each in ([stage] if stage else CareerStage)}


def find(tx: Tx, actor: Actor, need_id: str) -> Offered:
    """Three mentors for a need of the actor's. Raises Refused(GUEST), Unusable("need")."""
    require_member(tx, actor)
    need = needs.get(tx, need_id)
    if need is None:
        raise Unusable("need", "Please choose one of the needs in the list.")
    return _found(tx, actor.user, need, pairing.SUGGESTED)


def next_for(tx: Tx, mentorship: Mentorship) -> Offered | None:
    """The next two for a mentee whose request came to nothing; None if it named no need."""
    need = needs.get(tx, mentorship.need) if mentorship.need else None
    return _found(tx, mentorship.mentee, need, NEXT) if need else None


def _found(tx: Tx, user: str, need: Need, count: int) -> Offered:
    profile = profiles.get(tx, user)
    wanted = frozenset(search.find_topics(tx, [tag_of(each) for each in need.topics]))
    seeker = Seeker(
        user,
        profile.stage or need.stage,
        profile.discipline,
        profile.site,
        wanted,
        frozenset(topic.id for topic in profile.seeks),
    )
    looked_for = sorted(wanted | seeker.seeks) if wanted else []
    possible = queries.possible_mentors(tx, user, looked_for)
    suggested = pairing.suggest(seeker, possible, tx.now, count)
    spoken_of = topics.these(tx, looked_for if suggested.those else wanted)
    return Offered(need, suggested, {topic.id: topic.name for topic in spoken_of})


def to_request(tx: Tx, actor: Actor, need_id: str) -> tuple[Profile, Need | None]:
    """What a request's note is drafted from. Raises Refused(GUEST)."""
    require_member(tx, actor)
    return profiles.get(tx, actor.user), needs.get(tx, need_id)
