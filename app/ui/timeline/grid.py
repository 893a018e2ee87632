"""The lines behind every lane: bars always, beats and sixteenths where there is room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.ui import theme
from app.ui.timeline.tick_scale import TickScale
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

MIN_LINE_GAP_PX = 8.0
MIN_BEAT_GAP_PX = 12.0
BAR_LINE_STRENGTH = 0.6
REACH_PX = 16
ROW_STEP_PX = 512
SIXTEENTH = Ticks(TICKS_PER_QUARTER // 4)


def bar_stride(scale: TickScale, meter: Meter, min_gap_px: float) -> int:
    """How many bars apart marks must stand (1, 2, 4, 8 …) to be ``min_gap_px`` from each other."""
    stride = 1
    while scale.width_of(stride * meter.bar_ticks) < min_gap_px:
        stride *= 2
    return stride


def positions(visible: Span[Ticks], step: int) -> Iterator[Ticks]:
    """Every multiple of ``step`` ticks inside ``visible``."""
    first = -(-visible.start // step) * step
    for ticks in range(first, visible.end, step):
        yield Ticks(ticks)


class GridRow:
    """The grid of all lanes. It is the same at every height, so one row of pixels holds it."""

    def __init__(self) -> None:
        self._row = QPixmap()
        self._key: object = None

    def paint(self, painter: QPainter, area: QRect, scale: TickScale, meter: Meter) -> None:
        """Draw the lines that cross ``area``, and a faint shade on every second group of bars.

        The area may begin ``REACH_PX`` left of the view.
        """
        ratio = painter.device().devicePixelRatioF()
        width = (area.right() // ROW_STEP_PX + 1) * ROW_STEP_PX
        key = (scale, meter, ratio, theme.current().name)
        if key != self._key or self._row.deviceIndependentSize().width() < width + REACH_PX:
            self._key = key
            self._row = _row_of_pixels(scale, meter, width, ratio)
        painter.drawTiledPixmap(area, self._row, QPoint(area.left() + REACH_PX, 0))


def _row_of_pixels(scale: TickScale, meter: Meter, width: int, ratio: float) -> QPixmap:
    row = QPixmap(round((REACH_PX + width) * ratio), round(ratio))
    row.setDevicePixelRatio(ratio)
    row.fill(Qt.GlobalColor.transparent)
    palette = theme.current()
    visible = Span(scale.ticks_at(-REACH_PX), scale.visible(width).end)
    stride = bar_stride(scale, meter, MIN_LINE_GAP_PX)
    bar = meter.bar_ticks * stride
    painter = QPainter(row)
    painter.translate(REACH_PX, 0)
    shade = QColor(palette.bar_shade)
    for start in range(visible.start // (2 * bar) * 2 * bar, visible.end, 2 * bar):
        left = scale.pixel_at(start)
        painter.fillRect(left, 0, scale.pixel_at(start + bar) - left, 1, shade)
    for step, gap, colour in (
        (SIXTEENTH, MIN_LINE_GAP_PX, palette.sixteenth_line),
        (meter.beat_ticks, MIN_BEAT_GAP_PX, palette.beat_line),
    ):
        if scale.width_of(step) >= gap:
            _paint_lines(painter, scale, positions(visible, step), QColor(colour))
    strong = QColor(palette.bar_line)
    strong.setAlphaF(strong.alphaF() * BAR_LINE_STRENGTH)
    _paint_lines(painter, scale, positions(visible, bar), strong)
    painter.end()
    return row


def _paint_lines(painter: QPainter, scale: TickScale, at: Iterator[Ticks], colour: QColor) -> None:
    """Lines on whole pixels, so that none looks thicker than its neighbour."""
    for ticks in at:
        painter.fillRect(scale.pixel_at(ticks), 0, 1, 1, colour)
