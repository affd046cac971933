"""What people click and submit about what their colleagues know."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import endorsements
from bot.context import Bot
from bot.rules.commands import Command
from bot.views import endorsements as views
from bot.views.blocks import Message, Modal
from handlers import parse

Body = dict[str, Any]


async def open_endorse_form(
    bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body, asked: Command
) -> None:
    """Open the form, with the colleague that was named."""
    topics = await bot.read(came.workspace, endorsements.to_endorse, came.actor)
    form = views.endorse_form(topics, asked.user)
    await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())


async def endorse_by_command(bot: Bot, came: parse.Came, asked: Command) -> Message:
    """Endorse whom the command names for the topics it names."""
    colleague = asked.user or ""
    found = await bot.write(
        came.workspace, endorsements.endorse_by_tags, came.actor, colleague, asked.tags
    )
    return views.endorsed(colleague, found)


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of endorsements."""

    @app.action(views.ACCEPT)
    async def endorsement_accepted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, endorsements.accept, came.actor, parse.named_id(body))
        await ack()

    @app.action(views.DECLINE)
    async def endorsement_declined(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, endorsements.decline, came.actor, parse.named_id(body))
        await ack()

    @app.view(views.FORM)
    async def endorsement_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        colleague = next(iter(parse.users(body, "colleague")), "")
        topic_ids = parse.ids(body, "topics")
        found = await bot.write(
            came.workspace, endorsements.endorse, came.actor, colleague, topic_ids
        )
        said = Modal("Endorse a colleague", views.endorsed(colleague, found).blocks)
        await ack(response_action="update", view=said.to_api())
