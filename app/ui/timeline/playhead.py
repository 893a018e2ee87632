"""The playhead: a thin widget over ruler and lanes, so that moving it paints no lane again."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from app.ui import theme

WIDTH_PX = 11


class Playhead(QWidget):
    """A line one pixel wide with a head on the ruler; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head_y = 0

    def stand_at(self, x: float, left: int, right: int, height: int, head_y: int) -> None:
        """Show the line at pixel ``x`` of the parent; hide it outside ``left``..``right``.

        ``head_y`` is where the point of the head lies.
        """
        is_seen = left <= x <= right
        if is_seen:
            self._head_y = head_y
            self.setGeometry(round(x) - WIDTH_PX // 2, 0, WIDTH_PX, height)
            self.raise_()
        self.setVisible(is_seen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(theme.current().playhead)
        middle = WIDTH_PX // 2
        painter.fillRect(middle, self._head_y - 4, 1, self.height(), colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        top = self._head_y - 9
        head = [(0.5, top), (WIDTH_PX - 0.5, top), (WIDTH_PX - 0.5, top + 3)]
        head += [(middle + 0.5, self._head_y), (0.5, top + 3)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in head]))
        painter.end()
