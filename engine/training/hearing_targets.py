"""What the recogniser should say about a piece, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hearing.chord_classes import NO_ROOT, class_of_label, key_index
from engine.hearing.spectra import (
    CHORD_RATE_HZ,
    LOWEST_PITCH,
    N_PITCHES,
    PITCH_RATE_HZ,
    RHYTHM_RATE_HZ,
    chord_frame_times,
    rhythm_frame_times,
)
from engine.hearing.strokes import DRUM_PITCHES, DRUMS
from engine.score import Score

UNKNOWN = -100
"""Class of frames that no answer is asked for."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Answers for ``T`` chord frames.

    root, bass int64 0-12, quality and key int64, ``UNKNOWN`` where not asked, each ``[T]``;
    beat, downbeat float32 ``[4 T]``, drums float32 ``[3, 4 T]``; struck, held float32
    ``[88, 2 T]``. Moments are 1 at their frame and fade over its neighbours.
    """

    root: NDArray[np.int64]
    quality: NDArray[np.int64]
    bass: NDArray[np.int64]
    key: NDArray[np.int64]
    beat: NDArray[np.float32]
    downbeat: NDArray[np.float32]
    drums: NDArray[np.float32]
    struck: NDArray[np.float32]
    held: NDArray[np.float32]


def hearing_targets(score: Score, key: str, n_chord_frames: int) -> Targets:
    """Answers for the first ``n_chord_frames`` frames of 80 ms of a piece."""
    root, quality, bass = _chords(score, n_chord_frames)
    beat = np.zeros(4 * n_chord_frames, np.float32)
    downbeat = np.zeros_like(beat)
    for time, is_downbeat in score.beats():
        _mark(beat, time)
        if is_downbeat:
            _mark(downbeat, time)
    drums = np.zeros((len(DRUMS), 4 * n_chord_frames), np.float32)
    for row, name in enumerate(DRUMS):
        for hit in score.drums:
            if hit.pitch in DRUM_PITCHES[name]:
                _mark(drums[row], hit.time)
    struck, held = _notes(score, 2 * n_chord_frames)
    index = key_index(key)
    keys = np.full(n_chord_frames, UNKNOWN if index is None else index, np.int64)
    return Targets(root, quality, bass, keys, beat, downbeat, drums, struck, held)


def _chords(
    score: Score, n_frames: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Root, quality and bass per frame; frames under no chord are not asked about."""
    times = chord_frame_times(n_frames)
    root, quality, bass = (np.full(n_frames, UNKNOWN, np.int64) for _ in range(3))
    for chord in score.chords:
        first, last = np.searchsorted(times, [chord.span.start, chord.span.end])
        named = class_of_label(chord.label)
        root[first:last] = named.root
        quality[first:last] = UNKNOWN if named.quality is None else named.quality
        bass[first:last] = NO_ROOT if named.root == NO_ROOT else named.bass
    return root, quality, bass


def _mark(curve: NDArray[np.float32], time: float) -> None:
    """Raise the curve to 1 at the frame nearest to a moment, and to a half beside it."""
    frame = round((time - rhythm_frame_times(1)[0]) * RHYTHM_RATE_HZ)
    for shift, height in ((-1, 0.5), (0, 1.0), (1, 0.5)):
        if 0 <= frame + shift < len(curve):
            curve[frame + shift] = max(curve[frame + shift], height)


def _notes(score: Score, n_frames: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    struck = np.zeros((N_PITCHES, n_frames), np.float32)
    held = np.zeros_like(struck)
    for note in score.notes:
        row = note.pitch - LOWEST_PITCH
        first = round(note.span.start * PITCH_RATE_HZ)
        if 0 <= row < N_PITCHES and 0 <= first < n_frames:
            last = max(first + 1, round(note.span.end * PITCH_RATE_HZ))
            held[row, first:last] = 1.0
            struck[row, first] = 1.0
            if first + 1 < n_frames:
                struck[row, first + 1] = max(struck[row, first + 1], 0.5)
    return struck, held


def chord_frames_of(score: Score) -> int:
    """Chord frames that a score covers, rounded up."""
    return int(np.ceil(score.duration * CHORD_RATE_HZ))
