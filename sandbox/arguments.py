"""The arguments of a Web API call, whichever way they come."""

import json
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request

from sandbox.refusal import SlackError

Json = dict[str, Any]


async def arguments_of(request: Request) -> Json:
    """The arguments, whether they came as JSON, as a form or in the address."""
    arguments: Json = dict(request.query_params)
    body = await request.body()
    if "json" in request.headers.get("content-type", ""):
        arguments |= _object(body)
    elif body:
        form = parse_qs(body.decode(), keep_blank_values=True)
        arguments |= {name: values[0] for name, values in form.items()}
    return arguments


def _object(body: bytes) -> Json:
    """A JSON object; refused as Slack refuses what is none."""
    try:
        sent = json.loads(body or b"{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(sent, dict):
        raise SlackError("json_not_object")
    return sent
