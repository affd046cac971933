"""What somebody sees of their own words when these seem to identify a patient.

Only their author ever does: the words come from Slack's payload and go back with the answer to it.
It says what was found, never that a text is free of identifiers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.rules.identifiers import Kind, Span
from bot.rules.words import clean
from bot.views.blocks import (
    TEXT_MAX,
    Block,
    Message,
    Modal,
    choice_of,
    counted,
    cut,
    cut_marked,
    field_of,
    joined,
    option,
    safe,
    section,
)
from storage.records.identifiers import IdentifierCheck

CHECK = "identifiers.check"
CHECK_FORM = "identifiers.check_form"

# How the blocks that stand in a form for a while begin their names.
OURS = "identifiers/"
TOP, MARKED, CONFIRM = f"{OURS}top", f"{OURS}marked/", f"{OURS}confirm/"

Found = Mapping[str, Sequence[Span]]

KINDS = {
    Kind.NAME: "a person's name",
    Kind.INITIALS: "initials",
    Kind.BIRTH: "a date of birth",
    Kind.DATE: "a date",
    Kind.MONTH: "a month and year",
    Kind.AGE: "an age of 90 or more",
    Kind.PHONE: "a telephone number",
    Kind.FAX: "a fax number",
    Kind.EMAIL: "an e-mail address",
    Kind.URL: "a web address",
    Kind.IP: "a network address",
    Kind.SSN: "a social security number",
    Kind.RECORD: "a record or account number",
    Kind.PLAN: "an insurance number",
    Kind.NUMBER: "a number of a person or a thing",
    Kind.ADDRESS: "an address",
    Kind.PLACE: "a town or a clinic",
}
STRICTNESS = {
    IdentifierCheck.OFF: "Off: nothing is looked at",
    IdentifierCheck.ASK: "Ask: what is certain must be edited, the rest confirmed",
    IdentifierCheck.STOP: "Stop: all that is found must be edited",
}

NOTHING_KEPT = "Nothing was sent or kept: some of this seems to identify a patient."
EDIT = (
    'Please take out what is marked, or write it more generally: "in 2023", "in her sixties",'
    ' "a regional hospital".'
)
OR_CONFIRM = " If none of it identifies a patient, you can say so at the end of the form."
MODAL_BLOCKS = 100
AROUND = 40  # characters shown on either side of what is marked
SHOWN = 20  # of what was found in one field


def check_told(check: IdentifierCheck, confirmed: int) -> str:
    """The programme's setting and what came of it, for its admins."""
    return (
        f"Patient identifiers: {STRICTNESS[check][0].lower()}{STRICTNESS[check][1:]}. In 30 days,"
        f" people confirmed {counted(confirmed, 'time')} that what was found identifies nobody."
    )


def check_form(check: IdentifierCheck) -> Modal:
    """Where an admin says how strictly patient identifiers are looked for."""
    options = [option(words, each.value) for each, words in STRICTNESS.items()]
    return Modal(
        "Patient identifiers",
        [
            section(
                "Before anything is stored, the bot looks at what people type for what may"
                " identify a patient: names, dates, numbers, addresses. It uses rules on this"
                " server alone. It misses some, so people still have to look themselves."
            ),
            field_of("check", "How strictly?", choice_of("radio_buttons", options, [check.value])),
        ],
        CHECK_FORM,
        "Save",
    )


def kinds_told(found: Found) -> str:
    """The kinds of what was found, without any of it."""
    kinds = dict.fromkeys(span.kind for spans in found.values() for span in spans)
    return joined([KINDS[kind] for kind in kinds])


def marked(fields: Mapping[str, str], found: Found) -> Message:
    """The author's own words with what was found in brackets, for them alone."""
    lines = [f"{NOTHING_KEPT} {EDIT}"]
    blocks = [section(lines[0])]
    for field, spans in found.items():
        words = fields[field]
        listed = _listed(words, spans)
        shown = "".join(f"[{part}]" if mark else part for part, mark in _parts(words, spans))
        lines += [f"Found: {safe(listed)}.", safe(shown)]
        blocks += [
            section(f"Found: {safe(listed)}."),
            _quote(words, spans),
        ]
    return Message(cut_marked("\n".join(lines), TEXT_MAX), blocks[:49])


def again(
    view: Mapping[str, Any], fields: Mapping[str, str], found: Found, confirm: str | None
) -> Block:
    """The form as it was submitted, with what was found below the fields.

    What was typed stays in it, as Slack keeps it by the fields' names. `confirm`: by what the box
    to confirm is known again; None where there is none.
    """
    blocks = without_ours(view["blocks"])
    words = f"{NOTHING_KEPT} {EDIT}{OR_CONFIRM if confirm is not None else ''}"
    room = MODAL_BLOCKS - len(blocks) - 2
    made: list[Block] = [{**section(words), "block_id": TOP}]
    for block in blocks:
        field = str(block.get("block_id"))
        made.append(_as_typed(block, fields))
        if field in found and room > 0:
            made.append({**_quote(fields[field], found[field]), "block_id": f"{MARKED}{field}"})
            room -= 1
    if confirm is not None:
        made.append(_confirmation(confirm))
    kept = ("type", "callback_id", "title", "submit", "close", "private_metadata",
            "clear_on_close", "notify_on_close")  # fmt: skip
    shown = {key: view[key] for key in kept if view.get(key) is not None}
    return shown | {"blocks": made[:MODAL_BLOCKS]}


def without_ours(blocks: Sequence[Block]) -> list[Block]:
    """The form's own blocks."""
    return [each for each in blocks if not str(each.get("block_id")).startswith(OURS)]


def _as_typed(block: Block, fields: Mapping[str, str]) -> Block:
    """An input that begins with what was typed, should the form be drawn anew."""
    element = block.get("element") or {}
    words = fields.get(str(block.get("block_id")))
    if not words or element.get("type") == "rich_text_input":
        return block
    return {**block, "element": {**element, "initial_value": words}}


def _confirmation(confirm: str) -> Block:
    box = choice_of("checkboxes", [option("These are no identifiers", "confirmed")])
    block = field_of(
        f"{CONFIRM}{confirm}",
        "If none of what is marked identifies a patient",
        box,
        optional=True,
        hint="That you confirmed, when, and for which kinds of thing, is kept.",
    )
    block["element"]["action_id"] = CONFIRM
    return block


def _quote(words: str, spans: Sequence[Span]) -> Block:
    """What was found, named, and the words around it with marks."""
    told = [{"type": "text", "text": f"Found: {_listed(words, spans)}."}]
    pieces = [
        {"type": "text", "text": part} | ({"style": {"bold": True, "code": True}} if mark else {})
        for part, mark in _parts(words, spans)
        if part
    ]
    return {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": told},
            {"type": "rich_text_quote", "elements": pieces},
        ],
    }


def _listed(words: str, spans: Sequence[Span]) -> str:
    """Each thing found with what it seems to be: screen readers skip marks."""
    told = [
        f"{KINDS[span.kind]} (“{cut(clean(words[span.start : span.end]), 60)}”)"
        for span in spans[:SHOWN]
    ]
    more = len(spans) - SHOWN
    return joined(list(dict.fromkeys(told)) + ([f"{more} more"] if more > 0 else []))


def _parts(words: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The words in pieces, marked or not; what is far from any mark is left out."""
    at = 0
    for span in spans[:SHOWN]:
        yield _gap(words[at : span.start], after=at > 0, before=True), False
        yield clean(words[span.start : span.end]) or "…", True
        at = span.end
    yield _gap(words[at:], after=True, before=False), False


def _gap(words: str, *, after: bool, before: bool) -> str:
    """What stands between two marks: its ends, if it is long."""
    words = _tidy(words)
    if len(words) <= 3 * AROUND:
        return words
    return f"{words[:AROUND] if after else ''} … {words[-AROUND:] if before else ''}"


def _tidy(words: str) -> str:
    """Cleaned, with the space at either end kept: pieces are put together again."""
    core = clean(words)
    if not core:
        return " " if words else ""
    return f"{' ' * words[:1].isspace()}{core}{' ' * words[-1:].isspace()}"
