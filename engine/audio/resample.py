"""Changing the sample rate with a windowed-sinc polyphase filter.

Written with numpy alone: the library that has one takes most of a second to load, and the window
would stand still for it.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

ZERO_CROSSINGS = 24
"""Of the sinc on each side, counted at the lower of the two rates."""
ROLL_OFF = 0.945
"""Cut-off as a share of the lower Nyquist frequency."""
KAISER_BETA = 12.0
"""Stop band below -110 dB."""
PRODUCTS_AT_ONCE = 250_000
"""Small enough to be reckoned by one core; other threads run meanwhile."""


def resample(samples: NDArray[np.float32], from_hz: int, to_hz: int) -> NDArray[np.float32]:
    """The same sound at another rate.

    Args:
        samples: float32 ``[..., N]`` at ``from_hz``.

    Returns:
        float32 ``[..., round(N * to_hz / from_hz)]``; ``samples`` itself where the rates agree.
    """
    if from_hz == to_hz:
        return samples
    shared = math.gcd(from_hz, to_hz)
    up, down = to_hz // shared, from_hz // shared
    n_out = round(samples.shape[-1] * up / down)
    if n_out == 0:
        return np.zeros((*samples.shape[:-1], 0), np.float32)
    flat = samples.reshape(-1, samples.shape[-1])
    result = np.stack([_resampled(row, up, down, n_out) for row in flat])
    return result.reshape(*samples.shape[:-1], n_out)


def _resampled(row: NDArray[np.float32], up: int, down: int, n_out: int) -> NDArray[np.float32]:
    """``[N]`` to ``[n_out]``: every ``down`` samples in give ``up`` samples out, by one matrix."""
    matrix, reach = _matrix(up, down)  # [T, up]
    n_blocks = -(-n_out // up)
    padded = np.zeros(n_blocks * down + len(matrix), np.float32)
    n_used = min(len(row), len(padded) - reach)
    padded[reach : reach + n_used] = row[:n_used]
    windows = sliding_window_view(padded, len(matrix))[::down]  # [>= n_blocks, T]
    result = np.empty((n_blocks, up), np.float32)
    step = max(16, PRODUCTS_AT_ONCE // matrix.size)
    for first in range(0, n_blocks, step):
        part = np.ascontiguousarray(windows[first : min(first + step, n_blocks)])
        np.dot(part, matrix, out=result[first : first + len(part)])
    return result.ravel()[:n_out]


@lru_cache(maxsize=16)
def _matrix(up: int, down: int) -> tuple[NDArray[np.float32], int]:
    """What turns a stretch of input into ``up`` samples, and how far before them it begins.

    Column ``r`` holds the taps of output ``r``, which lies ``r * down / up`` samples after the
    first: those of the low-pass that meet an input sample, as if zeros lay between the inputs.
    """
    taps = _low_pass(max(up, down)) * up
    half = len(taps) // 2
    reach = half // up + 1
    n_rows = 2 * reach + down + 1
    tap = up * (np.arange(n_rows)[:, np.newaxis] - reach) - down * np.arange(up) + half
    is_inside = (tap >= 0) & (tap < len(taps))
    matrix = np.where(is_inside, taps[tap.clip(0, len(taps) - 1)], 0.0)
    return np.ascontiguousarray(matrix, dtype=np.float32), reach


class ResampleStream:
    """Resamples piece by piece: the pieces, joined, equal ``resample`` of the whole within 1e-6.

    Only the last second or two is ever filtered again, however long the sound grows.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._from_hz, self._to_hz = from_hz, to_hz
        crossing = max(1.0, from_hz / to_hz)
        self._margin = 0 if from_hz == to_hz else math.ceil(ZERO_CROSSINGS * crossing) + 1
        self._kept: NDArray[np.float32] | None = None
        self._second = 0
        """Whole seconds let go: both rates count a whole number of samples up to there."""
        self._n_in = self._n_out = 0

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take the next float32 ``[..., n]``; give what no later sample can change any more."""
        kept = samples if self._kept is None else np.concatenate([self._kept, samples], axis=-1)
        self._kept = kept
        self._n_in += samples.shape[-1]
        return self._give(max(0, self._n_in - self._margin) * self._to_hz // self._from_hz)

    def finish(self) -> NDArray[np.float32]:
        """Give the rest, as if silence followed."""
        return self._give(round(self._n_in * self._to_hz / self._from_hz))

    def _give(self, end: int) -> NDArray[np.float32]:
        if self._kept is None:
            raise ValueError("nothing was pushed yet")
        start, origin = self._n_out, self._second * self._to_hz
        self._n_out = max(start, end)
        piece = resample(self._kept, self._from_hz, self._to_hz)[..., start - origin : end - origin]
        heard = self._n_out * self._from_hz // self._to_hz - self._margin
        passed = max(0, heard // self._from_hz - self._second)
        self._kept = self._kept[..., passed * self._from_hz :]
        self._second += passed
        return piece


@lru_cache(maxsize=16)
def _low_pass(factor: int) -> NDArray[np.float64]:
    """Low-pass for a signal stretched by zeros, cut at ``ROLL_OFF / factor`` of its Nyquist."""
    n_taps = 2 * ZERO_CROSSINGS * factor + 1
    cut = ROLL_OFF / factor
    place = np.arange(n_taps) - (n_taps - 1) / 2
    taps = np.sinc(cut * place) * np.kaiser(n_taps, KAISER_BETA)
    return np.asarray(taps / taps.sum(), dtype=np.float64)
