"""Who is in the workspace: asked of Slack at the start and once a night."""

import logging
from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import consults
from bot.clock import Clock
from bot.delivery.answers import Failure, Meaning, failure_of
from bot.delivery.slack import Slack
from storage.database import Store, StoreBusy
from storage.records import Member

log = logging.getLogger(__name__)

PAGE = 200  # what Slack recommends
TRIES = 6  # of one page; a large workspace meets Slack's limit of 20 pages a minute many times
PAUSE = 5.0  # seconds before a page is asked for again, where Slack names none

Reading = Callable[[dict[str, Any]], Member]


async def keep_everybody(
    store: Store, slack: Slack, clock: Clock, workspace: str, person: Reading
) -> int:
    """Store everybody in the workspace, page by page; gives how many.

    `person` reads one of Slack's users. Where Slack asks to wait, that is waited for; what can't be
    learned is left as it was known.
    """
    kept, cursor = 0, ""
    while True:
        page = await _page(slack, clock, cursor)
        if isinstance(page, Failure):
            log.warning("people_not_synchronised workspace=%s reason=%s", workspace, page.code)
            return kept
        people = [person(user) for user in page.get("members") or ()]
        try:
            await store.write(workspace, consults.keep_people, people)
        except StoreBusy:
            log.warning("people_not_synchronised workspace=%s reason=store_busy", workspace)
            return kept
        kept += len(people)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return kept


async def _page(slack: Slack, clock: Clock, cursor: str) -> dict[str, Any] | Failure:
    """One page, asked for again as long as that may help; what was wrong the last time if not."""
    more = {"cursor": cursor} if cursor else {}
    for tried in range(1, TRIES + 1):
        try:
            return await slack.read("users.list", limit=PAGE, **more)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            failure = failure_of(error)
        if failure.meaning not in (Meaning.WAIT, Meaning.UNSURE) or tried == TRIES:
            break
        await clock.sleep(failure.retry_after or PAUSE)
    return failure
