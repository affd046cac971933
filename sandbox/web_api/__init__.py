"""Slack's Web API: a file a family of methods, each with the scope it needs."""

from sandbox.web_api import auth, chat, conversations, users, views
from sandbox.web_api.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **views.METHODS,
}
