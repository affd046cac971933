"""What people click and submit so that circles are formed in one go."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import forming
from bot.context import Bot
from bot.views import forming as view
from bot.views.blocks import Message, Modal
from handlers import parse
from handlers.circles import open_form

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of forming circles."""
    _register_wishes(app, bot)
    _register_proposals(app, bot)


async def _answer(ack: AsyncAck, title: str, message: Message) -> None:
    await ack(response_action="update", view=Modal(title, message.blocks).to_api())


def _register_wishes(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.WISH)
    async def wish_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        topics, own, wishing = await bot.read(came.workspace, forming.to_wish, came.actor)
        await open_form(body, client, view.wish_form(topics, own, wishing))
        await ack()

    @app.view(view.WISH_FORM)
    async def wish_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        wishing = await bot.write(came.workspace, forming.wish, came.actor, parse.wish(body))
        await _answer(ack, "Find me a circle", view.wished(wishing))

    @app.action(view.NO_WISH)
    async def no_wish_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, forming.no_wish, came.actor)
        done = Modal("Find me a circle", view.not_wished().blocks)
        await client.views_update(view_id=body["view"]["id"], view=done.to_api())
        await ack()


def _register_proposals(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.ASK)
    async def form_circles_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, forming.ask, came.actor)
        told = Modal("Form circles", view.asked(came.actor.user).blocks)
        await client.views_open(trigger_id=body["trigger_id"], view=told.to_api())
        await ack()

    @app.action(view.APPROVE)
    async def approve_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, forming.approve, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.DISCARD)
    async def discard_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, forming.discard, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.MOVE)
    async def move_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        proposed = await bot.read(came.workspace, forming.to_move, came.actor, parse.named_id(body))
        form = view.move_form(proposed)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.view(view.MOVE_FORM)
    async def move_submitted(ack: AsyncAck, body: Body) -> None:
        came, forming_id = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, forming.move, came.actor, forming_id, _change(body))
        await ack()

    @app.action(view.SEE_ALL)
    async def see_all_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        seen = await bot.read(came.workspace, forming.to_see, came.actor, parse.named_id(body))
        await client.views_open(
            trigger_id=body["trigger_id"], view=view.whole_proposal(*seen).to_api()
        )
        await ack()


def _change(body: Body) -> forming.Change:
    return forming.Change(
        next(iter(parse.users(body, "user")), ""),
        parse.number(body, "number"),
        next(iter(parse.users(body, "other")), None),
    )
