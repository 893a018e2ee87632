"""Hear what is in a recording."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cancel import CancelToken
from engine.events import Analyzed, Event, Progress, Stage
from engine.hearing.recogniser import Recogniser
from engine.requests import AnalyzeRequest


def analyze(
    recogniser: Recogniser, request: AnalyzeRequest, cancel: CancelToken
) -> Iterator[Event]:
    """Chords, beats, tempo, key, strokes and level of ``request.audio``."""
    yield Progress(Stage.LISTENING, 0, 1)
    cancel.raise_if_cancelled()
    analysis = recogniser.analyze(request.audio)
    cancel.raise_if_cancelled()
    yield Progress(Stage.LISTENING, 1, 1)
    yield Analyzed(analysis)
