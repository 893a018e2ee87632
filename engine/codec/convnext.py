"""ConvNeXt block over time that can run piece by piece with the same result.

Liu et al. 2022 (arXiv 2201.03545) in one dimension, as used for speech spectra by Siuzdak 2023
(arXiv 2306.00814). Letters: ``B`` batch, ``T`` frames, ``D`` width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class ConvNextBlock(nn.Module):
    """Depthwise convolution over time, LayerNorm, widening perceptron, residual.

    The convolution looks ``reach`` frames to both sides; beyond the ends stand zeros.
    """

    def __init__(self, width: int, kernel: int, widening: int = 3) -> None:
        super().__init__()
        if kernel % 2 == 0:
            raise ValueError(f"the kernel has a middle, so its length is odd, not {kernel}")
        self.reach = kernel // 2
        self.over_time = nn.Conv1d(width, width, kernel, groups=width)
        self.norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, widening * width)
        self.narrow = nn.Linear(widening * width, width)
        self.scale = nn.Parameter(torch.full((width,), 0.1))

    def forward(self, frames: Tensor, past: Tensor | None, is_last: bool) -> tuple[Tensor, Tensor]:
        """Take the next frames ``[B, n, D]``; give those they settle and what to remember.

        ``past`` is what the last call gave, None at the start. All outputs together are as many
        frames as all inputs.
        """
        zeros = frames.new_zeros(frames.shape[0], self.reach, frames.shape[2])
        known = torch.cat([zeros if past is None else past, frames], dim=1)
        if is_last:
            known = torch.cat([known, zeros], dim=1)
        n_out = known.shape[1] - 2 * self.reach
        if n_out <= 0:
            return frames[:, :0], known
        change = self.over_time(known.transpose(1, 2)).transpose(1, 2)  # [B, n_out, D]
        change = self.narrow(nn.functional.gelu(self.widen(self.norm(change))))
        middle = known[:, self.reach : self.reach + n_out]
        return middle + self.scale * change, known[:, n_out:]
