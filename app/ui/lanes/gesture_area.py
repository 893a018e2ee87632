"""A drawing area that is worked with the hand: presses become gestures, the wheel zooms."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from app.model.project import Project
from app.ui.lanes.gesture import ALT, CONTROL, NO_MODIFIER, SHIFT, Gesture, KeyPress, Pointer
from app.ui.lanes.stage import Stage
from app.ui.timeline.tick_scale import TickScale
from app.ui.timeline.time_axis import ZOOM_STEP
from engine.timebase import Ticks

DRAG_STARTS_AFTER_PX = 3
EDGE_SCROLL_PX = 12
EDGE_SCROLL_INTERVAL_MS = 16
WHEEL_SCROLL_PX = 60


class GestureArea(QWidget):
    """Over the time axis. Override ``press``, ``menu`` and what else the area answers to."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.guide: Ticks | None = None
        self._gesture: Gesture | None = None
        self._pressed_at: QPointF | None = None
        self._is_dragging = False
        self._pan_from: QPointF | None = None
        self._edge_timer = QTimer(self, interval=EDGE_SCROLL_INTERVAL_MS)
        self._edge_timer.timeout.connect(self._on_edge_scroll)
        self._last_pointer = Pointer(QPointF())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What an area says.

    def taken(self) -> None:
        """The mouse begins something here."""

    def press(self, pointer: Pointer) -> Gesture | None:
        """What a press of the left button starts."""
        raise NotImplementedError

    def double_press(self, pointer: Pointer) -> Gesture | None:
        """What the second press of a double click starts."""
        return self.press(pointer)

    def menu(self, pointer: Pointer) -> QMenu | None:
        """The menu of what lies under the pointer."""
        raise NotImplementedError

    def key(self, _press: KeyPress) -> bool:
        """Act on a key; False leaves it to the timeline."""
        return False

    def claims(self, _press: KeyPress) -> bool:
        """Whether a key must come here although it is a shortcut elsewhere."""
        return False

    def hover(self, pointer: Pointer) -> None:
        """The pointer moves with no button held: choose a cursor, mark what is under it."""

    def tip(self, pointer: Pointer) -> str:
        """What to say about the thing under the pointer."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Whether a press is going on."""
        return self._gesture is not None

    # Places.

    @property
    def scale(self) -> TickScale:
        """The map between ticks and pixels."""
        return self.stage.axis.scale

    @property
    def project(self) -> Project:
        """The project as it is shown now."""
        return self.stage.project

    def snapped(self, pointer: Pointer) -> Ticks:
        """Where an edge dropped at the pointer lands; shows the guide of what it meets."""
        landed = self.stage.snapped(self.scale.ticks_at(pointer.x), is_free=pointer.has(ALT))
        self.show_guide(landed.position if landed.guide else None)
        return landed.position

    def show_guide(self, position: Ticks | None) -> None:
        """Show or hide the yellow line at the thing an edge has met."""
        if position != self.guide:
            self.guide = position
            self.update()

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._begin(event, is_double=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._begin(event, is_double=True)

    def _begin(self, event: QMouseEvent, *, is_double: bool) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan_from = event.position()
            return
        if event.button() is not Qt.MouseButton.LeftButton or self._gesture is not None:
            return
        self.taken()
        self._pressed_at = event.position()
        self._is_dragging = False
        self._last_pointer = Pointer(event.position(), event.modifiers())
        begin = self.double_press if is_double else self.press
        self._gesture = begin(self._last_pointer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointer = Pointer(event.position(), event.modifiers())
        if self._pan_from is not None:
            self.stage.axis.scroll_by(self._pan_from.x() - pointer.x)
            self._pan_from = event.position()
            return
        if self._gesture is None or self._pressed_at is None:
            self.hover(pointer)
            return
        moved = (pointer.at - self._pressed_at).manhattanLength()
        if not self._is_dragging and moved < DRAG_STARTS_AFTER_PX:
            return
        self._is_dragging = True
        self._last_pointer = pointer
        self._gesture.drag(pointer)
        if self._edge_distance(pointer.x):
            self._edge_timer.start()
        else:
            self._edge_timer.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan_from = None
            return
        gesture, self._gesture = self._gesture, None
        self._edge_timer.stop()
        self.show_guide(None)
        if gesture is None:
            return
        if self._is_dragging:
            gesture.finish()
        else:
            gesture.click()
        self.hover(Pointer(event.position(), event.modifiers()))

    def leaveEvent(self, event: QEvent) -> None:
        self.hover(Pointer(QPointF(-1, -1)))
        super().leaveEvent(event)

    def _edge_distance(self, x: float) -> float:
        """How far the pointer is outside, or near an edge of, the visible part; signed."""
        if x < 0:
            return x
        return max(0.0, x - self.width())

    def _on_edge_scroll(self) -> None:
        if self._gesture is None:
            self._edge_timer.stop()
            return
        away = self._edge_distance(self._last_pointer.x)
        self.stage.axis.scroll_by(max(-EDGE_SCROLL_PX, min(EDGE_SCROLL_PX, away)))
        self._gesture.drag(self._last_pointer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.taken()
        self.open_menu(QPointF(event.pos()), event.globalPos())

    def open_menu(self, at: QPointF, on_screen: QPoint) -> None:
        """Show the menu of what lies at a place."""
        menu = self.menu(Pointer(at, NO_MODIFIER))
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(on_screen)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        sideways = event.angleDelta().x() / 120
        axis = self.stage.axis
        is_shifted = bool(event.modifiers() & SHIFT)
        if event.modifiers() & CONTROL and not is_shifted:
            axis.zoom_at(ZOOM_STEP**steps, event.position().x())
        elif is_shifted and not event.modifiers() & CONTROL:
            axis.scroll_by(-WHEEL_SCROLL_PX * (steps or sideways))
        elif sideways and not steps:
            axis.scroll_by(-WHEEL_SCROLL_PX * sideways)
        else:
            event.ignore()

    # Keys and words.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            self._edge_timer.stop()
            self.show_guide(None)
            gesture.abandon()
            return
        if not self.key(_key_press(event)):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.tip(Pointer(QPointF(event.pos())))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_escape = event.key() == Qt.Key.Key_Escape and self._gesture is not None
            if is_escape or self.claims(_key_press(event)):
                event.accept()
                return True
        return super().event(event)


def _key_press(event: QKeyEvent) -> KeyPress:
    return KeyPress(Qt.Key(event.key()), event.modifiers(), event.text())
