"""How loud a sound is, whether it is clipped, and whether it is there at all."""

from __future__ import annotations

import math

import numpy as np

from engine.requests import Audio

FLOOR_DB = -120.0
"""Level given to digital silence."""
SILENCE_DB = -80.0
"""A sound whose peak stays below this is silent."""
FULL_SCALE = 0.9999
"""Samples this large in magnitude are at the limit."""
CLIPPED_RUN = 3
"""So many neighbouring samples at the limit are heard as clipping; one alone is a true peak."""


def rms_db(audio: Audio) -> float:
    """Root mean square over all channels in dBFS (a full-scale square wave has 0)."""
    if audio.samples.size == 0:
        return FLOOR_DB
    return _decibels(float(np.sqrt(np.mean(np.square(audio.samples, dtype=np.float64)))))


def peak_db(audio: Audio) -> float:
    """Largest magnitude of any sample in dBFS."""
    return _decibels(float(np.abs(audio.samples).max(initial=0.0)))


def is_silent(audio: Audio) -> bool:
    """Whether nothing in it can be heard."""
    return peak_db(audio) < SILENCE_DB


def is_clipped(audio: Audio) -> bool:
    """Whether some channel stays at the limit for ``CLIPPED_RUN`` samples in a row."""
    at_limit = np.abs(audio.samples) >= FULL_SCALE  # [C, N]
    n_runs = at_limit.shape[1] - CLIPPED_RUN + 1
    if n_runs < 1:
        return False
    runs = np.logical_and.reduce([at_limit[:, i : i + n_runs] for i in range(CLIPPED_RUN)])
    return bool(runs.any())


def _decibels(magnitude: float) -> float:
    return max(FLOOR_DB, 20.0 * math.log10(magnitude)) if magnitude > 0.0 else FLOOR_DB
