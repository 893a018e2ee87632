"""How the piano roll looks: rows of scale and chord, notes, loudness bars."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.chord_block import ChordLane
from app.model.chord_symbol import read_symbol
from app.model.key import scale_pitch_classes
from app.model.note import Note
from app.model.note_name import pitch_name
from app.model.voicing import voice_chords
from app.ui import theme
from app.ui.lanes.span_index import SpanIndex
from app.ui.timeline.crowd import Crowd
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.note_lane import NoteLaneCanvas

GHOST_OPACITY = 0.15
CROWD_BELOW_PX = 10.0
"""Below this many pixels to the quarter, notes are shown as a crowd."""
CHORD_MIN_WIDTH_PX = 16.0
NAME_MIN_WIDTH_PX = 28.0
NAME_MIN_HEIGHT_PX = 10.0


def _span_of(note: Note) -> Span[Ticks]:
    return note.span


class NotePainting:
    """Draws for one notes lane."""

    def __init__(self, lane: NoteLaneCanvas) -> None:
        self._lane = lane
        self._ghosts_of: ChordLane | None = None
        self._ghosts = SpanIndex[Note]((), _span_of)
        self._notes_of: tuple[Note, ...] = ()
        self._notes = SpanIndex[Note]((), _span_of)
        self._crowd_of: tuple[object, object] = (None, None)
        self._crowd = Crowd((), (), (), ())

    @property
    def _is_far(self) -> bool:
        """Whether notes are so small that they are shown as a crowd."""
        return self._lane.scale.px_per_quarter < CROWD_BELOW_PX

    def _index(self) -> SpanIndex[Note]:
        notes = self._lane.project.notes.notes
        if notes is not self._notes_of:
            self._notes_of, self._notes = notes, SpanIndex(notes, _span_of)
        return self._notes

    def _roll(self, area: QRect) -> QRect:
        """The part of an area above the velocity strip."""
        return area & QRect(area.left(), 0, area.width(), int(self._lane.roll_height))

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        """Shade the rows of the scale, and those of each chord for as long as it lasts."""
        palette, lane = theme.current(), self._lane
        painter.setClipRect(self._roll(area))
        scale = scale_pitch_classes(lane.project.key)
        shade, line = QColor(palette.scale_row), QColor(palette.sixteenth_line)
        for pitch, top in lane.rows.between(area.top(), min(area.bottom(), lane.roll_height)):
            if pitch % 12 in scale:
                painter.fillRect(QRectF(area.left(), top, area.width(), lane.rows.height), shade)
            if pitch % 12 == 0:
                painter.fillRect(
                    QRectF(area.left(), top + lane.rows.height - 1, area.width(), 1), line
                )
        bar = lane.project.tempo.meter.bar_ticks
        if lane.project.chords.settings.is_on and lane.scale.width_of(bar) >= CHORD_MIN_WIDTH_PX:
            self._paint_chord_tones(painter, area)
        painter.setClipRect(area)

    def _paint_chord_tones(self, painter: QPainter, area: QRect) -> None:
        lane, colour = self._lane, QColor(theme.current().chord_tone_row)
        for block in lane.project.chords.within(lane.span_of(area)):
            harmony = read_symbol(block.text, lane.project.chords.has_german_names).harmony
            if harmony is None:
                continue
            sounding = harmony.pitch_classes
            for pitch, top in lane.rows.between(area.top(), min(area.bottom(), lane.roll_height)):
                if pitch % 12 in sounding:
                    painter.fillRect(lane.rect_of(block.span, top, lane.rows.height), colour)

    def paint_ghosts(self, painter: QPainter, area: QRect) -> None:
        """Draw faintly what the chords would be as notes."""
        lane = self._lane
        if lane.project.chords is not self._ghosts_of:
            self._ghosts_of = lane.project.chords
            voiced = voice_chords(
                lane.project.chords.blocks, german_names=lane.project.chords.has_german_names
            )
            self._ghosts = SpanIndex(voiced, _span_of)
        colour, span = QColor(theme.current().chord_lane), lane.span_of(area)
        colour.setAlphaF(GHOST_OPACITY)
        if self._is_far:
            return
        painter.save()
        painter.setClipRect(self._roll(area))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for note, _ in self._ghosts.within(span):
            rect = lane.rect_of_note(note)
            if rect is not None:
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.restore()

    def paint_notes(self, painter: QPainter, area: QRect) -> None:
        """Draw the notes of the visible stretch."""
        lane = self._lane
        painter.save()
        painter.setClipRect(self._roll(area))
        painter.setOpacity(1.0 if lane.project.notes.settings.is_on else 0.4)
        selected = lane.stage.workspace.selection.items
        if self._is_far:
            self._paint_crowd(painter, self._roll(area))
        else:
            for note, _ in self._index().within(lane.span_of(area)):
                rect = lane.rect_of_note(note)
                if rect is not None:
                    self._paint_note(painter, rect, note, bool(selected) and note in selected)
        painter.restore()

    def _paint_crowd(self, painter: QPainter, area: QRect) -> None:
        lane, palette = self._lane, theme.current()
        notes, rows = lane.project.notes.notes, lane.rows
        if self._crowd_of[0] is not notes or self._crowd_of[1] != rows.pitches:
            self._crowd_of = (notes, rows.pitches)
            self._crowd = _crowd_of_notes(notes, rows.pitches)
        edges = [math.floor(i * rows.height - rows.scroll) for i in range(len(rows.pitches) + 1)]
        bands = [(top, end - top - 1) for top, end in pairwise(edges)]
        self._crowd.paint(painter, area, lane.scale, bands, palette.note_lane)
        for item in lane.stage.workspace.selection.items:
            place = lane.rect_of_note(item) if isinstance(item, Note) else None
            if place is not None and place.intersects(QRectF(area)):
                painter.fillRect(place, QColor(palette.focus_ring))

    def _paint_note(self, painter: QPainter, rect: QRectF, note: Note, is_selected: bool) -> None:
        palette = theme.current()
        body = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        if body.width() < 3:
            body.setWidth(3)
        colour = QColor(palette.text_disabled if note.is_muted else palette.note_lane)
        colour.setAlphaF(0.35 + 0.65 * note.velocity / 127)
        edge = QPen(QColor(palette.focus_ring), 2) if is_selected else QPen(colour.darker(160), 1)
        if note.is_linked:
            edge.setStyle(Qt.PenStyle.DotLine)
        # The row behind would shine through soft notes and hide their edges.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.lane))
        painter.drawRoundedRect(body, 2, 2)
        painter.setPen(edge)
        painter.setBrush(colour)
        painter.drawRoundedRect(body, 2, 2)
        if rect.width() >= NAME_MIN_WIDTH_PX and rect.height() >= NAME_MIN_HEIGHT_PX:
            font = painter.font()
            font.setPixelSize(min(theme.type_scale().caption, int(rect.height()) - 1))
            painter.setFont(font)
            dark = note.velocity >= 70 and not note.is_muted
            painter.setPen(QColor(palette.text_on_chord if dark else palette.text))
            name = pitch_name(note.pitch, self._lane.project.key)
            painter.drawText(body.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def paint_velocities(self, painter: QPainter, area: QRect) -> None:
        """Draw the strip of loudness bars below the roll."""
        palette, lane = theme.current(), self._lane
        top = lane.roll_height
        strip = QRectF(area.left(), top, area.width(), lane.height() - top)
        ground = QColor(palette.background)
        ground.setAlphaF(0.6)
        painter.fillRect(strip, ground)
        painter.fillRect(QRectF(area.left(), top, area.width(), 1), QColor(palette.border))
        bottom = lane.height() - 2
        if self._is_far and lane.project.notes.notes:
            room = int(strip.height()) - 4
            self._crowd.paint_heights(painter, area, lane.scale, bottom, room, palette.note_lane)
            return
        selected = lane.stage.workspace.selection.items
        for note in self._index().starting_in(lane.span_of(area)):
            x = lane.scale.x_at(note.span.start) + 2
            height = (strip.height() - 4) * note.velocity / 127
            is_selected = bool(selected) and note in selected
            colour = palette.focus_ring if is_selected else palette.note_lane
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom - height))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(x, bottom - height), 2.5, 2.5)


def _crowd_of_notes(notes: tuple[Note, ...], pitches: tuple[int, ...]) -> Crowd:
    row_of = {pitch: row for row, pitch in enumerate(pitches)}
    return Crowd(
        (note.span.start for note in notes),
        (note.span.end for note in notes),
        (row_of.get(note.pitch, -1) for note in notes),
        (note.velocity / 127 for note in notes),
    )
