from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.playback.audition import Audition
from engine.synthesis.voice import Voice, open_voice


@pytest.fixture
def audition(qtbot: QtBot) -> Iterator[Audition]:
    audition = Audition(32_000)
    yield audition
    audition.close()


def test_notes_strokes_and_chords_can_be_heard(audition: Audition, qtbot: QtBot) -> None:
    for ask in (
        lambda: audition.note(60, 90),
        lambda: audition.stroke(38, 90),
        lambda: audition.chord("A:min7"),
    ):
        with qtbot.waitSignal(audition.rendered, timeout=10_000) as heard:
            ask()
        frames = heard.args[0]
        assert frames.shape[1] == 2
        assert np.abs(frames).max() > 0.01


def test_a_chord_that_is_not_known_is_silent(audition: Audition, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(audition.rendered, wait=50):
        audition.chord("H:what")
        audition.chord("N")


def test_closing_behind_a_waiting_note_still_ends_the_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_open, threads = threading.Event(), []

    def slow_to_open(rate_hz: int) -> Voice:
        threads.append(threading.current_thread())
        assert is_open.wait(10)
        return open_voice(rate_hz)

    monkeypatch.setattr("app.playback.audition.open_voice", slow_to_open)
    audition = Audition(32_000)
    for pitch in (60, 62):
        audition.note(pitch, 90)
    qtbot.waitUntil(lambda: bool(threads))
    audition.note(64, 90)
    audition.close()
    is_open.set()
    threads[0].join(10)
    assert not threads[0].is_alive()
