"""Queries about who may mentor whom, bounded at any size."""

from collections.abc import Sequence

from storage.database import Row, Tx
from storage.records import CareerStage
from storage.records.mentorships import PossibleMentor

WALK = 100  # rows of one topic that one walk looks at
AT_MOST = 200  # people looked at more closely
# A request that lapsed is not made again for so long.
LAPSED_LATELY = 180 * 24 * 3600

# A walk begins at the seeker's own id and goes round, so that the same few are not always met.
_OFFERING = """
    SELECT user FROM (SELECT user FROM profile_topics
                       WHERE workspace = :workspace AND topic_id = :topic AND side = 'offers'
                         AND user {side} :seeker ORDER BY user LIMIT :walk) AS offering
"""
_EXPERT = """
    SELECT user FROM (SELECT user FROM expert_topics
                       WHERE workspace = :workspace AND topic_id = :topic AND user {side} :seeker
                       ORDER BY user LIMIT :walk) AS experts
"""
_ANYBODY = """
    SELECT user FROM (SELECT user FROM profiles
                       WHERE workspace = :workspace AND mentees > 0 AND user {side} :seeker
                       ORDER BY user LIMIT :walk) AS mentoring
"""

_POSSIBLE = """
    SELECT members.user, profiles.stage, COALESCE(profiles.discipline, '') AS discipline,
           COALESCE(profiles.site, '') AS site, COALESCE(profiles.mentees, 0) AS capacity,
           profiles.paused_until, experts.paused_until AS expert_paused_until,
           members.guest + members.bot + members.deactivated AS not_here,
           (SELECT COUNT(*) FROM mentorships
             WHERE workspace = :workspace AND mentor = :user AND kind = 'formal'
               AND state IN ('meeting', 'agreeing', 'active', 'paused')) AS mentees,
           EXISTS (SELECT 1 FROM exclusions WHERE workspace = :workspace
                      AND ((user = :seeker AND excluded = :user)
                        OR (user = :user AND excluded = :seeker))) AS kept_apart,
           (SELECT COUNT(*) FROM mentorships
             WHERE workspace = :workspace AND mentor = :user AND mentee = :seeker
               AND kind IN ('formal', 'informal')
               AND state IN ('asked', 'meeting', 'agreeing', 'active', 'paused'))
         + (SELECT COUNT(*) FROM mentorships
             WHERE workspace = :workspace AND mentor = :seeker AND mentee = :user
               AND kind IN ('formal', 'informal')
               AND state IN ('asked', 'meeting', 'agreeing', 'active', 'paused')) AS together,
           EXISTS (SELECT 1 FROM mentorships
                    WHERE workspace = :workspace AND mentor = :user AND mentee = :seeker
                      AND kind = 'formal'
                      AND (state = 'declined' OR (state = 'lapsed'
                           AND (met_at IS NOT NULL OR ended_at > :lately)))) AS declined
      FROM members
      LEFT JOIN profiles
        ON profiles.workspace = members.workspace AND profiles.user = members.user
      LEFT JOIN experts ON experts.workspace = members.workspace AND experts.user = members.user
     WHERE members.workspace = :workspace AND members.user = :user
"""


def possible_mentors(tx: Tx, seeker: str, topic_ids: Sequence[int]) -> list[PossibleMentor]:
    """Who offers one of the topics and has said that they would mentor; no topics: whoever would.

    At most AT_MOST, those with most of the topics; also who can't be asked, with what tells why.
    """
    offered: dict[str, set[int]] = {}
    for topic in topic_ids:
        for query in (_OFFERING, _EXPERT):
            for user in _walk(tx, query, seeker, topic):
                offered.setdefault(user, set()).add(topic)
    if not topic_ids:
        offered = {user: set() for user in _walk(tx, _ANYBODY, seeker, None)}
    by_topics = sorted(offered, key=lambda user: (-len(offered[user]), user))
    looked_at = (
        possible_mentor(tx, seeker, user, frozenset(offered[user])) for user in by_topics[:AT_MOST]
    )
    return [each for each in looked_at if each and each.capacity > 0]


def possible_mentor(
    tx: Tx, seeker: str, user: str, offers: frozenset[int] = frozenset()
) -> PossibleMentor | None:
    """Somebody as a mentor of `seeker`; None if nobody here has this id."""
    row = tx.row(_POSSIBLE, user=user, seeker=seeker, lately=tx.now - LAPSED_LATELY)
    return _possible(row, offers) if row else None


def _walk(tx: Tx, query: str, seeker: str, topic: int | None) -> list[str]:
    found: list[str] = []
    for side in (">", "<"):
        rows = tx.rows(query.format(side=side), seeker=seeker, topic=topic, walk=WALK)
        found += [row["user"] for row in rows]
    return found


def _possible(row: Row, offers: frozenset[int]) -> PossibleMentor:
    pauses = [row[each] for each in ("paused_until", "expert_paused_until") if row[each]]
    return PossibleMentor(
        user=row["user"],
        stage=CareerStage(row["stage"]) if row["stage"] else None,
        discipline=row["discipline"],
        site=row["site"],
        offers=offers,
        capacity=row["capacity"],
        mentees=row["mentees"],
        paused_until=max(pauses, default=None),
        here=not row["not_here"],
        kept_apart=bool(row["kept_apart"]),
        together=bool(row["together"]),
        declined=bool(row["declined"]),
    )
