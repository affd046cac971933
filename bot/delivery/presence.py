"""What Slack knows of people and does not tell: who is in a channel, who wants no disturbance."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import circles, members
from bot.clock import Clock
from bot.delivery.answers import Meaning, failure_of
from bot.delivery.slack import Slack
from bot.rules.disturbance import quiet_span
from storage import circles as queries
from storage.database import Store

log = logging.getLogger(__name__)

PAGE = 200
AT_ONCE = 100
PAUSE = 1.0  # seconds between two channels: half of what Slack allows
QUIET_PAGE = 50  # people Slack tells of in one call
QUIET_PAUSE = 4.0  # seconds between two such calls, of which Slack allows twenty a minute
# What the app has no leave to ask is asked again after so long: it may have been given.
QUIET_REFUSED = 3600


async def circles_of(store: Store, slack: Slack, clock: Clock, workspace: str) -> int:
    """Make every circle of the workspace what its channel is; gives how many were looked at.

    A channel that can't be read is left for the next night; of one that is gone its founder hears.
    """
    looked_at, last = 0, 0
    while found := await store.read(workspace, queries.with_channel, last, AT_ONCE):
        for circle_id, channel in found:
            last = circle_id
            began = clock.now()
            try:
                present = await _people_in(slack, channel)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                kind = type(error).__name__
                log.warning("circle_not_looked_at circle=%d kind=%s", circle_id, kind)
                if failure_of(error).meaning is Meaning.NOT_THERE:
                    code = failure_of(error).code
                    await store.write(workspace, circles.lost_channel, channel, code)
            else:
                await store.write(workspace, circles.reconcile, channel, present, began)
                looked_at += 1
            await clock.sleep(PAUSE)
    return looked_at


async def _people_in(slack: Slack, channel: str) -> frozenset[str]:
    people: set[str] = set()
    cursor = ""
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = await slack.read("conversations.members", channel=channel, limit=PAGE, **more)
        people.update(str(user) for user in page.get("members") or ())
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return frozenset(people)


@dataclass(slots=True)
class DoNotDisturb:
    """Asks Slack who wants no disturbance, at its pace. Without leave to ask nobody does."""

    store: Store
    slack: Slack
    clock: Clock
    _next_at: float = field(default=0.0, init=False)
    _refused_until: int = field(default=0, init=False)

    async def learn(self, workspace: str, people: Sequence[str]) -> None:
        """Store when these people are in do-not-disturb. What can't be learned stays as it was."""
        for start in range(0, len(people), QUIET_PAGE):
            if self.clock.now() < self._refused_until:
                return
            some = people[start : start + QUIET_PAGE]
            try:
                told = await self._ask(some)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                code = _code(error)
                log.warning("quiet_not_known workspace=%s reason=%s", workspace, code)
                if code == "missing_scope":
                    self._refused_until = self.clock.now() + QUIET_REFUSED
                return
            await self.store.write(workspace, members.keep_quiet, told)

    async def _ask(self, people: Sequence[str]) -> dict[str, tuple[int, int] | None]:
        wait = self._next_at - self.clock.monotonic()
        if wait > 0:
            await self.clock.sleep(wait)
        self._next_at = self.clock.monotonic() + QUIET_PAUSE
        answer = await self.slack.read("dnd.teamInfo", users=",".join(people))
        return {
            str(user): quiet_span(
                on=bool(each.get("dnd_enabled")),
                starts=int(each.get("next_dnd_start_ts") or 0),
                ends=int(each.get("next_dnd_end_ts") or 0),
            )
            for user, each in (answer.get("users") or {}).items()
        }


def _code(error: Exception) -> str:
    data = error.response.data if isinstance(error, SlackApiError) else None
    return str(data.get("error")) if isinstance(data, dict) else type(error).__name__
