"""Icons drawn with one stroke weight in the colour of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import ICONS
from app.ui import theme

_RATIOS = (1, 2)


def icon(name: str, colour: str | None = None, size: int = 20) -> QIcon:
    """The icon ``resources/icons/NAME.svg`` in ``colour``, or in that of text.

    Raises FileNotFoundError for an unknown name.
    """
    palette = theme.current()
    return _icon(name, colour or palette.text, palette.text_disabled, size)


def pixmap(name: str, colour: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """The same as a picture of ``size`` logical pixels."""
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _icon(name: str, colour: str, disabled_colour: str, size: int) -> QIcon:
    result = QIcon()
    for ratio in _RATIOS:
        result.addPixmap(pixmap(name, colour, size, ratio))
        result.addPixmap(pixmap(name, disabled_colour, size, ratio), QIcon.Mode.Disabled)
    return result
