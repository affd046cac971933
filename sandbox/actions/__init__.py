"""What a person does in the workspace, delivered to the app in Slack's shapes."""

from typing import Any

from sandbox.actions.interactions import Interactions
from sandbox.actions.rooms import Rooms
from sandbox.actions.talking import Talking
from sandbox.outcome import Outcome


class Actions(Interactions, Rooms, Talking):
    """Each does one thing as one person and gives what came of it.

    What Slack would not let them do raises a SlackError.
    """

    async def event(self, event: dict[str, Any], *, event_id: str = "") -> Outcome | None:
        """Deliver an event of one's own making."""
        return await self._sandbox.events.send(event, event_id=event_id)
