"""Space plays and Enter presses, wherever the focus is: one filter for the whole application."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QListView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SpaceRule(QObject):
    """Keeps Space from pressing buttons, opening boxes or ticking lists.

    In screen-reader mode buttons get Space back. ``hold_keys`` maps keys that act while held to
    what happens at their release.
    """

    def __init__(
        self,
        play_or_stop: Callable[[], object],
        is_for_screen_reader: Callable[[], bool],
        hold_keys: dict[Qt.Key, Callable[[], object]],
    ) -> None:
        super().__init__()
        self._play_or_stop = play_or_stop
        self._is_for_screen_reader = is_for_screen_reader
        self._hold_keys = hold_keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide about keys before any widget sees them."""
        if not isinstance(event, QKeyEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            release = self._hold_keys.get(Qt.Key(event.key()))
            if release is not None:
                release()
        if QApplication.activePopupWidget() is not None or self._is_for_screen_reader():
            return False
        is_plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not is_plain or not isinstance(watched, QAbstractButton | QComboBox | QListView):
            return False
        if event.key() == Qt.Key.Key_Space:
            if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self._play_or_stop()
            return kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.key() in _ENTER and isinstance(watched, QAbstractButton):
            if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
                watched.click()
            return kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        return False
