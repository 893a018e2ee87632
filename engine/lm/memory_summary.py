"""Words and what follows, added to the decoder's input as the lanes are.

Attending to a memory is learnt late: after as many steps as made the lanes obeyed, the words and
the following frames changed nothing. A sum at every position is learnt as early as the lanes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

NEAR_FRAMES = 4
FADE_S = 1.0


class MemorySummary(nn.Module):
    """One vector for the words, and one for the frames that follow, which fades with distance."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.text = nn.Linear(width, width, bias=False)
        self.right = nn.Linear(NEAR_FRAMES * width, width, bias=False)

    def of_text(self, states: Tensor, mask: Tensor) -> Tensor:
        """Text states ``[B, L, D]`` with their mask as ``[B, 1, D]``; zeros without words."""
        known = self.norm(states) * mask[..., None]
        mean = known.sum(dim=1, keepdim=True) / mask.sum(dim=1).clamp(min=1)[:, None, None]
        summary: Tensor = self.text(mean)
        return summary

    def of_right(
        self, frames: Tensor, lengths: Tensor, n_frames: int, frame_rate_hz: float
    ) -> Tensor:
        """What follows, seen from each of the ``n_frames`` before it, ``[B, n_frames, D]``.

        Args:
            frames: embedded codes ``[B, R, D]`` of the frames right after the stretch.
            lengths: int64 ``[B]``, how many of them each row knows; 0 gives zeros.
            n_frames: length of the stretch.
            frame_rate_hz: frames per second.
        """
        near = frames.new_zeros(len(frames), NEAR_FRAMES, frames.shape[2])
        n_near = min(NEAR_FRAMES, frames.shape[1])
        is_known = torch.arange(n_near, device=frames.device) < lengths[:, None]
        near[:, :n_near] = self.norm(frames[:, :n_near]) * is_known[..., None]
        distance_s = torch.arange(n_frames, 0, -1, device=frames.device) / frame_rate_hz
        fade = torch.exp(-distance_s / FADE_S).to(frames)
        heard: Tensor = self.right(near.flatten(1))
        return fade[:, None] * heard[:, None]
