"""A second workspace, for tests: other people under ids that the first one has too."""

from sandbox.clock import SandboxClock
from sandbox.workspace import User, Workspace

OTHER = "T0OTHER"


def hospital(clock: SandboxClock) -> Workspace:
    """Two people, two channels and the app; each id and name is one of the first workspace's."""
    bot = User("U0MENTOR", "mentor", "Mentor", is_bot=True)
    space = Workspace(OTHER, "Lakeside Hospital", clock, bot)
    ada = space.add_user(User("U0ADA", "ada", "Ada Brandt", email="ada@lakeside.example"))
    ben = space.add_user(User("U0BEN", "ben", "Benno Kraft", email="ben@lakeside.example"))
    space.add_user(bot)
    space.add_channel("general", [ada.id, ben.id]).general = True
    space.add_channel("oncology-questions", [ada.id, ben.id, bot.id])
    return space
