"""A check-in as a calendar file (RFC 5545) and as links to web calendars. Pure.

The file is downloaded and opened by hand, so its METHOD is PUBLISH, not REQUEST: a REQUEST is an
invitation from somebody to an attendee, which desktop clients answer by mail, or refuse where the
attendee is not the mailbox that opens it. PUBLISH is taken as an entry by Outlook, Apple Calendar,
Thunderbird and by Google's import, and an entry of the same UID with a higher SEQUENCE takes the
place of the earlier one. A cancellation is a CANCEL of that UID with STATUS:CANCELLED (RFC 5546,
3.2.5). Both need an ORGANIZER; no mail reaches this one, its domain exists nowhere (RFC 6761).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from icalendar import Alarm, Calendar, Event, vCalAddress

from bot.rules.words import clean
from storage.records.checkins import Checkin, CheckinState

TITLE = "Mentoring check-in"  # of the links: nothing that somebody typed leaves in a URL
FILE_NAME = "check-in.ics"
ORGANIZER = "mailto:mentor-bot@mentor-bot.invalid"
REMINDED_BEFORE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in as an entry of somebody's calendar; `colleague` by the name people see."""

    checkin: Checkin
    colleague: str
    now: int


def calendar_file(entry: Entry) -> bytes:
    """The entry's file; for a cancelled check-in, what takes it out again."""
    cancelled = entry.checkin.state is CheckinState.CANCELLED
    made = Calendar()
    made.add("prodid", "-//mentor-bot//check-ins//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "CANCEL" if cancelled else "PUBLISH")
    made.add_component(_event(entry, cancelled=cancelled))
    return bytes(made.to_ical())


def _event(entry: Entry, *, cancelled: bool) -> Event:
    checkin = entry.checkin
    summary = f"Check-in with {_typed(entry.colleague)}"
    event = Event()
    event.add("uid", f"{checkin.uid}@mentor-bot")
    event.add("sequence", checkin.sequence)
    event.add("dtstamp", _utc(entry.now))
    event.add("dtstart", _utc(checkin.starts_at))
    event.add("dtend", _utc(checkin.ends_at))
    event.add("summary", summary)
    event.add("organizer", vCalAddress(ORGANIZER))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if _typed(checkin.agenda):
        event.add("description", _typed(checkin.agenda))
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -REMINDED_BEFORE)
        event.add_component(alarm)
    return event


def _typed(words: str) -> str:
    """Typed words as a calendar takes them: of control characters the line break alone."""
    return clean(words)


def web_links(checkin: Checkin) -> str:
    """Links that open the entry in the usual web calendars, as markup."""
    begins, ends = _utc(checkin.starts_at), _utc(checkin.ends_at)
    basic = f"{begins:%Y%m%dT%H%M%SZ}", f"{ends:%Y%m%dT%H%M%SZ}"
    dashed = f"{begins:%Y-%m-%dT%H:%M:%SZ}", f"{ends:%Y-%m-%dT%H:%M:%SZ}"
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": TITLE,
        "startdt": dashed[0],
        "enddt": dashed[1],
    }
    links = {
        "Google": (
            "https://calendar.google.com/calendar/render",
            {"action": "TEMPLATE", "text": TITLE, "dates": "/".join(basic)},
        ),
        "Outlook.com": ("https://outlook.live.com/calendar/0/deeplink/compose", outlook),
        "Office 365": ("https://outlook.office.com/calendar/0/deeplink/compose", outlook),
        "Yahoo": (
            "https://calendar.yahoo.com/",
            {"v": "60", "title": TITLE, "st": basic[0], "et": basic[1]},
        ),
    }
    return ", ".join(
        f"<{_address(address, query)}|{name}>" for name, (address, query) in links.items()
    )


def _address(address: str, query: Mapping[str, str]) -> str:
    """An address in markup, where Slack reads `&` as the beginning of an entity.

    Blanks are %20, as Outlook shows a `+` as one.
    """
    return f"{address}?{urlencode(query, quote_via=quote, safe='')}".replace("&", "&amp;")


def _utc(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, UTC)
