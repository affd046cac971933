"""Dataclasses as JSON and back, by the types of their fields."""

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Union, get_args, get_origin

Json = dict[str, Any]


def to_text(value: Any) -> str:
    """The value as JSON; names that begin with `_`, and bytes, are left out."""
    return json.dumps(value, default=_shallow, ensure_ascii=False, separators=(",", ":"))


def _shallow(value: Any) -> Any:
    """One step of what JSON does not hold by itself."""
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    kept = {
        each.name: getattr(value, each.name)
        for each in fields(value)
        if not each.name.startswith("_")
    }
    return {name: each for name, each in kept.items() if not isinstance(each, bytes)}


def from_plain(kind: Any, plain: Any) -> Any:
    """A value of this type again. What is not there is as it is made at first.

    Raises TypeError, ValueError or KeyError for what is of another form.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        some = next(each for each in inner if each is not type(None))
        return None if plain is None else from_plain(some, plain)
    if origin is dict and inner[1] is Any and isinstance(plain, dict):
        return plain
    if origin is not None:
        return _several(origin, inner, plain)
    if isinstance(kind, type) and is_dataclass(kind):
        return _made(kind, plain)
    return _whole(kind, plain)


def _several(origin: Any, inner: tuple[Any, ...], plain: Any) -> Any:
    if origin is dict:
        return {name: from_plain(inner[1], each) for name, each in plain.items()}
    if origin is tuple:
        kinds = [inner[0]] * len(plain) if Ellipsis in inner else inner
        return tuple(from_plain(one, each) for one, each in zip(kinds, plain, strict=True))
    return origin(from_plain(inner[0], each) for each in plain)


def _made(kind: Any, plain: Any) -> Any:
    if not isinstance(plain, dict):
        raise TypeError(f"{kind.__name__} is {type(plain).__name__}")
    known = [each for each in fields(kind) if each.name in plain and each.init]
    missing = [
        each.name
        for each in fields(kind)
        if each.init
        and each.name not in plain
        and each.default is MISSING
        and each.default_factory is MISSING
    ]
    if missing:
        raise KeyError(f"{kind.__name__} has no {missing[0]}")
    return kind(**{each.name: from_plain(each.type, plain[each.name]) for each in known})


def _whole(kind: Any, plain: Any) -> Any:
    """A value that JSON holds as it is; refused where it is of another type."""
    if kind is Any:
        return plain
    if kind is float and isinstance(plain, int):
        return float(plain)
    if isinstance(kind, type) and not isinstance(plain, kind):
        raise TypeError(f"{plain!r} is no {kind.__name__}")
    return plain
