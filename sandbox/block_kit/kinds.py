"""What a declaration of Block Kit is made of: kinds of values, and what Slack says to others.

Slack's own words come from its public schema checker and from answers people have published; each
fault is `words [json-pointer:/where]`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
EVERYWHERE = frozenset({"message", "modal", "home"})


def told(words: str, at: str) -> str:
    """A fault as Slack tells it."""
    return f"{words} [json-pointer:{at}]"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. `faults` tells what Slack refuses of one `at` a place `on` a surface."""

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:  # noqa: ARG002 - every kind's
        """Nothing is refused."""
        yield from ()


@dataclass(frozen=True, slots=True)
class String(Kind):
    """Text of `least` to `most` characters, of a `form` if one is given."""

    most: int | None = None
    least: int = 0
    form: str = ""

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:  # noqa: ARG002 - every kind's
        """No text, too little or too much of it, or of another form."""
        if not isinstance(value, str):
            yield told("must provide a string", at)
        elif len(value) < self.least:
            yield told(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and len(value) > self.most:
            yield told(f"must be less than {self.most + 1} characters", at)
        elif self.form and re.fullmatch(self.form, value) is None:
            yield told(f"input must match regex pattern: {self.form}", at)


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number from `least` to `most`; `whole`: without a fraction."""

    least: float | None = None
    most: float | None = None
    whole: bool = True

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:  # noqa: ARG002 - every kind's
        """No number, or one out of bounds."""
        wanted = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted):
            yield told(f"must provide {'an integer' if self.whole else 'a number'}", at)
        elif self.least is not None and value < self.least:
            yield told(f"must be greater than {self.least}", at)
        elif self.most is not None and value > self.most:
            yield told(f"must be less than {self.most}", at)


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no."""

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:  # noqa: ARG002 - every kind's
        """Neither."""
        if not isinstance(value, bool):
            yield told("must be a boolean", at)


@dataclass(frozen=True, slots=True)
class One(Kind):
    """One of some words."""

    of: tuple[str, ...]

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:  # noqa: ARG002 - every kind's
        """None of them."""
        if not isinstance(value, str):
            yield told("must provide a string", at)
        elif value not in self.of:
            yield told("must be a valid enum value", at)


@dataclass(frozen=True, slots=True)
class Items(Kind):
    """A list of `least` to `most` things of one kind."""

    of: Kind
    least: int = 0
    most: int | None = None

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:
        """No list, too short or too long a one, or what is refused of what is in it."""
        if not isinstance(value, list):
            yield told("must provide an array", at)
            return
        if len(value) < self.least:
            yield told(f"must provide at least {self.least} items", at)
        if self.most is not None and len(value) > self.most:
            yield told(f"no more than {self.most} items allowed", at)
        for number, each in enumerate(value):
            yield from self.of.faults(each, f"{at}/{number}", on)


# What is refused of a whole object whose fields are each in order: `rule(object, at)`.
Rule = Callable[[Json, str], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Shape(Kind):
    """An object: its fields, which of them it `needs`, and `rules` on them together.

    `on`: the surfaces it may be on. `stands`: the blocks an element may stand in.
    """

    fields: Mapping[str, Kind]
    needs: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    on: frozenset[str] = EVERYWHERE
    stands: frozenset[str] = field(default_factory=frozenset)

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:
        """No object, fields missing, fields nobody knows, or what is refused of each."""
        if not isinstance(value, dict):
            yield told("must provide an object", at)
            return
        found = [
            *(
                told(f"missing required field: {name}", at)
                for name in self.needs
                if name not in value
            ),
            *self._each(value, at, on),
        ]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _each(self, value: Json, at: str, on: str) -> Iterator[str]:
        for name, held in value.items():
            if name in self.fields:
                yield from self.fields[name].faults(held, f"{at}/{name}", on)
            else:
                yield told(f"invalid additional property: {name}", at)


@dataclass(frozen=True, slots=True)
class Tagged(Kind):
    """An object whose `type` says which row of a table it is; `only` some of its rows."""

    table: Mapping[str, Shape]
    only: Callable[[str, Shape], bool] = lambda _kind, _shape: True

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:
        """An object of no type, of one that can't be here, or what its row refuses."""
        if not isinstance(value, dict):
            yield told("must provide an object", at)
            return
        if "type" not in value:
            yield told("missing required field: type", at)
            return
        kind = value["type"]
        row = self.table.get(kind) if isinstance(kind, str) else None
        if row is None or on not in row.on or not self.only(kind, row):
            yield told(f"unsupported type: {kind}", f"{at}/type")
            return
        fields = {name: held for name, held in value.items() if name != "type"}
        yield from row.faults(fields, at, on)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """A text object of 1 to `most` characters; `plain`: of plain_text only."""

    most: int
    plain: bool = False

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:
        """No text object, the wrong one, or too much in it."""
        table = {"plain_text": self._row("emoji")}
        if not self.plain:
            table["mrkdwn"] = self._row("verbatim")
        found = list(Tagged(table).faults(value, at, on))
        # Where Slack takes one of two, it first says that it took neither.
        if found and not self.plain:
            yield told("failed to match all allowed schemas", at)
        yield from found

    def _row(self, more: str) -> Shape:
        return Shape({"text": String(self.most, least=1), more: Flag()}, ("text",))


def plain(most: int) -> Text:
    """A text object without formatting."""
    return Text(most, plain=True)


def either(*names: str, pointing: str = "") -> Rule:
    """One of these fields at least; Slack points at the object, or at something in it."""

    def rule(value: Json, at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            wanted = " or ".join(f"`{name}`" for name in names)
            yield told(f"must define either {wanted}", f"{at}{pointing}")

    return rule


def not_both(one: str, other: str) -> Rule:
    """Not both of these fields."""

    def rule(value: Json, at: str) -> Iterator[str]:
        if one in value and other in value:
            yield told(f"cannot provide both `{one}` and `{other}`", f"{at}/{other}")

    return rule
