from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.jobs.model_facts import ModelFacts, Reading, model_facts
from app.model.project import Expert
from engine.catalogue import find_entry
from engine.errors import WeightsUnusable


def test_the_options_shown_are_those_in_the_models_own_files() -> None:
    config = json.loads((find_entry("starter").folder / "config.json").read_text("utf-8"))["lm"]
    assert model_facts("starter").defaults == Expert(
        config["guidance"], config["temperature"], config["top_k"]
    )


def test_words_are_read_as_the_model_reads_them() -> None:
    readings = model_facts("starter").read("warm piano with xqzzt")
    assert Reading("piano", "piano") in readings
    assert Reading("xqzzt", None) in readings


def test_a_model_that_does_not_tell_its_words_marks_none_as_unknown() -> None:
    assert ModelFacts("Other", Expert(), ()).read("anything at all") == ()


def test_a_model_nobody_knows_is_refused() -> None:
    with pytest.raises(WeightsUnusable):
        model_facts("no such model")


def test_knowing_a_model_does_not_load_it() -> None:
    script = (
        "import sys; from app.jobs.model_facts import model_facts; "
        "model_facts('starter').read('piano'); print('torch' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
