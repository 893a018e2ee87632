"""The decoding loop: fills the unknown cells of a delayed grid, one position after another.

Letters: ``B`` takes, ``K`` codebooks, ``S`` positions, ``L`` memory length, ``D`` width. The
decoder runs ``2 B`` rows when guided: all takes with the condition, then all with the null.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.cancel import CancelToken
from engine.lm.delay_pattern import UNKNOWN, n_known_positions
from engine.lm.kv_cache import KeyValueCache
from engine.lm.sampling import DrawingRule, draw, exponential_noise, mix_guidance
from engine.lm.transformer import Decoder

PREFILL_POSITIONS = 64
"""Read at once, so that a cancel never waits for a long beginning."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What steers a window: row 0 is the condition, row 1 the null it is guided away from.

    ``memory`` ``[2, L, D]``, ``memory_mask`` bool ``[2, L]``, ``condition`` ``[2, S - 1, D]`` or
    None for a model without frame conditions.
    """

    memory: Tensor
    memory_mask: Tensor
    condition: Tensor | None

    @property
    def is_shared(self) -> bool:
        """Whether all takes are steered alike, so that one can read for all."""
        return True

    def for_takes(self, n_takes: int, is_guided: bool) -> Guide:
        """One row per take and condition: ``2 B`` rows, or ``B`` without guidance."""
        n = 2 if is_guided else 1

        def rows(x: Tensor) -> Tensor:
            return x[:n].repeat_interleave(n_takes, dim=0)

        condition = None if self.condition is None else rows(self.condition)
        return Guide(rows(self.memory), rows(self.memory_mask), condition)


def prefill(
    decoder: Decoder, grid: Tensor, cache: KeyValueCache, guide: Guide, cancel: CancelToken
) -> Tensor:
    """Read the known beginning ``[rows, K, n]`` into an empty cache; scores ``[rows, K, V]``."""
    for start in range(0, grid.shape[2], PREFILL_POSITIONS):
        cancel.raise_if_cancelled()
        part = slice(start, min(start + PREFILL_POSITIONS, grid.shape[2]))
        condition = None if guide.condition is None else guide.condition[:, part]
        scores = decoder.step(grid[:, :, part], cache, condition)
    return scores


def decode_one(decoder: Decoder, codes: Tensor, cache: KeyValueCache, guide: Guide) -> Tensor:
    """Read one more position ``[rows, K]``; scores ``[rows, K, V]`` for the next."""
    place = cache.room_for(1)
    condition = None if guide.condition is None else guide.condition[:, place]
    return decoder.step(codes[:, :, None], cache, condition)


def guided_scores(scores: Tensor, n_takes: int, guidance: float) -> Tensor:
    """Scores ``[B, K, V]`` from those of all rows."""
    if scores.shape[0] == n_takes:
        return scores
    return mix_guidance(scores[:n_takes], scores[n_takes:], guidance)


@torch.inference_mode()
def decode(
    decoder: Decoder,
    grid: Tensor,
    guide: Guide,
    rule: DrawingRule,
    seeds: Sequence[int],
    first_position: int,
    cancel: CancelToken,
) -> Iterator[int]:
    """Fill the ``UNKNOWN`` cells of ``grid`` in place and yield each position once it is whole.

    Args:
        decoder: in evaluation mode.
        grid: int64 ``[B, K, S]`` in the delay pattern; all other cells are kept as they are.
        guide: condition and null of this window.
        rule: how to draw; guidance 1 leaves the null row out.
        seeds: one per take.
        first_position: place of the grid in the music, counted in positions; with the seed it
            decides the noise.
        cancel: read before each step; raises ``Cancelled``.
    """
    n_takes, n_codebooks, n_positions = grid.shape
    is_guided = rule.guidance != 1.0
    copies = 2 if is_guided else 1
    start = n_known_positions(grid)
    if start == n_positions:
        return
    beginning = grid[:, :, :start]
    # Takes that begin alike read their beginning once.
    n_read = 1 if guide.is_shared and bool((beginning == beginning[:1]).all()) else n_takes
    reading = guide.for_takes(n_read, is_guided)
    cache = decoder.open_cache(reading.memory, reading.memory_mask, n_positions - 1)
    scores = prefill(decoder, beginning[:n_read].repeat(copies, 1, 1), cache, reading, cancel)
    if n_read < n_takes:
        cache, scores = cache.repeated(n_takes), scores.repeat_interleave(n_takes, dim=0)
    guide = guide.for_takes(n_takes, is_guided)
    for position in range(start, n_positions):
        cancel.raise_if_cancelled()
        noise = exponential_noise(
            seeds, first_position + position, n_codebooks, decoder.config.codebook_size
        )
        scores = guided_scores(scores, n_takes, rule.guidance)
        drawn = draw(scores, rule, noise.to(grid.device, non_blocking=True))
        known = grid[:, :, position]
        codes = torch.where(known == UNKNOWN, drawn, known)
        grid[:, :, position] = codes
        yield position
        if position + 1 < n_positions:
            scores = decode_one(decoder, codes.repeat(copies, 1), cache, guide)
