"""Resampling keeps pitch, level and length."""

from __future__ import annotations

import numpy as np
import pytest

from engine.audio.resample import ResampleStream, resample


def tone(frequency_hz: float, rate_hz: int, n: int) -> np.ndarray:
    return np.sin(2 * np.pi * frequency_hz * np.arange(n) / rate_hz).astype(np.float32)[None]


@pytest.mark.parametrize(("from_hz", "to_hz"), [(44100, 32000), (32000, 48000), (48000, 32000)])
def test_a_tone_keeps_frequency_phase_and_level(from_hz: int, to_hz: int) -> None:
    result = resample(tone(3000, from_hz, from_hz), from_hz, to_hz)
    expected = tone(3000, to_hz, to_hz)
    middle = slice(to_hz // 4, to_hz // 2)
    assert result.dtype == np.float32
    assert np.abs(result[:, middle] - expected[:, middle]).max() < 1e-3


def test_what_the_lower_rate_cannot_hold_is_removed() -> None:
    result = resample(tone(15000, 48000, 48000), 48000, 24000)
    assert np.abs(result[:, 1000:-1000]).max() < 1e-4


@pytest.mark.parametrize("n", [0, 1, 7, 44100, 44101])
def test_the_length_is_the_rounded_ratio(n: int) -> None:
    assert resample(np.zeros((2, n), np.float32), 44100, 32000).shape == (
        2,
        round(n * 32000 / 44100),
    )


def test_equal_rates_change_nothing() -> None:
    samples = tone(440, 32000, 100)
    assert resample(samples, 32000, 32000) is samples


@pytest.mark.parametrize(("from_hz", "to_hz"), [(32_000, 44_100), (44_100, 32_000), (8_000, 8_000)])
def test_resampling_piece_by_piece_is_resampling_at_once(from_hz: int, to_hz: int) -> None:
    random = np.random.default_rng(0)
    sound = random.standard_normal((2, 4 * from_hz + 123)).astype(np.float32)
    stream = ResampleStream(from_hz, to_hz)
    cuts = np.sort(random.integers(0, sound.shape[1], 9))
    pieces = [stream.push(piece) for piece in np.split(sound, cuts, axis=1)]
    joined = np.concatenate([*pieces, stream.finish()], axis=1)
    whole = resample(sound, from_hz, to_hz)
    assert joined.shape == whole.shape
    assert np.abs(joined - whole).max() < 1e-5
