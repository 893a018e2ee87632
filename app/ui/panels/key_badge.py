"""The small square that names the key which hears a take."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import icons, theme

SIZE_PX, ICON_PX, RADIUS_PX = 22, 14, 5


class KeyBadge(QWidget):
    """A digit, or a loudspeaker on what is being heard.

    It paints itself: a style sheet of its own would be read anew for each badge and each change.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIZE_PX, SIZE_PX)
        self._text = ""
        self._is_heard = False

    def show_key(self, key: int | None, is_heard: bool) -> None:
        """``key`` None: no key hears it."""
        self._text, self._is_heard = "" if key is None else str(key), is_heard
        if is_heard:
            self.setToolTip("Being heard")
        else:
            self.setToolTip("" if key is None else f"Press {key} to hear it")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the square, and the loudspeaker or the digit in it."""
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent if self._is_heard else palette.background))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_PX, RADIUS_PX)
        if self._is_heard:
            picture = icons.pixmap(
                "hear", palette.text_on_accent, ICON_PX, self.devicePixelRatioF()
            )
            corner = (SIZE_PX - ICON_PX) // 2
            painter.drawPixmap(corner, corner, picture)
        else:
            font = self.font()
            font.setPixelSize(theme.type_scale().caption)
            painter.setFont(font)
            painter.setPen(QColor(palette.text_secondary))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
