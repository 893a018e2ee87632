"""How a chord block looks: coloured by its function in the key."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.model.chord_symbol import Symbol, read_symbol
from app.model.key import Function, Role, role_of
from app.ui import theme
from app.ui.theme import Palette

LIGHTER = 0.42
RADIUS_PX = 5
SMALLEST_PX = 9
PLAIN_BELOW_PX = 10.0
"""A narrower block has no room for rounded corners or words."""


def function_colour(role: Role, palette: Palette) -> QColor:
    """Colour of a chord's family; the family's own root is saturated, the others lighter."""
    colour = QColor(
        {
            Function.TONIC: palette.chord_tonic,
            Function.PREDOMINANT: palette.chord_predominant,
            Function.DOMINANT: palette.chord_dominant,
            Function.BORROWED: palette.chord_chromatic,
            Function.NO_CHORD: palette.chord_none,
        }[role.function]
    )
    is_plain = role.is_family_root or role.function in (Function.BORROWED, Function.NO_CHORD)
    return colour if is_plain else _towards_white(colour, LIGHTER)


def paint_chord(
    painter: QPainter,
    box: QRectF,
    text: str,
    key: str,
    *,
    german_names: bool,
    is_selected: bool,
    shows_numeral: bool,
) -> None:
    """One block with its symbol; unknown text has a red outline and a caret under the letter."""
    palette = theme.current()
    symbol, role = read_symbol(text, german_names), role_of(text, key, german_names)
    colour = function_colour(role, palette)
    if box.width() < PLAIN_BELOW_PX:
        painter.fillRect(box, QColor(palette.focus_ring) if is_selected else colour)
        return
    body = box.adjusted(1, 0.5, -1, -0.5)
    painter.setBrush(colour)
    if is_selected:
        painter.setPen(QPen(QColor(palette.focus_ring), 2))
    elif not symbol.is_known:
        painter.setPen(QPen(QColor(palette.error), 2))
    elif role.function is Function.BORROWED:
        painter.setPen(QPen(QColor(palette.text_on_chord), 1.5, Qt.PenStyle.DotLine))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(body, RADIUS_PX, RADIUS_PX)
    if is_selected and not symbol.is_known:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.error), 2))
        painter.drawRoundedRect(body.adjusted(2, 2, -2, -2), RADIUS_PX - 2, RADIUS_PX - 2)
    _paint_words(painter, body, symbol, role.numeral if shows_numeral else "")


def paint_caret(painter: QPainter, place: QRectF) -> None:
    """The place that typing fills."""
    palette = theme.current()
    box = place.adjusted(1.5, 0.5, -1.5, -0.5)
    painter.setBrush(QColor(palette.selection))
    painter.setPen(QPen(QColor(palette.accent), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
    painter.setPen(QPen(QColor(palette.accent), 2))
    x = box.left() + 6
    painter.drawLine(QPointF(x, box.top() + 6), QPointF(x, box.bottom() - 6))


def paint_handle(painter: QPainter, handle: QRectF) -> None:
    """What is dragged to repeat a run."""
    palette = theme.current()
    painter.setPen(QPen(QColor(palette.focus_ring), 1.5))
    painter.setBrush(QColor(palette.raised))
    painter.drawEllipse(handle.adjusted(1, 1, -1, -1))
    font = painter.font()
    font.setPixelSize(theme.type_scale().body)
    painter.setFont(font)
    painter.setPen(QColor(palette.focus_ring))
    painter.drawText(handle, Qt.AlignmentFlag.AlignCenter, "↻")


@lru_cache(maxsize=4096)
def _advance(text: str, family: str, pixel_size: int) -> float:
    """Width of a symbol as it is set; measuring text takes longer than drawing a block."""
    font = QFont(family)
    font.setPixelSize(pixel_size)
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetricsF(font).horizontalAdvance(text)


def _paint_words(painter: QPainter, body: QRectF, symbol: Symbol, numeral: str) -> None:
    palette, sizes = theme.current(), theme.type_scale()
    font = QFont(painter.font())
    font.setPixelSize(sizes.title)
    font.setWeight(QFont.Weight.DemiBold)
    # A block that begins left of the view keeps its name in sight.
    left = max(body.left(), 0.0) + min(9.0, body.width() / 8)
    room = QRectF(left, body.top(), body.right() - left - 3, body.height())
    if room.width() < 6:
        return
    family = font.family()
    while (
        font.pixelSize() > SMALLEST_PX
        and _advance(symbol.text, family, font.pixelSize()) > room.width()
    ):
        font.setPixelSize(font.pixelSize() - 1)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(symbol.text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(palette.text_on_chord))
    line = room.adjusted(0, 0, 0, -room.height() * 0.3) if numeral else room
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    if not symbol.is_known:
        x = left + metrics.horizontalAdvance(symbol.text[: symbol.error_at])
        foot = line.center().y() + metrics.height() / 2
        painter.setPen(QPen(QColor(palette.error).darker(150), 2))
        painter.drawPolyline(
            [QPointF(x, foot + 4), QPointF(x + 3.5, foot), QPointF(x + 7, foot + 4)]
        )
    if numeral:
        font.setPixelSize(sizes.caption)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        low = room.adjusted(0, room.height() * 0.55, 0, -3)
        painter.drawText(low, Qt.AlignmentFlag.AlignVCenter, numeral)


def _towards_white(colour: QColor, share: float) -> QColor:
    channels = (colour.red(), colour.green(), colour.blue())
    return QColor(*(round(c + (255 - c) * share) for c in channels))


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)
