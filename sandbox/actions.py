"""What a person does in the workspace, delivered to the app in Slack's shapes."""

import html
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.delivery import Outcome
from sandbox.forms import default_state, filled
from sandbox.web_api.call import Call
from sandbox.web_api.views import dress
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

_MENTION = re.compile(r"@([\w.-]+)")


class Actions:
    """Each does one thing as one person and gives what the app answered."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace
        self._events = 0

    async def command(self, user: str, channel: str, command: str, text: str) -> Outcome:
        """Type a slash command."""
        place = self._space.channels[channel]
        payload = {
            "token": "verification",
            "team_id": self._space.id,
            "team_domain": self._space.name.lower().replace(" ", "-"),
            "channel_id": channel,
            "channel_name": "directmessage" if place.kind == "im" else place.name,
            "user_id": user,
            "user_name": self._space.users[user].name,
            "command": command,
            "text": self._escaped(text),
            "api_app_id": self._sandbox.app_id,
            "is_enterprise_install": "false",
            "response_url": self._sandbox.responses.new(user, channel),
            "trigger_id": self._sandbox.triggers.new(user),
        }
        outcome = await self._sandbox.sender.send("slash_commands", payload)
        if not outcome.acknowledged:
            self._tell(user, channel, f"{command} failed with the error operation_timeout")
        elif outcome.body.get("text") or outcome.body.get("blocks"):
            self._sandbox.responses.show(user, channel, outcome.body)
        return outcome

    async def click(  # noqa: PLR0913 - what a click has in Slack
        self,
        user: str,
        action_id: str,
        *,
        channel: str = "",
        ts: str = "",
        view_id: str = "",
        value: str | None = None,
        chosen: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """Use a button or select of a message, a modal or Home.

        `value` replaces the button's own, as a forger would; `chosen` is what a select came to,
        such as `{"selected_user": "U1"}`.
        """
        payload = self._interaction("block_actions", user)
        blocks: list[Json] = []
        if view_id:
            view = self._view(user, view_id)
            blocks = view["blocks"]
            payload |= {"view": view, "container": {"type": "view", "view_id": view_id}}
        else:
            message = self._message(channel, ts)
            blocks = message.blocks
            payload |= {
                "channel": {"id": channel, "name": self._space.channels[channel].name},
                "message": message.to_api() | {"bot_id": self._sandbox.bot_id},
                "container": {
                    "type": "message",
                    "message_ts": ts,
                    "channel_id": channel,
                    "is_ephemeral": bool(message.only_for),
                },
                "response_url": self._sandbox.responses.new(user, channel, ts),
            }
        block, element = _element(blocks, action_id)
        action = {
            "type": element.get("type", "button"),
            "action_id": action_id,
            "block_id": block.get("block_id", "b1"),
            "action_ts": self._space.next_ts(),
        }
        if value is not None or element.get("value") is not None:
            action["value"] = element.get("value", "") if value is None else value
        payload["actions"] = [action | dict(chosen or {})]
        outcome = await self._sandbox.sender.send("interactive", payload)
        if not outcome.acknowledged and channel:
            self._tell(user, channel, "This app did not respond in time. Please try again.")
        return outcome

    async def submit(
        self, user: str, view_id: str, values: Mapping[str, Any] | None = None
    ) -> Outcome:
        """Submit a form. `values`: what was put into which field; others keep what they show."""
        view = self._view(user, view_id)
        state = filled(view["blocks"], values or {})
        payload = self._interaction("view_submission", user)
        payload["view"] = {**view, "state": {"values": state}}
        outcome = await self._sandbox.sender.send("interactive", payload)
        if outcome.acknowledged:
            self._after_submit(user, view, outcome.body)
        return outcome

    def _after_submit(self, user: str, view: Json, answer: Json) -> None:
        stack = self._space.modals[user]
        action = answer.get("response_action")
        view.pop("errors", None)
        if action == "errors":
            view["errors"] = answer["errors"]
        elif action in ("update", "push"):
            call = Call(self._sandbox, {})
            if action == "update":
                stack.pop()
            stack.append(dress(call, answer["view"]))
        elif action == "clear":
            stack.clear()
        elif view in stack:
            stack.remove(view)
        self._space.changed()

    def close(self, user: str, view_id: str) -> None:
        """Close a form without submitting it."""
        stack = self._space.modals.get(user, [])
        stack[:] = [view for view in stack if view["id"] != view_id]
        self._space.changed()

    async def shortcut(self, user: str, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        payload = self._interaction("shortcut", user) | {"callback_id": callback_id}
        return await self._sandbox.sender.send("interactive", payload)

    async def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Outcome:
        """Use a shortcut on a message."""
        payload = self._interaction("message_action", user)
        payload |= {
            "callback_id": callback_id,
            "channel": {"id": channel, "name": self._space.channels[channel].name},
            "message_ts": ts,
            "message": self._message(channel, ts).to_api(),
            "response_url": self._sandbox.responses.new(user, channel),
        }
        return await self._sandbox.sender.send("interactive", payload)

    async def open_home(self, user: str) -> Outcome | None:
        """Open the app's Home tab."""
        channel = self._space.direct([user, self._space.bot.id]).id
        event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
        return await self.event(event)

    async def post(self, user: str, channel: str, text: str) -> Message:
        """Say something in a conversation."""
        place = self._space.channels[channel]
        escaped = self._escaped(text)
        message = self._space.post(place, Message(self._space.next_ts(), user, escaped))
        if place.kind == "im" and self._space.bot.id in place.members:
            await self.event(
                {
                    **message.to_api(),
                    "channel": channel,
                    "channel_type": "im",
                    "event_ts": message.ts,
                }
            )
        return message

    async def join(self, user: str, channel: str) -> None:
        """Join a channel."""
        place = self._space.channels[channel]
        if user not in place.members:
            place.members.append(user)
            self._space.changed()
            await self._membership("member_joined_channel", user, place)

    async def leave(self, user: str, channel: str) -> None:
        """Leave a channel."""
        place = self._space.channels[channel]
        if user in place.members:
            place.members.remove(user)
            self._space.changed()
            await self._membership("member_left_channel", user, place)

    async def _membership(self, kind: str, user: str, place: Channel) -> None:
        letter = "C" if place.kind == "channel" else "G"
        await self.event(
            {
                "type": kind,
                "user": user,
                "channel": place.id,
                "channel_type": letter,
                "team": self._space.id,
            }
        )

    async def change_user(self, user: str, **changes: Any) -> None:
        """Change what the workspace says of somebody, such as `deleted=True`."""
        person = self._space.users[user]
        for name, value in changes.items():
            setattr(person, name, value)
        self._space.changed()
        await self.event({"type": "user_change", "user": person.to_api(self._space.id)})

    async def event(self, event: Json, *, event_id: str = "") -> Outcome | None:
        """Deliver an event if the app's manifest asks for it; once more at once if it fails."""
        settings = self._sandbox.manifest["settings"]["event_subscriptions"]
        wanted = settings.get("bot_events", [])
        kind = f"message.{event['channel_type']}" if event["type"] == "message" else event["type"]
        if kind not in wanted:
            return None
        self._events += 1
        payload = {
            "token": "verification",
            "team_id": self._space.id,
            "api_app_id": self._sandbox.app_id,
            "type": "event_callback",
            "event_id": event_id or f"Ev0S{self._events:08d}",
            "event_time": self._space.clock.now(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._space.id,
                    "user_id": self._space.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "event": {"event_ts": self._space.next_ts(), **event},
        }
        outcome = await self._sandbox.sender.send("events_api", payload)
        if not outcome.acknowledged:
            outcome = await self._sandbox.sender.send("events_api", payload)
        return outcome

    def _interaction(self, kind: str, user: str) -> Json:
        person = self._space.users[user]
        return {
            "type": kind,
            "token": "verification",
            "team": {"id": self._space.id, "domain": self._space.name.lower()},
            "user": {
                "id": user,
                "username": person.name,
                "name": person.name,
                "team_id": self._space.id,
            },
            "api_app_id": self._sandbox.app_id,
            "trigger_id": self._sandbox.triggers.new(user),
            "is_enterprise_install": False,
            "enterprise": None,
        }

    def _escaped(self, text: str) -> str:
        """Text as Slack sends it on: entities escaped, names as references."""

        def as_reference(found: re.Match[str]) -> str:
            for person in self._space.users.values():
                if person.name == found[1]:
                    return f"<@{person.id}|{person.name}>"
            return found[0]

        return _MENTION.sub(as_reference, html.escape(text, quote=False))

    def _tell(self, user: str, channel: str, text: str) -> None:
        self._sandbox.responses.show(user, channel, {"text": text})

    def _message(self, channel: str, ts: str) -> Message:
        return next(each for each in self._space.channels[channel].messages if each.ts == ts)

    def _view(self, user: str, view_id: str) -> Json:
        home = self._space.homes.get(user)
        if home and home["id"] == view_id:
            return home
        return next(view for view in self._space.modals[user] if view["id"] == view_id)


def _element(blocks: list[Json], action_id: str) -> tuple[Json, Json]:
    """The block and element with this action; a made-up one where there is none, as forgers do."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if element and element.get("action_id") == action_id:
                return block, element
    return {}, {}


def state_of(view: Json) -> str:
    """What a form shows before anything is typed, as JSON."""
    return json.dumps(default_state(view["blocks"]))
