"""A lane as a picture: painted once, moved when the view scrolls, repainted where it changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

MOST_PARTS = 12
"""Beyond this many stale parts, one rectangle around all of them is repainted."""
MARGIN_PX = 4
"""Painted beyond both ends of the view: shapes look slightly different where a picture ends."""


class LanePicture:
    """``paint(painter, part)`` draws one part of the lane; what is drawn stays until spoilt.

    What it paints depends on the part by nothing but what is cut off, so that a picture made of
    parts equals one painted at once.
    """

    def __init__(self, paint: Callable[[QPainter, QRect], None]) -> None:
        self._paint = paint
        self._pixmap = QPixmap()
        self._size = QSize()
        self._stale: list[QRect] = []

    @property
    def area(self) -> QRect:
        """All of the picture, in the lane's pixels."""
        width = self._size.width() + 2 * MARGIN_PX
        return QRect(-MARGIN_PX, 0, width, self._size.height())

    def spoil(self, part: QRect) -> None:
        """Paint this part again before it is next shown."""
        part = part & self.area
        if part.isEmpty() or any(stale.contains(part) for stale in self._stale):
            return
        self._stale = [stale for stale in self._stale if not part.contains(stale)]
        self._stale.append(part)
        if len(self._stale) > MOST_PARTS:
            around = QRect()
            for stale in self._stale:
                around = around | stale
            self._stale = [around]

    def spoil_all(self) -> None:
        """Paint everything again before it is next shown."""
        self._stale = [self.area]

    def shift(self, px: int) -> None:
        """Move what is painted to the right (below 0: to the left); what comes in is stale."""
        area, in_device = self.area, px * self._pixmap.devicePixelRatioF()
        if abs(px) >= area.width() or not in_device.is_integer():
            self.spoil_all()
            return
        self._pixmap.scroll(int(in_device), 0, self._pixmap.rect())
        stale, self._stale = self._stale, []
        for part in stale:
            self.spoil(part.translated(px, 0))
        left = area.left() if px > 0 else area.right() + 1 + px
        self.spoil(QRect(left, 0, abs(px), area.height()))

    def show(self, painter: QPainter, area: QRect, size: QSize) -> None:
        """Paint what is stale, then copy ``area`` of a lane of ``size`` onto the screen."""
        ratio = painter.device().devicePixelRatioF()
        if size != self._size or ratio != self._pixmap.devicePixelRatioF():
            self._size = size
            whole = self.area
            self._pixmap = QPixmap(round(whole.width() * ratio), round(whole.height() * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self.spoil_all()
        if self._stale:
            inside = QPainter(self._pixmap)
            inside.translate(MARGIN_PX, 0)
            stale, self._stale = self._stale, []
            for part in stale:
                inside.save()
                inside.setClipRect(part)
                self._paint(inside, part)
                inside.restore()
            inside.end()
        corner = QPointF(area.left() + MARGIN_PX, area.top())
        source = QRectF(corner * ratio, area.size().toSizeF() * ratio)
        painter.drawPixmap(QRectF(area), self._pixmap, source)
