"""A few numbers in a window, whose effect is seen while they are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QWidget

from app.actions.arrange import Arrange


@dataclass(frozen=True, slots=True)
class Amount:
    """One number: its name, range, value at first, and unit (``%``, ``ms``) or an empty text."""

    name: str
    lowest: float
    highest: float
    value: float
    unit: str = ""


class AmountsDialog(QDialog):
    """Shows ``act(*values)`` at each change; OK makes it one undo step, Cancel takes it back."""

    def __init__(
        self,
        title: str,
        amounts: tuple[Amount, ...],
        arrange: Arrange,
        act: Callable[..., object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(title)
        self._arrange = arrange
        self._act = act
        form = QFormLayout(self)
        self.boxes = [_box(amount) for amount in amounts]
        for amount, box in zip(amounts, self.boxes, strict=True):
            form.addRow(amount.name, box)
            box.valueChanged.connect(self._show)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        arrange.begin()
        self._show()
        self.show()
        self.boxes[0].setFocus()
        self.boxes[0].selectAll()

    def done(self, result: int) -> None:
        """Keep what is shown, or take it back."""
        if result == QDialog.DialogCode.Accepted:
            self._arrange.finish()
        else:
            self._arrange.cancel()
        super().done(result)

    def _show(self) -> None:
        self._act(*(box.value() for box in self.boxes))


def _box(amount: Amount) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setAccessibleName(amount.name)
    box.setDecimals(0)
    box.setRange(amount.lowest, amount.highest)
    box.setValue(amount.value)
    box.setSuffix(f" {amount.unit}" if amount.unit else "")
    return box
