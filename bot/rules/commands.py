"""What `/mentor …` asks for: a command where it is exactly one, else a question."""

import difflib
import html
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.rules.words import clean

_TAG = re.compile(r"(?:^|(?<=\s))#([^\W_][\w-]*)")
_TRAILING_TAGS = re.compile(r"(?:\s+#[^\W_][\w-]*)+\s*$")
_USER = re.compile(r"^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[\s,:]*")
_MENTION = re.compile(r"<([@#!])([A-Z0-9]*)(?:\^[A-Z0-9]+)?\|?([^>]*)>")
_SPAN = re.compile(r"(?:for\s+)?(\d{1,3}|a|one|two|three|four)\s+(day|week|month)s?")
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
# What can be done to a circle stands on its buttons in the list; a circle's name may follow.
_CIRCLE_WORDS = re.compile(
    r"(pause|resume|move|hand ?-?over|archive|end|join|leave|list)\b(?!.*\?$)", re.DOTALL
)
_SPAN_DAYS = {"day": 1, "week": 7, "month": 30}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A typo is at most this long; more words are a question.
TYPO_WORDS = 2
NEAR = 0.7
DATE_WORDS = 5  # "until the end of november"


class Name(StrEnum):
    """The commands, and what a text is when it is none."""

    ASK = "ask"
    FORM = "form"
    HELP = "help"
    STATUS = "status"
    EXPERT = "expert"
    PAUSE = "pause"
    RESUME = "resume"
    ADMIN = "admin"
    CIRCLES = "circles"
    NEW_CIRCLE = "new_circle"
    FIND = "find"
    MENTORSHIPS = "mentorships"
    WITH = "with"
    OBSERVE = "observe"
    SWAP = "swap"
    CHECKIN = "checkin"
    ENDORSE = "endorse"
    ENDORSE_FORM = "endorse_form"
    GOALS = "goals"
    REMINDERS = "reminders"
    NOTES = "notes"
    PROFILE = "profile"
    UNKNOWN = "unknown"


TYPED = {
    "help": Name.HELP,
    "status": Name.STATUS,
    "expert": Name.EXPERT,
    "pause": Name.PAUSE,
    "resume": Name.RESUME,
    "admin": Name.ADMIN,
    "circles": Name.CIRCLES,
    "circle": Name.CIRCLES,
    "circle new": Name.NEW_CIRCLE,
    "ask": Name.FORM,
    "find": Name.FIND,
    "mentorships": Name.MENTORSHIPS,
    "goals": Name.GOALS,
    "reminders": Name.REMINDERS,
    "notes": Name.NOTES,
    "profile": Name.PROFILE,
    "with": Name.WITH,
    "observe": Name.OBSERVE,
    "swap": Name.SWAP,
    "checkin": Name.CHECKIN,
    "endorse": Name.ENDORSE_FORM,
}
# These name a colleague, and perhaps a few words: `with @ada about grant writing`.
WITH_COLLEAGUE = {"with", "observe", "swap", "checkin", "check-in", "endorse"}


@dataclass(frozen=True, slots=True)
class Command:
    """What was asked for.

    For ASK `text` is the question, `tags` its topics, `user` the expert wanted; for NOTES `tags`
    is the topic; for PAUSE `until` the day on which they are back (None: until they say so) and
    `misread` that the rest is no date;
    for WITH, OBSERVE, SWAP and CHECKIN `user` is the colleague (None: not said) and `text` what
    follows; for ENDORSE `tags` are the topics, for ENDORSE_FORM none was named; for UNKNOWN
    `text` is the nearest command.
    """

    name: Name
    text: str = ""
    tags: tuple[str, ...] = ()
    user: str | None = None
    until: date | None = None
    misread: bool = False


def parse(text: str, today: date) -> Command:
    """Take apart what stands after `/mentor`, as Slack sends it (entities escaped).

    `status` is a command, `status of my grant application?` a question, `staus` a typo of one.
    """
    typed = clean(html.unescape(_without_names(text)))
    if not typed:
        return Command(Name.FORM)
    named = _named(typed, today) or _with_colleague(text.strip())
    if named:
        return named
    nearest = _nearest(typed)
    if nearest:
        return Command(Name.UNKNOWN, nearest)
    wanted = _USER.match(text.strip())
    if wanted:
        rest = text.strip()[wanted.end() :]
        return _question(clean(html.unescape(_without_names(rest))), wanted.group(1))
    return _question(typed, None)


def _named(typed: str, today: date) -> Command | None:
    """The command, if what was typed is exactly one."""
    whole = TYPED.get(" ".join(typed.lower().rstrip("?!. ").split()))
    if whole and whole is not Name.PAUSE:
        return Command(whole)
    first, _, rest = typed.lower().partition(" ")
    if TYPED.get(first) is Name.PAUSE:
        return _pause(rest.strip(), today)
    if TYPED.get(first) is Name.NOTES and _TRAILING_TAGS.fullmatch(f" {rest}"):
        return Command(Name.NOTES, tags=tuple(_TAG.findall(rest)))
    if TYPED.get(first) is Name.CIRCLES and rest.split()[:1] == ["new"] and "?" not in rest:
        return Command(Name.NEW_CIRCLE)
    if TYPED.get(first) is Name.CIRCLES and _CIRCLE_WORDS.match(rest.strip()):
        return Command(Name.CIRCLES)
    return None


def _with_colleague(text: str) -> Command | None:
    """`with <@U1>` and the like; None if no colleague follows, as in a question."""
    first, _, rest = text.partition(" ")
    found = _USER.match(rest.strip())
    if first.lower() not in WITH_COLLEAGUE or not found:
        return None
    words = clean(html.unescape(_without_names(rest.strip()[found.end() :])))
    if first.lower() == "endorse":
        return _endorses(words, found.group(1))
    return Command(TYPED[first.lower().replace("-", "")], words, user=found.group(1))


def _endorses(words: str, colleague: str) -> Command:
    """`#pain #writing`, or a topic's name, after `for` perhaps; the form where none is named."""
    tags = tuple(dict.fromkeys(tag.lower() for tag in _TAG.findall(words)))
    name = words.removeprefix("for ").strip(" .,")
    tags = tags or ((name,) if name else ())
    return Command(Name.ENDORSE if tags else Name.ENDORSE_FORM, tags=tags, user=colleague)


def _question(typed: str, wanted: str | None) -> Command:
    tags = tuple(dict.fromkeys(tag.lower() for tag in _TAG.findall(typed)))
    question = _TRAILING_TAGS.sub("", f" {typed}").strip()
    return Command(Name.ASK, question, tags, wanted)


def _without_names(text: str) -> str:
    """Slack's references to people and channels as the names people see."""

    def as_typed(found: re.Match[str]) -> str:
        sign = found[1] if found[1] != "!" else "@"
        return f"{sign}{(found[3] or found[2]).lstrip('@')}"

    return _MENTION.sub(as_typed, text)


def _pause(rest: str, today: date) -> Command | None:
    """A pause, with until when; None if what follows makes it a question."""
    if not rest:
        return Command(Name.PAUSE)
    until = _day(rest.removeprefix("until ").removeprefix("till ").strip(), today)
    if until:
        return Command(Name.PAUSE, until=until)
    words = rest.split()
    about_time = words[0] in ("until", "till", "for") and not rest.endswith("?")
    return Command(Name.PAUSE, misread=True) if about_time and len(words) <= DATE_WORDS else None


def _day(text: str, today: date) -> date | None:
    span = _SPAN.fullmatch(text)
    if span:
        count = _COUNTS.get(span[1]) or int(span[1])
        return today + timedelta(days=count * _SPAN_DAYS[span[2]])
    if text == "tomorrow":
        return today + timedelta(days=1)
    text = text.removeprefix("next ").strip()
    if text == "week":
        return today + timedelta(days=7 - today.weekday())
    for number, name in enumerate(_WEEKDAYS):
        if text in (name, name[:3]):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day > today else None


def _nearest(typed: str) -> str | None:
    """The command that one or two words were meant to be, if they are near to one."""
    words = typed.lower().split()
    asks = typed.endswith("?") and len(words) > 1
    if len(words) > TYPO_WORDS or asks or "#" in typed:
        return None
    if len(words) == TYPO_WORDS and not difflib.get_close_matches(words[0], TYPED, 1, 0.8):
        return None
    near = difflib.get_close_matches(words[0], TYPED, 1, NEAR)
    return near[0] if near else None
