"""How far apart two sets of recordings lie: the Fréchet distance of their embeddings.

Source: Heusel et al. 2017, "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash
Equilibrium" (arXiv 1706.08500), eq. 6; for music Kilgour et al. 2019, "Fréchet Audio Distance"
(arXiv 1812.08466), with their embedding in place of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.bootstrap import LEVEL, Estimate

Embeddings = NDArray[np.float64]
RESAMPLES = 200


def frechet_distance(first: Embeddings, second: Embeddings) -> float:
    """Distance of two sets ``[n, E]`` and ``[m, E]``, each taken as one normal distribution.

    Small sets lie farther apart than large ones by chance alone: compare sets of one size.
    """
    means = first.mean(axis=0), second.mean(axis=0)
    spreads = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    # The trace of the root of a product of two covariances is that of its eigenvalues' roots.
    roots = np.sqrt(np.maximum(np.linalg.eigvals(spreads[0] @ spreads[1]).real, 0.0))
    distance = np.square(means[0] - means[1]).sum() + np.trace(spreads[0] + spreads[1])
    return float(max(0.0, distance - 2.0 * roots.sum()))


def estimate_distance(first: Embeddings, second: Embeddings) -> Estimate:
    """The distance with a 95 % interval over draws of recordings with replacement.

    Sets drawn so hold doubles and lie farther apart; the interval is moved back by that much.
    """
    distance = frechet_distance(first, second)
    random = np.random.default_rng(0)
    draws = [
        frechet_distance(
            first[random.integers(len(first), size=len(first))],
            second[random.integers(len(second), size=len(second))],
        )
        for _ in range(RESAMPLES)
    ]
    low, middle, high = np.quantile(draws, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    shift = distance - middle
    return Estimate(distance, float(max(0.0, low + shift)), float(high + shift), len(first))


def stacked(embeddings: Sequence[NDArray[np.float32]]) -> Embeddings:
    """Embeddings of recordings as one table ``[n, E]``."""
    return np.stack(embeddings).astype(np.float64)
