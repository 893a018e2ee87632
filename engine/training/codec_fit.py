"""First half of the codec's training: projection and codebooks, fitted without gradients.

What comes out decides every code for good: the decoder can be trained afterwards, on codes that
others already learn from.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from engine.codec.starter_codec import StarterCodec, StarterCodecConfig
from engine.training.residual_k_means import ROWS_AT_ONCE, fit_codebooks, principal_components

PROJECTION_EVERY = 3
"""One frame of so many decides the projection, which needs fewer of them than the codebooks."""


def as_stored(tensor: Tensor) -> Tensor:
    """Rounded to half precision, as a checkpoint holds it, so that loading changes no code."""
    return tensor.half().float()


@torch.no_grad()
def fit_codec(
    config: StarterCodecConfig,
    sounds: Iterable[Tensor],
    *,
    seed: int = 0,
    device: torch.device | None = None,
) -> StarterCodec:
    """A codec that codes ``sounds`` (each ``[N]`` at the codec's rate) well; its network is new.

    Keeps every frame in memory while fitting: 8 KB per code frame, 0.75 GB per hour of sound.
    """
    codec = StarterCodec(config).to(device)
    reach, hop = codec.spectrum.reach, config.hop
    rows: list[Tensor] = []
    for sound in sounds:
        whole = sound[: sound.shape[0] // hop * hop].to(device)
        spectra = codec.spectrum.analyse(torch.nn.functional.pad(whole[None], (reach, reach)))
        rows.append(codec.features(spectra.abs())[0].half())
    features = torch.cat(rows)
    rows.clear()
    mean, basis = principal_components(features[::PROJECTION_EVERY], config.n_components, seed)
    codec.mean.copy_(as_stored(mean))
    codec.basis.copy_(as_stored(basis))
    vectors = torch.cat(
        [(part.float() - codec.mean) @ codec.basis for part in torch.split(features, ROWS_AT_ONCE)]
    )
    del features
    codec.vector_scale.copy_(as_stored(1.0 / vectors.square().mean().sqrt()))
    fit_codebooks(codec.quantizer, vectors, seed=seed)
    codec.quantizer.codebooks.copy_(as_stored(codec.quantizer.codebooks))
    return codec
