"""Lane contents as plain text: what the clipboard gives to other programs and other lanes."""

from __future__ import annotations

from app.actions.stroke import Stroke
from app.interchange.lane_text import read_lanes, write_hits, write_notes
from app.model.chord_block import ChordBlock
from app.model.chord_detection import detect_chords
from app.model.drum_hit import DrumHit
from app.model.edits.chords import PasteLeadSheet, PlaceChords
from app.model.edits.drums import ChangeHits
from app.model.edits.edit import Edit
from app.model.edits.notes import ChangeNotes
from app.model.lane import LaneId
from app.model.lead_sheet import read_lead_sheet, write_lead_sheet
from app.model.note import Note, settle_notes
from app.model.selection import Item
from app.model.snapping import snap_down
from app.model.voicing import voice_chords
from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

STROKE_TICKS = TICKS_PER_QUARTER // 4
LEAST_SHARE_OF_SYMBOLS = 0.5
"""Text in which fewer words are chords than this is not taken for a lead sheet."""


class TextActions:
    """Text of any lane can be pasted into any: chords are voiced as notes, notes read as chords."""

    def __init__(self, stroke: Stroke) -> None:
        self._stroke = stroke

    def of(self, items: frozenset[Item]) -> str:
        """Selected items as text; empty where they have no form in text."""
        project = self._stroke.base
        blocks = [item for item in items if isinstance(item, ChordBlock)]
        notes = [item for item in items if isinstance(item, Note)]
        hits = [item for item in items if isinstance(item, DrumHit)]
        if blocks:
            meter = project.tempo.meter
            start = snap_down(min(block.span.start for block in blocks), meter.bar_ticks)
            end = max(block.span.end for block in blocks)
            return write_lead_sheet(blocks, meter, Span(start, end))
        if notes:
            return write_notes(notes, project.tempo, project.key)
        return write_hits(hits, project.drums.rows, project.tempo) if hits else ""

    def paste(self, lane: LaneId, text: str, at: Ticks) -> bool:
        """Put text down on a lane, from ``at`` on; False where the lane can make nothing of it."""
        placed = self._placed(lane, text, at)
        if placed is None:
            return False
        edit, items = placed
        self._stroke.do(edit)
        self._stroke.select(items)
        return True

    def _placed(self, lane: LaneId, text: str, at: Ticks) -> tuple[Edit, frozenset[Item]] | None:
        """The edit, and what it puts down; None where there is nothing for the lane."""
        project = self._stroke.base
        content = read_lanes(text, project.tempo)
        if not content:
            return self._sheet_placed(lane, text, at)
        notes, hits = _from(at, content)
        if lane is LaneId.NOTES:
            new = settle_notes(notes)
            return ChangeNotes((), new, "Paste notes"), frozenset(new)
        if lane is LaneId.DRUMS:
            return ChangeHits((), hits, "Paste drum steps"), frozenset(hits)
        if lane is LaneId.CHORDS:
            german_names = project.chords.has_german_names
            blocks = detect_chords(notes, project.tempo.meter, project.key, german_names)
            return (PlaceChords(blocks), frozenset(blocks)) if blocks else None
        return None

    def _sheet_placed(
        self, lane: LaneId, text: str, at: Ticks
    ) -> tuple[Edit, frozenset[Item]] | None:
        project = self._stroke.base
        meter, german_names = project.tempo.meter, project.chords.has_german_names
        try:
            sheet = read_lead_sheet(text, meter, german_names)
        except ValueError:
            return None
        at = snap_down(at, meter.bar_ticks)
        blocks = sheet.blocks(meter, at)
        if len(sheet.errors) > (1 - LEAST_SHARE_OF_SYMBOLS) * len(blocks):
            return None
        if lane is LaneId.CHORDS:
            return PasteLeadSheet(text, at), frozenset(blocks)
        notes = voice_chords(blocks, german_names=german_names) if lane is LaneId.NOTES else ()
        return (ChangeNotes((), notes, "Voice the chords"), frozenset(notes)) if notes else None


def _from(
    at: Ticks, content: tuple[Note, ...] | tuple[DrumHit, ...]
) -> tuple[tuple[Note, ...], tuple[DrumHit, ...]]:
    """The same music as notes and as strokes, the first of them at ``at``."""
    played = [
        (item.span.start, item.span.end - item.span.start, item.pitch, item.velocity)
        if isinstance(item, Note)
        else (item.time, STROKE_TICKS, item.pitch, item.velocity)
        for item in content
    ]
    shift = at - min(start for start, *_ in played)
    notes, hits = [], {}
    for start, length, pitch, velocity in played:
        time = Ticks(start + shift)
        notes.append(Note(Span(time, Ticks(time + length)), pitch, velocity))
        hits[time, pitch] = DrumHit(time, pitch, velocity)
    return tuple(notes), tuple(hits[order] for order in sorted(hits))
