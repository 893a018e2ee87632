"""The corner above the lane headers: grid and snap, always in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.model.snapping import Grid
from app.ui import theme
from app.ui.lanes.lane_header import HEADER_WIDTH_PX
from app.ui.lanes.stage import Stage
from app.ui.timeline.ruler import RULER_HEIGHT_PX


class TimelineCorner(QWidget):
    """Two buttons: whether edits snap, and how fine the grid is."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.setFixedSize(HEADER_WIDTH_PX, RULER_HEIGHT_PX)
        self._snap = QToolButton(self)
        self._snap.setText("Snap")
        self._snap.setCheckable(True)
        self._snap.setToolTip("Edits land on the grid (N). Hold Alt while dragging to ignore it.")
        self._snap.clicked.connect(lambda is_on: stage.workspace.set_snap(is_on))
        self._grid = QToolButton(self)
        self._grid.setToolTip("How fine the grid is (, coarser  . finer)")
        self._grid.setAccessibleName("Grid")
        self._grid.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._grid)
        for grid in Grid:
            menu.addAction(_name(grid)).triggered.connect(
                lambda _=False, grid=grid: stage.workspace.set_snap(True, grid)
            )
        self._grid.setMenu(menu)
        for button in (self._snap, self._grid):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(6)
        row.addWidget(self._snap)
        row.addWidget(self._grid)
        row.addStretch(1)
        stage.workspace.snap_changed.connect(self._show)
        stage.axis.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        workspace = self._stage.workspace
        self._snap.setChecked(workspace.is_snapping)
        self._grid.setText(f"Grid: {_name(workspace.grid)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(palette.panel))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(palette.border))
        painter.end()


def _name(grid: Grid) -> str:
    return "auto" if grid is Grid.ADAPTIVE else grid.value
