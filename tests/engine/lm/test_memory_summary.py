"""Words and what follows, added to the input."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from engine.conditions.frame_conditions import N_FEATURES
from engine.lm.starter import StarterConfig, StarterModel
from engine.lm.starter_files import load_starter, save_starter

PLAIN = StarterConfig(
    vocabulary=("rock", "calm"), width=32, n_layers=2, n_heads=2, feed_forward_width=64,
    codebook_size=16, delays=(0, 1, 2), text_width=16, n_ngram_buckets=64, right_frames=8,
)  # fmt: skip
ADDING = replace(PLAIN, adds_memory=True)
N_FRAMES = 50
FEATURES = np.zeros((N_FRAMES, N_FEATURES), np.float32)


def model(config: StarterConfig = ADDING) -> StarterModel:
    torch.manual_seed(0)
    return StarterModel(config).eval()


def added(starter: StarterModel, prompt: str, right: torch.Tensor | None = None) -> torch.Tensor:
    condition = starter.guide(prompt, "", FEATURES, right).condition
    assert condition is not None
    return condition


def right_codes(seed: int) -> torch.Tensor:
    return torch.randint(16, (3, 6), generator=torch.Generator().manual_seed(seed))


def test_words_are_added_alike_at_every_frame_and_not_to_the_null_row() -> None:
    starter = model()
    difference = added(starter, "rock") - added(starter, "calm")
    assert difference[0, :N_FRAMES].abs().min(dim=0).values.max() > 0.01
    torch.testing.assert_close(difference[0, 0], difference[0, N_FRAMES - 1])
    assert not difference[1].any()


def test_what_follows_is_heard_more_the_nearer_it_is_in_both_rows() -> None:
    starter = model()
    difference = added(starter, "", right_codes(1)) - added(starter, "", right_codes(2))
    strength = difference.abs().amax(dim=2)
    for row in strength[:, :N_FRAMES]:
        assert bool((row.diff() >= 0).all())
        assert row[-1] > 3 * row[0]


def test_rows_that_know_nothing_of_what_follows_are_as_without_it() -> None:
    starter = model()
    codes = torch.randint(16, (2, 3, N_FRAMES), generator=torch.Generator().manual_seed(3))
    features = torch.from_numpy(np.stack([FEATURES, FEATURES]))
    unheard = right_codes(1)[None].expand(2, -1, -1)
    none = torch.zeros(2, dtype=torch.long)
    with torch.inference_mode():
        told, _ = starter(codes, features, ["rock", ""], unheard, none)
        alone, _ = starter(codes, features, ["rock", ""])
    torch.testing.assert_close(told, alone)


def test_gradients_reach_it() -> None:
    starter = model()
    codes = torch.randint(16, (1, 3, N_FRAMES))
    features = torch.from_numpy(FEATURES[None])
    logits, _ = starter(codes, features, ["rock"], right_codes(1)[None], torch.tensor([6]))
    logits.square().mean().backward()
    assert starter.summary is not None
    assert all(p.grad is not None and p.grad.any() for p in starter.summary.parameters())


def test_it_is_kept_with_the_model_and_older_models_do_without(tmp_path: Path) -> None:
    for name, config in (("old", PLAIN), ("new", ADDING)):
        save_starter(model(config), tmp_path / name)
        assert (load_starter(tmp_path / name).summary is None) == (name == "old")
