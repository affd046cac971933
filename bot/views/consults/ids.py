"""The ids by which Slack tells which button, form or shortcut of a consult was used.

Each has a listener in `handlers.consults`; a test holds the three together.
"""

ASK_SHORTCUT = "consult.ask_shortcut"
ASK_ABOUT_MESSAGE = "consult.ask_about_message"

ASK = "consult.ask"
CHANGE = "consult.change"
WITHDRAW = "consult.withdraw"
ASK_ANONYMOUSLY = "consult.ask_anonymously"
REVEAL = "consult.reveal"
CONFIRM_RELAYED = "consult.confirm_relayed"
ACCEPT = "consult.accept"
ANSWER_NOW = "consult.answer_now"
NEED_DETAIL = "consult.need_detail"
ANSWER_DETAIL = "consult.answer_detail"
REST = "consult.rest"
FORWARD = "consult.forward"
PASS = "consult.pass"  # noqa: S105 - declining an offer, no secret
HAND_ON = "consult.hand_on"
RELEASE = "consult.release"
TALK = "consult.talk"
CLOSE = "consult.close"
KEEP_OPEN = "consult.keep_open"
SAY_OUTCOME = "consult.say_outcome"
SAY_EFFORT = "consult.say_effort"
ASK_OTHERS = "consult.ask_others"
SEE_WHY = "consult.see_why"

# The field of a question: both its block and its element go by this name.
QUESTION = "question"

ASK_FORM = "consult.ask_form"
CHANGE_FORM = "consult.change_form"
ANONYMOUS_FORM = "consult.anonymous_form"
ANSWER_FORM = "consult.answer_form"
DETAIL_FORM = "consult.detail_form"
DETAIL_ANSWER_FORM = "consult.detail_answer_form"
REST_FORM = "consult.rest_form"
FORWARD_FORM = "consult.forward_form"
PASS_FORM = "consult.pass_form"  # noqa: S105 - the same
OUTCOME_FORM = "consult.outcome_form"
EFFORT_FORM = "consult.effort_form"
