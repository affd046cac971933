"""Mentorships: asked for, agreed, under way, ended. A use case is a transaction."""

from bot.mentorships.ending import end
from bot.mentorships.starting import start

__all__ = ["end", "start"]
