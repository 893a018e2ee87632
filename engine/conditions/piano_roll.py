"""The note lane as frame features: which pitches sound, and which are struck how hard."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.score import Note
from engine.timebase import CodecClock

N_PITCHES = 128
N_NOTE_FEATURES = 2 * N_PITCHES


def note_features(
    notes: Iterable[Note], clock: CodecClock, first_frame: int, n_frames: int
) -> NDArray[np.float32]:
    """Features ``[T, 256]``: 128 held (0 or 1), then 128 struck (velocity / 127 at the onset).

    A note is held in every frame it sounds in.
    """
    features = np.zeros((n_frames, N_NOTE_FEATURES), dtype=np.float32)
    for note in notes:
        frames = clock.frames_covering(note.span)
        start, end = frames.start - first_frame, frames.end - first_frame
        if start >= n_frames or end <= 0:
            continue
        features[max(start, 0) : end, note.pitch] = 1.0
        if start >= 0:
            struck = N_PITCHES + note.pitch
            features[start, struck] = max(features[start, struck], note.velocity / 127)
    return features
