"""Consults as a test needs them, every message one can be seen in, and Slack's limits of both."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.views.blocks import Message
from bot.views.consults import closing, relay, status, talking, widened
from bot.views.consults import details as detail_views
from bot.views.consults.offers import offer_card, offered_again, reminder
from storage.records import (
    Consult,
    ConsultState,
    Detail,
    DetailState,
    Help,
    HelpCategory,
    HelpKind,
    Offer,
    OfferState,
    Outcome,
    Step,
    Topic,
    Urgency,
)
from storage.records.relay import Notice, Relayed, Side

NOON = 1_795_521_600
ADA, BEN, IVY, CAM = "U0ADA", "U0BEN", "U0IVY", "U0CAM"
IMMUNOTHERAPY = Topic(1, "immunotherapy", fallback_channel="C0ONC")
PEOPLE = (ADA, BEN, IVY, CAM)

Json = dict[str, Any]


def consult(**changes: Any) -> Consult:
    """Ben's open question, with experts."""
    asked = Consult(
        id=17,
        asker=BEN,
        question="How do I taper steroids?",
        tried="Read the guideline",
        urgency=Urgency.TODAY,
        state=ConsultState.OPEN,
        step=Step.EXPERTS,
        asked_at=NOON,
        due_at=NOON + 7200,
        topics=(IMMUNOTHERAPY,),
    )
    return dataclasses.replace(asked, **changes)


def accepted(**changes: Any) -> Consult:
    """The same, with Ada."""
    return consult(**{"state": ConsultState.ACCEPTED, "expert": ADA, **changes})


def closed(outcome: Outcome = Outcome.UNKNOWN, **changes: Any) -> Consult:
    """The same, over."""
    return accepted(**{"state": ConsultState.CLOSED, "outcome": outcome, "due_at": None, **changes})


def offer(state: OfferState = OfferState.OPEN, expert: str = ADA, **changes: Any) -> Offer:
    """The question put to somebody."""
    return Offer(17, expert, state, NOON, **changes)


def detail(state: DetailState = DetailState.OPEN, **changes: Any) -> Detail:
    """One detail that Ada asked about it."""
    asked = Detail(17, 17, ADA, "Which grade?", None, state, NOON, NOON + 57600)
    return dataclasses.replace(asked, **changes)


def helped(**changes: Any) -> Help:
    """Ada helped Ben."""
    told = Help(1, ADA, BEN, HelpKind.SPOT, HelpCategory.TRADITIONAL, None, NOON, consult_id=17)
    return dataclasses.replace(told, **changes)


def relayed(side: Side = Side.ASKER, **changes: Any) -> Relayed:
    """What Ben, or Ada, wrote in the thread of their conversation."""
    said = Relayed(9, 17, ADA, side, "D0BEN", "1795521600.000100", 1, words="Since Monday.")
    return dataclasses.replace(said, **changes)


def every_relayed(seen: Consult, words: str) -> dict[str, Message]:
    """Everything that can stand in the threads of a conversation through the bot."""
    made = {f"{side} hint": relay.hint(side) for side in Side}
    for side in Side:
        said = relayed(side, words=words, kinds=("date", "name"))
        made[f"{side} moved on"] = relay.moved_on(side)
        made[f"{side} says"] = relay.relayed(seen, said)
        made[f"{side} deleted"] = relay.relayed(seen, dataclasses.replace(said, deleted=True))
        for notice in (None, *Notice):
            told = dataclasses.replace(said, notice=notice)
            made[f"{side} {notice}"] = relay.notice(told, revealed=False)
            made[f"{side} {notice} revealed"] = relay.notice(told, revealed=True)
    return made


def every_message(
    seen: Consult, offers: Sequence[Offer], helps: Sequence[Help] = ()
) -> dict[str, Message]:
    """Every message a consult can be seen in, as it would look in this state."""
    made: dict[str, Message | None] = {
        "status": status.status_card(seen, offers),
        "fallback": widened.fallback_card(seen),
        "admin": widened.admin_card(seen, offers),
        "conversation": talking.conversation_opening(seen),
        "answer": talking.answer_message(seen),
        "silence": talking.silence_question(seen),
        "asker's closing": closing.closing_question_to_asker(seen),
        "expert's closing": closing.closing_question_to_expert(seen, helps),
        "asker's relay": relay.opening(seen, Side.ASKER),
        "expert's relay": relay.opening(seen, Side.EXPERT),
        "asker may share": closing.closing_question_to_asker(seen, shareable=True),
        "expert may share": closing.closing_question_to_expert(seen, helps, shareable=True),
        "thank-you": closing.thank_you(seen, (helps[0].thanks if helps else None) or "Thanks"),
        "mine": status.my_consults([(seen, offers)] * 10),
    }
    for number, each in enumerate(offers):
        made[f"offer {number}"] = offer_card(seen, each)
        made[f"reminder {number}"] = reminder(seen, each)
        made[f"again {number}"] = offered_again(seen, each)
    for number, asked in enumerate(seen.details):
        made[f"detail {number}"] = detail_views.detail_question(seen, asked)
        made[f"detail answered {number}"] = detail_views.detail_answered(seen, asked)
    return {name: message for name, message in made.items() if message}


def action_ids(message: Message) -> set[str]:
    """The buttons and selects it offers."""
    return {found["action_id"] for found in objects(message.blocks) if "action_id" in found}


def objects(part: Any) -> Iterator[Json]:
    """Every dictionary in some blocks, at any depth."""
    if isinstance(part, dict):
        yield part
    for each in part.values() if isinstance(part, dict) else part:
        if isinstance(each, (dict, list)):
            yield from objects(each)


def marked_up(message: Message) -> list[str]:
    """What Slack reads markup in: the text, and every mrkdwn object of the blocks."""
    inner = [each["text"] for each in objects(message.blocks) if each.get("type") == "mrkdwn"]
    return [message.text, *inner]


def faults_of_message(message: Message) -> list[str]:
    """Where a message passes Slack's limits."""
    faults = [] if 0 < len(message.text) <= 4000 else [f"text of {len(message.text)}"]
    return faults + faults_of(message.blocks, most=50)


def faults_of(blocks: Sequence[Json], *, most: int) -> list[str]:
    """Where blocks pass Slack's limits (slack's own reference; a form takes a hundred blocks)."""
    faults = [f"{len(blocks)} blocks"] if not 0 < len(blocks) <= most else []
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        faults.append("a block id twice")
    for part in objects(blocks):
        faults += [f"{key} of {size}" for key, size in _sizes(part)]
    return faults


CONFIRMING = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


def _sizes(part: Json) -> Iterator[tuple[str, int]]:
    """The sizes in one object that no limit allows."""
    kind = part.get("type", "")
    longest = CONFIRMING if "deny" in part else _longest(kind)
    for key, most in longest.items():
        value = part.get(key)
        told = value.get("text") if isinstance(value, dict) else value
        if told is not None and not 0 < len(told) <= most:
            yield f"{kind} {key}", len(told)
    if kind == "plain_text_input" and len(part.get("initial_value", "")) > part["max_length"]:
        yield "initial value", len(part["initial_value"])


def _longest(kind: str) -> dict[str, int]:
    if kind in ("section", "header", "button"):
        button = {"value": 2000} if kind == "button" else {}
        return {"text": {"section": 3000, "header": 150, "button": 75}[kind], "action_id": 255} | (
            button
        )
    if kind in ("mrkdwn", "plain_text", "text"):
        return {"text": 3000}
    if kind == "":  # an option, or a group of them
        return {"text": 75, "value": 150, "label": 75, "options": 100}
    few = kind in ("radio_buttons", "checkboxes")
    elements = {"actions": 25, "context": 10}.get(kind, 3000)
    return {
        "elements": elements,
        "options": 10 if few else 100,
        "option_groups": 100,
        "placeholder": 150,
        "label": 2000,
        "hint": 2000,
        "initial_options": 10_000,
    }


# What our own sentences may hold in angle brackets.
OURS = re.compile(
    r"<(@U0(ADA|BEN|IVY|CAM)|#C0ONC|!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>]*)>"
)
