"""Distances between recordings whose answers are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.evaluation.codec_round_trip import codec_bit_rate, through_opus
from engine.evaluation.sound_distance import (
    log_mel_distance,
    mel_bank,
    multi_resolution_distance,
    pre_echo_db,
    si_sdr_db,
    spectral_convergence,
    tonal_peak_recall,
)
from engine.requests import Audio
from engine.timebase import CodecClock

RATE = 32_000


def tones(*hertz: float, seconds: float = 1.5) -> np.ndarray:
    times = np.arange(round(seconds * RATE)) / RATE
    return (0.1 * sum(np.sin(2 * np.pi * f * times) for f in hertz)).astype(np.float32)


def noise(seconds: float = 1.5, level: float = 0.1) -> np.ndarray:
    random = np.random.default_rng(0)
    return (level * random.standard_normal(round(seconds * RATE))).astype(np.float32)


def test_a_recording_is_no_distance_from_itself() -> None:
    sound = tones(220, 440, 660)
    assert log_mel_distance(sound, sound, RATE) == 0.0
    assert multi_resolution_distance(sound, sound) == 0.0
    assert spectral_convergence(sound, sound) == 0.0
    assert tonal_peak_recall(sound, sound, RATE) == 1.0
    assert si_sdr_db(sound, sound) > 60


def test_ten_times_the_level_is_one_in_log_mel_and_nine_in_convergence() -> None:
    sound = noise()
    assert log_mel_distance(sound, 10 * sound, RATE) == pytest.approx(1.0, abs=0.01)
    assert spectral_convergence(sound, 10 * sound) == pytest.approx(9.0, rel=0.01)
    assert multi_resolution_distance(sound, 10 * sound) == pytest.approx(math.log(10), abs=0.05)


def test_every_mel_band_sums_to_one() -> None:
    np.testing.assert_allclose(mel_bank(RATE, 2048, 80).sum(axis=1), 1.0)


def test_a_lost_partial_of_three_costs_a_third_of_the_recall() -> None:
    recall = tonal_peak_recall(tones(220, 440, 660), tones(220, 660), RATE)
    assert recall == pytest.approx(2 / 3, abs=0.02)


def test_a_partial_moved_by_a_semitone_or_by_eight_decibels_is_lost() -> None:
    source = tones(500, 2000)
    assert tonal_peak_recall(source, tones(500, 2119), RATE) == pytest.approx(0.5, abs=0.02)
    assert tonal_peak_recall(source, tones(500, 2020), RATE) == pytest.approx(1.0, abs=0.02)
    quieter = tones(500) + 10 ** (-8 / 20) * tones(2000)
    assert tonal_peak_recall(source, quieter, RATE) == pytest.approx(0.5, abs=0.02)


def test_si_sdr_is_the_ratio_of_sound_and_added_noise() -> None:
    sound, added = tones(300), noise(level=0.1 / 2**0.5 / 10)
    assert si_sdr_db(sound, 3 * (sound + added)) == pytest.approx(20.0, abs=0.3)
    assert math.isnan(si_sdr_db(np.zeros(100, np.float32), noise()[:100]))


def test_pre_echo_is_what_was_added_before_a_stroke() -> None:
    stroke = noise(1.0, 0.001)
    stroke[RATE // 2 :] += noise(0.5, 0.3)
    smeared = stroke.copy()
    before = slice(RATE // 2 - round(0.02 * RATE), RATE // 2)
    smeared[before] = 10 * stroke[before]
    assert pre_echo_db(stroke, smeared, RATE, [0.5]) == pytest.approx(20.0, abs=0.5)
    assert pre_echo_db(stroke, stroke, RATE, [0.5]) == 0.0
    assert math.isnan(pre_echo_db(stroke, smeared, RATE, []))


def test_opus_takes_fewer_bits_at_higher_compression_and_keeps_the_length() -> None:
    audio = Audio(tones(220, 440, 1760)[None] + noise(level=0.01)[None], RATE)
    fine, many_bits = through_opus(audio, 0.8)
    coarse, few_bits = through_opus(audio, 0.99)
    assert fine.samples.shape == coarse.samples.shape == audio.samples.shape
    assert 2_000 < few_bits < 20_000 < many_bits < 100_000
    source = audio.samples[0]
    assert spectral_convergence(source, fine.samples[0]) < spectral_convergence(
        source, coarse.samples[0]
    )


def test_the_bit_rate_counts_every_codebook() -> None:
    assert codec_bit_rate(CodecClock(32_000, 1280, 6, 512)) == pytest.approx(1350)
