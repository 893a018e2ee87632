"""Jumps between two stretches of sound."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.seams import jump_between
from engine.timebase import Seconds

RATE_HZ = 32_000
MIDDLE = Seconds(0.5)


def tone(hertz: float, gain: float = 0.1) -> np.ndarray:
    return (gain * np.sin(2 * np.pi * hertz * np.arange(RATE_HZ // 2) / RATE_HZ)).astype(np.float32)


def jump(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    found = jump_between(np.concatenate([before, after]), MIDDLE, MIDDLE, RATE_HZ)
    return found.level_db, found.spectral_db


def test_a_steady_tone_does_not_jump() -> None:
    level, spectral = jump(tone(440), tone(440))
    assert level < 0.1
    assert spectral < 1.0


def test_half_the_amplitude_is_a_jump_of_six_decibels() -> None:
    level, _ = jump(tone(440), tone(440, 0.05))
    assert level == pytest.approx(6.0, abs=0.1)


def test_another_pitch_jumps_in_colour_but_not_in_level() -> None:
    level, spectral = jump(tone(440), tone(1760))
    assert level < 0.1
    assert spectral > 5.0


def test_there_must_be_sound_on_both_sides() -> None:
    with pytest.raises(ValueError, match="beside"):
        jump_between(tone(440), Seconds(0.05), Seconds(0.05), RATE_HZ)
