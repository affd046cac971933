"""People."""

from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method


def _list(call: Call) -> Json:
    workspace = call.sandbox.workspace
    people = [user.to_api(workspace.id) for user in workspace.users.values()]
    if "users:read.email" not in call.sandbox.scopes:
        for person in people:
            person["profile"].pop("email")
    page, metadata = call.page(people)
    return {"members": page, "cache_ts": workspace.clock.now(), "response_metadata": metadata}


def _info(call: Call) -> Json:
    workspace = call.sandbox.workspace
    user = workspace.users.get(call.need("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user.to_api(workspace.id)}


def _by_email(call: Call) -> Json:
    workspace = call.sandbox.workspace
    email = call.need("email").lower()
    for user in workspace.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"user": user.to_api(workspace.id)}
    raise SlackError("users_not_found")


METHODS = {
    "users.list": Method(_list, "users:read"),
    "users.info": Method(_info, "users:read"),
    "users.lookupByEmail": Method(_by_email, "users:read.email"),
}
