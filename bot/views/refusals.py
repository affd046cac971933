"""The words for each refusal: what happened and what to do, without blame."""

from bot.errors import Reason

WORDS = {
    Reason.NOT_YOURS: (
        "That is not possible here: the question may have moved on, or it is with other people."
        " `/mentor status` shows your own questions."
    ),
    Reason.TAKEN: "Thank you! Somebody else was a little faster and has taken this question.",
    Reason.HAS_SOMEBODY: (
        "A colleague has just taken your question, so it stays as it was. To end it, please use the"
        " card in your messages: it says who has it."
    ),
    Reason.TOO_LATE: (
        "This question has moved on meanwhile, so there is nothing left to do here. Thank you!"
    ),
    Reason.NAME_KNOWN: (
        "You asked this by name, or have shown who you are, and that can't be taken back. Its card"
        " in your messages says what is possible now; a new question can be asked anonymously from"
        " the start: `/mentor` alone opens the form."
    ),
    Reason.ENOUGH_OPEN: (
        "You have five questions open, which is as many as the bot carries for one person at a"
        " time. Close or withdraw one (`/mentor status` lists them) and ask again: this one is"
        " welcome then."
    ),
    Reason.NOT_ADMIN: (
        "This is for the people who run the programme. `/mentor help` shows what is open to you."
    ),
    Reason.NOT_PICKABLE: (
        "This person can't be asked at the moment. Choose somebody else, or leave it open and the"
        " bot finds somebody."
    ),
    Reason.NO_TOPICS: "Please choose at least one topic.",
    Reason.GUEST: (
        "This is for full members of this workspace. Please ask a colleague to put your question or"
        " to let you in, or the people who run the programme."
    ),
    Reason.NOT_IN_CIRCLE: (
        "That is not possible here: it is for the people of the circle. `/mentor circles` shows"
        " yours and those you can join."
    ),
    Reason.CIRCLE_RESTS: (
        "This circle rests or has ended, so this is not possible now. `/mentor circles` shows how"
        " yours stand."
    ),
    Reason.SESSION_OVER: "This session is over, so there is nothing left to change. Thank you!",
    Reason.PROPOSAL_OVER: (
        "This proposal is no longer there to be changed. `/mentor admin` makes a new one."
    ),
    Reason.NOT_YOUR_MENTORSHIP: (
        "That is not possible here: it is for the two people of a mentorship. `/mentor mentorships`"
        " shows yours."
    ),
    Reason.MENTORSHIP_MOVED_ON: (
        "This has moved on meanwhile, so there is nothing left to do here. `/mentor mentorships`"
        " shows how yours stand."
    ),
    Reason.ASKED_BEFORE: (
        "The two of you have this already, or one has asked the other. `/mentor mentorships` shows"
        " how it stands."
    ),
    Reason.ENOUGH_ASKED: (
        "Five of your requests are open, which is as many as the bot carries for one person at a"
        " time. `/mentor mentorships` lists them; withdraw one and this one is welcome."
    ),
    Reason.NO_ROOM: (
        "They have no room for one more mentee just now. Please choose somebody else:"
        " `/mentor find` shows who has."
    ),
    Reason.OWN_ROOM: (
        "You have as many mentees by now as you said you would have. `/mentor profile` changes"
        " that; then this request is still here to accept."
    ),
    Reason.NOT_YOURSELF: "Please choose a colleague: this takes two.",
    Reason.NOT_TOGETHER: (
        "The two of you are not in a mentorship yet. `/mentor with @colleague` asks for one;"
        " `/mentor find` looks for a mentor."
    ),
    Reason.AGREEMENT_CHANGED: (
        "There is a newer version of this agreement by now; it is in your messages. Please read"
        " that one."
    ),
    Reason.NOT_YOUR_GOAL: "This goal is not open any more. `/mentor goals` shows yours.",
    Reason.NOT_YOUR_NUDGE: (
        "This reminder is not there any more. `/mentor reminders` shows what is coming up for you."
    ),
    Reason.DETAIL_ASKED: (
        "You have asked one detail of this question, which is as many as one asks. Please accept it"
        " to talk about the rest, or pass."
    ),
    Reason.DETAIL_WAITS: (
        "A colleague has just asked for a detail of this question. Please wait for that answer: it"
        " comes onto your card, too. You can take the question all the same."
    ),
    Reason.NOT_TO_FORWARD: (
        "This colleague can't be asked this: they may be away, or have been asked already. Please"
        " choose somebody else, or pass and the bot finds somebody."
    ),
    Reason.NOT_TO_ENDORSE: (
        "Guests, bots and people who have left take no questions, so they can't be endorsed. Please"
        " choose a colleague."
    ),
    Reason.NOTHING_ENDORSED: (
        "This is settled already, so there is nothing left to do. `/mentor expert` shows the topics"
        " you take questions on."
    ),
    Reason.NOT_YOUR_NOTE: (
        "This note is not there any more, or it is with other people. `/mentor notes` shows those"
        " that are shared."
    ),
    Reason.NOTE_MOVED_ON: (
        "This note has moved on meanwhile. Please look at its newest card in your messages: it says"
        " how it stands."
    ),
    Reason.NOTE_CHANGED: (
        "There are newer words for this note by now; they are in your messages. Please read those."
    ),
    Reason.ALREADY_LED: "Thank you! Somebody is leading this session already.",
    Reason.NO_SUCH_MEMBER: "I don't know this person here yet. Please try again in a few minutes.",
}

BROKEN = (
    "Sorry, something went wrong here and nothing was changed. Please try again; if it happens"
    " again, tell the people who run the programme."
)
BUSY = "Sorry, this could not be stored just now, so it was not received. Please try again shortly."
