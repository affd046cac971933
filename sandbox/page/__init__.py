"""The page on which one acts as anybody in the workspace."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def show(sandbox: "Sandbox") -> None:
    """Serve the page beside the Web API."""
