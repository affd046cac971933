"""Which things may stand in Slack already although a restored store has never sent them."""

from storage import restorations
from storage.database import Tx
from storage.records import Delivery

# The table that numbers the things of a key, by the key's first word. A thing with a number that
# the copy had not yet is a new one: another of the same number was lost with what came after the
# copy. None: named by people or days, and always looked for.
NUMBERED_BY = {
    "admin-card": "consults",
    "agreement-card": "mentorships",
    "agreement-review": "mentorships",
    "agreement-signed": "mentorships",
    "agreement-waits": "mentorships",
    "answer": "consults",
    "become-expert": None,
    "checkin-card": "checkins",
    "checkin-invite": "checkins",
    "checkin-news": "checkins",
    "checkin-notes": "checkins",
    "checkin-reminder": "checkins",
    "checkin-told": "checkins",
    "circle-channel": "circles",
    "circle-fault": "circles",
    "circle-few": "circles",
    "circle-formed": "circles",
    "circle-many": "circles",
    "circle-news": "circles",
    "circle-none": "formings",
    "circle-place": "circles",
    "circle-wanted": "circles",
    "circle-welcome": "circles",
    "circle-yours": "circles",
    "closing-question": "consults",
    "closing-survey": "mentorships",
    "cohort": "cohorts",
    "cohort-none": "cohorts",
    "cohort-pair": "cohorts",
    "conversation": "consults",
    "dead-letters": None,
    "detail": "consults",
    "detail-answered": "consults",
    "endorsement": None,
    "fallback-card": "consults",
    "forming": "formings",
    "health-question": "mentorships",
    "health-shown": "mentorships",
    "home": None,
    "informal-offer": "consults",
    "keep-nudges": None,
    "kind-words": None,
    "mentorship-card": "mentorships",
    "mentorship-ended": "mentorships",
    "mentorship-news": "mentorships",
    "mentorship-thanks": "mentorships",
    "note-card": "notes",
    "offer-again": "consults",
    "offer-card": "consults",
    "outcome-question": "mentorships",
    "pair-news": "mentorships",
    "plan-checkin": "mentorships",
    "relay": "consults",
    "relay-hint": "consults",
    "relay-notice": "relayed",
    "relayed": "relayed",
    "reminder": "consults",
    "request-waits": "mentorships",
    "rest-week": None,
    "rethink-mentorship": "mentorships",
    "run-sheet": "sessions",
    "session-missed": "sessions",
    "session-moved": "sessions",
    "session-quiet": "sessions",
    "session-summary": "sessions",
    "session-thread": "sessions",
    "session-useful": "sessions",
    "silence": "consults",
    "status-card": "consults",
    "term-ends": "mentorships",
    "thank-you": "consults",
    "week-full": None,
}


def look_since(tx: Tx, row: Delivery) -> int | None:
    """From when on to look for an unsure row (UTC seconds); None if it is surely nowhere.

    Only a row that was never tried can be surely nowhere.
    """
    restored = restorations.latest(tx)
    if restored is None or row.created_at < restored.restored_at:
        return row.created_at
    tried = row.attempts > 0 or row.channel is not None or row.reason is not None
    if not tried and _is_new(tx, row.key):
        return None
    return restored.backed_up_at


def _is_new(tx: Tx, key: str) -> bool:
    thing, _, rest = key.partition("/")
    table = NUMBERED_BY[thing]
    number = rest.split("/")[0]
    return table is not None and int(number) > restorations.newest_id(tx, table)
