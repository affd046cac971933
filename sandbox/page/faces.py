"""Who somebody is at a glance: initials on a colour of their own."""

_COLOURS = 8  # talk.css has as many


def initials(name: str) -> str:
    """The first letters of a name, two at most."""
    words = [each for each in name.split() if each[0].isalnum()]
    letters = [each[0] for each in (words[:1] + words[1:][-1:])]
    return "".join(letters).upper() or "?"


def colour(user: str) -> int:
    """Which of the colours is theirs."""
    return sum(user.encode()) % _COLOURS
