"""What people click and submit about a session."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import sessions
from bot.context import Bot
from bot.views import home as home_view
from bot.views import sessions as view
from bot.views.blocks import Modal
from handlers import parse
from storage.records import CommitmentState

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of sessions, those used most first."""
    _register_thread(app, bot)
    _register_leading(app, bot)
    _register_forms(app, bot)
    _register_commitments(app, bot)


def _register_thread(app: AsyncApp, bot: Bot) -> None:
    async def said(ack: AsyncAck, body: Body, *, coming: bool) -> None:
        came = parse.interaction(body)
        await bot.write(
            came.workspace, sessions.say_coming, came.actor, parse.named_id(body), coming=coming
        )
        await ack()

    @app.action(view.COMING)
    async def coming_clicked(ack: AsyncAck, body: Body) -> None:
        await said(ack, body, coming=True)

    @app.action(view.CANT_MAKE_IT)
    async def cant_make_it_clicked(ack: AsyncAck, body: Body) -> None:
        await said(ack, body, coming=False)

    async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, form: Modal) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.action(view.COMMIT)
    async def commit_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(ack, body, client, view.commit_form(parse.named_id(body)))

    @app.action(view.SUGGEST)
    async def suggest_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(ack, body, client, view.suggest_form(parse.named_id(body)))

    @app.action(view.SETTLE)
    async def settle_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, session_id = parse.interaction(body), parse.named_id(body)
        mine = await bot.read(came.workspace, sessions.to_settle, came.actor, session_id)
        await open_form(ack, body, client, view.settle_form(session_id, mine))


def _register_leading(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.LEAD)
    async def lead_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, sessions.lead, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.SWAP)
    async def another_question_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, sessions.swap_question, came.actor, parse.named_id(body))
        await ack()

    async def handed(ack: AsyncAck, body: Body, user: str | None) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, sessions.hand_over, came.actor, parse.named_id(body), user)
        await ack()

    @app.action(view.HAND_OVER)
    async def hand_over_clicked(ack: AsyncAck, body: Body) -> None:
        await handed(ack, body, None)

    @app.action(view.HAND_TO)
    async def colleague_chosen(ack: AsyncAck, body: Body) -> None:
        await handed(ack, body, parse.chosen_user(body))

    async def useful(ack: AsyncAck, body: Body, *, was: bool) -> None:
        came = parse.interaction(body)
        await bot.write(
            came.workspace, sessions.say_useful, came.actor, parse.named_id(body), useful=was
        )
        await ack()

    @app.action(view.USEFUL)
    async def useful_clicked(ack: AsyncAck, body: Body) -> None:
        await useful(ack, body, was=True)

    @app.action(view.NOT_USEFUL)
    async def not_useful_clicked(ack: AsyncAck, body: Body) -> None:
        await useful(ack, body, was=False)


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(view.COMMIT_FORM)
    async def commitment_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        session_id, words = parse.named_id(body), parse.text(body, "words")
        await bot.write(came.workspace, sessions.commit, came.actor, session_id, words)
        await ack()

    @app.view(view.SUGGEST_FORM)
    async def question_suggested(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        session_id, words = parse.named_id(body), parse.text(body, "words")
        await bot.write(came.workspace, sessions.suggest, came.actor, session_id, words)
        thanks = Modal("Suggest a question", view.suggested().blocks)
        await ack(response_action="update", view=thanks.to_api())

    @app.view(view.SETTLE_FORM)
    async def commitments_settled(ack: AsyncAck, body: Body) -> None:
        came, settled = parse.interaction(body), parse.commitments(body)
        await bot.write(came.workspace, sessions.settle_all, came.actor, settled)
        await ack()


def _register_commitments(app: AsyncApp, bot: Bot) -> None:
    async def settled(ack: AsyncAck, body: Body, state: CommitmentState) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, sessions.settle, came.actor, parse.named_id(body), state)
        await ack()

    @app.action(home_view.DONE)
    async def done_clicked(ack: AsyncAck, body: Body) -> None:
        await settled(ack, body, CommitmentState.DONE)

    @app.action(home_view.DROPPED)
    async def dropped_clicked(ack: AsyncAck, body: Body) -> None:
        await settled(ack, body, CommitmentState.DROPPED)
