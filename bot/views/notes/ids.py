"""The ids by which Slack tells which button or form of a note was used."""

BEGIN = "note.begin"
CHANGE = "note.change"
AGREE = "note.agree"
WITHDRAW = "note.withdraw"
TAKE_DOWN = "note.take_down"
READ = "note.read"
HELPED = "note.helped"
OLDER = "note.older"

BEGIN_FORM = "note.begin_form"
CHANGE_FORM = "note.change_form"
