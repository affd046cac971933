"""What those who run the programme click and submit."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import identifiers, programme
from bot.context import Bot
from bot.views import identifiers as identifier_views
from bot.views import programme as views
from handlers import parse

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of `/mentor admin`."""

    @app.action(views.TAG_EXPERT)
    async def tag_expert_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        seen = await bot.read(came.workspace, programme.overview, came.actor)
        form = views.tag_form(seen.topics)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.action(views.ADD_TOPIC)
    async def add_topic_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=views.topic_form().to_api())
        await ack()

    @app.action(views.QUESTIONS)
    async def questions_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        own = await bot.read(came.workspace, programme.own_questions, came.actor)
        form = views.questions_form(own)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.view(views.QUESTION_FORM)
    async def question_submitted(ack: AsyncAck, body: Body) -> None:
        came, question = parse.interaction(body), parse.question(body)
        instead_of = next(iter(parse.choices(body, "instead_of")), None)
        await bot.write(came.workspace, programme.keep_question, came.actor, question, instead_of)
        await ack()

    @app.view(views.TAG_FORM)
    async def expert_submitted(ack: AsyncAck, body: Body) -> None:
        came, profile = parse.interaction(body), parse.tagged_profile(body)
        user = next(iter(parse.users(body, "user")), "")
        await bot.write(came.workspace, programme.tag_expert, came.actor, user, profile)
        await ack()

    @app.view(views.TOPIC_FORM)
    async def topic_submitted(ack: AsyncAck, body: Body) -> None:
        came, topic = parse.interaction(body), parse.topic(body)
        await bot.write(came.workspace, programme.add_topic, came.actor, topic)
        await ack()

    @app.action(views.TRY_AGAIN)
    async def try_again_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, programme.try_again, came.actor, parse.named_id(body))
        await ack()

    @app.action(views.DISCARD)
    async def discard_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, programme.discard, came.actor, parse.named_id(body))
        await ack()

    _register_identifiers(app, bot)


def _register_identifiers(app: AsyncApp, bot: Bot) -> None:
    @app.action(identifier_views.CHECK)
    async def identifiers_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        now = await bot.read(came.workspace, identifiers.strictness, came.actor)
        form = identifier_views.check_form(now)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.view(identifier_views.CHECK_FORM)
    async def identifier_check_submitted(ack: AsyncAck, body: Body) -> None:
        came, wanted = parse.interaction(body), parse.identifier_check(body)
        await bot.write(came.workspace, identifiers.set_strictness, came.actor, wanted)
        await ack()
