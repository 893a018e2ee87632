"""How the step grid looks: pads, and steps as loud as they are bright."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.drum_hit import DrumHit, DrumRow
from app.model.snapping import snap_down
from app.ui import theme
from app.ui.lanes.drum_rows import ROW_HEIGHT_PX
from app.ui.timeline.crowd import Crowd
from app.ui.timeline.stamps import Stamps
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.drum_lane import DrumLane

PAD_MIN_PX = 8
CROWD_BELOW_PX = 4.0
"""Where a cell is narrower, steps are shown as a crowd."""
STEP_MIN_PX = 5
BAR_MIN_PX = 9
PAD_STRENGTHS = (0.6, 0.3)


class DrumPainting:
    """Draws for one drum lane."""

    def __init__(self, lane: DrumLane) -> None:
        self._lane = lane
        self._stamps = Stamps()
        self._crowd = Crowd((), (), (), ())
        self._crowd_of: tuple[object, object, object] = (None, None, None)

    def paint_pads(self, painter: QPainter, area: QRect) -> None:
        """Draw the cells; every second beat is a little darker."""
        lane = self._lane
        cell, scale = lane.cell, lane.scale
        width = int(scale.width_of(cell)) - 2
        if width + 2 < PAD_MIN_PX:
            return
        span, beat = lane.span_of(area), lane.project.tempo.meter.beat_ticks
        size = (width, ROW_HEIGHT_PX - 4)
        for start in range(snap_down(span.start, cell), span.end, cell):
            strength = PAD_STRENGTHS[start // beat % 2]
            left = scale.pixel_at(start) + 1
            for index in range(len(lane.rows)):
                top = index * ROW_HEIGHT_PX + 2
                if top <= area.bottom() and top + size[1] >= area.top():
                    self._stamps.put(
                        painter, (left, top), size, ("pad", strength), _pad_painter(strength)
                    )

    def paint_hits(self, painter: QPainter, area: QRect) -> None:
        """Draw the steps inside an area."""
        lane = self._lane
        drums, cell = lane.project.drums, lane.cell
        painter.setOpacity(1.0 if drums.settings.is_on else 0.4)
        if lane.scale.width_of(cell) < CROWD_BELOW_PX:
            self._paint_crowd(painter, area)
        else:
            selected = lane.stage.workspace.selection.items
            muted = {row.pitch for row in drums.rows if row.is_muted}
            tops = {row.pitch: i * ROW_HEIGHT_PX + 2 for i, row in enumerate(lane.rows)}
            span = lane.span_of(area)
            width = max(STEP_MIN_PX, int(lane.scale.width_of(cell)) - 2)
            for hit in drums.within(Span(Ticks(max(0, span.start - cell)), span.end)):
                top = tops.get(hit.pitch)
                if top is not None and top <= area.bottom() + 2:
                    look = (hit.velocity, bool(selected) and hit in selected, hit.pitch in muted)
                    # A pixel of room for the outline of a selected step.
                    corner = (lane.scale.pixel_at(hit.time), top - 1)
                    self._put_step(painter, corner, width, look)
        painter.setOpacity(1.0)

    def _put_step(
        self, painter: QPainter, corner: tuple[int, int], width: int, look: tuple[int, bool, bool]
    ) -> None:
        def paint(inside: QPainter, box: QRectF) -> None:
            _paint_step(inside, box.adjusted(1, 1, -1, -1), *look)

        self._stamps.put(painter, corner, (width + 2, ROW_HEIGHT_PX - 2), ("step", look), paint)

    def _paint_crowd(self, painter: QPainter, area: QRect) -> None:
        lane = self._lane
        palette, hits, rows, cell = theme.current(), lane.project.drums.hits, lane.rows, lane.cell
        if self._crowd_of[0] is not hits or self._crowd_of[1:] != (rows, cell):
            self._crowd_of = (hits, rows, cell)
            self._crowd = _crowd_of_hits(hits, rows, cell)
        bands = [(index * ROW_HEIGHT_PX + 2, ROW_HEIGHT_PX - 4) for index in range(len(rows))]
        self._crowd.paint(painter, area, lane.scale, bands, palette.drum_lane)
        for place in filter(None, map(lane.place_of, lane.stage.workspace.selection.items)):
            if place.intersects(QRectF(area)):
                painter.fillRect(place, QColor(palette.focus_ring))


def _crowd_of_hits(hits: tuple[DrumHit, ...], rows: tuple[DrumRow, ...], cell: Ticks) -> Crowd:
    row_of = {row.pitch: index for index, row in enumerate(rows)}
    return Crowd(
        (hit.time for hit in hits),
        (hit.time + cell for hit in hits),
        (row_of.get(hit.pitch, -1) for hit in hits),
        (hit.velocity / 127 for hit in hits),
    )


def _pad_painter(strength: float) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, box: QRectF) -> None:
        colour = QColor(theme.current().hover)
        colour.setAlphaF(strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 2, 2)

    return paint


def _paint_step(
    painter: QPainter, box: QRectF, velocity: int, is_selected: bool, is_muted: bool
) -> None:
    palette = theme.current()
    loudness = velocity / 127
    colour = QColor(palette.text_disabled if is_muted else palette.drum_lane)
    colour.setAlphaF(0.35 + 0.65 * loudness)
    painter.setPen(QPen(QColor(palette.focus_ring), 2) if is_selected else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 3, 3)
    if box.width() >= BAR_MIN_PX:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text_on_chord))
        height = (box.height() - 4) * loudness
        painter.drawRect(QRectF(box.left() + 2, box.bottom() - 2 - height, 2, height))
