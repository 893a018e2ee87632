"""The horizontal view that ruler and lanes share: zoom, scroll, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.ui.timeline.tick_scale import TickScale
from engine.timebase import Span, Ticks

ZOOM_STEP = 1.25
ZOOM_STEPS_REMEMBERED = 50
REVEAL_MARGIN_PX = 24.0


class TimeAxis(QObject):
    """One ``TickScale`` for all canvases; ``changed`` when it or the width moved."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scale = TickScale()
        self._width = 800.0
        self._earlier: list[TickScale] = []

    @property
    def scale(self) -> TickScale:
        """The map between ticks and pixels in use."""
        return self._scale

    @property
    def width(self) -> float:
        """Pixels of timeline that are seen."""
        return self._width

    @property
    def visible(self) -> Span[Ticks]:
        """The stretch of the song that is seen."""
        return self._scale.visible(self._width)

    def set_width(self, px: float) -> None:
        """Tell how wide the canvases are."""
        if px > 0 and px != self._width:
            self._width = px
            self.changed.emit()

    def show(self, scale: TickScale) -> None:
        """Use ``scale`` without remembering the one before: scrolling, wheel zoom."""
        if scale != self._scale:
            self._scale = scale
            self.changed.emit()

    def scroll_by(self, px: float) -> None:
        """Move the view to the right by ``px`` pixels."""
        self.show(self._scale.scrolled(px))

    def zoom_at(self, factor: float, anchor_x: float) -> None:
        """Magnify around a pixel; ``zoom_back`` does not stop here."""
        self.show(self._scale.zoomed(factor, anchor_x))

    def step_zoom(self, factor: float, anchor: Ticks) -> None:
        """Magnify around a position and remember where we were."""
        x = min(self._width, max(0.0, self._scale.x_at(anchor)))
        self._remember()
        self.show(self._scale.zoomed(factor, x))

    def show_span(self, span: Span[Ticks]) -> None:
        """Fill the view with ``span`` and remember where we were."""
        self._remember()
        self.show(self._scale.fitting(span, self._width))

    def zoom_back(self) -> None:
        """Return to the view before the last ``step_zoom`` or ``show_span``."""
        if self._earlier:
            self.show(self._earlier.pop())

    def reveal(self, ticks: Ticks) -> None:
        """Turn the page if ``ticks`` is out of sight, so that it stands near the left edge."""
        if not 0 <= self._scale.x_at(ticks) < self._width:
            margin = self._scale.ticks_wide(REVEAL_MARGIN_PX)
            self.show(self._scale.starting_at(ticks - margin))

    def restore(self, px_per_quarter: float, origin: float) -> None:
        """Show what was saved; values out of range are brought into it."""
        self.show(TickScale.near(px_per_quarter, origin))

    def _remember(self) -> None:
        self._earlier.append(self._scale)
        del self._earlier[:-ZOOM_STEPS_REMEMBERED]
