"""What the two of a mentorship click and submit about how it goes, and its end."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import feedback
from bot.context import Bot
from bot.rules.health import Aspect, Trait
from bot.views import feedback as view
from bot.views.blocks import Modal
from handlers import parse
from handlers.circles import open_form
from handlers.parse import feedback as forms
from storage.records.mentorships import MentorshipKind

Body = dict[str, Any]


def register(app: AsyncApp, bot: Bot) -> None:
    """Every listener of feedback."""
    _register_scores(app, bot)
    _register_endings(app, bot)
    _register_outcomes(app, bot)


async def _next(ack: AsyncAck, form: Modal) -> None:
    await ack(response_action="update", view=form.to_api())


def _register_scores(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.SCORE)
    async def score_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        mentorship, occasion = await bot.read(
            came.workspace, feedback.to_score, came.actor, *forms.named_occasion(body)
        )
        await open_form(body, client, view.traits_form(mentorship, came.actor.user, occasion))
        await ack()

    @app.view(view.TRAITS_FORM)
    async def traits_submitted(ack: AsyncAck, body: Body) -> None:
        came, named = parse.interaction(body), forms.named_occasion(body)
        scores = forms.scores(body, frozenset(Trait))
        await bot.write(came.workspace, feedback.score, came.actor, *named, scores)
        drawn = await bot.read(came.workspace, feedback.to_score, came.actor, *named)
        await _next(ack, view.aspects_form(*drawn))

    @app.view(view.ASPECTS_FORM)
    async def aspects_submitted(ack: AsyncAck, body: Body) -> None:
        came, named = parse.interaction(body), forms.named_occasion(body)
        scores = forms.scores(body, frozenset(Aspect))
        said = await bot.write(came.workspace, feedback.score, came.actor, *named, scores)
        mentorship, _ = await bot.read(came.workspace, feedback.to_score, came.actor, *named)
        await _next(ack, view.scored(mentorship, said))


def _register_endings(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.END)
    async def end_clicked(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        await bot.write(came.workspace, feedback.end, came.actor, parse.named_id(body))
        await ack()

    @app.action(view.CLOSE)
    async def close_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        mentorship = await bot.read(
            came.workspace, feedback.to_close, came.actor, parse.named_id(body)
        )
        await open_form(body, client, view.closing_form(mentorship, came.actor.user))
        await ack()

    @app.view(view.CLOSING_FORM)
    async def closing_submitted(ack: AsyncAck, body: Body) -> None:
        came = parse.interaction(body)
        mentorship = await bot.write(
            came.workspace, feedback.close, came.actor, parse.named_id(body), forms.closing(body)
        )
        if mentorship.kind is MentorshipKind.FORMAL:
            last = view.traits_form(mentorship, came.actor.user, feedback.AT_THE_END)
            await _next(ack, last)
        else:
            await _next(ack, view.thank_you())


def _register_outcomes(app: AsyncApp, bot: Bot) -> None:
    @app.action(view.TELL_OUTCOMES)
    async def outcomes_clicked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        came = parse.interaction(body)
        mentorship = await bot.read(
            came.workspace, feedback.to_say_outcomes, came.actor, parse.named_id(body)
        )
        await open_form(body, client, view.outcomes_form(mentorship))
        await ack()

    @app.view(view.OUTCOMES_FORM)
    async def outcomes_submitted(ack: AsyncAck, body: Body) -> None:
        came, outcomes = parse.interaction(body), forms.outcomes(body)
        await bot.write(
            came.workspace, feedback.say_outcomes, came.actor, parse.named_id(body), outcomes
        )
        await _next(ack, view.thank_you())
