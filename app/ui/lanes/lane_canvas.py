"""What all lanes have in common: a cached picture, the grid, gestures, wheel and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from app.model.lane import LaneId
from app.model.project import Project
from app.ui import theme
from app.ui.lanes.gesture import ALT, CONTROL, NO_MODIFIER, SHIFT, Gesture, Pointer
from app.ui.lanes.stage import Stage
from app.ui.timeline.grid import paint_grid
from app.ui.timeline.tick_scale import TickScale
from app.ui.timeline.time_axis import ZOOM_STEP
from engine.timebase import Span, Ticks

DRAG_STARTS_AFTER_PX = 3
EDGE_SCROLL_PX = 12
EDGE_SCROLL_INTERVAL_MS = 16
WHEEL_SCROLL_PX = 60


class LaneCanvas(QWidget):
    """A lane's drawing area. A lane overrides ``paint_lane``, ``press``, ``menu`` and ``key``.

    The lane is painted into a picture once; a playhead passing over it copies from there.
    """

    lane: LaneId
    hint = ""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._picture = QPixmap()
        self._dirty = QRegion()
        self._gesture: Gesture | None = None
        self._pressed_at: QPointF | None = None
        self._is_dragging = False
        self._pan_from: QPointF | None = None
        self._guide: Ticks | None = None
        self._edge_timer = QTimer(self, interval=EDGE_SCROLL_INTERVAL_MS)
        self._edge_timer.timeout.connect(self._on_edge_scroll)
        self._last_pointer = Pointer(QPointF())

        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.axis.changed.connect(self.repaint_all)
        stage.document.changed.connect(self._on_changed)
        stage.workspace.selection_changed.connect(self.repaint_all)
        stage.workspace.focused_lane_changed.connect(self.repaint_all)
        stage.workspace.snap_changed.connect(self.repaint_all)

    # What a lane says.

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies inside ``area``; background and grid are there already."""
        raise NotImplementedError

    def press(self, pointer: Pointer) -> Gesture | None:
        """What a press of the left button starts."""
        raise NotImplementedError

    def double_press(self, pointer: Pointer) -> Gesture | None:
        """What the second press of a double click starts."""
        return self.press(pointer)

    def menu(self, pointer: Pointer) -> QMenu | None:
        """The menu of what lies under the pointer."""
        raise NotImplementedError

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> bool:
        """Act on a key; False leaves it to the timeline."""
        raise NotImplementedError

    def hover(self, pointer: Pointer) -> None:
        """The pointer moves with no button held: choose a cursor, mark what is under it."""

    def tip(self, pointer: Pointer) -> str:
        """What to say about the thing under the pointer."""
        return self.hint

    def is_concerned(self, before: Project, after: Project) -> bool:
        """Whether the lane looks different after a change."""
        raise NotImplementedError

    # Places.

    @property
    def scale(self) -> TickScale:
        """The map between ticks and pixels."""
        return self.stage.axis.scale

    @property
    def project(self) -> Project:
        """The project as it is shown now."""
        return self.stage.project

    def rect_of(self, span: Span[Ticks], top: float, height: float) -> QRectF:
        """Where a span lies, in this lane's pixels."""
        left = self.scale.x_at(span.start)
        return QRectF(left, top, self.scale.width_of(span.end - span.start), height)

    def span_of(self, area: QRect) -> Span[Ticks]:
        """The stretch of time under a part of the lane."""
        start = self.scale.ticks_at(area.left() - 1)
        return Span(start, Ticks(max(start + 1, self.scale.ticks_at(area.right() + 2))))

    def snapped(self, pointer: Pointer) -> Ticks:
        """Where an edge dropped at the pointer lands; shows the guide of what it meets."""
        landed = self.stage.snapped(self.scale.ticks_at(pointer.x), is_free=pointer.has(ALT))
        self.show_guide(landed.position if landed.guide else None)
        return landed.position

    def show_guide(self, position: Ticks | None) -> None:
        """Show or hide the yellow line at the thing an edge has met."""
        if position != self._guide:
            self._guide = position
            self.update()

    # Painting.

    def repaint_all(self) -> None:
        """Paint the whole lane again at the next chance."""
        self._dirty = QRegion(self.rect())
        self.update()

    def repaint_part(self, area: QRectF) -> None:
        """Paint a part of the lane again at the next chance."""
        part = area.toAlignedRect().adjusted(-2, -2, 2, 2)
        self._dirty += QRegion(part)
        self.update(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.repaint_all()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.repaint_all()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._freshen_picture()
        painter = QPainter(self)
        rect = event.rect()
        ratio = self._picture.devicePixelRatioF()
        source = QRectF(QPointF(rect.topLeft()) * ratio, rect.size().toSizeF() * ratio)
        painter.drawPixmap(QRectF(rect), self._picture, source)
        if self._guide is not None:
            x = int(self.scale.x_at(self._guide)) + 0.5
            painter.setPen(QPen(QColor(theme.current().snap_guide), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _freshen_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._picture.size() != size:
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            self._dirty = QRegion(self.rect())
        area = self._dirty.boundingRect() & self.rect()
        self._dirty = QRegion()
        if area.isEmpty():
            return
        palette = theme.current()
        painter = QPainter(self._picture)
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_focused = self.stage.workspace.focused_lane is self.lane
        painter.fillRect(area, QColor(palette.lane_focused if is_focused else palette.lane))
        self.paint_backdrop(painter, area)
        paint_grid(painter, QRectF(area), self.scale, self.project.tempo.meter)
        self.paint_lane(painter, area)
        self._paint_selected_range(painter)
        painter.end()

    def paint_backdrop(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies under the grid."""

    def _paint_selected_range(self, painter: QPainter) -> None:
        selection = self.stage.workspace.selection
        if selection.span is None or not selection.has_lane(self.lane):
            return
        palette = theme.current()
        band = self.rect_of(selection.span, 0, self.height())
        painter.fillRect(band, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.selection_edge), 1))
        for x in (int(band.left()) + 0.5, int(band.right()) - 0.5):
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def paint_empty_hint(self, painter: QPainter, text: str) -> None:
        """Say in the middle of an empty lane what to do."""
        palette = theme.current()
        font = self.font()
        font.setPixelSize(theme.type_scale().body)
        painter.setFont(font)
        painter.setPen(QColor(palette.empty_hint))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

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
        self.stage.workspace.set_focused_lane(self.lane)
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
        self.stage.workspace.set_focused_lane(self.lane)
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

    # Keys, focus, words.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            self._edge_timer.stop()
            self.show_guide(None)
            gesture.abandon()
            return
        if not self.key(Qt.Key(event.key()), event.modifiers(), event.text()):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.stage.workspace.set_focused_lane(self.lane)
        self.repaint_all()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.repaint_all()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.tip(Pointer(QPointF(event.pos())))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks through the lane's items; F6 leaves the lane."""
        return False

    def _on_changed(self, before: Project, after: Project) -> None:
        if self.is_concerned(before, after) or before.tempo is not after.tempo:
            self.repaint_all()
