"""The app as Slack knows it, whichever workspaces it is in: its ids, secrets and ways to it."""

import secrets
from typing import TYPE_CHECKING, Any

from sandbox.clock import SandboxClock
from sandbox.faults import Faults
from sandbox.ledger import Ledger
from sandbox.limits import Limits
from sandbox.oauth import Grants
from sandbox.timers import Timers
from sandbox.trail import Trail
from sandbox.unreliable import UnreliableLinks, UnreliableSender, Wires

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]


class Registration:
    """One app. `places`: the workspaces of this server by their ids, the first one first.

    `base`: the address of the server, empty while it does not serve.
    """

    def __init__(self, manifest: Json, clock: SandboxClock) -> None:
        self.manifest = manifest
        self.clock = clock
        self.app_id = "A0SANDBOX"
        self.client_id = "1000000000.2000000000"
        self.client_secret = secrets.token_hex(16)
        self.app_token = f"xapp-1-{self.app_id}-{secrets.token_hex(6)}-{secrets.token_hex(16)}"
        self.signing_secret = secrets.token_hex(16)
        self.ledger = Ledger()
        self.faults = Faults()
        self.limits = Limits(clock)
        self.timers = Timers(clock)
        self.grants = Grants(clock)
        self.trail = Trail(clock, self.people_of)
        self.wires = Wires()
        self.socket = UnreliableLinks(self.app_id, faults=self.faults, wires=self.wires)
        self.socket.timers = self.timers
        made_of = (self.socket, self.signing_secret, clock, self.ledger)
        self.sender = UnreliableSender(*made_of, faults=self.faults, trail=self.trail)
        self.places: dict[str, Sandbox] = {}
        self.base = ""

    @property
    def scopes(self) -> list[str]:
        """The scopes that the manifest asks for."""
        return list(self.manifest["oauth_config"]["scopes"]["bot"])

    def holder(self, token: str) -> "Sandbox | None":
        """The workspace in which a token of the app's own is or was good."""
        held = (each for each in self.places.values() if token in each.installation.tokens)
        return next(held, None)

    def is_anywhere(self) -> bool:
        """Whether it is installed in any workspace."""
        return any(each.installation.live for each in self.places.values())

    def people_of(self, wanted: str) -> list[str]:
        """Whom an id stands for in any workspace: somebody, or those in a direct message."""
        for place in self.places.values():
            space = place.workspace
            channel = space.channels.get(wanted)
            if wanted in space.users:
                return [wanted]
            if channel and channel.is_direct:
                return [each for each in channel.members if each != space.bot.id]
        return []
