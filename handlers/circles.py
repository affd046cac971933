"""What people click and submit about a circle."""

from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import circles, sessions
from bot.context import Bot
from bot.views import circles as view
from bot.views import home as home_view
from bot.views.blocks import Message, Modal
from handlers import parse

Body = dict[str, Any]


async def open_new_form(bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body) -> None:
    """Open the form of a new circle."""
    topics, zone = await bot.read(came.workspace, circles.to_found, came.actor)
    tomorrow = datetime.fromtimestamp(bot.clock.now(), UTC).date() + timedelta(days=1)
    await open_form(body, client, view.new_form(topics, zone, tomorrow))


async def open_form(body: Body, client: AsyncWebClient, form: Modal) -> None:
    """Open a form, on top of the modal that was clicked in, if it was one."""
    opens = client.views_push if parse.in_modal(body) else client.views_open
    await opens(trigger_id=body["trigger_id"], view=form.to_api())


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of circles."""
    _register_joining(app, bot)
    _register_running(app, bot)
    _register_forms(app, bot)


async def list_of_circles(bot: Bot, came: parse.Came) -> Message:
    """The circles as they see them who asked."""
    listed = await bot.read(came.workspace, circles.listed, came.actor)
    runs_all = await bot.read(came.workspace, circles.runs, came.actor)
    return view.circles_list(listed, runs_all=runs_all)


async def _show(body: Body, client: AsyncWebClient, message: Message) -> None:
    """Show a message in a modal; in place of the one that was clicked in, if it was one."""
    modal = Modal("Peer circles", message.blocks)
    if parse.in_modal(body):
        await client.views_update(view_id=body["view"]["id"], view=modal.to_api())
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=modal.to_api())


def _register_joining(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.JOIN)
    async def join_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        circle = await bot.read(came.workspace, circles.to_join, came.actor, parse.named_id(body))
        await open_form(body, client, view.rules_form(circle))
        await ack()

    @app.action(view.LEAVE)
    async def leave_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        circle = await bot.write(came.workspace, circles.leave, came.actor, parse.named_id(body))
        await _show(body, client, view.left_circle(circle))
        await ack()

    @app.action(home_view.CIRCLES)
    async def circles_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        await _show(body, client, await list_of_circles(bot, came))
        await ack()


def _register_running(app: AsyncApp, bot: Bot) -> None:
    async def changed(ack: AsyncAck, body: Body, client: AsyncWebClient, use_case: Any) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, use_case, came.actor, parse.named_id(body))
        await _show(body, client, await list_of_circles(bot, came))
        await ack()

    @app.action(view.PAUSE)
    async def pause_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await changed(ack, body, client, circles.pause)

    @app.action(view.RESUME)
    async def resume_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await changed(ack, body, client, circles.resume)

    @app.action(view.ARCHIVE)
    async def archive_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await changed(ack, body, client, circles.archive)

    @app.action(view.MOVE)
    async def move_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        circle, ahead = await bot.read(
            came.workspace, circles.to_move, came.actor, parse.named_id(body)
        )
        await open_form(body, client, view.move_form(circle, ahead))
        await ack()

    @app.action(view.CHANGE)
    async def change_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        circle, first_on = await bot.read(
            came.workspace, circles.to_change, came.actor, parse.named_id(body)
        )
        await open_form(body, client, view.rhythm_form(circle, first_on))
        await ack()

    @app.action(view.HAND_OVER)
    async def hand_over_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        circle = await bot.read(
            came.workspace, circles.to_hand_over, came.actor, parse.named_id(body)
        )
        await open_form(body, client, view.hand_over_form(circle))
        await ack()

    @app.action(view.NEW)
    async def new_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_new_form(bot, client, parse.interaction(body), body)
        await ack()

    @app.action(view.ADOPT)
    async def channel_chosen(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        circle_id, channel = parse.named_id(body), parse.chosen_channel(body)
        await bot.write(came.workspace, circles.adopt, came.actor, circle_id, channel)
        await ack()


def _register_forms(app: AsyncApp, bot: Bot) -> None:
    async def answered(ack: AsyncAck, title: str, message: Message) -> None:
        await ack(response_action="update", view=Modal(title, message.blocks).to_api())

    @app.view(view.RULES_FORM)
    async def rules_agreed(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        circle, standing = await bot.write(
            came.workspace, circles.join, came.actor, parse.named_id(body)
        )
        await answered(ack, "Join a circle", view.joined_circle(circle, standing))

    @app.view(view.NEW_FORM)
    async def circle_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        circle = await bot.write(
            came.workspace, circles.found, came.actor, parse.circle(body), delivery=came.delivery
        )
        await answered(ack, "Start a circle", view.started(circle))

    @app.view(view.MOVE_FORM)
    async def day_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        circle_id, day = parse.named_id(body), parse.day(body, "day")
        await bot.write(came.workspace, sessions.move, came.actor, circle_id, day)
        await ack()

    @app.view(view.RHYTHM_FORM)
    async def rhythm_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        circle_id, beat = parse.named_id(body), parse.beat(body)
        await bot.write(came.workspace, circles.change_rhythm, came.actor, circle_id, beat)
        await ack()

    @app.view(view.HAND_OVER_FORM)
    async def hand_over_submitted(ack: AsyncAck, body: Body) -> None:
        came, circle_id = parse.interaction(body), parse.named_id(body)
        user = next(iter(parse.users(body, "user")), "")
        circle_too = parse.choices(body, "what") == ["circle"]
        await bot.write(
            came.workspace, circles.hand_over, came.actor, circle_id, user, circle_too=circle_too
        )
        await ack()
