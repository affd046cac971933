"""The Home tab: what a person needs now, then their map, their four kinds and their profile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.needs import Place
from bot.rules.working_hours import days_text, hours_text
from bot.views import profiles as profiles_view
from bot.views.blocks import (
    Block,
    Home,
    actions,
    button,
    channel,
    context,
    counted,
    cut,
    date,
    header,
    joined,
    safe,
    section,
    typed,
    user,
)
from bot.views.checkins import PLAN as PLAN_CHECKIN
from bot.views.circles import STAGES
from bot.views.consults import ids, on_home
from bot.views.consults.words import ON_CALL
from bot.views.goals import EDIT as EDIT_GOALS
from bot.views.goals import PROGRESS
from bot.views.members import pause_of
from bot.views.mentorships import ids as mentorship_ids
from bot.views.nudges import SHOW as SHOW_REMINDERS
from storage.records import (
    Circle,
    CircleState,
    Commitment,
    CommitmentState,
    Consult,
    Expert,
    Offer,
    Session,
    SessionState,
    Topic,
)
from storage.records.checkins import Checkin, CheckinCommitment
from storage.records.mentorships import Goal, Mentorship, MentorshipKind, MentorshipState
from storage.records.profiles import Profile

EDIT_EXPERT = "home.edit_expert"
CIRCLES = "home.circles"
DONE = "home.commitment_done"
DROPPED = "home.commitment_dropped"
REST = "home.rest"
RESUME = "home.resume"
BLOCKS = 100  # of a Home
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Running:
    """How the bot is doing, for those who run the programme.

    `pending`, `unsure` and `dead` count what is to be shown in Slack; `since`: from when on (UTC
    seconds) the oldest that waits has been due; `round_at`: when the clock last did all it does.
    """

    pending: int = 0
    unsure: int = 0
    dead: int = 0
    since: int | None = None
    round_at: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the store knows of one person.

    `promised`: what they said at check-ins they would do, with the mentorship it was said in;
    `signs`: who has still to sign the newest agreement of a mentorship, by its id; `this_week`: how
    many questions they have taken, or have before them, of those of the last seven days.
    """

    user: str
    waiting: Sequence[Consult]
    taken: Sequence[Consult]
    asked: Sequence[tuple[Consult, Sequence[Offer]]]
    expert: Expert | None
    now: int
    circles: Sequence[tuple[Circle, Session | None]] = ()
    commitments: Sequence[Commitment] = ()
    profile: Profile = field(default_factory=lambda: Profile(""))
    mentorships: Sequence[Mentorship] = ()
    checkins: Sequence[tuple[Checkin, Mentorship]] = ()
    promised: Sequence[tuple[CheckinCommitment, Mentorship]] = ()
    goals: Sequence[Goal] = ()
    places: Sequence[Place] = ()
    signs: Mapping[int, str | None] = field(default_factory=dict)
    this_week: int = 0
    guest: bool = False
    running: Running | None = None


def home(standing: Standing) -> Home:
    """What the Home tab shows them now. Every list is short, so that what follows has room too.

    Of their consults, of which each takes the most room, as many are shown as there is room for.
    """
    top = [
        header("Mentoring"),
        *([] if standing.guest else _welcome(standing.profile)),
        actions(
            button("Ask a mentor", ids.ASK, "new", style="primary"),
            button("Find a mentor", mentorship_ids.FIND, "any"),
            button("See circles", CIRCLES, "all"),
        ),
        context(ON_CALL),
    ]
    rest = _rest(standing)
    waiting = _waiting(standing)
    # Three lists, each with its end; and the two headers.
    room = BLOCKS - len(top) - len(waiting) - len(rest) - 3 - 2
    most = min(SHOWN, room // (3 * on_home.BLOCKS_EACH))
    waits = [
        *on_home.offers_waiting(standing.waiting, standing.user, most),
        *on_home.consults_taken(standing.taken, most),
        *waiting,
    ]
    asked = on_home.consults_asked(standing.asked, most)
    return Home(
        [
            *top,
            header("Waiting on you"),
            *(waits or [section("Nothing.")]),
            header("Your questions"),
            *(asked or [section("None open. Every question is welcome.")]),
            *rest,
        ]
    )


def _rest(standing: Standing) -> list[Block]:
    return [
        header("Coming up"),
        *_coming(standing),
        *_commitments(standing),
        *_promised(standing),
        *_goals(standing),
        header("Your map"),
        *_map(standing),
        header("Your four kinds of mentoring"),
        section(_kinds(standing)),
        header("Questions you take"),
        section(_offer(standing.expert, standing)),
        actions(*_offer_buttons(standing)),
        *_running(standing.running),
        header("Your profile"),
        section(_profile(standing)),
        actions(
            button("My profile", profiles_view.EDIT, "mine"),
            button("My reminders", SHOW_REMINDERS, "mine"),
        ),
    ]


def _map(standing: Standing) -> list[Block]:
    if standing.guest:
        return [section("Mentorships and profiles are for full members of this workspace.")]
    return profiles_view.chart(standing.places, mentorship_ids.FIND)


def _welcome(profile: Profile) -> list[Block]:
    left = profiles_view.STEPS - profile.introduced
    if left <= 0:
        return []
    words = (
        "Welcome! Three short steps, under a minute, and this page is yours."
        if left == profiles_view.STEPS
        else f"{counted(left, 'short step').capitalize()} to go, then this page is yours."
    )
    line = section(words)
    line["accessory"] = button("Begin", profiles_view.INTRODUCE, "next", style="primary")
    return [line]


def _waiting(standing: Standing) -> list[Block]:
    lines = on_home.details_waiting([consult for consult, _ in standing.asked[:SHOWN]])
    lines += _to_lead(standing)
    told = [
        _asks(standing.user, each, standing.signs.get(each.id)) for each in standing.mentorships
    ]
    lines += [section(words) for words in told if words][:SHOWN]
    return lines


def _asks(me: str, mentorship: Mentorship, signs: str | None) -> str:
    """What a mentorship asks of them now, in words; empty if nothing.

    `signs`: who has still to sign its newest agreement; None while nothing is written or all have.
    """
    other = user(mentorship.other(me))
    if mentorship.state is MentorshipState.ASKED and me != mentorship.asked_by:
        return f"{other} would like to be in a mentorship with you; the card is in your messages."
    said = mentorship.mentor_says if me == mentorship.mentor else mentorship.mentee_says
    if mentorship.state is MentorshipState.MEETING and said is None:
        return f"After your first meeting with {other}: would you like to go on? See your messages."
    if signs == me:
        return f"Your agreement with {other} waits for your signature; it is in your messages."
    if mentorship.state is MentorshipState.AGREEING and signs is None and me == mentorship.mentee:
        return f"Your agreement with {other} waits for you to write it; see your messages."
    return ""


def _coming(standing: Standing) -> list[Block]:
    lines = []
    for checkin, mentorship in standing.checkins[:SHOWN]:
        other = user(mentorship.other(standing.user))
        lines.append(
            section(
                f"*Check-in* with {other}: {date(checkin.starts_at)}, {checkin.minutes} minutes."
            )
        )
    lines += _to_plan(standing)[: SHOWN - len(lines)]
    for circle, ahead in standing.circles[:SHOWN]:
        where = f" in {channel(circle.channel)}" if circle.channel else ""
        words = f"*{safe(circle.name)}*{where}: {_when(circle, ahead, standing)}"
        lines.append(section(words))
    return lines or [
        section("Nothing is planned. A circle is a small group of peers that meets regularly.")
    ]


def _to_plan(standing: Standing) -> list[Block]:
    """The pairs that have no date, each with the form for one."""
    dated = {mentorship.id for _, mentorship in standing.checkins}
    blocks = []
    for each in standing.mentorships:
        if each.state is MentorshipState.ACTIVE and each.id not in dated:
            line = section(f"*Check-in* with {user(each.other(standing.user))}: none planned.")
            line["accessory"] = button("Plan a check-in", PLAN_CHECKIN, str(each.id))
            blocks.append(line)
    return blocks


def _commitments(standing: Standing) -> list[Block]:
    blocks: list[Block] = []
    for commitment in standing.commitments[:SHOWN]:
        value = str(commitment.id)
        moved = " (moved)" if commitment.state is CommitmentState.MOVED else ""
        blocks += [
            context(f"You said you would{moved}"),
            typed(cut(commitment.words, 300)),
            actions(
                button("Done", DONE, value, style="primary"), button("Dropped", DROPPED, value)
            ),
        ]
    return blocks


def _promised(standing: Standing) -> list[Block]:
    """What they said to a mentor or mentee; the next check-in's form asks how it went."""
    blocks: list[Block] = []
    for said, mentorship in standing.promised[:SHOWN]:
        by = f" by {said.by_on:%d %B %Y}" if said.by_on else ""
        other = user(mentorship.other(standing.user))
        blocks += [context(f"You told {other} you would{by}"), typed(cut(said.words, 300))]
    return blocks


def _when(circle: Circle, ahead: Session | None, standing: Standing) -> str:
    if circle.state is CircleState.PAUSED:
        return "it rests at the moment."
    if ahead is None:
        return "no session planned."
    leads = " You lead it." if ahead.facilitator == standing.user else ""
    return f"next {date(ahead.starts_at)}.{leads}"


def _to_lead(standing: Standing) -> list[Block]:
    """The sessions they are asked to lead and have not said that they do."""
    return [
        section(
            f"It is your turn to lead {safe(circle.name)} on {date(ahead.starts_at)}. The run sheet"
            " in your messages is where you say so, or hand over."
        )
        for circle, ahead in standing.circles[:SHOWN]
        if circle.state is CircleState.ACTIVE
        and ahead
        and ahead.state is SessionState.PREPARED
        and ahead.facilitator == standing.user
        and not ahead.confirmed
    ]


def _goals(standing: Standing) -> list[Block]:
    blocks: list[Block] = []
    for goal in standing.goals[:SHOWN]:
        blocks += [
            context(f"A goal of yours, {PROGRESS[goal.progress]}"),
            typed(cut(goal.words, 300)),
        ]
    mine = any(each.mentee == standing.user for each in standing.mentorships)
    return [*blocks, actions(button("My goals", EDIT_GOALS, "mine"))] if blocks or mine else []


def _kinds(standing: Standing) -> str:
    """A line for each of the four kinds: what they have of it, or how to begin."""
    under_way = [each for each in standing.mentorships if each.under_way]

    def with_(*kinds: MentorshipKind) -> str:
        people = [user(each.other(standing.user)) for each in under_way if each.kind in kinds]
        return f"with {joined(people)}" if people else ""

    formal = with_(MentorshipKind.FORMAL)
    informal = with_(MentorshipKind.INFORMAL, MentorshipKind.OBSERVE, MentorshipKind.SWAP)
    circles = joined([safe(circle.name) for circle, _ in standing.circles])
    questions = len(standing.asked) + len(standing.taken)
    spot = f"{counted(questions, 'question')} open" if questions else ""
    return "\n".join(
        (
            f"*Formal*: {formal or 'none yet; `/mentor find` finds a mentor'}",
            f"*Informal*: {informal or 'none yet; `/mentor with @colleague` asks for it'}",
            f"*Spot*: {spot or 'no question open; `/mentor` and your question is all it takes'}",
            f"*Peer*: {circles or 'none yet; `/mentor circles` shows them'}",
        )
    )


def _profile(standing: Standing) -> str:
    profile, expert = standing.profile, standing.expert
    stage = STAGES[profile.stage].capitalize() if profile.stage else "Career stage not said yet"
    about = ", ".join(safe(each) for each in (profile.discipline, profile.site) if each)
    lines = [f"{stage}{f'; {about}' if about else ''}."]
    if profile.seeks:
        lines.append(f"You would like to learn: {_names(profile.seeks)}.")
    if profile.offers:
        lines.append(f"You could pass on: {_names(profile.offers)}.")
    if profile.mentees:
        most = counted(profile.mentees, "mentee")
        lines.append(f"You take up to {most} at a time.")
    if expert is None and (rest := pause_of(profile, standing.now)):
        lines.append(f"You are {rest}; `/mentor resume` ends it.")
    hours = expert.hours if expert else profile.hours
    when = f"{days_text(hours.days)}, {hours_text(hours.starts)}–{hours_text(hours.ends)}"
    lines.append(f"The bot writes to you {when}.")
    return "\n".join(lines)


def _running(running: Running | None) -> list[Block]:
    """For those who run the programme: whether all is well, and what to do where it is not."""
    if running is None:
        return []
    lines = []
    if running.pending:
        since = f", the oldest since {date(running.since)}" if running.since else ""
        lines.append(f"{counted(running.pending, 'message')} on the way{since}.")
    if running.unsure:
        lines.append(
            f"{counted(running.unsure, 'message')} may have been sent: the bot is looking."
        )
    if running.dead:
        lines.append(
            f"{counted(running.dead, 'message')} could not be delivered. `/mentor admin` shows why,"
            " and tries again."
        )
    if running.round_at is not None:
        lines.append(f"The clock last went round {date(running.round_at)}.")
    well = not (running.pending or running.unsure or running.dead)
    words = ["All that was to be shown has been delivered."] if well else []
    return [header("How the bot is doing"), section("\n".join([*words, *lines]))]


def _names(topics: Sequence[Topic]) -> str:
    return ", ".join(safe(topic.name) for topic in topics)


def _offer(expert: Expert | None, standing: Standing) -> str:
    if expert is None:
        return "You take no questions yet. What do colleagues come to you for?"
    rest = pause_of(expert, standing.now)
    lines = [
        f"You take questions on {_names(expert.topics)}; up to"
        f" {counted(expert.capacity, 'question')} a week,"
        f" {days_text(expert.hours.days)}, {hours_text(expert.hours.starts)}–"
        f"{hours_text(expert.hours.ends)}.",
        f"Of these, {standing.this_week or 'none'} in the last seven days.",
    ]
    if expert.about:
        lines.append(safe(expert.about))
    if rest:
        lines.append(f"You are {rest}.")
    return "\n".join(lines)


def _offer_buttons(standing: Standing) -> list[Block]:
    expert = standing.expert
    edit = button("Topics and hours" if expert else "Take questions", EDIT_EXPERT, "mine")
    if expert is None:
        return [edit]
    if pause_of(expert, standing.now):
        return [edit, button("I am back", RESUME, "now", style="primary")]
    return [edit, button("Rest for a week", REST, "week")]
