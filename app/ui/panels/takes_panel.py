"""The takes of one region: hear, keep, star, copy the seed, drag the sound out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.actions.takes import TakeActions, binned_takes, listed_takes
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.ids import GroupId, TakeId
from app.model.project import Project
from app.model.region import describe_bars
from app.model.stale import is_take_stale
from app.model.take import Take, TakeGroup
from app.ui.panels.fields import label
from app.ui.panels.take_row import OriginalRow, TakeRow, row_facts
from app.ui.theme import SPACING
from engine.timebase import Seconds

_TAKE = Qt.ItemDataRole.UserRole
_Row = TypeVar("_Row", bound=QWidget)

STALE_AFTER_MS = 120
"""Comparing the lanes with what each take was made from can take long: after a pause."""

FileOfTake = Callable[[Take, TakeGroup], Path | None]
"""Writes a take's sound under a telling name and says where; None where that failed."""


class TakesPanel(QFrame):
    """Follows the selection: it shows the takes under it, else the newest group."""

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        actions: TakeActions,
        file_of_take: FileOfTake,
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._document = document
        self._actions = actions
        self._regions: tuple[tuple[str, GroupId], ...] = ()

        self._groups = QComboBox()
        self._groups.setAccessibleName("Region")
        self._groups.setToolTip("Which region's takes are listed")
        self._groups.activated.connect(self._on_group_chosen)
        self.bin = QToolButton()
        self.bin.setProperty("role", "link")
        self.bin.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bin.setToolTip("Takes put away: choose one to have it back")
        self.bin.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.bin.setMenu(QMenu(self))
        self.bin.menu().aboutToShow.connect(self._fill_bin)
        self._empty = label(
            "Takes appear here. Describe the music and press Ctrl+Enter.", "secondary", wraps=True
        )
        self.list = TakeList(actions, file_of_take)

        title = QHBoxLayout()
        title.setSpacing(SPACING[2])
        title.addWidget(label("Takes", "title"))
        title.addStretch(1)
        title.addWidget(self.bin)
        title.addWidget(self._groups)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[3], SPACING[4], SPACING[3])
        layout.setSpacing(SPACING[2])
        layout.addLayout(title)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)

        self._stale_check = QTimer(self, interval=STALE_AFTER_MS, singleShot=True)
        self._stale_check.timeout.connect(self.refresh)
        document.changed.connect(self._on_document_changed)
        workspace.selection_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the group in focus; what is right already is left alone."""
        project, group = self._document.project, self._actions.focused_group()
        self._empty.setVisible(group is None)
        self.list.setVisible(group is not None)
        self._groups.setVisible(len(project.take_groups) > 1)
        n_binned = len(binned_takes(project))
        self.bin.setVisible(n_binned > 0)
        self.bin.setText(f"Bin: {n_binned}")
        if group is not None:
            self._show_regions(project, group)
            self.list.show_group(project, group)

    def _fill_bin(self) -> None:
        menu, project = self.bin.menu(), self._document.project
        menu.clear()
        for take, group in binned_takes(project):
            where = describe_bars(group.region, project.tempo)
            words = f"{take.name or f'Take {take.number}'}, {where}, seed {take.seed}"
            menu.addAction(
                words + (" (partial)" if take.is_partial else ""),
                partial(self._actions.restore, take.id),
            )

    def _show_regions(self, project: Project, group: TakeGroup) -> None:
        regions = tuple(
            (describe_bars(other.region, project.tempo), other.id) for other in project.take_groups
        )
        if regions != self._regions:
            self._regions = regions
            self._groups.clear()
            for words, group_id in regions:
                self._groups.addItem(words, group_id)
        self._groups.setCurrentIndex(self._groups.findData(group.id))

    @Slot(object, object)
    def _on_document_changed(self, before: Project, after: Project) -> None:
        if any(
            getattr(before, part) is not getattr(after, part)
            for part in ("take_groups", "recipes", "tempo")
        ):
            self.refresh()
        elif any(
            getattr(before, part) is not getattr(after, part)
            for part in ("chords", "drums", "notes")
        ):
            self._stale_check.start()

    @Slot(int)
    def _on_group_chosen(self, index: int) -> None:
        self._actions.focus_group(self._groups.itemData(index))
        self.refresh()


class TakeList(QListWidget):
    """One row per take and one for the original.

    Arrows hear the next one, Enter keeps it, dragging a row out of the window hands its file
    over.

    Signals:
        details_wanted(TakeId): show how a take was made.
        variations_wanted(TakeId): play its region again, with other seeds.
    """

    details_wanted = Signal(str)
    variations_wanted = Signal(str)

    def __init__(self, actions: TakeActions, file_of_take: FileOfTake) -> None:
        super().__init__()
        self._actions = actions
        self._file_of_take = file_of_take
        self._group: TakeGroup | None = None
        self.setAccessibleName("Takes")
        self.setSpacing(1)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_asked)
        self.currentRowChanged.connect(self._on_row_chosen)
        self.itemDoubleClicked.connect(self._on_double_clicked)

    def show_group(self, project: Project, group: TakeGroup) -> int:
        """List a group's takes and its original; the number of rows that had to change."""
        self.blockSignals(True)
        self._group = group
        listed = listed_takes(group)
        n_changed = self._drop_rows({take.id for take in listed})
        for index, take in enumerate(listed):
            n_changed += self._show_take(index, take, project, group)
        n_changed += self._show_original(is_heard=group.heard is None)
        heard = [take.id for take in listed]
        at = heard.index(group.heard) if group.heard in heard else len(heard)
        if at != self.currentRow():
            self.setCurrentRow(at)
        self.blockSignals(False)
        return n_changed

    def _drop_rows(self, kept: set[TakeId]) -> int:
        """Take the rows of all other takes away."""
        n_dropped = 0
        for index in range(self.count() - 1, -1, -1):
            take = self.item(index).data(_TAKE)
            if take is not None and take.id not in kept:
                self.takeItem(index)
                n_dropped += 1
        return n_dropped

    def _show_take(self, index: int, take: Take, project: Project, group: TakeGroup) -> bool:
        facts = row_facts(
            take,
            is_heard=take.id == group.heard,
            is_stale=is_take_stale(project, take, group),
            seconds=_seconds(project, group),
        )
        item = self.item(index)
        shown = None if item is None else item.data(_TAKE)
        if item is None or shown is None or shown.id != take.id:
            row = TakeRow(facts)
            row.starred.connect(lambda: self._star(take.id))
            row.kept.connect(lambda: self._keep(take.id))
            self._insert(index, row, take)
            return True
        if shown is not take:
            item.setData(_TAKE, take)
        return self._update(item, self._row(item, TakeRow).show_facts(facts))

    def _show_original(self, *, is_heard: bool) -> bool:
        last = self.item(self.count() - 1) if self.count() else None
        if last is None or last.data(_TAKE) is not None:
            self._insert(self.count(), OriginalRow(is_heard=is_heard), None)
            return True
        return self._update(last, self._row(last, OriginalRow).show_heard(is_heard))

    def _update(self, item: QListWidgetItem, has_changed: bool) -> bool:
        if has_changed:
            name = self.itemWidget(item).accessibleName()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        return has_changed

    def _row(self, item: QListWidgetItem, kind: type[_Row]) -> _Row:
        row = self.itemWidget(item)
        assert isinstance(row, kind)
        return row

    def _insert(self, index: int, row: QWidget, take: Take | None) -> None:
        item = QListWidgetItem()
        item.setData(_TAKE, take)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, row.accessibleName())
        item.setSizeHint(QSize(0, row.sizeHint().height()))
        self.insertItem(index, item)
        self.setItemWidget(item, row)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The files of the dragged takes."""
        data = QMimeData()
        takes = [item.data(_TAKE) for item in items if item.data(_TAKE) is not None]
        if self._group is not None:
            paths = [self._file_of_take(take, self._group) for take in takes]
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths if path is not None])
        return data

    def mimeTypes(self) -> list[str]:
        """Files only."""
        return ["text/uri-list"]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the take being heard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._actions.keep_heard()
        elif event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            take = self.currentItem().data(_TAKE)
            if take is not None:
                self._actions.bin(take.id)
        else:
            super().keyPressEvent(event)

    def _star(self, take_id: TakeId) -> None:
        if self._group is not None:
            self._actions.toggle_star(self._group.take(take_id))

    def _keep(self, take_id: TakeId) -> None:
        if self._group is not None:
            self._actions.keep(self._group.id, take_id)

    @Slot(int)
    def _on_row_chosen(self, index: int) -> None:
        item = self.item(index) if index >= 0 else None
        if item is not None and self._group is not None:
            take = item.data(_TAKE)
            take_id = None if take is None else take.id
            if take_id != self._group.heard:
                self._actions.hear(self._group.id, take_id)

    @Slot(QListWidgetItem)
    def _on_double_clicked(self, item: QListWidgetItem) -> None:
        take = item.data(_TAKE)
        if take is not None and self._group is not None:
            self._actions.keep(self._group.id, take.id)

    @Slot(QPoint)
    def _on_menu_asked(self, at: QPoint) -> None:
        item = self.itemAt(at)
        take = None if item is None else item.data(_TAKE)
        if take is None or self._group is None:
            return
        actions, group_id = self._actions, self._group.id
        menu = QMenu(self)
        menu.addAction("Keep", lambda: actions.keep(group_id, take.id))
        menu.addAction(
            "Take the star away" if take.is_starred else "Star", lambda: actions.toggle_star(take)
        )
        menu.addAction("Rename…", lambda: self._rename(take))
        menu.addAction("Details…", lambda: self.details_wanted.emit(take.id))
        menu.addSeparator()
        menu.addAction(
            "Use its words and seed", lambda: actions.recall(take.recipe_id, with_lanes=False)
        )
        menu.addAction(
            "Restore its lanes too", lambda: actions.recall(take.recipe_id, with_lanes=True)
        )
        menu.addSeparator()
        menu.addAction(
            f"Hear it in the selection only\tAlt+{take.number}",
            lambda: actions.hear_number_within(take.number),
        )
        menu.addAction("Vary it: three more like it", lambda: self.variations_wanted.emit(take.id))
        menu.addSeparator()
        menu.addAction("Move to bin", lambda: actions.bin(take.id))
        menu.popup(self.viewport().mapToGlobal(at))

    def _rename(self, take: Take) -> None:
        name, is_given = QInputDialog.getText(
            self, "Rename take", "Name", text=take.name or f"Take {take.number}"
        )
        if is_given:
            self._actions.rename(take.id, name.strip())


def _seconds(project: Project, group: TakeGroup) -> Seconds:
    span = project.tempo.seconds_span(group.region)
    return Seconds(span.end - span.start)
