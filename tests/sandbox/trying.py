"""From a declaration of Block Kit: something it takes, the most it takes, and all it refuses."""

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.elements import DATE, TIME
from sandbox.block_kit.kinds import Flag, Items, Kind, Number, One, Shape, String, Tagged, Text

Json = dict[str, Any]
# A sentence, the value, what Slack says, and where within the value it points.
Refused = tuple[str, Any, str, str]

_OF_FORM = {DATE: "2026-12-01", TIME: "09:30", "https://.*": "https://a.example"}


def taken(kind: Kind) -> Any:  # noqa: PLR0911 - one a kind
    """As little as a kind takes."""
    match kind:
        case String():
            return _OF_FORM.get(kind.form, "x" * max(kind.least, 1))
        case Number():
            return int(kind.least or 0)
        case Flag():
            return True
        case One():
            return kind.of[0]
        case Items():
            return [taken(kind.of)] * max(kind.least, 1)
        case Shape():
            return _object(kind)
        case Tagged():
            name = next(each for each, row in kind.table.items() if kind.only(each, row))
            return {"type": name, **_object(kind.table[name])}
        case Text():
            return {"type": "plain_text", "text": "x"}
    return None


def _object(shape: Shape) -> Json:
    made = {name: taken(shape.fields[name]) for name in shape.needs}
    for name, held in shape.fields.items():
        fuller = {**made, name: taken(held)}
        if len(_against_rules(shape, fuller)) < len(_against_rules(shape, made)):
            made = fuller
    return made


def _against_rules(shape: Shape, made: Json) -> list[str]:
    return [fault for rule in shape.rules for fault in rule(made, "")]


def most(kind: Kind) -> Iterator[tuple[str, Any]]:
    """The longest and the largest that a kind takes."""
    match kind:
        case String(most=int() as length) if not kind.form:
            yield f"{length} characters", "x" * length
        case Text():
            yield f"{kind.most} characters", {"type": "plain_text", "text": "x" * kind.most}
        case Number(most=float() | int() as largest):
            yield f"{largest}", largest
        case Items(most=int() as count):
            yield f"{count} of them", [taken(kind.of)] * count


def refused(kind: Kind) -> Iterator[Refused]:
    """All that a kind refuses."""
    match kind:
        case String():
            yield from _no_string(kind)
        case Number():
            yield from _no_number(kind)
        case Flag():
            yield "neither yes nor no", "yes", "must be a boolean", ""
        case One():
            yield "a word that is none of them", "odd", "must be a valid enum value", ""
        case Items():
            yield from _no_items(kind)
        case Shape():
            yield from broken(kind, _object(kind))
        case Tagged():
            yield "nothing of a type known", {"type": "odd"}, "unsupported type: odd", "/type"
        case Text():
            yield from _no_text(kind)


def broken(shape: Shape, whole: Json) -> Iterator[Refused]:
    """An object that is right but for one thing, for each thing."""
    for name in shape.needs:
        rest = {each: held for each, held in whole.items() if each != name}
        yield f"without its {name}", rest, f"missing required field: {name}", ""
    yield "with what nobody knows", {**whole, "odd": 1}, "invalid additional property: odd", ""
    for name, kind in shape.fields.items():
        for sentence, value, words, at in refused(kind):
            yield f"{name}: {sentence}", {**whole, name: value}, words, f"/{name}{at}"


def _no_string(kind: String) -> Iterator[Refused]:
    yield "a number for words", 5, "must provide a string", ""
    if kind.least:
        yield "no words", "", "must be more than 0 characters", ""
    if kind.most is not None:
        words = f"must be less than {kind.most + 1} characters"
        yield f"over {kind.most} characters", "x" * (kind.most + 1), words, ""
    if kind.form:
        yield "of another form", "x", f"input must match regex pattern: {kind.form}", ""


def _no_number(kind: Number) -> Iterator[Refused]:
    words = "must provide an integer" if kind.whole else "must provide a number"
    yield "words for a number", "x", words, ""
    yield "yes for a number", True, words, ""
    if kind.least is not None:
        yield f"under {kind.least}", kind.least - 1, f"must be greater than {kind.least}", ""
    if kind.most is not None:
        yield f"over {kind.most}", kind.most + 1, f"must be less than {kind.most}", ""


def _no_items(kind: Items) -> Iterator[Refused]:
    yield "no list", {}, "must provide an array", ""
    if kind.least:
        yield "too few", [], f"must provide at least {kind.least} items", ""
    if kind.most is not None:
        many = [taken(kind.of)] * (kind.most + 1)
        yield f"over {kind.most} of them", many, f"no more than {kind.most} items allowed", ""
    for sentence, value, words, at in refused(kind.of):
        yield f"in it {sentence}", [value], words, f"/0{at}"


def _no_text(kind: Text) -> Iterator[Refused]:
    of = {"type": "plain_text"}
    long = f"must be less than {kind.most + 1} characters"
    yield "words without their type", "x", "must provide an object", ""
    yield "a text without a type", {"text": "x"}, "missing required field: type", ""
    yield "a text without text", of, "missing required field: text", ""
    yield "an empty text", of | {"text": ""}, "must be more than 0 characters", "/text"
    yield f"over {kind.most} characters", of | {"text": "x" * (kind.most + 1)}, long, "/text"
    yield "emoji neither on nor off", of | {"text": "x", "emoji": 1}, "must be a boolean", "/emoji"
    verbatim = of | {"text": "x", "verbatim": True}
    yield "verbatim in a plain text", verbatim, "invalid additional property: verbatim", ""
    if kind.plain:
        marked = {"type": "mrkdwn", "text": "x"}
        yield "formatted words", marked, "unsupported type: mrkdwn", "/type"
