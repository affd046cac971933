"""Bolt listeners: a payload into plain values, one use case, an acknowledgement."""

from slack_bolt.async_app import AsyncApp

from bot.context import Bot
from handlers import (
    agreements,
    care,
    checkins,
    circles,
    cohorts,
    commands,
    consults,
    endorsements,
    events,
    feedback,
    forming,
    goals,
    members,
    mentorships,
    notes,
    nudges,
    offers,
    profiles,
    programme,
    sessions,
)
from handlers.errors import answer_failure
from handlers.identifiers import LookedAt


def register_all(app: AsyncApp, bot: Bot) -> None:
    """Every listener; those used most come first, as Bolt looks at them in order."""
    app.middleware(LookedAt(bot))
    commands.register(app, bot)
    consults.register(app, bot)
    offers.register(app, bot)
    notes.register(app, bot)
    sessions.register(app, bot)
    checkins.register(app, bot)
    nudges.register(app, bot)
    circles.register(app, bot)
    forming.register(app, bot)
    mentorships.register(app, bot)
    members.register(app, bot)
    profiles.register(app, bot)
    endorsements.register(app, bot)
    agreements.register(app, bot)
    goals.register(app, bot)
    feedback.register(app, bot)
    cohorts.register(app, bot)
    care.register(app, bot)
    programme.register(app, bot)
    events.register(app, bot)
    events.register_rest(app)
    app.error(answer_failure)
