"""Steady chords out of frame-wise scores: a Viterbi path in which every change costs.

A change costs less on a beat and least on a downbeat, because that is where harmony moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.harmony import QUALITY_TONES
from engine.hearing.chord_classes import (
    N_LABELS,
    NO_CHORD_LABEL,
    NO_ROOT,
    QUALITIES,
    ChordClass,
    label_of_class,
    root_and_quality,
)
from engine.hearing.spectra import CHORD_RATE_HZ, chord_frame_times
from engine.score import Chord
from engine.timebase import Seconds, Span

CHANGE_COST = 12.0
BEAT_COST = 7.0
DOWNBEAT_COST = 3.0
LEAST_BASS_CONFIDENCE = 0.6

Frames64 = NDArray[np.float64]


def label_scores(root: Frames64, quality: Frames64) -> Frames64:
    """Log-probability of every label per frame, ``[T, L]``.

    Args:
        root: log-probabilities ``[T, 13]``; the last column is no chord.
        quality: log-probabilities ``[T, Q]``, given that there is a chord.
    """
    chords = root[:, :12, None] + quality[:, None, :]
    return np.concatenate([chords.reshape(len(root), -1), root[:, 12:]], axis=1)


def change_costs(n_frames: int, beats: Sequence[Seconds], downbeats: Sequence[Seconds]) -> Frames64:
    """What it costs to change chord on entering each frame, ``[T]``."""
    costs = np.full(n_frames, CHANGE_COST)
    for times, cost in ((beats, BEAT_COST), (downbeats, DOWNBEAT_COST)):
        for time in times:
            frame = round((time - chord_frame_times(1)[0]) * CHORD_RATE_HZ + 0.5)
            if 0 <= frame < n_frames:
                costs[frame] = cost
    return costs


def steady_path(scores: Frames64, costs: Frames64) -> NDArray[np.int64]:
    """The best label per frame, ``[T]``: summed ``scores [T, L]`` less the cost of each change."""
    n_frames, n_labels = scores.shape
    came_from = np.empty((n_frames, n_labels), dtype=np.int64)
    total = scores[0].copy()
    stay = np.arange(n_labels)
    for frame in range(1, n_frames):
        best = int(total.argmax())
        switched = total[best] - costs[frame]
        came_from[frame] = np.where(total >= switched, stay, best)
        total = np.maximum(total, switched) + scores[frame]
    path = np.empty(n_frames, dtype=np.int64)
    path[-1] = total.argmax()
    for frame in range(n_frames - 1, 0, -1):
        path[frame - 1] = came_from[frame, path[frame]]
    return path


def decode_chords(
    root: Frames64,
    quality: Frames64,
    bass: Frames64,
    duration: Seconds,
    beats: Sequence[Seconds] = (),
    downbeats: Sequence[Seconds] = (),
) -> tuple[Chord, ...]:
    """Name the chords from log-probabilities at 12.5 Hz; they join up and fill ``duration``.

    ``bass [T, 13]`` adds an inversion where one chord tone clearly lies lowest all through.
    """
    scores = label_scores(root, quality)
    assert scores.shape[1] == N_LABELS
    path = steady_path(scores, change_costs(len(scores), beats, downbeats))
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    chords = []
    for first, last in pairwise(edges):
        start = _edge_time(first) if first else 0.0
        end = min(_edge_time(last), duration) if last < len(path) else duration
        if end > start:
            label = label_of_class(_with_bass(int(path[first]), bass[first:last]))
            chords.append(Chord(Span(Seconds(start), Seconds(end)), label))
    return tuple(chords)


def _edge_time(frame: int) -> float:
    """Where a frame takes over from the one before: half way between their centres."""
    return float(chord_frame_times(1)[0] + (frame - 0.5) / CHORD_RATE_HZ)


def _with_bass(label: int, bass: Frames64) -> ChordClass:
    root, quality = root_and_quality(label)
    if quality is None or label == NO_CHORD_LABEL:
        return ChordClass(NO_ROOT, None, NO_ROOT)
    share = np.exp(bass).mean(axis=0)[:12]
    lowest = int(share.argmax())
    is_chord_tone = (lowest - root) % 12 in QUALITY_TONES[QUALITIES[quality]]
    is_clear = share[lowest] >= LEAST_BASS_CONFIDENCE
    return ChordClass(root, quality, lowest if is_chord_tone and is_clear else root)
