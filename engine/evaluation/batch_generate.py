"""One take of each of several requests, side by side in one batch.

The studio plays many takes of one request; an evaluation plays one take of many. The decoding
loop is the same; only the condition differs from row to row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
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

    @property
    def is_shared(self) -> bool:
        """No: every take has its own request."""
        return False

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
    guide = guide_of_each(models, briefs)
    config = lm.decoder.config
    codes = torch.full((len(briefs), config.n_codebooks, longest), UNKNOWN)
    grid = delay(codes, config.delays, config.special).to(models.device.torch_device)
    for row, length in enumerate(lengths):
        # Beyond its own end a request holds no code, as if it were alone.
        for k, shift in enumerate(config.delays):
            grid[row, k, 1 + shift + length :] = config.special
    seeds = [brief.sampling.seed for brief in briefs]
    rule = lm.rule.asked(briefs[0].sampling)
    for _ in decode(lm.decoder, grid, guide, rule, seeds, 0, cancel):
        pass
    whole = undelay(grid, config.delays)
    return [whole[row, :, :length] for row, length in enumerate(lengths)]


def guide_of_each(models: Models, briefs: Sequence[Brief]) -> GuideOfEach:
    """Conditions and nulls of all briefs, each as long as its score, padded to one length."""
    guides = []
    for brief in briefs:
        n_frames = models.clock.frames_lasting(brief.score.duration)
        features = frame_features(brief.score, brief.controls, models.clock, Frames(0), n_frames)
        guides.append(models.lm.guide(brief.prompt, brief.negative, features, None))
    conditions = [guide.condition for guide in guides if guide.condition is not None]
    return GuideOfEach(
        _stacked([guide.memory for guide in guides]),
        _stacked([guide.memory_mask for guide in guides]),
        _stacked(conditions) if conditions else None,
    )


def _stacked(parts: Sequence[Tensor]) -> Tensor:
    """Pairs ``[2, L, ...]`` as all first rows and then all second, zeros filling to one ``L``."""
    longest = max(part.shape[1] for part in parts)
    filled = [part.new_zeros(2, longest, *part.shape[2:]) for part in parts]
    for whole, part in zip(filled, parts, strict=True):
        whole[:, : part.shape[1]] = part
    return torch.cat([whole[:1] for whole in filled] + [whole[1:] for whole in filled])


@torch.inference_mode()
def sound_of_codes(models: Models, codes: Tensor, brief: Brief) -> Audio:
    """Decode codes ``[K, T]`` and trim them to the brief's length."""
    samples: NDArray[np.float32] = models.codec.decode(codes[None])[0].float().cpu().numpy()
    rate_hz = models.clock.sample_rate_hz
    return Audio(samples[:, : samples_at(brief.score.duration, rate_hz)].copy(), rate_hz)
