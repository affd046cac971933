"""What people click and submit about a consult."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import consults, programme
from bot.context import Bot
from bot.views.blocks import Modal, section
from bot.views.consults import anonymity, forms, ids, why
from handlers import parse
from storage.records import Draft

Body = dict[str, Any]


async def open_ask_form(
    bot: Bot,
    client: AsyncWebClient,
    workspace: str,
    trigger_id: str,
    draft: Draft,
) -> None:
    """Open the form, filled with `draft`."""
    topics = await bot.read(workspace, programme.topics_of)
    form = forms.ask_form(topics, draft, about_message=bool(draft.tried))
    await client.views_open(trigger_id=trigger_id, view=form.to_api())


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of consults, those used most first."""
    _register_clicks(app, bot)
    _register_ways_in(app, bot)
    _register_form_openers(app, bot)
    _register_forms(app, bot)
    _register_who_asks(app, bot)


def _register_clicks(app: AsyncApp, bot: Bot) -> None:
    async def clicked(ack: AsyncAck, body: Body, use_case: Any) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, use_case, came.actor, parse.named_id(body))
        await ack()

    @app.action(ids.ACCEPT)
    async def accept_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.accept)

    @app.action(ids.CLOSE)
    async def close_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.close)

    @app.action(ids.WITHDRAW)
    async def withdraw_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.withdraw)

    @app.action(ids.RELEASE)
    async def release_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.release)

    @app.action(ids.TALK)
    async def talk_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.talk)

    @app.action(ids.KEEP_OPEN)
    async def keep_open_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.keep_open)

    @app.action(ids.ASK_OTHERS)
    async def ask_others_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, consults.ask_others)

    @app.action(ids.HAND_ON)
    async def colleague_chosen(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, user = parse.named_id(body), parse.chosen_user(body)
        await bot.write(came.workspace, consults.hand_on, came.actor, consult_id, user)
        await ack()


def _register_ways_in(app: AsyncApp, bot: Bot) -> None:
    @app.shortcut(ids.ASK_SHORTCUT)
    async def shortcut_used(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await open_ask_form(bot, client, came.workspace, body["trigger_id"], Draft())
        await ack()

    @app.shortcut(ids.ASK_ABOUT_MESSAGE)
    async def message_shortcut_used(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        draft = Draft(tried=parse.shortcut_message(body))
        await open_ask_form(bot, client, came.workspace, body["trigger_id"], draft)
        await ack()

    @app.action(ids.ASK)
    async def ask_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await open_ask_form(bot, client, came.workspace, body["trigger_id"], Draft())
        await ack()


def _register_form_openers(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.CHANGE)
    async def change_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult = await bot.read(
            came.workspace, consults.to_change, came.actor, parse.named_id(body)
        )
        topics = await bot.read(came.workspace, programme.topics_of)
        form = forms.change_form(topics, consult)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.action(ids.ANSWER_NOW)
    async def answer_now_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult = await bot.read(
            came.workspace, consults.to_answer, came.actor, parse.named_id(body)
        )
        form = forms.answer_form(consult)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.action(ids.SEE_WHY)
    async def see_why_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        consult, offers = await bot.read(
            came.workspace, consults.why, came.actor, parse.named_id(body)
        )
        shown = why.why_these(consult, offers)
        await client.views_open(trigger_id=body["trigger_id"], view=shown.to_api())
        await ack()

    async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, form: Modal) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.action(ids.PASS)
    async def pass_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(ack, body, client, forms.pass_form(parse.named_id(body)))

    @app.action(ids.SAY_OUTCOME)
    async def say_outcome_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(ack, body, client, forms.outcome_form(parse.named_id(body)))

    @app.action(ids.SAY_EFFORT)
    async def say_effort_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(ack, body, client, forms.effort_form(parse.named_id(body)))


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(ids.ASK_FORM)
    async def question_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(
            came.workspace, consults.ask, came.actor, parse.draft(body), delivery=came.delivery
        )
        received = Modal(
            "Received",
            [section("Your question is on its way. Your messages here show how it stands.")],
        )
        await ack(response_action="update", view=received.to_api())

    @app.view(ids.CHANGE_FORM)
    async def change_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, draft = parse.named_id(body), parse.draft(body)
        await bot.write(came.workspace, consults.change, came.actor, consult_id, draft)
        await ack()

    @app.view(ids.ANSWER_FORM)
    async def answer_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, words = parse.named_id(body), parse.text(body, "answer")
        await bot.write(came.workspace, consults.answer, came.actor, consult_id, words)
        await ack()

    @app.view(ids.PASS_FORM)
    async def pass_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, reason = parse.named_id(body), parse.text(body, "reason")
        await bot.write(came.workspace, consults.pass_on, came.actor, consult_id, reason)
        await ack()

    @app.view(ids.OUTCOME_FORM)
    async def outcome_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        consult_id, outcome = parse.named_id(body), parse.outcome(body)
        thanks = parse.text(body, "thanks")
        await bot.write(
            came.workspace, consults.say_outcome, came.actor, consult_id, outcome, thanks
        )
        await ack()

    @app.view(ids.EFFORT_FORM)
    async def effort_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        minutes, learned = parse.number(body, "minutes"), parse.text(body, "learned")
        await bot.write(
            came.workspace,
            consults.say_effort,
            came.actor,
            parse.named_id(body),
            minutes,
            learned,
        )
        await ack()


def _register_who_asks(app: AsyncApp, bot: Bot) -> None:
    """Asking anonymously after all, and showing who one is."""

    @app.action(ids.ASK_ANONYMOUSLY)
    async def anonymously_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, consult_id = parse.interaction(body), parse.named_id(body)
        known = await bot.read(came.workspace, consults.to_hide, came.actor, consult_id)
        form = anonymity.anonymous_form(consult_id, known)
        await client.views_open(trigger_id=body["trigger_id"], view=form.to_api())
        await ack()

    @app.view(ids.ANONYMOUS_FORM)
    async def anonymity_submitted(ack: AsyncAck, body: Body) -> None:
        came, consult_id = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, consults.ask_anonymously, came.actor, consult_id)
        await ack()

    @app.action(ids.CONFIRM_RELAYED)
    async def relayed_confirmed(ack: AsyncAck, body: Body) -> None:
        came, relayed_id = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, consults.confirm, came.actor, relayed_id)
        await ack()

    @app.action(ids.REVEAL)
    async def reveal_clicked(ack: AsyncAck, body: Body) -> None:
        came, consult_id = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, consults.reveal, came.actor, consult_id)
        await ack()
