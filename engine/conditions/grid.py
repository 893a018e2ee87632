"""The bar grid as frame features: where in its beat and in its bar each frame begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.score import Score
from engine.timebase import CodecClock, Frames, TempoMap

N_GRID_FEATURES = 4


def grid_features(
    score: Score, clock: CodecClock, first_frame: int, n_frames: int
) -> NDArray[np.float32]:
    """Features ``[T, 4]``: sine and cosine of the phase in the beat, then of that in the bar."""
    tempo = TempoMap(score.tempo_bpm, score.meter)
    frames = range(first_frame, first_frame + n_frames)
    times = np.array([clock.seconds_at(Frames(frame)) for frame in frames])
    angles = 2 * np.pi * (times - score.first_downbeat)
    beat = angles / tempo.seconds_at(score.meter.beat_ticks)
    bar = angles / tempo.seconds_at(score.meter.bar_ticks)
    columns = [np.sin(beat), np.cos(beat), np.sin(bar), np.cos(bar)]
    return np.stack(columns, axis=1).astype(np.float32)
