"""Finding what shares time with a stretch, without looking at everything a lane holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from engine.timebase import Span, Ticks

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Items in order of their start; they may overlap. ``spans`` stand in the same order."""

    def __init__(self, items: Sequence[T], span_of: Callable[[T], Span[Ticks]]) -> None:
        self.items = items
        self.spans = [span_of(item) for item in items]
        self._starts = [span.start for span in self.spans]
        self._ends: list[Ticks] = []  # the latest end of this item and all before it
        latest = Ticks(0)
        for span in self.spans:
            latest = max(latest, span.end)
            self._ends.append(latest)

    def within(self, span: Span[Ticks]) -> list[tuple[T, Span[Ticks]]]:
        """The items that share any time with ``span``, each with its own span."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        return [
            (item, own)
            for item, own in zip(self.items[first:last], self.spans[first:last], strict=True)
            if own.end > span.start
        ]

    def starting_in(self, span: Span[Ticks]) -> Sequence[T]:
        """The items that begin inside ``span``."""
        first, last = (bisect_left(self._starts, edge) for edge in (span.start, span.end))
        return self.items[first:last]
