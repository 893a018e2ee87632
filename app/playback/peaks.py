"""Waveform pictures: a pyramid of minimum, maximum and mean square per block of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BASE_BLOCK = 64
FACTOR = 4
MOST_SINGLE_SAMPLES = 4_000_000
"""A longer sound keeps no single samples, or its picture would be larger than the sound."""
FINE_BLOCK = 16
SLICE_SAMPLES = 1 << 18

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PeakColumns:
    """One value per picture column: lowest and highest sample, and RMS. Each float32 ``[n]``."""

    low: _Floats
    high: _Floats
    rms: _Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    block: int
    low: _Floats
    high: _Floats
    mean_square: _Floats


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """The pyramid of one sound, from single samples (in long sounds: 16 at a time) upwards."""

    sample_rate_hz: int
    n_samples: int
    levels: tuple[_Level, ...]

    def columns(self, start_sample: float, end_sample: float, n_columns: int) -> PeakColumns:
        """Peaks of ``n_columns`` equal parts of ``[start_sample, end_sample)``.

        Reads the coarsest level that is still finer than a column. Columns that lie wholly
        outside the sound are silent. ``end_sample`` must exceed ``start_sample``.
        """
        width = (end_sample - start_sample) / n_columns
        level = next(
            (level for level in reversed(self.levels) if level.block <= max(width, 1.0)),
            self.levels[0],
        )
        edges = np.linspace(start_sample, end_sample, n_columns + 1)  # [n + 1]
        is_inside = (edges[1:] > 0) & (edges[:-1] < self.n_samples)  # [n]
        if not is_inside.any():
            silence = np.zeros(n_columns, np.float32)
            return PeakColumns(silence, silence, silence)
        blocks = (edges // level.block).astype(np.int64)
        first = np.clip(blocks[:-1], 0, len(level.low) - 1)
        end = int(np.clip(np.ceil(edges[-1] / level.block), first[-1] + 1, len(level.low)))

        counts = np.diff(np.append(first, end)).clip(min=1)
        mean_square = np.add.reduceat(level.mean_square[:end], first) / counts
        return PeakColumns(
            low=np.where(is_inside, np.minimum.reduceat(level.low[:end], first), 0.0),
            high=np.where(is_inside, np.maximum.reduceat(level.high[:end], first), 0.0),
            rms=np.where(is_inside, np.sqrt(mean_square), 0.0).astype(np.float32),
        )


def build_peaks(samples: _Floats, sample_rate_hz: int) -> Peaks:
    """The pyramid of ``samples`` ``[C, N]``, N at least 1; channels are joined into one picture.

    Works in slices that let other threads run: call it from a worker thread.
    """
    n_samples = samples.shape[1]
    if n_samples < 1:
        raise ValueError("an empty sound has no peaks")
    finest = 1 if n_samples <= MOST_SINGLE_SAMPLES else FINE_BLOCK
    levels = [_finest_level(samples, finest)]
    block = BASE_BLOCK
    while block <= n_samples:
        levels.append(_coarser(levels[-1], block // levels[-1].block))
        block *= FACTOR
    return Peaks(sample_rate_hz, n_samples, tuple(levels))


def _finest_level(samples: _Floats, block: int) -> _Level:
    n_blocks = -(-samples.shape[1] // block)
    level = _Level(block, *(np.empty(n_blocks, np.float32) for _ in range(3)))
    for start in range(0, samples.shape[1], SLICE_SAMPLES):
        part = samples[:, start : start + SLICE_SAMPLES]
        first, n = start // block, -(-part.shape[1] // block)
        fine = _Level(
            1, part.min(axis=0), part.max(axis=0), np.square(part).mean(axis=0, dtype=np.float32)
        )
        joined = _coarser(fine, block) if block > 1 else fine
        level.low[first : first + n] = joined.low
        level.high[first : first + n] = joined.high
        level.mean_square[first : first + n] = joined.mean_square
    return level


def _coarser(fine: _Level, step: int) -> _Level:
    """Join every ``step`` values; the last block may hold fewer."""
    whole = len(fine.low) // step * step

    def joined(values: _Floats, join: Callable[..., _Floats]) -> _Floats:
        blocks = join(values[:whole].reshape(-1, step), axis=1)
        return blocks if whole == len(values) else np.append(blocks, join(values[whole:], axis=0))

    return _Level(
        block=fine.block * step,
        low=joined(fine.low, np.min),
        high=joined(fine.high, np.max),
        mean_square=joined(fine.mean_square, np.mean).astype(np.float32),
    )
