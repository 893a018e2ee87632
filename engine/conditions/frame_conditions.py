"""All lanes side by side: one row of numbers per codec frame.

Each lane has a block of columns. Its first column says that the lane is on; the whole block is
multiplied by the lane's strength, so that strength 0, off and absent are the same zeros.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.conditions.chords import N_CHORD_FEATURES, chord_features
from engine.conditions.drums import N_DRUM_FEATURES, drum_features
from engine.conditions.grid import N_GRID_FEATURES, grid_features
from engine.conditions.piano_roll import N_NOTE_FEATURES, note_features
from engine.requests import Control, Controls
from engine.score import Score
from engine.timebase import CodecClock

_WIDTHS = {
    "chords": 1 + N_CHORD_FEATURES,
    "drums": 1 + N_DRUM_FEATURES,
    "notes": 1 + N_NOTE_FEATURES,
    "grid": 1 + N_GRID_FEATURES,
}


def _blocks() -> dict[str, slice]:
    blocks, start = {}, 0
    for name, width in _WIDTHS.items():
        blocks[name] = slice(start, start + width)
        start += width
    return blocks


LANE_BLOCKS: dict[str, slice] = _blocks()
"""Columns of each lane; training drops a lane from a row by writing zeros to its block."""

N_FEATURES = sum(_WIDTHS.values())
"""Width ``D_c`` of a row."""


def frame_features(
    score: Score, controls: Controls, clock: CodecClock, first_frame: int, n_frames: int
) -> NDArray[np.float32]:
    """Features ``[T, D_c]`` of the frames ``first_frame`` onwards, counted from the score's start.

    Frames before or after the score hold its grid and empty lanes. Raises ``UnknownChord``.
    """
    features = np.zeros((n_frames, N_FEATURES), dtype=np.float32)

    def write(name: str, control: Control, lane: NDArray[np.float32]) -> None:
        block = features[:, LANE_BLOCKS[name]]
        block[:, 0] = control.strength
        block[:, 1:] = control.strength * lane

    if controls.chords.is_on:
        lane = chord_features(score.chords, clock, first_frame, n_frames)
        write("chords", controls.chords, lane)
    if controls.drums.is_on:
        write("drums", controls.drums, drum_features(score.drums, clock, first_frame, n_frames))
    if controls.notes.is_on:
        write("notes", controls.notes, note_features(score.notes, clock, first_frame, n_frames))
    write("grid", Control(), grid_features(score, clock, first_frame, n_frames))
    return features
