"""Numbers that tell music apart, whatever its level and key."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.sound_features import HOP, N_FEATURES, N_MELS, RATE_HZ, sound_features
from engine.requests import Audio

SECONDS = 3
TIMES = np.arange(SECONDS * RATE_HZ) / RATE_HZ


def audio(samples: np.ndarray) -> Audio:
    return Audio(samples[None].astype(np.float32), RATE_HZ)


def chord(*pitches: int) -> np.ndarray:
    hertz = [440.0 * 2 ** ((pitch - 69) / 12) for pitch in pitches]
    return 0.1 * np.sum([np.sin(2 * np.pi * f * TIMES) for f in hertz], axis=0)


def test_level_does_not_matter() -> None:
    loud, quiet = (sound_features(audio(gain * chord(60, 64, 67))) for gain in (1.0, 0.05))
    assert loud.shape == (N_FEATURES,)
    np.testing.assert_allclose(loud, quiet, atol=0.02)


def test_major_and_minor_are_told_apart_in_any_key() -> None:
    fits = {}
    for name, third in (("major", 4), ("minor", 3)):
        for tonic in (60, 65):
            scale = chord(tonic, tonic + third, tonic + 7, tonic + 12)
            fits[name, tonic] = sound_features(audio(scale))[-2:]
    for tonic in (60, 65):
        assert fits["major", tonic][0] > fits["major", tonic][1]
        assert fits["minor", tonic][1] > fits["minor", tonic][0]


@pytest.mark.parametrize("period_s", [0.5, 0.3])
def test_the_rhythm_shows_the_period_of_strokes(period_s: float) -> None:
    random = np.random.default_rng(0)
    samples = 0.001 * random.standard_normal(len(TIMES))
    n_stroke = 2 * HOP
    for start in np.arange(0.1, SECONDS - 0.1, period_s):
        first = round(start * RATE_HZ)
        samples[first : first + n_stroke] += 0.5 * random.standard_normal(n_stroke)
    rhythm = sound_features(audio(samples))[7 * N_MELS : -14].reshape(4, -1)[3]
    lags = 0.1 + 0.04 * np.arange(len(rhythm))
    near = np.abs(lags - period_s) <= 0.04
    off = np.abs(lags - 0.5 * period_s) <= 0.04
    assert rhythm[near].max() > 3 * abs(rhythm[off]).max()
