"""What people click and submit about a check-in, and about how a pair goes on."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import checkins
from bot.context import Bot
from bot.mentorships import running
from bot.rules.commands import Command
from bot.views import checkins as ids
from bot.views.checkins import forms
from handlers import parse
from handlers.circles import open_form
from handlers.parse import checkins as parse_checkins

Body = dict[str, Any]


async def open_plan_form(
    bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body, asked: Command
) -> None:
    """Open the form of a new check-in, with the colleague that was named."""
    planning = await bot.read(came.workspace, checkins.to_plan_with, came.actor, asked.user)
    form = forms.plan_form(planning) if planning else forms.plan_with_form()
    await open_form(body, client, form)


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of check-ins."""
    _register_buttons(app, bot)
    _register_forms(app, bot)
    _register_running(app, bot)


def _register_buttons(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.PLAN)
    async def plan_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(body, client, forms.plan_form(await _read(bot, body, checkins.to_plan)))
        await ack()

    @app.action(ids.MOVE)
    async def move_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(body, client, forms.move_form(await _read(bot, body, checkins.to_move)))
        await ack()

    @app.action(ids.CANCEL)
    async def cancel_clicked(ack: AsyncAck, body: Body) -> None:
        came, checkin = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, checkins.cancel, came.actor, checkin)
        await ack()

    @app.action(ids.TELL)
    async def tell_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(body, client, forms.tell_form(await _read(bot, body, checkins.to_tell)))
        await ack()


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(ids.PLAN_FORM)
    async def checkin_submitted(ack: AsyncAck, body: Body) -> None:
        await _write(bot, body, checkins.plan, parse_checkins.draft(body))
        await ack()

    @app.view(ids.PLAN_WITH_FORM)
    async def checkin_with_somebody_submitted(ack: AsyncAck, body: Body) -> None:
        came, colleague = parse.interaction(body), parse_checkins.colleague(body)
        wanted = parse_checkins.draft(body)
        await bot.write(
            came.workspace, checkins.plan_with, came.actor, colleague, wanted,
            delivery=came.delivery,
        )  # fmt: skip
        await ack()

    @app.view(ids.MOVE_FORM)
    async def new_time_submitted(ack: AsyncAck, body: Body) -> None:
        await _write(bot, body, checkins.move, parse_checkins.draft(body))
        await ack()

    @app.view(ids.TELL_FORM)
    async def told_submitted(ack: AsyncAck, body: Body) -> None:
        await _write(bot, body, checkins.tell, parse_checkins.told(body))
        await ack()


def _register_running(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.RHYTHM)
    async def rhythm_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(body, client, forms.rhythm_form(await _read(bot, body, running.to_change)))
        await ack()

    @app.view(ids.RHYTHM_FORM)
    async def rhythm_submitted(ack: AsyncAck, body: Body) -> None:
        await _write(bot, body, running.change_rhythm, parse_checkins.rhythm(body))
        await ack()

    @app.action(ids.PAUSE)
    async def pause_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(body, client, forms.pause_form(*await _read(bot, body, running.to_pause)))
        await ack()

    @app.view(ids.PAUSE_FORM)
    async def pause_submitted(ack: AsyncAck, body: Body) -> None:
        await _write(bot, body, running.pause, parse.day(body, "until"))
        await ack()

    @app.action(ids.RESUME)
    async def resume_clicked(ack: AsyncAck, body: Body) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, running.resume, came.actor, pair)
        await ack()


async def _read(bot: Bot, body: Body, question: Any) -> Any:
    """What a form shows of the check-in, or the pair, that the button names."""
    came = parse.interaction(body)
    return await bot.read(came.workspace, question, came.actor, parse.named_id(body))


async def _write(bot: Bot, body: Body, use_case: Any, value: object) -> None:
    """Store what a form says of the check-in, or the pair, that it names; a copy once."""
    came, about = parse.interaction(body), parse.named_id(body)
    await bot.write(came.workspace, use_case, came.actor, about, value, delivery=came.delivery)
