"""How a take looks while it is being played: its region, and the waveform as far as it is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.playback.growing_sound import GrowingSound, Piece
from app.ui import theme
from app.ui.lanes.audio_places import CLIP_HEADER_PX, AudioPlaces
from app.ui.timeline.waveform import paint_waveform
from engine.timebase import Seconds, Span, Ticks

VEIL = 0.6
"""How far the sound that will be replaced fades into the background."""


def growing_words(growing: GrowingSound) -> str:
    """What stands over a take that is being played."""
    if not growing.pieces:
        return "Playing a new take…"
    return f"Playing a new take… {growing.ready_s:.0f} of {growing.wanted_s:.0f} s ready to hear"


def paint_growing(
    painter: QPainter, places: AudioPlaces, growing: GrowingSound, view_width: int
) -> None:
    """Every region of the run, and what is ready of it."""
    for region in growing.regions:
        _paint_region(painter, places.over_clips(region))
    for piece in growing.pieces:
        _paint_piece(painter, places, piece, view_width)
    for region in growing.regions:
        box = places.over_clips(region)
        _paint_words(painter, box, growing_words(growing), view_width)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.current().accent), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _paint_region(painter: QPainter, box: QRectF) -> None:
    veil = QColor(theme.current().background)
    veil.setAlphaF(VEIL)
    painter.fillRect(box, veil)


def _paint_piece(painter: QPainter, places: AudioPlaces, piece: Piece, view_width: int) -> None:
    tempo = places.project.tempo

    def ticks(seconds: Seconds) -> Ticks:
        return tempo.ticks_at(seconds)

    start = ticks(piece.span.start)
    whole = places.over_clips(Span(start, Ticks(max(start + 1, ticks(piece.span.end)))))
    # Neighbouring pieces share their rounded edge, so no gap shows between them.
    left, right = round(whole.left()), round(whole.right())
    shown = QRect(left, round(whole.top()), right - left, round(whole.height()))
    if right < 0 or left > view_width or shown.width() < 1:
        return
    palette = theme.current()
    painter.fillRect(shown, QColor(palette.clip_body))
    body = shown.adjusted(0, round(CLIP_HEADER_PX) + 3, 0, -3)
    paint_waveform(painter, body, piece.peaks, 0, piece.audio.samples.shape[1])


def _paint_words(painter: QPainter, box: QRectF, words: str, view_width: int) -> None:
    palette = theme.current()
    header = QRectF(box.left(), box.top(), box.width(), CLIP_HEADER_PX)
    painter.fillRect(header, QColor(palette.clip_header))
    font = painter.font()
    font.setPixelSize(theme.type_scale().caption)
    painter.setFont(font)
    painter.setPen(QColor(palette.text))
    room = header.intersected(QRectF(0, 0, view_width, header.bottom())).adjusted(7, 0, -6, 0)
    text = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
