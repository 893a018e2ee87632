"""Drawing a stretch of sound: peaks, RMS inside them, and red where it clips."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.playback.peaks import Peaks
from app.playback.wave_picture import wave_picture
from app.ui import theme

STRIPS_KEPT = 512


def paint_waveform(
    painter: QPainter, area: QRect, peaks: Peaks, start_sample: float, end_sample: float
) -> None:
    """Draw samples ``[start_sample, end_sample)`` across ``area``, one column per pixel."""
    if area.width() < 1 or area.height() < 1 or end_sample <= start_sample:
        return
    palette = theme.current()
    ink = wave_picture(peaks, start_sample, end_sample, area.width(), area.height())
    image = QImage(
        ink.data, area.width(), area.height(), area.width(), QImage.Format.Format_Indexed8
    )
    inks = (palette.waveform, palette.waveform_rms, palette.waveform_clipped)
    image.setColorTable([0, *(QColor(ink).rgba() for ink in inks)])
    painter.drawImage(area.topLeft(), image)


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
            strip.fill(Qt.GlobalColor.transparent)
            inside = QPainter(strip)
            paint_waveform(inside, strip.rect(), peaks, start_sample, end_sample)
            inside.end()
            strip.setDevicePixelRatio(ratio)
        self._strips[key] = strip
        while len(self._strips) > STRIPS_KEPT:
            self._strips.popitem(last=False)
        painter.drawPixmap(area.topLeft(), strip)
