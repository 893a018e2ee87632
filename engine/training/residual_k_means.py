"""Fitting projection and codebooks without gradients, in about half a minute.

Principal components keep most of the (weighted) spectra; k-means finds one codebook after the
other on what is left. For coding alone, joint least squares may then move all codebooks together,
given the codes of a beam search, which takes 15 % off the error; but a language model learns such
codes far worse, because neighbouring frames then spread the same sound over different codes.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.codec.residual_quantizer import ResidualQuantizer

ENCODE_ROWS = 4096
"""Vectors coded at once: bounds the memory of the distances."""


def principal_components(vectors: Tensor, n_components: int, seed: int) -> tuple[Tensor, Tensor]:
    """Mean ``[D]`` and orthonormal basis ``[D, C]`` of ``[n, D]`` vectors, strongest last.

    Randomised subspace iteration (Halko, Martinsson and Tropp 2011, arXiv 0909.4061).
    """
    mean = vectors.mean(0)
    covariance = vectors.T @ vectors / vectors.shape[0] - torch.outer(mean, mean)
    generator = torch.Generator().manual_seed(seed)
    n_probes = min(n_components + 32, vectors.shape[1])
    probes = torch.randn(vectors.shape[1], n_probes, generator=generator).to(vectors.device)
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
        nearest = (centres.square().sum(1) - 2.0 * vectors @ centres.T).argmin(1)
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
    n_rounds: int = 12,
    k_means_rows: int = 40_000,
    joint_rounds: int = 0,
    n_beams: int = 1,
    seed: int = 0,
) -> None:
    """Fill the codebooks of ``quantizer`` from ``[n, D]`` vectors."""
    generator = torch.Generator().manual_seed(seed)
    residuals = vectors.clone()
    for book in quantizer.codebooks:
        rows = torch.randperm(len(residuals), generator=generator)[:k_means_rows]
        sample = residuals[rows.to(vectors.device)]
        book.copy_(k_means(sample, book.shape[0], n_rounds, generator))
        nearest = torch.cat(
            [
                (book.square().sum(1) - 2.0 * part @ book.T).argmin(1)
                for part in torch.split(residuals, ENCODE_ROWS)
            ]
        )
        residuals -= book[nearest]
    for _ in range(joint_rounds):
        codes = encode_all(quantizer, vectors, n_beams)
        quantizer.codebooks.copy_(joint_least_squares(quantizer.codebooks, vectors, codes))


def encode_all(quantizer: ResidualQuantizer, vectors: Tensor, n_beams: int) -> Tensor:
    """Codes ``[n, K]`` of many vectors, some thousand at a time."""
    return torch.cat(
        [quantizer.encode(part, n_beams) for part in torch.split(vectors, ENCODE_ROWS)]
    )


def joint_least_squares(
    codebooks: Tensor, vectors: Tensor, codes: Tensor, ridge: float = 10.0
) -> Tensor:
    """Codebooks ``[K, V, D]`` whose sums, for given codes ``[n, K]``, come nearest to ``[n, D]``.

    ``ridge`` holds each code near its old place, as if it had been seen there that often.
    """
    n_books, n_codes, width = codebooks.shape
    size = n_books * n_codes
    together = torch.zeros(n_books, n_codes, n_books, n_codes, device=vectors.device)
    sums = torch.zeros(n_books, n_codes, width, device=vectors.device)
    for i in range(n_books):
        sums[i].index_add_(0, codes[:, i], vectors)
        for j in range(n_books):
            pairs = torch.bincount(codes[:, i] * n_codes + codes[:, j], minlength=n_codes**2)
            together[i, :, j, :] = pairs.view(n_codes, n_codes)
    matrix = together.reshape(size, size) + ridge * torch.eye(size, device=vectors.device)
    target = sums.reshape(size, width) + ridge * codebooks.reshape(size, width)
    solved: Tensor = torch.linalg.solve(matrix, target)
    return solved.reshape(codebooks.shape)
