"""Hundreds of kills of the engine process: none is lost on the parent, none leaves an orphan."""

from __future__ import annotations

import os
import random
import signal
import sys

import numpy as np
import pytest

from engine.cancel import CancelToken
from engine.errors import EngineStopped
from engine.events import Finished, Progress
from engine.host import HostedBackend
from engine.requests import Brief, GenerateRequest
from engine.score import Chord, Score
from engine.timebase import Seconds, Span
from engine.tone_backend import ToneBackend
from tests.engine.test_host import has_ended

KILLS = 300
SCORE = Score(Seconds(4.0), chords=(Chord(Span(Seconds(0.0), Seconds(4.0)), "A:min"),))
REQUEST = GenerateRequest(Brief(SCORE))


@pytest.mark.endurance
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
def test_three_hundred_kills_are_each_told_and_each_made_good() -> None:
    chance = random.Random(0)
    (expected,) = [
        event for event in ToneBackend().run(REQUEST, CancelToken()) if isinstance(event, Finished)
    ]
    hosted = HostedBackend(ToneBackend)
    killed: list[int] = []
    for _ in range(KILLS):
        kill_at = chance.randrange(100)
        try:
            for event in hosted.run(REQUEST, CancelToken()):
                process = hosted.process_id
                if isinstance(event, Progress) and event.done == kill_at and process is not None:
                    os.kill(process, signal.SIGKILL)
                    killed.append(process)
        except EngineStopped:
            continue
        # Killed so late that everything had been sent: the result must be whole.
        assert isinstance(event, Finished)
        np.testing.assert_array_equal(event.takes[0].audio.samples, expected.takes[0].audio.samples)
    hosted.close()
    assert len(killed) > 0.9 * KILLS
    assert all(has_ended(process) for process in killed)
