"""Residual codebooks: the nearest code is taken, and each one leaves less over."""

from __future__ import annotations

import itertools

import torch

from engine.codec.residual_quantizer import ResidualQuantizer
from engine.training.residual_k_means import (
    fit_codebooks,
    k_means,
    principal_components,
)


def vectors(n: int = 3000, width: int = 8) -> torch.Tensor:
    return torch.randn(n, width, generator=torch.Generator().manual_seed(5))


def test_each_codebook_takes_the_nearest_code_to_what_is_left() -> None:
    quantizer = ResidualQuantizer(2, 4, 8)
    quantizer.codebooks.copy_(torch.randn(2, 4, 8, generator=torch.Generator().manual_seed(1)))
    x = vectors(50)
    codes = quantizer.encode(x)
    rest = x
    for k in range(2):
        nearest = torch.cdist(rest, quantizer.codebooks[k]).argmin(1)
        assert torch.equal(codes[:, k], nearest)
        rest = rest - quantizer.codebooks[k][nearest]


def test_sums_of_code_vectors_are_found_again() -> None:
    quantizer = ResidualQuantizer(2, 16, 8)
    generator = torch.Generator().manual_seed(2)
    quantizer.codebooks[0] = 10 * torch.randn(16, 8, generator=generator)
    quantizer.codebooks[1] = torch.randn(16, 8, generator=generator)
    codes = torch.randint(16, (40, 2), generator=generator)
    assert torch.equal(quantizer.encode(quantizer.decode(codes)), codes)


def test_each_codebook_leaves_less_energy_over() -> None:
    quantizer, x = ResidualQuantizer(4, 16, 8), vectors()
    fit_codebooks(quantizer, x)
    codes = quantizer.encode(x)
    rest, energies = x, [float(x.square().mean())]
    for k in range(4):
        rest = rest - quantizer.codebooks[k][codes[:, k]]
        energies.append(float(rest.square().mean()))
    assert all(after < before for before, after in itertools.pairwise(energies))


def test_the_first_codebooks_are_a_coarser_codec_of_their_own() -> None:
    whole, first, x = ResidualQuantizer(4, 16, 8), ResidualQuantizer(2, 16, 8), vectors()
    fit_codebooks(whole, x)
    first.codebooks.copy_(whole.codebooks[:2])
    assert torch.equal(whole.encode(x)[:, :2], first.encode(x))


def test_a_centre_that_wins_nothing_restarts_where_vectors_are_far() -> None:
    x = torch.zeros(300, 2)
    x[295:] = torch.tensor([10.0, 0.0])  # both centres start at zero, almost surely
    centres = k_means(x, 2, 5, torch.Generator().manual_seed(0))
    assert sorted(centres[:, 0].tolist()) == [0.0, 10.0]


def test_projecting_and_back_keeps_what_lies_in_the_components() -> None:
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(400, 5, generator=generator) @ torch.randn(5, 40, generator=generator) + 2.0
    mean, basis = principal_components(x, 5, seed=0)
    assert torch.allclose(basis.T @ basis, torch.eye(5), atol=1e-4)
    assert torch.allclose((x - mean) @ basis @ basis.T + mean, x, atol=1e-3)
