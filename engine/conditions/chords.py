"""The chord lane as frame features.

The first 37 numbers are those of Coco-Mulla: root one-hot (absolute), bass one-hot and tones
multi-hot (both above the root), no-chord flag. Behind them stand the bass and the tones once more
in absolute pitch classes, which spares a small model learning the rotation.

Source: Lin et al. 2023, "Content-based Controls for Music Large Language Modeling"
(arXiv 2310.17162), section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.harmony import parse_harte
from engine.score import Chord
from engine.timebase import CodecClock

N_RELATIVE = 37
N_CHORD_FEATURES = N_RELATIVE + 12 + 12
NO_CHORD_INDEX = 36


@lru_cache(maxsize=4096)
def chord_vector(label: str) -> NDArray[np.float32]:
    """The 61 features of a label, read-only; raises ``UnknownChord``."""
    vector = np.zeros(N_CHORD_FEATURES, dtype=np.float32)
    harmony = parse_harte(label)
    if harmony is None:
        vector[NO_CHORD_INDEX] = 1.0
    else:
        vector[harmony.root] = 1.0
        vector[12 + harmony.bass] = 1.0
        vector[[24 + tone for tone in harmony.tones]] = 1.0
        vector[N_RELATIVE + harmony.bass_pitch_class] = 1.0
        vector[[N_RELATIVE + 12 + pitch for pitch in harmony.pitch_classes]] = 1.0
    vector.flags.writeable = False
    return vector


def chord_features(
    chords: Iterable[Chord], clock: CodecClock, first_frame: int, n_frames: int
) -> NDArray[np.float32]:
    """Features ``[T, 61]`` of frames ``first_frame`` onwards; a later chord ends an earlier one.

    A chord begins in the frame its start falls in, so that the frame in which the harmony
    changes already asks for the new chord.
    """
    features = np.tile(chord_vector("N"), (n_frames, 1))
    for chord in sorted(chords, key=lambda chord: chord.span.start):
        start = clock.frame_at(chord.span.start) - first_frame
        end = clock.frames_covering(chord.span).end - first_frame
        if end > 0 and start < n_frames:
            features[max(start, 0) :] = chord_vector("N")
            features[max(start, 0) : end] = chord_vector(chord.label)
    return features
