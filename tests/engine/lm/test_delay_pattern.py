from __future__ import annotations

import pytest
import torch

from engine.lm.delay_pattern import (
    UNKNOWN,
    delay,
    mono_delays,
    n_known_positions,
    n_positions,
    shared_delays,
    stereo_delays,
    undelay,
)

SPECIAL = 99


@pytest.mark.parametrize("delays", [mono_delays(4), stereo_delays(8), (0,), shared_delays(6)])
def test_undelay_brings_back_what_delay_skewed(delays: tuple[int, ...]) -> None:
    codes = torch.randint(0, 90, (2, len(delays), 7))
    grid = delay(codes, delays, SPECIAL)
    assert grid.shape == (2, len(delays), n_positions(7, delays))
    assert torch.equal(undelay(grid, delays), codes)


def test_the_grid_of_a_mono_pattern_is_as_drawn_by_hand() -> None:
    codes = torch.tensor([[[1, 2, 3], [4, 5, 6]]])
    s = SPECIAL
    assert delay(codes, (0, 1), s).tolist() == [[[s, 1, 2, 3, s], [s, s, 4, 5, 6]]]


def test_left_and_right_of_a_stereo_pattern_share_a_step() -> None:
    assert stereo_delays(8) == (0, 0, 1, 1, 2, 2, 3, 3)
    with pytest.raises(ValueError, match="even"):
        stereo_delays(3)


def test_fine_codebooks_share_steps_and_coarse_ones_do_not() -> None:
    assert shared_delays(16) == (0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7)
    assert shared_delays(3) == (0, 1, 2)


def test_a_prompt_makes_its_frames_and_the_start_step_known() -> None:
    codes = torch.full((1, 3, 8), UNKNOWN)
    codes[:, :, :5] = 1
    grid = delay(codes, mono_delays(3), SPECIAL)
    assert n_known_positions(grid) == 6
    # At the seam the later codebooks are still forced by the prompt.
    assert grid[0, :, 6].tolist() == [UNKNOWN, 1, 1]
    assert grid[0, :, 7].tolist() == [UNKNOWN, UNKNOWN, 1]


def test_a_grid_without_unknown_cells_is_known_to_its_end() -> None:
    grid = delay(torch.ones(1, 3, 4, dtype=torch.int64), mono_delays(3), SPECIAL)
    assert n_known_positions(grid) == grid.shape[2]


def test_codes_with_another_number_of_codebooks_are_refused() -> None:
    with pytest.raises(ValueError, match="K = 2"):
        delay(torch.zeros(1, 2, 4, dtype=torch.int64), (0, 1, 2), SPECIAL)
