"""Thousands of small things at once: a picture of where they are, made without drawing each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.timeline.tick_scale import TickScale

LEAST_OPACITY = 0.35
"""Of the softest thing; the loudest is opaque."""
_LEVELS = 255


class Crowd:
    """Things in order of their start, each with a row and a strength from 0 to 1."""

    def __init__(
        self,
        starts: Iterable[int],
        ends: Iterable[int],
        rows: Iterable[int],
        strengths: Iterable[float],
    ) -> None:
        self._starts = np.fromiter(starts, np.float64)
        self._ends = np.fromiter(ends, np.float64)
        self._rows = np.fromiter(rows, np.int64)
        self._strengths = np.fromiter(strengths, np.float32)
        self._longest = float((self._ends - self._starts).max(initial=0.0))

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        scale: TickScale,
        bands: Sequence[tuple[int, int]],
        colour: str,
    ) -> None:
        """Draw what lies in ``area``. ``bands`` are top and height of each row, in pixels.

        Things that share a pixel are shown with their mean strength; all are a pixel wide or more.
        """
        seen = [
            row
            for row, (top, height) in enumerate(bands)
            if top <= area.bottom() and top + height > area.top()
        ]
        levels = self._levels(area, scale, range(seen[0], seen[-1] + 1)) if seen else None
        if levels is None:
            return
        picture = np.zeros((area.height(), area.width()), np.uint8)
        for row in seen:
            top, height = bands[row]
            first, last = max(top, area.top()), min(top + height, area.bottom() + 1)
            picture[first - area.top() : last - area.top()] = levels[row - seen[0]]
        stride = area.width()
        image = QImage(
            picture.data, area.width(), area.height(), stride, QImage.Format.Format_Indexed8
        )
        image.setColorTable(list(_inks(colour)))
        painter.drawImage(area.topLeft(), image)

    def paint_heights(
        self, painter: QPainter, area: QRect, scale: TickScale, foot: int, height: int, colour: str
    ) -> None:
        """Draw columns that stand on pixel row ``foot``, as high as the strongest thing there."""
        left = scale.left + area.left()
        first, last = np.searchsorted(
            self._starts, (scale.ticks_wide(left - 1), scale.ticks_wide(left + area.width() + 1))
        )
        places = np.floor(self._starts[first:last] * scale.width_of(1)).astype(np.int64) - left
        is_seen = (places >= 0) & (places < area.width())
        heights = np.zeros(area.width(), np.float32)
        np.maximum.at(heights, places[is_seen], self._strengths[first:last][is_seen])
        for x in np.flatnonzero(heights).tolist():
            column = max(1, round(float(heights[x]) * height))
            painter.fillRect(area.left() + x, foot - column, 1, column, QColor(colour))

    def _levels(self, area: QRect, scale: TickScale, shown: range) -> NDArray[np.uint8] | None:
        """How strong each pixel of the rows shown is: ``[len(shown), width]``, 0: nothing."""
        left, width = scale.left + area.left(), area.width()
        reach = scale.ticks_wide(left) - self._longest - scale.ticks_wide(2)
        first, last = np.searchsorted(self._starts, (reach, scale.ticks_wide(left + width + 1)))
        if first == last:
            return None
        per_tick = scale.width_of(1)
        rows = self._rows[first:last] - shown.start
        is_shown = (rows >= 0) & (rows < len(shown))
        rows, strengths = rows[is_shown], self._strengths[first:last][is_shown]
        starts = np.floor(self._starts[first:last][is_shown] * per_tick).astype(np.int64)
        ends = np.floor(self._ends[first:last][is_shown] * per_tick).astype(np.int64)
        x0 = (starts - left).clip(0, width)
        x1 = (np.maximum(ends, starts + 1) - left).clip(0, width)
        # Each thing adds itself where it starts and takes itself away where it ends.
        edges = np.concatenate((rows * (width + 1) + x0, rows * (width + 1) + x1))
        signs = np.repeat((1.0, -1.0), len(rows))
        shape, n_cells = (len(shown), width + 1), len(shown) * (width + 1)
        count = np.bincount(edges, signs, n_cells).reshape(shape).cumsum(axis=1)
        total = np.bincount(edges, signs * np.tile(strengths, 2), n_cells)
        mean = total.reshape(shape).cumsum(axis=1) / np.maximum(count, 1.0)
        levels = 1 + np.rint(mean * (_LEVELS - 1)).clip(0, _LEVELS - 1)
        return np.where(count > 0.5, levels, 0).astype(np.uint8)[:, :width]


@lru_cache(maxsize=16)
def _inks(colour: str) -> tuple[int, ...]:
    inks = [0]
    for level in range(_LEVELS):
        ink = QColor(colour)
        ink.setAlphaF(LEAST_OPACITY + (1 - LEAST_OPACITY) * level / (_LEVELS - 1))
        inks.append(ink.rgba())
    return tuple(inks)
