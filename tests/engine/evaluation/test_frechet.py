"""Distances between sets of recordings."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.frechet import estimate_distance, frechet_distance

RANDOM = np.random.default_rng(1)
SET = RANDOM.standard_normal((400, 5))


def test_a_set_lies_on_itself() -> None:
    assert frechet_distance(SET, SET) == pytest.approx(0.0, abs=1e-6)


def test_a_shift_counts_squared_and_a_stretch_by_its_excess() -> None:
    assert frechet_distance(SET, SET + np.array([2.0, 0, 0, 0, 0])) == pytest.approx(4.0, abs=1e-6)
    stretched = SET * [3.0, 1, 1, 1, 1]
    moved = np.square(2.0 * SET[:, 0].mean())
    spread = SET[:, 0].std(ddof=1) * 2.0
    assert frechet_distance(SET, stretched) == pytest.approx(moved + spread**2, rel=1e-6)


def test_the_interval_is_around_the_distance() -> None:
    other = RANDOM.standard_normal((400, 5)) + 1.0
    estimate = estimate_distance(SET, other)
    assert estimate.low < estimate.mean < estimate.high
    assert estimate.low > estimate_distance(SET, RANDOM.standard_normal((400, 5))).high
