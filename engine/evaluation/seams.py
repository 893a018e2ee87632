"""How well two stretches of sound go on into each other: level and colour before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.evaluation.sound_distance import Matrix, Signal, mel_bank
from engine.timebase import Seconds, samples_at

BESIDE = Seconds(0.1)
"""How much sound on either side of a seam is compared."""
N_BANDS = 32
FLOOR_DB = -90.0


@dataclass(frozen=True, slots=True)
class Jump:
    """``level_db`` and ``spectral_db``: mean absolute change of level, and of 32 mel bands."""

    level_db: float
    spectral_db: float


def jump_between(samples: Signal, before: Seconds, after: Seconds, rate_hz: int) -> Jump:
    """The change from the 0.1 s that end at ``before`` to those that begin at ``after``.

    ``samples`` is mono, ``[N]``. Raises ValueError where either stretch leaves the recording.
    """
    n = samples_at(BESIDE, rate_hz)
    end, start = samples_at(before, rate_hz), samples_at(after, rate_hz)
    if end < n or start + n > len(samples):
        raise ValueError(f"no {BESIDE} s of sound beside {before:.3f} s and {after:.3f} s")
    stretches = samples[end - n : end], samples[start : start + n]
    bands = [_bands_db(stretch, rate_hz) for stretch in stretches]
    levels = [_db(float(np.mean(np.square(stretch, dtype=np.float64)))) for stretch in stretches]
    spectral = float(np.abs(bands[1] - bands[0]).mean())
    return Jump(abs(levels[1] - levels[0]), spectral)


def _bands_db(stretch: Signal, rate_hz: int) -> Matrix:
    spectrum = np.abs(np.fft.rfft(stretch * np.hanning(len(stretch)))) ** 2
    power = mel_bank(rate_hz, len(stretch), N_BANDS) @ spectrum / len(stretch) ** 2
    return np.asarray(np.maximum(10 * np.log10(power + 1e-12), FLOOR_DB))


def _db(power: float) -> float:
    return max(FLOOR_DB, 10 * float(np.log10(power + 1e-12)))
