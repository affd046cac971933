"""Where faults strike: the app's calls, what is delivered to it, and its links."""

from sandbox.unreliable.calls import UnreliableCalls
from sandbox.unreliable.deliveries import UnreliableSender
from sandbox.unreliable.links import UnreliableLinks
from sandbox.unreliable.wires import Wires

__all__ = ["UnreliableCalls", "UnreliableLinks", "UnreliableSender", "Wires"]
