"""Which drum rows are shown, and their names at the left of the grid."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QToolTip, QWidget

from app.model.drum_hit import NORMAL, DrumLane, DrumRow
from app.model.lane import LaneId
from app.model.project import Project
from app.ui import theme
from app.ui.lanes.stage import Stage

ROW_HEIGHT_PX = 24
NAMES_WIDTH_PX = 84
MAIN_PITCHES = frozenset((36, 38, 39, 42, 46))


def shown_rows(lane: DrumLane, shows_all: bool) -> tuple[DrumRow, ...]:
    """The rows in their order: all, or the main ones and every row that is in use."""
    if shows_all:
        return lane.rows
    used = {hit.pitch for hit in lane.hits} | MAIN_PITCHES
    return tuple(row for row in lane.rows if row.pitch in used)


class DrumRowNames(QWidget):
    """The names beside the grid: click to hear, right-click for mute and solo of one row."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._rows: tuple[DrumRow, ...] = ()
        self.setFixedWidth(NAMES_WIDTH_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Drum rows")
        stage.document.changed.connect(self._on_changed)

    def show_rows(self, rows: tuple[DrumRow, ...]) -> None:
        """Show the names of these rows, from top to bottom."""
        self._rows = rows
        self.setAccessibleDescription(", ".join(row.name for row in rows))
        self.update()

    def _row_at(self, y: float) -> DrumRow | None:
        index = int(y // ROW_HEIGHT_PX)
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self._stage.workspace.set_focused_lane(LaneId.DRUMS)
            self._stage.drum_auditioned.emit(row.pitch, NORMAL)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self._row_at(event.pos().y())
        if row is None:
            return
        drums = self._stage.arrange.drums
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, is_set, changed in (
            ("Mute row", row.is_muted, replace(row, is_muted=not row.is_muted)),
            ("Solo row", row.is_solo, replace(row, is_solo=not row.is_solo)),
        ):
            action = menu.addAction(word)
            action.setCheckable(True)
            action.setChecked(is_set)
            action.triggered.connect(
                lambda _=False, changed=changed, word=word: drums.set_row(changed, word)
            )
        menu.addAction("Rename…").triggered.connect(lambda: self._rename(row))
        menu.addSeparator()
        menu.addAction("Clear row").triggered.connect(lambda: drums.clear_row(row.pitch))
        menu.popup(event.globalPos())

    def _rename(self, row: DrumRow) -> None:
        name, is_accepted = QInputDialog.getText(self, "Rename row", "Name", text=row.name)
        if is_accepted and name.strip():
            self._stage.arrange.drums.set_row(replace(row, name=name.strip()), "Rename row")

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            if row is not None:
                words = f"{row.name} (MIDI note {row.pitch}): click to hear"
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(palette.lane_header))
        font = self.font()
        font.setPixelSize(theme.type_scale().caption)
        for index, row in enumerate(self._rows):
            font.setStrikeOut(row.is_muted)
            painter.setFont(font)
            colour = palette.text_disabled if row.is_muted else palette.text_secondary
            painter.setPen(QColor(palette.accent if row.is_solo else colour))
            box = QRectF(0, index * ROW_HEIGHT_PX, self.width() - 8, ROW_HEIGHT_PX)
            name = f"● {row.name}" if row.is_solo else row.name
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, align, name)
        painter.end()

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.drums.rows is not after.drums.rows:
            self.update()
