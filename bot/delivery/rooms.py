"""A circle's channel: made or adopted, described once, and those who belong in it asked in."""

import logging
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from bot import sessions
from bot.delivery.answers import Failure, Meaning
from bot.delivery.call import CallFailed, Shown
from bot.delivery.target import Room
from storage import circles, outbox
from storage.database import Tx

if TYPE_CHECKING:
    from bot.delivery.showing import Showing

log = logging.getLogger(__name__)

CREATE, INVITE, MINE = "conversations.create", "conversations.invite", "users.conversations"
INFO, KICK = "conversations.info", "conversations.kick"
THERE = "already_in_channel"
NAME_MAX = 80  # Slack's
NAMES = 9  # names tried where others have them
PAGES, PAGE = 20, 200
INVITED_AT_ONCE = 100
# Twice the largest circle: in a channel of more, most would wait for a place they never asked for.
PEOPLE_MOST = 24
# Who comes into a channel that does not suit a circle must not come into the circle by it.
UNFIT = ("externally_shared", "is_general", "not_private", "not_public", "too_many_people")
# What says nothing of the person: the whole is tried again.
LATER = (Meaning.WAIT, Meaning.NO_TOKEN, Meaning.UNSURE)


async def furnish(showing: "Showing", room: Room) -> Shown:
    """Make the channel what `room` says. Raises CallFailed.

    What Slack forbids is noted with the circle, so that its founder hears what to do.
    """
    try:
        channel = room.channel or await _make(showing, room)
        if room.channel and not room.furnished:
            await _adopt(showing, room, channel)
        if not room.furnished:
            await showing.call("conversations.setTopic", channel=channel, topic=room.topic)
            await showing.call("conversations.setPurpose", channel=channel, purpose=room.purpose)
            await _note(showing, circles.is_furnished, room.circle)
        await _invite(showing, room, channel)
        await _remove(showing, room, channel)
    except CallFailed as failed:
        if failed.failure.meaning in (Meaning.NEVER, Meaning.NOT_THERE):
            await _note(showing, _fault, room.circle, failed.failure.code)
        raise
    return Shown(channel)


async def _make(showing: "Showing", room: Room) -> str:
    """A channel of the circle's name, or of that name and a number; the one made before, if any."""
    if showing.unsure:
        made = await _made_before(showing, room)
        if made:
            await _note(showing, _keep, room.circle, made)
            return made
    # Whoever is killed during the call finds the row unsure, and looks for the channel first.
    await _note(showing, outbox.unsure_for_call, showing.row, "")
    for name in _names(room.name):
        showing.unsure = True
        try:
            answer = await showing.call(CREATE, name=name, is_private=room.private)
        except CallFailed as failed:
            showing.unsure = failed.failure.meaning is Meaning.UNSURE
            if failed.failure.code != "name_taken":
                raise
            continue
        channel = str(answer["channel"]["id"])
        await _note(showing, _keep, room.circle, channel)
        showing.unsure = False
        return channel
    raise CallFailed(CREATE, Failure(Meaning.NEVER, "name_taken"))


async def _made_before(showing: "Showing", room: Room) -> str | None:
    """The channel that a call made whose answer was lost: we are in it and it is no circle's."""
    names, cursor = set(_names(room.name)), ""
    for _ in range(PAGES):
        page = await showing.read(
            MINE,
            types="private_channel" if room.private else "public_channel",
            exclude_archived="true",
            limit=PAGE,
            **({"cursor": cursor} if cursor else {}),
        )
        for each in page.get("channels") or ():
            if each.get("name") in names and not await _taken(showing, str(each["id"])):
                return str(each["id"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None
    return None


async def _taken(showing: "Showing", channel: str) -> bool:
    workspace = showing.row.workspace
    return await showing.store.read(workspace, circles.in_channel, channel) is not None


async def _adopt(showing: "Showing", room: Room, channel: str) -> None:
    """Come into a channel that was there before. One shared with other companies is refused."""
    answer = await showing.read(INFO, channel=channel, include_num_members="true")
    found = answer.get("channel") or {}
    unfit = _unfit(found, room)
    if unfit:
        raise CallFailed(INFO, Failure(Meaning.NEVER, unfit))
    if not found.get("is_member"):
        await showing.call("conversations.join", channel=channel)


def _unfit(found: dict[str, Any], room: Room) -> str | None:
    """Why a circle can't meet in this channel; None if it can."""
    reasons = {
        "externally_shared": found.get("is_ext_shared") or found.get("is_pending_ext_shared"),
        "is_archived": found.get("is_archived"),
        "is_general": found.get("is_general"),
        "not_private": room.private and not found.get("is_private"),
        "not_public": not room.private and found.get("is_private"),
        "too_many_people": int(found.get("num_members") or 0) > PEOPLE_MOST,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


async def _invite(showing: "Showing", room: Room, channel: str) -> None:
    """Ask in who is missing; who can't be invited stays in the circle, and the log says why."""
    for start in range(0, len(room.invite), INVITED_AT_ONCE):
        users = room.invite[start : start + INVITED_AT_ONCE]
        try:
            answer = await showing.call(INVITE, channel=channel, users=",".join(users), force=True)
        except CallFailed as failed:
            refused = dict.fromkeys(users, _refusal(failed))
        else:
            errors = answer.get("errors") or ()
            refused = {str(each.get("user")): str(each.get("error")) for each in errors}
        there = tuple(user for user in users if refused.get(user, THERE) == THERE)
        for reason in sorted({refused[user] for user in users if user not in there}):
            log.warning("not_invited circle=%d reason=%s", room.circle, reason)
        await _note(showing, _present, room.circle, there, present=True)


def _refusal(failed: CallFailed) -> str:
    """Why nobody could be invited; raises it anew where it says nothing of them."""
    gone = ("is_archived", "not_in_channel", "channel_not_found", "no_connection")
    if failed.failure.meaning in LATER or failed.failure.code in gone:
        raise failed
    return failed.failure.code


async def _remove(showing: "Showing", room: Room, channel: str) -> None:
    """Take out who left by a click. Where Slack does not let us, they can leave by hand."""
    for user in room.remove:
        try:
            await showing.call(KICK, channel=channel, user=user)
        except CallFailed as failed:
            if failed.failure.meaning in LATER or failed.failure.code == "no_connection":
                raise
            log.warning("not_removed circle=%d reason=%s", room.circle, failed.failure.code)
            if failed.failure.code not in ("not_in_channel", "user_not_found"):
                continue
        await _note(showing, _present, room.circle, (user,), present=False)


async def _note(showing: "Showing", query: object, *values: object, **named: object) -> None:
    await showing.store.write(showing.row.workspace, query, *values, **named)  # type: ignore[arg-type] # several queries pass through


def _present(tx: Tx, circle_id: int, users: tuple[str, ...], *, present: bool) -> None:
    for user in users:
        circles.presence(tx, circle_id, user, present=present)


def _keep(tx: Tx, circle_id: int, channel: str) -> None:
    circles.keep_channel(tx, circle_id, channel, None)
    sessions.show_open(tx, circle_id)


def _fault(tx: Tx, circle_id: int, code: str) -> None:
    if code in UNFIT:
        circles.give_up_channel(tx, circle_id, code)
    else:
        circles.keep_channel(tx, circle_id, None, code)
    circle = circles.get(tx, circle_id)
    if circle:
        outbox.mark_stale(tx, f"circle-fault/{circle_id}/{circle.founder}/{code}")


def _names(wanted: str) -> list[str]:
    name = channel_name(wanted)
    return [name, *(f"{name[: NAME_MAX - 2]}-{number}" for number in range(2, NAMES + 1))]


def channel_name(words: str) -> str:
    """The words as Slack lets a channel be named: lower case, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:NAME_MAX].strip("-") or "circle"
