"""Pure ways to reshape notes and strokes; the results go into ``ChangeNotes``/``ChangeHits``."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from app.model.drum_hit import DrumHit
from app.model.key import scale_pitch_classes
from app.model.note import Note
from engine.timebase import Span, Ticks

LARGEST_HUMANISE_MS = 20.0
HUMANISE_SEED = 1
"""One seed for all: trying other amounts changes how far things stray, not which way."""
_SHORTEST = 1


def move_notes(notes: Sequence[Note], ticks: int, semitones: int) -> tuple[Note, ...]:
    """Move together in time and pitch; a move past bar 1 or the pitch range stops at the edge."""
    if not notes:
        return ()
    ticks = max(ticks, -min(note.span.start for note in notes))
    low, high = min(note.pitch for note in notes), max(note.pitch for note in notes)
    semitones = min(max(semitones, -low), 127 - high)
    return tuple(
        replace(
            note,
            span=Span(Ticks(note.span.start + ticks), Ticks(note.span.end + ticks)),
            pitch=note.pitch + semitones,
            is_linked=False,
        )
        for note in notes
    )


def stretch_notes(notes: Iterable[Note], start_by: int = 0, end_by: int = 0) -> tuple[Note, ...]:
    """Move starts and ends; every note keeps at least one tick."""
    shaped = []
    for note in notes:
        start = max(0, note.span.start + start_by)
        end = note.span.end + end_by
        if start_by:
            start = min(start, end - _SHORTEST)
        end = max(end, start + _SHORTEST)
        shaped.append(replace(note, span=Span(Ticks(max(0, start)), Ticks(end)), is_linked=False))
    return tuple(shaped)


def quantise(position: Ticks, step: Ticks, strength: float = 1.0, swing: float = 50.0) -> Ticks:
    """Pull a position towards the grid by ``strength`` 0..1; ``swing`` 50..75 % bends the grid."""
    line = round(position / step)
    target = line * step + (round((swing - 50.0) / 50.0 * step) if line % 2 else 0)
    return Ticks(max(0, round(position + (target - position) * strength)))


def quantise_notes(
    notes: Iterable[Note], step: Ticks, strength: float = 1.0, swing: float = 50.0
) -> tuple[Note, ...]:
    """Pull starts towards the grid; lengths stay."""
    shaped = []
    for note in notes:
        start = quantise(note.span.start, step, strength, swing)
        end = Ticks(start + note.span.end - note.span.start)
        shaped.append(replace(note, span=Span(start, end), is_linked=False))
    return tuple(shaped)


def legato(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Let every note last until the next one starts; those of the last start keep theirs."""
    starts = sorted({note.span.start for note in notes})
    following = dict(pairwise(starts))
    return tuple(
        replace(
            note,
            span=Span(note.span.start, following.get(note.span.start, note.span.end)),
            is_linked=False,
        )
        for note in notes
    )


def transpose_in_scale(notes: Iterable[Note], steps: int, key: str) -> tuple[Note, ...]:
    """Move by scale steps of a key; notes outside the scale go to its next note that way."""
    scale = [pitch for pitch in range(128) if pitch % 12 in scale_pitch_classes(key)]
    shaped = []
    for note in notes:
        if steps >= 0:
            index = max(i for i, pitch in enumerate(scale) if pitch <= max(note.pitch, scale[0]))
        else:
            index = min(i for i, pitch in enumerate(scale) if pitch >= min(note.pitch, scale[-1]))
        target = scale[min(max(index + steps, 0), len(scale) - 1)]
        shaped.append(replace(note, pitch=target, is_linked=False))
    return tuple(shaped)


def invert(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Mirror pitches around the middle between the lowest and the highest."""
    if not notes:
        return ()
    total = min(note.pitch for note in notes) + max(note.pitch for note in notes)
    return tuple(replace(note, pitch=total - note.pitch, is_linked=False) for note in notes)


def ramp_notes(notes: Iterable[Note], first: int, last: int) -> tuple[Note, ...]:
    """Velocities in a straight line over time from ``first`` to ``last``."""
    ordered = sorted(notes, key=lambda note: note.order)
    return tuple(
        replace(note, velocity=_between(first, last, index, len(ordered)))
        for index, note in enumerate(ordered)
    )


def ramp_hits(hits: Iterable[DrumHit], first: int, last: int) -> tuple[DrumHit, ...]:
    """Velocities in a straight line over time from ``first`` to ``last``."""
    ordered = sorted(hits, key=lambda hit: hit.order)
    return tuple(
        replace(hit, velocity=_between(first, last, index, len(ordered)))
        for index, hit in enumerate(ordered)
    )


def humanise_hits(
    hits: Iterable[DrumHit], most_ticks: Ticks, most_velocity: int, seed: int
) -> tuple[DrumHit, ...]:
    """Shift time and velocity a little at random, the same way for the same seed."""
    chance = random.Random(seed)
    return tuple(
        replace(
            hit,
            time=Ticks(max(0, hit.time + chance.randint(-most_ticks, most_ticks))),
            velocity=_velocity(hit.velocity + chance.randint(-most_velocity, most_velocity)),
        )
        for hit in sorted(hits, key=lambda hit: hit.order)
    )


def quantise_hits(
    hits: Iterable[DrumHit], step: Ticks, strength: float = 1.0, swing: float = 50.0
) -> tuple[DrumHit, ...]:
    """Pull strokes towards the grid."""
    return tuple(replace(hit, time=quantise(hit.time, step, strength, swing)) for hit in hits)


def humanise_notes(
    notes: Iterable[Note], most_ticks: Ticks, most_velocity: int, seed: int
) -> tuple[Note, ...]:
    """Shift time and velocity a little at random, the same way for the same seed; lengths stay."""
    chance = random.Random(seed)
    shaped = []
    for note in sorted(notes, key=lambda note: note.order):
        start = Ticks(max(0, note.span.start + chance.randint(-most_ticks, most_ticks)))
        span = Span(start, Ticks(start + note.span.end - note.span.start))
        velocity = _velocity(note.velocity + chance.randint(-most_velocity, most_velocity))
        shaped.append(replace(note, span=span, velocity=velocity, is_linked=False))
    return tuple(shaped)


def _between(first: int, last: int, index: int, count: int) -> int:
    share = index / (count - 1) if count > 1 else 0.0
    return _velocity(round(first + (last - first) * share))


def _velocity(value: int) -> int:
    return min(127, max(1, value))
