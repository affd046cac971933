"""The ids by which Slack tells which button or form of a check-in, or of a pair, was used.

Each has a listener in `handlers.checkins`; a test holds the two together.
"""

PLAN = "checkin.plan"
MOVE = "checkin.move"
CANCEL = "checkin.cancel"
TELL = "checkin.tell"
PAUSE = "mentorship.pause"
RESUME = "mentorship.resume"
RHYTHM = "mentorship.rhythm"

PLAN_FORM = "checkin.plan_form"
PLAN_WITH_FORM = "checkin.plan_with_form"
MOVE_FORM = "checkin.move_form"
TELL_FORM = "checkin.tell_form"
RHYTHM_FORM = "mentorship.rhythm_form"
PAUSE_FORM = "mentorship.pause_form"
