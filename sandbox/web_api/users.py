"""People, and when they want no disturbance."""

from sandbox.people import dnd_object
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method

_DND_MOST = 50  # people in one call


def _list(call: Call) -> Json:
    people = [call.sandbox.person(user) for user in call.space.users.values()]
    page, metadata = call.page(people)
    return {"members": page, "cache_ts": call.space.clock.now(), "response_metadata": metadata}


def _info(call: Call) -> Json:
    return {"user": call.sandbox.person(call.person("user"))}


def _by_email(call: Call) -> Json:
    email = call.need("email").lower()
    for user in call.space.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"user": call.sandbox.person(user)}
    raise SlackError("users_not_found")


def _dnd(call: Call) -> Json:
    user = call.person("user") if call.get("user") else call.space.bot
    return dnd_object(user, call.space.clock.now())


def _dnd_of_several(call: Call) -> Json:
    wanted = call.names("users")
    if len(wanted) > _DND_MOST:
        raise SlackError("too_many_users")
    now = call.space.clock.now()
    known = [call.space.users[each] for each in wanted if each in call.space.users]
    return {"users": {user.id: dnd_object(user, now) for user in known}}


METHODS = {
    "users.list": Method(_list, "users:read"),
    "users.info": Method(_info, "users:read"),
    "users.lookupByEmail": Method(_by_email, "users:read.email"),
    "dnd.info": Method(_dnd, "dnd:read"),
    "dnd.teamInfo": Method(_dnd_of_several, "dnd:read"),
}
