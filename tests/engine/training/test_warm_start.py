"""A language model that starts from the codec's own vectors."""

from __future__ import annotations

import pytest
import torch

from engine.lm.transformer import Decoder, LMConfig
from engine.training.warm_start import start_from_codec

SIZES = LMConfig(
    width=32, n_layers=1, n_heads=2, feed_forward_width=64, codebook_size=24, delays=(0, 1)
)


def test_codes_that_sound_alike_start_with_embeddings_that_lie_near() -> None:
    torch.manual_seed(0)
    codebooks = torch.randn(2, 24, 16)
    codebooks[0, 3] = codebooks[0, 7] + 0.01 * torch.randn(16)
    decoder = Decoder(SIZES)
    start_from_codec(decoder, codebooks)
    table = decoder.embedding.weight.view(2, 25, 32)[0, :24]
    distances = (table - table[7]).norm(dim=1)
    distances[7] = torch.inf
    assert int(distances.argmin()) == 3


def test_before_any_training_a_held_sound_is_expected_to_go_on() -> None:
    torch.manual_seed(0)
    decoder = Decoder(SIZES).eval()
    start_from_codec(decoder, torch.randn(2, 24, 16))
    codes = torch.arange(24)[:, None, None].expand(24, 2, 6).contiguous()
    memory, mask = torch.zeros(24, 1, 32), torch.zeros(24, 1, dtype=torch.bool)
    with torch.no_grad():
        scores = decoder(codes, memory, mask)[:, :, -1]
    shares = scores.softmax(dim=-1)[torch.arange(24), :, torch.arange(24)]
    assert float(shares.mean()) > 3 / 24


def test_codebooks_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="codebooks"):
        start_from_codec(Decoder(SIZES), torch.randn(3, 24, 16))
    with pytest.raises(ValueError, match="width"):
        start_from_codec(Decoder(SIZES), torch.randn(2, 24, 64))
