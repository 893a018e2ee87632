"""Lane features to the vectors that are added to the decoder's input."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

APPROACH_TIMES_S = (0.5, 2.0, 8.0)
N_APPROACH = 1 + len(APPROACH_TIMES_S)


class ConditionEncoder(nn.Module):
    """One linear layer, then two convolutions that see four frames to either side."""

    def __init__(self, n_features: int, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(n_features, width)
        self.first = nn.Conv1d(width, width, 5, padding=2)
        self.second = nn.Conv1d(width, width, 5, padding=2)

    def forward(self, features: Tensor) -> Tensor:
        """Map ``[B, T, D_c]`` to ``[B, T, D]``."""
        x = F.gelu(self.linear(features)).transpose(1, 2)
        x = x + F.gelu(self.first(x))
        encoded: Tensor = self.second(x)
        return encoded.transpose(1, 2)


def approach_features(n_frames: int, has_right: Tensor, frame_rate_hz: float) -> Tensor:
    """How close the music that follows is, ``[B, T, 4]``.

    A flag, then ``exp(-distance / tau)`` for tau of 0.5, 2 and 8 s, where the distance runs from
    each frame to the end of the ``n_frames``. All zero in rows where ``has_right`` (bool ``[B]``)
    is False: there nothing follows.
    """
    frames = torch.arange(n_frames, 0, -1, device=has_right.device)
    distance_s = frames / frame_rate_hz
    columns = [torch.ones_like(distance_s)]
    columns += [torch.exp(-distance_s / tau) for tau in APPROACH_TIMES_S]
    return torch.stack(columns, dim=1) * has_right[:, None, None]
