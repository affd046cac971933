"""People: listed, looked up, and whether they are there."""

from sandbox.people import profile_object
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method


def _list(call: Call) -> Json:
    # Strangers are known by their channels only.
    own = [user for user in call.space.users.values() if not user.is_stranger]
    people = [call.sandbox.person(user) for user in own]
    page, metadata = call.page(people)
    return {"members": page, "cache_ts": call.space.clock.now(), "response_metadata": metadata}


def _info(call: Call) -> Json:
    return {"user": call.sandbox.person(call.person("user"))}


def _by_email(call: Call) -> Json:
    email = call.need("email").lower()
    for user in call.space.users.values():
        if user.email.lower() == email and not (user.deleted or user.is_stranger):
            return {"user": call.sandbox.person(user)}
    raise SlackError("users_not_found")


def _presence(call: Call) -> Json:
    user = call.person("user") if call.get("user") else call.space.bot
    resting = user.dnd is not None and user.dnd[0] <= call.space.clock.now() < user.dnd[1]
    active = not (user.away or user.deleted or resting)
    return {"presence": "active" if active else "away"}


def _profile(call: Call) -> Json:
    user = call.person("user") if call.get("user") else call.space.bot
    with_email = "users:read.email" in call.sandbox.scopes
    team = user.home or call.space.id
    profile = profile_object(user, team, with_email=with_email)
    profile.pop("team")
    return {"profile": profile}


METHODS = {
    "users.list": Method(_list, "users:read", 2, takes_json=False),
    "users.info": Method(_info, "users:read", 4, takes_json=False),
    "users.lookupByEmail": Method(_by_email, "users:read.email", 3, takes_json=False),
    "users.getPresence": Method(_presence, "users:read", 3, takes_json=False),
    "users.profile.get": Method(_profile, "users.profile:read", 4, takes_json=False),
}
