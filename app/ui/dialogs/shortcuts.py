"""The list of shortcuts: every command with its key, found by typing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import SPACING


class ShortcutsDialog(QDialog):
    """Shows menu, name and keys of each command; typing narrows the list to what contains it."""

    def __init__(self, listed: Iterable[tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(560, 620)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search a command or a key")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Shortcuts")
        self.tree.setHeaderLabels(["Command", "Key"])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.setColumnWidth(1, 180)
        self.tree.setRootIsDecorated(False)
        self._menus: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        for title, name, keys in listed:
            if title not in self._menus:
                self._menus[title] = (self._menu_item(title), [])
            menu, items = self._menus[title]
            items.append(QTreeWidgetItem(menu, [name, keys]))
        self.tree.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[3])
        layout.addWidget(self._search)
        layout.addWidget(self.tree)
        layout.addWidget(buttons)

    def _menu_item(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [title])
        item.setFirstColumnSpanned(True)
        font = self.tree.font()
        font.setBold(True)
        item.setFont(0, font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return item

    def _narrow(self, text: str) -> None:
        wanted = text.casefold()
        for menu, items in self._menus.values():
            shown = [wanted in f"{item.text(0)} {item.text(1)}".casefold() for item in items]
            for item, is_shown in zip(items, shown, strict=True):
                item.setHidden(not is_shown)
            menu.setHidden(not any(shown))
