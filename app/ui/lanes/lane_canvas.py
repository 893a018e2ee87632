"""What all lanes have in common: a cached picture over the grid, and what is selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.model.lane import LaneId
from app.model.project import Project
from app.ui import theme
from app.ui.lanes.gesture import CONTROL, SHIFT
from app.ui.lanes.gesture_area import GestureArea
from app.ui.lanes.stage import Stage
from app.ui.timeline.grid import paint_grid
from engine.timebase import Span, Ticks


class LaneCanvas(GestureArea):
    """A lane's drawing area. A lane overrides ``paint_lane`` and ``is_concerned``.

    The lane is painted into a picture once; a playhead passing over it copies from there.
    ``height_stepped(n)``: Ctrl+Shift+wheel asks for a lane ``n`` steps higher.
    """

    height_stepped = Signal(int)
    lane: LaneId
    selection_covers_items = False

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self._picture = QPixmap()
        self._dirty = QRegion()
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.axis.changed.connect(self.repaint_all)
        stage.document.changed.connect(self._on_changed)
        stage.workspace.selection_changed.connect(self.repaint_all)
        stage.workspace.focused_lane_changed.connect(self.repaint_all)
        stage.workspace.snap_changed.connect(self.repaint_all)

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies inside ``area``; background and grid are there already."""
        raise NotImplementedError

    def paint_backdrop(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies under the grid."""

    def is_concerned(self, before: Project, after: Project) -> bool:
        """Whether the lane looks different after a change."""
        raise NotImplementedError

    def taken(self) -> None:
        self.stage.workspace.set_focused_lane(self.lane)

    def rect_of(self, span: Span[Ticks], top: float, height: float) -> QRectF:
        """Where a span lies, in this lane's pixels."""
        left = self.scale.x_at(span.start)
        return QRectF(left, top, self.scale.width_of(span.end - span.start), height)

    def span_of(self, area: QRect) -> Span[Ticks]:
        """The stretch of time under a part of the lane."""
        start = self.scale.ticks_at(area.left() - 1)
        return Span(start, Ticks(max(start + 1, self.scale.ticks_at(area.right() + 2))))

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
        if self.guide is not None:
            x = int(self.scale.x_at(self.guide)) + 0.5
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
        if not self.selection_covers_items:
            self._paint_selected_range(painter)
        self.paint_lane(painter, area)
        if self.selection_covers_items:
            self._paint_selected_range(painter)
        painter.end()

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

    def paint_empty_hint(self, painter: QPainter, text: str, room_right: float = 0) -> None:
        """Say in the middle of an empty lane what to do, leaving room for a button after it."""
        painter.setFont(_hint_font(self.font()))
        painter.setPen(QColor(theme.current().empty_hint))
        room = QRectF(self.rect()).adjusted(0, 0, -room_right, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def hint_width(self, text: str) -> float:
        """Pixels that a hint of an empty lane is wide."""
        return QFontMetricsF(_hint_font(self.font())).horizontalAdvance(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & (SHIFT | CONTROL) == SHIFT | CONTROL:
            self.height_stepped.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    # Files from outside.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        position = self._drop_position(event)
        self.show_guide(position)
        bar = self.project.tempo.position_at(position)[0]
        self.stage.said.emit(f"Drop at bar {bar}")
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.show_guide(None)
        self.stage.said.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_guide(None)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        self.stage.files_dropped.emit(paths, self.lane, self._drop_position(event))
        event.acceptProposedAction()

    def _drop_position(self, event: QDropEvent) -> Ticks:
        return self.stage.snapped(self.scale.ticks_at(event.position().x())).position

    # Focus and changes.

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.stage.workspace.set_focused_lane(self.lane)
        self.repaint_all()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.repaint_all()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, _forwards: bool) -> bool:
        """Tab walks through the lane's items; F6 leaves the lane."""
        return False

    def _on_changed(self, before: Project, after: Project) -> None:
        if self.is_concerned(before, after) or before.tempo is not after.tempo:
            self.repaint_all()


def _hint_font(like: QFont) -> QFont:
    font = QFont(like)
    font.setPixelSize(theme.type_scale().body)
    return font
