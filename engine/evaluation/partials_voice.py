"""A bare voice: every note a steady sum of sine waves, and no drums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.score import Note
from engine.synthesis.voice import Stereo
from engine.timebase import Seconds, samples_at

ATTACK_S, RELEASE_S = 0.01, 0.03
LOUDNESS = 0.1

SINE = {1.0: 1.0}
DRAWBAR_ORGAN = {0.5: 0.5, 1.0: 1.0, 1.5: 0.5, 2.0: 0.7, 3.0: 0.5, 4.0: 0.5, 6.0: 0.3, 8.0: 0.3}
"""Frequencies as multiples of the note's own, and their amplitudes."""


def play_partials(
    partials: dict[float, float], notes: Sequence[Note], duration: Seconds, rate_hz: int
) -> Stereo:
    """Sound float32 ``[1, N]`` of notes without any change of level but soft edges."""
    sound = np.zeros(samples_at(duration, rate_hz))
    for note in notes:
        first = samples_at(note.span.start, rate_hz)
        end = min(note.span.end + RELEASE_S, duration)
        time = np.arange(samples_at(Seconds(end), rate_hz) - first) / rate_hz
        length_s = note.span.end - note.span.start + RELEASE_S
        edges = np.minimum(time / ATTACK_S, (length_s - time) / RELEASE_S).clip(0.0, 1.0)
        pitch_hz = 440.0 * 2.0 ** ((note.pitch - 69) / 12)
        tone = sum(
            amplitude * np.sin(2 * np.pi * multiple * pitch_hz * time)
            for multiple, amplitude in partials.items()
            if multiple * pitch_hz < rate_hz / 2
        )
        sound[first : first + len(time)] += LOUDNESS * note.velocity / 127 * edges * tone
    return np.asarray(sound[None], dtype=np.float32)
