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


class Misfit(ValueError):
    """JSON that does not fit its type; ``where`` is the path to it, such as ``notes.notes[3]``."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where or 'the project'}: {reason}")


def json_text(value: object) -> str:
    """Compact JSON of dataclasses, tuples, mappings and plain values.

    Raises ValueError for a number that is not finite.
    """
    if is_dataclass(value) and not isinstance(value, type):
        kind: Any = type(value)
        members = (f'"{name}":{json_text(getattr(value, name))}' for name in field_names(kind))
        return f"{{{','.join(members)}}}"
    if isinstance(value, tuple):
        return f"[{','.join(map(json_text, value))}]"
    if isinstance(value, Mapping):
        members = (f"{json.dumps(str(key))}:{json_text(item)}" for key, item in value.items())
        return f"{{{','.join(members)}}}"
    plain = value.value if isinstance(value, Enum) else value
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def from_json(kind: type[T], data: Json, *, ignores_unknown: bool = False) -> T:
    """The value of type ``kind`` that ``data`` describes.

    An object that occurs in ``data`` more than once, as the same object, is read once.

    Raises ``Misfit`` for a wrong type, an unknown field (unless ``ignores_unknown``), a missing
    field without default, a number that is not finite, or a value its class refuses.
    """
    return cast(T, _Reader(ignores_unknown).read(kind, data, ""))


def parse_json(text: str) -> Json:
    """Standard JSON only; raises ValueError for members given twice, NaN, or absurd nesting."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


class _Reader:
    """Reads JSON by type; ``where`` is the path to the data, for messages."""

    def __init__(self, ignores_unknown: bool) -> None:
        self._ignores_unknown = ignores_unknown
        self._known: dict[tuple[int, Any], object] = {}

    def read(self, kind: Any, data: Json, where: str) -> object:
        """The value; raises ``Misfit``."""
        if isinstance(kind, NewType):
            return self.read(kind.__supertype__, data, where)
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._union(get_args(kind), data, where)
        if origin is tuple:
            item = get_args(kind)[0]
            items = _expect(data, list, where)
            return tuple(self.read(item, value, f"{where}[{i}]") for i, value in enumerate(items))
        if origin is Mapping:
            item = get_args(kind)[1]
            members = _expect(data, dict, where)
            return {key: self.read(item, value, f"{where}.{key}") for key, value in members.items()}
        if is_dataclass(origin or kind):
            name = (id(data), kind)
            if name not in self._known:
                self._known[name] = self._object(kind, _expect(data, dict, where), where)
            return self._known[name]
        if isinstance(kind, type) and issubclass(kind, Enum):
            try:
                return kind(data)
            except ValueError as error:
                raise Misfit(where, f"{data!r} is not one of its values") from error
        return _plain(kind, data, where)

    def _union(self, kinds: tuple[Any, ...], data: Json, where: str) -> object:
        if data is None and type(None) in kinds:
            return None
        failure = Misfit(where, "a value is missing")
        # An exact match first: a whole number for "str | float" must not depend on the order.
        for kind in kinds:
            if kind is type(None):
                continue
            try:
                return self.read(kind, data, where)
            except Misfit as error:
                failure = error
        raise failure

    def _object(self, kind: Any, data: dict[str, Json], where: str) -> object:
        hints = _hints(kind)
        unknown = data.keys() - hints.keys()
        if unknown and not self._ignores_unknown:
            raise Misfit(where, f"unknown field {min(unknown)!r}")
        values = {
            name: self.read(hint, data[name], f"{where}.{name}" if where else name)
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


def _plain(kind: type, data: Json, where: str) -> object:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        data = float(data)
    if kind is float and isinstance(data, float) and not math.isfinite(data):
        raise Misfit(where, "not a finite number")
    if type(data) is not kind:
        raise Misfit(where, f"{kind.__name__} expected, not {type(data).__name__}")
    return data


@lru_cache(maxsize=256)
def _hints(kind: Any) -> dict[str, Any]:
    """Field types of a dataclass, with the unit of ``Span[Ticks]`` put in."""
    origin = get_origin(kind) or kind
    hints = get_type_hints(origin)
    parameters = getattr(origin, "__parameters__", ())
    given = dict(zip(parameters, get_args(kind), strict=False))
    return {name: given.get(hints[name], hints[name]) for name in field_names(origin)}


@lru_cache(maxsize=256)
def field_names(kind: Any) -> tuple[str, ...]:
    """The names of a dataclass's fields, in order."""
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
