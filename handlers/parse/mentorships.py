"""What a payload says about a mentorship, as plain values."""

import re
from typing import Any

from bot.errors import Unusable
from bot.mentorships.requesting import Wanted
from bot.rules.commands import Command, Name
from bot.views.mentorships.asking import WORDS_MAX
from bot.views.mentorships.suggestions import NOTE_MAX
from handlers import parse
from storage.records.mentorships import CheckinRhythm, MentorshipKind

Body = dict[str, Any]


def value(body: Body) -> str:
    """What a button carries; a hint that proves nothing."""
    return str((body.get("actions") or [{}])[0].get("value") or "")


def mentor_and_need(body: Body) -> tuple[str, str]:
    """Whom a mentee would ask, for which need: a button's value, or what a form carries."""
    submitted = body.get("type") == "view_submission"
    carried = body["view"].get("private_metadata", "") if submitted else value(body)
    mentor, _, need = carried.partition("/")
    return mentor, need


def colleague(body: Body) -> Command:
    """Whom a button names to be asked, as if it had been typed; None if it names nobody."""
    named = value(body)
    return Command(Name.WITH, user=named if re.fullmatch(r"[UW][A-Z0-9]+", named) else None)


def need(body: Body) -> str:
    """The need chosen. Raises Unusable."""
    chosen = parse.choices(body, "need")
    if not chosen:
        raise Unusable("need", "Please choose one.")
    return chosen[0]


def request(body: Body) -> Wanted:
    """What a mentee asks a mentor, as the form has it. Raises Unusable."""
    mentor, about = mentor_and_need(body)
    note = parse.text(body, "note", longest=NOTE_MAX)
    return Wanted(MentorshipKind.FORMAL, mentor, note, need=about)


def wanted(body: Body, kind: MentorshipKind) -> Wanted:
    """What is asked of a colleague, as the form has it. Raises Unusable."""
    colleague = next(iter(parse.users(body, "colleague")), "")
    if not colleague:
        raise Unusable("colleague", "Please choose a colleague.")
    rhythms = parse.choices(body, "rhythm")
    known = rhythms and rhythms[0] in set(CheckinRhythm)
    return Wanted(
        kind,
        colleague,
        parse.text(body, "words", longest=WORDS_MAX),
        rhythm=CheckinRhythm(rhythms[0]) if known else None,
        gives=next(iter(parse.ids(body, "gives")), None),
        gets=next(iter(parse.ids(body, "gets")), None),
    )
