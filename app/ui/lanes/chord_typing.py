"""From typed text to chord blocks: the editor of a chord lane and what becomes of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.chord_block import MAX_CHORD_TEXT, ChordBlock
from app.model.lead_sheet import SIMILE
from app.model.snapping import snap_down
from app.ui.lanes.chord_editor import ChordEditor
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.chord_lane import ChordLaneCanvas

Edited = Span[Ticks] | ChordBlock
"""What is typed into: an existing block, or a free place."""


class ChordTyping:
    """Opens one editor at a time over its lane, and takes what was typed."""

    def __init__(self, lane: ChordLaneCanvas) -> None:
        self._lane = lane
        self._edited: Edited | None = None
        self.editor: ChordEditor | None = None

    def open(self, edited: Edited, text: str, *, selects: bool) -> None:
        """Type over a block or a free place, beginning with ``text``."""
        self._close()
        lane = self._lane
        self._edited = edited
        lane.stage.axis.reveal(_span(edited).start)
        place = lane.rect_of_block(_span(edited)).toAlignedRect()
        chords = lane.project.chords
        editor = ChordEditor(
            text, lane.project.tempo.meter, place, lane, german_names=chords.has_german_names
        )
        if selects:
            editor.selectAll()
        editor.committed.connect(self._on_committed)
        editor.stepped.connect(self._on_stepped)
        editor.cancelled.connect(self._on_cancelled)
        self.editor = editor

    def follow(self) -> None:
        """Stay over the place when the lane scrolls or zooms."""
        if self.editor is not None and self._edited is not None:
            self.editor.move_to(self._lane.rect_of_block(_span(self._edited)).toAlignedRect())

    def take(self, edited: Edited, text: str) -> Ticks:
        """Put typed text on the lane; returns where it ends.

        One word fills the place; several, or bar lines, are read as a lead sheet from the bar
        line before it. No text deletes a block.
        """
        lane, text = self._lane, text.strip()
        chords = lane.stage.arrange.chords
        is_one_chord = len(text.split()) == 1 and "|" not in text and text != SIMILE
        if not text:
            if isinstance(edited, ChordBlock):
                chords.remove((edited,))
            return _span(edited).end
        if not is_one_chord or len(text) > MAX_CHORD_TEXT:
            return self._place_sheet(text, _span(edited).start)
        if isinstance(edited, ChordBlock):
            chords.retype(edited, text)
        else:
            chords.place((ChordBlock(edited, text),))
        lane.set_caret(None)
        lane.audition(text)
        return _span(edited).end

    def _place_sheet(self, text: str, start: Ticks) -> Ticks:
        lane = self._lane
        start = snap_down(start, lane.project.tempo.meter.bar_ticks)
        try:
            end = lane.stage.arrange.chords.paste(text, start)
        except ValueError as error:
            lane.stage.said.emit(str(error))
            return start
        lane.set_caret(None)
        return end

    def _on_committed(self, text: str) -> None:
        edited = self._edited
        self._close()
        self._lane.setFocus()
        if edited is not None:
            self.take(edited, text)

    def _on_stepped(self, text: str, direction: int) -> None:
        edited, lane = self._edited, self._lane
        self._close()
        if edited is None:
            return
        end = self.take(edited, text)
        bar = lane.project.tempo.meter.bar_ticks
        if direction > 0:
            start = Ticks(-(-end // bar) * bar)
        else:
            start = Ticks(max(0, (_span(edited).start - 1) // bar * bar))
        there = lane.project.chords.at(start)
        lane.set_caret(None)
        if there is not None:
            lane.open_editor(there)
        else:
            lane.set_caret(lane.slot_from(start))
            lane.open_editor_at_caret()

    def _on_cancelled(self) -> None:
        self._close()
        self._lane.setFocus()

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        self._edited = None
        if editor is not None:
            editor.hide()
            editor.deleteLater()


def _span(edited: Edited) -> Span[Ticks]:
    return edited.span if isinstance(edited, ChordBlock) else edited
