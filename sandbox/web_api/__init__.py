"""Slack's Web API: a file a family of methods, each with the scope it needs."""

from sandbox.web_api import (
    asides,
    auth,
    bookmarks,
    channels,
    chat,
    conversations,
    dnd,
    files,
    history,
    oauth,
    pins,
    reactions,
    scheduling,
    team,
    usergroups,
    users,
    views,
)
from sandbox.web_api.call import Method

METHODS: dict[str, Method] = {
    **asides.METHODS,
    **auth.METHODS,
    **bookmarks.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **dnd.METHODS,
    **files.METHODS,
    **history.METHODS,
    **oauth.METHODS,
    **pins.METHODS,
    **reactions.METHODS,
    **scheduling.METHODS,
    **team.METHODS,
    **usergroups.METHODS,
    **users.METHODS,
    **views.METHODS,
}
