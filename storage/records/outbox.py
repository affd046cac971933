"""Rows of the outbox.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from dataclasses import dataclass
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where an outbox row stands. UNSURE: it may have been sent, nobody knows yet."""

    PENDING = "pending"
    SENT = "sent"
    UNSURE = "unsure"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An outbox row: a thing Slack should show. `mark` is the opaque id put into the metadata.

    `wanted` counts how often the thing changed, `sent` which of them Slack shows; `channel` and
    `ts` say where it stands once posted (`channel` alone: where it may stand). `claimed_by` names
    the claim that holds or last held it.
    """

    id: int
    workspace: str
    key: str
    mark: str
    state: DeliveryState
    wanted: int
    attempts: int
    created_at: int
    channel: str | None = None
    ts: str | None = None
    reason: str | None = None
    claimed_by: str | None = None
