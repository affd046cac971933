"""The ids by which Slack tells which button or form of a mentorship was used.

Each has a listener in `handlers.mentorships`; a test holds the two together.
"""

FIND = "mentorship.find"
REQUEST = "mentorship.request"
ANY_NEED = "any"
ACCEPT = "mentorship.accept"
DECLINE = "mentorship.decline"
MEET_FIRST = "mentorship.meet_first"
WITHDRAW = "mentorship.withdraw"
YES_AFTER_MEETING = "mentorship.yes_after_meeting"
NO_AFTER_MEETING = "mentorship.no_after_meeting"
ASK_COLLEAGUE = "mentorship.ask_colleague"

FIND_FORM = "mentorship.find_form"
REQUEST_FORM = "mentorship.request_form"
WITH_FORM = "mentorship.with_form"
OBSERVE_FORM = "mentorship.observe_form"
SWAP_FORM = "mentorship.swap_form"

SHOW_STARTER = "mentorship.show_starter"
