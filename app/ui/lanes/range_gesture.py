"""Dragging out a range of time, and catching items with a rubber band."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF

from app.model.selection import Item, Selection
from app.ui.lanes.gesture import SHIFT, Gesture, Pointer
from app.ui.lanes.lane_canvas import LaneCanvas
from engine.timebase import Span, Ticks


class SelectRange(Gesture):
    """Selects the time between press and pointer on one lane; a click only clears."""

    def __init__(
        self, canvas: LaneCanvas, pressed: Pointer, clicked: Callable[[], None] | None = None
    ) -> None:
        """``clicked`` is called instead of clearing when the pointer did not move."""
        self._canvas = canvas
        self._clicked = clicked
        self._workspace = canvas.stage.workspace
        self._before = self._workspace.selection
        self._anchor = canvas.stage.snapped(canvas.scale.ticks_at(pressed.x)).position
        if pressed.has(SHIFT) and self._before.span is not None:
            middle = (self._before.span.start + self._before.span.end) / 2
            is_left = canvas.scale.ticks_at(pressed.x) < middle
            self._anchor = self._before.span.end if is_left else self._before.span.start

    def drag(self, pointer: Pointer) -> None:
        end = self._canvas.snapped(pointer)
        if end == self._anchor:
            self._workspace.set_selection(Selection())
            return
        span = Span(min(self._anchor, end), max(self._anchor, end))
        self._workspace.set_selection(Selection(span, frozenset((self._canvas.lane,))))

    def click(self) -> None:
        if self._clicked is not None:
            self._clicked()
        else:
            self._workspace.set_selection(Selection())

    def abandon(self) -> None:
        self._workspace.set_selection(self._before)


class RubberBand(Gesture):
    """Selects the items a rectangle touches; with Shift they join those already selected."""

    def __init__(
        self,
        canvas: LaneCanvas,
        pressed: Pointer,
        items_in: Callable[[QRectF], Iterable[Item]],
        show: Callable[[QRectF | None], None],
    ) -> None:
        """``items_in`` finds what a rectangle touches; ``show`` draws the rectangle, or none."""
        self._canvas = canvas
        self._items_in = items_in
        self._show = show
        self._workspace = canvas.stage.workspace
        self._before = self._workspace.selection
        self._kept = self._before.items if pressed.has(SHIFT) else frozenset()
        # Held as time, so that scrolling under the pointer keeps the corner in place.
        self._corner: tuple[Ticks, float] = (canvas.scale.ticks_at(pressed.x), pressed.y)

    def drag(self, pointer: Pointer) -> None:
        corner = QPointF(self._canvas.scale.x_at(self._corner[0]), self._corner[1])
        band = QRectF(corner, pointer.at).normalized()
        self._show(band)
        self._workspace.set_selection(Selection(items=self._kept | frozenset(self._items_in(band))))

    def click(self) -> None:
        self._workspace.set_selection(Selection(items=self._kept))

    def finish(self) -> None:
        self._show(None)

    def abandon(self) -> None:
        self._show(None)
        self._workspace.set_selection(self._before)
