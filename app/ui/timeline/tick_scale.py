"""Where a musical position lies on the screen: a straight line between ticks and pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

MIN_PX_PER_QUARTER = 0.5
MAX_PX_PER_QUARTER = 1600.0
FIT_MARGIN_PX = 24.0


@dataclass(frozen=True, slots=True)
class TickScale:
    """``origin`` is the tick at the left edge; a quarter note is ``px_per_quarter`` wide.

    The origin is a float, so that scrolling by a pixel is exact at every zoom; it is never
    negative.
    """

    px_per_quarter: float = 48.0
    origin: float = 0.0

    def __post_init__(self) -> None:
        if not MIN_PX_PER_QUARTER <= self.px_per_quarter <= MAX_PX_PER_QUARTER:
            raise ValueError(f"a quarter note cannot be {self.px_per_quarter} px wide")
        if self.origin < 0:
            raise ValueError(f"the timeline starts at tick 0, not {self.origin}")

    def x_at(self, ticks: float) -> float:
        """Pixel of a position; negative left of the visible part."""
        return (ticks - self.origin) * self.px_per_quarter / TICKS_PER_QUARTER

    def ticks_at(self, x: float) -> Ticks:
        """Nearest tick to a pixel, never before the start of the song."""
        return Ticks(max(0, round(self.origin + self.ticks_wide(x))))

    def width_of(self, ticks: float) -> float:
        """Pixels covered by a length in ticks."""
        return ticks * self.px_per_quarter / TICKS_PER_QUARTER

    def ticks_wide(self, px: float) -> float:
        """Length in ticks of a number of pixels."""
        return px * TICKS_PER_QUARTER / self.px_per_quarter

    def visible(self, width: float) -> Span[Ticks]:
        """The stretch seen in a view ``width`` pixels wide, grown to whole ticks."""
        end = Ticks(int(self.origin + self.ticks_wide(max(width, 1.0))) + 1)
        return Span(Ticks(int(self.origin)), end)

    def zoomed(self, factor: float, anchor_x: float) -> TickScale:
        """Magnify by ``factor``; what lies under ``anchor_x`` stays there where it can."""
        anchor = self.origin + self.ticks_wide(anchor_x)
        px = min(MAX_PX_PER_QUARTER, max(MIN_PX_PER_QUARTER, self.px_per_quarter * factor))
        origin = anchor - anchor_x * TICKS_PER_QUARTER / px
        return TickScale(px, max(0.0, origin))

    def scrolled(self, px: float) -> TickScale:
        """Move the view ``px`` pixels to the right, not beyond the start."""
        return replace(self, origin=max(0.0, self.origin + self.ticks_wide(px)))

    def starting_at(self, ticks: float) -> TickScale:
        """The same zoom with ``ticks`` at the left edge."""
        return replace(self, origin=max(0.0, ticks))

    def fitting(self, span: Span[Ticks], width: float) -> TickScale:
        """The zoom at which ``span`` fills a view ``width`` pixels wide, with a small margin."""
        room = max(1.0, width - 2 * FIT_MARGIN_PX)
        px = room * TICKS_PER_QUARTER / (span.end - span.start)
        px = min(MAX_PX_PER_QUARTER, max(MIN_PX_PER_QUARTER, px))
        return TickScale(px, max(0.0, span.start - FIT_MARGIN_PX * TICKS_PER_QUARTER / px))
