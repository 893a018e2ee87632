from __future__ import annotations

import pytest
import torch

from engine.lm.sampling import (
    DrawingRule,
    draw,
    exponential_noise,
    keep_nucleus,
    keep_top_k,
    mix_guidance,
)
from engine.requests import Sampling

PROBABILITIES = torch.tensor([0.4, 0.3, 0.15, 0.1, 0.05])


def test_guidance_pushes_away_from_the_null_row() -> None:
    conditional, null = torch.tensor([2.0, 0.0]), torch.tensor([1.0, 1.0])
    assert mix_guidance(conditional, null, 3.0).tolist() == [4.0, -2.0]
    assert torch.equal(mix_guidance(conditional, null, 1.0), conditional)


def test_top_k_keeps_what_ties_with_the_last_one() -> None:
    tied = torch.tensor([0.4, 0.2, 0.2, 0.1, 0.1])
    assert (keep_top_k(tied, 2) > 0).tolist() == [True, True, True, False, False]
    assert (keep_top_k(PROBABILITIES, 2) > 0).tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("k", [0, 5, 9])
def test_top_k_without_a_limit_changes_nothing(k: int) -> None:
    assert torch.equal(keep_top_k(PROBABILITIES, k), PROBABILITIES)


def test_the_nucleus_drops_codes_before_which_more_than_p_lies() -> None:
    shuffled = PROBABILITIES[[3, 0, 4, 2, 1]]
    kept = keep_nucleus(shuffled, 0.6)
    # Before the third likeliest lie 0.7 already.
    assert (kept > 0).tolist() == [False, True, False, False, True]
    assert torch.equal(kept[[1, 4]], shuffled[[1, 4]])
    assert torch.equal(keep_nucleus(shuffled, 0.0), shuffled)


def test_temperature_zero_takes_the_likeliest_code_whatever_the_noise() -> None:
    scores = torch.tensor([[[0.0, 3.0, 1.0]]])
    rule = DrawingRule(guidance=3.0, temperature=0.0, top_k=0)
    assert draw(scores, rule, torch.tensor([[[1e-6, 1e6, 1.0]]])).tolist() == [[1]]


def test_draws_follow_the_probabilities() -> None:
    scores = PROBABILITIES.log().expand(1, 1, 5)
    rule = DrawingRule(guidance=1.0, temperature=1.0, top_k=0)
    counts = torch.zeros(5)
    noise = exponential_noise(range(4000), 0, 1, 5)
    for code in draw(scores.expand(4000, 1, 5), rule, noise)[:, 0]:
        counts[code] += 1
    assert (counts / 4000 - PROBABILITIES).abs().max() < 0.03


def test_a_low_temperature_sharpens() -> None:
    scores = PROBABILITIES.log().expand(1000, 1, 5)
    noise = exponential_noise(range(1000), 0, 1, 5)
    shares = [
        float((draw(scores, DrawingRule(1.0, t, 0), noise) == 0).float().mean())
        for t in (0.25, 1.0, 4.0)
    ]
    assert shares[0] > shares[1] > shares[2]


def test_codes_outside_top_k_are_never_drawn() -> None:
    scores = PROBABILITIES.log().expand(500, 1, 5)
    rule = DrawingRule(guidance=1.0, temperature=1.0, top_k=2)
    assert int(draw(scores, rule, exponential_noise(range(500), 3, 1, 5)).max()) == 1


def test_noise_belongs_to_the_seed_and_the_place_alone() -> None:
    alone = exponential_noise([7], 40, 3, 16)
    beside = exponential_noise([5, 7, -1], 40, 3, 16)
    assert torch.equal(alone[0], beside[1])
    assert not torch.equal(alone, exponential_noise([7], 41, 3, 16))
    assert not torch.equal(beside[0], beside[1])


def test_noise_is_exponential_with_mean_one() -> None:
    noise = exponential_noise([1], 0, 6, 4096)
    assert float(noise.min()) > 0
    assert torch.isfinite(noise).all()
    assert float(noise.mean()) == pytest.approx(1.0, abs=0.03)
    assert float((noise > 1.0).float().mean()) == pytest.approx(0.368, abs=0.02)


def test_a_request_overrides_only_what_it_sets() -> None:
    own = DrawingRule(guidance=3.0, temperature=1.0, top_k=60)
    assert own.asked(Sampling(temperature=0.0, top_p=0.9)) == DrawingRule(3.0, 0.0, 60, 0.9)
