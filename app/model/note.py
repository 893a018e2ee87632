"""The notes lane: pitched notes; notes of one pitch never overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.model.lane import LaneSettings
from engine.timebase import Span, Ticks


@dataclass(frozen=True, slots=True)
class Note:
    """One note: MIDI ``pitch`` 0-127 (60 = middle C), ``velocity`` 1-127.

    ``is_linked`` marks a note written by "Voice the chords" and not edited since.
    """

    span: Span[Ticks]
    pitch: int
    velocity: int = 90
    is_muted: bool = False
    is_linked: bool = False

    def __post_init__(self) -> None:
        if self.span.start < 0:
            raise ValueError(f"a note cannot start before bar 1: {self.span.start}")
        if not 0 <= self.pitch <= 127:
            raise ValueError(f"pitch lies between 0 and 127, not {self.pitch}")
        if not 1 <= self.velocity <= 127:
            raise ValueError(f"velocity lies between 1 and 127, not {self.velocity}")

    @property
    def order(self) -> tuple[Ticks, int]:
        """Where the note stands in its lane: by start, then by pitch; unique within a lane."""
        return self.span.start, self.pitch


@dataclass(frozen=True, slots=True)
class NoteLane:
    """Notes in order of start and pitch. ``settle_notes`` makes any notes fit to be here."""

    notes: tuple[Note, ...] = ()
    settings: LaneSettings = LaneSettings()

    def __post_init__(self) -> None:
        ends: dict[int, Ticks] = {}
        last: tuple[int, int] = (-1, -1)
        for note in self.notes:
            if note.order <= last or note.span.start < ends.get(note.pitch, 0):
                raise ValueError(f"notes overlap or lie out of order: {note}")
            last = note.order
            ends[note.pitch] = note.span.end

    def within(self, span: Span[Ticks]) -> tuple[Note, ...]:
        """The notes that share any time with ``span``, whole."""
        return tuple(note for note in self.notes if note.span.overlaps(span))


def settle_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Sort notes and resolve overlaps of one pitch.

    A note is cut where the next one of its pitch starts; of two that start together the later
    in ``notes`` is kept, with the longer of the two lengths.
    """
    by_order: dict[tuple[int, int], Note] = {}
    for note in notes:
        twin = by_order.get(note.order)
        if twin is not None and twin.span.end > note.span.end:
            by_order[note.order] = replace(note, span=twin.span)
        else:
            by_order[note.order] = note
    next_start: dict[int, Ticks] = {}
    settled: list[Note] = []
    for note in sorted(by_order.values(), key=lambda note: note.order, reverse=True):
        limit = next_start.get(note.pitch)
        if limit is not None and note.span.end > limit:
            settled.append(replace(note, span=Span(note.span.start, limit)))
        else:
            settled.append(note)
        next_start[note.pitch] = note.span.start
    return tuple(reversed(settled))
