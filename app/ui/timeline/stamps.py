"""Small pictures that are painted once and put down many times."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.ui import theme

STAMPS_KEPT = 512


class Stamps:
    """Keeps pictures by what they show, their size, and the theme."""

    def __init__(self) -> None:
        self._stamps: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def put(
        self,
        painter: QPainter,
        corner: tuple[int, int],
        size: tuple[int, int],
        shown: Hashable,
        paint: Callable[[QPainter, QRectF], None],
    ) -> None:
        """Put the picture of ``shown`` down; ``paint`` draws it, into a box at (0, 0)."""
        ratio = painter.device().devicePixelRatioF()
        key = (shown, size, ratio, theme.current().name)
        stamp = self._stamps.get(key)
        if stamp is None:
            stamp = self._stamps[key] = _painted(size, ratio, paint)
            if len(self._stamps) > STAMPS_KEPT:
                self._stamps.popitem(last=False)
        painter.drawPixmap(corner[0], corner[1], stamp)


def _painted(
    size: tuple[int, int], ratio: float, paint: Callable[[QPainter, QRectF], None]
) -> QPixmap:
    stamp = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRectF(0, 0, *size))
    painter.end()
    return stamp
