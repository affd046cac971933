"""Slack's payloads as plain values: every path into one stands here."""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from bot.authority import Actor
from bot.circles import Passage
from bot.curriculum import own_id
from bot.errors import Unusable
from bot.members import Profile
from bot.rules.words import QUESTION_MAX, clean
from bot.sessions import Reply
from bot.views.consults.forms import ANONYMOUS
from bot.views.members import CAPACITY_MAX
from storage.records import (
    Beat,
    CareerStage,
    CircleDraft,
    CircleWish,
    CommitmentState,
    Draft,
    Member,
    Outcome,
    Question,
    Rhythm,
    Topic,
    TopicClass,
    Urgency,
)
from storage.records.identifiers import IdentifierCheck

Body = dict[str, Any]

# Subtypes of what somebody wrote: words, a file, an answer shown in the channel as well, `/me`.
_WRITTEN = ("", "file_share", "thread_broadcast", "me_message")
_REFERENCE = re.compile(r"<([@#!])([A-Z0-9]*)(?:\^[A-Z0-9]+)?\|?([^>]*)>")


@dataclass(frozen=True, slots=True)
class Came:
    """Where something came from. `delivery` names it, so that a second copy is known as one."""

    workspace: str
    actor: Actor
    delivery: str


def command(body: Body) -> Came:
    """A slash command's origin."""
    actor = Actor(body["user_id"], body.get("channel_id"))
    # A copy of a command is its copy in all of this; a trigger alone could be somebody else's.
    said = (body.get("trigger_id"), actor.user, body.get("text"))
    return Came(body["team_id"], actor, f"command/{'/'.join(str(each or '') for each in said)}")


def interaction(body: Body) -> Came:
    """A click's, a submitted form's or a shortcut's origin."""
    user = body["user"]
    team = (body.get("team") or {}).get("id") or user.get("team_id") or ""
    view = body.get("view") or {}
    place = body.get("container") or {}
    channel = place.get("channel_id") or (body.get("channel") or {}).get("id")
    return Came(
        team,
        Actor(user["id"], channel),
        f"view/{view.get('id')}/{view.get('hash')}" if view else f"click/{body.get('trigger_id')}",
    )


def event(body: Body) -> tuple[str, str]:
    """An event's workspace and the id by which its copies are known."""
    return body.get("team_id", ""), f"event/{body.get('event_id', '')}"


def ourselves(body: Body) -> frozenset[str]:
    """The bot's own user, as an event names it."""
    return frozenset(str(each.get("user_id")) for each in body.get("authorizations") or ())


def passage(body: Body) -> Passage:
    """Who came into which channel, or left it, and when."""
    event = body["event"]
    seconds, _, fraction = str(event.get("event_ts") or body.get("event_time") or 0).partition(".")
    at = int(seconds) * 1_000_000 + int(f"{fraction:0<6}"[:6])
    return Passage(str(event["channel"]), str(event["user"]), at)


def reply(body: Body) -> Reply | None:
    """Who wrote below which message; None for anything else that a message event may be.

    The words are not taken.
    """
    event = body["event"]
    if event.get("subtype", "") not in _WRITTEN or event.get("bot_id"):
        return None
    if not event.get("thread_ts"):
        return None
    if event["thread_ts"] == event.get("ts") or not event.get("user"):
        return None
    return Reply(str(event["channel"]), str(event["thread_ts"]), str(event["user"]))


def named(body: Body) -> str:
    """What a button, a select or a form names, as it stands there.

    It is a hint and proves nothing: `authority` decides.
    """
    if body.get("type") == "view_submission":
        return str(body["view"].get("private_metadata", ""))
    clicked = (body.get("actions") or [{}])[0]
    return str(clicked.get("value") or clicked.get("block_id") or "")


def named_id(body: Body) -> int:
    """The id of the thing that is named; 0, which is none, if it is no id."""
    return as_id(named(body))


def as_id(words: str) -> int:
    """An id as it was written; 0, which is none, for anything else."""
    # Longer than SQLite's integers is no id of ours either.
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 18 else 0  # noqa: PLR2004


def in_modal(body: Body) -> bool:
    """Whether the click was in a modal, on which others are pushed."""
    return bool((body.get("view") or {}).get("type") == "modal")


def chosen_user(body: Body) -> str:
    """Whom a select names."""
    return str((body.get("actions") or [{}])[0].get("selected_user") or "")


def text(body: Body, name: str, *, longest: int = QUESTION_MAX) -> str:
    """What was typed into a field, cleaned. Raises Unusable if it is too long."""
    words = clean(str(field_state(body, name).get("value") or ""))
    if len(words) > longest:
        raise Unusable(name, f"Please keep this under {longest} characters.")
    return words


def number(body: Body, name: str) -> int | None:
    """A number field; None if it was left open. Raises Unusable if it holds none."""
    typed = str(field_state(body, name).get("value") or "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):  # noqa: PLR2004 - no count is longer
        raise Unusable(name, "Please write a whole number.")
    return int(typed)


def choices(body: Body, name: str) -> list[str]:
    """The values chosen in a select, radio buttons or checkboxes."""
    state = field_state(body, name)
    picked = state.get("selected_options") or [state.get("selected_option")]
    return [str(each["value"]) for each in picked if each]


def ids(body: Body, name: str) -> tuple[int, ...]:
    """The chosen values that are ids."""
    return tuple(int(each) for each in choices(body, name) if each.isascii() and each.isdigit())


def users(body: Body, name: str) -> list[str]:
    """The people chosen in a field."""
    state = field_state(body, name)
    chosen = state.get("selected_users") or [state.get("selected_user")]
    return [str(each) for each in chosen if each]


def channel(body: Body, name: str) -> str | None:
    """The channel chosen in a field."""
    chosen = field_state(body, name).get("selected_channel")
    return str(chosen) if chosen else None


def minutes(body: Body, name: str) -> int:
    """When a working day begins or ends, as minutes from midnight; 23:59 is the end of the day."""
    count = time_of_day(body, name)
    return 24 * 60 if count == 24 * 60 - 1 else count


def time_of_day(body: Body, name: str) -> int:
    """A time of day, as minutes from midnight. Raises Unusable."""
    chosen = str(field_state(body, name).get("selected_time") or "")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", chosen):
        raise Unusable(name, "Please choose a time.")
    return int(chosen[:2]) * 60 + int(chosen[3:])


def draft(body: Body) -> Draft:
    """The question as the form has it. Raises Unusable."""
    urgencies = choices(body, "urgency")
    known = urgencies and urgencies[0] in set(Urgency)
    return Draft(
        question=text(body, "question"),
        tried=text(body, "tried"),
        topic_ids=ids(body, "topics"),
        urgency=Urgency(urgencies[0]) if known else Urgency.THIS_WEEK,
        wanted_expert=next(iter(users(body, "wanted")), None),
        anonymous=choices(body, "anonymous") == [ANONYMOUS],
    )


def profile(body: Body) -> Profile:
    """What somebody offers, as the expert form has it. Raises Unusable."""
    return Profile(
        topic_ids=ids(body, "topics"),
        about=text(body, "about", longest=200),
        capacity=_capacity(body),
        starts=minutes(body, "starts"),
        ends=minutes(body, "ends"),
        days=[day for day in ids(body, "days") if 1 <= day <= 7],  # noqa: PLR2004 - a week
    )


def tagged_profile(body: Body) -> Profile:
    """What an admin says somebody offers; usual hours until that person says others."""
    about = text(body, "about", longest=200)
    return Profile(ids(body, "topics"), about, _capacity(body))


def _capacity(body: Body) -> int:
    capacity = number(body, "capacity")
    if capacity is None or not 1 <= capacity <= CAPACITY_MAX:
        raise Unusable("capacity", f"Please write a number from 1 to {CAPACITY_MAX}.")
    return capacity


def topic(body: Body) -> Topic:
    """A topic, as the form has it."""
    classes = choices(body, "topic_class")
    synonyms = text(body, "synonyms", longest=500).split(";")
    return Topic(
        id=0,
        name=text(body, "name", longest=60),
        topic_class=TopicClass.PERSONAL if classes == [TopicClass.PERSONAL] else TopicClass.GENERAL,
        fallback_channel=channel(body, "channel"),
        synonyms=tuple(each.strip() for each in synonyms if each.strip()),
    )


def circle(body: Body) -> CircleDraft:
    """A circle, as the form has it. Raises Unusable."""
    stages, meets = choices(body, "stage"), beat(body)
    return CircleDraft(
        name=text(body, "name", longest=60),
        purpose=text(body, "purpose", longest=250),
        stage=CareerStage(stages[0]) if stages and stages[0] in set(CareerStage) else None,
        topic_ids=ids(body, "topics"),
        size=number(body, "size") or 0,
        private=choices(body, "kind") == ["closed"],
        rhythm=meets.rhythm,
        first_on=meets.first_on,
        minutes=meets.minutes,
        zone=meets.zone,
        sessions=number(body, "sessions"),
        channel=str(field_state(body, "channel").get("selected_conversation") or "") or None,
    )


def beat(body: Body) -> Beat:
    """A rhythm, as the form has it. Raises Unusable."""
    rhythms = choices(body, "rhythm")
    return Beat(
        rhythm=Rhythm(rhythms[0]) if rhythms and rhythms[0] in set(Rhythm) else Rhythm.FORTNIGHTLY,
        first_on=day(body, "first_on"),
        minutes=time_of_day(body, "time"),
        zone=_zone(text(body, "zone", longest=60)),
    )


def wish(body: Body) -> CircleWish:
    """Who would like a circle, as the form has it. Raises Unusable."""
    stages = choices(body, "stage")
    return CircleWish(
        user=str(body["user"]["id"]),
        stage=CareerStage(stages[0]) if stages and stages[0] in set(CareerStage) else None,
        topic_ids=ids(body, "topics"),
        days=tuple(day for day in ids(body, "days") if 1 <= day <= 7),  # noqa: PLR2004 - a week
        hours=tuple(hour for hour in ids(body, "hours") if hour < 24),  # noqa: PLR2004 - a day
        discipline=text(body, "discipline", longest=60),
        site=text(body, "site", longest=60),
    )


def question(body: Body) -> Question:
    """A question for circles, as the form has it. Raises Unusable."""
    words, stages = text(body, "question", longest=300), choices(body, "stage")
    stage = CareerStage(stages[0]) if stages and stages[0] in set(CareerStage) else None
    return Question(own_id(words), words, stage, text(body, "prompt", longest=300))


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise Unusable("zone", "Please write a time zone like Europe/Berlin.")
    return name


def day(body: Body, name: str) -> date:
    """A date picked. Raises Unusable."""
    try:
        return date.fromisoformat(str(field_state(body, name).get("selected_date")))
    except ValueError:
        raise Unusable(name, "Please choose a date.") from None


def moment(body: Body, name: str) -> int | None:
    """A date and time picked, as UTC seconds; None if it was left open."""
    picked = field_state(body, name).get("selected_date_time")
    return picked if isinstance(picked, int) else None


def day_if_said(body: Body, name: str) -> date | None:
    """A date picked; None if it was left open. Raises Unusable."""
    return day(body, name) if field_state(body, name).get("selected_date") else None


def ids_with(body: Body, prefix: str) -> list[int]:
    """The ids in the names of the form's fields that begin with `prefix`."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    found = [name.removeprefix(prefix) for name in values if name.startswith(prefix)]
    return [int(each) for each in found if each.isascii() and each.isdigit() and len(each) <= 18]  # noqa: PLR2004 - as in `named_id`


def chosen_channel(body: Body) -> str:
    """The channel that a select names."""
    return str((body.get("actions") or [{}])[0].get("selected_conversation") or "")


def commitments(body: Body) -> dict[int, CommitmentState]:
    """What became of each commitment, by id, as far as it was said."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    found = {}
    for name in values:
        number_of = name.removeprefix("commitment-")
        said = choices(body, name)
        if said and number_of.isascii() and number_of.isdigit() and said[0] in set(CommitmentState):
            found[int(number_of[:18])] = CommitmentState(said[0])
    return found


def outcome(body: Body) -> Outcome:
    """What the asker said. Raises Unusable."""
    said = choices(body, "outcome")
    if not said or said[0] not in (Outcome.SOLVED, Outcome.PARTLY, Outcome.NO):
        raise Unusable("outcome", "Please choose one.")
    return Outcome(said[0])


def identifier_check(body: Body) -> IdentifierCheck:
    """How strictly to look for identifiers. Raises Unusable."""
    said = choices(body, "check")
    if not said or said[0] not in set(IdentifierCheck):
        raise Unusable("check", "Please choose one.")
    return IdentifierCheck(said[0])


def shortcut_message(body: Body) -> str:
    """The words of the message a shortcut was used on, as people see them."""
    raw = str((body.get("message") or {}).get("text") or "")
    words = _REFERENCE.sub(lambda found: f"{found[1]}{found[3] or found[2]}".lstrip("!"), raw)
    return clean(html.unescape(words))[:QUESTION_MAX]


def member(user: Body) -> Member:
    """A person as Slack's users.list, users.info and user events give them."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name")
    return Member(
        user=user["id"],
        name=str(name or user.get("name") or user["id"]),
        zone=str(user.get("tz") or "UTC"),
        email=profile.get("email"),
        workspace_admin=bool(user.get("is_admin") or user.get("is_owner")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        bot=bool(user.get("is_bot") or user["id"] == "USLACKBOT"),
        # Who is invited and has not come yet can't be asked either.
        deactivated=bool(user.get("deleted") or user.get("is_invited_user")),
    )


def field_state(body: Body, name: str) -> Body:
    """What a field of a form holds, as Slack gives it; empty if it holds nothing."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    found = (values.get(name) or {}).get(name)
    return found if isinstance(found, dict) else {}
