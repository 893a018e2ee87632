from __future__ import annotations

import numpy as np
import pytest

from app.playback.peaks import build_peaks


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(3).uniform(-1, 1, (2, 50_001)).astype(np.float32)


def test_columns_reach_the_true_extremes_of_the_whole_sound(noise: np.ndarray) -> None:
    columns = build_peaks(noise, 32_000).columns(0, 50_001, 100)
    assert columns.high.max() == noise.max()
    assert columns.low.min() == noise.min()


def test_a_single_loud_sample_is_seen_at_every_zoom() -> None:
    samples = np.zeros((1, 100_000), np.float32)
    samples[0, 70_123] = 0.8
    peaks = build_peaks(samples, 32_000)
    for n_columns in (1, 7, 50, 1_000, 20_000):
        high = peaks.columns(0, 100_000, n_columns).high
        assert high.max() == np.float32(0.8)
        assert abs(int(high.argmax()) - 70_123 * n_columns / 100_000) <= max(1, n_columns / 300)


def test_columns_finer_than_a_sample_show_the_sample_itself(noise: np.ndarray) -> None:
    columns = build_peaks(noise, 32_000).columns(100, 110, 40)
    assert columns.high.tolist() == np.repeat(noise[:, 100:110].max(axis=0), 4).tolist()


def test_rms_of_a_constant_is_the_constant() -> None:
    columns = build_peaks(np.full((1, 10_000), 0.5, np.float32), 8_000).columns(0, 10_000, 13)
    assert np.allclose(columns.rms, 0.5, atol=1e-4)


def test_columns_outside_the_sound_are_silent(noise: np.ndarray) -> None:
    columns = build_peaks(noise, 32_000).columns(-50_001, 100_002, 30)
    assert not columns.high[:9].any()
    assert not columns.high[21:].any()
    assert columns.high[12:18].all()
    assert not build_peaks(noise, 32_000).columns(60_000, 70_000, 5).high.any()


def test_an_empty_sound_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        build_peaks(np.zeros((1, 0), np.float32), 32_000)


def test_the_picture_of_a_long_sound_is_much_smaller_than_the_sound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.playback.peaks.MOST_SINGLE_SAMPLES", 100_000)
    sound = np.random.default_rng(4).uniform(-1, 1, (2, 600_013)).astype(np.float32)
    peaks = build_peaks(sound, 48_000)
    n_values = sum(len(level.low) for level in peaks.levels)
    assert n_values < 600_013 / 8
    assert peaks.columns(0, 600_013, 10).high.max() == sound.max()
    assert peaks.columns(600_000, 600_013, 1).high.tolist() == [sound[:, 600_000:].max()]


def test_a_sound_pictured_in_slices_looks_like_one_pictured_at_once(
    noise: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build_peaks(noise, 32_000).columns(0, 50_001, 77)
    monkeypatch.setattr("app.playback.peaks.SLICE_SAMPLES", 4_096)
    sliced = build_peaks(noise, 32_000).columns(0, 50_001, 77)
    assert np.array_equal(whole.low, sliced.low)
    assert np.array_equal(whole.high, sliced.high)
    assert np.allclose(whole.rms, sliced.rms)
