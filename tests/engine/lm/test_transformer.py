from __future__ import annotations

import math

import pytest
import torch

from engine.lm.delay_pattern import delay
from engine.lm.transformer import Decoder, LMConfig, sinusoids


def inputs(decoder: Decoder, n_frames: int = 9) -> tuple[torch.Tensor, ...]:
    config = decoder.config
    codes = torch.randint(0, config.codebook_size, (2, config.n_codebooks, n_frames))
    grid = delay(codes, config.delays, config.special)
    memory = torch.randn(2, 5, config.width)
    mask = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])
    condition = torch.randn(2, grid.shape[2], config.width)
    return grid, memory, mask, condition


def test_positions_follow_the_closed_form_with_cosines_first() -> None:
    width, half = 64, 32
    table = sinusoids(1504, width)
    for position in (0, 1, 100, 1503):
        for i in (0, 1, 15, 31):
            angle = position * 10000 ** (-i / (half - 1))
            assert table[position, i] == pytest.approx(math.cos(angle), abs=2e-4)
            assert table[position, half + i] == pytest.approx(math.sin(angle), abs=2e-4)


@torch.no_grad()
@pytest.mark.parametrize("n_prompt", [1, 4])
def test_the_cached_steps_equal_the_full_pass(decoder: Decoder, n_prompt: int) -> None:
    grid, memory, mask, condition = inputs(decoder)
    full = decoder(grid, memory, mask, condition)
    cache = decoder.open_cache(memory, mask, grid.shape[2])
    steps = [decoder.step(grid[:, :, :n_prompt], cache, condition[:, :n_prompt])]
    for s in range(n_prompt, grid.shape[2]):
        steps.append(decoder.step(grid[:, :, s : s + 1], cache, condition[:, s : s + 1]))
    difference = torch.stack(steps, dim=2) - full[:, :, n_prompt - 1 :]
    assert difference.abs().max() < 1e-5


@torch.no_grad()
def test_a_beginning_read_in_parts_equals_one_read_at_once(decoder: Decoder) -> None:
    grid, memory, mask, condition = inputs(decoder)
    full = decoder(grid, memory, mask, condition)
    cache = decoder.open_cache(memory, mask, grid.shape[2])
    for part in (slice(0, 4), slice(4, 9), slice(9, 12)):
        scores = decoder.step(grid[:, :, part], cache, condition[:, part])
        assert (scores - full[:, :, part.stop - 1]).abs().max() < 1e-5


@torch.no_grad()
def test_the_future_does_not_reach_back(decoder: Decoder) -> None:
    grid, memory, mask, condition = inputs(decoder)
    before = decoder(grid, memory, mask, condition)
    changed = grid.clone()
    changed[:, :, 6] = 0
    after = decoder(changed, memory, mask, condition)
    assert torch.equal(before[:, :, :6], after[:, :, :6])
    assert not torch.equal(before[:, :, 6:], after[:, :, 6:])


@torch.no_grad()
def test_a_row_without_memory_receives_exactly_zero_from_cross_attention(decoder: Decoder) -> None:
    grid, memory, _, condition = inputs(decoder)
    received: list[torch.Tensor] = []
    for layer in decoder._stack:
        layer.cross_attention.register_forward_hook(lambda _m, _i, out: received.append(out))
    mask = torch.tensor([[True] * 5, [False] * 5])
    logits = decoder(grid, memory, mask, condition)
    assert torch.isfinite(logits).all()
    assert len(received) == decoder.config.n_layers
    for output in received:
        assert torch.equal(output[1], torch.zeros_like(output[1]))
        assert output[0].abs().max() > 0


@torch.no_grad()
def test_hidden_memory_makes_no_difference(decoder: Decoder) -> None:
    grid, memory, mask, condition = inputs(decoder)
    other = memory.clone()
    other[1, 3:] = 7.0
    before, after = (decoder(grid, m, mask, condition) for m in (memory, other))
    assert torch.equal(before, after)


def test_a_cache_refuses_more_positions_than_it_holds(decoder: Decoder) -> None:
    grid, memory, mask, condition = inputs(decoder)
    cache = decoder.open_cache(memory, mask, 3)
    with pytest.raises(ValueError, match="holds 3 positions"):
        decoder.step(grid[:, :, :4], cache, condition[:, :4])


def test_wrong_shapes_are_named(decoder: Decoder) -> None:
    grid, memory, mask, condition = inputs(decoder)
    with pytest.raises(ValueError, match="K = 2"):
        decoder(grid[:, :2], memory, mask, condition)
    with pytest.raises(ValueError, match=r"memory is \[B, L, D\]"):
        decoder(grid, memory[:1], mask, condition)


def test_a_width_that_does_not_split_into_heads_is_refused() -> None:
    with pytest.raises(ValueError, match="does not split"):
        LMConfig(30, 1, 4, 64, 16, (0,))
