"""A call of the Web API as it comes in: JSON, a form or an address, with its token."""

import base64
import binascii
import json
from dataclasses import dataclass, field
from email.message import Message as Header
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request

from sandbox.refusal import SlackError

Json = dict[str, Any]

_CHARSETS = ("utf-8", "utf8", "iso-8859-1")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_OTHERS = ("multipart/form-data", "text/plain")


@dataclass(slots=True)
class Asked:
    """The arguments, the token (empty if none came), and what Slack warns of."""

    arguments: Json = field(default_factory=dict)
    token: str = ""
    warnings: list[str] = field(default_factory=list)


async def asked(request: Request, *, takes_json: bool) -> Asked:
    """Read a request; refused where no sense can be made of it.

    `takes_json`: methods that only look something up pass a body of JSON over.
    """
    found = Asked()
    found.arguments = {
        # Slack takes no token from an address, where logs and histories would keep it.
        name: value
        for name, value in request.query_params.items()
        if name != "token"
    }
    body = await request.body()
    if body:
        await _read(request, body, found, takes_json=takes_json)
    _authorise(request.headers.get("authorization", ""), found)
    return found


async def _read(request: Request, body: bytes, found: Asked, *, takes_json: bool) -> None:
    header = Header()
    header["content-type"] = request.headers.get("content-type", "")
    if not header["content-type"]:
        raise SlackError("missing_post_type")
    kind, charset = header.get_content_type(), header.get_content_charset()
    if charset and charset not in _CHARSETS:
        raise SlackError("invalid_charset")
    if kind == _JSON:
        if not charset:
            found.warnings.append("missing_charset")
        sent = _object(body)
        found.arguments |= sent if takes_json else {}
    elif kind == _FORM:
        if charset:
            found.warnings.append("superfluous_charset")
        found.arguments |= _form(body)
    elif kind == "multipart/form-data":
        async with request.form() as form:
            found.arguments |= {name: each for name, each in form.items() if isinstance(each, str)}
    elif kind not in _OTHERS:
        raise SlackError("invalid_post_type")


def _object(body: bytes) -> Json:
    """A JSON object; refused as Slack refuses what is none."""
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(sent, dict):
        raise SlackError("json_not_object")
    return sent


def _form(body: bytes) -> Json:
    try:
        form = parse_qs(body.decode(), keep_blank_values=True)
    except ValueError as error:
        raise SlackError("invalid_form_data") from error
    return {name: values[0] for name, values in form.items()}


def _authorise(header: str, found: Asked) -> None:
    """Take the token from the header or the form; an app's own id and secret from the header."""
    kind, _, rest = header.partition(" ")
    posted = str(found.arguments.pop("token", ""))
    found.token = rest.strip() if kind.lower() == "bearer" else posted
    if kind.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(rest).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise SlackError("invalid_auth") from error
        found.arguments |= {"client_id": name, "client_secret": secret}
