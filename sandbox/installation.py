"""The app in one workspace: its token and scopes, and how it is taken out again."""

import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.app import Sandbox


class Token(Enum):
    """What has become of a token; the values are Slack's codes for one that is no good."""

    GOOD = ""
    REVOKED = "token_revoked"
    OF_AN_APP_THAT_IS_GONE = "account_inactive"


@dataclass(slots=True)
class Installation:
    """`tokens`: all there ever were, and what became of each. `scopes`: those granted."""

    scopes: list[str]
    tokens: dict[str, Token] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The one that is good; empty if there is none."""
        good = (token for token, state in self.tokens.items() if state is Token.GOOD)
        return next(good, "")

    @property
    def live(self) -> bool:
        """Whether the app is installed."""
        return bool(self.token)


def install(sandbox: "Sandbox", scopes: list[str]) -> str:
    """Let the app in with these scopes besides those it has; gives its token.

    Who installs again keeps the token, as in Slack without token rotation.
    """
    installed, bot = sandbox.installation, sandbox.workspace.bot
    installed.scopes = list(dict.fromkeys([*(installed.scopes if installed.live else []), *scopes]))
    if not installed.live:
        installed.tokens[f"xoxb-{secrets.token_hex(12)}"] = Token.GOOD
    sandbox.socket.enabled = True
    bot.deleted = False
    sandbox.workspace.add_user(bot)
    sandbox.workspace.changed()
    return installed.token


def uninstall(sandbox: "Sandbox", *, left: Token = Token.OF_AN_APP_THAT_IS_GONE) -> None:
    """Take the app out; `left` is what its token becomes. The app is told of both."""
    installed, space = sandbox.installation, sandbox.workspace
    if not installed.live:
        return
    installed.tokens[installed.token] = left
    bot = space.bot.id
    tokens = {"oauth": [], "bot": [bot]}
    # No scope is left that these could need; Slack promises no order.
    sandbox.events.soon({"type": "tokens_revoked", "tokens": tokens})
    sandbox.events.soon({"type": "app_uninstalled"})
    for channel in space.channels.values():
        if bot in channel.members and not channel.is_direct:
            channel.members.remove(bot)
    space.bot.deleted = True
    space.homes.clear()
    space.modals.clear()
    space.changed()
    sandbox.events.then(lambda: _disable(sandbox))


async def _disable(sandbox: "Sandbox") -> None:
    """An app that is nowhere any more has no use for its links."""
    if not sandbox.registration.is_anywhere():
        await sandbox.socket.disable()
