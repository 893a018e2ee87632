"""What the recogniser should say about a piece, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hearing.chord_classes import NO_ROOT, class_of_label
from engine.hearing.pulse_classes import BEATS_PER_BAR
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
from engine.timebase import Meter, TempoMap

UNKNOWN = -100
"""Class of frames that no answer is asked for."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Answers for ``T`` chord frames.

    root, bass int64 0-12 and quality int64, ``UNKNOWN`` where not asked, each ``[T]``; beat,
    downbeat float32 ``[4 T]``, drums float32 ``[3, 4 T]``; struck float32 ``[88, 4 T]``, held
    float32 ``[88, 2 T]``. Moments are 1 at their frame and a half beside it. Of the whole:
    per_bar int64, ``UNKNOWN`` where not asked, and the seconds of a beat, each ``[]``.
    """

    root: NDArray[np.int64]
    quality: NDArray[np.int64]
    bass: NDArray[np.int64]
    beat: NDArray[np.float32]
    downbeat: NDArray[np.float32]
    per_bar: NDArray[np.int64]
    beat_length: NDArray[np.float32]
    drums: NDArray[np.float32]
    struck: NDArray[np.float32]
    held: NDArray[np.float32]


def hearing_targets(score: Score, n_chord_frames: int) -> Targets:
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
    struck, held = _notes(score, n_chord_frames)
    return Targets(
        root,
        quality,
        bass,
        beat,
        downbeat,
        np.array(_bar_class(score.meter), np.int64),
        np.array(_beat_length(score), np.float32),
        drums,
        struck,
        held,
    )


def _bar_class(meter: Meter) -> int:
    """Index in ``BEATS_PER_BAR``; six beats are asked for in eighths only, others in quarters."""
    is_known = meter.beats in BEATS_PER_BAR and meter.unit == (8 if meter.beats == 6 else 4)
    return BEATS_PER_BAR.index(meter.beats) if is_known else UNKNOWN


def _beat_length(score: Score) -> float:
    return TempoMap(score.tempo_bpm, score.meter).seconds_at(score.meter.beat_ticks)


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
    """Raise the curve at the frame nearest to a moment."""
    _raise(curve, round((time - rhythm_frame_times(1)[0]) * RHYTHM_RATE_HZ))


def _raise(curve: NDArray[np.float32], frame: int) -> None:
    """Raise the curve to 1 at a frame and to a half beside it."""
    for shift, height in ((-1, 0.5), (0, 1.0), (1, 0.5)):
        if 0 <= frame + shift < len(curve):
            curve[frame + shift] = max(curve[frame + shift], height)


def _notes(score: Score, n_frames: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    struck = np.zeros((N_PITCHES, 4 * n_frames), np.float32)
    held = np.zeros((N_PITCHES, 2 * n_frames), np.float32)
    for note in score.notes:
        row = note.pitch - LOWEST_PITCH
        if 0 <= row < N_PITCHES:
            first = round(note.span.start * PITCH_RATE_HZ)
            last = max(first + 1, round(note.span.end * PITCH_RATE_HZ))
            held[row, first:last] = 1.0
            _raise(struck[row], round(note.span.start * RHYTHM_RATE_HZ))
    return struck, held


def chord_frames_of(score: Score) -> int:
    """Chord frames that a score covers, rounded up."""
    return int(np.ceil(score.duration * CHORD_RATE_HZ))
