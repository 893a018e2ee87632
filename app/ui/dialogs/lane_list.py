"""The list view of a lane: a real table beside the drawing, in step with it both ways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.model.lane import LaneId
from app.model.project import Project
from app.model.selection import Selection
from app.ui.lanes.lane_header import NAMES
from app.ui.lanes.lane_table import LaneTable
from app.ui.lanes.stage import Stage

SIZE = (460, 520)
Index = QModelIndex | Any
"""Qt also passes persistent indexes; both answer to ``row`` and ``column``."""
NOWHERE = QModelIndex()


class LaneModel(QAbstractTableModel):
    """What a ``LaneTable`` says, for Qt's table."""

    def __init__(self, table: LaneTable, stage: Stage) -> None:
        super().__init__(stage)
        self.table = table
        self._stage = stage
        self._shown = table.rows
        stage.document.changed.connect(self._on_changed)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.columns)

    def row(self, index: int) -> Any:
        """What stands in a row."""
        return self._shown[index]

    def rows(self) -> tuple[Any, ...]:
        """What stands in all rows."""
        return self._shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        return self.table.columns[index.column()].shown(self._shown[index.row()])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        return self.table.columns[section].title

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_typed = self.table.columns[index.column()].typed is not None
        return plain | Qt.ItemFlag.ItemIsEditable if is_typed else plain

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        typed = self.table.columns[index.column()].typed
        if role != Qt.ItemDataRole.EditRole or typed is None or value == self.data(index):
            return False
        try:
            typed(self._shown[index.row()], str(value))
        except ValueError as error:
            self._stage.said.emit(f"Nothing changed: {error}")
            return False
        return True

    def _on_changed(self, _before: Project, after: Project) -> None:
        if self.table.rows != self._shown or after.tempo is not _before.tempo:
            self.beginResetModel()
            self._shown = self.table.rows
            self.endResetModel()


class LaneList(QTableView):
    """A window of its own for one lane. Selecting rows selects on the lane; Del deletes."""

    def __init__(self, lane: LaneId, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Tool)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lane = lane
        self._stage = stage
        self._is_following = False
        self._rows = LaneModel(LaneTable(lane, stage.arrange), stage)
        self._rows.setParent(self)
        self.setModel(self._rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWindowTitle(f"{NAMES[lane]}: list")
        self.setAccessibleName(f"{NAMES[lane]}, list view")
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.resize(*SIZE)
        self.selectionModel().selectionChanged.connect(self._on_rows_selected)
        stage.workspace.selection_changed.connect(self._follow_selection)
        self._rows.modelReset.connect(self._follow_selection)
        self._follow_selection()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._stage.arrange.delete_selection()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_rows_selected(self) -> None:
        if self._is_following:
            return
        rows = [self._rows.row(index.row()) for index in self.selectionModel().selectedRows()]
        items = frozenset(LaneTable.item_of(row) for row in rows)
        self._is_following = True
        self._stage.workspace.set_selection(Selection(items=items))
        self._is_following = False

    def _follow_selection(self, _selection: object = None) -> None:
        """Select the rows of what is selected on the lane."""
        if self._is_following:
            return
        items = self._stage.workspace.selection.items
        chosen = QItemSelection()
        last = self._rows.columnCount() - 1
        for index, row in enumerate(self._rows.rows()):
            if LaneTable.item_of(row) in items:
                chosen.select(self._rows.index(index, 0), self._rows.index(index, last))
        self._is_following = True
        keep = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(chosen, keep)
        self._is_following = False
