"""What each answer of Slack means for a row of the outbox."""

import asyncio
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

RETRY_AFTER = 30.0  # seconds, where Slack asks to wait and does not say how long
RETRY_AFTER_MOST = 900.0
TOO_MANY = 429
SERVER_FAULT = 500


class Meaning(Enum):
    """What to do about a failed call."""

    NOT_SENT = auto()  # it had no effect: try again later
    UNSURE = auto()  # it may have had an effect: look before sending again
    WAIT = auto()  # rate limited: not before `retry_after`
    NO_TOKEN = auto()  # nothing can be sent at all until somebody mends the token
    NOT_THERE = auto()  # the bot is not in this conversation, or it is another one now
    SETTLED = auto()  # the message is no longer there to be changed: leave it at that
    NEVER = auto()  # it can't be sent to this place: give it up, with the reason


# Slack's own words for each are in its method reference; "may have succeeded in part" are UNSURE.
_MEANINGS = {
    Meaning.UNSURE: "fatal_error internal_error request_timeout service_unavailable",
    Meaning.WAIT: "ratelimited rate_limited message_limit_exceeded",
    Meaning.NO_TOKEN: (
        "invalid_auth not_authed account_inactive token_revoked token_expired"
        " team_access_not_granted org_login_required ekm_access_denied"
    ),
    Meaning.NOT_THERE: "not_in_channel channel_not_found",
    Meaning.SETTLED: "message_not_found hash_conflict",
    Meaning.NEVER: (
        "user_not_found users_not_found user_disabled users_disabled too_many_users is_archived"
        " restricted_action restricted_action_read_only_channel missing_scope msg_too_long"
        " invalid_blocks invalid_blocks_format no_text cannot_dm_bot cant_update_message"
        " edit_window_closed messages_tab_disabled user_not_visible invalid_user_combination"
        " not_allowed_token_type no_permission access_denied invalid_arguments invalid_users"
        " method_not_supported_for_channel_type not_enabled view_too_large as_user_not_supported"
        " msg_blocks_too_long restricted_action_non_threadable_channel unknown_method"
        " restricted_action_thread_only_channel posting_to_general_channel_denied"
        " invalid_metadata_format metadata_too_large missing_argument invalid_json"
    ),
}
_BY_CODE = {code: meaning for meaning, codes in _MEANINGS.items() for code in codes.split()}


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that brought no `ok`. `code` is Slack's, or a word of ours; never anybody's words."""

    meaning: Meaning
    code: str
    retry_after: float = 0.0


def failure_of(error: BaseException) -> Failure:
    """What a failed call means."""
    if isinstance(error, SlackApiError):
        return _answered(error.response)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Failure(Meaning.NOT_SENT, "no_connection")
    if isinstance(error, (asyncio.TimeoutError, TimeoutError)):
        return Failure(Meaning.UNSURE, "no_answer")
    return Failure(Meaning.UNSURE, "answer_lost")


def _answered(response: Any) -> Failure:
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    answer = getattr(response, "data", None)
    code = answer.get("error") if isinstance(answer, dict) else None
    if status == TOO_MANY or _BY_CODE.get(str(code)) is Meaning.WAIT:
        return Failure(Meaning.WAIT, "ratelimited", _retry_after(response))
    if not isinstance(code, str) or status >= SERVER_FAULT:
        return Failure(Meaning.UNSURE, f"http_{status}" if status else "strange_answer")
    return Failure(_BY_CODE.get(code, Meaning.NOT_SENT), _with_scope(code, answer))


def _with_scope(code: str, answer: Any) -> str:
    """Slack's word; with the scope that the app was not given, where it names one."""
    needed = str(answer.get("needed") or "")
    known = code == "missing_scope" and re.fullmatch(r"[a-z:._,]{1,80}", needed)
    return f"{code} {needed}" if known else code


def _retry_after(response: Any) -> float:
    headers = getattr(response, "headers", None) or {}
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        seconds = float(said[0] if isinstance(said, list) else said)
    except (ValueError, IndexError, TypeError):
        return RETRY_AFTER
    if not 0 < seconds < float("inf"):
        return RETRY_AFTER
    return min(seconds, RETRY_AFTER_MOST)
