"""The notes lane: a piano roll that needs no mode."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.document.workspace import Tool
from app.model.lane import LaneId
from app.model.note import Note
from app.model.note_name import pitch_name
from app.model.project import Project
from app.model.region import describe_position
from app.model.selection import Item, Selection
from app.ui.lanes.differing import differing
from app.ui.lanes.gesture import ALT, CONTROL, SHIFT, Gesture, KeyPress, Pointer
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.note_gestures import (
    EraseNotes,
    MoveNotes,
    PaintVelocity,
    ResizeNotes,
    WriteNote,
)
from app.ui.lanes.note_menus import ask_velocity, empty_menu, note_menu
from app.ui.lanes.note_painting import NotePainting
from app.ui.lanes.note_rows import Folding, NoteRows
from app.ui.lanes.range_gesture import RubberBand
from app.ui.lanes.stage import Stage
from app.ui.lanes.step_entry import StepEntry
from engine.timebase import TICKS_PER_QUARTER, Ticks

VELOCITY_STRIP_PX = 32
VELOCITY_BAR_PX = 8
EDGE_ZONE_PX = 8.0
OCTAVE = 12
WHEEL_ROW_PX = 44
EMPTY_HINT = "Double-click to write notes"


class NoteLaneCanvas(LaneCanvas):
    """``rows_moved`` tells the keys beside it which rows are shown where."""

    has_backdrop = True
    lane = LaneId.NOTES
    rows_moved = Signal(object)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self.rows = NoteRows()
        self.folding = Folding.ALL
        self.last_length = Ticks(TICKS_PER_QUARTER)
        self.last_velocity = 90
        self.shows_ghosts = True
        self.steps = StepEntry(self)
        self._painting = NotePainting(self)
        self._is_fitted = True  # until a hand scrolls, the notes stay in the middle
        self.setAccessibleName("Notes lane")
        self._describe()
        stage.document.replaced.connect(self.fit_rows)

    # Places.

    @property
    def roll_height(self) -> float:
        """Pixels of the roll above the velocity strip."""
        return max(1.0, self.height() - VELOCITY_STRIP_PX)

    def rect_of_note(self, note: Note) -> QRectF | None:
        """Where a note is drawn; None where its row is folded away."""
        top = self.rows.top_of(note.pitch)
        return None if top is None else self.rect_of(note.span, top, self.rows.height)

    def note_at(self, pointer: Pointer) -> Note | None:
        """The topmost note under the pointer."""
        if pointer.y >= self.roll_height:
            return None
        pitch, ticks = self.rows.pitch_at(pointer.y), self.scale.ticks_at(pointer.x)
        for note in reversed(self.project.notes.notes):
            if note.pitch == pitch and note.span.contains(ticks):
                return note
        return None

    def edge_at(self, pointer: Pointer, note: Note) -> str:
        """``left``, ``right`` or empty: the zone of a note the pointer is in."""
        left, right = self.scale.x_at(note.span.start), self.scale.x_at(note.span.end)
        zone = min(EDGE_ZONE_PX, (right - left) / 3)
        if pointer.x >= right - zone:
            return "right"
        return "left" if pointer.x < left + zone else ""

    def velocity_at(self, y: float) -> int:
        """The loudness meant by a height in the velocity strip."""
        share = (self.height() - 2 - y) / (VELOCITY_STRIP_PX - 4)
        return min(127, max(1, round(127 * share)))

    def notes_with_bars_in(self, left: float, right: float) -> list[Note]:
        """The notes whose velocity bars lie between two pixels."""
        return [
            note
            for note in self.stage.arrange.base.notes.notes
            if left - VELOCITY_BAR_PX < self.scale.x_at(note.span.start) <= right
        ]

    def selected_notes(self) -> list[Note]:
        """The selected notes, in the order of the lane."""
        items = self.stage.workspace.selection.items
        return [note for note in self.project.notes.notes if note in items]

    def shortest(self, is_free: bool) -> int:
        """The least length of a note drawn now."""
        return 15 if is_free or not self.stage.workspace.is_snapping else self.stage.grid_step

    def remember_shape(self) -> None:
        """The next note written will be as long and as loud as the one selected now."""
        selected = self.selected_notes()
        if len(selected) == 1:
            span = selected[0].span
            self.last_length = Ticks(span.end - span.start)
            self.last_velocity = selected[0].velocity

    # What a hand does.

    def press(self, pointer: Pointer) -> Gesture | None:
        if pointer.y >= self.roll_height:
            return PaintVelocity(self, pointer)
        tool = self.stage.workspace.tool
        if tool is Tool.ERASE:
            return EraseNotes(self, pointer)
        note = self.note_at(pointer)
        if note is None:
            if tool is Tool.DRAW and not pointer.has(SHIFT):
                return WriteNote(self, pointer)
            return RubberBand(self, pointer, self._notes_in, self.show_band)
        edge = "" if pointer.has(CONTROL) or pointer.has(SHIFT) else self.edge_at(pointer, note)
        if edge:
            return ResizeNotes(self, pointer, note, is_right=edge == "right")
        return MoveNotes(self, pointer, note)

    def double_press(self, pointer: Pointer) -> Gesture | None:
        if pointer.y >= self.roll_height:
            bars = self.notes_with_bars_in(pointer.x, pointer.x)
            if bars:
                ask_velocity(self.stage, bars, self.window())
            return None
        note = self.note_at(pointer)
        if note is None:
            return WriteNote(self, pointer)
        if self.stage.workspace.tool is Tool.DRAW:
            self.stage.arrange.notes.remove((note,))
            return None
        return self.press(pointer)

    def hover(self, pointer: Pointer) -> None:
        note = self.note_at(pointer)
        if pointer.y >= self.roll_height:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        elif note is None:
            is_drawing = self.stage.workspace.tool is Tool.DRAW
            self.setCursor(Qt.CursorShape.CrossCursor if is_drawing else Qt.CursorShape.ArrowCursor)
        elif self.edge_at(pointer, note):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(Qt.CursorShape.SizeAllCursor)

    def tip(self, pointer: Pointer) -> str:
        note = self.note_at(pointer)
        if note is not None:
            return f"{self.words_for(note)}. ↑ ↓ transpose, Shift+↑ ↓ by octaves, Del deletes."
        if pointer.y >= self.roll_height:
            return "Loudness: drag to paint, Ctrl+drag shifts the selected notes"
        return "Double-click and drag: write a note. Drag: select. B: draw tool."

    def words_for(self, note: Note) -> str:
        """``A4, 1.1, 1 beat, velocity 90``."""
        tempo = self.project.tempo
        beats = (note.span.end - note.span.start) / tempo.meter.beat_ticks
        name = pitch_name(note.pitch, self.project.key)
        return (
            f"{name}, {describe_position(note.span.start, tempo)}, "
            f"{beats:g} beat{'' if beats == 1 else 's'}, velocity {note.velocity}"
        )

    def menu(self, pointer: Pointer) -> QMenu | None:
        note, at = self.note_at(pointer), self.scale.ticks_at(pointer.x)
        if pointer.y >= self.roll_height:
            bars = self.notes_with_bars_in(pointer.x, pointer.x)
            note = bars[0] if bars else None
        if note is None:
            return empty_menu(self, at)
        if note not in self.stage.workspace.selection.items:
            self.stage.arrange.select(frozenset((note,)))
        return note_menu(self, note, at)

    def claims(self, press: KeyPress) -> bool:
        if self.steps.claims(press):
            return True
        return press.is_up_or_down and not press.has(CONTROL) and bool(self.selected_notes())

    def key(self, press: KeyPress) -> bool:
        if self.steps.press(press):
            return True
        if press.is_tab:
            return self._select_next(forwards=press.key == Qt.Key.Key_Tab)
        selected = self.selected_notes()
        if not selected:
            return False
        if press.is_up_or_down and not press.has(CONTROL | ALT):
            by = OCTAVE if press.has(SHIFT) else 1
            self.stage.arrange.notes.move(selected, 0, by if press.key == Qt.Key.Key_Up else -by)
            self._audition_selection()
            return True
        return False

    def _audition_selection(self) -> None:
        selected = self.selected_notes()
        if len(selected) == 1:
            self.stage.note_auditioned.emit(selected[0].pitch, selected[0].velocity)

    def _select_next(self, *, forwards: bool) -> bool:
        notes = self.project.notes.notes
        if not notes:
            return True
        items = self.stage.workspace.selection.items
        chosen = [index for index, note in enumerate(notes) if note in items]
        if chosen:
            index = (chosen[-1] + 1 if forwards else chosen[0] - 1) % len(notes)
        else:
            index = 0 if forwards else len(notes) - 1
        note = notes[index]
        self.stage.workspace.set_selection(Selection(items=frozenset((note,))))
        self.stage.axis.reveal(note.span.start)
        self.reveal_pitch(note.pitch)
        self.setAccessibleDescription(f"Note, {self.words_for(note)}")
        return True

    def _notes_in(self, band: QRectF) -> list[Item]:
        found: list[Item] = []
        for note in self.project.notes.notes:
            rect = self.rect_of_note(note)
            if rect is not None and rect.intersects(band):
                found.append(note)
        return found

    def set_shows_ghosts(self, is_on: bool) -> None:
        """Show faintly what the chords would be as notes, or not."""
        self.shows_ghosts = is_on
        self.repaint_all()

    # Rows.

    def show_rows(self, rows: NoteRows) -> None:
        """Scroll, fold or zoom to these rows."""
        if rows != self.rows:
            self.rows = rows
            self.rows_moved.emit(rows)
            self.repaint_all()

    def fold(self, folding: Folding) -> None:
        """Show all rows, those of the scale, or those in use."""
        self.folding = folding
        self.show_rows(NoteRows.folded(folding, self.project, self.rows))
        self.fit_rows()

    def fit_rows(self) -> None:
        """Bring the notes into the middle; without any, the octave above middle C."""
        self._is_fitted = True
        pitches = [note.pitch for note in self.project.notes.notes] or [60, 72]
        self.show_rows(self.rows.showing(min(pitches), max(pitches), self.roll_height))

    def reveal_pitch(self, pitch: int) -> None:
        """Scroll so that a pitch is in sight."""
        top = self.rows.top_of(pitch)
        if top is None or not 0 <= top <= self.roll_height - self.rows.height:
            self.show_rows(self.rows.showing(pitch, pitch, self.roll_height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit_rows()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        held = event.modifiers() & (SHIFT | CONTROL)
        if held == SHIFT | CONTROL:
            y = event.position().y()
            self._is_fitted = False
            self.show_rows(self.rows.zoomed(1.15**steps, y, self.roll_height))
        elif not held and steps:
            self._is_fitted = False
            self.show_rows(self.rows.scrolled(-steps * WHEEL_ROW_PX, self.roll_height))
        else:
            super().wheelEvent(event)

    # Pictures.

    def is_concerned(self, before: Project, after: Project) -> bool:
        if before.notes is not after.notes or before.key != after.key:
            self._describe()
            if self.folding is not Folding.ALL and not self.stage.arrange.is_running:
                self.show_rows(NoteRows.folded(self.folding, after, self.rows))
            return True
        return before.chords is not after.chords

    def changed_places(self, before: Project, after: Project) -> Iterable[QRectF] | None:
        old, new, chords = before.notes, after.notes, (before.chords, after.chords)
        is_alike = old.settings == new.settings and before.key == after.key
        is_alike = is_alike and chords[0].settings == chords[1].settings
        is_alike = is_alike and chords[0].has_german_names == chords[1].has_german_names
        # Where the chords are shown as ghost notes, each leads on to the next.
        is_alike = is_alike and not (self.shows_ghosts and chords[0].blocks != chords[1].blocks)
        if not is_alike or not old.notes or not new.notes:
            return None
        spans = [note.span for note in differing(old.notes, new.notes)]
        spans += [block.span for block in differing(chords[0].blocks, chords[1].blocks)]
        return [self.column_of(span) for span in spans]

    def place_of(self, item: Item) -> QRectF | None:
        return self.column_of(item.span) if isinstance(item, Note) else None

    def _describe(self) -> None:
        number = len(self.project.notes.notes)
        self.setAccessibleDescription(f"{number} notes" if number else EMPTY_HINT)

    def paint_backdrop(self, painter: QPainter, area: QRect) -> None:
        self._painting.paint_rows(painter, area)

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        if not self.project.notes.notes:
            self.paint_empty_hint(painter, EMPTY_HINT)
        if self.shows_ghosts:
            self._painting.paint_ghosts(painter, area)
        self._painting.paint_notes(painter, area)
        self.steps.paint(painter)
        self._painting.paint_velocities(painter, area)
