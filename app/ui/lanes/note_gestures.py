"""Writing, moving, resizing notes, and painting their loudness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.note import Note
from app.model.selection import Selection
from app.ui.lanes.gesture import ALT, CONTROL, SHIFT, Pointer
from app.ui.lanes.lane_drag import LaneDrag
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.note_lane import NoteLaneCanvas


class NoteDrag(LaneDrag["NoteLaneCanvas"]):
    """A drag that changes notes; the lane remembers the shape of the note it leaves."""

    def finish(self) -> None:
        super().finish()
        self.lane.remember_shape()


class WriteNote(NoteDrag):
    """Puts a note down at once; dragging on sets its length."""

    def __init__(self, lane: NoteLaneCanvas, pressed: Pointer) -> None:
        super().__init__(lane, pressed)
        ticks = lane.scale.ticks_at(pressed.x)
        self._start = lane.stage.cell_start(ticks, is_free=pressed.has(ALT))
        self._pitch = lane.rows.pitch_at(pressed.y)
        self.begin()
        self._write(Ticks(self._start + lane.last_length))
        lane.stage.note_auditioned.emit(self._pitch, lane.last_velocity)

    def drag(self, pointer: Pointer) -> None:
        end = self.lane.snapped(pointer)
        self._write(Ticks(max(end, self._start + self.lane.shortest(pointer.has(ALT)))))

    def _write(self, end: Ticks) -> None:
        self.arrange.notes.write(Span(self._start, end), self._pitch, self.lane.last_velocity)

    def click(self) -> None:
        self.finish()


class MoveNotes(NoteDrag):
    """Shifts notes in time and pitch, Ctrl copies, Shift keeps to one axis; a click selects."""

    def __init__(self, lane: NoteLaneCanvas, pressed: Pointer, note: Note) -> None:
        super().__init__(lane, pressed)
        self._note = note
        items = lane.stage.workspace.selection.items
        if pressed.has(CONTROL):
            self._clicked = items ^ {note}
        elif pressed.has(SHIFT):
            self._clicked = items | {note}
        else:
            self._clicked = frozenset((note,))
        if note not in items:
            self.arrange.select(items | {note} if pressed.has(CONTROL) else frozenset((note,)))
        self._notes = lane.selected_notes() or [note]
        self._heard_pitch = note.pitch
        lane.stage.note_auditioned.emit(note.pitch, note.velocity)

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        start = self._note.span.start
        ticks = self.landed(start, pointer) - start
        pressed_pitch = self.lane.rows.pitch_at(self.pressed.y)
        semitones = self.lane.rows.pitch_at(pointer.y) - pressed_pitch
        if pointer.has(SHIFT):
            away = pointer.at - self.pressed.at
            ticks, semitones = (ticks, 0) if abs(away.x()) > abs(away.y()) else (0, semitones)
        self.arrange.notes.move(self._notes, ticks, semitones, keep_originals=pointer.has(CONTROL))
        pitch = self._note.pitch + semitones
        if pitch != self._heard_pitch and 0 <= pitch <= 127:
            self._heard_pitch = pitch
            self.lane.stage.note_auditioned.emit(pitch, self._note.velocity)

    def click(self) -> None:
        self.arrange.select(self._clicked)
        self.lane.remember_shape()


class ResizeNotes(NoteDrag):
    """Moves the right or the left edge of the selected notes."""

    def __init__(
        self, lane: NoteLaneCanvas, pressed: Pointer, note: Note, *, is_right: bool
    ) -> None:
        super().__init__(lane, pressed)
        self._is_right = is_right
        if note not in lane.stage.workspace.selection.items:
            self.arrange.select(frozenset((note,)))
        self._notes = lane.selected_notes() or [note]
        self._edge = note.span.end if is_right else note.span.start

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        ticks = self.landed(self._edge, pointer) - self._edge
        if self._is_right:
            self.arrange.notes.resize_ends(self._notes, ticks)
        else:
            self.arrange.notes.resize_starts(self._notes, ticks)


class PaintVelocity(NoteDrag):
    """Sets the loudness of the notes whose bars the pointer passes; Ctrl shifts the selection."""

    def __init__(self, lane: NoteLaneCanvas, pressed: Pointer) -> None:
        super().__init__(lane, pressed)
        self._last_x = pressed.x
        self._levels: dict[Note, int] = {}
        self._is_relative = pressed.has(CONTROL)
        self.begin()
        self.drag(pressed)

    def drag(self, pointer: Pointer) -> None:
        if self._is_relative:
            difference = round(self.pressed.y - pointer.y)
            self.arrange.notes.change_velocity(self.lane.selected_notes(), difference)
            return
        level = self.lane.velocity_at(pointer.y)
        left, right = sorted((self._last_x, pointer.x))
        for note in self.lane.notes_with_bars_in(left, right):
            self._levels[note] = level
        self._last_x = pointer.x
        if self._levels:
            self.arrange.notes.set_velocities(self._levels)
            self.lane.stage.said.emit(f"Velocity {level}")

    def click(self) -> None:
        self.finish()


class EraseNotes(NoteDrag):
    """Takes away every note the pointer passes."""

    def __init__(self, lane: NoteLaneCanvas, pressed: Pointer) -> None:
        super().__init__(lane, pressed)
        self._gone: set[Note] = set()
        self.begin()
        self.drag(pressed)

    def drag(self, pointer: Pointer) -> None:
        note = self.lane.note_at(pointer)
        if note is not None:
            self._gone.add(note)
            self.arrange.notes.remove(self._gone)
            self.lane.stage.workspace.set_selection(Selection())

    def click(self) -> None:
        self.finish()
