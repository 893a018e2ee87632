"""Waveforms on a picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.playback.peaks import build_peaks
from app.ui import theme
from app.ui.timeline.waveform import paint_waveform

AREA = QRect(0, 0, 100, 40)
BLACK = QColor("black")


def picture(samples: np.ndarray) -> QImage:
    image = QImage(AREA.size(), QImage.Format.Format_RGB32)
    image.fill(BLACK)
    painter = QPainter(image)
    peaks = build_peaks(samples[np.newaxis].astype(np.float32), 32000)
    paint_waveform(painter, AREA, peaks, 0, len(samples))
    painter.end()
    return image


def height_at(image: QImage, x: int) -> int:
    return sum(image.pixelColor(x, y) != BLACK for y in range(AREA.height()))


def test_loud_columns_are_higher_than_soft_ones(qtbot: QtBot) -> None:
    noise = np.sin(np.arange(100_000))
    ramp = np.linspace(0, 0.9, 100_000)
    image = picture(noise * ramp)
    assert height_at(image, 10) < height_at(image, 50) < height_at(image, 90)


def test_silence_is_a_hairline(qtbot: QtBot) -> None:
    image = picture(np.zeros(100_000))
    assert 1 <= height_at(image, 50) <= 2


def test_clipping_is_marked_at_the_top(qtbot: QtBot) -> None:
    samples = np.zeros(100_000)
    samples[50_000] = 1.0
    image = picture(samples)
    assert image.pixelColor(50, 0) == QColor(theme.current().waveform_clipped)
    assert image.pixelColor(10, 0) == BLACK
