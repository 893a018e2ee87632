from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.playback.audition import Audition


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
