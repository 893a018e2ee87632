"""What differs between two versions of a lane's contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def differing(before: Sequence[T], after: Sequence[T]) -> Iterator[T]:
    """The items that only one of two versions holds.

    Versions share the objects that no edit has touched, so most of a long lane is told equal
    by identity, from both ends inwards, without looking into it.
    """
    if before is after:
        return
    n_common = min(len(before), len(after))
    first = 0
    while first < n_common and before[first] is after[first]:
        first += 1
    last = 0
    while last < n_common - first and before[-1 - last] is after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    in_old, in_new = {id(item) for item in old}, {id(item) for item in new}
    yield from (item for item in old if id(item) not in in_new)
    yield from (item for item in new if id(item) not in in_old)
