"""What Slack would not let somebody do, told in words and with Slack's own code."""

from nicegui import ui

# In the words of Slack's list of errors, for who reads them in a hurry.
_WHY = {
    "account_inactive": "this person has left the workspace",
    "already_in_channel": "they are in this channel already",
    "already_archived": "it is archived already",
    "cant_archive_general": "the channel that holds everybody can't be archived",
    "cant_invite": "this person can't be invited",
    "cant_kick_from_general": "nobody can be taken out of the channel that holds everybody",
    "cant_kick_self": "nobody takes themselves out; leave instead",
    "cant_leave_general": "nobody leaves the channel that holds everybody",
    "invalid_name_maxlength": "a channel's name has at most 80 characters",
    "invalid_name_punctuation": "a channel's name needs a letter or a digit",
    "invalid_name_required": "a channel needs a name",
    "invalid_name_specials": (
        "a channel's name has lower-case letters, digits, hyphens and underscores only"
    ),
    "is_archived": "this channel is archived",
    "last_member": "the last one in a private channel can't leave it",
    "method_not_supported_for_channel_type": "conversations of this kind don't allow that",
    "msg_too_long": "the message is too long",
    "name_taken": "there is a channel of this name already, perhaps an archived one",
    "no_external_invite_permission": "people from outside come by a channel shared with them",
    "no_text": "there is nothing in it",
    "not_in_channel": "one has to be in the channel for that",
    "restricted_action": "a setting of the workspace forbids it",
    "thread_not_found": "the message of this thread is gone",
    "too_many_users": "a group message has nine people at most",
    "ura_max_channels": "this guest has the one channel they may be in",
    "user_is_restricted": "guests may not do that",
    "user_not_visible": "guests can write to people of their channels only",
    "users_not_found": "choose somebody first",
}


def refused(code: str) -> None:
    """Tell why not."""
    why = _WHY.get(code, code.replace("_", " "))
    say(f"Slack would not let you: {why} ({code})")


def say(words: str) -> None:
    """Tell something in passing; it is read out too."""
    ui.notify(words, position="top", close_button="Dismiss", timeout=8000, classes="toast")
