"""What the two of a formal mentorship click and submit about their agreement."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import mentorships
from bot.context import Bot
from bot.views import agreements as view
from handlers import parse
from handlers.circles import open_form
from handlers.parse import agreements as forms

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of agreements."""
    _register_versions(app, bot)
    _register_answers(app, bot)


def _register_versions(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.SIGN)
    async def sign_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, mentorships.sign, came.actor, *forms.named_version(body))
        await ack()

    @app.action(view.WRITE)
    async def write_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        mentorship_id, _ = forms.named_version(body)
        drawn = await bot.read(came.workspace, mentorships.to_write, came.actor, mentorship_id)
        await open_form(body, client, view.agreement_form(*drawn))
        await ack()

    @app.action(view.READ)
    async def read_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        named = forms.named_version(body)
        drawn = await bot.read(came.workspace, mentorships.to_read, came.actor, *named)
        await open_form(body, client, view.reading(*drawn, came.actor.user))
        await ack()

    @app.view(view.FORM)
    async def agreement_submitted(ack: AsyncAck, body: Body) -> None:
        came, terms = parse.interaction(body), forms.terms(body)
        mentorship_id, version = forms.named_version(body)
        await bot.write(
            came.workspace,
            mentorships.propose,
            came.actor,
            mentorship_id,
            terms,
            instead_of=version,
        )
        drawn = await bot.read(came.workspace, mentorships.to_write, came.actor, mentorship_id)
        told = view.sent(drawn[0], came.actor.user)
        await ack(response_action="update", view=told.to_api())


def _register_answers(app: AsyncApp, bot: Bot) -> None:
    async def answered(ack: AsyncAck, body: Body, use_case: Any) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, use_case, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.STILL_RIGHT)
    async def still_right_clicked(ack: AsyncAck, body: Body) -> None:
        await answered(ack, body, mentorships.still_right)

    @app.action(view.GO_ON)
    async def go_on_clicked(ack: AsyncAck, body: Body) -> None:
        await answered(ack, body, mentorships.go_on)

    @app.action(view.END_AS_AGREED)
    async def end_as_agreed_clicked(ack: AsyncAck, body: Body) -> None:
        await answered(ack, body, mentorships.end_as_agreed)
