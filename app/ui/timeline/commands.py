"""What keys do on the timeline. Each method is one command that a menu can offer too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.actions.arrange import clips_and_masks, extent_of, is_of_lane
from app.document.workspace import Tool
from app.model.lane import LaneId
from app.model.selection import Selection
from app.model.snapping import coarser, finer
from app.ui.lanes.gesture import CONTROL, SHIFT
from app.ui.lanes.stage import Stage
from app.ui.timeline.selection_band import extend_selection
from engine.timebase import Span, Ticks

KEY_ZOOM = 1.5
_NONE = Qt.KeyboardModifier.NoModifier
_Keys = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]


class TimelineCommands:
    """Acts on the selection, the focused lane and the view.

    A main window may give any of them to a shortcut of its own; ``key`` serves the default
    keys where it does not.
    """

    def __init__(self, stage: Stage, focus_lane: Callable[[LaneId], None]) -> None:
        self._stage = stage
        self._focus_lane = focus_lane
        key = Qt.Key
        self._keys: _Keys = {
            (key.Key_Z, _NONE): self.zoom_to_selection,
            (key.Key_X, _NONE): self.zoom_back,
            (key.Key_Z, SHIFT): self.fit_song,
            (key.Key_Plus, _NONE): self.zoom_in,
            (key.Key_Plus, SHIFT): self.zoom_in,
            (key.Key_Equal, _NONE): self.zoom_in,
            (key.Key_Minus, _NONE): self.zoom_out,
            (key.Key_Comma, _NONE): self.coarser_grid,
            (key.Key_Period, _NONE): self.finer_grid,
            (key.Key_N, _NONE): self.toggle_snap,
            (key.Key_V, _NONE): self.use_select_tool,
            (key.Key_B, _NONE): self.use_draw_tool,
            (key.Key_E, _NONE): self.use_erase_tool,
            (key.Key_I, _NONE): self.toggle_mask,
            (key.Key_I, SHIFT): self.clear_masks,
            (key.Key_L, _NONE): self.toggle_loop,
            (key.Key_L, CONTROL): self.loop_selection,
            (key.Key_M, _NONE): self.mute_lane,
            (key.Key_S, _NONE): self.solo_lane,
            (key.Key_Delete, _NONE): self.delete,
            (key.Key_Backspace, _NONE): self.delete,
            (key.Key_D, CONTROL): self.duplicate,
            (key.Key_A, CONTROL): self.select_all,
            (key.Key_C, CONTROL): self.copy,
            (key.Key_X, CONTROL): self.cut,
            (key.Key_V, CONTROL): self.paste,
            (key.Key_E, CONTROL): self.split,
            (key.Key_Q, _NONE): self.quantise,
            (key.Key_Escape, _NONE): self.back_out,
            (key.Key_Left, _NONE): lambda: self.step(-1),
            (key.Key_Right, _NONE): lambda: self.step(1),
            (key.Key_Left, SHIFT): lambda: self.extend(-1),
            (key.Key_Right, SHIFT): lambda: self.extend(1),
            (key.Key_Left, CONTROL): lambda: self.step_bar(-1),
            (key.Key_Right, CONTROL): lambda: self.step_bar(1),
            (key.Key_Up, _NONE): lambda: self.next_lane(-1),
            (key.Key_Down, _NONE): lambda: self.next_lane(1),
            (key.Key_Home, _NONE): lambda: self._go(Ticks(0)),
            (key.Key_End, _NONE): lambda: self._go(stage.project.end),
        }

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Run the command of a key; False where there is none."""
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        command = self._keys.get((key, plain))
        if command is None:
            return False
        command()
        return True

    # View.

    def zoom_in(self) -> None:
        """Magnify around the playhead."""
        self._stage.axis.step_zoom(KEY_ZOOM, self._stage.workspace.playhead)

    def zoom_out(self) -> None:
        """See more around the playhead."""
        self._stage.axis.step_zoom(1 / KEY_ZOOM, self._stage.workspace.playhead)

    def zoom_to_selection(self) -> None:
        """Fill the view with the selected range or items."""
        span = self._selected_extent()
        if span is not None:
            self._stage.axis.show_span(span)

    def zoom_back(self) -> None:
        """Undo the last zoom step."""
        self._stage.axis.zoom_back()

    def fit_song(self) -> None:
        """See the whole song."""
        self._stage.axis.show_span(self._stage.whole_song)

    # Grid and tools.

    def coarser_grid(self) -> None:
        """Wider grid."""
        workspace = self._stage.workspace
        workspace.set_snap(workspace.is_snapping, coarser(workspace.grid))
        self._stage.said.emit(f"Grid {workspace.grid}")

    def finer_grid(self) -> None:
        """Narrower grid."""
        workspace = self._stage.workspace
        workspace.set_snap(workspace.is_snapping, finer(workspace.grid))
        self._stage.said.emit(f"Grid {workspace.grid}")

    def toggle_snap(self) -> None:
        """Let edits land on the grid, or anywhere."""
        workspace = self._stage.workspace
        workspace.set_snap(not workspace.is_snapping)
        self._stage.said.emit("Snap on" if workspace.is_snapping else "Snap off")

    def use_select_tool(self) -> None:
        """Point, drag, double-click to write."""
        self._stage.workspace.set_tool(Tool.SELECT)

    def use_draw_tool(self) -> None:
        """A single click writes."""
        self._stage.workspace.set_tool(Tool.DRAW)

    def use_erase_tool(self) -> None:
        """A click or a stroke deletes."""
        self._stage.workspace.set_tool(Tool.ERASE)

    # Loop and masks.

    def toggle_loop(self) -> None:
        """Loop on or off; the first time over the selection, else two bars."""
        workspace, tempo = self._stage.workspace, self._stage.project.tempo
        if workspace.loop is None:
            bar = tempo.position_at(workspace.start_marker)[0]
            span = workspace.selection.span or tempo.bars(bar, bar + 1)
            workspace.set_loop(span, is_on=True)
        else:
            workspace.set_looping(not workspace.is_looping)

    def loop_selection(self) -> None:
        """Loop the selected range or items, and switch looping on."""
        span = self._selected_extent()
        if span is not None:
            self._stage.workspace.set_loop(span, is_on=True)

    def toggle_mask(self) -> None:
        """Turn the selection into a mask; without one, freeze or free the mask at the playhead."""
        stage = self._stage
        span = stage.workspace.selection.span
        clips, _ = clips_and_masks(stage.arrange.selected(), stage.project)
        if span is None and clips:
            span = self._selected_extent()
        if span is not None:
            stage.arrange.audio.add_mask(span)
            return
        for mask in stage.project.masks:
            if mask.span.contains(stage.workspace.playhead):
                stage.arrange.audio.switch_mask(mask.id, not mask.is_on)
                return
        stage.said.emit("Select bars first, then press I to mask them")

    def clear_masks(self) -> None:
        """Take away the masks that touch the selection."""
        span = self._selected_extent()
        if span is not None:
            self._stage.arrange.audio.clear_masks(span)

    # Lanes.

    def mute_lane(self) -> None:
        """Mute the focused lane, or let it sound."""
        self._stage.arrange.mute(self._stage.workspace.focused_lane)

    def solo_lane(self) -> None:
        """Solo the focused lane, or not."""
        self._stage.arrange.solo(self._stage.workspace.focused_lane)

    def next_lane(self, direction: int) -> None:
        """Focus the lane above (-1) or below (+1)."""
        lanes = tuple(LaneId)
        index = lanes.index(self._stage.workspace.focused_lane) + direction
        if 0 <= index < len(lanes):
            self._focus_lane(lanes[index])

    # Selection.

    def select_all(self) -> None:
        """Select everything on the focused lane."""
        self._stage.arrange.select_all(self._stage.workspace.focused_lane)

    def delete(self) -> None:
        """Delete what is selected."""
        self._stage.arrange.delete_selection()

    def duplicate(self) -> None:
        """Copy what is selected to right after it."""
        self._stage.arrange.duplicate_selection()

    def copy(self) -> None:
        """Remember what is selected, and give it to other programs as text."""
        arrange = self._stage.arrange
        if arrange.selected():
            arrange.copy_selection()
            QGuiApplication.clipboard().setText(arrange.text.of(arrange.copied))

    def cut(self) -> None:
        """Remember what is selected and delete it."""
        self.copy()
        self._stage.arrange.delete_selection()

    def paste(self) -> None:
        """Put what was copied at the playhead; text from elsewhere, or of another lane, too."""
        arrange, lane = self._stage.arrange, self._stage.workspace.focused_lane
        at = self._stage.cell_start(self._stage.workspace.playhead)
        text = QGuiApplication.clipboard().text()
        is_at_home = text == arrange.text.of(arrange.copied) and is_of_lane(arrange.copied, lane)
        if is_at_home or not arrange.text.paste(lane, text, at):
            arrange.paste(at)

    def split(self) -> None:
        """Cut the selected clips, chord or notes at the playhead."""
        self._stage.arrange.split_at(self._stage.workspace.playhead)

    def quantise(self) -> None:
        """Pull the selected notes or drum steps, else all of the focused lane, to the grid."""
        self._stage.arrange.quantise(self._stage.workspace.focused_lane, self._stage.grid_step)

    def back_out(self) -> None:
        """Escape: first the tool, then the selection."""
        workspace = self._stage.workspace
        if workspace.tool is not Tool.SELECT:
            workspace.set_tool(Tool.SELECT)
        else:
            workspace.set_selection(Selection())

    # Playhead.

    def step(self, direction: int) -> None:
        """Nudge the selected items by the grid; without any, move the playhead."""
        step = direction * self._stage.grid_step
        if not self._stage.arrange.nudge_selection(step):
            self._go(Ticks(max(0, self._stage.workspace.playhead + step)))

    def extend(self, direction: int) -> None:
        """Extend the selected range by the grid."""
        extend_selection(self._stage.workspace, direction * self._stage.grid_step)

    def step_bar(self, direction: int) -> None:
        """Playhead to the next or previous bar line."""
        bar = self._stage.project.tempo.meter.bar_ticks
        here = self._stage.workspace.playhead
        target = (here // bar + 1) * bar if direction > 0 else (here - 1) // bar * bar
        self._go(Ticks(max(0, target)))

    def _go(self, position: Ticks) -> None:
        self._stage.workspace.set_start_marker(position)
        self._stage.workspace.set_playhead(position)
        self._stage.axis.reveal(position)

    def _selected_extent(self) -> Span[Ticks] | None:
        stage = self._stage
        span = stage.workspace.selection.span
        return span or extent_of(stage.arrange.selected(), stage.project)
