"""Who a token is, and the way into Socket Mode."""

from sandbox.web_api.call import Call, Json, Method


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
    return {"url": call.sandbox.socket.new_address()}


def _bot(call: Call) -> Json:
    sandbox = call.sandbox
    return {
        "bot": {
            "id": sandbox.bot_id,
            "app_id": sandbox.app_id,
            "user_id": sandbox.workspace.bot.id,
            "name": sandbox.workspace.bot.name,
            "deleted": False,
        }
    }


METHODS = {
    "api.test": Method(lambda _call: {}),
    "auth.test": Method(_test),
    "bots.info": Method(_bot, "users:read"),
    "apps.connections.open": Method(_open, "connections:write", app_level=True),
}
