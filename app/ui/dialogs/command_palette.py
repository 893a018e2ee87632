"""Every command in one list, found by a few of its letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.theme import SPACING

WIDTH_PX, HEIGHT_PX = 520, 380
BONUS_FOR_WORD_START = 8
BONUS_IN_A_ROW = 4


class CommandPalette(QDialog):
    """Type, choose with the arrows, Enter does it. ``entries``: menu title, name, keys, action."""

    def __init__(self, entries: Sequence[tuple[str, str, str, QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("Commands")
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._entries = [entry for entry in entries if entry[3].isEnabled()]
        self.search = QLineEdit()
        self.search.setAccessibleName("Search commands")
        self.search.setPlaceholderText("What do you want to do?")
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.accept)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _item: self.accept())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[3], SPACING[3], SPACING[3])
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self._narrow("")
        self.show()
        self.search.setFocus()

    def accept(self) -> None:
        """Close, then do the chosen command, so that it may open a window of its own."""
        item = self.list.currentItem()
        super().accept()
        if item is not None:
            action: QAction = item.data(Qt.ItemDataRole.UserRole)
            action.trigger()

    def shown(self) -> list[str]:
        """The names in the list, best first."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while typing."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        scored = [
            (likeness(text, f"{name} {title}"), index)
            for index, (title, name, _, _) in enumerate(self._entries)
        ]
        self.list.clear()
        found = [(score, index) for score, index in scored if score is not None]
        for _, index in sorted(found, key=lambda entry: (-entry[0], entry[1])):
            title, name, keys, action = self._entries[index]
            item = QListWidgetItem(f"{title}: {name}" + (f"    {keys}" if keys else ""))
            item.setData(Qt.ItemDataRole.UserRole, action)
            self.list.addItem(item)
        self.list.setCurrentRow(0)


def likeness(typed: str, words: str) -> int | None:
    """How well letters match words, in order but with gaps; None where they do not.

    Letters that begin a word, or follow each other, count more.
    """
    haystack = words.casefold()
    score, last = 0, -1
    for letter in typed.casefold().replace(" ", ""):
        index = _next(haystack, letter, last + 1)
        if index < 0:
            return None
        is_in_a_row = index == last + 1
        score += 1 + BONUS_FOR_WORD_START * _starts_word(haystack, index)
        score += BONUS_IN_A_ROW * is_in_a_row
        last = index
    return score - len(words) // 20


def _next(haystack: str, letter: str, start: int) -> int:
    """Where a letter is met next: right there, else at the start of a word, else anywhere."""
    places = [index for index in range(start, len(haystack)) if haystack[index] == letter]
    if not places or places[0] == start:
        return places[0] if places else -1
    return next((index for index in places if _starts_word(haystack, index)), places[0])


def _starts_word(haystack: str, index: int) -> bool:
    return index == 0 or not haystack[index - 1].isalnum()
