"""What the codec's decoder is trained for: partials at their true level."""

from __future__ import annotations

import math

import torch

from engine.training.codec_loss import peak_error, quarter_tone_error


def partials(*levels: float) -> torch.Tensor:
    """One frame ``[1, 1, F]`` with a partial every ten bins and faint sound between."""
    frame = torch.full((1, 1, 10 * len(levels) + 1), 1e-3)
    for i, level in enumerate(levels):
        at = 10 * i + 5
        frame[0, 0, at - 1 : at + 2] = torch.tensor([0.5 * level, level, 0.5 * level])
    return frame


def test_a_partial_at_half_its_level_costs_its_share() -> None:
    source, faded = partials(0.4, 0.4), partials(0.4, 0.2)
    assert float(peak_error(source, source)) == 0.0
    assert math.isclose(float(peak_error(faded, source)), 0.5 * math.log(2.0), rel_tol=0.02)


def test_what_lies_between_partials_costs_nothing() -> None:
    source = partials(0.4, 0.3)
    noisy = source.clone()
    noisy[source == 1e-3] = 2e-3
    assert float(peak_error(noisy, source)) == 0.0


def test_a_peak_far_below_the_loudest_does_not_count() -> None:
    source, without = partials(0.8, 0.002), partials(0.8, 0.0015)
    assert float(peak_error(without, source)) == 0.0


def test_silence_has_no_peaks() -> None:
    assert float(peak_error(torch.zeros(1, 2, 30), torch.zeros(1, 2, 30))) == 0.0


def test_low_notes_are_out_of_tune_by_smaller_angles() -> None:
    low, middle, high = quarter_tone_error(
        torch.tensor([100.0, 400.0, 8000.0]), hop_s=0.01
    ).tolist()
    angle = 2 * math.pi * (100.0 * 2 ** (0.5 / 12) - 100.0) * 0.01
    assert math.isclose(low, 1 - math.cos(angle), rel_tol=1e-3)
    assert low < 0.1 * middle < high == 1.0
