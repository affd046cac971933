"""Whose turn it is to lead a session."""

from collections.abc import Collection, Sequence

from storage.records import CircleMember


def whose_turn(
    members: Sequence[CircleMember], cannot: Collection[str] = (), *, after: str | None = None
) -> str | None:
    """Who has led or joined longest ago, so that each leads once before anybody leads again.

    Who comes later waits for a turn instead of making up for those they were not there for.
    `after`: whoever comes next behind this person, round the circle, so that a session which is
    handed on does not come back to those who handed it on. None if everybody is among those who
    cannot.
    """
    order = sorted(
        members, key=lambda each: (max(each.last_led_at, each.since), each.led, each.user)
    )
    users = [each.user for each in order]
    start = users.index(after) + 1 if after in users else 0
    return next((user for user in users[start:] + users[:start] if user not in cannot), None)
