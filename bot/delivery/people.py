"""Who is in the workspace, asked of Slack at the start and once a night; and its channels."""

import logging
from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import people as folk
from bot.clock import Clock
from bot.delivery.answers import Failure, Meaning, failure_of
from bot.delivery.slack import Slack
from storage.database import Store, StoreBusy
from storage.records import Member

log = logging.getLogger(__name__)

PAGE = 200  # what Slack recommends
TRIES = 6  # of one page; a large workspace meets Slack's limit of 20 pages a minute many times
PAUSE = 5.0  # seconds before a page is asked for again, where Slack names none
CHANNELS = {"types": "public_channel,private_channel", "exclude_archived": "true"}

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
        page = await _page(slack, clock, "users.list", cursor)
        if isinstance(page, Failure):
            log.warning("people_not_synchronised workspace=%s reason=%s", workspace, page.code)
            return kept
        people = [person(user) for user in page.get("members") or ()]
        try:
            await store.write(workspace, folk.keep, people)
        except StoreBusy:
            log.warning("people_not_synchronised workspace=%s reason=store_busy", workspace)
            return kept
        kept += len(people)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return kept


async def channels_by_name(slack: Slack, clock: Clock) -> dict[str, str]:
    """The ids of the channels the bot can see, by name; as far as Slack tells."""
    found: dict[str, str] = {}
    cursor = ""
    while True:
        page = await _page(slack, clock, "conversations.list", cursor, **CHANNELS)
        if isinstance(page, Failure):
            log.warning("channels_not_learned reason=%s", page.code)
            return found
        found |= {str(each["name"]): str(each["id"]) for each in page.get("channels") or ()}
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return found


async def _page(
    slack: Slack, clock: Clock, method: str, cursor: str, **values: str
) -> dict[str, Any] | Failure:
    """One page, asked for again as long as that may help; what was wrong the last time if not."""
    more = {**values, "cursor": cursor} if cursor else values
    for tried in range(1, TRIES + 1):
        try:
            return await slack.read(method, limit=PAGE, **more)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            failure = failure_of(error)
        if failure.meaning not in (Meaning.WAIT, Meaning.UNSURE) or tried == TRIES:
            break
        await clock.sleep(failure.retry_after or PAUSE)
    return failure
