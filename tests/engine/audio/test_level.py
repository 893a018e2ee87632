"""Levels in dBFS, clipping and silence."""

from __future__ import annotations

import numpy as np
import pytest

from engine.audio.level import FLOOR_DB, is_clipped, is_silent, peak_db, rms_db
from engine.requests import Audio


def audio(*values: float) -> Audio:
    return Audio(np.array([values], np.float32), 32000)


def test_half_scale_is_six_decibels_down() -> None:
    assert rms_db(audio(0.5, -0.5)) == pytest.approx(-6.02, abs=0.01)
    assert peak_db(audio(0.1, -0.5)) == pytest.approx(-6.02, abs=0.01)


def test_silence_has_the_floor_level() -> None:
    assert rms_db(audio(0.0)) == FLOOR_DB
    assert rms_db(audio()) == FLOOR_DB
    assert is_silent(audio(0.0, 0.00005))
    assert not is_silent(audio(0.0, 0.001))


def test_a_run_at_full_scale_is_clipping_and_one_peak_is_not() -> None:
    assert is_clipped(audio(0.2, 1.0, 1.0, 1.0, 0.3))
    assert not is_clipped(audio(0.2, 1.0, 0.2, 1.0, 1.0, 0.3))
    assert not is_clipped(audio(1.0))
