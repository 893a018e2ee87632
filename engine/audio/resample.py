"""Changing the sample rate with a windowed-sinc polyphase filter."""

from __future__ import annotations

from functools import lru_cache
from math import gcd

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
    shared = gcd(from_hz, to_hz)
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


@lru_cache(maxsize=16)
def _low_pass(factor: int) -> NDArray[np.float32]:
    """Low-pass for a signal stretched by zeros, cut at ``ROLL_OFF / factor`` of its Nyquist."""
    n_taps = 2 * ZERO_CROSSINGS * factor + 1
    taps = firwin(n_taps, ROLL_OFF / factor, window=("kaiser", KAISER_BETA))
    return np.asarray(taps, dtype=np.float32)
