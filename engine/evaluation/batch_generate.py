"""One take of each of several requests, side by side in one batch.

The studio plays many takes of one request; an evaluation plays one take of many. The decoding
loop is the same; only the condition differs from row to row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from engine.cancel import CancelToken
from engine.conditions.frame_conditions import frame_features
from engine.lm.decode import Guide, decode
from engine.lm.delay_pattern import UNKNOWN, delay, undelay
from engine.requests import Audio, Brief
from engine.tasks.models import Models
from engine.timebase import Frames, samples_at


@dataclass(frozen=True, slots=True)
class GuideOfEach(Guide):
    """Guides of several requests: ``B`` conditions in all its parts, then ``B`` nulls."""

    def for_takes(self, n_takes: int, is_guided: bool) -> Guide:
        """These rows as they are, or only the conditions without guidance."""
        if self.memory.shape[0] != 2 * n_takes:
            raise ValueError(f"{self.memory.shape[0]} rows do not guide {n_takes} takes")
        if is_guided:
            return self
        condition = None if self.condition is None else self.condition[:n_takes]
        return Guide(self.memory[:n_takes], self.memory_mask[:n_takes], condition)


def generate_each(models: Models, briefs: Sequence[Brief], cancel: CancelToken) -> list[Tensor]:
    """Codes int64 ``[K, T]`` of one take of each brief, seeded by its ``sampling.seed``.

    The first brief's other sampling choices hold for all. Raises ValueError for a score longer
    than the model's window, and ``Cancelled``.
    """
    clock, lm = models.clock, models.lm
    lengths = [clock.frames_lasting(brief.score.duration) for brief in briefs]
    longest = max(lengths)
    if longest > lm.window_frames:
        raise ValueError(f"{longest} frames do not fit a window of {lm.window_frames}")
    guide = guide_of_each(models, briefs, longest)
    config = lm.decoder.config
    shape = (len(briefs), config.n_codebooks, longest)
    codes = torch.full(shape, UNKNOWN, device=models.device.torch_device)
    grid = delay(codes, config.delays, config.special)
    seeds = [brief.sampling.seed for brief in briefs]
    rule = lm.rule.asked(briefs[0].sampling)
    for _ in decode(lm.decoder, grid, guide, rule, seeds, 0, cancel):
        pass
    whole = undelay(grid, config.delays)
    return [whole[row, :, :length] for row, length in enumerate(lengths)]


def guide_of_each(models: Models, briefs: Sequence[Brief], n_frames: int) -> GuideOfEach:
    """Conditions and nulls of all briefs, padded to one memory length."""
    guides = []
    for brief in briefs:
        features = frame_features(brief.score, brief.controls, models.clock, Frames(0), n_frames)
        guides.append(models.lm.guide(brief.prompt, brief.negative, features, None))
    memory_length = max(guide.memory.shape[1] for guide in guides)

    def rows(parts: list[Tensor]) -> Tensor:
        return torch.cat([part[:1] for part in parts] + [part[1:] for part in parts])

    memory = [F.pad(g.memory, (0, 0, 0, memory_length - g.memory.shape[1])) for g in guides]
    masks = [F.pad(g.memory_mask, (0, memory_length - g.memory_mask.shape[1])) for g in guides]
    conditions = [g.condition for g in guides if g.condition is not None]
    return GuideOfEach(rows(memory), rows(masks), rows(conditions) if conditions else None)


@torch.inference_mode()
def sound_of_codes(models: Models, codes: Tensor, brief: Brief) -> Audio:
    """Decode codes ``[K, T]`` and trim them to the brief's length."""
    samples: NDArray[np.float32] = models.codec.decode(codes[None])[0].float().cpu().numpy()
    rate_hz = models.clock.sample_rate_hz
    return Audio(samples[:, : samples_at(brief.score.duration, rate_hz)].copy(), rate_hz)
