"""Looks at what people type before anything of it is stored: what identifies a patient goes back.

Every form and command is looked at on its way in (`handlers/identifiers.py`); what comes another
way, such as a message to pass on, calls `check` first in its use case.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.authority import Actor, require_admin
from bot.errors import Identifying
from bot.rules.identifiers import Kind, Span, Tier, find
from storage import identifiers, programme
from storage.database import Tx
from storage.records.identifiers import IdentifierCheck

# As many can be looked at one by one; below `bot.rules.identifiers.MOST`, so that nothing is
# confirmed that was not shown.
CONFIRMED_AT_ONCE = 25

_PLANNED = frozenset({Kind.DATE, Kind.MONTH})
_OWN_PLACE = frozenset({Kind.PLACE, Kind.URL})
_PLAN = "a day that colleagues have set themselves; a date of birth is found all the same"
_WORKPLACE = "where a colleague works and what they show of themselves"

# What a field may hold all the same, and why. A field that is not here may hold none.
MAY_HOLD: dict[str, tuple[frozenset[Kind], str]] = {
    "session.commit_form/words": (_PLANNED, _PLAN),
    "goals.form/words": (_PLANNED, _PLAN),
    "checkin.plan_form/agenda": (_PLANNED | {Kind.URL}, f"{_PLAN}; the link of a video call"),
    "checkin.move_form/agenda": (_PLANNED | {Kind.URL}, f"{_PLAN}; the link of a video call"),
    "checkin.tell_form/mine": (_PLANNED, _PLAN),
    "checkin.tell_form/theirs": (_PLANNED, _PLAN),
    "profile.basics_form/discipline": (_OWN_PLACE, _WORKPLACE),
    "profile.basics_form/site": (_OWN_PLACE, _WORKPLACE),
    "profile.basics_form/about": (_OWN_PLACE, _WORKPLACE),
    "forming.wish_form/discipline": (_OWN_PLACE, _WORKPLACE),
    "forming.wish_form/site": (_OWN_PLACE, _WORKPLACE),
    "members.expert_form/about": (_OWN_PLACE, _WORKPLACE),
    "programme.tag_form/about": (_OWN_PLACE, _WORKPLACE),
    "mentorship.request_form/note": (_OWN_PLACE | _PLANNED, f"{_WORKPLACE}; when they are free"),
    "mentorship.with_form/words": (_OWN_PLACE | _PLANNED, f"{_WORKPLACE}; when they are free"),
    "mentorship.observe_form/words": (_OWN_PLACE | _PLANNED, f"{_WORKPLACE}; when they are free"),
    "mentorship.swap_form/words": (_OWN_PLACE | _PLANNED, f"{_WORKPLACE}; when they are free"),
    "agreement.form/objectives": (_PLANNED, _PLAN),
    "agreement.form/mentee_does": (_PLANNED, _PLAN),
    "agreement.form/mentor_does": (_PLANNED, _PLAN),
    "agreement.form/ending": (_PLANNED, _PLAN),
    "circle.new_form/name": (_OWN_PLACE | _PLANNED, "where and when a circle meets"),
    "circle.new_form/purpose": (_OWN_PLACE | _PLANNED, "where and when a circle meets"),
}

Found = Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: each field's words as they were typed, by the field's name.

    `surface`: the form's callback id, `command`, `relay`, … `confirmed`: they have seen all that
    is found in it, marked, and say that it identifies nobody.
    """

    fields: Mapping[str, str]
    surface: str
    confirmed: bool = False


def seen_in(typed: Typed) -> Found:
    """What seems to identify a patient in which field; nothing of the store is asked."""
    found = {}
    for field, words in typed.fields.items():
        allowed, _ = MAY_HOLD.get(f"{typed.surface}/{field}", (frozenset(), ""))
        spans = tuple(span for span in find(words) if span.kind not in allowed)
        if spans:
            found[field] = spans
    return found


def check(tx: Tx, actor: Actor, typed: Typed) -> None:
    """Raise Identifying if the words seem to identify a patient and the programme minds.

    Where that may be confirmed and was, it is written down who did, when and for which kinds.
    """
    strictness = identifiers.check(tx)
    found = seen_in(typed) if strictness is not IdentifierCheck.OFF else {}
    if not found:
        return
    spans = [span for each in found.values() for span in each]
    may_confirm = (
        strictness is IdentifierCheck.ASK
        and len(spans) <= CONFIRMED_AT_ONCE
        and all(span.tier is Tier.ASK for span in spans)
    )
    if not (may_confirm and typed.confirmed):
        raise Identifying(found, may_confirm=may_confirm)
    identifiers.confirmed(tx, actor.user, typed.surface, [span.kind.value for span in spans])


def strictness(tx: Tx, actor: Actor) -> IdentifierCheck:
    """How strictly the programme looks. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    return identifiers.check(tx)


def set_strictness(tx: Tx, actor: Actor, wanted: IdentifierCheck) -> None:
    """Look as strictly as this from now on. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    identifiers.set_check(tx, wanted)
    programme.audit(tx, actor.user, "identifier_check", wanted.value)
