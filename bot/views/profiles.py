"""What a member sees of their profile: the first visit's three steps, the form, the map."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.rules.needs import By, Place
from bot.rules.working_hours import DAYS, days_text, hours_text, zone_of
from bot.views.blocks import (
    Block,
    Modal,
    actions,
    button,
    choice_of,
    context,
    counted,
    date,
    field_of,
    option,
    plain,
    safe,
    section,
    text_input,
    user,
    users_select,
)
from bot.views.circles import STAGES
from bot.views.members import CAPACITY_MAX, time_picker
from storage.records import Expert, Topic
from storage.records.profiles import Need, Profile

EDIT = "profile.edit"
INTRODUCE = "profile.introduce"
COVER = "profile.cover"
BASICS_FORM = "profile.basics_form"
TOPICS_FORM = "profile.topics_form"
TIME_FORM = "profile.time_form"
FORM = "profile.form"
COVER_FORM = "profile.cover_form"

STEPS = 3
MENTEES_MAX = 20
ABOUT_MAX = 200
SHOWN = 15  # needs on the map: Home has a hundred blocks
PLACE_MAX = 60  # characters of a discipline or a site


def basics_form(profile: Profile) -> Modal:
    """The first step of the first visit."""
    blocks = [
        section(
            "Three short steps, under a minute. Everything can be changed later with"
            " `/mentor profile`."
        ),
        *_basics(profile),
    ]
    return Modal("You: step 1 of 3", blocks, BASICS_FORM, "Next")


def topics_form(topics: Sequence[Topic], profile: Profile) -> Modal:
    """The second step: what they would like to learn, and what they could pass on."""
    blocks = _topics(topics, profile) or [
        section("There are no topics yet. Those who run the programme add them.")
    ]
    return Modal("You: step 2 of 3", blocks, TOPICS_FORM, "Next")


def time_form(profile: Profile) -> Modal:
    """The third step: their time."""
    return Modal("You: step 3 of 3", [_mentees(profile), *_hours(profile)], TIME_FORM, "Done")


def introduced(profile: Profile) -> Modal:
    """Says what to try next."""
    need = (
        "Your Home shows the needs of your stage, and finds somebody for each."
        if profile.stage
        else "Say your career stage in `/mentor profile`, and your Home shows a map of your needs."
    )
    words = (
        f"Thank you, that is all. {need} To ask a question now, type `/mentor` and write it;"
        " `/mentor find` finds a mentor, `/mentor circles` a group of peers."
    )
    return Modal("Welcome", [section(words)])


def profile_form(
    topics: Sequence[Topic], profile: Profile, expert: Expert | None, left_out: Sequence[str]
) -> Modal:
    """The whole profile."""
    blocks = [*_basics(profile), _about(profile, expert), *_topics(topics, profile)]
    blocks.append(_mentees(profile))
    if expert:
        blocks.append(
            field_of("capacity", "Questions a week at most", _number(expert.capacity, CAPACITY_MAX))
        )
    blocks += [*_hours(profile), _days(profile), _pause(profile), _left_out(left_out)]
    return Modal("Your profile", blocks, FORM, "Save")


def saved(profile: Profile) -> Modal:
    """Says what is stored now."""
    hours = f"{hours_text(profile.hours.starts)}–{hours_text(profile.hours.ends)}"
    mentees = (
        f"You would mentor {counted(profile.mentees, 'person')} at a time."
        if profile.mentees == 1
        else f"You would mentor {profile.mentees} people at a time."
        if profile.mentees
        else "You take no mentees at the moment."
    )
    pause = f" You are paused until {date(profile.paused_until)}." if profile.paused_until else ""
    words = (
        f"Saved. The bot writes to you {days_text(profile.hours.days)}, {hours}. {mentees}{pause}"
    )
    return Modal("Your profile", [section(words)])


def _basics(profile: Profile) -> list[Block]:
    stages = [option(words.capitalize(), stage.value) for stage, words in STAGES.items()]
    return [
        field_of(
            "stage",
            "Where are you in your career?",
            choice_of("radio_buttons", stages, [profile.stage or ""]),
        ),
        field_of(
            "discipline",
            "What do you do?",
            text_input(profile.discipline, longest=PLACE_MAX, example="Nursing, pharmacy, …"),
            optional=True,
        ),
        field_of(
            "site",
            "Where do you work?",
            text_input(profile.site, longest=PLACE_MAX, example="A site, a clinic, a department"),
            optional=True,
        ),
    ]


def _about(profile: Profile, expert: Expert | None) -> Block:
    words = profile.about or (expert.about if expert else "")
    return field_of(
        "about", "One line about you", text_input(words, longest=ABOUT_MAX), optional=True
    )


def _topics(topics: Sequence[Topic], profile: Profile) -> list[Block]:
    if not topics:
        return []
    options = [option(topic.name, str(topic.id)) for topic in topics]

    def select(name: str, label: str, held: Sequence[Topic], hint: str) -> Block:
        chosen = [str(topic.id) for topic in held]
        element = choice_of("multi_static_select", options, chosen)
        return field_of(name, label, element, optional=True, hint=hint)

    return [
        select("seeks", "What would you like to learn?", profile.seeks, ""),
        select(
            "offers",
            "What could you pass on?",
            profile.offers,
            "For mentorships. Quick questions are another thing: /mentor expert.",
        ),
    ]


def _mentees(profile: Profile) -> Block:
    return field_of(
        "mentees",
        "How many people would you mentor at a time?",
        _number(profile.mentees, MENTEES_MAX, least=0),
        hint="0 if you would rather not just now.",
    )


def _number(initial: int, most: int, *, least: int = 1) -> Block:
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
        "initial_value": str(initial),
    }


def _hours(profile: Profile) -> list[Block]:
    return [
        field_of(
            "starts",
            "The bot may write to you from",
            time_picker(profile.hours.starts),
            hint="In your own time zone.",
        ),
        field_of("ends", "… and until", time_picker(profile.hours.ends)),
    ]


def _days(profile: Profile) -> Block:
    options = [option(name.capitalize(), str(day)) for day, name in enumerate(DAYS, 1)]
    chosen = [str(day) for day in profile.hours.days]
    return field_of("days", "… on these days", choice_of("checkboxes", options, chosen))


def _pause(profile: Profile) -> Block:
    picker: Block = {"type": "datepicker"}
    if profile.paused_until:
        zone = zone_of(profile.hours.zone)
        picker["initial_date"] = (
            datetime.fromtimestamp(profile.paused_until, UTC).astimezone(zone).date().isoformat()
        )
    return field_of(
        "paused_until",
        "Pause until",
        picker,
        optional=True,
        hint="No reminders and no questions before that day.",
    )


def _left_out(left_out: Sequence[str]) -> Block:
    element: Block = {"type": "multi_users_select", "placeholder": plain("Nobody")}
    if left_out:
        element["initial_users"] = list(left_out)
    return field_of(
        "left_out",
        "People never to match me with",
        element,
        optional=True,
        hint="A supervisor, a conflict of interest. Nobody is told.",
    )


def chart(places: Sequence[Place], find: str) -> list[Block]:
    """The map: a line for each need, with a button (`find`) where nobody covers it."""
    if not places:
        return [
            section("Say your career stage in your profile, and your needs are shown here."),
            actions(button("My profile", EDIT, "mine")),
        ]
    blocks = [_line(place, find) for place in places[:SHOWN]]
    more = len(places) - SHOWN
    if more > 0:
        blocks.append(context(f"And {counted(more, 'need')} more: `/mentor find` lists them all."))
    return [*blocks, actions(button("I have somebody for one of these", COVER, "mine"))]


def _line(place: Place, find: str) -> Block:
    line = section(f"*{safe(place.need.name)}*: {covered(place)}")
    if place.by in (By.GAP, By.CIRCLE):
        line["accessory"] = button("Find a mentor", find, place.need.id)
    return line


def covered(place: Place) -> str:
    """Who covers a need, in words."""
    who = user(place.who)
    return {
        By.MENTORSHIP: f"with {who}",
        By.ASKED: f"{who} is asked",
        By.BEGINNING: f"you and {who} are about to begin",
        By.COLLEAGUE: f"{who}, as you said",
        By.ELSEWHERE: "somebody outside, as you said",
        By.CIRCLE: f"your circle {safe(place.who or '')}",
        By.GAP: "nobody yet",
    }[place.by]


def cover_form(needs: Sequence[Need]) -> Modal:
    """Where a member says that somebody covers a need, or that nobody does any more."""
    if not needs:
        return Modal("My map", [section("Say your career stage in `/mentor profile` first.")])
    options = [option(need.name, need.id) for need in needs]
    covered_by = [
        option("A colleague, chosen below", "colleague"),
        option("Somebody outside this workspace", "elsewhere"),
        option("Nobody any more", "nobody"),
    ]
    return Modal(
        "My map",
        [
            field_of("need", "Which need?", choice_of("static_select", options)),
            field_of(
                "covered",
                "Who is there for it?",
                choice_of("radio_buttons", covered_by, ["colleague"]),
            ),
            field_of("by", "The colleague", users_select("by", "Choose"), optional=True),
            context("Only you see this."),
        ],
        COVER_FORM,
        "Save",
    )
