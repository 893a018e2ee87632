"""Moments out of activation curves: local peaks that stand out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]

NOTE_GAP = 2
"""Frames that lie between two strokes of the same key at least."""


def pick_peaks(curve: Curve, threshold: float, least_gap: int) -> NDArray[np.int64]:
    """Frames of ``curve [T]`` at least ``threshold`` high and highest within ``least_gap`` frames.

    Of two equal frames within the gap the first is kept.
    """
    n_frames = len(curve)
    padded = np.pad(curve, least_gap, constant_values=-np.inf)
    before = np.max([padded[s : s + n_frames] for s in range(least_gap)], axis=0)
    after = np.max(
        [padded[least_gap + 1 + s : least_gap + 1 + s + n_frames] for s in range(least_gap)], axis=0
    )
    return np.flatnonzero((curve >= threshold) & (curve > before) & (curve >= after))


def peak_times(
    curve: Curve, times: NDArray[np.float64], threshold: float, least_gap: int
) -> NDArray[np.float64]:
    """Times of the peaks, each moved to the centre of itself and its two neighbours."""
    peaks = pick_peaks(curve, threshold, least_gap)
    step = float(times[1] - times[0]) if len(times) > 1 else 0.0
    return np.asarray(times[peaks] + step * centre_shifts(curve, peaks))


def centre_shifts(curve: Curve, peaks: NDArray[np.int64]) -> Curve:
    """How far in frames the centre of each peak and its neighbours lies from the peak."""
    padded = np.pad(curve, 1)
    before, at, after = (padded[peaks + shift] for shift in range(3))
    return np.asarray((after - before) / (before + at + after + 1e-9))


def pick_notes(struck: Curve, held: Curve, threshold: float) -> list[tuple[int, float, float]]:
    """Notes ``(row, first frame, last frame exclusive)`` of curves ``[P, T]``, sorted by time.

    A note starts at a peak of ``struck``, placed between frames, and lasts while ``held`` stays
    above a half, at least one frame, and until the next stroke of the same row.
    """
    notes = []
    for row in np.flatnonzero(struck.max(axis=1) >= threshold):
        peaks = pick_peaks(struck[row], threshold, NOTE_GAP)
        starts = np.maximum(0.0, peaks + centre_shifts(struck[row], peaks))
        ends = [*starts[1:], float(struck.shape[1])]
        for peak, start, following in zip(peaks, starts, ends, strict=True):
            silent = np.flatnonzero(held[row, peak + 1 : int(following)] < 0.5)
            end = peak + 1 + int(silent[0]) if len(silent) else following
            notes.append((int(row), float(start), float(max(end, start + 1))))
    return sorted(notes, key=lambda note: (note[1], note[0]))
