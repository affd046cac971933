"""One try at showing one row: find the place, look where it may stand already, post or update."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import nudges
from bot.clock import Clock
from bot.delivery.answers import Failure, Meaning, failure_of
from bot.delivery.call import NOTHING, CallFailed, Shown
from bot.delivery.pace import NAP, Pace
from bot.delivery.restored import look_since
from bot.delivery.rooms import furnish
from bot.delivery.sharing import share
from bot.delivery.slack import Slack, TooMuchToRead
from bot.delivery.target import (
    Below,
    Channel,
    Drawn,
    Group,
    HomeOf,
    NotNow,
    Person,
    Place,
    Posted,
    Room,
    Shared,
    Target,
    Thread,
)
from bot.rules.disturbance import Because
from storage import members, outbox
from storage.database import Store, Tx
from storage.failpoints import passing
from storage.records import Delivery, DeliveryState

POST, LOOK, UPDATE = "chat.postMessage", "conversations.history", "chat.update"
LOOK_BELOW = "conversations.replies"
STANDS_SOON = 2.0  # seconds after which one looks again whether what a thread hangs on stands

T = TypeVar("T")
Send = Callable[..., Awaitable[dict[str, Any]]]
Render = Callable[[Tx, str], Drawn]


@dataclass(slots=True)
class Showing:
    """One try at one claimed row.

    `unsure`: whether, as of now, it may stand in Slack without our knowing where; `found`: where
    it is known to stand.
    """

    store: Store
    clock: Clock
    slack: Slack
    pace: Pace
    render: Render
    row: Delivery
    unsure: bool = False
    found: Shown = NOTHING

    def __post_init__(self) -> None:
        """A row is unsure to begin with if its last try may have been seen by nobody but Slack."""
        self.unsure = self.row.state is DeliveryState.UNSURE and self.row.ts is None

    async def show(self, target: Target) -> Shown | None:
        """Make Slack show it; None if the row is another process's by now. Raises CallFailed."""
        if isinstance(target, HomeOf):
            await self.call("views.publish", user_id=target.user, view=target.home.to_api())
            return NOTHING
        if isinstance(target, Room):
            return await furnish(self, target)
        channel = self.row.channel or await self._channel(target.place)
        ts = self.row.ts
        if self.unsure:
            ts = await self._look(channel, target.place)
            if ts is not None:
                await self.store.write(self.row.workspace, outbox.standing, self.row, channel, ts)
            self.unsure = False
        if ts is None and isinstance(target, Shared):
            return await share(self, target, channel)
        if ts is None:
            return await self._post(target.place, channel)
        self.found = Shown(channel, ts)
        if isinstance(target, Shared):
            return self.found
        return await self._update(channel, ts)

    async def join(self, channel: Channel) -> None:
        """Become a member of a public channel. Raises CallFailed."""
        await self.call("conversations.join", channel=channel.id)

    async def _update(self, channel: str, ts: str) -> Shown | None:
        await self.turn(UPDATE)
        target = await self.store.write(self.row.workspace, _take_up_again, self.row, self.render)
        if isinstance(target, Posted):
            values = {"channel": channel, "ts": ts, **_content(target)}
            await self.asked(UPDATE, self.slack.call(UPDATE, **values))
        return None if target is None else self.found

    async def _post(self, place: Place, channel: str) -> Shown | None:
        target = await self.take_up(POST, channel)
        if not isinstance(target, Posted):
            return None if target is None else NOTHING
        if target.place != place:
            raise CallFailed(POST, Failure(Meaning.WAIT, "moved"))
        values = {
            "channel": channel,
            **_content(target),
            **await self._thread(target),
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": "mentor_bot", "event_payload": {"mark": self.row.mark}},
        }
        posted = await self.once(POST, self.slack.call, **values)
        return Shown(str(posted.get("channel", channel)), str(posted["ts"]))

    async def take_up(self, method: str, channel: str) -> Target | Shown | None:
        """In its turn, note that the row is about to be sent, and draw it as of now.

        NOTHING if there is nothing to show any more; None if the row is another process's by now.
        """
        await self.pace.post_in(self.row.workspace, channel)
        await self.turn(method)
        return await self.store.write(self.row.workspace, _take_up, self.row, channel, self.render)

    async def once(self, method: str, send: Send, **values: object) -> dict[str, Any]:
        """Make the call after which people see it. Raises CallFailed.

        Whatever ends it but a definite no leaves the row unsure.
        """
        passing("before_call")
        try:
            self._check_hold(method)
            self.unsure = True
            answer = await self.asked(method, send(method, **values))
        except CallFailed as failed:
            self.unsure = self.unsure and failed.failure.meaning is Meaning.UNSURE
            raise
        passing("after_call")
        return answer

    async def _channel(self, place: Place) -> str:
        """The id of the conversation a thing belongs in, opened where need be."""
        if isinstance(place, Channel):
            return place.id
        if isinstance(place, Thread):
            return place.channel
        if isinstance(place, Below):
            return (await self._first(place))[0]
        if not isinstance(place, Person):
            opened = await self.call("conversations.open", users=",".join(place.users))
            return str(opened["channel"]["id"])
        workspace = self.row.workspace
        known = await self.store.read(workspace, members.messages_channel, place.user)
        if known:
            return known
        opened = await self.call("conversations.open", users=place.user)
        channel = str(opened["channel"]["id"])
        await self.store.write(workspace, members.keep_messages_channel, place.user, channel)
        return channel

    async def _first(self, place: Below) -> tuple[str, str]:
        """Channel and `ts` of what a thread hangs on. Raises CallFailed while it does not stand."""
        stands = await self.store.read(self.row.workspace, outbox.stands_at, place.key)
        if stands is None:
            comes = await self.store.read(self.row.workspace, outbox.on_its_way, place.key)
            meaning = Meaning.WAIT if comes else Meaning.NEVER
            raise CallFailed(POST, Failure(meaning, "nothing_to_hang_on", STANDS_SOON))
        return stands

    async def _thread(self, target: Posted) -> dict[str, object]:
        place = target.place
        aloud: dict[str, object] = {"reply_broadcast": True} if target.aloud else {}
        if isinstance(place, Below):
            return {"thread_ts": (await self._first(place))[1], **aloud}
        return {"thread_ts": place.ts, **aloud} if isinstance(place, Thread) else {}

    async def _look(self, channel: str, place: Place) -> str | None:
        """The `ts` of a message that may have been sent; None if it is not there.

        A group direct message may not be read (that would need `mpim:history`): there the row waits
        for an admin.
        """
        since = await self.store.read(self.row.workspace, look_since, self.row)
        if since is None:
            return None
        if isinstance(place, Group):
            raise CallFailed(LOOK, Failure(Meaning.NEVER, "not_readable"))
        below = place.ts if isinstance(place, Thread) else None
        if isinstance(place, Below):
            below = (await self._first(place))[1]
        method = LOOK_BELOW if below else LOOK
        await self.turn(method)
        try:
            return await self.slack.find(channel, self.row.mark, since=since, below=below)
        except TooMuchToRead as error:
            raise CallFailed(method, Failure(Meaning.NEVER, "too_much_to_read")) from error
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            raise CallFailed(method, failure_of(error)) from error

    async def call(self, method: str, **values: object) -> dict[str, Any]:
        """Call a method in its turn. Raises CallFailed."""
        await self.turn(method)
        return await self.asked(method, self.slack.call(method, **values))

    async def read(self, method: str, **values: object) -> dict[str, Any]:
        """Call a reading method in its turn. Raises CallFailed."""
        await self.turn(method)
        return await self.asked(method, self.slack.read(method, **values))

    async def asked(self, method: str, call: Awaitable[T]) -> T:
        """What a call to Slack gives. Raises CallFailed."""
        try:
            return await call
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            raise CallFailed(method, failure_of(error)) from error

    async def turn(self, method: str) -> None:
        """Wait until the method may be called; a long wait puts the row back."""
        wait = self.pace.wait(self.row.workspace, method)
        if wait > NAP:
            raise CallFailed(method, Failure(Meaning.WAIT, "not_yet", wait))
        if wait > 0:
            await self.clock.sleep(wait)
        self._check_hold(method)

    def _check_hold(self, method: str) -> None:
        """Whoever waited for a turn may not know yet that Slack asked to wait meanwhile."""
        held = self.pace.held(self.row.workspace, method)
        if held > 0:
            raise CallFailed(method, Failure(Meaning.WAIT, "not_yet", held))


def _take_up(tx: Tx, row: Delivery, channel: str, render: Render) -> Target | Shown | None:
    """Draw a row as of now and note, in one transaction, that it is about to be posted.

    NOTHING if there is nothing to show any more; None if the row is another process's by now.
    """
    if not outbox.renew(tx, row):
        return None
    outbox.not_standing(tx, row)
    target = render(tx, row.key)
    if target is None or isinstance(target, NotNow):
        return nothing_to_show(tx, row, target)
    if nudges.is_nudge(row.key):
        nudges.reaches(tx, row.key)
    outbox.unsure_for_call(tx, row, channel)
    return target


def nothing_to_show(tx: Tx, row: Delivery, target: NotNow | None) -> Shown:
    """Note of a nudge that stands nowhere that it was not said; it waits again if it is NotNow."""
    if nudges.is_nudge(row.key) and not outbox.may_stand(tx, row.key):
        nudges.unsaid(tx, row.key, None if isinstance(target, NotNow) else Because.NO_LONGER)
    return NOTHING


def _take_up_again(tx: Tx, row: Delivery, render: Render) -> Drawn | Shown:
    """Draw a row as of now that is about to be updated; as `_take_up`, but it stands already."""
    if not outbox.renew(tx, row):
        return None
    return render(tx, row.key) or NOTHING


def _content(target: Posted) -> dict[str, object]:
    return {"text": target.message.text, "blocks": target.message.blocks}
