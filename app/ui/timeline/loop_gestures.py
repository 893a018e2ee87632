"""Drawing, moving and resizing the loop brace; all take effect on release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.lanes.gesture import ALT, Gesture, Pointer
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.timeline.ruler import Ruler


class LoopGesture(Gesture):
    """Shows the brace where it will be; playback is not disturbed before the release."""

    def __init__(self, ruler: Ruler, pressed: Pointer) -> None:
        self.ruler = ruler
        self.pressed = pressed
        self.workspace = ruler.stage.workspace
        self.loop = self.workspace.loop

    def landed(self, start: Ticks, pointer: Pointer) -> Ticks:
        """Where something that began at ``start`` is now, snapped."""
        wide = self.ruler.scale.ticks_wide(pointer.x - self.pressed.x)
        return self.ruler.stage.moved_by(start, wide, is_free=pointer.has(ALT)).position

    def show(self, start: Ticks, end: Ticks) -> None:
        """Preview the brace between two positions, in either order."""
        if start != end:
            self.ruler.show_loop(Span(min(start, end), max(start, end)))

    def finish(self) -> None:
        if self.ruler.loop_preview is not None:
            self.workspace.set_loop(self.ruler.loop_preview, is_on=True)
        self.ruler.show_loop(None)

    def abandon(self) -> None:
        self.ruler.show_loop(None)


class DrawLoop(LoopGesture):
    """A new brace between press and pointer."""

    def __init__(self, ruler: Ruler, pressed: Pointer) -> None:
        super().__init__(ruler, pressed)
        self._anchor = ruler.stage.snapped(ruler.scale.ticks_at(pressed.x)).position

    def drag(self, pointer: Pointer) -> None:
        self.show(self._anchor, self.ruler.snapped(pointer))


class MoveLoop(LoopGesture):
    """The same brace elsewhere; a click switches looping."""

    def drag(self, pointer: Pointer) -> None:
        if self.loop is not None:
            start = self.landed(self.loop.start, pointer)
            self.show(start, Ticks(start + self.loop.end - self.loop.start))

    def click(self) -> None:
        self.workspace.set_looping(not self.workspace.is_looping)


class ResizeLoop(LoopGesture):
    """One end of the brace; a click switches looping."""

    def __init__(self, ruler: Ruler, pressed: Pointer, *, is_right: bool) -> None:
        super().__init__(ruler, pressed)
        self._is_right = is_right

    def drag(self, pointer: Pointer) -> None:
        if self.loop is None:
            return
        if self._is_right:
            self.show(self.loop.start, self.landed(self.loop.end, pointer))
        else:
            self.show(self.landed(self.loop.start, pointer), self.loop.end)

    def click(self) -> None:
        self.workspace.set_looping(not self.workspace.is_looping)
