"""The forms of a cohort as plain values."""

from bot.cohorts import Wanted
from handlers import parse
from storage.records.cohorts import Side


def wanted(body: parse.Body) -> Wanted:
    """On which sides, and with whom. Raises Unusable."""
    return Wanted(
        sides=[Side(each) for each in parse.choices(body, "sides") if each in set(Side)],
        need=next(iter(parse.choices(body, "need")), None),
        mentors=tuple(dict.fromkeys(parse.users(body, "mentors"))),
        capacity=parse.number(body, "capacity"),
        mentees=tuple(dict.fromkeys(parse.users(body, "mentees"))),
    )


def changed(body: parse.Body) -> tuple[str, str | None]:
    """A mentee, and the mentor they get (None: nobody)."""
    mentee = next(iter(parse.users(body, "mentee")), "")
    return mentee, next(iter(parse.users(body, "mentor")), None)
