"""Starting the language model from what the codec already knows: which codes sound alike.

The codec's code vectors, turned by one random rotation into the decoder's width, become its
embeddings and its output heads. At the first step the decoder then sees the last frame's sound
rather than a number, and prefers codes that sound like it. Started from noise, a language model
on these codes had not learnt in 900 steps that sound goes on from one frame to the next.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.lm.transformer import Decoder

EMBEDDING_RMS = 1.0
"""Root mean square of the summed embeddings, beside positions of about 0.7."""
HEAD_RMS = 0.06
"""Root mean square of a head's weights: scores differ by a few nats from the start."""


@torch.no_grad()
def start_from_codec(decoder: Decoder, codebooks: Tensor, seed: int = 0) -> None:
    """Fill embeddings and heads of ``decoder`` from ``codebooks`` ``[K, V, C]``.

    Rows of the special id keep their random values. Raises ValueError where the sizes differ or
    the code vectors are wider than the decoder.
    """
    config = decoder.config
    n_codebooks, codebook_size, code_width = codebooks.shape
    if (n_codebooks, codebook_size) != (config.n_codebooks, config.codebook_size):
        raise ValueError(f"codebooks {tuple(codebooks.shape)} are not those of {config}")
    if code_width > config.width:
        raise ValueError(f"code vectors of {code_width} do not fit a width of {config.width}")
    generator = torch.Generator().manual_seed(seed)
    rotation = torch.linalg.qr(torch.randn(config.width, code_width, generator=generator)).Q
    vectors = codebooks @ rotation.T  # [K, V, D]
    vectors = vectors - vectors.mean(dim=1, keepdim=True)
    total_rms = vectors.square().mean(dim=(1, 2)).sum().sqrt()
    table = decoder.embedding.weight.view(n_codebooks, codebook_size + 1, config.width)
    table[:, :codebook_size] = vectors * (EMBEDDING_RMS / total_rms)
    book_rms = vectors.square().mean(dim=(1, 2), keepdim=True).sqrt()
    decoder.heads.weight.copy_((vectors * (HEAD_RMS / book_rms)).flatten(0, 1))
