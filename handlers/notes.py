"""What people type, click and submit about notes."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import notes
from bot.context import Bot
from bot.rules.commands import Command
from bot.views.blocks import Modal
from bot.views.consults.ids import QUESTION
from bot.views.notes import forms, ids, reading
from handlers import parse
from handlers.circles import open_form
from handlers.glances import Glances
from handlers.parse import notes as parse_notes

Body = dict[str, Any]


async def open_notes(
    bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body, asked: Command
) -> None:
    """Open the list of notes, of one topic if one is named."""
    page = await bot.read(came.workspace, notes.listed, came.actor, asked.tags)
    await open_form(body, client, reading.notes_list(page))


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of notes."""
    _register_asking(app, bot, Glances())
    _register_reading(app, bot)
    _register_sharing(app, bot)
    _register_forms(app, bot)


async def _in_its_place(client: AsyncWebClient, body: Body, modal: Modal) -> None:
    view = body["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=modal.to_api())


def _register_asking(app: AsyncApp, bot: Bot, glances: Glances) -> None:
    async def show(client: AsyncWebClient, body: Body) -> None:
        came, typed = parse.interaction(body), parse_notes.typed(body)
        find = partial(
            bot.read, came.workspace, notes.like_this, came.actor, typed.question, typed.topic_ids
        )
        await glances.show(client, body["view"], find)

    @app.action({"block_id": QUESTION, "action_id": QUESTION})
    async def question_typed(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await show(client, body)
        await ack()

    @app.action(ids.HELPED)
    async def helped_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        seen = await bot.write(came.workspace, notes.say_helped, came.actor, parse.named_id(body))
        if reading.shown_in(body["view"]):
            await show(client, body)
        else:
            await _in_its_place(client, body, reading.whole(seen))
        await ack()


def _register_reading(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.READ)
    async def read_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        seen = await bot.read(came.workspace, notes.read, came.actor, parse.named_id(body))
        await open_form(body, client, reading.whole(seen) if seen else reading.gone())
        await ack()

    @app.action(ids.OLDER)
    async def older_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, (topic_id, before) = parse.interaction(body), parse_notes.two_ids(body)
        page = await bot.read(came.workspace, notes.under, came.actor, topic_id, before)
        await _in_its_place(client, body, reading.notes_list(page))
        await ack()


def _register_sharing(app: AsyncApp, bot: Bot) -> None:
    async def ended(ack: AsyncAck, body: Body, client: AsyncWebClient, use_case: Any) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, use_case, came.actor, parse.named_id(body))
        if parse.in_modal(body):
            await _in_its_place(client, body, reading.gone())
        await ack()

    @app.action(ids.AGREE)
    async def agree_clicked(ack: AsyncAck, body: Body) -> None:
        came, (note_id, version) = parse.interaction(body), parse_notes.two_ids(body)
        await bot.write(came.workspace, notes.agree, came.actor, note_id, version)
        await ack()

    @app.action(ids.WITHDRAW)
    async def withdraw_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ended(ack, body, client, notes.withdraw)

    @app.action(ids.TAKE_DOWN)
    async def take_down_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ended(ack, body, client, notes.take_down)

    @app.action(ids.BEGIN)
    async def begin_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult = await bot.read(came.workspace, notes.to_begin, came.actor, parse.named_id(body))
        await open_form(body, client, forms.begin_form(consult, came.actor.user))
        await ack()

    @app.action(ids.CHANGE)
    async def change_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        note, consult = await bot.read(
            came.workspace, notes.to_change, came.actor, parse.named_id(body)
        )
        await open_form(body, client, forms.change_form(note, consult, came.actor.user))
        await ack()


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(ids.BEGIN_FORM)
    async def first_words_submitted(ack: AsyncAck, body: Body) -> None:
        came, words = parse.interaction(body), parse_notes.words(body)
        note, consult = await bot.write(
            came.workspace, notes.begin, came.actor, parse.named_id(body), words
        )
        sent = forms.sent(note, consult, came.actor.user)
        await ack(response_action="update", view=sent.to_api())

    @app.view(ids.CHANGE_FORM)
    async def words_submitted(ack: AsyncAck, body: Body) -> None:
        came, (note_id, version) = parse.interaction(body), parse_notes.two_ids(body)
        note, consult = await bot.write(
            came.workspace, notes.change, came.actor, note_id, version, parse_notes.words(body)
        )
        sent = forms.sent(note, consult, came.actor.user)
        await ack(response_action="update", view=sent.to_api())
