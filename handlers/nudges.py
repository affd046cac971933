"""What people click and submit about reminders."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import nudges
from bot.context import Bot
from bot.views import nudges as view
from handlers import parse
from handlers.parse import nudges as parse_nudges

Body = dict[str, Any]


async def open_reminders(bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body) -> None:
    """Show what the bot will remind them of, and which kinds they want."""
    coming = await bot.read(came.workspace, nudges.coming_of, came.actor.user)
    form = view.reminders(coming)
    await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of reminders."""
    _register_controls(app, bot)
    _register_kinds(app, bot)


def _register_controls(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.DONE)
    async def done_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, nudges.done, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.SNOOZE)
    async def snooze_chosen(ack: AsyncAck, body: Body) -> None:
        came, (nudge_id, wanted) = parse.interaction(body), parse_nudges.snoozed(body)
        await bot.write(came.workspace, nudges.snooze, came.actor, nudge_id, wanted)
        await ack()

    @app.action(view.STOP)
    async def stop_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, nudges.stop_kind, came.actor, parse.named_id(body))
        await ack()


def _register_kinds(app: AsyncApp, bot: Bot) -> None:
    async def answered(ack: AsyncAck, body: Body, *, keep: bool) -> None:
        came = parse.interaction(body)
        await bot.write(
            came.workspace, nudges.answer_keep, came.actor, parse.named_id(body), keep=keep
        )
        await ack()

    @app.action(view.KEEP)
    async def keep_clicked(ack: AsyncAck, body: Body) -> None:
        await answered(ack, body, keep=True)

    @app.action(view.NO_MORE)
    async def no_more_clicked(ack: AsyncAck, body: Body) -> None:
        await answered(ack, body, keep=False)

    @app.action(view.SHOW)
    async def show_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_reminders(bot, client, parse.interaction(body), body)
        await ack()

    @app.view(view.KINDS_FORM)
    async def kinds_submitted(ack: AsyncAck, body: Body) -> None:
        came, wanted = parse.interaction(body), parse_nudges.kinds(body)
        coming = await bot.write(came.workspace, nudges.choose_all, came.actor, wanted)
        await ack(response_action="update", view=view.saved(coming).to_api())
