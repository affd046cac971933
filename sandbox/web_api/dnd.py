"""When people want no disturbance."""

from sandbox.people import dnd_object
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method

_MOST = 50  # people in one call


def _info(call: Call) -> Json:
    user = call.person("user") if call.get("user") else call.space.bot
    return dnd_object(user, call.space.clock.now())


def _of_several(call: Call) -> Json:
    wanted = call.names("users")
    if len(wanted) > _MOST:
        raise SlackError("too_many_users")
    now = call.space.clock.now()
    known = [call.space.users[each] for each in wanted if each in call.space.users]
    return {"users": {user.id: dnd_object(user, now) for user in known}}


def _of_people_only(_call: Call) -> Json:
    """Done for a person, with that person's token; the app's is refused before."""
    return {}


METHODS = {
    "dnd.info": Method(_info, "dnd:read", 3, takes_json=False),
    "dnd.teamInfo": Method(_of_several, "dnd:read", 2, takes_json=False),
    "dnd.setSnooze": Method(_of_people_only, "dnd:write", 2, for_people=True),
    "dnd.endSnooze": Method(_of_people_only, "dnd:write", 2, for_people=True),
    "dnd.endDnd": Method(_of_people_only, "dnd:write", 2, for_people=True),
}
