"""Where a musical position lies on the screen: a straight line between ticks and pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

MIN_PX_PER_QUARTER = 0.5
MAX_PX_PER_QUARTER = 1600.0
FIT_MARGIN_PX = 24.0
_PARTS = 1 << 20
"""Positions are rounded to this fraction of a pixel: taking whole pixels away is then exact."""
_PER_TICK = _PARTS / TICKS_PER_QUARTER


@dataclass(frozen=True, slots=True)
class TickScale:
    """A quarter note is ``px_per_quarter`` wide; the view begins ``left`` pixels into the song.

    ``left`` is whole and never negative, so scrolling moves everything by whole pixels, to the
    last bit: what was painted before can be used again.
    """

    px_per_quarter: float = 48.0
    left: int = 0

    def __post_init__(self) -> None:
        if not MIN_PX_PER_QUARTER <= self.px_per_quarter <= MAX_PX_PER_QUARTER:
            raise ValueError(f"a quarter note cannot be {self.px_per_quarter} px wide")
        if self.left < 0:
            raise ValueError(f"the timeline starts at pixel 0, not {self.left}")

    @classmethod
    def near(cls, px_per_quarter: float, origin: float) -> TickScale:
        """The view nearest to what is asked, which may be out of range.

        ``origin`` is the tick at the left edge.
        """
        px = min(MAX_PX_PER_QUARTER, max(MIN_PX_PER_QUARTER, px_per_quarter))
        return cls(px, max(0, round(origin * px / TICKS_PER_QUARTER)))

    @property
    def origin(self) -> float:
        """Tick at the left edge."""
        return self.ticks_wide(self.left)

    def x_at(self, ticks: float) -> float:
        """Place of a position; negative left of the visible part."""
        return round(ticks * self.px_per_quarter * _PER_TICK) / _PARTS - self.left

    def pixel_at(self, ticks: float) -> int:
        """The pixel that holds a position."""
        return math.floor(self.x_at(ticks))

    def ticks_at(self, x: float) -> Ticks:
        """Nearest tick to a pixel, never before the start of the song."""
        return Ticks(max(0, round(self.ticks_wide(self.left + x))))

    def width_of(self, ticks: float) -> float:
        """Pixels covered by a length in ticks."""
        return ticks * self.px_per_quarter / TICKS_PER_QUARTER

    def ticks_wide(self, px: float) -> float:
        """Length in ticks of a number of pixels."""
        return px * TICKS_PER_QUARTER / self.px_per_quarter

    def visible(self, width: float) -> Span[Ticks]:
        """The stretch seen in a view ``width`` pixels wide, grown to whole ticks."""
        end = Ticks(int(self.ticks_wide(self.left + max(width, 1.0))) + 1)
        return Span(Ticks(int(self.origin)), end)

    def zoomed(self, factor: float, anchor_x: float) -> TickScale:
        """Magnify by ``factor``; what lies under ``anchor_x`` stays there where it can."""
        anchor = self.ticks_wide(self.left + anchor_x)
        px = min(MAX_PX_PER_QUARTER, max(MIN_PX_PER_QUARTER, self.px_per_quarter * factor))
        return TickScale.near(px, anchor - anchor_x * TICKS_PER_QUARTER / px)

    def scrolled(self, px: float) -> TickScale:
        """Move the view ``px`` pixels, rounded, to the right, not beyond the start."""
        return replace(self, left=max(0, self.left + round(px)))

    def starting_at(self, ticks: float) -> TickScale:
        """The same zoom with ``ticks`` at the left edge."""
        return TickScale.near(self.px_per_quarter, ticks)

    def fitting(self, span: Span[Ticks], width: float) -> TickScale:
        """The zoom at which ``span`` fills a view ``width`` pixels wide, with a small margin."""
        room = max(1.0, width - 2 * FIT_MARGIN_PX)
        px = room * TICKS_PER_QUARTER / (span.end - span.start)
        px = min(MAX_PX_PER_QUARTER, max(MIN_PX_PER_QUARTER, px))
        return TickScale.near(px, span.start - FIT_MARGIN_PX * TICKS_PER_QUARTER / px)
