"""Makes Slack equal to the outbox: claims what is due, draws it, posts it, records it."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.delivery.answers import Failure, Meaning, failure_of
from bot.delivery.pace import NAP, Pace
from bot.delivery.slack import Slack
from bot.delivery.target import Channel, HomeOf, Person, Place, Posted, Target
from storage import members, outbox
from storage.database import Store, StoreBusy, Tx
from storage.failpoints import passing
from storage.records import Delivery, DeliveryState

log = logging.getLogger(__name__)

IN_HAND = 20  # rows claimed at a time
ATTEMPTS = 12  # with the waits below about three hours
FIRST_WAIT, LONGEST_WAIT = 2.0, 1800.0  # seconds
TOKEN_WAIT = 60.0
DRAIN_LOOKS = 2000
LOOK_EVERY = 5.0  # seconds without being woken
ANY = ""  # claiming looks at every workspace

Render = Callable[[Tx, str], Target | None]


class _Failed(Exception):
    def __init__(self, method: str, failure: Failure) -> None:
        super().__init__(failure.code)
        self.method = method
        self.failure = failure


@dataclass(slots=True)
class Worker:
    """The delivery. `name` tells two processes on one store apart."""

    store: Store
    clock: Clock
    slack: Slack
    render: Render
    name: str
    chance: random.Random = field(default_factory=random.Random)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[tuple[str, object], deque[tuple[Delivery, Target]]] = field(default_factory=dict)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        """Every worker keeps a pace of its own."""
        self._pace = Pace(self.clock)

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._woken.clear()
            try:
                claimed = await self.start_due()
                due = await self.store.read(ANY, outbox.next_due)
            except StoreBusy:
                log.warning("delivery_waits reason=store_busy")
                claimed, due = 0, None
            if claimed == 0:
                await self._rest(due)

    async def _rest(self, due: int | None) -> None:
        seconds = LOOK_EVERY if due is None else min(max(due - self.clock.now(), 0.2), LOOK_EVERY)
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def stop(self) -> None:
        """Let what is under way come to its end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Return once everything that is due now is delivered, by whichever worker has it."""
        for _ in range(DRAIN_LOOKS):
            if not await self.start_due() and not self._tasks:
                if not await self.store.read(ANY, outbox.under_way):
                    return
                await asyncio.sleep(0.005)
            await asyncio.gather(*self._tasks)

    async def start_due(self) -> int:
        """Claim what is due and start on it, each place in order; gives how many rows."""
        free = IN_HAND - sum(len(queue) for queue in self._waiting.values()) - len(self._tasks)
        if free <= 0:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return 1
        claimed = await self.store.write(ANY, outbox.claim, self.name, free)
        for row in claimed:
            passing("after_claim")
            await self._draw(row)
        return len(claimed)

    async def _draw(self, row: Delivery) -> None:
        try:
            target = await self.store.read(row.workspace, self.render, row.key)
        except Exception as error:  # noqa: BLE001 - one row's fault must not hold up the others
            log.error("drawing_failed row=%d key=%s kind=%s", row.id, row.key, type(error).__name__)  # noqa: TRY400 - a traceback may quote what people typed
            await self._give_up(row, f"drawing_failed {type(error).__name__}")
            return
        if target is None:
            await self._record_sent(row, None, None)
        else:
            self._queue(row, target)

    def _queue(self, row: Delivery, target: Target) -> None:
        place = target.place if isinstance(target, Posted) else target.user
        lane = (row.workspace, place)
        if lane in self._waiting:
            self._waiting[lane].append((row, target))
            return
        self._waiting[lane] = deque([(row, target)])
        task = asyncio.create_task(self._work_off(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: tuple[str, object]) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                await self._deliver(*queue.popleft())
        finally:
            del self._waiting[lane]
            self.wake()

    async def _deliver(self, row: Delivery, target: Target) -> None:
        try:
            if isinstance(target, HomeOf):
                await self._call(
                    row, "views.publish", user_id=target.user, view=target.home.to_api()
                )
                await self._record_sent(row, None, None)
            else:
                await self._show(row, target)
        except _Failed as failed:
            await self._settle(row, target, failed)
        except StoreBusy:
            # The lease runs out and the row is claimed again; an unsure one is looked for first.
            log.warning(
                "delivery_waits workspace=%s row=%d reason=store_busy", row.workspace, row.id
            )

    async def _show(self, row: Delivery, target: Posted) -> None:
        channel = row.channel or await self._channel(row, target.place)
        if row.state is DeliveryState.UNSURE and row.ts is None:
            row = replace(row, ts=await self._look(row, channel, target.place))
        content = {"channel": channel, "text": target.message.text, "blocks": target.message.blocks}
        if row.ts:
            await self._call(row, "chat.update", ts=row.ts, **content)
            await self._record_sent(row, channel, row.ts)
            return
        await self._pace.post_in(row.workspace, channel)
        await self._turn(row, "chat.postMessage")
        if not await self.store.write(row.workspace, outbox.unsure_for_call, row, self.name):
            return  # the lease went to another process
        passing("before_call")
        posted = await self._call(
            row,
            "chat.postMessage",
            **content,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": "mentor_bot", "event_payload": {"mark": row.mark}},
        )
        passing("after_call")
        await self._record_sent(row, str(posted.get("channel", channel)), str(posted["ts"]))

    async def _channel(self, row: Delivery, place: Place) -> str:
        """The id of the conversation a thing belongs in, opened where need be."""
        if isinstance(place, Channel):
            return place.id
        if not isinstance(place, Person):
            opened = await self._call(row, "conversations.open", users=",".join(place.users))
            return str(opened["channel"]["id"])
        known = await self.store.read(row.workspace, members.messages_channel, place.user)
        if known:
            return known
        opened = await self._call(row, "conversations.open", users=place.user)
        channel = str(opened["channel"]["id"])
        await self.store.write(row.workspace, members.keep_messages_channel, place.user, channel)
        return channel

    async def _look(self, row: Delivery, channel: str, place: Place) -> str | None:
        """The `ts` of a message that may have been sent; None if it is not there.

        Only direct messages may be read (`im:history`): elsewhere the row waits for an admin.
        """
        if not isinstance(place, Person):
            raise _Failed("conversations.history", Failure(Meaning.NEVER, "unsure"))
        await self._turn(row, "conversations.history")
        try:
            return await self.slack.find(channel, row.mark, since=row.created_at)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            failure = failure_of(error)
            if failure.meaning in (Meaning.NEVER, Meaning.NOT_THERE):
                failure = Failure(Meaning.NEVER, "unsure")
            raise _Failed("conversations.history", failure) from error

    async def _turn(self, row: Delivery, method: str) -> None:
        """Wait until the method may be called; a long wait puts the row back."""
        wait = self._pace.wait(row.workspace, method)
        if wait > NAP:
            raise _Failed(method, Failure(Meaning.WAIT, "not_yet", wait))
        if wait > 0:
            await self.clock.sleep(wait)

    async def _call(self, row: Delivery, method: str, **values: object) -> dict[str, Any]:
        if method != "chat.postMessage":  # whose turn comes before it is noted as unsure
            await self._turn(row, method)
        try:
            return await self.slack.call(method, **values)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            raise _Failed(method, failure_of(error)) from error

    async def _settle(self, row: Delivery, target: Target, failed: _Failed) -> None:
        """Record what a failed call means for the row."""
        failure = failed.failure
        log.warning(
            "delivery_failed workspace=%s row=%d key=%s method=%s reason=%s attempts=%d",
            row.workspace, row.id, row.key, failed.method, failure.code, row.attempts,
        )  # fmt: skip
        unsure = failed.method == "chat.postMessage" and failure.meaning is Meaning.UNSURE
        unsure = unsure or failed.method == "conversations.history"
        if failure.meaning is Meaning.WAIT:
            if failure.code == "ratelimited":
                self._pace.hold(row.workspace, failed.method, failure.retry_after)
            await self._again(row, failure.retry_after, failure.code, unsure=unsure, counted=False)
        elif failure.meaning is Meaning.NO_TOKEN:
            self._pace.hold(row.workspace, "*", TOKEN_WAIT)
            await self._again(row, TOKEN_WAIT, failure.code, unsure=unsure, counted=False)
        elif failure.meaning is Meaning.SETTLED:
            await self._record_sent(row, None, None)
        elif failure.meaning is Meaning.NOT_THERE and await self._comes_in(row, target):
            await self._again(row, 0, failure.code, unsure=unsure)
        elif failure.meaning in (Meaning.NEVER, Meaning.NOT_THERE) or row.attempts >= ATTEMPTS:
            await self._give_up(row, f"unsure: {failure.code}" if unsure else failure.code)
        else:
            wait = min(FIRST_WAIT * 2**row.attempts, LONGEST_WAIT)
            await self._again(row, self.chance.uniform(wait / 2, wait), failure.code, unsure=unsure)

    async def _again(
        self, row: Delivery, seconds: float, reason: str, *, unsure: bool, counted: bool = True
    ) -> None:
        due_at = self.clock.now() + round(seconds + 0.5)
        # A row that was unsure before and was not settled by looking is so still.
        again = outbox.Retry(due_at, reason, unsure, counted)
        await self.store.write(row.workspace, outbox.retry, row, self.name, again)

    async def _give_up(self, row: Delivery, reason: str) -> None:
        if reason.startswith("unsure") and row.key.startswith(("nudge/", "reminder/")):
            await self._record_sent(row, None, None)
            return
        await self.store.write(row.workspace, outbox.die, row, self.name, reason)

    async def _comes_in(self, row: Delivery, target: Target) -> bool:
        """Try once to get to where the thing belongs: join the channel, open the messages anew."""
        if row.attempts > 0 or not isinstance(target, Posted) or row.ts:
            return False
        if isinstance(target.place, Person):
            await self.store.write(
                row.workspace, members.keep_messages_channel, target.place.user, None
            )
            return True
        if not isinstance(target.place, Channel):
            return False
        try:
            await self._call(row, "conversations.join", channel=target.place.id)
        except _Failed as failed:
            log.warning("join_failed row=%d reason=%s", row.id, failed.failure.code)
            return False
        return True

    async def _record_sent(self, row: Delivery, channel: str | None, ts: str | None) -> None:
        passing("before_recorded")
        await self.store.write(row.workspace, outbox.sent, row, self.name, channel, ts)
