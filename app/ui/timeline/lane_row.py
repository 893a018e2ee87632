"""One lane in the stack: its header, its canvas, and the edge that changes its height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.lane_header import HEADER_WIDTH_PX, LaneHeader

SPACING_PX = 1
MIN_LANE_PX, MAX_LANE_PX = 34, 600
SPLITTER_PX = 5
HEIGHT_STEP_PX = 16


class LaneRow(QWidget):
    """A header and its canvas; the line below them is dragged to change the height."""

    height_changed = Signal()

    def __init__(
        self, header: LaneHeader, canvas: LaneCanvas, height: int, *, is_resizable: bool
    ) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, SPACING_PX)
        box.setSpacing(0)
        box.addWidget(header)
        box.addWidget(canvas, 1)
        self.own_height = 0
        self._extra = 0
        self.set_height(height)
        if is_resizable:
            RowSplitter(self)
            canvas.height_stepped.connect(self._on_height_stepped)

    def set_height(self, height: int) -> None:
        """Give the lane another height, within limits."""
        self.own_height = min(MAX_LANE_PX, max(MIN_LANE_PX, height))
        self.height_changed.emit()
        self._apply()

    def _on_height_stepped(self, steps: int) -> None:
        self.set_height(self.own_height + steps * HEIGHT_STEP_PX)

    def set_extra(self, px: int) -> None:
        """Fill ``px`` of room that no lane needs; it does not count as the lane's own height."""
        if px != self._extra:
            self._extra = px
            self._apply()

    def _apply(self) -> None:
        self.setFixedHeight(self.own_height + self._extra + SPACING_PX)


class RowSplitter(QWidget):
    """The lower edge of a lane row."""

    def __init__(self, row: LaneRow) -> None:
        super().__init__(row)
        self._row = row
        self._from: QPoint | None = None
        self._height = 0
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setToolTip("Drag to change the height of the lane")
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(0, self._row.height() - SPLITTER_PX, HEADER_WIDTH_PX, SPLITTER_PX)
            self.raise_()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.globalPosition().toPoint()
        self._height = self._row.own_height

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            moved = event.globalPosition().toPoint().y() - self._from.y()
            self._row.set_height(self._height + moved)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._from = None
