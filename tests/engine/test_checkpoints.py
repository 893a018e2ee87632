from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from engine.checkpoints import (
    find_model,
    load_into,
    model_hash,
    read_section,
    read_weights,
    weights_difference,
    write_section,
    write_weights,
)
from engine.errors import WeightsUnusable


@pytest.mark.parametrize("suffix", [".bin", ".ckpt", ".pth", ".pt", ".PKL"])
def test_a_pickle_is_refused_unread_and_the_way_out_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lm{suffix}"
    path.write_bytes(b"never read")
    for door in (read_weights, lambda given: find_model(str(given))):
        with pytest.raises(WeightsUnusable) as told:
            door(path)
        assert "inlay models import" in told.value.hint


def test_a_folder_that_holds_only_a_pickle_names_the_way_out_too(tmp_path: Path) -> None:
    (tmp_path / "lm.bin").write_bytes(b"never read")
    with pytest.raises(WeightsUnusable, match="models import"):
        read_weights(tmp_path / "lm.safetensors")


def test_damaged_and_missing_weights_are_told(tmp_path: Path) -> None:
    path = tmp_path / "lm.safetensors"
    with pytest.raises(WeightsUnusable, match="missing or damaged"):
        read_weights(path)
    path.write_bytes(b"\x00" * 40)
    with pytest.raises(WeightsUnusable, match="missing or damaged"):
        read_weights(path)


def test_weights_come_back_in_half_precision(tmp_path: Path) -> None:
    module, again = nn.Linear(3, 2), nn.Linear(3, 2)
    write_weights(tmp_path / "a" / "x.safetensors", module)
    load_into(again, tmp_path / "a" / "x.safetensors")
    assert torch.equal(again.weight, module.weight.half().float())
    assert again.weight.dtype == torch.float32


def test_weights_of_another_module_are_refused(tmp_path: Path) -> None:
    write_weights(tmp_path / "x.safetensors", nn.Linear(3, 2))
    with pytest.raises(WeightsUnusable, match=r"weight \[2, 3\] instead of \[2, 4\]"):
        load_into(nn.Linear(4, 2), tmp_path / "x.safetensors")
    with pytest.raises(WeightsUnusable, match="unknown bias"):
        load_into(nn.Linear(3, 2, bias=False), tmp_path / "x.safetensors")


def test_a_difference_is_one_short_line() -> None:
    expected = {f"layer.{i}": (1,) for i in range(50)}
    line = weights_difference(expected, {"other": (2,)})
    assert line == "missing layer.0, layer.1 and 48 more; unknown other"
    assert weights_difference(expected, expected) == ""


def test_sections_of_the_configuration_are_independent(tmp_path: Path) -> None:
    write_section(tmp_path, "lm", {"width": 8})
    write_section(tmp_path, "codec", {"hop": 2})
    write_section(tmp_path, "lm", {"width": 9})
    assert read_section(tmp_path, "lm") == {"width": 9}
    assert read_section(tmp_path, "codec") == {"hop": 2}
    with pytest.raises(WeightsUnusable, match="no section “hearing”"):
        read_section(tmp_path, "hearing")


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"lm": 3}'])
def test_a_broken_configuration_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(WeightsUnusable):
        read_section(tmp_path, "lm")


def test_models_are_found_by_folder_and_unknown_names_are_told(tmp_path: Path) -> None:
    assert find_model(str(tmp_path)) == tmp_path
    with pytest.raises(WeightsUnusable, match="no model called “nobody”"):
        find_model("nobody")


def test_the_hash_changes_with_any_weight_or_setting(tmp_path: Path) -> None:
    write_section(tmp_path, "lm", {"width": 8})
    write_weights(tmp_path / "lm.safetensors", nn.Linear(2, 2))
    hashes = {model_hash(tmp_path)}
    write_weights(tmp_path / "lm.safetensors", nn.Linear(2, 2))
    hashes.add(model_hash(tmp_path))
    write_section(tmp_path, "lm", {"width": 9})
    hashes.add(model_hash(tmp_path))
    assert len(hashes) == 3
    assert model_hash(tmp_path) in hashes
