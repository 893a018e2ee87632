"""Building blocks that the panels share: rows, labelled fields, numbers, icon buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons
from app.ui.theme import CONTROL_HEIGHT, SPACING

ICON_PX = 18
_ICON = "icon name"
_DRAG_THRESHOLD_PX = 4
_Layout = TypeVar("_Layout", bound=QBoxLayout)


def row(*widgets: QWidget, gap: int = SPACING[2]) -> QHBoxLayout:
    """Widgets side by side, without a margin."""
    return _filled(QHBoxLayout(), widgets, gap)


def column(*widgets: QWidget, gap: int = SPACING[1]) -> QVBoxLayout:
    """Widgets below each other, without a margin."""
    return _filled(QVBoxLayout(), widgets, gap)


def label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """A label of one of the stylesheet's roles."""
    result = QLabel(text)
    result.setProperty("role", role)
    result.setWordWrap(wraps)
    return result


class ElidedLabel(QLabel):
    """One line that never makes its surroundings wider: what does not fit ends in dots."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, shortened to the width there is."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


def divider(*, is_vertical: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("role", "divider")
    if is_vertical:
        line.setFixedWidth(1)
        line.setFixedHeight(CONTROL_HEIGHT)
    else:
        line.setFixedHeight(1)
    return line


def icon_button(
    icon_name: str,
    name: str,
    on_click: Callable[[], object] | None = None,
    *,
    key: str = "",
    is_checkable: bool = False,
) -> QToolButton:
    """A square button; ``name`` is read aloud and shown on hover, with its ``key``."""
    button = QToolButton()
    button.setIcon(icons.icon(icon_name, size=ICON_PX))
    button.setProperty(_ICON, icon_name)
    button.setIconSize(QSize(ICON_PX, ICON_PX))
    button.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
    button.setToolTip(f"{name}  ({key})" if key else name)
    button.setAccessibleName(name)
    button.setCheckable(is_checkable)
    # A click leaves the focus where the typing is; Tab still reaches every button.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if on_click is not None:
        button.clicked.connect(lambda: on_click())
    return button


def tint_again(window: QWidget) -> None:
    """Draw the icons of a window's buttons in the colours of a theme chosen meanwhile."""
    for button in window.findChildren(QToolButton):
        name = button.property(_ICON)
        if name is not None:
            button.setIcon(icons.icon(name, size=ICON_PX))


class NumberField(QDoubleSpinBox):
    """A number to type, nudge with the arrows or drag up and down; Ctrl+click resets it.

    Signals:
        entered(float): the person set another value; not sent by ``show_value``.
    """

    entered = Signal(float)

    def __init__(
        self,
        lowest: float,
        highest: float,
        default: float,
        *,
        decimals: int = 0,
        step: float = 1.0,
        unit: str = "",
    ) -> None:
        super().__init__()
        self._default = default
        self._press: tuple[float, float] | None = None
        self._is_dragging = False
        self.setDecimals(decimals)
        self.setRange(lowest, highest)
        self.setSingleStep(step)
        self.setSuffix(f" {unit}" if unit else "")
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setValue(default)
        self.lineEdit().setTextMargins(SPACING[2], 0, SPACING[1], 0)
        self.lineEdit().installEventFilter(self)
        self.valueChanged.connect(self.entered)

    def textFromValue(self, value: float) -> str:
        """No more decimals than the value needs."""
        text = f"{value:.{self.decimals()}f}"
        return text.rstrip("0").rstrip(".") if self.decimals() else text

    def show_value(self, value: float) -> None:
        """Show a value without reporting it as typed."""
        if value == self.value():
            return
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what is behind, unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dragging on the text changes the value; a plain click edits it."""
        if isinstance(event, QMouseEvent) and self.isEnabled():
            if event.type() == QEvent.Type.MouseButtonPress:
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.setValue(self._default)
                    return True
                self._press = (event.globalPosition().y(), self.value())
            elif event.type() == QEvent.Type.MouseMove and self._press is not None:
                return self._drag_to(event.globalPosition().y())
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._press = None
                if self._is_dragging:
                    self._is_dragging = False
                    return True
        return super().eventFilter(watched, event)

    def _drag_to(self, y: float) -> bool:
        if self._press is None:
            return False
        moved = self._press[0] - y
        if not self._is_dragging and abs(moved) < _DRAG_THRESHOLD_PX:
            return False
        self._is_dragging = True
        self.setValue(self._press[1] + round(moved / 3) * self.singleStep())
        return True


class PromptText(QPlainTextEdit):
    """Several lines of plain words; Tab leaves the field.

    Signals:
        typed(str): the person changed the text.
        left(): the focus went elsewhere.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, placeholder: str, n_lines: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * n_lines + 22)
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))

    def show_text(self, text: str) -> None:
        """Show a text that came from elsewhere; typing is not disturbed by its own echo."""
        if text == self.toPlainText():
            return
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the project, of which the words are a part."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing ended."""
        super().focusOutEvent(event)
        self.left.emit()


def _filled(layout: _Layout, widgets: tuple[QWidget, ...], gap: int) -> _Layout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
