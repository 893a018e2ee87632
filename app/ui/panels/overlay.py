"""A small sheet over the window, beside the button that opened it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

MARGIN_PX = 8


class Overlay(QFrame):
    """Closes on Escape and when the focus goes elsewhere; then the button has it again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._opener: QWidget | None = None
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def open_beside(self, button: QWidget, focused: QWidget) -> None:
        """Show it over the button's window, as near to the button as there is room."""
        window = button.window()
        self._opener = button
        self.setParent(window)
        at = button.mapTo(window, QPoint(button.width() - self.width(), button.height() + 2))
        if at.y() + self.height() > window.height() - MARGIN_PX:
            at.setY(button.mapTo(window, QPoint(0, 0)).y() - self.height() - 2)
        right = window.width() - self.width() - MARGIN_PX
        self.move(max(MARGIN_PX, min(at.x(), right)), max(MARGIN_PX, at.y()))
        self.show()
        self.raise_()
        focused.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape backs out."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Close, and give the focus back to where it came from."""
        self.hide()
        if self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.hide()
