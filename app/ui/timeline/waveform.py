"""Drawing a stretch of sound: peaks, RMS inside them, and red where it clips."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.playback.peaks import Peaks
from app.ui import theme

CLIPPED_LEVEL = 0.999
CLIP_MARK_HEIGHT_PX = 3.0
STRIPS_KEPT = 96


def paint_waveform(
    painter: QPainter, area: QRect, peaks: Peaks, start_sample: float, end_sample: float
) -> None:
    """Draw samples ``[start_sample, end_sample)`` across ``area``, one column per pixel."""
    if area.width() < 1 or end_sample <= start_sample:
        return
    palette = theme.current()
    columns = peaks.columns(start_sample, end_sample, area.width())
    middle = area.top() + area.height() / 2
    half = area.height() / 2 - 1
    outer, inner, clipped = [], [], []
    rows = zip(
        columns.low.clip(-1, 1).tolist(),
        columns.high.clip(-1, 1).tolist(),
        columns.rms.clip(0, 1).tolist(),
        strict=True,
    )
    for column, (low, high, rms) in enumerate(rows):
        x = area.left() + column + 0.5
        # A silent column still shows a hairline: the clip is there, it only says nothing.
        outer.append(QLineF(x, middle - high * half - 0.5, x, middle - low * half + 0.5))
        inner.append(QLineF(x, middle - rms * half, x, middle + rms * half))
        if max(high, -low) >= CLIPPED_LEVEL:
            clipped.append(QLineF(x, area.top(), x, area.top() + CLIP_MARK_HEIGHT_PX))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for lines, colour in (
        (outer, palette.waveform),
        (inner, palette.waveform_rms),
        (clipped, palette.waveform_clipped),
    ):
        pen = QPen(QColor(colour), 1)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(lines)
    painter.restore()


class WaveformStrips:
    """Waveforms already painted, as pictures: moving a mask over a clip need not draw it again."""

    def __init__(self) -> None:
        self._strips: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def draw(
        self,
        painter: QPainter,
        area: QRect,
        sound: Hashable,
        peaks: Peaks,
        start_sample: float,
        end_sample: float,
    ) -> None:
        """As ``paint_waveform``; ``sound`` names the samples, e.g. by their content hash."""
        ratio = painter.device().devicePixelRatioF()
        key = (sound, area.size().toTuple(), start_sample, end_sample, ratio, theme.current().name)
        strip = self._strips.pop(key, None)
        if strip is None:
            strip = QPixmap(area.size() * ratio)
            strip.setDevicePixelRatio(ratio)
            strip.fill(Qt.GlobalColor.transparent)
            inside = QPainter(strip)
            paint_waveform(
                inside, QRect(0, 0, area.width(), area.height()), peaks, start_sample, end_sample
            )
            inside.end()
        self._strips[key] = strip
        while len(self._strips) > STRIPS_KEPT:
            self._strips.popitem(last=False)
        painter.drawPixmap(area.topLeft(), strip)
