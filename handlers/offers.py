"""What people click and submit about an offer not decided yet: a detail, a date, a colleague."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import consults
from bot.context import Bot
from bot.views.blocks import Modal
from bot.views.consults import forms, ids
from bot.views.consults.forms import DETAIL_MAX
from handlers import parse

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of what leaves an offer undecided."""
    _register_openers(app, bot)
    _register_forms(app, bot)


async def _open(ack: AsyncAck, body: Body, client: AsyncWebClient, form: Modal) -> None:
    await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
    await ack()


def _register_openers(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.NEED_DETAIL)
    async def need_detail_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult_id = parse.named_id(body)
        consult = await bot.read(came.workspace, consults.to_need_detail, came.actor, consult_id)
        await _open(ack, body, client, forms.detail_form(consult))

    @app.action(ids.ANSWER_DETAIL)
    async def answer_detail_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        detail_id = parse.named_id(body)
        _, detail = await bot.read(came.workspace, consults.to_answer_detail, came.actor, detail_id)
        await _open(ack, body, client, forms.detail_answer_form(detail))

    @app.action(ids.REST)
    async def not_before_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult_id = parse.named_id(body)
        consult, today = await bot.read(came.workspace, consults.to_rest, came.actor, consult_id)
        await _open(ack, body, client, forms.rest_form(consult, today))

    @app.action(ids.FORWARD)
    async def ask_colleague_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult_id = parse.named_id(body)
        consult = await bot.read(came.workspace, consults.to_forward, came.actor, consult_id)
        await _open(ack, body, client, forms.forward_form(consult))


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(ids.DETAIL_FORM)
    async def detail_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, words = parse.named_id(body), parse.text(body, "detail", longest=DETAIL_MAX)
        await bot.write(came.workspace, consults.need_detail, came.actor, consult_id, words)
        await ack()

    @app.view(ids.DETAIL_ANSWER_FORM)
    async def detail_answer_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        detail_id, words = parse.named_id(body), parse.text(body, "answer", longest=DETAIL_MAX)
        await bot.write(came.workspace, consults.answer_detail, came.actor, detail_id, words)
        await ack()

    @app.view(ids.REST_FORM)
    async def not_before_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, until = parse.named_id(body), parse.day(body, "until")
        await bot.write(came.workspace, consults.rest, came.actor, consult_id, until)
        await ack()

    @app.view(ids.FORWARD_FORM)
    async def colleague_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        colleague = next(iter(parse.users(body, "colleague")), "")
        consult_id, endorsed = parse.named_id(body), parse.ids(body, "endorsed")
        await bot.write(
            came.workspace, consults.forward, came.actor, consult_id, colleague, endorsed
        )
        await ack()
