"""Tone, room and echo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.training.corpus.space import SAMPLE_RATE_HZ, Space, coloured, draw_space
from engine.training.corpus.styles import STYLES

DRY = Space(
    np.ones(64, np.float32) / 8, wet=0.0, muffle_hz=30_000, tilt_db=0.0, echo_samples=0, echo=0.2
)
N = 2 * SAMPLE_RATE_HZ


def sine(hz: float) -> NDArray[np.float32]:
    return np.sin(2 * np.pi * hz * np.arange(N) / SAMPLE_RATE_HZ).astype(np.float32)


def level(sound: NDArray[np.float32]) -> float:
    middle = sound[N // 4 : -N // 4]
    return float(np.sqrt(np.mean(middle**2)))


@pytest.mark.parametrize("role", ["drums", "bass", "pad"])
def test_what_lies_below_hearing_is_taken_out(role: str) -> None:
    drifting = sine(440) + np.float32(0.5)
    out = coloured(drifting, role, DRY, np.random.default_rng(1), has_bass=False)
    assert abs(float(out[N // 4 : -N // 4].mean())) < 0.01


def test_others_make_way_for_the_bass_where_there_is_one() -> None:
    low = sine(60)
    alone = coloured(low, "keys", DRY, np.random.default_rng(1), has_bass=False)
    with_bass = coloured(low, "keys", DRY, np.random.default_rng(1), has_bass=True)
    bass = coloured(low, "bass", DRY, np.random.default_rng(1), has_bass=True)
    assert level(with_bass) < 0.7 * level(alone)
    assert level(bass) > level(with_bass)


def test_an_echo_comes_back_in_time_but_not_for_the_drums() -> None:
    click = np.zeros(N, np.float32)
    click[1000] = 1.0
    space = replace(DRY, echo_samples=8000)
    echoed = coloured(click, "melody", space, np.random.default_rng(1), has_bass=False)
    drums = coloured(click, "drums", space, np.random.default_rng(1), has_bass=False)
    first, second = np.abs(echoed[8900:9100]).max(), np.abs(echoed[16900:17100]).max()
    assert np.abs(echoed[8900:9100]).argmax() == pytest.approx(100, abs=3)
    assert first > second > 0.0
    assert np.abs(drums[8900:9100]).max() < 0.05 * first


def test_rooms_echoes_and_tones_differ_from_piece_to_piece() -> None:
    spaces = [
        draw_space(style, 120.0, np.random.default_rng(seed))
        for style in STYLES
        for seed in range(20)
    ]
    assert 0.02 < np.mean([space.wet == 0.0 for space in spaces]) < 0.2
    assert 0.05 < np.mean([space.echo_samples > 0 for space in spaces]) < 0.4
    assert np.std([space.tilt_db for space in spaces]) > 0.2
