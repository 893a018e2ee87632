"""A mean with the interval that chance alone explains."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` clips with its 95 % interval; all NaN where ``n`` is 0."""

    mean: float
    low: float
    high: float
    n: int


def bootstrap(values_by_clip: Mapping[int, Sequence[float]]) -> Estimate:
    """Mean over clips of each clip's mean; NaN values do not count.

    Whole clips are drawn with replacement, because answers to one clip resemble each other.
    The draws are the same every time. Source: Efron 1979, "Bootstrap methods: another look at
    the jackknife"; percentile interval.
    """
    means = []
    for values in values_by_clip.values():
        known = [value for value in values if not math.isnan(value)]
        if known:
            means.append(float(np.mean(known)))
    if not means:
        return Estimate(math.nan, math.nan, math.nan, 0)
    sample = np.array(means)
    picks = np.random.default_rng(0).integers(len(sample), size=(RESAMPLES, len(sample)))
    low, high = np.quantile(sample[picks].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))
