"""What experts click about their own week."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import care
from bot.context import Bot
from bot.views import care as view
from handlers import parse

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of the offer of a rest."""

    @app.action(view.REST)
    async def rest_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, care.rest, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.NO_REST)
    async def no_rest_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, care.no_rest, came.actor, parse.named_id(body))
        await ack()
