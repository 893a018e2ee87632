"""The drum lane as frame features: six kinds of stroke, placed to half a frame."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.score import DrumHit
from engine.timebase import CodecClock, Frames

DRUM_CLASSES = ("kick", "snare", "closed hat", "cymbal", "tom", "other")
SLOTS_PER_FRAME = 2
N_DRUM_FEATURES = len(DRUM_CLASSES) * SLOTS_PER_FRAME

_CLASS_OF_PITCH = {
    **dict.fromkeys((35, 36), 0),
    **dict.fromkeys((37, 38, 39, 40), 1),
    **dict.fromkeys((42, 44), 2),
    **dict.fromkeys((46, 49, 51, 52, 53, 55, 57, 59), 3),
    **dict.fromkeys((41, 43, 45, 47, 48, 50), 4),
}


def drum_class(pitch: int) -> int:
    """Index into ``DRUM_CLASSES`` of a General MIDI percussion key."""
    return _CLASS_OF_PITCH.get(pitch, 5)


def drum_features(
    hits: Iterable[DrumHit], clock: CodecClock, first_frame: int, n_frames: int
) -> NDArray[np.float32]:
    """Features ``[T, 12]``: velocity / 127 of the loudest stroke per class and half frame.

    Column ``2 * class + half``.
    """
    features = np.zeros((n_frames, N_DRUM_FEATURES), dtype=np.float32)
    half_frame_s = clock.seconds_at(Frames(1)) / SLOTS_PER_FRAME
    for hit in hits:
        frame = clock.frame_at(hit.time)
        row = frame - first_frame
        if 0 <= row < n_frames:
            half = int(hit.time - clock.seconds_at(frame) >= half_frame_s)
            column = SLOTS_PER_FRAME * drum_class(hit.pitch) + half
            features[row, column] = max(features[row, column], hit.velocity / 127)
    return features
