"""Response addresses: five uses within half an hour, seen by one person unless told otherwise."""

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import Response

from sandbox.forms import named
from sandbox.posting import post
from sandbox.refusal import SlackError
from sandbox.validate import check_blocks
from sandbox.workspace import Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

USES = 5
GOOD_FOR = 30 * 60  # seconds


@dataclass(slots=True)
class _Address:
    user: str
    channel: str
    ts: str | None
    until: float
    uses: int = USES


class Responses:
    """The addresses handed out."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._open: dict[str, _Address] = {}

    def new(self, user: str, channel: str, ts: str | None = None) -> str:
        """An address by which the app may answer this person in this conversation."""
        token = secrets.token_urlsafe(16)
        until = self._sandbox.clock.time() + GOOD_FOR
        self._open[token] = _Address(user, channel, ts, until)
        return f"{self._sandbox.address}/response/{token}"

    def take(self, token: str, sent: bytes) -> Response:
        """What the app posts to an address: a message as JSON."""
        place = self._open.get(token)
        now = self._sandbox.clock.time()
        if place is None or place.until < now:
            return _refusal("expired_url", 404)
        if place.uses == 0:
            return _refusal("used_url", 404)
        try:
            body = _body(sent)
            place.uses -= 1
            self.show(place.user, place.channel, body, ts=place.ts)
        except SlackError as refused:
            return _refusal(refused.code, 400)
        return Response("ok")

    def show(self, user: str, channel_id: str, body: Json, *, ts: str | None = None) -> None:
        """Show an answer: in the place of the message it is about, or as a message of its own."""
        workspace = self._sandbox.workspace
        channel = workspace.channels.get(channel_id)
        if channel is None:
            raise SlackError("channel_not_found")
        old = next((each for each in channel.messages if each.ts == ts), None)
        if old and body.get("delete_original"):
            channel.messages.remove(old)
            workspace.changed()
            return
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        if not text and not blocks:
            raise SlackError("no_text")
        check_blocks(blocks, "message")
        blocks = named(blocks)
        if old and body.get("replace_original"):
            old.text, old.blocks, old.edited = text, blocks, True
            workspace.changed()
            return
        only_for = None if body.get("response_type") == "in_channel" else user
        ts, thread = workspace.next_ts(), body.get("thread_ts") or None
        said = Message(ts, workspace.bot.id, text, blocks, thread, only_for=only_for, by_app=True)
        post(self._sandbox, channel, said)


def _refusal(code: str, status: int) -> Response:
    return Response(json.dumps({"ok": False, "error": code}), status, {}, "application/json")


def _body(sent: bytes) -> Json:
    try:
        body = json.loads(sent)
    except ValueError as error:
        raise SlackError("invalid_payload") from error
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body
