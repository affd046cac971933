"""What people click and submit about finding a mentor and about their mentorships."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import mentorships
from bot.context import Bot
from bot.rules.commands import Command, Name
from bot.views.blocks import Modal
from bot.views.mentorships import asking, ids, inviting, suggestions
from handlers import parse
from handlers.circles import open_form
from handlers.parse import mentorships as parsed
from storage.records.mentorships import MentorshipKind

Body = dict[str, Any]

# The buttons of several suggestions in one message are told apart by their number.
_REQUEST = re.compile(rf"{re.escape(ids.REQUEST)}\.\d")


async def open_find_form(
    bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body, _asked: Command
) -> None:
    """Open the form in which a need is picked."""
    needs = await bot.read(came.workspace, mentorships.to_find, came.actor)
    await open_form(body, client, suggestions.find_form(needs))


async def open_colleague_form(
    bot: Bot, client: AsyncWebClient, came: parse.Came, body: Body, asked: Command
) -> None:
    """Open the form in which a colleague is asked for something less formal."""
    topics = await bot.read(came.workspace, mentorships.to_ask, came.actor, asked.user)
    if asked.name is Name.SWAP:
        form = asking.swap_form(asked.user, asked.text, *topics)
    elif asked.name is Name.OBSERVE:
        form = asking.observe_form(asked.user, asked.text)
    else:
        form = asking.with_form(asked.user, asked.text)
    await open_form(body, client, form)


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of mentorships that no other feature has."""
    _register_answers(app, bot)
    _register_finding(app, bot)
    _register_asking(app, bot)


async def _show(body: Body, client: AsyncWebClient, modal: Modal) -> None:
    """Open a modal; in place of the one that was clicked in, if it was one."""
    if parse.in_modal(body):
        await client.views_update(view_id=body["view"]["id"], view=modal.to_api())
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=modal.to_api())


def _register_answers(app: AsyncApp, bot: Bot) -> None:
    async def clicked(ack: AsyncAck, body: Body, use_case: Callable[..., object]) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, use_case, came.actor, parse.named_id(body))
        await ack()

    @app.action(ids.ACCEPT)
    async def accept_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, mentorships.accept)

    @app.action(ids.MEET_FIRST)
    async def meet_first_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, mentorships.meet_first)

    @app.action(ids.DECLINE)
    async def decline_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, mentorships.decline)

    @app.action(ids.WITHDRAW)
    async def withdraw_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, mentorships.withdraw)

    @app.action(ids.YES_AFTER_MEETING)
    async def yes_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, partial(mentorships.say_after_meeting, yes=True))

    @app.action(ids.NO_AFTER_MEETING)
    async def no_clicked(ack: AsyncAck, body: Body) -> None:
        await clicked(ack, body, partial(mentorships.say_after_meeting, yes=False))


def _register_finding(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.FIND)
    async def find_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, need = parse.interaction(body), parsed.value(body)
        if need == ids.ANY_NEED:
            needs = await bot.read(came.workspace, mentorships.to_find, came.actor)
            shown = suggestions.find_form(needs)
        else:
            found = await bot.read(came.workspace, mentorships.find, came.actor, need)
            shown = suggestions.suggestions(found)
        await _show(body, client, shown)
        await ack()

    @app.view(ids.FIND_FORM)
    async def need_chosen(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        found = await bot.read(came.workspace, mentorships.find, came.actor, parsed.need(body))
        await ack(response_action="update", view=suggestions.suggestions(found).to_api())

    @app.action(_REQUEST)
    async def ask_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, (mentor, need) = parse.interaction(body), parsed.mentor_and_need(body)
        profile, wanted = await bot.read(came.workspace, mentorships.to_request, came.actor, need)
        await open_form(body, client, suggestions.request_form(mentor, profile, wanted))
        await ack()

    @app.view(ids.REQUEST_FORM)
    async def request_submitted(ack: AsyncAck, body: Body) -> None:
        came, wanted = parse.interaction(body), parsed.request(body)
        made = await bot.write(
            came.workspace, mentorships.request, came.actor, wanted, delivery=came.delivery
        )
        view = Modal("Ask a mentor", asking.sent(made).blocks)
        await ack(response_action="update", view=view.to_api())


def _register_asking(app: AsyncApp, bot: Bot) -> None:
    @app.action(ids.ASK_COLLEAGUE)
    async def ask_colleague_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came, named = parse.interaction(body), parsed.colleague(body)
        await open_colleague_form(bot, client, came, body, named)
        await ack()

    @app.action(ids.SHOW_STARTER)
    async def starter_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await open_form(body, client, inviting.starter_page(mentorships.starter()))
        await ack()

    async def submitted(ack: AsyncAck, body: Body, kind: MentorshipKind) -> None:
        came = parse.interaction(body)
        made = await bot.write(
            came.workspace,
            mentorships.ask,
            came.actor,
            parsed.wanted(body, kind),
            delivery=came.delivery,
        )
        view = Modal("Ask a colleague", asking.sent(made).blocks)
        await ack(response_action="update", view=view.to_api())

    @app.view(ids.WITH_FORM)
    async def with_submitted(ack: AsyncAck, body: Body) -> None:
        await submitted(ack, body, MentorshipKind.INFORMAL)

    @app.view(ids.OBSERVE_FORM)
    async def observe_submitted(ack: AsyncAck, body: Body) -> None:
        await submitted(ack, body, MentorshipKind.OBSERVE)

    @app.view(ids.SWAP_FORM)
    async def swap_submitted(ack: AsyncAck, body: Body) -> None:
        await submitted(ack, body, MentorshipKind.SWAP)
