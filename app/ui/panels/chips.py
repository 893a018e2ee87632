"""Small switches that flow over as many rows as they need."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from app.ui.theme import SPACING

MIN_WIDTH_PX = 280


class FlowLayout(QLayout):
    """Lays items out like words on lines."""

    def __init__(self, gap: int = SPACING[1] + 2) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = gap
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands an item over."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item of that index, or None past the end, which is how Qt counts."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrow means tall."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at a width."""
        return self._place(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, area: QRect) -> None:
        """Place the items."""
        super().setGeometry(area)
        self._place(area, is_trial=False)

    def sizeHint(self) -> QSize:
        """As small as can be: the width is given from outside."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, is_trial: bool) -> int:
        x, y, line_height = area.x(), area.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, line_height = area.x(), y + line_height + self._gap, 0
            if not is_trial:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line_height = max(line_height, size.height())
        return y + line_height - area.y()


class ChipRow(QWidget):
    """Chips by key; ``show_chip`` makes or updates one, ``keep_only`` removes the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = FlowLayout()
        self.setLayout(self._layout)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # The height a panel reserves is that at the least width: it must not be one chip's.
        self.setMinimumWidth(MIN_WIDTH_PX)
        self._chips: dict[str, QToolButton] = {}

    def chip(self, key: str) -> QToolButton:
        """The chip of that key; raises KeyError where there is none."""
        return self._chips[key]

    def show_chip(
        self,
        key: str,
        text: str,
        tip: str,
        is_on: bool | None = None,
        on_switch: Callable[[bool], None] | None = None,
        *,
        warns: bool = False,
    ) -> None:
        """A switch where ``is_on`` is given, else a plain statement; a dot tells its state."""
        chip = self._chips.get(key) or self._make_chip(key, on_switch)
        dot = "" if is_on is None else ("● " if is_on else "○ ")
        chip.setText(dot + text)
        chip.setToolTip(tip)
        chip.setAccessibleName(text)
        chip.setCheckable(is_on is not None)
        chip.setChecked(bool(is_on))
        role = "chip-warning" if warns else "chip"
        if chip.property("role") != role:
            chip.setProperty("role", role)
            chip.style().unpolish(chip)
            chip.style().polish(chip)

    def keep_only(self, keys: set[str]) -> None:
        """Remove the chips of all other keys."""
        for key in set(self._chips) - keys:
            chip = self._chips.pop(key)
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._layout.invalidate()
        self.updateGeometry()

    def _make_chip(self, key: str, on_switch: Callable[[bool], None] | None) -> QToolButton:
        chip = QToolButton()
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if on_switch is not None:
            chip.clicked.connect(lambda is_on: on_switch(is_on))
        self._chips[key] = chip
        self._layout.addWidget(chip)
        return chip
