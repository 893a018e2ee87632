"""The delay pattern: codebook ``k`` of a frame is predicted ``delays[k]`` steps after codebook 0.

Position 0 is the start step. Position ``s`` holds, for codebook ``k``, frame
``s - 1 - delays[k]`` where such a frame exists, else the special id; the state at position ``s``
predicts the codes of position ``s + 1``.

Source: Copet et al. 2023, "Simple and Controllable Music Generation" (arXiv 2306.05284), fig. 1.
"""

from __future__ import annotations

import torch
from torch import Tensor

UNKNOWN = -1


def mono_delays(n_codebooks: int) -> tuple[int, ...]:
    """One step per codebook: 0, 1, 2, …"""
    return tuple(range(n_codebooks))


def stereo_delays(n_codebooks: int) -> tuple[int, ...]:
    """Left and right interleaved share a step: 0, 0, 1, 1, …; ``n_codebooks`` is even."""
    if n_codebooks % 2:
        raise ValueError(f"interleaved stereo has an even number of codebooks, not {n_codebooks}")
    return tuple(k // 2 for k in range(n_codebooks))


def shared_delays(n_codebooks: int) -> tuple[int, ...]:
    """One step each for the four coarsest codebooks, then three to a step: 0, 1, 2, 3, 4, 4, 4, 5…

    A residual codec's fine codes say little of one another once the coarse ones are known, and a
    frame that is whole after eight steps keeps its conditions near.
    """
    return tuple(k if k < 4 else 4 + (k - 4) // 3 for k in range(n_codebooks))


def n_positions(n_frames: int, delays: tuple[int, ...]) -> int:
    """Positions ``S`` of the delayed grid of ``n_frames``, the start step included."""
    return n_frames + max(delays) + 1


def delay(codes: Tensor, delays: tuple[int, ...], special: int) -> Tensor:
    """Skew int64 ``[B, K, T]`` into ``[B, K, S]``; cells without a frame hold ``special``."""
    batch, n_codebooks, n_frames = codes.shape
    if n_codebooks != len(delays):
        raise ValueError(f"codes have K = {n_codebooks}, the pattern has {len(delays)} delays")
    grid = codes.new_full((batch, n_codebooks, n_positions(n_frames, delays)), special)
    for k, shift in enumerate(delays):
        grid[:, k, 1 + shift : 1 + shift + n_frames] = codes[:, k]
    return grid


def undelay(grid: Tensor, delays: tuple[int, ...]) -> Tensor:
    """Straighten ``[B, K, S]`` into ``[B, K, T]``; the inverse of ``delay``."""
    n_frames = grid.shape[2] - max(delays) - 1
    rows = [grid[:, k, 1 + shift : 1 + shift + n_frames] for k, shift in enumerate(delays)]
    return torch.stack(rows, dim=1)


def n_known_positions(grid: Tensor) -> int:
    """Length of the longest beginning of ``[B, K, S]`` that holds no ``UNKNOWN`` cell."""
    holes = (grid == UNKNOWN).any(dim=0).any(dim=0).nonzero()
    return int(holes[0]) if len(holes) else grid.shape[2]
