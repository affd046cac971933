"""Slack's Web API: a file a family of methods, each with the scope it needs."""

from sandbox.web_api import (
    auth,
    channels,
    chat,
    conversations,
    files,
    history,
    reactions,
    team,
    users,
    views,
)
from sandbox.web_api.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **reactions.METHODS,
    **team.METHODS,
    **users.METHODS,
    **views.METHODS,
}
