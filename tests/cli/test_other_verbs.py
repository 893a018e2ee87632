"""The verbs that listen, list and measure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import generation_speed, machine
from app.cli.doctor import findings
from engine.catalogue import known_models
from tests.cli.conftest import Inlay

Refused = Callable[..., str]


def test_analyze_prints_lab_lines(inlay: Inlay, recording: Path) -> None:
    answer = inlay("analyze", recording)
    assert answer.status == 0
    chords = [line for line in answer.out.splitlines() if not line.startswith("#")]
    assert chords == ["0.000\t2.000\tN"]
    assert "# key C:maj" in answer.out


def test_analyze_speaks_json(inlay: Inlay, recording: Path) -> None:
    heard = json.loads(inlay("analyze", recording, "--json").out)
    assert heard["chords"] == [{"start": 0.0, "end": 2.0, "label": "N"}]
    assert heard["level_db"] == pytest.approx(-10.8, abs=0.1)


def test_models_are_listed_with_their_licence(inlay: Inlay) -> None:
    answer = inlay("models", "list")
    assert answer.status == 0
    assert [line.split()[0] for line in answer.out.splitlines()] == ["starter"]
    assert "MIT" in answer.out


def test_a_model_tells_what_it_can(inlay: Inlay) -> None:
    answer = inlay("models", "info", "starter")
    assert answer.status == 0
    assert "inpaint" in answer.out
    assert str(known_models()[0].folder) in answer.out


def test_an_unknown_model_is_refused(refused: Refused) -> None:
    assert "no model called “nightingale”" in refused("models", "info", "nightingale")


def test_no_foreign_checkpoint_is_opened(refused: Refused, tmp_path: Path) -> None:
    checkpoint = tmp_path / "model.pth"
    checkpoint.write_bytes(b"\x80\x04.")
    assert "model.pth cannot be imported" in refused("models", "import", checkpoint)


def test_the_bench_reports_medians_and_the_machine(
    inlay: Inlay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "COPY_BYTES", 1024)
    monkeypatch.setattr(generation_speed, "SOUND_S", 2.0)
    report = tmp_path / "bench.json"
    answer = inlay("bench", "--repeats", 3, "--json", report)
    assert answer.status == 0, answer.err
    said = json.loads(report.read_text())
    assert said["machine"]["processor"]
    cases = said["generate"]["cases"]
    assert set(cases) == {"1 takes of 2 s", "4 takes of 2 s"}
    for case in cases.values():
        speed = case["times_real_time"]
        assert speed["least"] <= speed["median"] <= speed["most"]


def test_a_median_of_two_is_refused(refused: Refused) -> None:
    assert "at least 3" in refused("bench", "--repeats", 2)


def test_the_doctor_looks_at_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    found = {finding.part: finding for finding in findings()}
    assert {"Python", "PyTorch", "NVIDIA GPU", "Model Starter", "FluidSynth"} <= set(found)
    assert {"Sound font", "Sound card", "Display", "Disk"} <= set(found)
    assert not found["Display"].is_working
    assert found["Display"].remedy


def test_the_doctor_ends_well_whatever_it_finds(inlay: Inlay) -> None:
    answer = inlay("doctor")
    assert answer.status == 0
    assert "Python" in answer.out


def test_an_unknown_verb_is_refused(refused: Refused) -> None:
    assert "No such command 'genrate'" in refused("genrate")


def test_help_lists_the_verbs(inlay: Inlay) -> None:
    answer = inlay("--help")
    assert answer.status == 0
    for verb in ("generate", "inpaint", "extend", "analyze", "models", "bench", "doctor"):
        assert verb in answer.out
