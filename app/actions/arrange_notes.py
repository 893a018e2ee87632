"""What a person does to notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from app.actions.stroke import Stroke
from app.model.edits.notes import ChangeNotes
from app.model.note import Note
from app.model.note_shaping import (
    HUMANISE_SEED,
    LARGEST_HUMANISE_MS,
    humanise_notes,
    invert,
    legato,
    move_notes,
    quantise_notes,
    ramp_notes,
    transpose_in_scale,
)
from app.model.voicing import voice_chords
from engine.timebase import Seconds, Span, Ticks

SHORTEST_NOTE = Ticks(15)
_SpanOf = Callable[[Note], Span[Ticks]]


def _counted(verb: str, number: int) -> str:
    return f"{verb} {number} note{'' if number == 1 else 's'}"


class NoteActions:
    """Every method is one undo step, or one state of a running drag; it selects its result."""

    def __init__(self, stroke: Stroke) -> None:
        self._stroke = stroke

    def write(self, span: Span[Ticks], pitch: int, velocity: int) -> Note:
        """Put a note down."""
        note = Note(span, pitch, velocity)
        self._change((), (note,), "Write note")
        return note

    def place(self, notes: Iterable[Note]) -> None:
        """Put notes down and select them; what they land on yields."""
        placed = tuple(notes)
        self._change((), placed, _counted("Paste", len(placed)))

    def remove(self, notes: Iterable[Note]) -> None:
        """Take notes away."""
        gone = self._present(notes)
        if gone:
            self._change(gone, (), _counted("Delete", len(gone)))

    def move(
        self, notes: Iterable[Note], ticks: int, semitones: int, *, keep_originals: bool = False
    ) -> tuple[Note, ...]:
        """Shift notes in time and pitch together, as far as bar 1 and the keyboard allow."""
        moving = self._present(notes)
        if not moving:
            return ()
        moved = move_notes(moving, ticks, semitones)
        verb = "Duplicate" if keep_originals else ("Move" if ticks else "Transpose")
        self._change(() if keep_originals else moving, moved, _counted(verb, len(moving)))
        return moved

    def resize_ends(self, notes: Iterable[Note], ticks: int) -> tuple[Note, ...]:
        """Make notes longer or shorter at the right; none gets shorter than a moment."""
        return self._shape(
            notes,
            lambda note: Span(
                note.span.start,
                Ticks(max(note.span.start + SHORTEST_NOTE, note.span.end + ticks)),
            ),
            "Lengthen" if ticks > 0 else "Shorten",
        )

    def resize_starts(self, notes: Iterable[Note], ticks: int) -> tuple[Note, ...]:
        """Move where notes start; their ends stay."""
        return self._shape(
            notes,
            lambda note: Span(
                Ticks(min(note.span.end - SHORTEST_NOTE, max(0, note.span.start + ticks))),
                note.span.end,
            ),
            "Resize",
        )

    def change_velocity(self, notes: Iterable[Note], difference: int) -> tuple[Note, ...]:
        """Play notes louder or softer."""
        old = self._present(notes)
        new = tuple(
            replace(note, velocity=min(127, max(1, note.velocity + difference))) for note in old
        )
        self._change(old, new, "Change velocity")
        return new

    def set_velocities(self, levels: Mapping[Note, int]) -> None:
        """Give each note its own loudness, 1-127; the selection stays on the same notes."""
        old = self._present(levels)
        new = tuple(replace(note, velocity=levels[note]) for note in old)
        self._stroke.do(ChangeNotes(old, new, "Set velocity"))

    def quantise(
        self, notes: Iterable[Note], step: Ticks, strength: float = 1.0, swing: float = 50.0
    ) -> None:
        """Move starts towards the grid by ``strength`` 0..1; ``swing`` 50..75 % bends it."""
        self._reshape(notes, "Quantise", lambda old: quantise_notes(old, step, strength, swing))

    def play_legato(self, notes: Iterable[Note]) -> None:
        """Let each note last until the next one of the selection starts."""
        self._reshape(notes, "Legato", legato)

    def transpose_in_scale(self, notes: Iterable[Note], steps: int) -> None:
        """Move by scale steps of the song's key."""
        key = self._stroke.base.key
        self._reshape(notes, "Transpose", lambda old: transpose_in_scale(old, steps, key))

    def invert(self, notes: Iterable[Note]) -> None:
        """Mirror pitches around the middle between the lowest and the highest."""
        self._reshape(notes, "Invert", invert)

    def ramp(self, notes: Iterable[Note], first: float, last: float) -> None:
        """Velocities in a straight line over time."""
        self._reshape(notes, "Ramp", lambda old: ramp_notes(old, round(first), round(last)))

    def humanise(self, notes: Iterable[Note], most_ms: float, most_velocity: float) -> None:
        """Shift time (by at most 20 ms) and loudness a little, the same way each time."""
        most = Seconds(min(most_ms, LARGEST_HUMANISE_MS) / 1000)
        ticks = self._stroke.base.tempo.ticks_at(most)
        self._reshape(
            notes,
            "Humanise",
            lambda old: humanise_notes(old, ticks, round(most_velocity), HUMANISE_SEED),
        )

    def set_velocity(self, notes: Iterable[Note], velocity: float) -> None:
        """Give notes one loudness, 1-127."""
        level = round(min(127, max(1, velocity)))
        self._reshape(
            notes, "Set velocity of", lambda old: tuple(replace(n, velocity=level) for n in old)
        )

    def voice_chords(self, *, is_open: bool = False, within: Span[Ticks] | None = None) -> None:
        """Write the chords out as linked notes; those written before and not edited yield.

        A tone that is played there already, by a melody for instance, is left out.
        """
        project = self._stroke.base
        lane = project.chords
        blocks = lane.blocks if within is None else lane.within(within)
        written = voice_chords(blocks, is_open, german_names=lane.has_german_names)
        if written:
            spans = {block.span for block in blocks}
            notes = project.notes.notes
            old = tuple(n for n in notes if n.is_linked and n.span in spans)
            kept = [n for n in notes if n not in old]
            free = tuple(new for new in written if not any(_collide(new, n) for n in kept))
            self._change(old, free, "Voice the chords")

    def join(self, notes: Iterable[Note]) -> None:
        """Make one note of those of each pitch, from the first start to the last end."""
        old = self._present(notes)
        pitches: dict[int, list[Note]] = {}
        for note in old:
            pitches.setdefault(note.pitch, []).append(note)
        new = tuple(
            replace(
                same[0],
                span=Span(same[0].span.start, max(note.span.end for note in same)),
                is_linked=False,
            )
            for same in pitches.values()
        )
        if len(new) < len(old):
            self._change(old, new, _counted("Join", len(old)))

    def split(self, notes: Iterable[Note], at: Ticks) -> None:
        """Cut notes in two at a position; notes that do not sound there stay whole."""
        old = tuple(note for note in self._present(notes) if note.span.start < at < note.span.end)
        if not old:
            return
        halves = [replace(note, span=Span(note.span.start, at)) for note in old]
        halves += [replace(note, span=Span(at, note.span.end)) for note in old]
        self._change(old, tuple(halves), _counted("Split", len(old)))

    def mute(self, notes: Iterable[Note], is_muted: bool) -> None:
        """Silence notes without taking them away, or let them sound again."""
        old = self._present(notes)
        new = tuple(replace(note, is_muted=is_muted) for note in old)
        self._change(old, new, _counted("Mute" if is_muted else "Unmute", len(old)))

    def _reshape(
        self, notes: Iterable[Note], verb: str, shaped: Callable[[Sequence[Note]], Iterable[Note]]
    ) -> None:
        old = self._present(notes)
        self._change(old, tuple(shaped(old)), _counted(verb, len(old)))

    def _shape(self, notes: Iterable[Note], span_of: _SpanOf, verb: str) -> tuple[Note, ...]:
        old = self._present(notes)
        new = tuple(replace(note, span=span_of(note), is_linked=False) for note in old)
        self._change(old, new, _counted(verb, len(old)))
        return new

    def _present(self, notes: Iterable[Note]) -> tuple[Note, ...]:
        """Those of ``notes`` that are still on the lane, in the order of the lane."""
        wanted = set(notes)
        return tuple(note for note in self._stroke.base.notes.notes if note in wanted)

    def _change(self, before: tuple[Note, ...], after: tuple[Note, ...], label: str) -> None:
        self._stroke.do(ChangeNotes(before, after, label))
        self._stroke.select(frozenset(after))


def _collide(one: Note, other: Note) -> bool:
    return one.pitch == other.pitch and one.span.overlaps(other.span)
