"""Named places where a test can end the process, to show that nothing is lost or doubled there.

`MENTOR_FAILPOINT=after_claim:3` ends the process the third time it comes to `after_claim`. Unset,
as it is outside of tests, a place costs one look at a dictionary.
"""

import os
from collections import Counter

PLACES = (
    "before_commit",
    "after_commit",
    "after_claim",
    "before_call",
    "after_call",
    "before_recorded",
)
_name, _, _nth = os.environ.get("MENTOR_FAILPOINT", "").partition(":")
_armed = {_name: int(_nth or 1)} if _name else {}
_passed: Counter[str] = Counter()


def passing(place: str) -> None:
    """Go on, unless this is the pass at which the environment asks the process to die."""
    if place in _armed:
        _passed[place] += 1
        if _passed[place] == _armed[place]:
            os._exit(137)
