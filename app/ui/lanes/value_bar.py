"""A number one can drag, type, nudge and reset: a filled bar with its name and value inside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget

from app.ui import theme

DRAG_PX_FOR_ALL = 160.0
FINE = 0.2
PAD_PX = 6.0


class ValueBar(QSlider):
    """A whole number in a range, e.g. percent or tenths of a decibel.

    Drag sideways (Shift: fine), double-click or Enter to type, arrows to nudge, Ctrl+click to
    reset. ``value_chosen`` carries each new value a person makes, ``gesture_started`` and
    ``gesture_ended`` bracket a drag so that it becomes one undo step.
    """

    value_chosen = Signal(int)
    gesture_started = Signal()
    gesture_ended = Signal()

    def __init__(
        self,
        label: str,
        lowest: int,
        highest: int,
        default: int,
        shown: Callable[[int], str],
        typed: Callable[[str], int],
        parent: QWidget | None = None,
    ) -> None:
        """``shown`` writes a value with its unit; ``typed`` reads it or raises ValueError."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._label = label
        self._default = default
        self._shown = shown
        self._typed = typed
        self._grip: tuple[float, float] | None = None  # pointer x, exact value
        self.editor: QLineEdit | None = None
        self.setRange(lowest, highest)
        self.setValue(default)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(label)

    def show_value(self, value: int) -> None:
        """Display a value that came from elsewhere; emits nothing."""
        self.setValue(value)
        self.setAccessibleDescription(self._shown(self.value()))

    def _choose(self, value: float) -> None:
        before = self.value()
        self.show_value(round(value))
        if self.value() != before:
            self.value_chosen.emit(self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(self._default)
            return
        self._grip = (event.position().x(), float(self.value()))
        self.gesture_started.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        x, exact = self._grip
        step = (self.maximum() - self.minimum()) / DRAG_PX_FOR_ALL
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step *= FINE
        exact += (event.position().x() - x) * step
        exact = min(float(self.maximum()), max(float(self.minimum()), exact))
        self._grip = (event.position().x(), exact)
        self._choose(exact)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            self.gesture_ended.emit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._open_editor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        step = self.pageStep() if event.angleDelta().y() > 0 else -self.pageStep()
        self._choose(self.value() + step / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -self.singleStep(),
            Qt.Key.Key_Right: self.singleStep(),
            Qt.Key.Key_PageDown: -self.pageStep(),
            Qt.Key.Key_PageUp: self.pageStep(),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._choose(self.value() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_editor()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.editor is not None:
            self.editor.setGeometry(self.rect())

    def _open_editor(self) -> None:
        editor = QLineEdit(self._shown(self.value()), self)
        editor.setAccessibleName(self._label)
        editor.setGeometry(self.rect())
        editor.selectAll()
        editor.editingFinished.connect(self._close_editor)
        editor.show()
        editor.setFocus()
        self.editor = editor

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        try:
            self._choose(self._typed(editor.text()))
        except ValueError:
            self.show_value(self.value())  # unreadable text changes nothing
        editor.deleteLater()
        self.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setPen(QPen(QColor(palette.border), 1))
        painter.setBrush(QColor(palette.field))
        painter.drawRoundedRect(box, 4, 4)
        share = (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())
        fill = QColor(palette.accent)
        fill.setAlphaF(0.3 if self.isEnabled() else 0.15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.save()
        painter.setClipRect(QRectF(box.left(), box.top(), box.width() * share, box.height()))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()
        self._paint_words(painter, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.focus_ring), 2))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        palette = theme.current()
        font = QFont(self.font())
        font.setPixelSize(theme.type_scale().caption)
        painter.setFont(font)
        inner = box.adjusted(PAD_PX, 0, -PAD_PX, 0)
        value = self._shown(self.value())
        room = inner.width() - QFontMetricsF(font).horizontalAdvance(value) - PAD_PX
        name = QFontMetricsF(font).elidedText(self._label, Qt.TextElideMode.ElideRight, room)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(palette.text_secondary))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | centre, name)
        painter.setPen(QColor(palette.text if self.isEnabled() else palette.text_disabled))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | centre, value)
