"""The timeline: ruler and lanes one below the other, over one time axis."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QMenu,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.actions.arrange import Arrange
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.drum_hit import DrumRow
from app.model.lane import LaneId
from app.model.project import Project
from app.ui.lanes.audio_lane import AudioLaneCanvas
from app.ui.lanes.chord_lane import ChordLaneCanvas
from app.ui.lanes.drum_lane import DrumLane
from app.ui.lanes.drum_rows import ROW_HEIGHT_PX, DrumRowNames
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.lane_header import HEADER_WIDTH_PX, LaneHeader
from app.ui.lanes.note_lane import NoteLaneCanvas
from app.ui.lanes.note_rows import PianoKeys
from app.ui.lanes.section_lane import SectionLaneCanvas
from app.ui.lanes.stage import PeakSource, Stage
from app.ui.timeline.commands import TimelineCommands
from app.ui.timeline.corner import TimelineCorner
from app.ui.timeline.lane_row import SPACING_PX, LaneRow
from app.ui.timeline.playhead import Playhead
from app.ui.timeline.ruler import RULER_HEIGHT_PX, Ruler
from app.ui.timeline.time_axis import TimeAxis
from engine.timebase import Ticks

SECTIONS_HEIGHT_PX = 34
CHORDS_HEIGHT_PX = 66
NOTES_HEIGHT_PX = 190
AUDIO_HEIGHT_PX = 132
NOTES_SHARE = 0.7


class LaneScroller(QScrollArea):
    """Scrolls the lanes up and down by wheel and bar; the arrow keys belong to the lanes."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class TimelineView(QWidget):
    """``TimelineView(document, workspace, arrange, peaks)``; needs nothing else.

    It edits through ``arrange`` and follows ``document`` and ``workspace``. What it asks of the
    rest of the studio are the signals of ``stage``; its keys are methods of ``commands``.
    """

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        arrange: Arrange,
        peaks: PeakSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.axis = TimeAxis(self)
        self.stage = Stage(document, workspace, self.axis, arrange, peaks, self)
        self.ruler = Ruler(self.stage)
        self.section_lane = SectionLaneCanvas(self.stage)
        self.chord_lane = ChordLaneCanvas(self.stage)
        self.drum_lane = DrumLane(self.stage)
        self.note_lane = NoteLaneCanvas(self.stage)
        self.audio_lane = AudioLaneCanvas(self.stage)
        self.canvases: dict[LaneId, LaneCanvas] = {
            LaneId.SECTIONS: self.section_lane,
            LaneId.CHORDS: self.chord_lane,
            LaneId.DRUMS: self.drum_lane,
            LaneId.NOTES: self.note_lane,
            LaneId.AUDIO: self.audio_lane,
        }
        self.commands = TimelineCommands(self.stage, self.focus_lane)
        self.follows_playhead = True
        self._song = self.stage.whole_song
        self._rows: dict[LaneId, LaneRow] = {}
        self._scroll_bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._scroll_area = LaneScroller(self)
        self._lay_out()
        self._playhead = Playhead(self)

        self.axis.changed.connect(self._on_axis_changed)
        self._scroll_bar.valueChanged.connect(self._on_scrolled)
        document.changed.connect(self._on_changed)
        document.replaced.connect(self._on_replaced)
        workspace.playhead_changed.connect(self._on_playhead)
        self._on_axis_changed()
        self.setAccessibleName("Timeline")

    def focus_lane(self, lane: LaneId) -> None:
        """Give the keyboard to a lane; the chord lane shows its caret."""
        canvas = self.canvases[lane]
        canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.stage.workspace.set_focused_lane(lane)
        self._scroll_area.ensureWidgetVisible(canvas, 0, 20)
        if lane is LaneId.CHORDS:
            self.chord_lane.place_caret()

    def set_follows_playhead(self, is_on: bool) -> None:
        """Turn the page when the playhead leaves the view, or stay."""
        self.follows_playhead = is_on

    # Saving how it looks.

    def view_state(self) -> dict[str, float]:
        """Zoom, scroll and lane heights, to be kept until next time."""
        scale = self.axis.scale
        state = {"px_per_quarter": scale.px_per_quarter, "origin": scale.origin}
        return state | {f"height_{lane}": row.own_height for lane, row in self._rows.items()}

    def restore_view_state(self, state: dict[str, float]) -> None:
        """Look as in ``view_state``; what is missing or out of range stays as it is."""
        px, origin = state.get("px_per_quarter"), state.get("origin")
        if px is not None and origin is not None:
            self.axis.restore(px, origin)
        for lane, row in self._rows.items():
            height = state.get(f"height_{lane}")
            if height is not None and lane is not LaneId.DRUMS:
                row.set_height(round(height))

    # Laying out.

    def _lay_out(self) -> None:
        names, keys = DrumRowNames(self.stage), PianoKeys(self.stage)
        names.show_rows(self.drum_lane.rows)
        keys.show_rows(self.note_lane.rows)
        self.drum_lane.rows_changed.connect(names.show_rows)
        self.drum_lane.rows_changed.connect(self._on_drum_rows)
        self.note_lane.rows_moved.connect(keys.show_rows)
        gutters: dict[LaneId, QWidget] = {LaneId.DRUMS: names, LaneId.NOTES: keys}
        heights = {
            LaneId.SECTIONS: SECTIONS_HEIGHT_PX,
            LaneId.CHORDS: CHORDS_HEIGHT_PX,
            LaneId.DRUMS: self._drums_height(self.drum_lane.rows),
            LaneId.NOTES: NOTES_HEIGHT_PX,
            LaneId.AUDIO: AUDIO_HEIGHT_PX,
        }
        stack = QWidget()
        column = QVBoxLayout(stack)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for lane, canvas in self.canvases.items():
            header = LaneHeader(lane, self.stage, gutters.get(lane))
            if lane is LaneId.DRUMS:
                header.add_tool(self._grooves_button())
            row = LaneRow(header, canvas, heights[lane], is_resizable=lane is not LaneId.DRUMS)
            row.height_changed.connect(self._share_height)
            self._rows[lane] = row
            column.addWidget(row)
        column.addStretch(1)
        area = self._scroll_area
        area.setWidget(stack)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().installEventFilter(self)

        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(TimelineCorner(self.stage), 0, 0)
        grid.addWidget(self.ruler, 0, 1)
        grid.addWidget(area, 1, 0, 1, 2)
        grid.addWidget(self._scroll_bar, 2, 1)
        grid.setColumnMinimumWidth(0, HEADER_WIDTH_PX)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)

    def _grooves_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("Groove ▾")
        button.setToolTip("Paint a groove over the selected bars, else over the whole run")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self.drum_lane.fill_patterns_menu(menu))
        button.setMenu(menu)
        return button

    @staticmethod
    def _drums_height(rows: tuple[DrumRow, ...]) -> int:
        return max(5, len(rows)) * ROW_HEIGHT_PX

    def _on_drum_rows(self, rows: tuple[DrumRow, ...]) -> None:
        self._rows[LaneId.DRUMS].set_height(self._drums_height(rows))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit_axis()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_axis()

    def _fit_axis(self) -> None:
        # The vertical scroll bar takes its width from the lanes; the ruler must end with them.
        lanes = self._scroll_area.viewport().width() - HEADER_WIDTH_PX
        surplus = max(0, self.width() - self._scroll_area.viewport().width())
        self.ruler.setContentsMargins(0, 0, surplus, 0)
        self.axis.set_width(lanes)
        self._share_height()
        self._place_playhead()

    def _share_height(self) -> None:
        """Let the notes and audio lanes fill the room that is left over."""
        needed = sum(row.own_height + SPACING_PX for row in self._rows.values())
        spare = max(0, self._scroll_area.viewport().height() - needed)
        for_notes = int(spare * NOTES_SHARE)
        self._rows[LaneId.NOTES].set_extra(for_notes)
        self._rows[LaneId.AUDIO].set_extra(spare - for_notes)

    # Following.

    def _on_axis_changed(self) -> None:
        scale, width = self.axis.scale, self.axis.width
        end = max(self._song.end, scale.visible(width).end)
        bar = self.stage.project.tempo.meter.bar_ticks
        unit = self._scroll_unit
        self._scroll_bar.blockSignals(True)
        most = int((end + 4 * bar - scale.ticks_wide(width)) / unit)
        self._scroll_bar.setRange(0, max(0, most, round(scale.origin / unit)))
        self._scroll_bar.setPageStep(max(1, int(scale.ticks_wide(width) / unit)))
        self._scroll_bar.setSingleStep(max(1, bar // unit))
        self._scroll_bar.setValue(round(scale.origin / unit))
        self._scroll_bar.blockSignals(False)
        self._place_playhead()

    @property
    def _scroll_unit(self) -> int:
        """Ticks per step of the scroll bar, whose values are 32-bit integers."""
        return 10

    def _on_scrolled(self, value: int) -> None:
        self.axis.show(self.axis.scale.starting_at(value * self._scroll_unit))

    def _on_changed(self, before: Project, after: Project) -> None:
        song = self.stage.whole_song
        if song != self._song or before.tempo is not after.tempo:
            self._song = song
            self._on_axis_changed()

    def _on_replaced(self, _project: Project) -> None:
        self.axis.show_span(self.stage.whole_song)

    def _on_playhead(self, position: Ticks) -> None:
        is_dragging = self.ruler.is_busy or any(c.is_busy for c in self.canvases.values())
        if self.follows_playhead and not is_dragging:
            self.axis.reveal(position)
        self._place_playhead()

    def _place_playhead(self) -> None:
        x = HEADER_WIDTH_PX + self.axis.scale.x_at(self.stage.workspace.playhead)
        right = HEADER_WIDTH_PX + round(self.axis.width)
        bottom = self._scroll_bar.y() if self._scroll_bar.y() else self.height()
        self._playhead.stand_at(x, HEADER_WIDTH_PX, right, bottom, RULER_HEIGHT_PX - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.commands.key(Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)
