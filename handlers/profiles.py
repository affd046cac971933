"""What members click and submit of their profile, their first visit and their map."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import members, profiles
from bot.context import Bot
from bot.views import profiles as view
from bot.views.blocks import Modal
from handlers import parse
from handlers.circles import open_form
from handlers.parse import profiles as forms

Body = dict[str, Any]


async def open_profile(bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body) -> None:
    """Open the form, filled with what they have said."""
    seen = await bot.read(came.workspace, profiles.seen, came.actor.user)
    form = view.profile_form(seen.topics, seen.profile, seen.expert, seen.left_out)
    await open_form(body, client, form)


def register(app: AsyncApp, bot: Bot) -> None:
    """Listeners of the profile."""
    _register_clicks(app, bot)
    _register_first_visit(app, bot)
    _register_forms(app, bot)


async def _next(ack: AsyncAck, form: Modal) -> None:
    await ack(response_action="update", view=form.to_api())


def _register_clicks(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.EDIT)
    async def profile_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_profile(bot, client, parse.interaction(body), body)
        await ack()

    @app.action(view.INTRODUCE)
    async def introduce_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        seen = await bot.read(came.workspace, profiles.seen, came.actor.user)
        forms_left = (
            view.basics_form(seen.profile),
            view.topics_form(seen.topics, seen.profile),
            view.time_form(seen.profile),
        )
        await open_form(body, client, forms_left[seen.profile.introduced % view.STEPS])
        await ack()

    @app.action(view.COVER)
    async def cover_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        needs = await bot.read(came.workspace, profiles.my_needs, came.actor.user)
        await open_form(body, client, view.cover_form(needs))
        await ack()


def _register_first_visit(app: AsyncApp, bot: Bot) -> None:
    @app.view(view.BASICS_FORM)
    async def basics_submitted(ack: AsyncAck, body: Body) -> None:
        came, basics = parse.interaction(body), forms.basics(body)
        seen = await bot.write(came.workspace, profiles.say_basics, came.actor, basics)
        await _next(ack, view.topics_form(seen.topics, seen.profile))

    @app.view(view.TOPICS_FORM)
    async def topics_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        seeks, offers = parse.ids(body, "seeks"), parse.ids(body, "offers")
        seen = await bot.write(came.workspace, profiles.say_topics, came.actor, seeks, offers)
        await _next(ack, view.time_form(seen.profile))

    @app.view(view.TIME_FORM)
    async def time_submitted(ack: AsyncAck, body: Body) -> None:
        came, mentees = parse.interaction(body), forms.mentees(body)
        starts, ends = parse.minutes(body, "starts"), parse.minutes(body, "ends")
        seen = await bot.write(came.workspace, profiles.say_time, came.actor, mentees, starts, ends)
        await _next(ack, view.introduced(seen.profile))


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    @app.view(view.FORM)
    async def profile_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        zone = await bot.read(came.workspace, members.zone_of, came.actor.user)
        saved = await bot.write(came.workspace, profiles.save, came.actor, forms.whole(body, zone))
        await _next(ack, view.saved(saved))

    @app.view(view.COVER_FORM)
    async def cover_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        need, by, anybody = forms.covered(body)
        if anybody:
            await bot.write(came.workspace, profiles.cover, came.actor, need, by)
        else:
            await bot.write(came.workspace, profiles.uncover, came.actor, need)
        await ack()
