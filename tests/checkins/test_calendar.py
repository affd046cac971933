"""The calendar file and the links: read back by a parser, whatever somebody typed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.rules.words import clean
from bot.views.calendar import Entry, calendar_file, web_links
from storage.records.checkins import Checkin, CheckinState
from tests.promises.test_typed_words import anything, few
from tests.support.cards import BEN, NOON

PLANNED, CANCELLED = CheckinState.PLANNED, CheckinState.CANCELLED


def checkin(**changes: Any) -> Checkin:
    values: dict[str, Any] = {
        "id": 7,
        "mentorship_id": 1,
        "proposed_by": BEN,
        "starts_at": NOON + 86400,
        "minutes": 45,
        "agenda": "Grants",
        "state": PLANNED,
        "uid": "abc123",
        "sequence": 3,
    }
    return Checkin(**(values | changes))


def made(each: Checkin, colleague: str = "Ada Okafor") -> tuple[Any, Any]:
    """The calendar and its one event, read back."""
    calendar: Any = Calendar.from_ical(calendar_file(Entry(each, colleague, NOON)))
    (event,) = calendar.walk("VEVENT")
    assert calendar.errors == event.errors == []
    return calendar, event


def test_the_file_says_all_of_the_check_in() -> None:
    calendar, event = made(checkin())
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert event["uid"] == "abc123@mentor-bot"
    assert event["sequence"] == 3
    assert event.decoded("dtstamp") == datetime.fromtimestamp(NOON, UTC)
    assert event.decoded("dtstart") == datetime.fromtimestamp(NOON + 86400, UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    assert event["summary"] == "Check-in with Ada Okafor"
    assert event["description"] == "Grants"
    assert event["status"] == "CONFIRMED"
    (alarm,) = event.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm["description"]
    assert alarm.decoded("trigger") == -timedelta(minutes=10)


def test_times_are_in_utc_as_every_client_takes_them() -> None:
    content = calendar_file(Entry(checkin(), "Ada", NOON)).decode()
    for name in ("DTSTAMP", "DTSTART", "DTEND"):
        assert re.search(rf"^{name}:\d{{8}}T\d{{6}}Z\r$", content, re.MULTILINE), name
    assert "TZID" not in content


def test_a_cancellation_takes_the_same_entry_out() -> None:
    calendar, event = made(checkin(state=CANCELLED, sequence=4))
    assert calendar["method"] == "CANCEL"
    assert (event["uid"], event["sequence"], event["status"]) == (
        "abc123@mentor-bot",
        4,
        "CANCELLED",
    )
    assert str(event["organizer"]).endswith(".invalid")
    assert event.walk("VALARM") == []


def test_without_an_agenda_there_is_no_description() -> None:
    assert "description" not in made(checkin(agenda=""))[1]


@few
@given(anything, anything, st.sampled_from([PLANNED, CANCELLED]))
def test_what_was_typed_is_read_back_as_it_was(agenda: str, name: str, state: CheckinState) -> None:
    content = calendar_file(Entry(checkin(agenda=agenda, state=state), name, NOON))
    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(event.get("description", "")) == clean(agenda)
    assert str(event["summary"]) == f"Check-in with {clean(name)}"
    assert event["uid"] == "abc123@mentor-bot"
    assert len(calendar.walk()) == (2 if state is CANCELLED else 3)


@few
@given(anything)
def test_lines_are_folded_at_75_octets_and_end_as_they_must(agenda: str) -> None:
    content = calendar_file(Entry(checkin(agenda=agenda * 20), "Ada", NOON))
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
    content.decode()


@pytest.mark.parametrize("words", ["a;b,c\\d", "one\ntwo", "BEGIN:VEVENT\r\nX:1", "ü" * 200, "🩺"])
def test_signs_that_mean_something_in_the_file_are_escaped(words: str) -> None:
    _, event = made(checkin(agenda=words))
    assert str(event["description"]) == clean(words)


def links(each: Checkin) -> dict[str, tuple[str, dict[str, str]]]:
    """By name, the host and what the query says."""
    found = {}
    for address, name in re.findall(r"<([^|>]+)\|([^>]+)>", web_links(each)):
        assert "&" not in address.replace("&amp;", "")
        parts = urlsplit(address.replace("&amp;", "&"))
        assert parts.scheme == "https"
        query = parse_qs(parts.query, strict_parsing=True)
        found[name] = (parts.netloc, {key: value[0] for key, value in query.items()})
    return found


def test_the_links_open_the_same_entry_in_four_web_calendars() -> None:
    shown = links(checkin(starts_at=NOON))
    begins = datetime.fromtimestamp(NOON, UTC)
    ends = begins + timedelta(minutes=45)
    basic, dashed = "%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ"
    assert shown["Google"][0] == "calendar.google.com"
    assert shown["Google"][1]["dates"] == f"{begins:{basic}}/{ends:{basic}}"
    assert shown["Yahoo"] == (
        "calendar.yahoo.com",
        {"v": "60", "title": "Mentoring check-in", "st": f"{begins:{basic}}",
         "et": f"{ends:{basic}}"},
    )  # fmt: skip
    for name, host in (("Outlook.com", "outlook.live.com"), ("Office 365", "outlook.office.com")):
        assert shown[name][0] == host
        query = shown[name][1]
        assert (query["startdt"], query["enddt"]) == (f"{begins:{dashed}}", f"{ends:{dashed}}")
        assert query["subject"] == "Mentoring check-in"


@few
@given(anything)
def test_the_links_are_the_same_whatever_was_typed(agenda: str) -> None:
    assert web_links(checkin(agenda=agenda)) == web_links(checkin())
    assert len(web_links(checkin())) <= 1500
