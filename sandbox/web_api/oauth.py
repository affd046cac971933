"""The app let in and taken out: codes exchanged, tokens revoked, uninstalled."""

from sandbox.installation import Token, install, uninstall
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method


def _check_app(call: Call) -> None:
    registration = call.sandbox.registration
    if call.get("client_id") != registration.client_id:
        raise SlackError("invalid_client_id")
    if call.get("client_secret") != registration.client_secret:
        raise SlackError("bad_client_secret")


def _access(call: Call) -> Json:
    registration = call.sandbox.registration
    _check_app(call)
    if call.get("grant_type") == "refresh_token":
        raise SlackError("invalid_refresh_token")  # tokens here live until they are revoked
    grant = registration.grants.use(call.get("code"), call.get("redirect_uri"))
    place = registration.places[grant.team]
    token = install(place, grant.scopes)
    return {
        "app_id": registration.app_id,
        "authed_user": {"id": grant.user},
        "scope": ",".join(place.scopes),
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": place.workspace.bot.id,
        "team": {"id": place.workspace.id, "name": place.workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _revoke(call: Call) -> Json:
    """The only token there is here: with it the app is uninstalled, as in Slack."""
    if call.flag("test"):
        return {"revoked": False}
    uninstall(call.sandbox, left=Token.REVOKED)
    return {"revoked": True}


def _uninstall(call: Call) -> Json:
    _check_app(call)
    uninstall(call.sandbox)
    return {}


METHODS = {
    "oauth.v2.access": Method(_access, tier=4, public=True),
    "auth.revoke": Method(_revoke, tier=3),
    "apps.uninstall": Method(_uninstall, tier=1),
}
