"""A drag on a lane: it begins with the first movement and ends as one undo step."""

from __future__ import annotations

from typing import Generic, TypeVar

from app.ui.lanes.gesture import ALT, Gesture, Pointer
from app.ui.lanes.lane_canvas import LaneCanvas
from engine.timebase import Ticks

Canvas = TypeVar("Canvas", bound=LaneCanvas)


class LaneDrag(Gesture, Generic[Canvas]):
    """What drags on every lane have in common; ``lane`` is where it was pressed."""

    def __init__(self, lane: Canvas, pressed: Pointer) -> None:
        self.lane = lane
        self.arrange = lane.stage.arrange
        self.pressed = pressed

    def begin(self) -> None:
        """Open the step, once."""
        if not self.arrange.is_running:
            self.arrange.begin()

    def landed(self, start: Ticks, pointer: Pointer) -> Ticks:
        """Where something that began at ``start`` is now, snapped; shows the guide."""
        wide = self.lane.scale.ticks_wide(pointer.x - self.pressed.x)
        landed = self.lane.stage.moved_by(start, wide, is_free=pointer.has(ALT))
        self.lane.show_guide(landed.position if landed.guide else None)
        return landed.position

    def finish(self) -> None:
        self.arrange.finish()

    def abandon(self) -> None:
        self.arrange.cancel()
