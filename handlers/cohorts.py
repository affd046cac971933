"""What people click and submit so that a cohort is matched in one go."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import cohorts
from bot.context import Bot
from bot.views import cohorts as view
from bot.views.blocks import Modal
from handlers import parse
from handlers.circles import open_form
from handlers.parse import cohorts as forms

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of matching cohorts."""
    _register_wishes(app, bot)
    _register_proposals(app, bot)
    _register_changes(app, bot)


def _register_wishes(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.WISH)
    async def wish_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        shown = await bot.read(came.workspace, cohorts.to_wish, came.actor)
        await open_form(body, client, view.wish_form(shown))
        await ack()

    @app.view(view.WISH_FORM)
    async def wish_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, cohorts.wish, came.actor, forms.wanted(body))
        done = Modal(view.TITLE, view.wished().blocks)
        await ack(response_action="update", view=done.to_api())

    @app.action(view.NO_WISH)
    async def no_wish_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, cohorts.no_wish, came.actor)
        done = Modal(view.TITLE, view.not_wished().blocks)
        await client.views_update(view_id=body["view"]["id"], view=done.to_api())
        await ack()


def _register_proposals(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.ASK)
    async def match_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, cohorts.ask, came.actor)
        await open_form(body, client, Modal("Match a cohort", view.asked(came.actor.user).blocks))
        await ack()

    @app.action(view.APPROVE)
    async def approve_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, cohorts.approve, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.DISCARD)
    async def discard_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, cohorts.discard, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.ALL)
    async def all_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        seen = await bot.read(came.workspace, cohorts.to_see, came.actor, parse.named_id(body))
        await open_form(body, client, view.everything(seen))
        await ack()


def _register_changes(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.CHANGE)
    async def change_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        cohort = await bot.read(came.workspace, cohorts.to_change, came.actor, parse.named_id(body))
        await open_form(body, client, view.change_form(cohort))
        await ack()

    @app.view(view.CHANGE_FORM)
    async def change_submitted(ack: AsyncAck, body: Body) -> None:
        came, cohort_id = parse.interaction(body), parse.named_id(body)
        mentee, mentor = forms.changed(body)
        await bot.write(came.workspace, cohorts.change, came.actor, cohort_id, mentee, mentor)
        await ack()
