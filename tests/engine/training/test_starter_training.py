"""The language model's training: its schedule, and being stopped, resumed and lengthened."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.lm.starter import StarterConfig, StarterModel, code_loss
from engine.score import Score
from engine.timebase import CodecClock, Seconds
from engine.training.dataset import EncodedPiece
from engine.training.starter import StarterTraining, batch_loss, draw_step, train_starter

CLOCK = CodecClock(32_000, 320, n_codebooks=2, codebook_size=16)
PLAN = StarterTraining(
    n_steps=6, frames_per_batch=40, row_frames=(20,), warm_up_steps=1, report_every=1
)


def a_piece() -> EncodedPiece:
    codes = np.random.default_rng(0).integers(0, 16, (2, 100)).astype(np.int16)
    return EncodedPiece(codes, Score(Seconds(1.0)), (), (), ("calm flute",))


def a_model() -> StarterModel:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    return StarterModel(
        StarterConfig(
            vocabulary=("calm", "flute"),
            width=32,
            n_layers=1,
            n_heads=2,
            feed_forward_width=32,
            codebook_size=16,
            delays=(0, 1),
            frame_rate_hz=100.0,
            text_width=16,
            n_ngram_buckets=32,
            right_frames=8,
        )
    )


def trained(run: Path, plan: StarterTraining, n_reports: int | None = None) -> StarterModel:
    model = a_model()
    reports = train_starter(model, CLOCK, [a_piece()], [a_piece()], plan, run, torch.device("cpu"))
    for _ in islice(reports, n_reports):
        pass
    return model


def steps_reported(run: Path, plan: StarterTraining) -> list[int]:
    reports = train_starter(a_model(), CLOCK, [a_piece()], [], plan, run, torch.device("cpu"))
    return [report.step for report in reports]


def test_the_rate_warms_up_stays_level_and_falls_to_its_final_share() -> None:
    plan = StarterTraining(
        n_steps=100, learning_rate=1.0, warm_up_steps=10, cool_down_share=0.4, final_share=0.1
    )
    rates = [plan.learning_rate_at(step) for step in range(101)]
    assert rates[0] == pytest.approx(0.1)
    assert set(rates[9:61]) == {1.0}
    assert np.diff(rates[60:]) == pytest.approx(np.full(40, -0.9 / 40))
    assert rates[100] == pytest.approx(0.1)


@torch.no_grad()
def test_coarse_codebooks_count_more() -> None:
    model, plan = a_model().eval(), replace(PLAN, half_weight_codebook=1)
    batch = draw_step([a_piece()], CLOCK, 8, plan, 0, 0)
    logits, targets = model(
        batch.codes, batch.features, batch.prompts, batch.right_context, batch.right_lengths
    )
    coarse, fine = code_loss(logits, targets).tolist()
    weighted = batch_loss(model, batch, plan, torch.device("cpu"))
    assert float(weighted) == pytest.approx((coarse + fine / 2) / 1.5, rel=1e-5)


def test_a_stopped_training_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    plan = replace(PLAN, save_every_s=0.0)
    unbroken = trained(tmp_path / "unbroken", plan)
    trained(tmp_path / "stopped", plan, n_reports=4)
    resumed = trained(tmp_path / "stopped", plan)
    for name, value in unbroken.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_a_longer_plan_goes_on_from_before_the_cool_down(tmp_path: Path) -> None:
    trained(tmp_path, PLAN)
    longer = replace(PLAN, n_steps=10)
    assert steps_reported(tmp_path, longer) == [4, 5, 6, 7, 8, 9, 10]


def test_a_plan_lengthened_before_its_cool_down_loses_nothing(tmp_path: Path) -> None:
    trained(tmp_path, PLAN)
    trained(tmp_path, replace(PLAN, n_steps=12, save_every_s=0.0), n_reports=3)
    # The generator stops inside step 6, whose checkpoint is not written yet.
    assert steps_reported(tmp_path, replace(PLAN, n_steps=14))[0] == 6
