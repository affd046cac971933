"""What people click and choose about nudges, as plain values."""

from typing import Any

from bot.rules.disturbance import Snooze, quiet_span
from handlers.parse import choices
from storage.records.nudges import NudgeKind

Body = dict[str, Any]


def snoozed(body: Body) -> tuple[int, Snooze]:
    """Which nudge is put off, and how long; nudge 0, which is none, if it says neither."""
    chosen = (body.get("actions") or [{}])[0].get("selected_option") or {}
    named, _, wanted = str(chosen.get("value") or "").partition(" ")
    known = named.isascii() and named.isdigit() and len(named) <= 18 and wanted in set(Snooze)  # noqa: PLR2004 - SQLite's integers
    return (int(named), Snooze(wanted)) if known else (0, Snooze.TOMORROW)


def kinds(body: Body) -> set[NudgeKind]:
    """The kinds that are wanted."""
    return {NudgeKind(each) for each in choices(body, "kinds") if each in set(NudgeKind)}


def quiet(status: Body) -> tuple[int, int] | None:
    """From when until when somebody wants no disturbance, as Slack tells of it; None if never."""
    return quiet_span(
        on=bool(status.get("dnd_enabled")),
        starts=int(status.get("next_dnd_start_ts") or 0),
        ends=int(status.get("next_dnd_end_ts") or 0),
    )
