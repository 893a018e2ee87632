"""A decoder small enough to test mathematics with."""

from __future__ import annotations

import pytest
import torch

from engine.lm.transformer import Decoder, LMConfig

SMALL = LMConfig(
    width=32, n_layers=2, n_heads=2, feed_forward_width=64, codebook_size=16, delays=(0, 1, 2)
)


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture
def decoder() -> Decoder:
    torch.manual_seed(0)
    return Decoder(SMALL).eval()
