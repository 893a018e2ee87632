from __future__ import annotations

import numpy as np
import pytest

from engine.tasks.splice import splice
from engine.timebase import Samples, Seconds, Span

RATE = 1000
FADE = Seconds(0.04)


def span(start: int, end: int) -> Span[Samples]:
    return Span(Samples(start), Samples(end))


def sine(n: int, hz: float = 7.0, level: float = 0.5) -> np.ndarray:
    return (level * np.sin(2 * np.pi * hz * np.arange(n) / RATE)).astype(np.float32)[None]


def test_samples_outside_the_region_are_bit_identical_and_the_inside_is_new() -> None:
    old = np.random.default_rng(0).uniform(-1, 1, (2, 1000)).astype(np.float32)
    new = np.full((1, 300), 0.25, np.float32)
    result = splice(old, span(0, 1000), new, span(200, 500), FADE, RATE)
    assert np.array_equal(result[:, :200], old[:, :200])
    assert np.array_equal(result[:, 500:], old[:, 500:])
    assert (result[:, 240:460] == 0.25).all()
    assert not np.array_equal(result[:, 200:240], old[:, 200:240])


def test_the_cross_fade_keeps_the_power_of_unrelated_sounds() -> None:
    random = np.random.default_rng(0)
    old, new = (random.normal(0, 0.2, (1, 20_000)).astype(np.float32) for _ in range(2))
    placed = new[:, 5000:15_000]
    result = splice(old, span(0, 20_000), placed, span(5000, 15_000), Seconds(4.0), RATE)
    power = np.square(result[0]).reshape(40, 500).mean(axis=1)
    assert power.min() > 0.7 * 0.04
    assert power.max() < 1.3 * 0.04


def test_where_the_sound_ends_at_the_region_the_new_sound_is_led_up_to_it() -> None:
    old = np.concatenate([sine(503), np.zeros((1, 497), np.float32)], axis=1)
    new = np.full((1, 497), -0.5, np.float32)
    result = splice(old, span(0, 503), new, span(503, 1000), FADE, RATE)
    assert np.array_equal(result[:, :503], old[:, :503])
    assert result[0, 503] == pytest.approx(old[0, 502], abs=1e-6)
    assert (result[0, 508:] == -0.5).all()
    backward = splice(old[:, ::-1], span(497, 1000), new, span(0, 497), FADE, RATE)
    assert np.array_equal(backward, result[:, ::-1])


def test_nothing_is_faded_at_the_start_and_end_of_the_music() -> None:
    old, new = sine(600), np.full((1, 600), 0.25, np.float32)
    result = splice(old, span(0, 600), new, span(0, 600), FADE, RATE)
    assert np.array_equal(result, new)


def test_a_region_shorter_than_its_fades_is_crossed_in_its_middle() -> None:
    old, new = sine(600), np.full((1, 30), 0.25, np.float32)
    result = splice(old, span(0, 600), new, span(300, 330), FADE, RATE)
    assert np.isfinite(result).all()
    assert np.array_equal(result[:, :300], old[:, :300])
    assert np.array_equal(result[:, 330:], old[:, 330:])


def test_new_sound_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="the region has 10 samples"):
        splice(sine(100), span(0, 100), sine(9), span(20, 30), FADE, RATE)
