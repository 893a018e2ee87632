"""The lines behind every lane: bars always, beats and sixteenths where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.ui import theme
from app.ui.timeline.tick_scale import TickScale
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

MIN_LINE_GAP_PX = 8.0
MIN_BEAT_GAP_PX = 12.0
BAR_LINE_STRENGTH = 0.6
REACH_PX = 2048
"""How far the row is painted beyond what was asked for."""
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
    """The grid of all lanes. It is the same at every height, so one row of pixels holds it.

    The row is painted for a stretch around the view, so that scrolling seldom leaves it.
    """

    def __init__(self) -> None:
        self._lines = QPixmap()
        self._grounded: dict[str, QPixmap] = {}
        self._key: object = None
        self._first = 0  # pixel of the song at the row's left end

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        scale: TickScale,
        meter: Meter,
        ground: str | None = None,
    ) -> None:
        """Draw the lines that cross ``area``, and a faint shade on every second group of bars.

        With a ``ground`` colour, fill the area with it in the same stroke.
        """
        self._reach(area, scale, meter, painter.device().devicePixelRatioF())
        row = self._lines if ground is None else self._on_ground(ground)
        painter.drawTiledPixmap(area, row, QPoint(area.left() + scale.left - self._first, 0))

    def _reach(self, area: QRect, scale: TickScale, meter: Meter, ratio: float) -> None:
        """Make the row anew where it does not cover ``area``."""
        key = (scale.px_per_quarter, meter, ratio, theme.current().name)
        first, last = scale.left + area.left(), scale.left + area.right() + 1
        end = self._first + self._lines.deviceIndependentSize().width()
        if key != self._key or first < self._first or last > end:
            self._key = key
            self._first = first - REACH_PX
            width = area.width() + 2 * REACH_PX
            self._lines = _row_of_lines(scale, meter, self._first, width, ratio)
            self._grounded.clear()

    def _on_ground(self, ground: str) -> QPixmap:
        if ground not in self._grounded:
            row = QPixmap(self._lines.size())
            row.fill(QColor(ground))
            row.setDevicePixelRatio(self._lines.devicePixelRatioF())
            painter = QPainter(row)
            painter.drawPixmap(0, 0, self._lines)
            painter.end()
            self._grounded[ground] = row
        return self._grounded[ground]


def _row_of_lines(scale: TickScale, meter: Meter, first: int, width: int, ratio: float) -> QPixmap:
    """The lines on ``width`` pixels from the ``first`` pixel of the song on."""
    row = QPixmap(round(width * ratio), max(1, round(ratio)))
    row.setDevicePixelRatio(ratio)
    row.fill(Qt.GlobalColor.transparent)
    here = replace(scale, left=max(0, first))
    palette = theme.current()
    stride = bar_stride(scale, meter, MIN_LINE_GAP_PX)
    bar = meter.bar_ticks * stride
    shown = here.visible(width)
    painter = QPainter(row)
    painter.translate(here.left - first, 0)
    shade = QColor(palette.bar_shade)
    for start in range(shown.start // (2 * bar) * 2 * bar, shown.end, 2 * bar):
        left = here.pixel_at(start)
        painter.fillRect(left, 0, here.pixel_at(start + bar) - left, 1, shade)
    for step, gap, colour in (
        (SIXTEENTH, MIN_LINE_GAP_PX, palette.sixteenth_line),
        (meter.beat_ticks, MIN_BEAT_GAP_PX, palette.beat_line),
    ):
        if scale.width_of(step) >= gap:
            _paint_lines(painter, here, positions(shown, step), QColor(colour))
    strong = QColor(palette.bar_line)
    strong.setAlphaF(strong.alphaF() * BAR_LINE_STRENGTH)
    _paint_lines(painter, here, positions(shown, bar), strong)
    painter.end()
    return row


def _paint_lines(painter: QPainter, scale: TickScale, at: Iterator[Ticks], colour: QColor) -> None:
    """Lines on whole pixels, so that none looks thicker than its neighbour."""
    for ticks in at:
        painter.fillRect(scale.pixel_at(ticks), 0, 1, 1, colour)
