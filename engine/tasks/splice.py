"""Putting new sound into old: fades inside the region, every sample outside it untouched."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.timebase import Samples, Seconds, Span, samples_at

FloatArray = NDArray[np.float32]

STEP_FADE = Seconds(0.005)
"""Over this long a step in level is led away where there is no old sound to fade with."""


def splice(
    old: FloatArray,
    known: Span[Samples],
    new: FloatArray,
    region: Span[Samples],
    fade: Seconds,
    sample_rate_hz: int,
) -> FloatArray:
    """Replace a region and leave all else as it is, bit for bit.

    Args:
        old: float32 ``[C, N]``.
        known: where ``old`` holds sound; elsewhere it is empty.
        new: float32 ``[1, n]`` or ``[C, n]``, n = length of ``region``.
        region: where ``new`` goes.
        fade: length of the equal-power cross-fade at each end, inside the region. Where the known
            sound ends at the region, the new sound is led up to its last sample instead; at the
            start and end of the music nothing is faded.

    Returns:
        a new array ``[C, N]``.
    """
    result = old.copy()
    result[:, region.start : region.end] = fitted(old, known, new, region, fade, sample_rate_hz)
    return result


def fitted(
    old: FloatArray,
    known: Span[Samples],
    new: FloatArray,
    region: Span[Samples],
    fade: Seconds,
    sample_rate_hz: int,
) -> FloatArray:
    """What ``splice`` puts into the region, ``[C, n]``: the new sound with both its fades."""
    n = region.end - region.start
    if new.shape[1] != n:
        raise ValueError(f"the region has {n} samples, the new sound {new.shape[1]}")
    placed = np.repeat(new, old.shape[0], axis=0) if new.shape[0] == 1 else new.copy()
    n_fade = min(samples_at(fade, sample_rate_hz), n // 2)
    n_step = min(samples_at(STEP_FADE, sample_rate_hz), n // 2)
    if known.start < region.start <= known.end:
        under = old[:, region.start : min(region.start + n_fade, known.end)]
        _lead_in(placed, old[:, region.start - 1], under, n_step)
    if known.start <= region.end < known.end:
        under = old[:, max(region.end - n_fade, known.start) : region.end]
        _lead_in(placed[:, ::-1], old[:, region.end], under[:, ::-1], n_step)
    return placed


def longest_fade(region: Span[Samples], fade: Seconds, sample_rate_hz: int) -> int:
    """Samples at each end of a region that its fades may touch."""
    n = samples_at(Seconds(max(fade, STEP_FADE)), sample_rate_hz)
    return min(n, (region.end - region.start) // 2)


def _lead_in(new: FloatArray, before: FloatArray, under: FloatArray, n_step: int) -> None:
    """Begin ``new`` ``[C, n]`` without a click, in place.

    ``before`` ``[C]`` is the last old sample, ``under`` ``[C, m]`` the old sound at its start.
    """
    n_under = under.shape[1]
    if n_under >= n_step:
        angle = np.pi / 2 * (np.arange(n_under, dtype=np.float32) + 0.5) / max(n_under, 1)
        new[:, :n_under] = np.cos(angle) * under + np.sin(angle) * new[:, :n_under]
    else:
        falling = 0.5 + 0.5 * np.cos(np.pi * np.arange(n_step, dtype=np.float32) / n_step)
        new[:, :n_step] += (before - new[:, 0])[:, None] * falling
