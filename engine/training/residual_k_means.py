"""Fitting projection and codebooks without gradients, in minutes.

Principal components keep most of the (weighted) spectra; k-means finds one codebook after the
other on what is left.

Letters: ``n`` vectors, ``D`` their width, ``C`` components, ``V`` codes.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.codec.residual_quantizer import ResidualQuantizer, nearest_codes

ROWS_AT_ONCE = 8192
"""Vectors worked on at once: bounds the memory of distances and of full-precision copies."""


def principal_components(vectors: Tensor, n_components: int, seed: int) -> tuple[Tensor, Tensor]:
    """Mean ``[D]`` and orthonormal basis ``[D, C]`` of ``[n, D]`` vectors, strongest last.

    The vectors may be half precision; all sums are kept in full. Randomised subspace iteration
    (Halko, Martinsson and Tropp 2011, arXiv 0909.4061).
    """
    width = vectors.shape[1]
    total = torch.zeros(width, device=vectors.device)
    products = torch.zeros(width, width, device=vectors.device)
    for part in torch.split(vectors, ROWS_AT_ONCE):
        rows = part.float()
        total += rows.sum(0)
        products.addmm_(rows.T, rows)
    mean = total / vectors.shape[0]
    covariance = products / vectors.shape[0] - torch.outer(mean, mean)
    generator = torch.Generator().manual_seed(seed)
    n_probes = min(n_components + 32, width)
    probes = torch.randn(width, n_probes, generator=generator).to(vectors.device)
    basis = torch.linalg.qr(probes).Q
    for _ in range(6):
        basis = torch.linalg.qr(covariance @ basis).Q
    inner = torch.linalg.eigh(basis.T @ covariance @ basis).eigenvectors
    return mean, basis @ inner[:, -n_components:]


def k_means(vectors: Tensor, n_codes: int, n_rounds: int, generator: torch.Generator) -> Tensor:
    """Centres ``[V, D]``; a centre that wins fewer than two vectors restarts at a far one."""
    order = torch.randperm(vectors.shape[0], generator=generator)[:n_codes]
    centres = vectors[order.to(vectors.device)].clone()
    if centres.shape[0] < n_codes:
        raise ValueError(f"{n_codes} codes need as many vectors, not {vectors.shape[0]}")
    for _ in range(n_rounds):
        nearest = all_nearest(vectors, centres)
        counts = torch.bincount(nearest, minlength=n_codes)
        sums = torch.zeros_like(centres).index_add_(0, nearest, vectors)
        errors = (vectors - centres[nearest]).square().sum(1)
        centres = torch.where(counts[:, None] > 0, sums / counts[:, None].clamp(min=1), centres)
        dead = (counts < 2).nonzero()[:, 0]
        if len(dead) and float(errors.sum()) > 0.0:
            far = torch.multinomial(errors.cpu() + 1e-12, len(dead), generator=generator)
            centres[dead] = vectors[far.to(vectors.device)]
    return centres


def fit_codebooks(
    quantizer: ResidualQuantizer,
    vectors: Tensor,
    *,
    n_rounds: int = 10,
    k_means_rows: int = 120_000,
    seed: int = 0,
) -> None:
    """Fill the codebooks of ``quantizer`` from ``[n, D]`` vectors, each from its own sample."""
    generator = torch.Generator().manual_seed(seed)
    residuals = vectors.clone()
    for book in quantizer.codebooks:
        rows = torch.randperm(len(residuals), generator=generator)[:k_means_rows]
        sample = residuals[rows.to(vectors.device)]
        book.copy_(k_means(sample, book.shape[0], n_rounds, generator))
        residuals -= book[all_nearest(residuals, book)]


def all_nearest(vectors: Tensor, book: Tensor) -> Tensor:
    """``nearest_codes`` of any number of vectors, some thousand at a time."""
    return torch.cat([nearest_codes(part, book) for part in torch.split(vectors, ROWS_AT_ONCE)])
