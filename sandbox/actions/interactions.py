"""Commands, buttons, forms and shortcuts, as one person uses them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.actions.base import Acting, Picked
from sandbox.block_kit.objects import OFFERED, OFFERED_GROUPS
from sandbox.forms import elements_of, filled, held_back, key_of, options_of, shape, within
from sandbox.outcome import NO_ANSWER, OUT_OF_REACH, Outcome
from sandbox.refusal import SlackError
from sandbox.shapes import message_object
from sandbox.validate import check_view
from sandbox.web_api.call import Call
from sandbox.web_api.views import STACK_MOST, changed, dress
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

NOT_SENT = 0  # what stands for a status where nothing was sent
_SERVER_ERROR = 500


class Interactions(Acting):
    """Using the app as one person."""

    def __init__(self, sandbox: "Sandbox") -> None:
        super().__init__(sandbox)
        # What the app offered in external selects, by value.
        self._offered: dict[str, Json] = {}

    async def command(  # noqa: PLR0913 - what is typed, and where
        self,
        user: str,
        channel: str,
        command: str,
        text: str,
        *,
        thread_ts: str = "",
        picked: Picked = None,
    ) -> Outcome:
        """Type a slash command; one that Slack refuses is told to this person, not to the app.

        `picked`: ids by the names as which people and channels were picked in the text.
        """
        refusal = self._refusal(command, in_thread=bool(thread_ts))
        if refusal:
            self._tell(user, channel, refusal, thread_ts=thread_ts)
            return Outcome(NOT_SENT, {}, 0.0)
        outcome = await self._sandbox.sender.send(
            "slash_commands", self._typed(user, channel, command, text, picked)
        )
        if not outcome.acknowledged:
            self._tell(user, channel, f'{command} failed with the error "{_failure(outcome)}"')
        elif outcome.body.get("text") or outcome.body.get("blocks"):
            self._sandbox.responses.show(user, channel, outcome.body)
        return outcome

    def _refusal(self, command: str, *, in_thread: bool) -> str:
        """What Slack says to a command that it does not pass on."""
        listed = self._sandbox.manifest["features"].get("slash_commands", [])
        if command not in [each["command"] for each in listed]:
            return (
                f"`{command}` is not a valid command. In Slack, all messages that start with the"
                ' "/" character are interpreted as commands.\nIf you are trying to send a message'
                ' and not run a command, try preceding the "/" with an empty space.'
            )
        return f"{command} is not supported in threads. Sorry!" if in_thread else ""

    def _typed(self, user: str, channel: str, command: str, text: str, picked: Picked) -> Json:
        place = self._space.channels[channel]
        return {
            "token": "verification",
            "team_id": self._space.id,
            "team_domain": self._space.domain,
            "channel_id": channel,
            "channel_name": "directmessage" if place.kind == "im" else place.name,
            "user_id": user,
            "user_name": self._person(user).name,
            "command": command,
            "text": (
                self._escaped(text, picked, labelled=True)
                if self._escapes(command)
                else self._unescaped(text, picked)
            ),
            "api_app_id": self._sandbox.app_id,
            "is_enterprise_install": "false",
            "response_url": self._sandbox.responses.new(user, channel),
            "trigger_id": self._sandbox.triggers.new(user),
        }

    def _escapes(self, command: str) -> bool:
        """Whether the manifest wants names in this command's text as references."""
        listed = self._sandbox.manifest["features"].get("slash_commands", [])
        return any(each["command"] == command and each.get("should_escape") for each in listed)

    async def click(  # noqa: PLR0913 - what a click has in Slack
        self,
        user: str,
        action_id: str,
        *,
        channel: str = "",
        ts: str = "",
        view_id: str = "",
        value: str | None = None,
        pick: Any = None,
        chosen: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        block_id: str = "",
    ) -> Outcome:
        """Use an element of a message, a modal or Home; `block_id` tells two of one action apart.

        `pick` is what was picked or typed: an id, an option's value, a date, or a list of them.
        `value` tells buttons of one action apart; another one replaces a button's own, as a forger
        would. `chosen` goes into the action as it is, in Slack's shape. `values` is what stands
        in the form's fields at that moment.
        """
        place = None if view_id else self._space.channels[channel]
        used = None if view_id else self._message(channel, ts)
        blocks = used.blocks if used else self._view(user, view_id)["blocks"]
        block, element = _element(blocks, action_id, value, block_id)
        typed = self._space.typed.setdefault(view_id or f"{user}/{channel}/{ts}", {})
        typed.update(values or {})
        action = self._action(block, element, action_id)
        if value is not None:
            action["value"] = value
        if pick is not None and element:
            pick = self._offered_before(pick) if "external" in element["type"] else pick
            typed[_name(block, action_id)] = pick
            action |= shape(element, pick)
        about = (
            self._of_message(user, place, used) if place and used else self._of_view(user, view_id)
        )
        return await self._press(user, channel, about, action | dict(chosen or {}))

    async def suggest(  # noqa: PLR0913 - what a question has in Slack
        self,
        user: str,
        action_id: str,
        query: str,
        *,
        channel: str = "",
        ts: str = "",
        view_id: str = "",
        block_id: str = "",
    ) -> Outcome:
        """Type into an external select: the app is asked what it offers.

        `body` of what comes holds its `options` or `option_groups`; refused as Slack would refuse
        others than it takes.
        """
        place = None if view_id else self._space.channels[channel]
        used = None if view_id else self._message(channel, ts)
        blocks = used.blocks if used else self._view(user, view_id)["blocks"]
        block, _element_found = _element(blocks, action_id, None, block_id)
        about = (
            self._of_message(user, place, used) if place and used else self._of_view(user, view_id)
        )
        for name in ("response_url", "state"):
            about.pop(name, None)
        asked = {"action_id": action_id, "block_id": block.get("block_id", "b1"), "value": query}
        payload = self._interaction("block_suggestion", user) | about | asked
        del payload["trigger_id"]
        outcome = await self._sandbox.sender.send("interactive", payload)
        if outcome.acknowledged and (found := _refused_offer(outcome.body)):
            raise SlackError("invalid_arguments", response_metadata={"messages": found})
        for option in options_of(outcome.body):
            self._offered[option["value"]] = option
        return outcome

    def _offered_before(self, pick: Any) -> Any:
        """What an app offered, by its value."""
        if isinstance(pick, list):
            return [self._offered_before(each) for each in pick]
        return self._offered.get(pick, pick) if isinstance(pick, str) else pick

    async def _press(self, user: str, channel: str, about: Json, action: Json) -> Outcome:
        payload = self._interaction("block_actions", user) | about | {"actions": [action]}
        outcome = await self._sandbox.sender.send("interactive", payload)
        if not outcome.acknowledged and channel:
            self._tell(user, channel, "This app did not respond in time. Please try again.")
        return outcome

    def _action(self, block: Json, element: Json, action_id: str) -> Json:
        action = {
            "type": element.get("type", "button"),
            "action_id": action_id,
            "block_id": block.get("block_id", "b1"),
            "action_ts": self._space.next_ts(),
        }
        wanted = ("value", "text", "style") if action["type"] == "button" else ("placeholder",)
        return action | {name: element[name] for name in wanted if name in element}

    def _of_view(self, user: str, view_id: str) -> Json:
        """What a payload says of the view that was used."""
        container = {"type": "view", "view_id": view_id}
        return {"view": self._with_state(self._view(user, view_id), {}), "container": container}

    def _of_message(self, user: str, channel: Channel, message: Message) -> Json:
        """What a payload says of the message that was used."""
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": bool(message.only_for),
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        picked = self._space.typed.get(f"{user}/{channel.id}/{message.ts}", {})
        # Slack keeps no message that only one person sees: the payload has none.
        shown = {} if message.only_for else message_object(self._space, channel, message)
        return {
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            **({"message": shown} if shown else {}),
            "container": container,
            "state": {"values": filled(message.blocks, picked)},
            "response_url": self._sandbox.responses.new(user, channel.id, message.ts),
        }

    def _with_state(self, view: Json, values: Mapping[str, Any]) -> Json:
        typed = self._space.typed.setdefault(view["id"], {})
        typed.update(values)
        return {**view, "state": {"values": filled(view["blocks"], typed)}}

    async def submit(
        self,
        user: str,
        view_id: str,
        values: Mapping[str, Any] | None = None,
        *,
        forged: bool = False,
    ) -> Outcome:
        """Submit a form. `values`: what was put into which field; others keep what they show.

        What Slack itself finds wrong stands at the fields, and the app hears nothing, unless
        `forged`: sent all the same, as somebody without Slack's own client would.
        """
        shown = self._view(user, view_id)
        view = self._with_state(shown, values or {})
        shown.pop("errors", None)
        faults = {} if forged else held_back(view["blocks"], view["state"]["values"])
        if faults:
            shown["errors"] = faults
            self._space.changed()
            return Outcome(NOT_SENT, {"response_action": "errors", "errors": faults}, 0.0)
        payload = self._interaction("view_submission", user)
        payload |= {"view": view, "response_urls": []}
        outcome = await self._sandbox.sender.send("interactive", payload)
        if outcome.acknowledged:
            self._after_submit(user, view_id, outcome.body)
        return outcome

    def _after_submit(self, user: str, view_id: str, answer: Json) -> None:
        stack = self._space.modals[user]
        places = [place for place, each in enumerate(stack) if each["id"] == view_id]
        if not places:  # closed meanwhile
            return
        place, view = places[0], stack[places[0]]
        action = answer.get("response_action")
        if action == "errors":
            view["errors"] = _errors(view, answer)
        elif action in ("update", "push"):
            call = Call(self._sandbox, {})
            check_view(answer["view"])
            if action == "update":
                stack[place] = changed(call, view, answer["view"])
            elif len(stack) >= STACK_MOST:
                raise SlackError("push_limit_reached")
            else:
                stack.append(dress(call, answer["view"], above=view))
        elif action == "clear":
            stack.clear()
        else:
            del stack[place]
        self._space.changed()

    async def close(self, user: str, view_id: str, *, everything: bool = False) -> None:
        """Close a form without submitting it; an app that asked for it is told.

        `everything`: with all that are open below it, as a form that clears on closing does.
        """
        view, stack = self._view(user, view_id), self._space.modals[user]
        cleared = everything or bool(view.get("clear_on_close"))
        gone = list(reversed(stack)) if cleared else [view]
        for each in gone:
            stack.remove(each)
        self._space.changed()
        for each in gone:
            if each.get("notify_on_close"):
                payload = self._interaction("view_closed", user)
                del payload["trigger_id"]  # nothing is opened over a form that is gone
                payload |= {"view": self._with_state(each, {}), "is_cleared": cleared}
                await self._sandbox.sender.send("interactive", payload)

    async def shortcut(self, user: str, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        payload = self._interaction("shortcut", user) | {
            "callback_id": callback_id,
            "action_ts": self._space.next_ts(),
        }
        return await self._sandbox.sender.send("interactive", payload)

    async def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Outcome:
        """Use a shortcut on a message."""
        payload = self._interaction("message_action", user)
        # Of a message shortcut Slack says less than of all else.
        del payload["api_app_id"], payload["user"]["username"]
        place = self._space.channels[channel]
        payload |= {
            "callback_id": callback_id,
            "channel": {"id": channel, "name": place.name or "directmessage"},
            "action_ts": self._space.next_ts(),
            "message_ts": ts,
            "message": message_object(self._space, place, self._message(channel, ts)),
            "response_url": self._sandbox.responses.new(user, channel),
        }
        return await self._sandbox.sender.send("interactive", payload)

    async def open_home(self, user: str, *, tab: str = "home") -> Outcome | None:
        """Open the app at its `home` or `messages` tab."""
        channel = self._space.direct([user, self._space.bot.id]).id
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        home = self._space.homes.get(user)
        # As in Slack, the view comes along only with the tab that shows it.
        if home and tab == "home":
            event["view"] = self._with_state(home, {})
        return await self._sandbox.events.send(event)

    def _interaction(self, kind: str, user: str) -> Json:
        person = self._person(user)
        return {
            "type": kind,
            "token": "verification",
            "team": {"id": self._space.id, "domain": self._space.domain},
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

    def _view(self, user: str, view_id: str) -> Json:
        home = self._space.homes.get(user)
        if home and home["id"] == view_id:
            return home
        return next(view for view in self._space.modals[user] if view["id"] == view_id)


def _failure(outcome: Outcome) -> str:
    """How Slack calls it when a command did not come through."""
    if outcome.status == NO_ANSWER:
        return "operation_timeout"
    if outcome.status == OUT_OF_REACH:
        return "dispatch_failed"
    return "http_service_error" if outcome.status >= _SERVER_ERROR else "http_client_error"


def _errors(view: Json, answer: Json) -> Json:
    """The errors that an app answers; refused where they name no input."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    errors: Json = answer.get("errors") or {}
    if not errors or not set(errors) <= inputs:
        told = f"errors name no input: {', '.join(sorted(set(errors) - inputs))}"
        raise SlackError("invalid_arguments", response_metadata={"messages": [told]})
    return errors


def _refused_offer(body: Json) -> list[str]:
    """What Slack refuses of the options that an app offers."""
    if "option_groups" in body:
        return list(OFFERED_GROUPS.faults(body["option_groups"], "/option_groups", "modal"))
    return list(OFFERED.faults(body.get("options"), "/options", "modal"))


def _element(
    blocks: list[Json], action_id: str, value: str | None, block_id: str = ""
) -> tuple[Json, Json]:
    """The block and element with this action, of this value and in this block if one is.

    A made-up one where there is none, as forgers do.
    """
    found = [
        (block, element)
        for block in within(blocks)
        for element in elements_of(block)
        if element.get("action_id") == action_id
    ]
    of_block = [each for each in found if each[0].get("block_id") == block_id]
    of_value = (each for each in of_block or found if each[1].get("value") == value)
    return next(of_value, None) or next(iter(of_block or found), ({}, {}))


def _name(block: Json, action_id: str) -> str:
    """Under which name an element's state is kept."""
    block_id = str(block.get("block_id", action_id))
    return block_id if block.get("type") == "input" else key_of(block_id, action_id)
