"""How clips, masks and the adherence strip look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from app.model.adherence import Adherence, Agreement
from app.model.clip import Clip
from app.model.mask import MaskRegion
from app.playback.peaks import Peaks
from app.ui import theme
from app.ui.lanes.audio_places import CLIP_HEADER_PX, MIN_TAG_WIDTH_PX, TAG_PX, AudioPlaces
from app.ui.timeline.waveform import WaveformStrips
from engine.timebase import Span, Ticks

HATCH_PX = 9
TILE_PX = 512
SPARK = "✦"


class AudioPainting:
    """Draws what it is told; keeps waveforms it has drawn."""

    def __init__(self) -> None:
        self._strips = WaveformStrips()

    # Clips.

    def paint_clip(
        self,
        painter: QPainter,
        places: AudioPlaces,
        clip: Clip,
        peaks: Peaks | None,
        words: str,
        *,
        view_width: int,
        is_selected: bool,
        is_stale: bool,
    ) -> None:
        """One clip: body, header with ``words``, waveform, fades."""
        palette = theme.current()
        box = places.clip(clip).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(box, 4, 4)
        painter.fillPath(
            outline, QColor(palette.clip_body_selected if is_selected else palette.clip_body)
        )
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        header = QRectF(box.left(), box.top(), box.width(), CLIP_HEADER_PX)
        painter.fillRect(header, QColor(palette.clip_header))
        self._paint_waveform(painter, places, clip, peaks, view_width)
        self._paint_fades(painter, places, clip)
        self._paint_header_words(painter, header, words, view_width)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = palette.focus_ring if is_selected else palette.border
        painter.setPen(QPen(QColor(edge), 2 if is_selected else 1))
        painter.drawPath(outline)
        if is_stale:
            pen = QPen(QColor(palette.stale), 3, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(box.topLeft() + QPointF(4, 0), box.topRight() - QPointF(4, 0))

    def _paint_waveform(
        self,
        painter: QPainter,
        places: AudioPlaces,
        clip: Clip,
        peaks: Peaks | None,
        view_width: int,
    ) -> None:
        box = places.waveform(clip).adjusted(0, 3, 0, -3)
        area = box.toAlignedRect() & QRect(0, 0, view_width, int(places.height))
        if area.isEmpty():
            return
        if peaks is None:
            painter.setPen(QPen(QColor(theme.current().waveform), 1, Qt.PenStyle.DotLine))
            painter.drawLine(
                QPointF(area.left(), box.center().y()), QPointF(area.right(), box.center().y())
            )
            return
        # Tiles that count from the clip's left edge stay the same while the view scrolls.
        per_px = clip.length / box.width()
        left = round(box.left())
        for tile in range((area.left() - left) // TILE_PX, (area.right() - left) // TILE_PX + 1):
            width = min(TILE_PX, round(box.width()) - tile * TILE_PX)
            if width > 0:
                place = QRect(left + tile * TILE_PX, area.top(), width, area.height())
                start = clip.offset + tile * TILE_PX * per_px
                self._strips.draw(
                    painter, place, clip.asset.id, peaks, start, start + width * per_px
                )

    def _paint_fades(self, painter: QPainter, places: AudioPlaces, clip: Clip) -> None:
        palette = theme.current()
        box = places.waveform(clip)
        fade_in, fade_out = places.fades(clip)
        shade = QColor(palette.background)
        shade.setAlphaF(0.6)
        for corner, width in ((box.topLeft(), fade_in), (box.topRight(), -fade_out)):
            inner = QPointF(corner.x() + width, box.top())
            if width:
                foot = QPointF(corner.x(), box.bottom())
                painter.setPen(QPen(QColor(palette.text_secondary), 1))
                painter.setBrush(shade)
                painter.drawPolygon(QPolygonF([corner, inner, foot]))
            handle = QPointF(4 if width >= 0 and corner == box.topLeft() else -4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.text_secondary))
            painter.drawEllipse(inner + handle, 2.5, 2.5)

    def _paint_header_words(
        self, painter: QPainter, header: QRectF, words: str, view_width: int
    ) -> None:
        # A clip that begins left of the view keeps its name in sight.
        visible = header.intersected(QRectF(0, 0, view_width, header.bottom()))
        room = visible.adjusted(7, 0, -6, 0)
        font = painter.font()
        font.setPixelSize(theme.type_scale().caption)
        painter.setFont(font)
        painter.setPen(QColor(theme.current().text))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    # Masks.

    def paint_mask(
        self, painter: QPainter, places: AudioPlaces, mask: MaskRegion, *, is_selected: bool
    ) -> None:
        """One mask: hatch, grips, fades and its name."""
        palette = theme.current()
        box = places.mask(mask).adjusted(0.5, 0.5, -0.5, -0.5)
        violet = QColor(palette.mask)
        painter.setOpacity(1.0 if mask.is_on else 0.4)
        painter.fillRect(box, QColor(palette.mask_fill))
        painter.fillRect(box, _hatch(violet))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(violet, 2 if is_selected else 1))
        painter.drawRect(box)
        self._paint_mask_fades(painter, places, mask, box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(violet)
        for x in (box.left() - 1.5, box.right() - 1.5):
            painter.drawRoundedRect(QRectF(x, box.center().y() - 12, 4, 24), 2, 2)
        if box.width() >= MIN_TAG_WIDTH_PX:
            self._paint_tag(painter, box, mask)
        painter.setOpacity(1.0)

    def _paint_mask_fades(
        self, painter: QPainter, places: AudioPlaces, mask: MaskRegion, box: QRectF
    ) -> None:
        palette = theme.current()
        width = places.mask_fade(mask)
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

    def _paint_tag(self, painter: QPainter, box: QRectF, mask: MaskRegion) -> None:
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

    # Adherence.

    def paint_strip(
        self, painter: QPainter, places: AudioPlaces, adherence: Adherence, span: Span[Ticks]
    ) -> None:
        """Asked against heard for the part of a take that sounds in ``span``."""
        palette = theme.current()
        font = painter.font()
        font.setPixelSize(theme.type_scale().caption)
        painter.setFont(font)
        for chord in adherence.chords:
            shown = chord.span.intersection(span)
            if shown is None or chord.agreement is Agreement.UNKNOWN:
                continue
            box = places.strip(shown).adjusted(1.5, 0.5, -1.5, -5.5)
            colour = QColor(
                palette.success if chord.agreement is not Agreement.OTHER else palette.warning
            )
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if chord.agreement is Agreement.SAME:
                painter.setBrush(colour)
            painter.drawRoundedRect(box, 2, 2)
            if chord.agreement is Agreement.ROOT:
                half = QColor(colour)
                half.setAlphaF(0.45)
                painter.fillRect(box.adjusted(0, box.height() / 2, 0, 0), half)
            is_filled = chord.agreement is Agreement.SAME
            painter.setPen(QColor(palette.text_on_accent if is_filled else palette.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chord.heard)
        for beat in adherence.beats:
            if span.contains(beat.position):
                place = places.strip(Span(beat.position, Ticks(beat.position + 1)))
                colour = QColor(palette.success if beat.is_on_grid else palette.warning)
                painter.setPen(QPen(colour, 2 if beat.is_on_grid else 1))
                height = 3 if beat.is_on_grid else 5
                foot = QPointF(place.left() + 1, place.bottom())
                painter.drawLine(foot, foot - QPointF(0, height))


def _hatch(colour: QColor) -> QBrush:
    """Diagonal lines that meet from tile to tile."""
    tile = QPixmap(HATCH_PX, HATCH_PX)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QColor(colour)
    line.setAlphaF(0.5)
    painter.setPen(QPen(line, 1.2))
    for shift in (-HATCH_PX, 0, HATCH_PX):
        painter.drawLine(QPointF(shift, HATCH_PX), QPointF(shift + HATCH_PX, 0))
    painter.end()
    return QBrush(tile)
