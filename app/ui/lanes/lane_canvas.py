"""What all lanes have in common: a picture over the grid, and what is selected."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
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
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.model.lane import LaneId
from app.model.project import Project
from app.model.selection import Item, Selection
from app.ui import theme
from app.ui.lanes.gesture import CONTROL, SHIFT
from app.ui.lanes.gesture_area import GestureArea
from app.ui.lanes.lane_picture import LanePicture
from app.ui.lanes.stage import Stage
from engine.timebase import Span, Ticks

OVERHANG_PX = 16
"""How far at most something is drawn beyond the time it takes: outlines, handles, names."""
PATTERN_PX = 9
"""Width after which hatches repeat."""
MOST_ITEMS_APART = 64
"""When more items change at once, the lane is painted anew."""


class LaneCanvas(GestureArea):
    """A lane's drawing area. A lane overrides ``paint_lane`` and ``is_concerned``.

    The lane is painted into a picture once. Scrolling moves the picture, and a change paints
    only the places that the lane names in ``changed_places``, ``place_of``, ``held_in_view``
    and ``attachments``; a lane that names none is painted anew.
    ``height_stepped(n)``: Ctrl+Shift+wheel asks for a lane ``n`` steps higher.
    """

    height_stepped = Signal(int)
    lane: LaneId
    selection_covers_items = False
    has_backdrop = False

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self._picture = LanePicture(self._paint_part)
        self._shown_scale = self.scale
        self._shown_selection = stage.workspace.selection
        self._shown_attachments: tuple[QRectF, ...] = ()
        self._is_shown_focused = stage.workspace.focused_lane is self.lane
        self._hint_place: QRectF | None = None
        self._band: QRectF | None = None
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.axis.changed.connect(self._on_axis_changed)
        stage.document.changed.connect(self._on_changed)
        stage.workspace.selection_changed.connect(self._on_selection_changed)
        stage.workspace.focused_lane_changed.connect(self._on_focused_lane_changed)
        stage.workspace.snap_changed.connect(self.repaint_all)

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies inside ``area``; background and grid are there already."""
        raise NotImplementedError

    def paint_backdrop(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies under the grid; called where ``has_backdrop``."""

    def is_concerned(self, before: Project, after: Project) -> bool:
        """Whether the lane looks different after a change."""
        raise NotImplementedError

    def changed_places(self, before: Project, after: Project) -> Iterable[QRectF] | None:
        """Where the lane looks different after a change that concerns it; None: anywhere."""

    def place_of(self, _item: Item) -> QRectF | None:
        """Where a selectable item is drawn; None where it is not on this lane or not shown."""
        return QRectF(self.rect())

    def held_in_view(self, _edge: Ticks) -> Iterable[QRectF]:
        """Places, as they lie now, of what kept its words in sight while an edge was the
        left edge of the view: they are painted differently after scrolling."""
        return ()

    def attachments(self) -> Iterable[QRectF]:
        """Places of what hangs on the selection as a whole, such as a handle."""
        return ()

    def taken(self) -> None:
        self.stage.workspace.set_focused_lane(self.lane)

    def rect_of(self, span: Span[Ticks], top: float, height: float) -> QRectF:
        """Where a span lies, in this lane's pixels."""
        left = self.scale.x_at(span.start)
        return QRectF(left, top, self.scale.width_of(span.end - span.start), height)

    def column_of(self, span: Span[Ticks]) -> QRectF:
        """Where a span lies, over the lane's whole height."""
        return self.rect_of(span, 0, self.height())

    def span_of(self, area: QRect) -> Span[Ticks]:
        """The stretch of time of all that may be drawn on a part of the lane."""
        start = self.scale.ticks_at(area.left() - OVERHANG_PX)
        end = self.scale.ticks_at(area.right() + 1 + OVERHANG_PX)
        return Span(start, Ticks(max(start + 1, end)))

    # Painting.

    def repaint_all(self) -> None:
        """Paint the whole lane again at the next chance."""
        self._hint_place = None  # until it is painted again
        self._picture.spoil_all()
        self.update()

    def repaint_part(self, area: QRectF) -> None:
        """Paint a part of the lane again at the next chance."""
        # A place may be much wider than the view, beyond what whole numbers in Qt can hold.
        near = QRectF(self.rect()).adjusted(-OVERHANG_PX, 0, OVERHANG_PX, 0)
        part = (area & near).toAlignedRect().adjusted(-2, -2, 2, 2)
        self._picture.spoil(part)
        self.update(part)

    def show_band(self, band: QRectF | None) -> None:
        """Show or hide the rubber band."""
        self._band = band
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.repaint_all()
        self._shown_attachments = tuple(self.attachments())
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.repaint_all()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._picture.show(painter, event.rect(), self.size())
        palette = theme.current()
        if self._band is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(palette.selection))
            painter.setPen(QPen(QColor(palette.selection_edge), 1))
            painter.drawRect(self._band)
        if self.guide is not None:
            x = self.scale.pixel_at(self.guide)
            painter.fillRect(x, 0, 1, self.height(), QColor(palette.snap_guide))
        painter.end()

    def _paint_part(self, painter: QPainter, part: QRect) -> None:
        palette = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Patterns stand still in time, not on the screen.
        painter.setBrushOrigin(QPointF(-self.scale.left % PATTERN_PX, 0))
        ground = palette.lane_focused if self._is_shown_focused else palette.lane
        meter, grid = self.project.tempo.meter, self.stage.grid_row
        if self.has_backdrop:
            painter.fillRect(part, QColor(ground))
            self.paint_backdrop(painter, part)
            grid.paint(painter, part, self.scale, meter)
        else:
            grid.paint(painter, part, self.scale, meter, ground)
        if not self.selection_covers_items:
            self._paint_selected_range(painter)
        self.paint_lane(painter, part)
        if self.selection_covers_items:
            self._paint_selected_range(painter)

    def _paint_selected_range(self, painter: QPainter) -> None:
        band = self._selected_band(self.stage.workspace.selection)
        if band is None:
            return
        palette = theme.current()
        painter.fillRect(band, QColor(palette.selection))
        for x in (band.left(), band.right()):
            painter.fillRect(x, 0, 1, self.height(), QColor(palette.selection_edge))

    def _selected_band(self, selection: Selection) -> QRect | None:
        """The pixels of a selected range, as far as it is near the view."""
        if selection.span is None or not selection.has_lane(self.lane):
            return None
        left = max(-OVERHANG_PX, self.scale.pixel_at(selection.span.start))
        right = min(self.width() + OVERHANG_PX, self.scale.pixel_at(selection.span.end))
        return QRect(left, 0, max(1, right - left), self.height())

    def paint_empty_hint(self, painter: QPainter, text: str, room_right: float = 0) -> None:
        """Say in the middle of an empty lane what to do, leaving room for a button after it."""
        painter.setFont(_hint_font(self.font()))
        painter.setPen(QColor(theme.current().empty_hint))
        room = QRectF(self.rect()).adjusted(0, 0, -room_right, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        place = QRectF(0, 0, self.hint_width(text) + 4, self.height())
        place.moveCenter(room.center())
        self._hint_place = place

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
        super().focusInEvent(event)

    def focusNextPrevChild(self, _forwards: bool) -> bool:
        """Tab walks through the lane's items; F6 leaves the lane."""
        return False

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.tempo is not after.tempo:
            self.is_concerned(before, after)
            self.repaint_all()
        elif self.is_concerned(before, after):
            places = self.changed_places(before, after)
            few = None if places is None else tuple(islice(places, MOST_ITEMS_APART + 1))
            if few is None or len(few) > MOST_ITEMS_APART:
                self.repaint_all()
            else:
                for place in few:
                    self.repaint_part(place)
        self._follow_attachments()

    def _on_selection_changed(self, selection: Selection) -> None:
        before, self._shown_selection = self._shown_selection, selection
        old, new = self._selected_band(before), self._selected_band(selection)
        for part in _apart(old, new):
            self.repaint_part(QRectF(part))
        changed = before.items ^ selection.items
        if len(changed) > MOST_ITEMS_APART:
            self.repaint_all()
        else:
            for place in map(self.place_of, changed):
                if place is not None:
                    self.repaint_part(place)
        self._follow_attachments()

    def _follow_attachments(self) -> None:
        before, self._shown_attachments = self._shown_attachments, tuple(self.attachments())
        if before != self._shown_attachments:
            for place in (*before, *self._shown_attachments):
                self.repaint_part(place)

    def _on_focused_lane_changed(self, lane: LaneId) -> None:
        is_focused = lane is self.lane
        if is_focused is not self._is_shown_focused:
            self._is_shown_focused = is_focused
            self.repaint_all()

    def _on_axis_changed(self) -> None:
        before, self._shown_scale = self._shown_scale, self.scale
        if before.px_per_quarter != self.scale.px_per_quarter:
            self.repaint_all()
        else:
            shift = before.left - self.scale.left
            self._picture.shift(shift)
            if self._hint_place is not None:  # it stays in the middle of the view
                self.repaint_part(self._hint_place.translated(shift, 0))
                self.repaint_part(self._hint_place)
            for edge in (before, self.scale):
                for place in self.held_in_view(edge.ticks_at(0)):
                    self.repaint_part(place)
        self._shown_attachments = tuple(self.attachments())
        self.update()


def _apart(old: QRect | None, new: QRect | None) -> Iterable[QRect]:
    """Where one band of pixels is and the other is not, with their edges."""
    if old is None or new is None:
        return [band for band in (old, new) if band is not None]
    edges = ((old.left(), new.left()), (old.right(), new.right()))
    return [QRect(min(a, b), old.top(), abs(a - b) + 1, old.height()) for a, b in edges if a != b]


def _hint_font(like: QFont) -> QFont:
    font = QFont(like)
    font.setPixelSize(theme.type_scale().body)
    return font
