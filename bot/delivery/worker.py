"""Makes Slack equal to the outbox: claims what is due, has it shown, records what became of it."""

import asyncio
import logging
import math
import random
from collections import deque
from dataclasses import dataclass, field

from bot import nudges
from bot.clock import Clock
from bot.context import Intake
from bot.delivery.answers import Failure, Meaning
from bot.delivery.call import CallFailed, Shown
from bot.delivery.order import Order
from bot.delivery.pace import Pace
from bot.delivery.showing import POST, Render, Showing, nothing_to_show
from bot.delivery.slack import Slack
from bot.delivery.target import Channel, NotNow, Person, Posted, Shared, Target
from bot.rules.disturbance import Because
from storage import members, outbox
from storage.database import Store, StoreBusy, Tx
from storage.failpoints import passing
from storage.records import Delivery

log = logging.getLogger(__name__)

IN_HAND = 100  # rows claimed at a time, so that slow places do not take all of it
IN_LANE = 20  # of them for one place
ATTEMPTS = 12  # with the waits below about three hours
DRAWINGS = 3  # a view that fails on a row seldom mends itself
IN_ORDER = 4  # failed tries after which later things no longer wait for a row
FIRST_WAIT, LONGEST_WAIT = 2.0, 1800.0  # seconds
SETTLES_AFTER = 15.0  # seconds a call without an answer is given to take effect or not
TOKEN_WAIT = 60.0
DRAIN_LOOKS = 2000
# While more people than this wait for an answer, what is to be sent waits too, but not for ever.
CROWD, PATIENCE = 8, 1.0  # people, seconds
LOOK_EVERY = 5.0  # seconds without being woken
ANY = ""  # claiming looks at every workspace
DRAW = "draw"  # stands where a method of Slack's would

Lane = tuple[str, object]


@dataclass(slots=True)
class Worker:
    """The delivery. `name` tells two processes on one store apart."""

    store: Store
    clock: Clock
    slack: Slack
    render: Render
    name: str
    intake: Intake = field(default_factory=Intake)
    chance: random.Random = field(default_factory=random.Random)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[Lane, deque[tuple[Delivery, Target]]] = field(default_factory=dict)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _order: Order = field(default_factory=Order)
    _pace: Pace = field(init=False)
    _stopping: bool = False

    def __post_init__(self) -> None:
        """Every worker keeps a pace of its own."""
        self._pace = Pace(self.clock)

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until stopped or cancelled."""
        while not self._stopping:
            self._woken.clear()
            await self._people_first()
            claimed, due = 0, None
            try:
                claimed = await self.start_due()
                due = await self.store.read(ANY, outbox.next_due)
            except StoreBusy:
                log.warning("delivery_waits reason=store_busy")
            except Exception as error:  # noqa: BLE001 - a delivery that ended unseen would be worse
                log.error("delivery_stumbled kind=%s", type(error).__name__)  # noqa: TRY400 - a traceback may quote what people typed
            if claimed == 0:
                await self._rest(due)

    async def _people_first(self) -> None:
        """Leave the processor to those who wait for an answer, as long as they are many."""
        asked = asyncio.get_running_loop().time()
        while self.intake.waiting > CROWD and not self._stopping:
            if asyncio.get_running_loop().time() - asked > PATIENCE:
                return
            await asyncio.sleep(0.05)

    async def _rest(self, due: int | None) -> None:
        seconds = LOOK_EVERY if due is None else min(max(due - self.clock.now(), 0.2), LOOK_EVERY)
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def stop(self) -> None:
        """Take nothing more, let what is under way come to its end, give the rest back."""
        self._stopping = True
        self.wake()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Return once everything that is due now is delivered, by whichever worker has it."""
        for _ in range(DRAIN_LOOKS):
            if self._stopping:
                return
            if not await self.start_due() and not self._tasks:
                if not await self.store.read(ANY, outbox.under_way):
                    return
                await asyncio.sleep(0.005)
            await asyncio.gather(*self._tasks)

    async def start_due(self) -> int:
        """Claim what is due and start on it, each place in order; gives how many rows."""
        if self._stopping:
            return 0
        free = IN_HAND - sum(len(queue) for queue in self._waiting.values()) - len(self._tasks)
        if free <= 0:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return 1
        claimed = await self.store.write(ANY, outbox.claim, self.name, free)
        for row in claimed:
            passing("after_claim")
            await self._take(row)
        return len(claimed)

    async def _take(self, row: Delivery) -> None:
        """Draw a row to see where it belongs, and put it in that place's lane."""
        try:
            target = await self.store.read(row.workspace, self.render, row.key)
        except Exception as error:  # noqa: BLE001 - one row's fault must not hold up the others
            code = f"drawing_failed {type(error).__name__}"
            failed = CallFailed(DRAW, Failure(Meaning.NOT_SENT, code))
            await self._settle(None, None, self._showing(row), failed)
            return
        if target is None or isinstance(target, NotNow):
            await self.store.write(row.workspace, _not_shown, row, target)
            return
        lane = (row.workspace, target.lane)
        if len(self._waiting.get(lane, ())) >= IN_LANE:
            await self._put_back(lane, row, self.clock.now() + IN_LANE)
        elif lane in self._waiting:
            self._waiting[lane].append((row, target))
        else:
            self._waiting[lane] = deque([(row, target)])
            task = asyncio.create_task(self._work_off(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: Lane) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                await self._deliver(lane, *queue.popleft())
        except StoreBusy:
            # The leases run out and the rows are claimed again; unsure ones are looked for first.
            log.warning("delivery_waits workspace=%s reason=store_busy", lane[0])
        finally:
            del self._waiting[lane]
            self.wake()

    async def _deliver(self, lane: Lane, row: Delivery, target: Target) -> None:
        if self._stopping:
            await self.store.write(row.workspace, outbox.let_go, row, self.clock.now())
            return
        behind = self._order.behind(lane, row.id, self.clock.now())
        if behind is not None:
            await self._put_back(lane, row, behind)
            return
        showing = self._showing(row)
        try:
            shown = await showing.show(target)
        except CallFailed as failed:
            await self._settle(lane, target, showing, failed)
        except StoreBusy:
            raise
        except Exception as error:  # noqa: BLE001 - a strange answer must not take the place along
            strange = Failure(Meaning.UNSURE, f"strange_answer {type(error).__name__}")
            await self._settle(lane, target, showing, CallFailed(POST, strange))
        else:
            if shown is not None:
                await self._record(row, shown)

    def _showing(self, row: Delivery) -> Showing:
        return Showing(self.store, self.clock, self.slack, self._pace, self.render, row)

    async def _settle(
        self, lane: Lane | None, target: Target | None, showing: Showing, failed: CallFailed
    ) -> None:
        """Record what a failed call means for the row."""
        row, failure = showing.row, failed.failure
        log.warning(
            "delivery_failed workspace=%s row=%d key=%s method=%s reason=%s attempts=%d",
            row.workspace, row.id, row.key, failed.method, failure.code, row.attempts,
        )  # fmt: skip
        most = DRAWINGS if failed.method == DRAW else ATTEMPTS
        if failure.meaning in (Meaning.WAIT, Meaning.NO_TOKEN):
            await self._wait(lane, showing, failed)
        elif failure.meaning is Meaning.SETTLED:
            await self._record(row, showing.found)
        elif failure.meaning is Meaning.NOT_THERE and await self._comes_in(row, target, failure):
            await self._again(lane, showing, failure.code, 0)
        elif failure.meaning in (Meaning.NEVER, Meaning.NOT_THERE) or row.attempts >= most:
            await self._give_up(row, f"unsure: {failure.code}" if showing.unsure else failure.code)
        else:
            wait = min(FIRST_WAIT * 2**row.attempts, LONGEST_WAIT)
            seconds = self.chance.uniform(wait / 2, wait)
            if showing.unsure and failure.code == "no_answer":
                seconds = max(seconds, SETTLES_AFTER)
            await self._again(lane, showing, failure.code, seconds)

    async def _wait(self, lane: Lane | None, showing: Showing, failed: CallFailed) -> None:
        """Nothing is wrong with the row: Slack, or our own pace, asks to wait."""
        failure, seconds = failed.failure, failed.failure.retry_after
        if failure.meaning is Meaning.NO_TOKEN:
            seconds = TOKEN_WAIT
            self._pace.hold(showing.row.workspace, "*", seconds)
        elif failure.code == "ratelimited":
            self._pace.hold(showing.row.workspace, failed.method, seconds)
        await self._again(lane, showing, failure.code, seconds, counted=False)

    async def _again(
        self, lane: Lane | None, showing: Showing, reason: str, seconds: float, *,
        counted: bool = True,
    ) -> None:  # fmt: skip
        row = showing.row
        again = outbox.Retry(
            self.clock.now() + math.ceil(seconds), reason, unsure=showing.unsure, counted=counted
        )
        if lane is not None and row.attempts < IN_ORDER:
            self._order.put_back(lane, row.id, again.due_at)
        await self.store.write(row.workspace, outbox.retry, row, again)

    async def _put_back(self, lane: Lane, row: Delivery, due_at: int) -> None:
        self._order.put_back(lane, row.id, due_at)
        await self.store.write(row.workspace, outbox.let_go, row, due_at)

    async def _give_up(self, row: Delivery, reason: str) -> None:
        if reason.startswith("unsure") and _worth_saying_once(row.key):
            await self.store.write(row.workspace, outbox.leave, row, reason)
            return
        await self.store.write(row.workspace, _die, row, reason)

    async def _comes_in(self, row: Delivery, target: Target | None, failure: Failure) -> bool:
        """Try once to get to where the thing belongs: join the channel, open the messages anew."""
        if row.reason == failure.code or row.ts or not isinstance(target, (Posted, Shared)):
            return False
        if isinstance(target.place, Person):
            user = target.place.user
            await self.store.write(row.workspace, members.keep_messages_channel, user, None)
            return True
        return isinstance(target.place, Channel) and await self._joins(row, target.place)

    async def _joins(self, row: Delivery, channel: Channel) -> bool:
        try:
            await self._showing(row).join(channel)
        except CallFailed as failed:
            log.warning("join_failed row=%d reason=%s", row.id, failed.failure.code)
            return False
        return True

    async def _record(self, row: Delivery, shown: Shown) -> None:
        passing("before_recorded")
        await self.store.write(row.workspace, outbox.sent, row, shown.channel, shown.ts)


def _worth_saying_once(key: str) -> bool:
    """Whether the thing is dropped, not looked after by an admin, where it may have been sent."""
    return nudges.is_nudge(key) or key.startswith("reminder/")


def _not_shown(tx: Tx, row: Delivery, target: NotNow | None) -> None:
    """There is nothing to show: what was never posted is not, what was stays as it is."""
    if outbox.renew(tx, row):
        nothing_to_show(tx, row, target)
        outbox.sent(tx, row, None, None)


def _die(tx: Tx, row: Delivery, reason: str) -> None:
    """Give the row up; a nudge that reached nobody is none that was ignored."""
    surely_not = not reason.startswith("unsure") and outbox.stands_at(tx, row.key) is None
    if surely_not and nudges.is_nudge(row.key) and outbox.renew(tx, row):
        nudges.unsaid(tx, row.key, Because.UNDELIVERED)
    outbox.die(tx, row, reason)
