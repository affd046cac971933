"""What listeners and jobs are handed: the store, the clock, and a way to wake the delivery."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

from bot.clock import Clock
from storage.database import Store, Tx

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Intake:
    """How many use cases somebody waits for at this moment."""

    waiting: int = 0


@dataclass(slots=True)
class Ticking:
    """When the clock of this process last did something, and when each was last noted.

    By `Clock.monotonic`.
    """

    at: float = float("-inf")
    noted: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot as listeners see it. `wake` tells the delivery that there may be something to do."""

    store: Store
    clock: Clock
    wake: Callable[[], None]
    intake: Intake = field(default_factory=Intake)
    ticking: Ticking = field(default_factory=Ticking)

    async def write(
        self,
        workspace: str,
        use_case: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `use_case(tx, *args)` as one transaction; what it raises, undoes it.

        Returns after the commit, with the delivery on its way.
        """
        self.intake.waiting += 1
        try:
            result = await self.store.write(workspace, use_case, *args, **kwargs)
        finally:
            self.intake.waiting -= 1
        self.wake()
        return result

    async def read(
        self,
        workspace: str,
        query: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `query(tx, *args)` on what the store holds now."""
        return await self.store.read(workspace, query, *args, **kwargs)
