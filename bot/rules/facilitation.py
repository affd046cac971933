"""Whose turn it is to lead a session."""

from collections.abc import Collection, Sequence

from storage.records import CircleMember


def whose_turn(members: Sequence[CircleMember], cannot: Collection[str] = ()) -> str | None:
    """Who has led least, of those least lately, of those whoever came first.

    None if everybody is among those who cannot.
    """
    able = [member for member in members if member.user not in cannot]
    if not able:
        return None
    return min(able, key=lambda each: (each.led, each.last_led_at, each.since, each.user)).user
