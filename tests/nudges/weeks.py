"""Somebody's weeks with reminders, played through the pure rule, and section 4 read anew.

The reckoning here shares nothing with the rule: it looks at the wall clock of the zone.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.rules.disturbance import (
    WEEK,
    AskFirst,
    Because,
    Drop,
    Hold,
    Kind,
    Person,
    Send,
    decide,
)
from bot.rules.nudges import STANDS_FOR, TELL_ONLY, Thing
from storage.records import WorkingHours
from storage.records.nudges import KindState, Nudge, NudgeKind, NudgeState

MONDAY = 1_795_392_000  # 23 November 2026, midnight UTC
HOUR, DAY = 3600, 24 * 3600
# Among them: no daylight saving, half an hour of it, and the two ends of the day.
ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
    "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca",
)  # fmt: skip


@dataclass(frozen=True)
class Happens:
    """Something at a time that changes how somebody can be disturbed."""

    at: int
    what: str
    kind: NudgeKind = NudgeKind.CHECKINS
    lasts: int = 0


@dataclass(frozen=True)
class Said:
    """A nudge, or the question in its place, that went out."""

    at: int
    nudge: Nudge
    asked: bool


@dataclass
class Life:
    """What is so at a time, and what has been said and dropped until then."""

    person: Person
    waiting: list[Nudge] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    dropped: dict[int, Because] = field(default_factory=dict)
    held: dict[int, Because] = field(default_factory=dict)
    unanswered: dict[NudgeKind, list[int]] = field(default_factory=dict)

    def happens(self, each: Happens) -> None:
        """Somebody pauses, answers, turns a kind off or on, or wants no disturbance."""
        kind = self.person.kinds.get(each.kind, Kind())
        if each.what == "pause":
            self.person = replace(self.person, paused_until=each.at + each.lasts)
        elif each.what == "quiet":
            self.person = replace(self.person, quiet=(each.at, each.at + each.lasts))
        elif each.what == "quiet ends":
            self.person = replace(self.person, quiet=None)
        elif each.what == "resume":
            self.person = replace(self.person, paused_until=None)
        elif each.what == "heed" and self.unanswered.get(each.kind):
            self.unanswered[each.kind].pop()
            self._stands(each.kind, replace(kind, answered_at=each.at))
        elif each.what == "off":
            self._stands(each.kind, Kind(KindState.OFF, each.at))
        elif each.what == "on" and kind.state is not KindState.ON:
            self._stands(each.kind, Kind(KindState.ON, each.at))

    def _stands(self, kind: NudgeKind, how: Kind) -> None:
        self.person = replace(self.person, kinds={**self.person.kinds, kind: how})

    def tick(self, now: int) -> None:
        """Decide about everything that is due, and do it."""
        due = [each for each in self.waiting if each.due_at <= now]
        kinds = {
            kind: replace(
                self.person.kinds.get(kind, Kind()), unanswered=self.unanswered.get(kind, [])
            )
            for kind in NudgeKind
        }
        self.person = replace(self.person, kinds=kinds)
        for nudge, decision in decide(self.person, due, now):
            self.held.pop(nudge.id, None)
            if isinstance(decision, Hold):
                assert now < decision.until <= nudge.until
                self.held[nudge.id] = decision.because
            elif isinstance(decision, Drop):
                self.dropped[nudge.id] = decision.because
                self.waiting.remove(nudge)
            else:
                self._says(nudge, now, asked=isinstance(decision, AskFirst))
                assert isinstance(decision, Send | AskFirst)

    def _says(self, nudge: Nudge, now: int, *, asked: bool) -> None:
        self.person = replace(self.person, sent=(*self.person.sent, now))
        self.said.append(Said(now, nudge, asked))
        if asked:
            self._stands(nudge.kind, Kind(KindState.ASKED, now))
            self.held[nudge.id] = Because.IGNORED
            return
        self.waiting.remove(nudge)
        if nudge.thing not in TELL_ONLY:
            self.unanswered.setdefault(nudge.kind, []).append(now)


def works(hours: WorkingHours, at: int) -> bool:
    """By the wall clock."""
    local = datetime.fromtimestamp(at, ZoneInfo(hours.zone))
    minute = local.hour * 60 + local.minute
    return local.isoweekday() in hours.days and hours.starts <= minute < hours.ends


def nudge(number: int, thing: Thing, due_at: int, lasts: int) -> Nudge:
    """One that is wanted."""
    kind, importance = STANDS_FOR[thing]
    return Nudge(
        id=number,
        user="U0BEN",
        thing=thing,
        kind=kind,
        about=number,
        occasion=0,
        state=NudgeState.WAITING,
        importance=importance,
        until=due_at + lasts,
        due_at=due_at,
    )


# Hours before four are left out: there the wall clock may show an hour twice or not at all.
hours = st.builds(
    WorkingHours,
    starts=st.integers(4 * 60, 12 * 60),
    ends=st.integers(12 * 60 + 1, 24 * 60),
    days=st.sets(st.integers(1, 7)).map(lambda days: tuple(sorted(days))),
    zone=st.sampled_from(ZONES),
) | st.builds(WorkingHours, zone=st.sampled_from(ZONES))
times = st.integers(MONDAY, MONDAY + 2 * WEEK)
things = st.sampled_from(sorted(STANDS_FOR))
happenings = st.lists(
    st.builds(
        Happens,
        times,
        st.sampled_from(["pause", "resume", "quiet", "quiet ends", "heed", "off", "on", "on"]),
        st.sampled_from(NudgeKind),
        st.integers(HOUR, 6 * DAY),
    ),
    min_size=4,
    max_size=16,
)
wanted = st.lists(
    st.tuples(things, times, st.integers(HOUR, 3 * WEEK)), min_size=6, max_size=40
).map(
    lambda each: [nudge(number, thing, at, lasts) for number, (thing, at, lasts) in enumerate(each)]
)
