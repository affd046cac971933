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
        came, pair = parse.interaction(body), parse.named_id(body)
        planning = await bot.read(came.workspace, checkins.to_plan, came.actor, pair)
        await open_form(body, client, forms.plan_form(planning))
        await ack()

    @app.action(ids.MOVE)
    async def move_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, checkin = parse.interaction(body), parse.named_id(body)
        planning = await bot.read(came.workspace, checkins.to_move, came.actor, checkin)
        await open_form(body, client, forms.move_form(planning))
        await ack()

    @app.action(ids.CANCEL)
    async def cancel_clicked(ack: AsyncAck, body: Body) -> None:
        came, checkin = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, checkins.cancel, came.actor, checkin)
        await ack()

    @app.action(ids.TELL)
    async def tell_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, checkin = parse.interaction(body), parse.named_id(body)
        telling = await bot.read(came.workspace, checkins.to_tell, came.actor, checkin)
        await open_form(body, client, forms.tell_form(telling))
        await ack()


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(ids.PLAN_FORM)
    async def checkin_submitted(ack: AsyncAck, body: Body) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        wanted = parse_checkins.draft(body)
        await bot.write(
            came.workspace, checkins.plan, came.actor, pair, wanted, delivery=came.delivery
        )
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
        came, checkin = parse.interaction(body), parse.named_id(body)
        wanted = parse_checkins.draft(body)
        await bot.write(
            came.workspace, checkins.move, came.actor, checkin, wanted, delivery=came.delivery
        )
        await ack()

    @app.view(ids.TELL_FORM)
    async def told_submitted(ack: AsyncAck, body: Body) -> None:
        came, checkin = parse.interaction(body), parse.named_id(body)
        told = parse_checkins.told(body)
        await bot.write(
            came.workspace, checkins.tell, came.actor, checkin, told, delivery=came.delivery
        )
        await ack()


def _register_running(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.RHYTHM)
    async def rhythm_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        mentorship = await bot.read(came.workspace, running.to_change, came.actor, pair)
        await open_form(body, client, forms.rhythm_form(mentorship))
        await ack()

    @app.view(ids.RHYTHM_FORM)
    async def rhythm_submitted(ack: AsyncAck, body: Body) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        rhythm = parse_checkins.rhythm(body)
        await bot.write(
            came.workspace, running.change_rhythm, came.actor, pair, rhythm, delivery=came.delivery
        )
        await ack()

    @app.action(ids.PAUSE)
    async def pause_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        mentorship, until = await bot.read(came.workspace, running.to_pause, came.actor, pair)
        await open_form(body, client, forms.pause_form(mentorship, until))
        await ack()

    @app.view(ids.PAUSE_FORM)
    async def pause_submitted(ack: AsyncAck, body: Body) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        until = parse.day(body, "until")
        await bot.write(
            came.workspace, running.pause, came.actor, pair, until, delivery=came.delivery
        )
        await ack()

    @app.action(ids.RESUME)
    async def resume_clicked(ack: AsyncAck, body: Body) -> None:
        came, pair = parse.interaction(body), parse.named_id(body)
        await bot.write(came.workspace, running.resume, came.actor, pair)
        await ack()
