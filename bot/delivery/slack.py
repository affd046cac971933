"""The calls to Slack that the delivery and the set-up make, as plain dictionaries."""

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

# A conversation is searched this far for a message that may have been sent.
PAGES, PAGE = 5, 200
DRIFT = 3600  # seconds our clock and Slack's may differ


class TooMuchToRead(Exception):
    """A conversation was not searched to its end."""


class Slack:
    """One workspace's Slack, by one token. Raises what the client raises."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def call(self, method: str, **values: object) -> dict[str, Any]:
        """Call a method with JSON arguments; gives its answer, `ok` being true."""
        answer = await self._client.api_call(method, json=values)
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def read(self, method: str, **values: object) -> dict[str, Any]:
        """Call a reading method, which takes no JSON, as the SDK itself does."""
        answer = await self._client.api_call(method, http_verb="GET", params=dict(values))
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def send_form(self, method: str, **values: object) -> dict[str, Any]:
        """Call a writing method that takes no JSON, as those of files."""
        answer = await self._client.api_call(method, params=dict(values))
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def upload(self, address: str, content: bytes) -> int:
        """Send a file's content to the address Slack gave for it; gives the HTTP status."""
        session = self._client.session
        if session is None:
            async with aiohttp.ClientSession() as own, own.post(address, data=content) as answer:
                return answer.status
        async with session.post(address, data=content) as answer:
            return answer.status

    async def find(
        self, channel: str, mark: str, *, since: int, below: str | None = None
    ) -> str | None:
        """The `ts` of the message with our mark in a conversation, looking back to `since`.

        `below`: the message in whose thread to look. None only if all of it was read. Raises
        TooMuchToRead where that would take too long.
        """
        method, place = "conversations.history", {"channel": channel}
        if below:
            method = "conversations.replies"
            place |= {"ts": below, "oldest": str(since - DRIFT)}
        cursor: dict[str, object] = {}
        for _ in range(PAGES):
            page = await self.read(
                method, **place, limit=PAGE, include_all_metadata="true", **cursor
            )
            messages = page.get("messages") or []
            for message in messages:
                if _carries(message, mark):
                    return str(message["ts"])
            following = (page.get("response_metadata") or {}).get("next_cursor")
            if not following or (below is None and _older(messages, since)):
                return None
            cursor = {"cursor": following}
        raise TooMuchToRead


def _older(messages: list[dict[str, Any]], since: int) -> bool:
    """Whether a page, of which the newest come first, reaches further back than `since`."""
    return min((float(each["ts"]) for each in messages), default=0.0) < since - DRIFT


def _carries(message: dict[str, Any], mark: str) -> bool:
    """Whether a message has our mark: in its metadata, or in the name of a file it shares."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    files = message.get("files") or ()
    return payload.get("mark") == mark or any(mark in str(each.get("name")) for each in files)
