"""Writing notes with the keyboard alone: a caret, letters for pitches, digits for lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.key import scale_pitch_classes
from app.model.note import Note
from app.model.note_name import pitch_name
from app.model.region import describe_position
from app.ui import theme
from app.ui.lanes.gesture import ALT, CONTROL, SHIFT, KeyPress
from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.note_lane import NoteLaneCanvas

LENGTHS = {
    Qt.Key.Key_1: 4 * TICKS_PER_QUARTER,
    Qt.Key.Key_2: 2 * TICKS_PER_QUARTER,
    Qt.Key.Key_3: TICKS_PER_QUARTER // 3,
    Qt.Key.Key_4: TICKS_PER_QUARTER,
    Qt.Key.Key_6: TICKS_PER_QUARTER // 4,
    Qt.Key.Key_8: TICKS_PER_QUARTER // 2,
    Qt.Key.Key_9: TICKS_PER_QUARTER // 8,
}
"""Digit to length: 1 whole, 2 half, 4 quarter, 8 eighth, 6 sixteenth, 9 half of that, 3 triplet."""
LETTERS = {
    Qt.Key.Key_C: 0,
    Qt.Key.Key_D: 2,
    Qt.Key.Key_E: 4,
    Qt.Key.Key_F: 5,
    Qt.Key.Key_G: 7,
    Qt.Key.Key_A: 9,
    Qt.Key.Key_B: 11,
}
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
RAISE_KEYS, LOWER_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_NumberSign), (Qt.Key.Key_Minus,)
OCTAVE = 12
SAID_ON = (
    "Step entry: A–G write, 1 2 4 8 6 choose the length, . dots it, arrows move, + − alter, "
    "Shift+letter adds to the chord, Esc ends"
)


class StepEntry:
    """The caret of one notes lane; ``is_on`` while letters write notes."""

    def __init__(self, lane: NoteLaneCanvas) -> None:
        self._lane = lane
        self.is_on = False
        self.position = Ticks(0)
        self.pitch = 60
        self.length = Ticks(TICKS_PER_QUARTER)
        self._written: list[Note] = []  # what Backspace takes back, in the order of writing

    def switch(self, is_on: bool) -> None:
        """Begin at the playhead, or give the letters back."""
        self.is_on = is_on
        lane = self._lane
        if is_on:
            workspace = lane.stage.workspace
            self.position = lane.stage.cell_start(workspace.playhead)
            self._written.clear()
            before = [n for n in lane.project.notes.notes if n.span.start <= self.position]
            self.pitch = before[-1].pitch if before else self.pitch
            lane.reveal_pitch(self.pitch)
            lane.setFocus(Qt.FocusReason.ShortcutFocusReason)
            lane.stage.said.emit(SAID_ON)
        else:
            lane.stage.said.emit("Step entry off")
        lane.repaint_all()

    def claims(self, press: KeyPress) -> bool:
        """Whether a key writes, moves or ends."""
        if not self.is_on or press.has(CONTROL | ALT):
            return False
        return (
            press.key in LETTERS
            or press.key in LENGTHS
            or press.key in (*ENTER_KEYS, *RAISE_KEYS, *LOWER_KEYS)
            or press.key
            in (
                Qt.Key.Key_Left,
                Qt.Key.Key_Right,
                Qt.Key.Key_Up,
                Qt.Key.Key_Down,
                Qt.Key.Key_Backspace,
                Qt.Key.Key_Escape,
                Qt.Key.Key_Period,
            )
        )

    def press(self, press: KeyPress) -> bool:
        """Act on a key that was claimed; False where it was not."""
        if not self.claims(press):
            return False
        key = press.key
        if key in LETTERS:
            self._write_letter(LETTERS[key], adds=press.has(SHIFT))
        elif key in LENGTHS:
            self.length = Ticks(LENGTHS[key])
        elif key == Qt.Key.Key_Period:
            self.length = Ticks(self.length * 3 // 2)
        elif key in ENTER_KEYS:
            self._write(self.pitch, self.position)
        elif key in RAISE_KEYS or key in LOWER_KEYS:
            self._alter(1 if key in RAISE_KEYS else -1)
        elif key == Qt.Key.Key_Escape:
            self.switch(False)
            return True
        elif key == Qt.Key.Key_Backspace:
            self._take_back()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = OCTAVE if press.has(SHIFT) else 1
            self.pitch += by if key == Qt.Key.Key_Up else -by
            self.pitch = min(127, max(0, self.pitch))
            self._lane.stage.note_auditioned.emit(self.pitch, self._lane.last_velocity)
        else:
            by = int(self.length) if key == Qt.Key.Key_Right else -int(self.length)
            self.position = Ticks(max(0, self.position + by))
        self._show()
        return True

    def _write_letter(self, pitch_class: int, *, adds: bool) -> None:
        """The nearest such letter, sharp or flat as the key has it; ``adds`` stacks it."""
        pitch_class = _in_key(pitch_class, self._lane.project.key)
        near = [pitch for pitch in range(128) if pitch % 12 == pitch_class]
        if adds and self._written:
            last = self._written[-1]
            above = [pitch for pitch in near if pitch > last.pitch]
            self.pitch = above[0] if above else last.pitch
            self._write(self.pitch, last.span.start)
        else:
            self.pitch = min(near, key=lambda pitch: (abs(pitch - self.pitch), -pitch))
            self._write(self.pitch, self.position)

    def _write(self, pitch: int, at: Ticks) -> None:
        lane = self._lane
        span = Span(at, Ticks(at + self.length))
        self._written.append(lane.stage.arrange.notes.write(span, pitch, lane.last_velocity))
        lane.stage.note_auditioned.emit(pitch, lane.last_velocity)
        self.position = span.end

    def _alter(self, semitones: int) -> None:
        """Raise or lower the note written last."""
        if not self._written or self._written[-1] not in self._lane.project.notes.notes:
            return
        (altered,) = self._lane.stage.arrange.notes.move((self._written.pop(),), 0, semitones)
        self._written.append(altered)
        self.pitch = altered.pitch
        self._lane.stage.note_auditioned.emit(altered.pitch, altered.velocity)

    def _take_back(self) -> None:
        if self._written:
            last = self._written.pop()
            self._lane.stage.arrange.notes.remove((last,))
            self.position = last.span.start

    def _show(self) -> None:
        lane = self._lane
        lane.stage.axis.reveal(self.position)
        lane.reveal_pitch(self.pitch)
        where = describe_position(self.position, lane.project.tempo)
        name = pitch_name(self.pitch, lane.project.key)
        beats = self.length / TICKS_PER_QUARTER
        lane.setAccessibleDescription(f"Caret at {where}, {name}, length {beats:g} quarters")
        lane.repaint_all()

    def paint(self, painter: QPainter) -> None:
        """Draw the caret: a line over the roll and the cell that Enter would fill."""
        lane = self._lane
        top = lane.rows.top_of(self.pitch)
        if not self.is_on:
            return
        colour = QColor(theme.current().focus_ring)
        x = lane.scale.x_at(self.position)
        painter.fillRect(QRectF(x - 1, 0, 2, lane.roll_height), colour)
        if top is not None:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            width = lane.scale.width_of(self.length)
            painter.drawRect(QRectF(x, top, width, lane.rows.height))


def _in_key(natural: int, key: str) -> int:
    """The pitch class a letter means in a key: F is F sharp in G major."""
    scale = scale_pitch_classes(key)
    if natural in scale:
        return natural
    naturals = set(LETTERS.values())
    for altered in ((natural + 1) % 12, (natural - 1) % 12):
        if altered in scale and altered not in naturals:
            return altered
    return natural
