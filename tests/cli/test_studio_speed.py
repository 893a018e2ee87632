"""The studio opened by a script, in a process of its own as a person would start it."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from app.cli.studio_speed import run_probe
from app.cli.stutter import Stutter


def test_a_scripted_studio_opens_light_and_gets_its_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    run = run_probe("tones")
    assert run["heavy_libraries_loaded"] == []
    assert run["take_arrived"]
    assert run["window_shown_s"] > 0
    assert run["beats"] > 10


def busy_for(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def asleep_for(seconds: float) -> None:
    threading.Event().wait(seconds)


def block_of(qtbot: QtBot, work: object) -> dict[str, object]:
    """The longest block while the main thread does something once."""
    stutter = Stutter()
    stutter.start()
    qtbot.wait(20)
    work()  # type: ignore[operator]
    qtbot.wait(40)
    summary = stutter.summary()
    stutter.close()
    (first, *_) = summary["longest"]  # type: ignore[misc]
    return first


def test_a_block_of_our_own_work_is_told_from_one_of_waiting(qtbot: QtBot) -> None:
    busy = block_of(qtbot, lambda: busy_for(0.08))
    assert busy["wall_ms"] >= 70
    assert busy["cpu_ms"] >= 70
    waiting = block_of(qtbot, lambda: asleep_for(0.08))
    assert waiting["wall_ms"] >= 70
    assert waiting["cpu_ms"] < 40


def test_a_part_begins_with_no_blocks_of_the_one_before(qtbot: QtBot) -> None:
    stutter = Stutter()
    stutter.start()
    qtbot.wait(20)
    asleep_for(0.06)
    qtbot.wait(20)
    assert stutter.summary()["longest_block_ms"] >= 40
    stutter.clear()
    assert stutter.summary()["longest"] == []
    stutter.close()
