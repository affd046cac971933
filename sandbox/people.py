"""People and bots of a workspace, and how Slack's API tells of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"
_COLOURS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699")
_SIZES = (24, 32, 48, 72, 192, 512)
SINCE = 1_700_000_000  # nobody's profile has been changed since


@dataclass(slots=True)
class User:
    """A person or a bot. `tz` is an IANA zone; `dnd` from when to when they want no disturbance.

    `home` is the id of the workspace of a stranger, who is here by a shared channel only.
    """

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    title: str = ""
    email: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    is_ultra_restricted: bool = False
    dnd: tuple[int, int] | None = None
    bot_id: str = ""
    app_id: str = ""
    home: str = ""
    away: bool = False
    joined_on_invitation: bool = True

    @property
    def is_stranger(self) -> bool:
        """Whether they belong to another organisation."""
        return bool(self.home)


def user_object(user: User, team: str, *, at: float, with_email: bool) -> Json:
    """The object of users.info; the zone's offset is that of the instant `at` (UTC seconds)."""
    shape: Json = {
        "id": user.id,
        "team_id": user.home or team,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile_object(user, user.home or team, with_email=with_email),
        # Slack counts Slackbot among the people.
        "is_bot": user.is_bot and user.id != SLACKBOT,
        "is_app_user": False,
        "updated": SINCE,
    }
    # Slack leaves zone and roles out for the deactivated.
    return shape if user.deleted else shape | _of_the_active(user, at)


def _of_the_active(user: User, at: float) -> Json:
    here = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(user.tz))
    return {
        "color": _COLOURS[sum(user.id.encode()) % len(_COLOURS)],
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": here.tzname() or user.tz,
        "tz_offset": int((here.utcoffset() or timedelta()).total_seconds()),
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": bool(user.email),
        "who_can_share_contact_card": "EVERYONE",
        # Slack says these only where they hold.
        **({"is_stranger": True} if user.is_stranger else {}),
        **({} if user.joined_on_invitation else {"is_invited_user": True}),
    }


def profile_object(user: User, team: str, *, with_email: bool) -> Json:
    """What somebody says of themselves."""
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.real_name,
        "display_name_normalized": user.real_name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": f"g{user.id[1:].lower()}",
        "team": team,
    }
    profile |= {f"image_{size}": f"https://pictures.example/{user.id}-{size}" for size in _SIZES}
    if with_email:
        profile["email"] = user.email
    if user.bot_id:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app_id, "always_active": True}
    return profile


def dnd_object(user: User, now: int) -> Json:
    """What dnd.info says; 1 stands for no time at all, as in Slack."""
    start, end = user.dnd if user.dnd and user.dnd[1] > now else (1, 1)
    return {"dnd_enabled": end > 1, "next_dnd_start_ts": start, "next_dnd_end_ts": end}
