"""Residual vector quantisation: each codebook codes what the ones before left over.

Greedy on purpose. Following several partial sums at once comes nearer to the sound, but spreads
one sound over different codes, which a language model learns far worse. And because no codebook
depends on a later one, the first few of them are a coarser codec of their own.

Letters: ``n`` vectors, ``K`` codebooks, ``V`` codes in each, ``D`` width.
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

    def encode(self, vectors: Tensor) -> Tensor:
        """Codes int64 ``[n, K]`` of ``[n, D]`` vectors: each the nearest to what is left over."""
        residuals = vectors
        codes = []
        for book in self.codebooks:
            nearest = nearest_codes(residuals, book)
            codes.append(nearest)
            residuals = residuals - book[nearest]
        return torch.stack(codes, dim=1)


def nearest_codes(vectors: Tensor, book: Tensor) -> Tensor:
    """Index of the row of ``book`` ``[V, D]`` nearest to each of ``[n, D]`` vectors."""
    # |x - c|^2 = |x|^2 - 2 x.c + |c|^2, and the first term is the same for every code.
    return (book.square().sum(1) - 2.0 * vectors @ book.T).argmin(1)
