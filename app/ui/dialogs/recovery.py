"""At the start after a crash: which projects hold actions that were never saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.panels.fields import label
from app.ui.theme import SPACING

_CHOICE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class RecoveryChoice:
    """One project that can be opened again as it was."""

    path: Path
    title: str
    n_actions: int
    changed_at: datetime


class RecoveryDialog(QDialog):
    """Enter and Escape both keep everything: Escape only puts the decision off.

    ``opened`` after a choice is the project to open, or None for later. Declining asks once.
    """

    def __init__(
        self,
        choices: Sequence[RecoveryChoice],
        on_declined: Callable[[RecoveryChoice], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.opened: RecoveryChoice | None = None
        self._on_declined = on_declined
        self.setWindowTitle("Recover your work")
        self.resize(520, 340)
        self.list = QListWidget()
        self.list.setAccessibleName("Recoverable projects")
        self.list.setSpacing(4)
        for choice in choices:
            when = choice.changed_at.strftime("%d %b %Y, %H:%M")
            count = (
                "1 unsaved action"
                if choice.n_actions == 1
                else (f"{choice.n_actions} unsaved actions")
            )
            item = QListWidgetItem(f"{choice.title}\n{count}, {when}", self.list)
            item.setData(_CHOICE, choice)
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda: self._open())

        buttons = QDialogButtonBox()
        recover = buttons.addButton("Recover", QDialogButtonBox.ButtonRole.AcceptRole)
        recover.setProperty("role", "primary")
        recover.setDefault(True)
        later = buttons.addButton("Later", QDialogButtonBox.ButtonRole.RejectRole)
        later.setToolTip("Nothing is lost; you will be asked again at the next start")
        self.decline = buttons.addButton("Discard…", QDialogButtonBox.ButtonRole.DestructiveRole)
        recover.clicked.connect(self._open)
        later.clicked.connect(self.reject)
        self.decline.clicked.connect(self._decline)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[3])
        layout.addWidget(label("Inlay did not close properly last time", "title"))
        layout.addWidget(
            label("These projects are here to the last action. Nothing was lost.", "secondary")
        )
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)

    def _open(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.opened = item.data(_CHOICE)
            self.accept()

    def _decline(self) -> None:
        """Ask once, on the button itself: the second press discards."""
        item = self.list.currentItem()
        if item is None:
            return
        if self.decline.text() == "Discard…":
            self.decline.setText("Discard; a copy is kept 7 days")
            return
        self.decline.setText("Discard…")
        self._on_declined(item.data(_CHOICE))
        self.list.takeItem(self.list.row(item))
        if self.list.count() == 0:
            self.reject()
