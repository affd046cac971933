"""Those who run the programme see on Home how the bot is doing; nobody else does."""

from bot.views.home import Running, Standing, home
from sandbox.faults import Fault
from storage.records import Urgency
from tests.profiles.stories import opens_home, words_on
from tests.support.cards import ADA, NOON
from tests.support.world import World


def words(running: Running | None) -> str:
    return words_on({"blocks": home(Standing(ADA, [], [], [], None, NOON, running=running)).blocks})


def test_an_admin_reads_that_all_is_well() -> None:
    assert "All that was to be shown has been delivered." in words(Running(round_at=NOON))
    assert "The clock last went round" in words(Running(round_at=NOON))


def test_an_admin_reads_what_waits_and_what_failed() -> None:
    said = words(Running(2, 1, 3, NOON, NOON))
    assert "2 messages on the way, the oldest since" in said
    assert "1 message may have been sent" in said
    assert "3 messages could not be delivered. `/mentor admin` shows why" in said
    assert "All that was" not in said


async def test_a_failed_delivery_stands_on_an_admins_home(socket_world: World) -> None:
    world = socket_world
    assert "How the bot is doing" not in await opens_home(world, "U0BEN")
    world.sandbox.faults.add(
        Fault("chat.postMessage", "slack_error", None, error="restricted_action")
    )
    await world.asked(question="canary", urgency=Urgency.TODAY)
    world.sandbox.faults.clear()
    shown = await opens_home(world, "U0ADA")
    assert "could not be delivered" in shown
