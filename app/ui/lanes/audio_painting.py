"""How clips look."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.model.clip import Clip
from app.playback.peaks import Peaks
from app.ui import theme
from app.ui.lanes.audio_places import CLIP_HEADER_PX, fades_of
from app.ui.timeline.waveform import WaveformStrips

RADIUS_PX = 4
TILE_PX = 256
STALE_DOT_PX, STALE_STEP_PX = 3, 9
HANDLE_REACH_PX = 8
BEYOND_PX = 64.0
"""Shapes much wider than the view are cut this far outside it; Qt would take long over them."""
SPARK = "✦"


class AudioPainting:
    """Draws what it is told; keeps waveforms it has drawn."""

    def __init__(self) -> None:
        self._strips = WaveformStrips()

    def paint_clip(
        self,
        painter: QPainter,
        area: QRect,
        place: QRectF,
        clip: Clip,
        peaks: Peaks | None,
        words: str,
        *,
        view_width: int,
        is_selected: bool,
        is_stale: bool,
    ) -> None:
        """The part of a clip inside ``area``: body, header with ``words``, waveform, fades.

        The whole clip lies in ``place``.
        """
        palette = theme.current()
        box = within_reach(place, view_width).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(box, RADIUS_PX, RADIUS_PX)
        seam = round(box.top() + CLIP_HEADER_PX)
        body = palette.clip_body_selected if is_selected else palette.clip_body
        header = QRect(area.left(), 0, area.width(), seam)
        _fill(painter, outline, header, palette.clip_header)
        _fill(painter, outline, QRect(header.left(), seam, header.width(), area.bottom()), body)
        below = place.adjusted(0, CLIP_HEADER_PX, 0, 0)
        if area.bottom() >= seam:
            self._paint_waveform(painter, area, below.adjusted(0, 3, 0, -3), clip, peaks)
        _paint_fades(painter, area, below, fades_of(clip, place))
        if area.top() < seam:
            top = QRectF(box.left(), box.top(), box.width(), CLIP_HEADER_PX)
            _paint_header_words(painter, top, words)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = palette.focus_ring if is_selected else palette.border
        painter.setPen(QPen(QColor(edge), 2 if is_selected else 1))
        painter.drawPath(outline)
        if is_stale:
            _paint_stale_edge(painter, area, place)

    def _paint_waveform(
        self, painter: QPainter, area: QRect, box: QRectF, clip: Clip, peaks: Peaks | None
    ) -> None:
        shown = (box & QRectF(area)).toAlignedRect() & area
        if shown.isEmpty():
            return
        if peaks is None:
            colour, middle = QColor(theme.current().waveform), round(box.center().y())
            for x in range(shown.left() // 3 * 3, shown.right() + 1, 3):
                painter.fillRect(x, middle, 1, 1, colour)
            return
        # Tiles that count from the clip's left edge stay the same while the view scrolls.
        per_px = clip.length / box.width()
        left, whole = math.floor(box.left()), math.ceil(box.width())
        top, height = round(box.top()), max(1, int(box.height()))
        for tile in range((shown.left() - left) // TILE_PX, (shown.right() - left) // TILE_PX + 1):
            width = min(TILE_PX, whole - tile * TILE_PX)
            if tile >= 0 and width > 0:
                place = QRect(left + tile * TILE_PX, top, width, height)
                start = clip.offset + tile * TILE_PX * per_px
                self._strips.draw(
                    painter, place, clip.asset.id, peaks, start, start + width * per_px
                )


def within_reach(box: QRectF, view_width: int) -> QRectF:
    """The box, cut where it is far out of sight."""
    left = max(box.left(), -BEYOND_PX)
    return QRectF(left, box.top(), min(box.right(), view_width + BEYOND_PX) - left, box.height())


def _fill(painter: QPainter, outline: QPainterPath, part: QRect, colour: str) -> None:
    painter.save()
    painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
    painter.fillPath(outline, QColor(colour))
    painter.restore()


def _paint_fades(painter: QPainter, area: QRect, box: QRectF, widths: tuple[float, float]) -> None:
    palette = theme.current()
    shade = QColor(palette.background)
    shade.setAlphaF(0.6)
    for corner, width in ((box.topLeft(), widths[0]), (box.topRight(), -widths[1])):
        inner = QPointF(corner.x() + width, box.top())
        ends = sorted((corner.x(), inner.x()))
        if ends[1] < area.left() - HANDLE_REACH_PX or ends[0] > area.right() + HANDLE_REACH_PX:
            continue
        if width:
            foot = QPointF(corner.x(), box.bottom())
            painter.setPen(QPen(QColor(palette.text_secondary), 1))
            painter.setBrush(shade)
            painter.drawPolygon(QPolygonF([corner, inner, foot]))
        handle = QPointF(4 if width >= 0 and corner == box.topLeft() else -4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text_secondary))
        painter.drawEllipse(inner + handle, 2.5, 2.5)


def _paint_header_words(painter: QPainter, header: QRectF, words: str) -> None:
    # A clip that begins left of the view keeps its name in sight.
    left = max(header.left(), 0.0) + 7
    room = QRectF(left, header.top(), header.right() - 6 - left, header.height())
    if room.width() < 4:
        return
    font = painter.font()
    font.setPixelSize(theme.type_scale().caption)
    painter.setFont(font)
    painter.setPen(QColor(theme.current().text))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_stale_edge(painter: QPainter, area: QRect, box: QRectF) -> None:
    """Dots along the top, counted from the clip's start so that they stay where they are."""
    start, end = math.floor(box.left()) + RADIUS_PX, math.floor(box.right()) - RADIUS_PX
    first = start + max(0, (area.left() - start) // STALE_STEP_PX) * STALE_STEP_PX
    colour = QColor(theme.current().stale)
    for x in range(first, min(end, area.right() + 1), STALE_STEP_PX):
        painter.fillRect(x, round(box.top()) - 1, STALE_DOT_PX, STALE_DOT_PX, colour)
