"""The lines behind every lane: bars always, beats and sixteenths where there is room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui import theme
from app.ui.timeline.tick_scale import TickScale
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

MIN_LINE_GAP_PX = 8.0
MIN_BEAT_GAP_PX = 12.0
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


def paint_grid(painter: QPainter, area: QRectF, scale: TickScale, meter: Meter) -> None:
    """Draw the lines that cross ``area``, and a faint shade on every second group of bars."""
    palette = theme.current()
    visible = _span_under(area, scale)
    stride = bar_stride(scale, meter, MIN_LINE_GAP_PX)
    bar = meter.bar_ticks * stride

    shade = QColor(palette.bar_shade)
    for start in range(visible.start // (2 * bar) * 2 * bar, visible.end, 2 * bar):
        left = scale.x_at(start)
        painter.fillRect(QRectF(left, area.top(), scale.width_of(bar), area.height()), shade)

    levels = [
        (SIXTEENTH, MIN_LINE_GAP_PX, palette.sixteenth_line),
        (meter.beat_ticks, MIN_BEAT_GAP_PX, palette.beat_line),
    ]
    for step, gap, colour in levels:
        if scale.width_of(step) >= gap:
            _draw_lines(painter, area, scale, positions(visible, step), colour)
    _draw_lines(painter, area, scale, positions(visible, bar), palette.bar_line, strength=0.6)


def _span_under(area: QRectF, scale: TickScale) -> Span[Ticks]:
    left = scale.ticks_at(area.left() - 1)
    return Span(left, Ticks(max(left + 1, scale.ticks_at(area.right() + 1) + 1)))


def _draw_lines(
    painter: QPainter,
    area: QRectF,
    scale: TickScale,
    at: Iterator[Ticks],
    colour: str,
    strength: float = 1.0,
) -> None:
    """One-pixel lines on whole pixels, so that none looks thicker than its neighbour."""
    pen = QColor(colour)
    pen.setAlphaF(pen.alphaF() * strength)
    painter.setPen(QPen(pen, 1))
    painter.drawLines(
        [
            QLineF(x, area.top(), x, area.bottom())
            for x in (int(scale.x_at(ticks)) + 0.5 for ticks in at)
        ]
    )
