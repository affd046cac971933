"""What people say of themselves: topics they take questions on, and their Home."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import members
from bot.context import Bot
from bot.views import home as home_view
from bot.views import members as members_view
from bot.views.blocks import Modal
from handlers import parse

Body = dict[str, Any]


async def open_expert_form(bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body) -> None:
    """Open the form, filled with what they offer now."""
    form = members_view.expert_form(
        *await bot.read(came.workspace, members.profile_of, came.actor.user)
    )
    await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of the expert form and of Home."""

    @app.action(home_view.EDIT_EXPERT)
    async def offer_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_expert_form(bot, client, parse.interaction(body), body)
        await ack()

    @app.action(home_view.REST)
    async def rest_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, members.rest_for_a_week, came.actor)
        await ack()

    @app.action(home_view.RESUME)
    async def resume_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, members.resume, came.actor)
        await ack()

    @app.view(members_view.EXPERT_FORM)
    async def profile_submitted(ack: AsyncAck, body: Body) -> None:
        came, profile = parse.interaction(body), parse.profile(body)
        expert = await bot.write(
            came.workspace,
            members.offer_topics,
            came.actor,
            profile,
            parse.users(body, "left_out"),
        )
        saved = members_view.expert_saved(expert)
        await ack(response_action="update", view=Modal("Take questions", saved.blocks).to_api())
