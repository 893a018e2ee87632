"""Changing the sample rate with a windowed-sinc polyphase filter."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, resample_poly

ZERO_CROSSINGS = 24
"""Of the sinc on each side, counted at the lower of the two rates."""
ROLL_OFF = 0.945
"""Cut-off as a share of the lower Nyquist frequency."""
KAISER_BETA = 12.0
"""Stop band below -110 dB."""


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
    result = resample_poly(samples, up, down, axis=-1, window=_low_pass(max(up, down)))
    result = result[..., :n_out].astype(np.float32, copy=False)
    missing = n_out - result.shape[-1]
    if missing > 0:
        result = np.pad(result, [(0, 0)] * (result.ndim - 1) + [(0, missing)])
    return np.ascontiguousarray(result)


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
def _low_pass(factor: int) -> NDArray[np.float32]:
    """Low-pass for a signal stretched by zeros, cut at ``ROLL_OFF / factor`` of its Nyquist."""
    n_taps = 2 * ZERO_CROSSINGS * factor + 1
    taps = firwin(n_taps, ROLL_OFF / factor, window=("kaiser", KAISER_BETA))
    return np.asarray(taps, dtype=np.float32)
