"""Moments out of activation curves: local peaks that stand out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]


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
    if len(peaks) == 0:
        return np.zeros(0)
    padded = np.pad(curve, 1)
    around = np.stack([padded[peaks], padded[peaks + 1], padded[peaks + 2]])
    shift = (around[2] - around[0]) / (around.sum(axis=0) + 1e-9)
    step = float(times[1] - times[0]) if len(times) > 1 else 0.0
    return np.asarray(times[peaks] + shift * step)


def pick_notes(struck: Curve, held: Curve, threshold: float) -> list[tuple[int, int, int]]:
    """Notes ``(row, first frame, last frame exclusive)`` of curves ``[P, T]``, sorted by time.

    A note starts at a peak of ``struck`` and lasts while ``held`` stays above a half, at least
    one frame, and until the next stroke of the same row.
    """
    notes = []
    for row in np.flatnonzero(struck.max(axis=1) >= threshold):
        starts = pick_peaks(struck[row], threshold, 1)
        for start, following in zip(starts, [*starts[1:], struck.shape[1]], strict=True):
            silent = np.flatnonzero(held[row, start + 1 : following] < 0.5)
            end = start + 1 + int(silent[0]) if len(silent) else int(following)
            notes.append((int(row), int(start), max(end, int(start) + 1)))
    return sorted(notes, key=lambda note: (note[1], note[0]))
