"""Which drum rows are shown, and their names at the left of the grid."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from app.model.drum_hit import NORMAL, DrumLane, DrumRow
from app.model.lane import LaneId
from app.model.project import Project
from app.ui import theme
from app.ui.lanes.drum_menus import row_menu
from app.ui.lanes.stage import Stage

ROW_HEIGHT_PX = 24
NAMES_WIDTH_PX = 104
SWITCH_PX = 16
MAIN_PITCHES = frozenset((36, 38, 39, 42, 46))


def shown_rows(lane: DrumLane, shows_all: bool) -> tuple[DrumRow, ...]:
    """The rows in their order: all, or the main ones and every row that is in use."""
    if shows_all:
        return lane.rows
    used = {hit.pitch for hit in lane.hits} | MAIN_PITCHES
    return tuple(row for row in lane.rows if row.pitch in used)


class DrumRowNames(QWidget):
    """The names beside the grid: click to hear, drag to reorder, M and S of each row."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._rows: tuple[DrumRow, ...] = ()
        self._dragged: DrumRow | None = None
        self._target: int | None = None  # index of the row above which the dragged one would land
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
        if row is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._stage.workspace.set_focused_lane(LaneId.DRUMS)
        drums, x = self._stage.arrange.drums, event.position().x()
        if x < SWITCH_PX:
            drums.set_row(replace(row, is_muted=not row.is_muted), "Mute row")
        elif x < 2 * SWITCH_PX:
            drums.set_row(replace(row, is_solo=not row.is_solo), "Solo row")
        else:
            self._dragged = row
            self._stage.drum_auditioned.emit(row.pitch, NORMAL)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        index = round(event.position().y() / ROW_HEIGHT_PX)
        here = self._rows.index(self._dragged)
        index = min(len(self._rows), max(0, index))
        self._target = None if index in (here, here + 1) else index
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        dragged, target = self._dragged, self._target
        self._dragged = self._target = None
        if dragged is not None and target is not None:
            above = self._rows[target].pitch if target < len(self._rows) else None
            self._stage.arrange.drums.move_row(dragged.pitch, above)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_at(event.pos().y())
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def menu_at(self, y: float) -> QMenu | None:
        """The menu of the row at a height; None below the last row."""
        row = self._row_at(y)
        return None if row is None else row_menu(self._stage, row, self)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            if row is not None:
                late = f", {row.nudge_ms:+.0f} ms" if row.nudge_ms else ""
                words = f"{row.name} (MIDI note {row.pitch}{late}): click to hear, drag to reorder"
                if event.pos().x() < 2 * SWITCH_PX:
                    words = f"{'Mute' if event.pos().x() < SWITCH_PX else 'Solo'} {row.name}"
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(palette.lane_header))
        for index, row in enumerate(self._rows):
            top = index * ROW_HEIGHT_PX
            self._paint_switch(painter, 0, top, "M", row.is_muted, palette.warning)
            self._paint_switch(painter, SWITCH_PX, top, "S", row.is_solo, palette.accent)
            self._paint_name(painter, row, top)
        if self._target is not None:
            y = min(self.height() - 2, max(0, self._target * ROW_HEIGHT_PX - 1))
            painter.fillRect(QRectF(0, y, self.width(), 2), QColor(palette.focus_ring))
        painter.end()

    def _paint_switch(
        self, painter: QPainter, left: float, top: float, letter: str, is_on: bool, colour: str
    ) -> None:
        palette = theme.current()
        if is_on:
            box = QRectF(left + 1, top + 4, SWITCH_PX - 2, ROW_HEIGHT_PX - 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(box, 3, 3)
        font = self.font()
        font.setPixelSize(theme.type_scale().caption - 1)
        painter.setFont(font)
        painter.setPen(QColor(palette.text_on_chord if is_on else palette.text_disabled))
        place = QRectF(left, top, SWITCH_PX, ROW_HEIGHT_PX)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_name(self, painter: QPainter, row: DrumRow, top: float) -> None:
        palette, font = theme.current(), self.font()
        font.setPixelSize(theme.type_scale().caption)
        font.setStrikeOut(row.is_muted)
        painter.setFont(font)
        painter.setPen(QColor(palette.text_disabled if row.is_muted else palette.text_secondary))
        left = 2 * SWITCH_PX + 2
        box = QRectF(left, top, self.width() - left - 6, ROW_HEIGHT_PX)
        late = f"{row.nudge_ms:+.0f} " if row.nudge_ms else ""
        name = QFontMetricsF(font).elidedText(
            f"{late}{row.name}", Qt.TextElideMode.ElideRight, box.width()
        )
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, align, name)

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.drums.rows is not after.drums.rows:
            self.update()
