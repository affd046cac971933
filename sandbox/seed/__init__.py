"""A small cancer centre: twelve people over three time zones, and what they know."""

from pathlib import Path

from sandbox.clock import SandboxClock
from sandbox.workspace import User, Workspace

EAST, WEST, BERLIN = "America/New_York", "America/Los_Angeles", "Europe/Berlin"
TOPICS = Path(__file__).parent / "topics.csv"
EXPERTS = Path(__file__).parent / "experts.csv"
PROFILES = Path(__file__).parent / "profiles.csv"

_PEOPLE = (
    User("U0ADA", "ada", "Ada Okafor", EAST, "Medical oncologist, chief of staff", is_owner=True),
    User("U0BEN", "ben", "Ben Castillo", EAST, "First-year fellow"),
    User("U0CHI", "chi", "Chi Nguyen", EAST, "Oncology pharmacist"),
    User("U0DOT", "dot", "Dorothy Weiss", EAST, "Palliative care nurse practitioner"),
    User("U0EVA", "eva", "Eva Lindqvist", BERLIN, "Haematologist, early career"),
    User("U0FAY", "fay", "Fay Abadi", BERLIN, "Radiation oncologist"),
    User("U0GUS", "gus", "Gus Moreau", BERLIN, "Research nurse"),
    User("U0HAL", "hal", "Hal Tanaka", WEST, "Immunotherapy programme lead"),
    User("U0IVY", "ivy", "Ivy Robinson", WEST, "Nurse navigator", is_admin=True),
    User("U0JON", "jon", "Jon Petrov", WEST, "Medical oncologist, mid career"),
    User("U0KIM", "kim", "Kim Alvarez", EAST, "Surgical oncologist, near retirement"),
    User("U0LEO", "leo", "Leo Haddad", WEST, "Second-year fellow"),
)


def cancer_centre(clock: SandboxClock) -> Workspace:
    """The workspace, its clock being `clock`."""
    bot = User("U0MENTOR", "mentor", "Mentor", EAST, is_bot=True)
    space = Workspace("T0SANDBOX", "Riverside Cancer Centre", clock, bot)
    for person in _PEOPLE:
        space.add_user(_copy(person))
    space.add_user(bot)
    space.add_user(User("U0MIA", "mia", "Mia Visitor", EAST, "Guest", is_restricted=True))
    space.add_user(User("U0NED", "ned", "Ned Former", EAST, "Left last year", deleted=True))
    everybody = [person.id for person in _PEOPLE]
    space.add_channel("general", [*everybody, "U0MIA"]).general = True
    space.add_channel("oncology-questions", [*everybody, bot.id])
    space.add_channel("tumor-board", everybody[:6], kind="group")
    for person in _PEOPLE:
        space.direct([person.id, bot.id])
    return space


def _copy(person: User) -> User:
    return User(
        person.id,
        person.name,
        person.real_name,
        person.tz,
        person.title,
        f"{person.name}@riverside.example",
        is_admin=person.is_admin,
        is_owner=person.is_owner,
    )
