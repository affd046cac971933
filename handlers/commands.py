"""`/mentor …`: from the parsed command to the feature it is for."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import consults, members, mentorships, programme
from bot.context import Bot
from bot.errors import Unusable
from bot.rules.commands import Command, Name, parse
from bot.rules.words import QUESTION_MAX
from bot.rules.working_hours import instant, zone_of
from bot.views import help as help_view
from bot.views import members as members_view
from bot.views import programme as programme_view
from bot.views.blocks import Message
from bot.views.consults import status
from bot.views.mentorships import cards as mentorship_cards
from handlers.checkins import open_plan_form
from handlers.circles import list_of_circles, open_new_form
from handlers.consults import open_ask_form
from handlers.endorsements import endorse_by_command, open_endorse_form
from handlers.goals import open_goals
from handlers.members import open_expert_form
from handlers.mentorships import open_colleague_form, open_find_form
from handlers.notes import open_notes
from handlers.nudges import open_reminders
from handlers.parse import Came, command
from handlers.profiles import open_profile
from storage.records import Draft

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """The one slash command."""

    @app.command("/mentor")
    async def mentor_typed(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = command(body)
        asked = await _understood(bot, came, str(body.get("text") or ""))
        opens = _OPENS.get(asked.name)
        if opens:
            await opens(bot, client, came, body, asked)
            await ack()
        else:
            shown = await _ANSWERS[asked.name](bot, came, asked)
            await ack(text=shown.text, blocks=shown.blocks, response_type="ephemeral")


async def _understood(bot: Bot, came: Came, text: str) -> Command:
    """What was typed; the days of a pause are counted from the person's own today."""
    asked = _on_day_in(bot, "UTC", text)
    if asked.name is not Name.PAUSE:
        return asked
    return _on_day_in(bot, await bot.read(came.workspace, members.zone_of, came.actor.user), text)


def _on_day_in(bot: Bot, zone: str, text: str) -> Command:
    return parse(text, datetime.fromtimestamp(bot.clock.now(), zone_of(zone)).date())


Answer = Callable[[Bot, Came, Command], Awaitable[Message]]


Opens = Callable[[Bot, AsyncWebClient, Came, Body, Command], Awaitable[None]]


async def _form(bot: Bot, client: AsyncWebClient, came: Came, body: Body, _asked: Command) -> None:
    await open_ask_form(bot, client, came.workspace, body["trigger_id"], Draft())


async def _expert(
    bot: Bot, client: AsyncWebClient, came: Came, body: Body, _asked: Command
) -> None:
    await open_expert_form(bot, client, came, body)


async def _new_circle(
    bot: Bot, client: AsyncWebClient, came: Came, body: Body, _asked: Command
) -> None:
    await open_new_form(bot, client, came, body)


async def _profile(
    bot: Bot, client: AsyncWebClient, came: Came, body: Body, _asked: Command
) -> None:
    await open_profile(bot, client, came, body)


async def _goals(bot: Bot, client: AsyncWebClient, came: Came, body: Body, _asked: Command) -> None:
    await open_goals(bot, client, came, body)


async def _reminders(
    bot: Bot, client: AsyncWebClient, came: Came, body: Body, _asked: Command
) -> None:
    await open_reminders(bot, client, came, body)


# Commands that open a form.
_OPENS: dict[Name, Opens] = {
    Name.FORM: _form,
    Name.EXPERT: _expert,
    Name.NEW_CIRCLE: _new_circle,
    Name.PROFILE: _profile,
    Name.GOALS: _goals,
    Name.FIND: open_find_form,
    Name.WITH: open_colleague_form,
    Name.OBSERVE: open_colleague_form,
    Name.SWAP: open_colleague_form,
    Name.CHECKIN: open_plan_form,
    Name.ENDORSE_FORM: open_endorse_form,
    Name.REMINDERS: _reminders,
    Name.NOTES: open_notes,
}


def opens_form(name: Name) -> bool:
    """Whether all that such a command does is to open a form."""
    return name in _OPENS


async def _ask(bot: Bot, came: Came, asked: Command) -> Message:
    if len(asked.text) > QUESTION_MAX:
        raise Unusable(
            "question", f"Please keep a question under {QUESTION_MAX} characters; nothing was sent."
        )
    draft = Draft(question=asked.text, wanted_expert=asked.user)
    stands = await bot.write(
        came.workspace,
        consults.ask_and_expect,
        came.actor,
        draft,
        tags=asked.tags,
        delivery=came.delivery,
    )
    return status.status_card(*stands)


async def _status(bot: Bot, came: Came, _asked: Command) -> Message:
    mine = await bot.read(came.workspace, consults.latest_of, came.actor.user)
    return status.my_consults(mine)


async def _help(_bot: Bot, _came: Came, _asked: Command) -> Message:
    return help_view.help_message()


async def _pause(bot: Bot, came: Came, asked: Command) -> Message:
    if asked.misread:
        return members_view.misread_pause()
    until = None
    if asked.until:
        zone = await bot.read(came.workspace, members.zone_of, came.actor.user)
        until = instant(asked.until, 0, zone)
    await bot.write(came.workspace, members.pause, came.actor, until)
    return members_view.paused(until)


async def _resume(bot: Bot, came: Came, _asked: Command) -> Message:
    await bot.write(came.workspace, members.resume, came.actor)
    return members_view.resumed()


async def _admin(bot: Bot, came: Came, _asked: Command) -> Message:
    return programme_view.panel(await bot.read(came.workspace, programme.overview, came.actor))


async def _circles(bot: Bot, came: Came, _asked: Command) -> Message:
    return await list_of_circles(bot, came)


async def _mentorships(bot: Bot, came: Came, _asked: Command) -> Message:
    mine = await bot.read(came.workspace, mentorships.mine, came.actor.user)
    return mentorship_cards.listed(mine, came.actor.user)


async def _unknown(_bot: Bot, _came: Came, asked: Command) -> Message:
    return help_view.unknown_command(asked.text)


_ANSWERS: dict[Name, Answer] = {
    Name.ASK: _ask,
    Name.STATUS: _status,
    Name.HELP: _help,
    Name.PAUSE: _pause,
    Name.RESUME: _resume,
    Name.ADMIN: _admin,
    Name.CIRCLES: _circles,
    Name.MENTORSHIPS: _mentorships,
    Name.ENDORSE: endorse_by_command,
    Name.UNKNOWN: _unknown,
}
