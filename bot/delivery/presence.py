"""What happened in circles' channels while nobody listened: looked up once a night."""

import logging

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import circles
from bot.clock import Clock
from bot.delivery.answers import Meaning, failure_of
from bot.delivery.slack import Slack
from storage import circles as queries
from storage.database import Store

log = logging.getLogger(__name__)

PAGE = 200
AT_ONCE = 100
PAUSE = 1.0  # seconds between two channels: half of what Slack allows


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
