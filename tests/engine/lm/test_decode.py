from __future__ import annotations

import pytest
import torch

from engine.cancel import Cancelled, CancelToken
from engine.lm.decode import Guide, decode
from engine.lm.delay_pattern import UNKNOWN, delay, undelay
from engine.lm.sampling import DrawingRule
from engine.lm.transformer import Decoder

N_FRAMES = 12
RULE = DrawingRule(guidance=3.0, temperature=1.0, top_k=8)


@pytest.fixture
def guide(decoder: Decoder) -> Guide:
    torch.manual_seed(1)
    width = decoder.config.width
    mask = torch.tensor([[True] * 4, [False] * 4])
    n_positions = N_FRAMES + max(decoder.config.delays)
    return Guide(torch.randn(2, 4, width), mask, torch.randn(2, n_positions, width))


def empty_codes(decoder: Decoder, n_takes: int = 1) -> torch.Tensor:
    return torch.full((n_takes, decoder.config.n_codebooks, N_FRAMES), UNKNOWN)


def play(
    decoder: Decoder,
    guide: Guide,
    codes: torch.Tensor,
    seeds: list[int],
    rule: DrawingRule = RULE,
    first: int = 0,
) -> torch.Tensor:
    config = decoder.config
    grid = delay(codes, config.delays, config.special)
    for _ in decode(decoder, grid, guide, rule, seeds, first, CancelToken()):
        pass
    return undelay(grid, config.delays)


def test_every_cell_is_filled_with_a_code(decoder: Decoder, guide: Guide) -> None:
    codes = play(decoder, guide, empty_codes(decoder), [3])
    assert codes.min() >= 0
    assert codes.max() < decoder.config.codebook_size


def test_the_same_seed_gives_the_same_codes_and_another_seed_others(
    decoder: Decoder, guide: Guide
) -> None:
    first, again, other = (play(decoder, guide, empty_codes(decoder), [s]) for s in (3, 3, 4))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_take_is_the_same_alone_and_beside_others(decoder: Decoder, guide: Guide) -> None:
    together = play(decoder, guide, empty_codes(decoder, 3), [3, 4, 5])
    for row, seed in enumerate([3, 4, 5]):
        assert torch.equal(play(decoder, guide, empty_codes(decoder), [seed])[0], together[row])


def test_takes_after_a_shared_beginning_are_those_they_are_alone(
    decoder: Decoder, guide: Guide
) -> None:
    codes = empty_codes(decoder, 3)
    codes[:, :, :5] = 2
    together = play(decoder, guide, codes, [3, 4, 5])
    for row, seed in enumerate([3, 4, 5]):
        assert torch.equal(play(decoder, guide, codes[:1], [seed])[0], together[row])


def test_takes_may_begin_differently(decoder: Decoder, guide: Guide) -> None:
    codes = empty_codes(decoder, 2)
    codes[0, :, :5] = 2
    codes[1, :, :5] = 9
    together = play(decoder, guide, codes, [3, 4])
    for row, seed in enumerate([3, 4]):
        assert torch.equal(play(decoder, guide, codes[row : row + 1], [seed])[0], together[row])


def test_known_cells_are_kept_whatever_their_place(decoder: Decoder, guide: Guide) -> None:
    codes = empty_codes(decoder)
    codes[:, :, :5] = 2
    codes[:, 0, 8] = 7
    played = play(decoder, guide, codes, [3])
    known = codes != UNKNOWN
    assert torch.equal(played[known], codes[known])
    assert (played != UNKNOWN).all()


def test_greedy_steps_equal_the_argmax_of_the_full_pass(decoder: Decoder, guide: Guide) -> None:
    rule = DrawingRule(guidance=3.0, temperature=0.0, top_k=0)
    codes = play(decoder, guide, empty_codes(decoder), [0], rule)
    grid = delay(codes, decoder.config.delays, decoder.config.special)
    with torch.no_grad():
        rows = grid[:, :, :-1].repeat(2, 1, 1)
        logits = decoder(rows, guide.memory, guide.memory_mask, guide.condition)
    expected = (logits[1] + 3.0 * (logits[0] - logits[1])).argmax(dim=-1)
    is_code = grid[0, :, 1:] != decoder.config.special
    assert torch.equal(expected[is_code], grid[0, :, 1:][is_code])


def test_guidance_one_needs_no_null_row(decoder: Decoder, guide: Guide) -> None:
    rule = DrawingRule(guidance=1.0, temperature=1.0, top_k=8)
    other_null = Guide(
        torch.cat([guide.memory[:1], guide.memory[1:] + 5.0]),
        torch.ones_like(guide.memory_mask),
        guide.condition,
    )
    ours = play(decoder, guide, empty_codes(decoder), [3], rule)
    assert torch.equal(ours, play(decoder, other_null, empty_codes(decoder), [3], rule))


def test_what_is_wholly_known_needs_no_step(decoder: Decoder, guide: Guide) -> None:
    codes = torch.ones(1, 3, N_FRAMES, dtype=torch.int64)
    grid = delay(codes, decoder.config.delays, decoder.config.special)
    assert list(decode(decoder, grid, guide, RULE, [0], 0, CancelToken())) == []


def test_nothing_is_drawn_after_a_cancel(decoder: Decoder, guide: Guide) -> None:
    config = decoder.config
    grid = delay(empty_codes(decoder), config.delays, config.special)
    cancel = CancelToken()
    steps = decode(decoder, grid, guide, RULE, [0], 0, cancel)
    reached = [next(steps) for _ in range(4)]
    cancel.cancel()
    before = grid.clone()
    with pytest.raises(Cancelled):
        next(steps)
    assert reached == [1, 2, 3, 4]
    assert torch.equal(grid, before)
    assert list(steps) == []
