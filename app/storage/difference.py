"""What changed between two values, as JSON, and the later one made from the earlier and that.

Values are immutable and edits leave untouched parts the same objects, so comparing by identity
finds what changed without reading the rest. A difference is one of::

    {"is": value}                       another value altogether
    {"members": {name: difference}}     an object of which these members changed
    {"items": [piece, ...]}             a list joined from pieces, each one of
        [first, count]                  items of the earlier list
        {"new": [value, ...]}           items that were not there
        {"of": index, "members": ...}   an item of the earlier list, changed
        {"like": 1, "members": ...}     an item like the one before it in this list, but for that
"""

from __future__ import annotations

from dataclasses import is_dataclass
from itertools import groupby, takewhile
from operator import is_
from typing import Any

from app.storage.value_json import Json, field_names, json_text

MOST_ITEMS = 20_000_000
"""List items one difference may take over in all; more is no music but an attack."""


def difference(before: object, after: object) -> str:
    """JSON text of what makes ``before`` into ``after``.

    Costs one comparison of identity per item of a changed tuple, and the text of what is new.
    """
    if isinstance(before, tuple) and isinstance(after, tuple):
        return f'{{"items":[{",".join(_pieces(before, after))}]}}'
    if is_dataclass(after) and type(after) is type(before) and not isinstance(after, type):
        return f"{{{_members(before, after)}}}"
    return f'{{"is":{json_text(after)}}}'


def patched(earlier: Json, difference: Json) -> Json:
    """The later value's JSON; ``earlier`` stays as it is, and what is the same is shared.

    Raises ValueError, LookupError or TypeError where the difference does not belong to
    ``earlier``.
    """
    return _Patching().value(earlier, difference)


class _Patching:
    """One difference being applied, with a count of what it takes over."""

    def __init__(self) -> None:
        self._n_left = MOST_ITEMS

    def value(self, earlier: Json, difference: Json) -> Json:
        if "is" in difference:
            return difference["is"]
        if "members" in difference:
            members = difference["members"].items()
            return {**earlier, **{name: self.value(earlier[name], d) for name, d in members}}
        return self._items(earlier, difference["items"])

    def _items(self, earlier: Json, pieces: Json) -> list[Json]:
        items: list[Json] = []
        for piece in pieces:
            if isinstance(piece, list):
                first, count = piece
                if not 0 <= first <= first + count <= len(earlier):
                    raise ValueError(f"no items {first} to {first + count} in {len(earlier)}")
                self._n_left -= count
                if self._n_left < 0:
                    raise ValueError("it is too large")
                items += earlier[first : first + count]
            elif "new" in piece:
                items += piece["new"]
            else:
                items.append(
                    self.value(items[-1] if "like" in piece else earlier[piece["of"]], piece)
                )
        return items


def _members(before: Any, after: Any) -> str:
    kind: Any = type(after)
    changed = (
        f'"{name}":{difference(getattr(before, name), getattr(after, name))}'
        for name in field_names(kind)
        if getattr(before, name) is not getattr(after, name)
    )
    return f'"members":{{{",".join(changed)}}}'


def _pieces(before: tuple[Any, ...], after: tuple[Any, ...]) -> list[str]:
    """Runs of old items in their new order, with what is new between them."""
    head = _n_same(before, after)
    tail = _n_same(before[head:][::-1], after[head:][::-1])
    end = len(before) - tail
    places = {id(before[index]): index for index in range(head, end)}
    namesakes = {
        before[index].id: index for index in range(head, end) if hasattr(before[index], "id")
    }

    def is_like_last(index: int) -> bool:
        last = after[index - 1] if index else None
        return hasattr(last, "id") and type(last) is type(after[index])

    def origin(placed: tuple[int, Any]) -> int | str:
        """Equal for neighbours that make one piece: of a run of old items, how far it moved."""
        index, item = placed
        place = places.get(id(item))
        if place is not None:
            return place - index
        return "changed" if getattr(item, "id", None) in namesakes or is_like_last(index) else "new"

    pieces = [f"[0,{head}]"] if head else []
    middle = enumerate(after[head : len(after) - tail], head)
    for where, placed in groupby(middle, key=origin):
        run = list(placed)
        if isinstance(where, int):
            pieces.append(f"[{run[0][0] + where},{len(run)}]")
        elif where == "new":
            pieces.append(f'{{"new":[{",".join(json_text(item) for _, item in run)}]}}')
        else:
            for index, item in run:
                old = namesakes.get(item.id)
                like = after[index - 1] if old is None else before[old]
                of = '"like":1' if old is None else f'"of":{old}'
                pieces.append(f"{{{of},{_members(like, item)}}}")
    return [*pieces, f"[{end},{tail}]"] if tail else pieces


def _n_same(before: tuple[Any, ...], after: tuple[Any, ...]) -> int:
    """How many items at the beginning are the same objects."""
    return sum(takewhile(bool, map(is_, before, after)))
