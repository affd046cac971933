"""A cohort matched in one go: who would like to be, what is proposed to an admin, its approval."""

import asyncio
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from bot import needs
from bot.authority import Actor, require_admin, require_member
from bot.context import Bot
from bot.errors import Reason, Refused, Unusable
from bot.mentorships.requesting import agrees
from bot.profiles import MENTEES_MAX
from bot.rules import matching
from bot.rules.matching import Mentor, Person
from bot.rules.words import tag_of
from bot.views import cohorts as view
from bot.views.cohorts import Seen, ToWish
from storage import cohorts, members, mentorships, outbox, profiles, programme, search, topics
from storage.database import Tx
from storage.records import CareerStage
from storage.records.cohorts import Cohort, CohortState, Left, MatchWish, ProposedPair, Side
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from storage.records.profiles import Profile

CHOICES_MAX = len(matching.CHOICES)
WISHES_MOST = 1000  # people of each side in one round; the others wait for the next
ANY = ""

Round = tuple[dict[str, Person], dict[str, Mentor]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody would like, as typed. `mentors` and `mentees`: dearest first.

    `capacity`: how many they would mentor at a time, None where it was left open.
    """

    sides: Collection[Side]
    need: str | None = None
    mentors: tuple[str, ...] = ()
    capacity: int | None = None
    mentees: tuple[str, ...] = ()


def to_wish(tx: Tx, actor: Actor) -> ToWish:
    """What the form shows the actor. Raises Refused(GUEST)."""
    require_member(tx, actor)
    profile = profiles.get(tx, actor.user)
    stages = (profile.stage,) if profile.stage else tuple(CareerStage)
    known = [need for stage in stages for need in needs.of_stage(tx, stage)]
    return ToWish(known, cohorts.wishes_of(tx, actor.user), profile.mentees)


def wish(tx: Tx, actor: Actor, wanted: Wanted) -> None:
    """The actor would like to be matched in the next round. Raises Refused(GUEST), Unusable."""
    require_member(tx, actor)
    if not wanted.sides:
        raise Unusable("sides", "Please choose at least one of the two.")
    _check_choices(tx, actor, "mentors", wanted.mentors)
    _check_choices(tx, actor, "mentees", wanted.mentees)
    chosen = {Side.MENTEE: wanted.mentors, Side.MENTOR: wanted.mentees}
    for side in Side:
        if side in wanted.sides:
            need = wanted.need if side is Side.MENTEE and needs.get(tx, wanted.need or "") else None
            cohorts.wish(tx, MatchWish(actor.user, side, chosen[side], need))
        else:
            cohorts.no_wish(tx, actor.user, side)
    if Side.MENTOR in wanted.sides:
        _keep_capacity(tx, actor, wanted.capacity)


def _check_choices(tx: Tx, actor: Actor, name: str, choices: Sequence[str]) -> None:
    if actor.user in choices:
        raise Unusable(name, "Please choose colleagues: this takes two.")
    if len(choices) > CHOICES_MAX:
        raise Unusable(name, f"Please choose {CHOICES_MAX} people at most.")
    for user in choices:
        member = members.get(tx, user)
        if member is None or member.bot or member.guest or member.deactivated:
            raise Unusable(name, "Please choose full members of this workspace only.")


def _keep_capacity(tx: Tx, actor: Actor, capacity: int | None) -> None:
    """There is one number of mentees, the profile's; whoever asks them for more finds it too."""
    if capacity is None or not 1 <= capacity <= MENTEES_MAX:
        raise Unusable("capacity", f"Please write a number from 1 to {MENTEES_MAX}.")
    profile = profiles.get(tx, actor.user)
    if profile.mentees != capacity:
        profiles.keep(tx, replace(profile, mentees=capacity))
        outbox.refresh(tx, f"home/{actor.user}")


def no_wish(tx: Tx, actor: Actor) -> None:
    """The actor would not like to be matched any more."""
    for side in Side:
        cohorts.no_wish(tx, actor.user, side)


def ask(tx: Tx, actor: Actor) -> int:
    """Have pairs proposed to the actor, in their messages. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    cohort_id = cohorts.ask(tx, actor.user)
    outbox.mark_stale(tx, f"cohort/{cohort_id}")
    return cohort_id


def round_now(tx: Tx) -> Round:
    """Everybody who would like to be matched, as the rule takes them, by user."""
    seekers, givers = {}, {}
    for each in cohorts.wishes(tx, Side.MENTEE, WISHES_MOST):
        profile = profiles.get(tx, each.user)
        seekers[each.user] = Person(
            each.user,
            each.choices,
            _looked_for(tx, each.need, profile),
            profile.stage,
            profile.discipline,
            profile.site,
            cohorts.never_with(tx, each.user),
        )
    for each in cohorts.wishes(tx, Side.MENTOR, WISHES_MOST):
        profile, room = profiles.get(tx, each.user), mentorships.room_of(tx, each.user)
        givers[each.user] = Mentor(
            each.user,
            each.choices,
            _offered(tx, profile),
            profile.stage,
            profile.discipline,
            profile.site,
            cohorts.never_with(tx, each.user),
            room=max(room, 0),
            mentees=profile.mentees - room,
        )
    return seekers, givers


def topics_of(tx: Tx, pair: Mentorship) -> list[str]:
    """What the mentee of a pair looks for and the mentor offers, by name."""
    sought = _looked_for(tx, pair.need, profiles.get(tx, pair.mentee))
    both = sought & _offered(tx, profiles.get(tx, pair.mentor))
    return [topic.name for topic in topics.these(tx, both)]


def _looked_for(tx: Tx, need_id: str | None, profile: Profile) -> frozenset[int]:
    """The topics of the need, or those they seek anyway if the programme has none of it."""
    need = needs.get(tx, need_id) if need_id else None
    about = search.find_topics(tx, [tag_of(each) for each in need.topics]) if need else []
    return frozenset(about) or frozenset(topic.id for topic in profile.seeks)


def _offered(tx: Tx, profile: Profile) -> frozenset[int]:
    expert = members.expert(tx, profile.user)
    return frozenset(topic.id for topic in (*profile.offers, *(expert.topics if expert else ())))


async def make_running(bot: Bot) -> None:
    """Match wherever an admin asked for it; in another process, as it may take long.

    Whoever is killed meanwhile leaves it to be matched again.
    """
    for workspace in await bot.read(ANY, cohorts.running_workspaces):
        for cohort_id in await bot.read(workspace, cohorts.running):
            seekers, givers = await bot.read(workspace, round_now)
            with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
                loop = asyncio.get_running_loop()
                made = await loop.run_in_executor(
                    elsewhere, matching.match, [*seekers.values()], [*givers.values()]
                )
            await bot.write(workspace, propose, cohort_id, made)


def propose(tx: Tx, cohort_id: int, made: matching.Matching) -> None:
    """Store what was found, for its admin to see; a second time changes nothing."""
    asked = cohorts.get(tx, cohort_id)
    if asked is None or asked.state is not CohortState.RUNNING:
        return
    cohorts.propose(tx, cohort_id, made.pairs, made.left)
    outbox.mark_stale(tx, f"cohort/{cohort_id}")


def seen(tx: Tx, cohort: Cohort) -> Seen:
    """The cohort with what speaks for and against each pair now."""
    if cohort.state is not CohortState.DRAFT:
        return Seen(cohort)
    seekers, givers = round_now(tx)
    whys = {
        pair.mentee: matching.why(seekers[pair.mentee], givers[pair.mentor])
        for pair in cohort.pairs.values()
        if pair.mentee in seekers and pair.mentor in givers
    }
    faults = matching.faults(cohort.pairs.values(), seekers, givers)
    return Seen(cohort, whys, faults, {topic.id: topic.name for topic in topics.every(tx)})


def to_see(tx: Tx, actor: Actor, cohort_id: int) -> Seen:
    """The whole proposal, for the actor. Raises Refused."""
    return seen(tx, _draft(tx, actor, cohort_id))


def to_change(tx: Tx, actor: Actor, cohort_id: int) -> Cohort:
    """The proposal as the actor may change it. Raises Refused."""
    return _draft(tx, actor, cohort_id)


def change(tx: Tx, actor: Actor, cohort_id: int, mentee: str, mentor: str | None) -> None:
    """Give a mentee of the proposal another mentor of the round, or (None) nobody.

    A mentor may have too many meanwhile, so that two can change places; it can't be approved so.
    Raises Refused, and Unusable for people who are not in it or can't be brought together.
    """
    cohort = _draft(tx, actor, cohort_id)
    left = {each.user for each in cohort.left if each.side is Side.MENTEE}
    if mentee not in {*cohort.pairs, *left}:
        raise Unusable("mentee", "Please choose somebody of this round who looks for a mentor.")
    before = cohort.pairs.get(mentee)
    if mentor is None:
        cohorts.part(tx, cohort_id, mentee)
        cohorts.put_left(tx, cohort_id, Left(mentee, Side.MENTEE, view.BY_HAND))
    else:
        _put_together(tx, cohort_id, mentee, mentor)
    pairs = _get(tx, cohort_id).pairs.values()
    if before and all(pair.mentor != before.mentor for pair in pairs):
        cohorts.put_left(tx, cohort_id, Left(before.mentor, Side.MENTOR, view.BY_HAND))
    outbox.mark_stale(tx, f"cohort/{cohort_id}")


def _put_together(tx: Tx, cohort_id: int, mentee: str, mentor: str) -> None:
    seekers, givers = round_now(tx)
    if mentee not in seekers:
        raise Unusable("mentee", "They take part no more. Leave the mentor open to take them out.")
    if mentor not in givers or mentor == mentee:
        raise Unusable("mentor", "Please choose somebody of this round who would mentor.")
    one, other = seekers[mentee], givers[mentor]
    if matching.kept_apart(one, other):
        raise Unusable("mentor", "These two can't be brought together, or are already.")
    pair = ProposedPair(mentee, mentor, matching.worth(one, other))
    cohorts.put_pair(tx, cohort_id, pair)


def discard(tx: Tx, actor: Actor, cohort_id: int) -> None:
    """Match nobody by it. Raises Refused."""
    _draft(tx, actor, cohort_id)
    cohorts.set_state(tx, cohort_id, CohortState.DISCARDED)
    outbox.mark_stale(tx, f"cohort/{cohort_id}")


def approve(tx: Tx, actor: Actor, cohort_id: int) -> list[int]:
    """Make each pair a formal mentorship that has its agreement ahead; gives their ids.

    Both of each pair hear of it, and who has nobody hears why. Raises Refused, and Unusable, which
    names the pairs, while one is not possible any more.
    """
    cohort = _draft(tx, actor, cohort_id)
    seekers, givers = round_now(tx)
    faults = matching.faults(cohort.pairs.values(), seekers, givers)
    if faults:
        raise Unusable("pairs", view.to_mend(cohort, faults))
    made = [_agree(tx, cohort_id, pair) for pair in cohort.pairs.values()]
    in_round = {Side.MENTEE: set(seekers), Side.MENTOR: set(givers)}
    for user in sorted({each.user for each in cohort.left if each.user in in_round[each.side]}):
        outbox.mark_stale(tx, f"cohort-none/{cohort_id}/{user}")
    cohorts.set_state(tx, cohort_id, CohortState.APPROVED)
    programme.audit(tx, actor.user, "cohort", str(cohort_id))
    outbox.mark_stale(tx, f"cohort/{cohort_id}")
    return made


def _agree(tx: Tx, cohort_id: int, pair: ProposedPair) -> int:
    """The two are a pair from now on; both have said yes to it by their wish."""
    wanted = Mentorship(
        id=0,
        kind=MentorshipKind.FORMAL,
        state=MentorshipState.AGREEING,
        mentor=pair.mentor,
        mentee=pair.mentee,
        asked_by=pair.mentee,
        asked_at=tx.now,
        need=cohorts.wishes_of(tx, pair.mentee)[Side.MENTEE].need,
        cohort_id=cohort_id,
    )
    mentorship_id = mentorships.add(tx, wanted)
    if mentorship_id is None:
        raise Refused(Reason.ASKED_BEFORE)
    for user, side in ((pair.mentee, Side.MENTEE), (pair.mentor, Side.MENTOR)):
        cohorts.no_wish(tx, user, side)
        outbox.mark_stale(tx, f"cohort-pair/{cohort_id}/{user}/{mentorship_id}")
    agrees(tx, replace(wanted, id=mentorship_id))
    return mentorship_id


def _draft(tx: Tx, actor: Actor, cohort_id: int) -> Cohort:
    require_admin(tx, actor)
    cohort = cohorts.get(tx, cohort_id)
    if cohort is None or cohort.state is not CohortState.DRAFT:
        raise Refused(Reason.PROPOSAL_OVER)
    return cohort


def _get(tx: Tx, cohort_id: int) -> Cohort:
    cohort = cohorts.get(tx, cohort_id)
    if cohort is None:
        raise Refused(Reason.PROPOSAL_OVER)
    return cohort
