"""The studio opened by a script, in a process of its own as a person would start it."""

from __future__ import annotations

import pytest

from app.cli.studio_speed import measure_studio


def test_a_scripted_studio_opens_light_and_gets_its_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    (run,) = measure_studio(1, is_with_tones=True)["runs"]
    assert run["heavy_libraries_loaded"] == []
    assert run["take_arrived"]
    assert run["window_shown_s"] > 0
    assert run["beats"] > 10
