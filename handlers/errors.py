"""The only place where an exception becomes words for a person."""

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Identifying, Refused, Unusable
from bot.health import FAILED, REFUSED
from bot.logs import place_of
from bot.views import refusals
from bot.views.blocks import Modal, section
from handlers.identifiers import in_form, marked
from storage.database import StoreBusy

log = logging.getLogger(__name__)

# What Slack says of a view that its reader has closed or sent, or that others have changed.
_MOVED_ON = ("hash_conflict", "not_found")

# Telling somebody through their response_url must not hold up the acknowledgement.
_telling: set["asyncio.Task[None]"] = set()


async def answer_failure(
    error: Exception,
    body: dict[str, Any],
    ack: AsyncAck,
    respond: AsyncRespond,
    client: AsyncWebClient,
) -> BoltResponse | None:
    """Tell the person what happened, in the way their kind of request can be answered.

    An event gets no answer: Slack sends it again.
    """
    if isinstance(error, Identifying):
        return await _back_to_author(error, body, ack)
    words = None if _form_moved_on(error) else _words(error)
    if words is None or _while_typing(body):
        return await ack()
    if "command" in body:
        return await ack(text=words, response_type="ephemeral")
    if body.get("type") == "view_submission":
        return await ack(**_in_form(error, words, body["view"]))
    if body.get("type") == "event_callback":
        return None
    if body.get("response_url"):
        task = asyncio.create_task(_tell(respond, words))
        _telling.add(task)
        task.add_done_callback(_telling.discard)
    elif body.get("trigger_id"):
        await _show(client, words, body)
    return await ack()


async def _back_to_author(
    error: Identifying, body: dict[str, Any], ack: AsyncAck
) -> BoltResponse | None:
    """Their own words, marked; an event is taken as received, as its words stay the same."""
    if "command" in body:
        shown = marked(error, body)
        return await ack(text=shown.text, blocks=shown.blocks, response_type="ephemeral")
    if body.get("type") == "view_submission":
        return await ack(**in_form(error, body))
    return await ack()


def _form_moved_on(error: Exception) -> bool:
    """Whether a form was to be changed that is closed, or another one, by now: nothing is lost."""
    return isinstance(error, SlackApiError) and error.response.get("error") in _MOVED_ON


def _while_typing(body: dict[str, Any]) -> bool:
    """Whether somebody is in the middle of writing: what fails then is not worth stopping them."""
    return bool(body.get("actions")) and body["actions"][0].get("type") == "plain_text_input"


async def _tell(respond: AsyncRespond, words: str) -> None:
    try:
        await respond(text=words, response_type="ephemeral", replace_original=False)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("refusal_not_shown kind=%s", type(error).__name__)


async def _show(client: AsyncWebClient, words: str, body: dict[str, Any]) -> None:
    """Tell somebody who clicked on Home or in a form, where nothing can be posted."""
    in_form = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if in_form else client.views_open
    try:
        await show(
            trigger_id=body["trigger_id"], view=Modal("Mentoring", [section(words)]).to_api()
        )
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("refusal_not_shown kind=%s", type(error).__name__)


def _words(error: Exception) -> str:
    if isinstance(error, Refused):
        REFUSED.labels(error.reason.value).inc()
        return refusals.WORDS[error.reason]
    if isinstance(error, Unusable):
        return error.words
    if isinstance(error, StoreBusy):
        log.warning("listener_failed kind=StoreBusy reason=%s", error)
        return refusals.BUSY
    FAILED.labels(type(error).__name__).inc()
    # Never the message, the payload or a traceback: each may quote a question.
    log.error("listener_failed kind=%s at=%s", type(error).__name__, place_of(error))
    return refusals.BROKEN


def _in_form(error: Exception, words: str, view: dict[str, Any]) -> dict[str, Any]:
    """The words at a field, so that what was typed is not lost; alone where nothing can be mended.

    What failed through no fault of theirs can be sent again: its words stand at the first field.
    """
    if isinstance(error, Refused | Unusable):
        field = error.field
    else:
        inputs = (block["block_id"] for block in view["blocks"] if block["type"] == "input")
        field = next(inputs, None)
    if field:
        return {"response_action": "errors", "errors": {field: words}}
    return {"response_action": "update", "view": Modal("Mentoring", [section(words)]).to_api()}
