"""What a mentee clicks and submits about their goals."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import goals
from bot.context import Bot
from bot.views import goals as view
from handlers import parse
from handlers.circles import open_form
from handlers.parse import goals as forms

Body = dict[str, Any]


async def open_goals(bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body) -> None:
    """Open the form with the goals they still work on."""
    mine = await bot.read(came.workspace, goals.open_of, came.actor.user)
    await open_form(body, client, view.goals_form(mine))


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of goals."""

    @app.action(view.EDIT)
    async def goals_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_goals(bot, client, parse.interaction(body), body)
        await ack()

    @app.view(view.FORM)
    async def goals_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        words = parse.text(body, "words", longest=view.WORDS_MAX)
        said = forms.progress(body)
        reached = await bot.write(
            came.workspace, goals.save, came.actor, said, words, delivery=came.delivery
        )
        left = await bot.read(came.workspace, goals.open_of, came.actor.user)
        await ack(response_action="update", view=view.saved(reached, left).to_api())
