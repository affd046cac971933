"""On the way in: whatever people typed is looked at before any listener sees it.

It stands before all listeners, so that a new form or command is looked at without being named here.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import consults, identifiers, programme
from bot.context import Bot
from bot.errors import Identifying
from bot.identifiers import Found, Typed
from bot.rules.commands import Command, Name, parse
from bot.rules.words import QUESTION_MAX
from bot.views import identifiers as views
from bot.views.blocks import Message
from bot.views.consults import forms, ids
from handlers.commands import opens_form
from handlers.parse import Came, command, interaction
from handlers.parse.typed import COMMAND, confirmation, typed

Body = dict[str, Any]

log = logging.getLogger(__name__)

# By which a box to confirm is known again. It is kept nowhere: after a restart one confirms anew.
_KEY = secrets.token_bytes(16)
_MARK = 8  # signs for each thing that was shown


class LookedAt(AsyncMiddleware):
    """Lets through what identifies nobody; the rest goes back to its author."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's name
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Go on to the listeners, or raise Identifying before any of them."""
        what = typed(req.body)
        found = identifiers.seen_in(what) if what else {}
        if what is None or not found or self._keeps_no_words(req.body):
            return await next()
        came = command(req.body) if what.surface == COMMAND else interaction(req.body)
        shown, marks = confirmation(req.body), _marks(what, found)
        what = replace(what, confirmed=shown is not None and marks <= _taken_apart(shown))
        try:
            await self._bot.write(came.workspace, identifiers.check, came.actor, what)
        except Identifying:
            client = req.context.client
            if client and what.surface == COMMAND and await self._opened(client, came, req.body):
                return BoltResponse(status=200)
            raise
        return await next()

    def _asked(self, body: Body) -> Command:
        """The command, taken apart as its listener does: from the very text that Slack sent."""
        today = datetime.fromtimestamp(self._bot.clock.now(), UTC).date()
        return parse(str(body.get("text") or ""), today)

    def _keeps_no_words(self, body: Body) -> bool:
        """Whether it is a command that opens a form, or a pause.

        The form is looked at when it is submitted; a pause's words are the day it ends.
        """
        if "command" not in body:
            return False
        name = self._asked(body).name
        return name is Name.PAUSE or opens_form(name)

    async def _opened(self, client: AsyncWebClient, came: Came, body: Body) -> bool:
        """Open the form with the question in it, marked: what was typed is not lost."""
        asked = self._asked(body)
        if asked.name is not Name.ASK or len(asked.text) > QUESTION_MAX:
            return False
        draft = await self._bot.read(
            came.workspace, consults.drafted, asked.text, asked.tags, asked.user
        )
        what = Typed({"question": draft.question}, ids.ASK_FORM)
        topics = await self._bot.read(came.workspace, programme.topics_of)
        try:
            await self._bot.read(came.workspace, identifiers.check, came.actor, what)
        except Identifying as error:
            form = _again(forms.ask_form(topics, draft).to_api(), what, error)
        else:
            form = forms.ask_form(topics, draft).to_api()
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=form)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("marked_form_not_opened kind=%s", type(error).__name__)
            return False
        return True


def marked(error: Identifying, body: Body) -> Message:
    """The words of a command with what was found in brackets, for their author alone."""
    what = typed(body)
    return views.marked(what.fields if what else {}, error.found)


def in_form(error: Identifying, body: Body) -> dict[str, Any]:
    """The answer to a submitted form: the same form, with what was found below its fields."""
    what = typed(body)
    assert what is not None  # noqa: S101 - a submitted form
    return {"response_action": "update", "view": _again(body["view"], what, error)}


def _again(view: Body, what: Typed, error: Identifying) -> Body:
    confirm = "".join(sorted(_marks(what, error.found))) if error.may_confirm else None
    return views.again(view, what.fields, error.found, confirm)


def _marks(what: Typed, found: Found) -> frozenset[str]:
    """Each thing found as a few signs that tell nothing: a tick holds for what it stood below."""
    things = (
        f"{span.kind} {what.fields[field][span.start : span.end].casefold()}"
        for field, spans in found.items()
        for span in spans
    )
    return frozenset(
        hmac.new(_KEY, each.encode(errors="replace"), hashlib.sha256).hexdigest()[:_MARK]
        for each in things
    )


def _taken_apart(shown: str) -> frozenset[str]:
    return frozenset(shown[at : at + _MARK] for at in range(0, len(shown), _MARK))
