"""A take is seen and heard while it is being played."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Application
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.prompt import SetLength
from app.model.lane import LaneId
from engine.timebase import Samples, Ticks

CTRL = Qt.KeyboardModifier.ControlModifier
WAIT_MS = 20_000
HELD_AT_FRAME = 60
"""Two previews of a second each have been sent by then."""

OpenStudio = Callable[..., Application]
Press = Callable[..., None]


class Held:
    """A studio whose engine waits in the middle of every run."""

    def __init__(self, open_studio: OpenStudio, qtbot: QtBot) -> None:
        self.go_on = threading.Event()
        self.studio = open_studio(pace=self._pace)
        self.qtbot = qtbot
        self.studio.document.apply(SetLength(2))
        self.studio.document.apply(PasteLeadSheet("Am F", Ticks(0)))
        self.studio.studio.arrange.solo(LaneId.AUDIO)

    def _pace(self, step: int) -> None:
        if step == HELD_AT_FRAME:
            assert self.go_on.wait(20)

    def wait_until_ready(self, seconds: float) -> None:
        growing = self.studio.growing
        self.qtbot.waitUntil(
            lambda: growing.sound is not None and growing.sound.ready_s >= seconds, timeout=WAIT_MS
        )

    def wait_until_idle(self) -> None:
        self.go_on.set()
        queue = self.studio.queue
        self.qtbot.waitUntil(lambda: queue.running is None and not queue.n_waiting, timeout=WAIT_MS)

    def heard(self, first_s: float, last_s: float) -> float:
        """The loudest sample that playing would give between two times."""
        sound = self.studio.sound
        rate = sound.output.sample_rate_hz
        part = sound._program[round(first_s * rate) : round(last_s * rate)]
        return float(np.abs(part).max(initial=0.0))


@pytest.fixture
def held(open_studio: OpenStudio, qtbot: QtBot) -> Iterator[Held]:
    held = Held(open_studio, qtbot)
    yield held
    held.studio.queue.cancel_all()
    held.wait_until_idle()


def test_what_is_ready_is_seen_and_heard_before_the_rest_exists(held: Held, press: Press) -> None:
    press(held.studio, Qt.Key.Key_Return, CTRL)
    held.wait_until_ready(2.0)
    sound = held.studio.growing.sound
    assert sound is not None
    assert sound.regions == (held.studio.document.project.tempo.bars(1, 2),)
    assert not held.studio.document.project.audio.clips
    held.qtbot.waitUntil(lambda: held.heard(0.1, 1.9) > 0.01, timeout=WAIT_MS)
    assert held.heard(2.1, 4.0) == 0.0
    press(held.studio, Qt.Key.Key_Space)
    assert held.studio.sound.transport.is_playing


def test_the_finished_take_replaces_it(held: Held, press: Press) -> None:
    press(held.studio, Qt.Key.Key_Return, CTRL)
    held.wait_until_ready(2.0)
    growing = held.studio.growing.sound
    assert growing is not None
    ((start, early),) = growing.stretches()
    held.wait_until_idle()
    assert held.studio.growing.sound is None
    (clip,) = held.studio.document.project.audio.clips
    take = held.studio.files.folder.pool.read(clip.asset).samples
    assert start == Samples(0)
    n_early = early.samples.shape[1]
    assert np.abs(take[:, :n_early] - early.samples).max() < 2**-22


def test_bars_played_anew_are_heard_over_the_old_ones(held: Held, press: Press) -> None:
    held.go_on.set()
    press(held.studio, Qt.Key.Key_Return, CTRL)
    held.wait_until_idle()
    held.go_on.clear()
    held.studio.document.apply(SetLength(4))
    held.studio.studio.extend.forward()
    held.wait_until_ready(2.0)
    growing = held.studio.growing.sound
    assert growing is not None
    ((start, _),) = growing.stretches()
    assert start == 4 * 32_000


def test_cancelling_takes_it_away_and_says_what_was_kept(held: Held, press: Press) -> None:
    before = held.studio.document.undo_names
    press(held.studio, Qt.Key.Key_Return, CTRL)
    held.wait_until_ready(2.0)
    press(held.studio, Qt.Key.Key_Period, CTRL)
    held.wait_until_idle()
    assert held.studio.growing.sound is None
    assert held.studio.document.undo_names == before
    assert not held.studio.document.project.audio.clips
    assert "waits in the bin" in held.studio.window.status.said.text()
