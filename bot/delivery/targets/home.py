"""What the outbox shows on somebody's Home tab."""

from collections.abc import Callable

from bot import care
from bot import profiles as profile_use_cases
from bot.delivery import askers
from bot.delivery.target import HomeOf, Target
from bot.rules.needs import Meets, Place, chart
from bot.views import home as home_view
from storage import (
    checkins,
    circles,
    consults,
    goals,
    health,
    members,
    mentorships,
    offers,
    profiles,
    programme,
    sessions,
    topics,
)
from storage.database import Tx
from storage.records import Circle
from storage.records.checkins import Checkin, CheckinState
from storage.records.mentorships import Mentorship


def _home(tx: Tx, user: str) -> Target | None:
    pairs, meets = mentorships.of_member(tx, user), circles.of_member(tx, user)
    member = members.get(tx, user)
    standing = home_view.Standing(
        user=user,
        waiting=[askers.shown_to(each, user) for each in consults.offered_to(tx, user)],
        taken=[askers.shown_to(each, user) for each in consults.taken_by(tx, user)],
        asked=[(each, offers.of_consult(tx, each.id)) for each in consults.unfinished_of(tx, user)],
        expert=members.expert(tx, user),
        now=tx.now,
        circles=[(each, sessions.ahead(tx, each.id)) for each in meets],
        commitments=sessions.open_commitments_of(tx, user),
        profile=profiles.get(tx, user),
        mentorships=pairs,
        checkins=_planned(tx, pairs),
        promised=[
            (said, pair) for pair in pairs for said in checkins.open_commitments(tx, pair.id, user)
        ],
        goals=goals.open_of(tx, user),
        places=_places(tx, user, pairs, meets),
        this_week=care.this_week(tx, user),
        guest=member is not None and member.guest,
        running=_running(tx) if programme.is_admin(tx, user) else None,
        signs={each.id: mentorships.waits_for_signature(tx, each.id) for each in pairs},
    )
    return HomeOf(user, home_view.home(standing))


def _running(tx: Tx) -> home_view.Running:
    waiting, ran = health.waiting_here(tx), health.last_ran(tx)
    pending = waiting["pending"]
    return home_view.Running(
        pending=pending.rows,
        unsure=waiting["unsure"].rows,
        dead=waiting["dead"].rows,
        since=tx.now - pending.oldest if pending.rows else None,
        round_at=min(ran.values(), default=None),
    )


def _planned(tx: Tx, pairs: list[Mentorship]) -> list[tuple[Checkin, Mentorship]]:
    planned = [
        (checkin, pair)
        for pair in pairs
        for checkin in checkins.of_mentorship(tx, pair.id, CheckinState.PLANNED)
    ]
    return sorted(planned, key=lambda each: each[0].starts_at)


def _places(tx: Tx, user: str, pairs: list[Mentorship], meets: list[Circle]) -> list[Place]:
    needs = profile_use_cases.my_needs(tx, user)
    if not needs:
        return []
    words = {
        topic.id: {name.lower() for name in (topic.name, *topic.synonyms)}
        for topic in topics.every(tx)
    }
    named: list[Meets] = [
        (circle.name, frozenset().union(*(words.get(topic.id, ()) for topic in circle.topics)))
        for circle in meets
    ]
    return chart(user, needs, pairs, profiles.covers_of(tx, user), named)


TARGETS: dict[str, Callable[..., Target | None]] = {"home": _home}
