"""Frozen dataclasses to JSON and strictly back, by their type hints.

A dataclass is an object of its fields, a tuple a list, an enum its value. A field left out
takes its default, so a new field with a default needs no new version of the format.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Json = Any
T = TypeVar("T")
_LONGEST_REMEMBERED = 1_000
_MOST_REMEMBERED = 100_000


class Misfit(ValueError):
    """JSON that does not fit its type; ``where`` is the path to it, such as ``notes.notes[3]``."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where or 'the project'}: {reason}")


def to_json(value: object) -> Json:
    """Plain JSON data for a value built of dataclasses, tuples, mappings and plain values."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(getattr(value, name)) for name in _field_names(type(value))}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


class JsonWriter:
    """Writes the same JSON as text, and remembers the text of small values it has written.

    Most of a project's values are the same objects from one action to the next, so writing it
    down again costs little more than joining texts.
    """

    def __init__(self) -> None:
        # The value is held beside its text, so that no other one can get its id meanwhile.
        self._known: dict[int, tuple[object, str]] = {}

    def text(self, value: object) -> str:
        """Compact JSON; raises ValueError for a number that is not finite."""
        if is_dataclass(value) and not isinstance(value, type):
            known = self._known.get(id(value))
            return known[1] if known is not None else self._remembered(value)
        if isinstance(value, tuple):
            return f"[{','.join(map(self.text, value))}]"
        if isinstance(value, Mapping):
            members = (f"{json.dumps(str(key))}:{self.text(item)}" for key, item in value.items())
            return f"{{{','.join(members)}}}"
        plain = value.value if isinstance(value, Enum) else value
        return json.dumps(plain, ensure_ascii=False, allow_nan=False)

    def _remembered(self, value: object) -> str:
        kind: Any = type(value)
        members = (f'"{name}":{self.text(getattr(value, name))}' for name in _field_names(kind))
        text = f"{{{','.join(members)}}}"
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[id(value)] = (value, text)
        return text


def from_json(kind: type[T], data: Json, *, ignores_unknown: bool = False) -> T:
    """The value of type ``kind`` that ``data`` describes.

    Raises ``Misfit`` for a wrong type, an unknown field (unless ``ignores_unknown``), a missing
    field without default, a number that is not finite, or a value its class refuses.
    """
    return cast(T, _read(kind, data, "", ignores_unknown))


def parse_json(text: str) -> Json:
    """Standard JSON only; raises ValueError for members given twice, NaN, or absurd nesting."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _read(kind: Any, data: Json, where: str, lax: bool) -> object:
    if isinstance(kind, NewType):
        return _read(kind.__supertype__, data, where, lax)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_union(get_args(kind), data, where, lax)
    if origin is tuple:
        item = get_args(kind)[0]
        items = _expect(data, list, where)
        return tuple(_read(item, value, f"{where}[{i}]", lax) for i, value in enumerate(items))
    if origin is Mapping:
        item = get_args(kind)[1]
        members = _expect(data, dict, where)
        return {key: _read(item, value, f"{where}.{key}", lax) for key, value in members.items()}
    if is_dataclass(origin or kind):
        return _read_dataclass(kind, _expect(data, dict, where), where, lax)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError as error:
            raise Misfit(where, f"{data!r} is not one of its values") from error
    return _read_plain(kind, data, where)


def _read_plain(kind: type, data: Json, where: str) -> object:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        data = float(data)
    if kind is float and isinstance(data, float) and not math.isfinite(data):
        raise Misfit(where, "not a finite number")
    if type(data) is not kind:
        raise Misfit(where, f"{kind.__name__} expected, not {type(data).__name__}")
    return data


def _read_union(kinds: tuple[Any, ...], data: Json, where: str, lax: bool) -> object:
    if data is None and type(None) in kinds:
        return None
    failure = Misfit(where, "a value is missing")
    # An exact match first: a whole number for "str | float" must not depend on the order.
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _read(kind, data, where, lax)
        except Misfit as error:
            failure = error
    raise failure


def _read_dataclass(kind: Any, data: dict[str, Json], where: str, lax: bool) -> object:
    hints = _hints(kind)
    unknown = data.keys() - hints.keys()
    if unknown and not lax:
        raise Misfit(where, f"unknown field {min(unknown)!r}")
    values = {
        name: _read(hint, data[name], f"{where}.{name}" if where else name, lax)
        for name, hint in hints.items()
        if name in data
    }
    missing = _required(get_origin(kind) or kind) - values.keys()
    if missing:
        raise Misfit(where, f"field {min(missing)!r} is missing")
    try:
        return (get_origin(kind) or kind)(**values)
    except Misfit:
        raise
    except (ValueError, TypeError, OverflowError) as error:
        raise Misfit(where, str(error)) from error


@lru_cache(maxsize=256)
def _hints(kind: Any) -> dict[str, Any]:
    """Field types of a dataclass, with the unit of ``Span[Ticks]`` put in."""
    origin = get_origin(kind) or kind
    hints = get_type_hints(origin)
    parameters = getattr(origin, "__parameters__", ())
    given = dict(zip(parameters, get_args(kind), strict=False))
    return {name: given.get(hints[name], hints[name]) for name in _field_names(origin)}


@lru_cache(maxsize=256)
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@lru_cache(maxsize=256)
def _required(kind: Any) -> frozenset[str]:
    return frozenset(
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )


def _expect(data: Json, kind: type[T], where: str) -> T:
    if not isinstance(data, kind):
        raise Misfit(where, f"{kind.__name__} expected, not {type(data).__name__}")
    return data


def _without_twins(members: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(members)
    if len(result) != len(members):
        raise ValueError("a member is given twice")
    return result


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"{name} is not a number")
