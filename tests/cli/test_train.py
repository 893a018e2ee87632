"""``inlay train``: refusals; the trainings themselves are tested where they live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Refused = Callable[..., str]


@pytest.mark.parametrize("part", ["codec", "hearing"])
def test_without_music_the_way_to_it_is_named(refused: Refused, tmp_path: Path, part: str) -> None:
    said = refused("train", part, "--corpus", tmp_path, "--runs", tmp_path, "--model", tmp_path)
    assert "inlay train corpus" in said


def test_without_a_codec_no_language_model_is_trained(refused: Refused, tmp_path: Path) -> None:
    assert "config.json" in refused("train", "starter", "--model", tmp_path)


def test_a_training_of_no_steps_is_refused(refused: Refused) -> None:
    assert "--steps" in refused("train", "codec", "--steps", 0)
