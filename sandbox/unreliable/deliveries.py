"""What is delivered to the app: written down for the inspector, and struck by faults."""

import asyncio
from typing import TYPE_CHECKING, Any

from sandbox.delivery import Sender
from sandbox.faults import DELIVERY_KINDS, Fault
from sandbox.outcome import NO_ANSWER, Outcome
from sandbox.unreliable.links import SENT_OVER

if TYPE_CHECKING:
    from sandbox.faults import Faults
    from sandbox.trail import Trail

Json = dict[str, Any]

_TAKEN = 200
# Only what comes for the first time is lost.
_OF_RETRIES = {kind: words for kind, words in DELIVERY_KINDS.items() if kind != "lost"}


class UnreliableSender(Sender):
    """A sender whose deliveries can come late, twice, out of order or not at all."""

    def __init__(self, *made_of: Any, faults: "Faults", trail: "Trail") -> None:
        super().__init__(*made_of)
        self.faults = faults
        self.trail = trail
        self._held: dict[str, list[tuple[asyncio.Event, asyncio.Task[Outcome]]]] = {}
        self._late: set[asyncio.Task[Outcome]] = set()

    async def send(self, kind: str, payload: Json, *more: Any, **named: Any) -> Outcome:
        """Deliver something, or let it go wrong; a retry is the caller's."""
        again = self.trail.retries(payload) > 0
        among = _OF_RETRIES if again else DELIVERY_KINDS
        fault = self.faults.take(kind, *names_of(kind, payload), among=among)

        async def pass_on(struck: Fault | None = fault) -> Outcome:
            outcome = await Sender.send(self, kind, payload, *more, **named)
            self._note(kind, payload, outcome, struck)
            return outcome

        outcome = await (self._strike(fault, kind, payload, pass_on) if fault else pass_on())
        if not (fault and fault.kind == "disorder"):
            await self._let_go(kind)
        return outcome

    async def _strike(self, fault: Fault, kind: str, payload: Json, pass_on: Any) -> Outcome:
        if fault.kind == "lost":
            lost = self._no_answer()
            self._note(kind, payload, lost, fault)
            return lost
        if fault.kind == "duplicate":
            first: Outcome = await pass_on()
            await pass_on()
            return first
        if fault.kind == "unheard":
            await pass_on()
            return self._no_answer()
        if fault.kind == "delay":
            return await self._delayed(fault, pass_on)
        return await self._overtaken(fault, kind, pass_on)

    async def _delayed(self, fault: Fault, pass_on: Any) -> Outcome:
        """It comes late, be it after Slack, counting since it sent, has given up waiting."""

        async def late() -> Outcome:
            await self.faults.wait_or_cleared(fault.late)
            outcome: Outcome = await pass_on()
            return outcome

        task = self._keep(asyncio.create_task(late()))
        done, _ = await asyncio.wait([task], timeout=self.patience)
        return task.result() if done else self._no_answer()

    async def _overtaken(self, fault: Fault, kind: str, pass_on: Any) -> Outcome:
        """It comes after the next of its kind, or when that stays away too long."""
        overtaken = asyncio.Event()

        async def held() -> Outcome:
            waiting = asyncio.ensure_future(overtaken.wait())
            late = asyncio.ensure_future(self.faults.wait_or_cleared(fault.late))
            await asyncio.wait([waiting, late], return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            late.cancel()
            outcome: Outcome = await pass_on()
            return outcome

        task = self._keep(asyncio.create_task(held()))
        self._held.setdefault(kind, []).append((overtaken, task))
        if kind == "events_api":  # events wait for one another: the next may not wait for this
            return Outcome(_TAKEN, {}, 0.0)
        return await task

    async def _let_go(self, kind: str) -> None:
        """Let those come that this kind's last delivery has overtaken."""
        held = self._held.pop(kind, [])
        for overtaken, _ in held:
            overtaken.set()
        if held:
            await asyncio.wait([task for _, task in held])

    def _no_answer(self) -> Outcome:
        return Outcome(NO_ANSWER, {}, 0.0, "http_timeout" if self.url else "timeout")

    def _keep(self, task: asyncio.Task[Outcome]) -> asyncio.Task[Outcome]:
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        return task

    def _note(self, kind: str, payload: Json, outcome: Outcome, fault: Fault | None) -> None:
        over = "" if fault and fault.kind == "lost" else self.url or SENT_OVER.get("")
        struck = fault.kind if fault else ""
        names = names_of(kind, payload)
        self.trail.delivery(kind, names, payload, outcome, to=over, fault=struck)

    async def close(self) -> None:
        """Deliver nothing more, and close the connections to the app."""
        for task in list(self._late):
            task.cancel()
        await super().close()


def names_of(kind: str, payload: Json) -> tuple[str, ...]:
    """What a delivery is called besides its kind, the most telling first."""
    if kind == "events_api":
        event = payload.get("event") or {}
        return (str(event.get("type", "")),)
    if kind == "slash_commands":
        return (str(payload.get("command", "")),)
    used = [str(each.get("action_id", "")) for each in payload.get("actions") or []]
    view = payload.get("view") or {}
    named = [payload.get("callback_id"), view.get("callback_id")]
    return tuple(dict.fromkeys([str(payload.get("type", "")), *used, *filter(None, named)]))
