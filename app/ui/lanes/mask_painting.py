"""How masks look: a violet hatch with grips, fades and a name."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from app.model.mask import MaskRegion
from app.ui import theme
from app.ui.lanes.audio_painting import within_reach
from app.ui.lanes.audio_places import MIN_TAG_WIDTH_PX, TAG_PX, AudioPlaces
from app.ui.lanes.lane_canvas import PATTERN_PX


def paint_mask(
    painter: QPainter,
    places: AudioPlaces,
    mask: MaskRegion,
    *,
    view_width: int,
    is_selected: bool,
) -> None:
    """One mask."""
    palette = theme.current()
    box = within_reach(places.mask(mask), view_width).adjusted(0.5, 0.5, -0.5, -0.5)
    violet = QColor(palette.mask)
    painter.setOpacity(1.0 if mask.is_on else 0.4)
    painter.fillRect(box, QColor(palette.mask_fill))
    painter.fillRect(box, _hatch(palette.mask))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(violet, 2 if is_selected else 1))
    painter.drawRect(box)
    _paint_fades(painter, box, places.mask_fade(mask))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(violet)
    for x in (box.left() - 1.5, box.right() - 1.5):
        painter.drawRoundedRect(QRectF(x, box.center().y() - 12, 4, 24), 2, 2)
    if box.width() >= MIN_TAG_WIDTH_PX:
        _paint_tag(painter, box, mask)
    painter.setOpacity(1.0)


def _paint_fades(painter: QPainter, box: QRectF, width: float) -> None:
    palette = theme.current()
    shade = QColor(palette.background)
    shade.setAlphaF(0.65)
    painter.setBrush(shade)
    painter.setPen(QPen(QColor(palette.mask), 1))
    for foot, inwards in ((box.bottomLeft(), width), (box.bottomRight(), -width)):
        top = QPointF(foot.x(), box.top())
        painter.drawPolygon(QPolygonF([foot, top, foot + QPointF(inwards, 0)]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.mask))
    painter.drawEllipse(box.bottomLeft() + QPointF(width, -3), 3, 3)


def _paint_tag(painter: QPainter, box: QRectF, mask: MaskRegion) -> None:
    palette = theme.current()
    words = mask.name or "Mask"
    if mask.prompt:
        words = f"{words} · {mask.prompt}"
    if not mask.is_on:
        words = f"{words} (frozen)"
    font = painter.font()
    font.setPixelSize(theme.type_scale().caption)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    left = max(box.left(), 0.0)
    words = metrics.elidedText(
        words, Qt.TextElideMode.ElideRight, max(10.0, box.right() - left - 20)
    )
    tag = QRectF(left, box.top(), metrics.horizontalAdvance(words) + 14, TAG_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.mask))
    painter.drawRoundedRect(tag, 3, 3)
    painter.setPen(QColor(palette.text_on_chord if palette.is_dark else palette.text_on_accent))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)


@lru_cache(maxsize=4)
def _hatch(colour: str) -> QBrush:
    """Diagonal lines that meet from tile to tile."""
    tile = QPixmap(PATTERN_PX, PATTERN_PX)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QColor(colour)
    line.setAlphaF(0.5)
    painter.setPen(QPen(line, 1.2))
    for shift in (-PATTERN_PX, 0, PATTERN_PX):
        painter.drawLine(QPointF(shift, PATTERN_PX), QPointF(shift + PATTERN_PX, 0))
    painter.end()
    return QBrush(tile)
