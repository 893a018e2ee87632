from __future__ import annotations

import numpy as np
import pytest

from engine.cancel import Cancelled, CancelToken
from engine.events import Analysis, Analyzed, Progress, Stage
from engine.requests import AnalyzeRequest, Audio
from engine.tasks.analyze import analyze

AUDIO = Audio(np.zeros((1, 100), np.float32), 100)
HEARD = Analysis((), (), (), {}, 120.0, "C:maj", -20.0, -3.0)


class Ear:
    def __init__(self) -> None:
        self.recordings: list[Audio] = []

    def analyze(self, audio: Audio) -> Analysis:
        self.recordings.append(audio)
        return HEARD


def test_the_answer_is_what_the_recogniser_hears() -> None:
    ear = Ear()
    events = list(analyze(ear, AnalyzeRequest(AUDIO), CancelToken()))
    assert events == [
        Progress(Stage.LISTENING, 0, 1), Progress(Stage.LISTENING, 1, 1), Analyzed(HEARD),
    ]  # fmt: skip
    assert ear.recordings == [AUDIO]


def test_a_cancel_before_listening_hears_nothing() -> None:
    ear, cancel = Ear(), CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(analyze(ear, AnalyzeRequest(AUDIO), cancel))
    assert ear.recordings == []
