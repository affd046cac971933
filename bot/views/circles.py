"""What a person sees of circles: the list, the ground rules, the form, and what the bot tells."""

from collections.abc import Sequence
from datetime import date as calendar_date

from bot.rules import recurrence
from bot.views.blocks import (
    Block,
    Message,
    Modal,
    actions,
    asks_first,
    button,
    channel,
    choice_of,
    counted,
    cut_marked,
    date,
    field_of,
    header,
    joined,
    option,
    plain,
    safe,
    section,
    text_input,
    typed,
    user,
)
from bot.views.help import say
from storage.records import (
    CareerStage,
    Circle,
    CircleMember,
    CircleState,
    Rhythm,
    Session,
    Standing,
    Topic,
)

FIND = "forming.wish"  # the button of `views.forming`, which is drawn here too
JOIN = "circle.join"
LEAVE = "circle.leave"
NEW = "circle.new"
PAUSE = "circle.pause"
RESUME = "circle.resume"
ARCHIVE = "circle.archive"
MOVE = "circle.move"
ADOPT = "circle.adopt"
CHANGE = "circle.change_rhythm"
HAND_OVER = "circle.hand_over"
RHYTHM_FORM = "circle.rhythm_form"
HAND_OVER_FORM = "circle.hand_over_form"
RULES_FORM = "circle.rules_form"
NEW_FORM = "circle.new_form"
MOVE_FORM = "circle.move_form"

# product.md, section 2.5
MANY, FEW = 8, 3
SHOWN = 20  # a message has fifty blocks
STAGES = {
    CareerStage.EARLY: "early career",
    CareerStage.MID: "mid career",
    CareerStage.LATE: "late career",
}
RHYTHMS = {
    Rhythm.WEEKLY: "every week",
    Rhythm.FORTNIGHTLY: "every two weeks",
    Rhythm.MONTHLY: "every month, on the same weekday",
}
GROUND_RULES = (
    "*What is said here stays here.* Share what you learned, not who said it.",
    "*Everybody gets the same air time*, and nobody has to speak.",
    "*No patient identifiers*, in no message and no picture.",
)
# What to do about what Slack forbids, by Slack's own code.
FAULTS = {
    "restricted_action": (
        "Slack does not let the bot make channels in this workspace. Please make one yourself,"
        " invite the bot with `/invite @mentor`, and choose it here."
    ),
    "name_taken": "Channels of this name and the next ones exist already. Please choose one here.",
    "externally_shared": (
        "The channel is shared with another company, so a circle can't meet there. Please choose"
        " another one here."
    ),
    "is_archived": "The channel is archived. Please unarchive it, or choose another one here.",
    "deleted": "The channel was deleted. Please choose another one here.",
    "not_in_channel": (
        "The bot is no longer in the channel, so no session can open there. Please invite it back"
        " with `/invite @mentor`, or choose another channel here."
    ),
    "is_general": (
        "Everybody is in this channel, so a circle can't meet there. Please choose another one"
        " here."
    ),
    "too_many_people": (
        "Many more people are in the channel than a circle can have. Please choose a smaller one"
        " here."
    ),
    "not_private": (
        "This is a closed circle, and everybody can join the channel. Please choose a private one"
        " here."
    ),
    "not_public": (
        "This is an open circle, and the channel is private. Please choose a public one here."
    ),
    "channel_not_found": (
        "The bot can't see the channel. Please invite it there with `/invite @mentor`, then choose"
        " the channel here."
    ),
}
FAULT = (
    "The circle's channel could not be made ({code}). Please make one yourself, invite the bot with"
    " `/invite @mentor`, and choose it here."
)

Listed = tuple[Circle, Sequence[CircleMember], CircleMember | None, Session | None]


def rhythm_of(circle: Circle) -> str:
    """When it meets, in words."""
    return recurrence.describe(circle.rhythm, circle.first_on, circle.minutes, circle.zone)


def circles_list(listed: Sequence[Listed], *, runs_all: bool = False) -> Message:
    """What `/mentor circles` shows. `runs_all`: whoever looks may run every circle."""
    blocks: list[Block] = [header("Peer circles")]
    told = ["Peer circles"]
    if not listed:
        words = "There are no circles yet. A circle is a small group of peers that meets regularly."
        blocks.append(section(words))
        told.append(words)
    for circle, members, own, ahead in listed[:SHOWN]:
        words = _line(circle, members, own, ahead)
        told.append(words)
        blocks.append(section(words))
        blocks.append(actions(*_buttons(circle, own, runs_all=runs_all)))
    if len(listed) > SHOWN:
        more = f"… and {len(listed) - SHOWN} more."
        blocks.append(section(more))
        told.append(more)
    blocks.append(
        actions(button("Start a circle", NEW, "new"), button("Find me a circle", FIND, "mine"))
    )
    return Message(cut_marked("\n".join(told), 4000), blocks)


def _line(
    circle: Circle,
    members: Sequence[CircleMember],
    own: CircleMember | None,
    ahead: Session | None,
) -> str:
    about = [STAGES[circle.stage]] if circle.stage else []
    about += [safe(topic.name) for topic in circle.topics]
    places = circle.size - len(members)
    free = f"{counted(places, 'place')} free" if places > 0 else "full, with a waiting list"
    stands = _stands(circle, own, ahead)
    where = f" {channel(circle.channel)}" if circle.channel else ""
    about_words = f" ({', '.join(about)})" if about else ""
    return (
        f"*{safe(circle.name)}*{where}{about_words}: meets {rhythm_of(circle)};"
        f" {len(members)} of {circle.size}, {free}.{stands}"
    )


def _stands(circle: Circle, own: CircleMember | None, ahead: Session | None) -> str:
    if circle.state is CircleState.PAUSED:
        rests = " It rests at the moment."
    elif ahead:
        rests = f" Next: {date(ahead.starts_at)}."
    else:
        rests = ""
    mine = {Standing.IN: " You are in it.", Standing.WAITING: " You are on its waiting list."}
    return rests + (mine.get(own.standing, "") if own else "")


def _buttons(circle: Circle, own: CircleMember | None, *, runs_all: bool) -> list[Block]:
    value = str(circle.id)
    away = own is None or own.standing is Standing.LEFT
    mine = [button("Join", JOIN, value, style="primary") if away else button("Leave", LEAVE, value)]
    if not (runs_all or (own and not away and own.user == circle.founder)):
        return mine
    return [*mine, *_running(circle, value)]


def _running(circle: Circle, value: str) -> list[Block]:
    paused = circle.state is CircleState.PAUSED
    ahead = [
        button("Pause", PAUSE, value),
        button("Move the next session", MOVE, value),
    ]
    return [
        *([button("Go on", RESUME, value)] if paused else ahead),
        button("Change the rhythm", CHANGE, value),
        button("Hand over", HAND_OVER, value),
        _end(value),
    ]


def _end(value: str) -> Block:
    return asks_first(
        button("End", ARCHIVE, value),
        "End the circle?",
        "It meets no more and can't be started again. Its channel stays as it is. To rest for a"
        " while, pause it instead.",
        "End it",
        "Not now",
    )


def rules_form(circle: Circle) -> Modal:
    """The ground rules, to say *I'm in* to."""
    blocks = [
        section(f"*{safe(circle.name)}* meets {rhythm_of(circle)}."),
        *([typed(circle.purpose)] if circle.purpose else []),
        header("What we agree on"),
        *(section(rule) for rule in GROUND_RULES),
        section("Leaving is one click, and no reason is asked."),
    ]
    return Modal("Join a circle", blocks, RULES_FORM, "I'm in", str(circle.id))


def joined_circle(circle: Circle, standing: Standing) -> Message:
    """What somebody sees who has joined."""
    name = safe(circle.name)
    if standing is Standing.WAITING:
        return say(f"{name} is full. You are on its waiting list and hear when a place is free.")
    place = f" in {channel(circle.channel)}" if circle.channel else " in its channel, soon"
    return say(f"You are in {name}. It meets{place}, {rhythm_of(circle)}.")


def left_circle(circle: Circle) -> Message:
    """What somebody sees who has left."""
    return say(f"You have left {safe(circle.name)}. You are welcome back whenever you like.")


def welcome(circle: Circle, standing: Standing) -> Message:
    """What somebody hears who came into the channel by hand."""
    name = safe(circle.name)
    if standing is Standing.WAITING:
        words = f"{name} is full at the moment: you are on its waiting list."
    else:
        words = f"Welcome to {name}! By being in its channel you are in the circle."
    lines = [words, "What we agree on:", *GROUND_RULES]
    leave = actions(button("Leave", LEAVE, str(circle.id)))
    return Message("\n".join(lines), [*(section(line) for line in lines), leave])


def place_free(circle: Circle) -> Message:
    """What somebody hears whose wait is over."""
    words = (
        f"A place in {safe(circle.name)} is free and it is yours. It meets {rhythm_of(circle)}; the"
        " bot asks you into its channel. If it no longer suits you, leave with one click."
    )
    return Message(words, [section(words), actions(button("Leave", LEAVE, str(circle.id)))])


def another_wanted(circle: Circle, waiting: int) -> Message:
    """What an admin hears when enough people wait."""
    words = (
        f"{counted(waiting, 'person') if waiting == 1 else f'{waiting} people'} wait for a place in"
        f" {safe(circle.name)}: enough for one more circle. Would you start it?"
    )
    return Message(words, [section(words), actions(button("Start a circle", NEW, "new"))])


def fault(circle: Circle) -> Message:
    """What the founder hears when the circle has no channel; and when it has one again."""
    if circle.fault is None:
        where = f": {channel(circle.channel)}" if circle.channel else ""
        return say(f"{safe(circle.name)} has its channel now{where}.")
    words = f"{safe(circle.name)}: " + FAULTS.get(circle.fault, FAULT.format(code=circle.fault))
    chooser: Block = {
        "type": "conversations_select",
        "action_id": ADOPT,
        "placeholder": plain("Choose a channel"),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    chosen = {**actions(chooser), "block_id": str(circle.id)}
    return Message(words, [section(words), chosen])


def yours(circle: Circle) -> Message:
    """What somebody hears who looks after a circle from now on."""
    return say(
        f"You look after {safe(circle.name)} from now on. `/mentor circles` is where you move a"
        " session, pause the circle, end it, or hand it on."
    )


def size_offer(circle: Circle, inside: int) -> Message | None:
    """What the founder of a circle hears that has grown large or small; None if it is neither."""
    name = safe(circle.name)
    if inside > MANY:
        words = (
            f"{name} has {inside} people by now. In groups of more than {MANY} few get to speak:"
            " would you split it in two? Start a second circle, and tell the first who moves."
        )
        return Message(words, [section(words), actions(button("Start a circle", NEW, "new"))])
    if inside < FEW:
        words = (
            f"There are fewer than {FEW} people in {name}. Would you join another circle together?"
            " `/mentor circles` shows those with places; yours can end whenever you like."
        )
        return Message(words, [section(words), actions(_end(str(circle.id)))])
    return None


def news(circle: Circle, action: str) -> Message:
    """What the channel hears when the circle rests, goes on or ends."""
    if action.startswith("pause"):
        return say("This circle rests from now on. It goes on when whoever looks after it says so.")
    if action.startswith("resume"):
        return say(f"This circle goes on: it meets {rhythm_of(circle)}.")
    if action.startswith("rhythm"):
        return say(f"This circle has another rhythm: it meets {rhythm_of(circle)}.")
    return say("This circle has come to its end. Thank you all for what you gave one another!")


def new_form(topics: Sequence[Topic], zone: str, first_on: calendar_date) -> Modal:
    """The form of `/mentor circle new`."""
    blocks = [
        field_of("name", "Name", text_input(longest=60, example="Early career, Tuesdays")),
        field_of("purpose", "Purpose", text_input(multiline=True, longest=250), optional=True),
        field_of(
            "stage",
            "Career stage",
            choice_of(
                "static_select",
                [option(words.capitalize(), each.value) for each, words in STAGES.items()],
            ),
            optional=True,
            hint="Left open, people of every stage are welcome.",
        ),
        *([_topics(topics)] if topics else []),
        field_of("size", "Places", _number("6", "3", "12")),
        field_of(
            "kind",
            "Who can join?",
            choice_of(
                "radio_buttons",
                [
                    option("Anybody: a public channel", "open"),
                    option("Who is invited: a private channel", "closed"),
                ],
                ["open"],
            ),
        ),
        *_beat(Rhythm.FORTNIGHTLY, first_on, 12 * 60, zone),
        field_of(
            "sessions",
            "Number of sessions",
            _number("", "1", "200"),
            optional=True,
            hint="Left open, it goes on until somebody ends it.",
        ),
        field_of(
            "channel",
            "Channel",
            {
                "type": "conversations_select",
                "placeholder": plain("Make a new one"),
                "filter": {
                    "include": ["public", "private"],
                    "exclude_external_shared_channels": True,
                },
            },
            optional=True,
            hint="Left open, the bot makes one of the circle's name.",
        ),
    ]
    return Modal("Start a circle", blocks, NEW_FORM, "Start")


def _beat(rhythm: Rhythm, first_on: calendar_date, minutes: int, zone: str) -> list[Block]:
    return [
        field_of(
            "rhythm",
            "How often?",
            choice_of(
                "radio_buttons",
                [option(words.capitalize(), each.value) for each, words in RHYTHMS.items()],
                [rhythm.value],
            ),
        ),
        field_of(
            "first_on",
            "First date",
            {"type": "datepicker", "initial_date": first_on.isoformat()},
            hint="A monthly circle keeps to it: the second Tuesday of a month, say.",
        ),
        field_of(
            "time", "Time", {"type": "timepicker", "initial_time": recurrence.hours_text(minutes)}
        ),
        field_of("zone", "Time zone", text_input(zone, longest=60), hint="Like Europe/Berlin."),
    ]


def rhythm_form(circle: Circle, first_on: calendar_date) -> Modal:
    """Where a circle gets another rhythm."""
    return Modal(
        "Change the rhythm",
        [
            section(f"*{safe(circle.name)}* meets {rhythm_of(circle)}."),
            *_beat(circle.rhythm, first_on, circle.minutes, circle.zone),
        ],
        RHYTHM_FORM,
        "Change",
        str(circle.id),
    )


def hand_over_form(circle: Circle) -> Modal:
    """Where a circle, or its next session, is handed over."""
    return Modal(
        "Hand over",
        [
            section(f"*{safe(circle.name)}*"),
            field_of(
                "what",
                "What would you hand over?",
                choice_of(
                    "radio_buttons",
                    [
                        option("Leading the next session", "session"),
                        option("Looking after the circle", "circle"),
                    ],
                    ["session"],
                ),
            ),
            field_of(
                "user",
                "To whom?",
                {"type": "users_select", "placeholder": plain("Somebody of the circle")},
            ),
        ],
        HAND_OVER_FORM,
        "Hand over",
        str(circle.id),
    )


def _topics(topics: Sequence[Topic]) -> Block:
    options = [option(topic.name, str(topic.id)) for topic in topics]
    return field_of("topics", "Topics", choice_of("multi_static_select", options), optional=True)


def _number(initial: str, least: str, most: str) -> Block:
    made: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": least,
        "max_value": most,
    }
    return made | ({"initial_value": initial} if initial else {})


def started(circle: Circle) -> Message:
    """What the founder sees of a new circle."""
    if circle.channel:
        where = f"It meets in {channel(circle.channel)}; whoever is there is in the circle."
    else:
        where = "The bot makes its channel and asks you in."
    found = (
        "Who is invited into the channel is in the circle."
        if circle.private
        else "Everybody finds it in `/mentor circles`."
    )
    return say(f"{safe(circle.name)} is started: it meets {rhythm_of(circle)}. {where} {found}")


def move_form(circle: Circle, ahead: Session) -> Modal:
    """Where the next session gets another day."""
    return Modal(
        "Move the session",
        [
            section(f"The next session of *{safe(circle.name)}* is on {date(ahead.starts_at)}."),
            field_of(
                "day", "Have it on", {"type": "datepicker", "initial_date": str(ahead.meets_on)}
            ),
        ],
        MOVE_FORM,
        "Move",
        str(circle.id),
    )


def people(users: Sequence[str]) -> str:
    """People as in a sentence."""
    return joined([user(each) for each in users])
