"""Who a token is, and the way into Socket Mode."""

from sandbox.people import SINCE
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method


def _echo(call: Call) -> Json:
    if call.get("error"):
        raise SlackError(call.get("error"), args=dict(call.arguments))
    return {"args": dict(call.arguments)} if call.arguments else {}


def _test(call: Call) -> Json:
    sandbox = call.sandbox
    return {
        "url": f"https://{sandbox.workspace.domain}.example/",
        "team": sandbox.workspace.name,
        "user": sandbox.workspace.bot.name,
        "team_id": sandbox.workspace.id,
        "user_id": sandbox.workspace.bot.id,
        "bot_id": sandbox.bot_id,
        "is_enterprise_install": False,
    }


def _open(call: Call) -> Json:
    if not call.sandbox.socket.enabled:
        raise SlackError("socket_mode_disabled")
    return {"url": call.sandbox.socket.new_address()}


def _bot(call: Call) -> Json:
    sandbox, bot = call.sandbox, call.space.bot
    if call.get("bot") not in ("", sandbox.bot_id):
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": sandbox.bot_id,
            "app_id": sandbox.app_id,
            "user_id": bot.id,
            "name": bot.name,
            "deleted": bot.deleted,
            "updated": SINCE,
            "icons": {f"image_{size}": f"https://pictures.example/app-{size}" for size in _ICONS},
        }
    }


_ICONS = (36, 48, 72)
METHODS = {
    "api.test": Method(_echo, tier=0, public=True),
    "auth.test": Method(_test, tier=0),
    "bots.info": Method(_bot, "users:read", 3, takes_json=False),
    "apps.connections.open": Method(_open, "connections:write", 1, app_level=True),
}
