"""The forms of a profile as plain values."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.errors import Unusable
from bot.profiles import MENTEES_MAX, Basics, Whole
from bot.rules.working_hours import zone_of
from bot.views.members import CAPACITY_MAX
from bot.views.profiles import ABOUT_MAX, PLACE_MAX
from handlers import parse
from storage.records import CareerStage


def basics(body: parse.Body) -> Basics:
    """Stage, discipline and site."""
    stages = parse.choices(body, "stage")
    return Basics(
        CareerStage(stages[0]) if stages and stages[0] in set(CareerStage) else None,
        parse.text(body, "discipline", longest=PLACE_MAX),
        parse.text(body, "site", longest=PLACE_MAX),
    )


def mentees(body: parse.Body) -> int:
    """How many they would mentor at a time. Raises Unusable."""
    wanted = parse.number(body, "mentees") or 0
    if wanted > MENTEES_MAX:
        raise Unusable("mentees", f"Please write a number from 0 to {MENTEES_MAX}.")
    return wanted


def whole(body: parse.Body, zone: str) -> Whole:
    """The whole profile; a pause ends at midnight in `zone`. Raises Unusable."""
    return Whole(
        basics=basics(body),
        about=parse.text(body, "about", longest=ABOUT_MAX),
        seeks=parse.ids(body, "seeks"),
        offers=parse.ids(body, "offers"),
        mentees=mentees(body),
        capacity=_capacity(body),
        starts=parse.minutes(body, "starts"),
        ends=parse.minutes(body, "ends"),
        days=[day for day in parse.ids(body, "days") if 1 <= day <= 7],  # noqa: PLR2004 - a week
        paused_until=_pause(body, zone_of(zone)),
        left_out=parse.users(body, "left_out"),
    )


def _capacity(body: parse.Body) -> int | None:
    capacity = parse.number(body, "capacity")
    if capacity is not None and not 1 <= capacity <= CAPACITY_MAX:
        raise Unusable("capacity", f"Please write a number from 1 to {CAPACITY_MAX}.")
    return capacity


def _pause(body: parse.Body, zone: ZoneInfo) -> int | None:
    picked = parse.field_state(body, "paused_until").get("selected_date")
    if not picked:
        return None
    try:
        day = date.fromisoformat(str(picked))
    except ValueError:
        raise Unusable("paused_until", "Please choose a date.") from None
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def covered(body: parse.Body) -> tuple[str, str | None, bool]:
    """A need, who covers it (None: nobody here), and whether anybody does. Raises Unusable."""
    need = next(iter(parse.choices(body, "need")), "")
    how = next(iter(parse.choices(body, "covered")), "nobody")
    by = next(iter(parse.users(body, "by")), None)
    if how == "colleague" and by is None:
        raise Unusable("by", "Please choose the colleague.")
    return need, by if how == "colleague" else None, how != "nobody"
