"""Whose name stands above a message on the page."""

from sandbox.app import Sandbox
from sandbox.page.seat import Seat
from sandbox.page.shown import follows
from sandbox.workspace import Message


def test_what_a_thread_hangs_on_has_its_name_there_though_it_follows_in_the_channel(
    wide: Sandbox,
) -> None:
    space = wide.workspace
    general = space.find_channel("general")
    for words in ("Good morning", "A question"):
        space.post(general, Message(space.next_ts(), "U0EVA", words))
    seat, question = Seat(wide, "U0BEN", general.id, ""), general.messages[-1]
    assert follows(seat, general, question, in_thread=False)
    assert not follows(seat, general, question, in_thread=True)
