"""What Slack tells of people, and of everything else."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import circles, consults, members, people, sessions
from bot.context import Bot
from bot.errors import Reason, Refused
from handlers import parse
from handlers.parse import nudges as parse_nudges
from handlers.parse import relay as parse_relay

Body = dict[str, Any]

ANYTHING = re.compile(".*", re.DOTALL)


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of events."""

    @app.event("app_home_opened")
    async def home_opened(body: Body) -> None:
        if body["event"].get("tab", "home") == "home":
            workspace, _ = parse.event(body)
            await bot.write(workspace, members.home_opened, body["event"]["user"])

    async def person_changed(body: Body) -> None:
        workspace, delivery = parse.event(body)
        person = parse.member(body["event"]["user"])
        await bot.write(workspace, people.person_changed, person, delivery)

    @app.event("dnd_updated_user")
    async def quiet_changed(body: Body) -> None:
        workspace, _ = parse.event(body)
        event = body["event"]
        quiet = parse_nudges.quiet(event.get("dnd_status") or {})
        await bot.write(workspace, members.quiet_changed, event["user"], quiet)

    _register_channels(app, bot)
    _register_rooms(app, bot)

    @app.event("message")
    async def message_posted(body: Body) -> None:
        workspace, delivery = parse.event(body)
        reply, written = parse.reply(body), parse_relay.written(body)
        if written:
            await bot.write(workspace, consults.written, written)
        elif reply:
            await bot.write(workspace, sessions.replied, reply, delivery)

    app.event("team_join")(person_changed)
    app.event("user_change")(person_changed)


def _register_channels(app: AsyncApp, bot: Bot) -> None:
    """Who comes into a channel and leaves it, the bot among them, and what becomes of it."""

    @app.event("member_joined_channel")
    async def channel_joined(body: Body) -> None:
        workspace, _ = parse.event(body)
        passage = parse.passage(body)
        if passage.user in parse.ourselves(body):
            await bot.write(workspace, circles.regained_channel, passage.channel)
        else:
            await bot.write(workspace, circles.joined_channel, passage)

    @app.event("member_left_channel")
    async def channel_left(body: Body) -> None:
        workspace, _ = parse.event(body)
        passage = parse.passage(body)
        if passage.user in parse.ourselves(body):
            await bot.write(workspace, circles.lost_channel, passage.channel, "not_in_channel")
        else:
            await bot.write(workspace, circles.left_channel, passage)


def _register_rooms(app: AsyncApp, bot: Bot) -> None:
    """What becomes of channels themselves."""

    def lost(code: str) -> Callable[[Body], Awaitable[None]]:
        async def channel_lost(body: Body) -> None:
            workspace, _ = parse.event(body)
            await bot.write(workspace, circles.lost_channel, str(body["event"]["channel"]), code)

        return channel_lost

    async def channel_unarchived(body: Body) -> None:
        workspace, _ = parse.event(body)
        await bot.write(workspace, circles.regained_channel, str(body["event"]["channel"]))

    for kind in ("channel", "group"):
        app.event(f"{kind}_archive")(lost("is_archived"))
        app.event(f"{kind}_deleted")(lost("deleted"))
        app.event(f"{kind}_left")(lost("not_in_channel"))
        app.event(f"{kind}_unarchive")(channel_unarchived)

    @app.event("channel_id_changed")
    async def id_changed(body: Body) -> None:
        workspace, _ = parse.event(body)
        event = body["event"]
        old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
        await bot.write(workspace, circles.channel_changed, old, new)


def register_rest(app: AsyncApp) -> None:
    """Listeners of what nothing else takes, so that Slack does not send it again.

    A button of a version long gone, or of a guessed name, gets the polite refusal.
    """

    @app.event(ANYTHING)
    async def event_seen() -> None:
        """What is said outside of commands and forms is not read."""

    async def unknown_used() -> None:
        raise Refused(Reason.TOO_LATE)

    app.action(ANYTHING)(unknown_used)
    app.view(ANYTHING)(unknown_used)
    app.shortcut(ANYTHING)(unknown_used)
    app.view_closed(ANYTHING)(_closed)


async def _closed(ack: AsyncAck) -> None:
    await ack()
