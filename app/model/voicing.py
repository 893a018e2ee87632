"""Chords written out as notes: close or open voicings that move as little as they can."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from app.model.chord_block import ChordBlock
from app.model.chord_symbol import read_symbol
from app.model.note import Note

LOWEST, HIGHEST = 52, 76
BASS_LOWEST = 36


def voice_chords(
    blocks: Iterable[ChordBlock],
    is_open: bool = False,
    velocity: int = 80,
    german_names: bool = False,
) -> tuple[Note, ...]:
    """Linked notes for each known chord: a bass note and its tones around middle C.

    ``is_open`` lifts every second tone by an octave. Unknown text and ``N.C.`` stay silent.
    """
    notes: list[Note] = []
    centre = (LOWEST + HIGHEST) / 2
    for block in blocks:
        pitches, centre = _voiced(block.text, centre, is_open, german_names)
        notes += [Note(block.span, pitch, velocity, is_linked=True) for pitch in pitches]
    return tuple(sorted(notes, key=lambda note: note.order))


@lru_cache(maxsize=4096)  # a song has few chords, and they lead on to each other in few ways
def _voiced(
    text: str, centre: float, is_open: bool, german_names: bool
) -> tuple[tuple[int, ...], float]:
    """The pitches of one chord, from low to high, and the centre it leaves behind."""
    harmony = read_symbol(text, german_names).harmony
    if harmony is None:
        return (), centre
    upper = _close_to(centre, sorted(harmony.pitch_classes))
    centre = sum(upper) / len(upper)
    if is_open:
        upper = [pitch + 12 * (index % 2) for index, pitch in enumerate(upper)]
    bass = BASS_LOWEST + (harmony.bass_pitch_class - BASS_LOWEST) % 12
    return tuple(sorted({bass, *upper})), centre


def _close_to(centre: float, pitch_classes: list[int]) -> list[int]:
    """The inversion, within an octave, whose mean lies nearest to ``centre``."""
    candidates = []
    for lowest in range(LOWEST, HIGHEST - 10):
        if lowest % 12 in pitch_classes:
            candidates.append(sorted(lowest + (pc - lowest) % 12 for pc in pitch_classes))
    return min(candidates, key=lambda pitches: (abs(sum(pitches) / len(pitches) - centre), pitches))
