"""The master meter: two bars, their recent peaks, and a light that stays on after clipping."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme

FLOOR_DB = -60.0
HOT_DB = -6.0
_FALL_DB_PER_TICK = 1.2
_PEAK_HOLD_TICKS = 40
_LIGHT_PX = 8


class LevelMeter(QWidget):
    """Shows levels in dBFS as they are told, about thirty times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._shown_db = [FLOOR_DB, FLOOR_DB]
        self._peak_db = [FLOOR_DB, FLOOR_DB]
        self._peak_age = [0, 0]
        self._has_clipped = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("Master level. Click to reset the clip light.")
        self.setAccessibleName("Master level")

    @property
    def has_clipped(self) -> bool:
        """Whether the light is on."""
        return self._has_clipped

    def sizeHint(self) -> QSize:
        """Wide enough to tell 1 dB apart."""
        return QSize(132, 16)

    def show_levels(self, left_db: float, right_db: float) -> None:
        """Tell the peaks since the last call; bars jump up and fall slowly."""
        before = (*self._shown_db, *self._peak_db, self._has_clipped)
        for side, level in enumerate((left_db, right_db)):
            level = max(FLOOR_DB, level) if not math.isnan(level) else FLOOR_DB
            self._shown_db[side] = max(level, self._shown_db[side] - _FALL_DB_PER_TICK, FLOOR_DB)
            self._peak_age[side] += 1
            if level >= self._peak_db[side] or self._peak_age[side] > _PEAK_HOLD_TICKS:
                self._peak_db[side], self._peak_age[side] = level, 0
            self._has_clipped = self._has_clipped or level >= 0.0
        if before != (*self._shown_db, *self._peak_db, self._has_clipped):
            self.update()

    def reset_clip(self) -> None:
        """Switch the light off."""
        self._has_clipped = False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click resets the light."""
        self.reset_clip()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both bars and the light."""
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width() - _LIGHT_PX - 4
        height = (self.height() - 4) / 2
        for side in range(2):
            top = 1 + side * (height + 2)
            painter.setBrush(QColor(palette.background))
            painter.drawRoundedRect(QRectF(0, top, width, height), 2, 2)
            self._draw_bar(painter, top, width, height, side)
        painter.setBrush(QColor(palette.meter_clip if self._has_clipped else palette.background))
        painter.drawRoundedRect(
            QRectF(self.width() - _LIGHT_PX, 1, _LIGHT_PX, self.height() - 2), 2, 2
        )

    def _draw_bar(
        self, painter: QPainter, top: float, width: float, height: float, side: int
    ) -> None:
        palette = theme.current()
        end, hot = _share(self._shown_db[side]) * width, _share(HOT_DB) * width
        painter.setBrush(QColor(palette.meter_low))
        if end > 0:
            painter.drawRoundedRect(QRectF(0, top, min(end, hot), height), 2, 2)
        if end > hot:
            painter.setBrush(QColor(palette.meter_high))
            painter.drawRect(QRectF(hot, top, end - hot, height))
        if self._peak_db[side] > FLOOR_DB:
            painter.setBrush(QColor(palette.text_secondary))
            painter.drawRect(QRectF(_share(self._peak_db[side]) * width - 1, top, 1.5, height))


def _share(level_db: float) -> float:
    return min(1.0, (level_db - FLOOR_DB) / -FLOOR_DB)
