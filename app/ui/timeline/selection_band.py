"""Selecting time over all lanes, by a drag on the ruler or with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.document.workspace import Workspace
from app.model.selection import Selection
from app.ui.lanes.gesture import ALT, Gesture, Pointer
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.timeline.ruler import Ruler


class SelectTime(Gesture):
    """Selects between press and pointer on every lane; a click moves the start marker."""

    def __init__(self, ruler: Ruler, pressed: Pointer) -> None:
        self._ruler = ruler
        self._workspace = ruler.stage.workspace
        self._before = self._workspace.selection
        at = ruler.scale.ticks_at(pressed.x)
        self._anchor = ruler.stage.snapped(at, is_free=pressed.has(ALT)).position

    def drag(self, pointer: Pointer) -> None:
        end = self._ruler.snapped(pointer)
        if end == self._anchor:
            self._workspace.set_selection(Selection())
        else:
            span = Span(min(self._anchor, end), max(self._anchor, end))
            self._workspace.set_selection(Selection(span))

    def click(self) -> None:
        self._workspace.set_start_marker(self._anchor)
        self._workspace.set_playhead(self._anchor)

    def abandon(self) -> None:
        self._workspace.set_selection(self._before)


def extend_selection(workspace: Workspace, step: int) -> None:
    """Move the end of the selected range by ``step`` ticks; without one, begin at the playhead.

    A range that would become empty disappears.
    """
    span = workspace.selection.span
    start, end = (span.start, span.end) if span else (workspace.playhead, workspace.playhead)
    end = Ticks(max(0, end + step))
    if start == end:
        workspace.set_selection(Selection())
    else:
        lanes = workspace.selection.lanes if span else frozenset()
        workspace.set_selection(Selection(Span(min(start, end), max(start, end)), lanes))
