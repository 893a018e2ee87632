"""The small square that names the key which hears a take."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from app.ui import icons, theme

SIZE_PX = 22


class KeyBadge(QLabel):
    """A digit, or a loudspeaker on what is being heard."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIZE_PX, SIZE_PX)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_key(self, key: int | None, is_heard: bool) -> None:
        """``key`` None: no key hears it."""
        palette = theme.current()
        if is_heard:
            ratio = self.devicePixelRatioF()
            self.setPixmap(icons.pixmap("hear", palette.text_on_accent, 14, ratio))
            self.setToolTip("Being heard")
        else:
            self.setPixmap(QPixmap())
            self.setText("" if key is None else str(key))
            self.setToolTip("" if key is None else f"Press {key} to hear it")
        fill = palette.accent if is_heard else palette.background
        self.setStyleSheet(
            f"background: {fill}; color: {palette.text_secondary}; border-radius: 5px;"
            f"font-size: {theme.type_scale().caption}px;"
        )
