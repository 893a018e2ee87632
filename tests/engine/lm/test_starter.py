from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.checkpoints import read_section
from engine.conditions.frame_conditions import LANE_BLOCKS, N_FEATURES
from engine.errors import WeightsUnusable
from engine.lm.condition_encoder import approach_features
from engine.lm.starter import IGNORED, StarterConfig, StarterModel, code_loss
from engine.lm.starter_files import load_starter, save_starter

CONFIG = StarterConfig(
    vocabulary=("rock", "bass"),
    width=32,
    n_layers=2,
    n_heads=2,
    feed_forward_width=64,
    codebook_size=16,
    delays=(0, 1, 2),
    text_width=16,
    n_ngram_buckets=64,
    right_frames=6,
    window_frames=40,
    overlap_frames=10,
)
N_FRAMES = 10


@pytest.fixture
def model() -> StarterModel:
    torch.manual_seed(0)
    return StarterModel(CONFIG).eval()


def batch(rows: int = 2) -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(1)
    return torch.randint(0, 16, (rows, 3, N_FRAMES)), torch.rand(rows, N_FRAMES, N_FEATURES)


def test_targets_are_the_codes_each_once(model: StarterModel) -> None:
    codes, features = batch()
    logits, targets = model(codes, features, ["rock", ""])
    assert logits.shape == (2, 3, N_FRAMES + 2, 16)
    for k in range(3):
        assert torch.equal(targets[:, k, k : k + N_FRAMES], codes[:, k])
    assert int((targets != IGNORED).sum()) == codes.numel()


def test_an_untrained_model_is_about_as_unsure_as_chance(model: StarterModel) -> None:
    codes, features = batch(8)
    losses = code_loss(*model(codes, features, ["rock"] * 8))
    assert losses.shape == (3,)
    assert float(losses.mean().detach()) == pytest.approx(np.log(16), abs=0.5)


def test_gradients_reach_every_part(model: StarterModel) -> None:
    codes, features = batch()
    model.train()
    right = torch.randint(0, 16, (2, 3, 6))
    outcome = model(codes, features, ["rock bass", ""], right, torch.tensor([6, 0]))
    code_loss(*outcome).mean().backward()
    still = [
        name
        for name, parameter in model.named_parameters()
        if parameter.grad is None or not bool(parameter.grad.abs().sum() > 0)
    ]
    assert still == []


@torch.no_grad()
def test_each_input_makes_a_difference(model: StarterModel) -> None:
    codes, features = batch()
    right = torch.randint(0, 16, (2, 3, 6))
    lengths = torch.tensor([6, 6])
    plain, _ = model(codes, features, ["rock", "rock"], right, lengths)
    variants = [
        model(codes, features, ["bass", "rock"], right, lengths),
        model(codes, features * 0, ["rock", "rock"], right, lengths),
        model(codes, features, ["rock", "rock"], (right + 1) % 16, lengths),
        model(codes, features, ["rock", "rock"], right, lengths - 3),
    ]
    for logits, _ in variants:
        assert not torch.equal(logits, plain)


@torch.no_grad()
def test_right_codes_past_a_rows_length_make_no_difference(model: StarterModel) -> None:
    codes, features = batch()
    right = torch.randint(0, 16, (2, 3, 6))
    other = right.clone()
    other[:, :, 3:] = 0
    lengths = torch.tensor([3, 0])
    before, _ = model(codes, features, ["rock", ""], right, lengths)
    after, _ = model(codes, features, ["rock", ""], other, lengths)
    assert torch.equal(before, after)


@torch.no_grad()
def test_length_zero_is_the_same_as_no_right_context(model: StarterModel) -> None:
    codes, features = batch()
    right = torch.randint(0, 16, (2, 3, 6))
    without, _ = model(codes, features, ["rock", "bass"])
    with_none, _ = model(codes, features, ["rock", "bass"], right, torch.zeros(2).long())
    assert (without - with_none).abs().max() < 1e-5


def test_what_follows_comes_closer_frame_by_frame() -> None:
    features = approach_features(50, torch.tensor([True, False]), 25.0)
    assert features.shape == (2, 50, 4)
    assert (features[0, :, 0] == 1).all()
    assert (features[0, 1:, 1:] > features[0, :-1, 1:]).all()
    assert features[0, -1, 2] == pytest.approx(np.exp(-0.04 / 2.0))
    assert (features[1] == 0).all()


def test_the_null_row_hears_no_lane_and_no_text_but_what_follows(model: StarterModel) -> None:
    features = np.random.default_rng(0).random((N_FRAMES, N_FEATURES), dtype=np.float32)
    right = torch.randint(0, 16, (3, 4))
    guide = model.guide("rock bass", "", features, right)
    assert guide.memory_mask.tolist() == [[True] * 6, [False, False] + [True] * 4]
    null = model.guide("", "", np.zeros_like(features), right)
    assert guide.condition is not None
    assert null.condition is not None
    assert torch.equal(guide.condition[1], null.condition[0])
    assert not torch.equal(guide.condition[0], guide.condition[1])


def test_a_negative_prompt_takes_the_null_rows_place(model: StarterModel) -> None:
    features = np.zeros((N_FRAMES, N_FEATURES), dtype=np.float32)
    guide = model.guide("rock", "bass", features, None)
    assert guide.memory_mask.tolist() == [[True], [True]]
    assert not torch.equal(guide.memory[0], guide.memory[1])


@torch.no_grad()
def test_an_unseen_word_is_read_by_its_letters(model: StarterModel) -> None:
    (basses, blank), mask = model.text.encode(["basses", ""])
    assert mask.tolist() == [[True], [False]]
    assert basses.abs().sum() > 0
    assert torch.equal(blank, torch.zeros_like(blank))


def test_the_lane_blocks_tile_the_features() -> None:
    ends = [0, *(block.stop for block in LANE_BLOCKS.values())]
    assert [block.start for block in LANE_BLOCKS.values()] == ends[:-1]
    assert ends[-1] == N_FEATURES


def test_a_saved_model_comes_back_up_to_half_precision(model: StarterModel, tmp_path: Path) -> None:
    save_starter(model, tmp_path)
    again = load_starter(tmp_path)
    assert again.config == model.config
    for name, tensor in model.state_dict().items():
        assert torch.equal(again.state_dict()[name], tensor.half().float()), name


def test_weights_of_another_size_are_refused_in_one_line(
    model: StarterModel, tmp_path: Path
) -> None:
    save_starter(model, tmp_path)
    path = tmp_path / "config.json"
    path.write_text(path.read_text().replace('"width": 32', '"width": 64'))
    with pytest.raises(WeightsUnusable, match=r"shape of .* instead of .* more") as told:
        load_starter(tmp_path)
    assert "\n" not in told.value.message


def test_unknown_settings_are_refused(model: StarterModel, tmp_path: Path) -> None:
    save_starter(model, tmp_path)
    path = tmp_path / "config.json"
    path.write_text(path.read_text().replace('"top_k": 60', '"top_k": 60, "wobble": 1'))
    assert read_section(tmp_path, "lm")["wobble"] == 1
    with pytest.raises(WeightsUnusable, match="wobble"):
        load_starter(tmp_path)
