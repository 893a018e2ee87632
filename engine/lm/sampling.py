"""From scores to codes: guidance, temperature, top-k, nucleus, and noise that belongs to a take.

The noise of a cell is a pure function of the take's seed, the cell's place in the music and its
codebook. So a take sounds the same alone or beside others, in one window or in several, and on
any number of threads, as far as the scores themselves are equal.

Letters: ``B`` takes, ``K`` codebooks, ``V`` codes per codebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.requests import Sampling


@dataclass(frozen=True, slots=True)
class DrawingRule:
    """How codes are drawn. Temperature 0 is greedy; ``top_k`` 0 and ``top_p`` 0 mean no limit."""

    guidance: float
    temperature: float
    top_k: int
    top_p: float = 0.0

    def asked(self, sampling: Sampling) -> DrawingRule:
        """This rule with what a request sets in place of the model's own."""

        def chosen(asked: float | None, own: float) -> float:
            return own if asked is None else asked

        return DrawingRule(
            guidance=chosen(sampling.guidance, self.guidance),
            temperature=chosen(sampling.temperature, self.temperature),
            top_k=int(chosen(sampling.top_k, self.top_k)),
            top_p=chosen(sampling.top_p, self.top_p),
        )


def mix_guidance(conditional: Tensor, null: Tensor, guidance: float) -> Tensor:
    """Push scores away from the null row: ``null + guidance * (conditional - null)``.

    Source: Ho and Salimans 2022, "Classifier-Free Diffusion Guidance" (arXiv 2207.12598).
    """
    return null + guidance * (conditional - null)


def keep_top_k(probabilities: Tensor, k: int) -> Tensor:
    """Zero what is less likely than the k-th likeliest code; ties with it stay."""
    if k <= 0 or k >= probabilities.shape[-1]:
        return probabilities
    least = probabilities.topk(k, dim=-1).values[..., -1:]
    return probabilities * (probabilities >= least)


def keep_nucleus(probabilities: Tensor, p: float) -> Tensor:
    """Zero the codes before which the likelier ones already weigh more than ``p``."""
    if not 0.0 < p < 1.0:
        return probabilities
    ordered, order = probabilities.sort(dim=-1, descending=True)
    before = ordered.cumsum(dim=-1) - ordered
    total = ordered.sum(dim=-1, keepdim=True)
    kept = ordered * (before <= p * total)
    return torch.zeros_like(probabilities).scatter(-1, order, kept)


def draw(scores: Tensor, rule: DrawingRule, noise: Tensor) -> Tensor:
    """Pick codes, int64 ``[B, K]``, from scores ``[B, K, V]``.

    ``noise`` is ``[B, K, V]``, exponential with mean 1: the code with the largest ratio of
    probability to noise is a draw from the probabilities.
    """
    if rule.temperature == 0.0:
        return scores.argmax(dim=-1)
    probabilities = torch.softmax(scores.float() / rule.temperature, dim=-1)
    probabilities = keep_nucleus(keep_top_k(probabilities, rule.top_k), rule.top_p)
    return (probabilities / noise).argmax(dim=-1)


def exponential_noise(
    seeds: Sequence[int], position: int, n_codebooks: int, codebook_size: int
) -> Tensor:
    """The noise of every take at one position of the music, float32 ``[B, K, V]`` on the CPU.

    Philox is counter-based: the seed is its key and the position its counter.
    Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC '11).
    """
    uniform = np.empty((len(seeds), n_codebooks, codebook_size), dtype=np.float32)
    for row, seed in enumerate(seeds):
        bits = np.random.Philox(key=seed % 2**64, counter=[0, 0, 0, position])
        np.random.Generator(bits).random(dtype=np.float32, out=uniform[row])
    # 1 - u lies in (0, 1], so the logarithm is finite; the smallest noise is not quite zero.
    return torch.from_numpy(-np.log1p(-uniform)).clamp_min(1e-20)
