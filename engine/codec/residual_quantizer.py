"""Residual vector quantisation: each codebook codes what the ones before left over.

Letters: ``n`` vectors, ``K`` codebooks, ``V`` codes in each, ``D`` width, ``M`` beams.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class ResidualQuantizer(nn.Module):
    """``K`` codebooks whose chosen vectors add up to the coded one."""

    codebooks: Tensor

    def __init__(self, n_codebooks: int, codebook_size: int, width: int) -> None:
        super().__init__()
        self.register_buffer("codebooks", torch.zeros(n_codebooks, codebook_size, width))

    def decode(self, codes: Tensor) -> Tensor:
        """Sum of the chosen vectors: int64 ``[..., K]`` to float ``[..., D]``."""
        total = self.codebooks[0][codes[..., 0]]
        for k in range(1, self.codebooks.shape[0]):
            total = total + self.codebooks[k][codes[..., k]]
        return total

    def encode(self, vectors: Tensor, n_beams: int = 1) -> Tensor:
        """Codes int64 ``[n, K]`` of ``[n, D]`` vectors.

        With one beam each codebook takes the code nearest to the residual. With more, the
        ``n_beams`` best partial sums are followed and the nearest whole sum wins.
        """
        residuals = vectors[:, None, :]  # [n, M, D]
        codes = torch.zeros(vectors.shape[0], 1, 0, dtype=torch.int64, device=vectors.device)
        for book in self.codebooks:
            # |r - c|^2 = |r|^2 - 2 r.c + |c|^2
            distances = (
                residuals.square().sum(-1, keepdim=True)
                - 2.0 * residuals @ book.T
                + book.square().sum(-1)
            )  # [n, M, V]
            n_kept = min(n_beams, distances.shape[1] * distances.shape[2])
            best = distances.flatten(1).topk(n_kept, largest=False).indices  # [n, M']
            beam = torch.div(best, book.shape[0], rounding_mode="floor")
            code = best % book.shape[0]
            so_far = codes.gather(1, beam[..., None].expand(-1, -1, codes.shape[2]))
            codes = torch.cat([so_far, code[..., None]], dim=2)
            residuals = (
                residuals.gather(1, beam[..., None].expand(-1, -1, vectors.shape[1])) - book[code]
            )
        return codes[:, 0]
