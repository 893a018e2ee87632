"""The bars and the beat lengths that are told apart as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BEATS_PER_BAR = (4, 3, 6, 2)

SHORTEST_BEAT_S, LONGEST_BEAT_S = 0.14, 1.4
BEAT_LENGTHS_PER_OCTAVE = 12
N_BEAT_LENGTHS = 1 + round(BEAT_LENGTHS_PER_OCTAVE * np.log2(LONGEST_BEAT_S / SHORTEST_BEAT_S))
"""Classes of beat length, equally spaced in its logarithm: eighths of 6/8 at 200 bpm to quarters
at 43 bpm."""


def beat_length_places(beat_s: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Where lengths in seconds lie among the classes, unrounded, within their range."""
    octaves = np.log2(np.asarray(beat_s, dtype=np.float64) / SHORTEST_BEAT_S)
    return np.asarray(np.clip(BEAT_LENGTHS_PER_OCTAVE * octaves, 0.0, N_BEAT_LENGTHS - 1.0))


LEAST_LOG_SHARE = -4.0
"""No bar and no length is ruled out further than this."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Log-shares of the beats per bar, as in ``BEATS_PER_BAR``, and of the beat lengths."""

    log_per_bar: NDArray[np.float64]
    log_lengths: NDArray[np.float64]

    def __post_init__(self) -> None:
        for name in ("log_per_bar", "log_lengths"):
            object.__setattr__(self, name, np.maximum(getattr(self, name), LEAST_LOG_SHARE))

    def log_share_of_length(self, beat_s: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-share of lengths in seconds, between classes in a line."""
        places = beat_length_places(beat_s)
        return np.interp(places, np.arange(N_BEAT_LENGTHS), self.log_lengths)


ANY_PULSE = Pulse(np.zeros(len(BEATS_PER_BAR)), np.zeros(N_BEAT_LENGTHS))
"""Where nothing is known about the recording as a whole."""
