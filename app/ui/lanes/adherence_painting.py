"""How asked and heard stand beside each other, in the strip below the clips."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.model.adherence import Adherence, Agreement, ChordAgreement
from app.ui import theme
from app.ui.lanes.audio_places import AudioPlaces
from engine.timebase import Span, Ticks

MIN_BEAT_GAP_PX = 4.0


def paint_strip(
    painter: QPainter,
    places: AudioPlaces,
    adherence: Adherence,
    clip: Span[Ticks],
    visible: Span[Ticks],
) -> None:
    """Asked against heard for the part of a take that sounds in ``clip``, as far as visible."""
    font = painter.font()
    font.setPixelSize(theme.type_scale().caption)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for chord in adherence.chords:
        shown = chord.span.intersection(clip)
        if shown is not None and shown.overlaps(visible):
            _paint_chord(painter, metrics, places.strip(shown), chord)
    beat = places.project.tempo.meter.beat_ticks
    if places.scale.width_of(beat) >= MIN_BEAT_GAP_PX:
        _paint_beats(painter, places, adherence, clip, visible)


def _paint_chord(
    painter: QPainter, metrics: QFontMetricsF, place: QRectF, chord: ChordAgreement
) -> None:
    if chord.agreement is Agreement.UNKNOWN:
        return
    palette = theme.current()
    is_other = chord.agreement is Agreement.OTHER
    colour = QColor(palette.warning if is_other else palette.success)
    if place.width() < 4:
        painter.fillRect(place.adjusted(0, 0, 0, -5), colour)
        return
    box = place.adjusted(1.5, 0.5, -1.5, -5.5)
    is_filled = chord.agreement is Agreement.SAME
    painter.setPen(QPen(colour, 1))
    painter.setBrush(colour if is_filled else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 2, 2)
    if chord.agreement is Agreement.ROOT:
        half = QColor(colour)
        half.setAlphaF(0.45)
        painter.fillRect(box.adjusted(0, box.height() / 2, 0, 0), half)
    if metrics.horizontalAdvance(chord.heard) <= box.width():
        painter.setPen(QColor(palette.text_on_accent if is_filled else palette.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chord.heard)


def _paint_beats(
    painter: QPainter,
    places: AudioPlaces,
    adherence: Adherence,
    clip: Span[Ticks],
    visible: Span[Ticks],
) -> None:
    palette = theme.current()
    shown = clip.intersection(visible)
    if shown is None:
        return
    beats = adherence.beats
    first = bisect_left(beats, shown.start, key=lambda beat: beat.position)
    last = bisect_left(beats, shown.end, key=lambda beat: beat.position)
    for beat in beats[first:last]:
        place = places.strip(Span(beat.position, Ticks(beat.position + 1)))
        colour = QColor(palette.success if beat.is_on_grid else palette.warning)
        painter.setPen(QPen(colour, 2 if beat.is_on_grid else 1))
        height = 3 if beat.is_on_grid else 5
        foot = QPointF(place.left() + 1, place.bottom())
        painter.drawLine(foot, foot - QPointF(0, height))
