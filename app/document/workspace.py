"""Where the person is: selection, loop, markers, grid and tool. Not saved in the history."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.model.lane import LaneId
from app.model.selection import Selection
from app.model.snapping import Grid
from engine.timebase import Span, Ticks


class Tool(StrEnum):
    """What the pointer does in lanes; the value is what is shown."""

    SELECT = "Select"
    DRAW = "Draw"
    ERASE = "Erase"


class Workspace(QObject):
    """Transient state, one value per signal; setting an equal value emits nothing.

    Signals carry the new value: ``selection_changed(Selection)``, ``loop_changed(Span | None,
    is_on)``, ``start_marker_changed(Ticks)``, ``playhead_changed(Ticks)``,
    ``focused_lane_changed(LaneId)``, ``snap_changed(is_on, Grid)``, ``tool_changed(Tool)``.
    """

    selection_changed = Signal(object)
    loop_changed = Signal(object, bool)
    start_marker_changed = Signal(object)
    playhead_changed = Signal(object)
    focused_lane_changed = Signal(object)
    snap_changed = Signal(bool, object)
    tool_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection = Selection()
        self._loop: Span[Ticks] | None = None
        self._is_looping = False
        self._start_marker = Ticks(0)
        self._playhead = Ticks(0)
        self._focused_lane = LaneId.CHORDS
        self._is_snapping = True
        self._grid = Grid.ADAPTIVE
        self._tool = Tool.SELECT

    @property
    def selection(self) -> Selection:
        """What is under edit now."""
        return self._selection

    def set_selection(self, selection: Selection) -> None:
        """Select something else; ``Selection()`` is nothing."""
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)

    @property
    def loop(self) -> Span[Ticks] | None:
        """The brace, which stays when looping is off; None before one was drawn."""
        return self._loop

    @property
    def is_looping(self) -> bool:
        """Whether playback repeats the brace; never true without one."""
        return self._is_looping

    def set_loop(self, loop: Span[Ticks] | None, is_on: bool | None = None) -> None:
        """Move the brace; ``is_on`` None leaves looping as it was."""
        wanted = self._is_looping if is_on is None else is_on
        is_on = wanted and loop is not None
        if (loop, is_on) != (self._loop, self._is_looping):
            self._loop, self._is_looping = loop, is_on
            self.loop_changed.emit(loop, is_on)

    def set_looping(self, is_on: bool) -> None:
        """Switch looping; without a brace it stays off."""
        self.set_loop(self._loop, is_on)

    @property
    def start_marker(self) -> Ticks:
        """Where playback starts, and where a run without a selection begins."""
        return self._start_marker

    def set_start_marker(self, position: Ticks) -> None:
        """Move the start marker; never before bar 1."""
        position = Ticks(max(0, position))
        if position != self._start_marker:
            self._start_marker = position
            self.start_marker_changed.emit(position)

    @property
    def playhead(self) -> Ticks:
        """Where playback is."""
        return self._playhead

    def set_playhead(self, position: Ticks) -> None:
        """Move the playhead; never before bar 1."""
        position = Ticks(max(0, position))
        if position != self._playhead:
            self._playhead = position
            self.playhead_changed.emit(position)

    @property
    def focused_lane(self) -> LaneId:
        """The lane that keys act on."""
        return self._focused_lane

    def set_focused_lane(self, lane: LaneId) -> None:
        """Focus a lane."""
        if lane is not self._focused_lane:
            self._focused_lane = lane
            self.focused_lane_changed.emit(lane)

    @property
    def is_snapping(self) -> bool:
        """Whether edits land on the grid."""
        return self._is_snapping

    @property
    def grid(self) -> Grid:
        """How fine the grid is."""
        return self._grid

    def set_snap(self, is_on: bool, grid: Grid | None = None) -> None:
        """Switch snapping, and choose the grid; ``grid`` None keeps it."""
        grid = grid or self._grid
        if (is_on, grid) != (self._is_snapping, self._grid):
            self._is_snapping, self._grid = is_on, grid
            self.snap_changed.emit(is_on, grid)

    @property
    def tool(self) -> Tool:
        """What the pointer does."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Choose a tool."""
        if tool is not self._tool:
            self._tool = tool
            self.tool_changed.emit(tool)
