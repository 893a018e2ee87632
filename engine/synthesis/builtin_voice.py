"""A small voice that needs no soundfont: plucked, struck and blown tones, and simple drums.

It is there so that lanes can be heard on a machine without FluidSynth; it does not try to sound
like any instrument.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.score import DrumHit, Note
from engine.synthesis import general_midi as gm
from engine.synthesis.voice import Stereo
from engine.timebase import Seconds, samples_at

RELEASE_S = 0.06
STROKE_S = 0.4
LOUDNESS = 0.12
KICKS = frozenset({35, gm.KICK})
SNARES = frozenset({gm.SNARE, 40, gm.CLAP, gm.RIM})
TOMS = frozenset({41, 43, 45, 47, 48, 50})
HELD_PROGRAMS = frozenset({*range(16, 24), *range(40, 46), *range(48, 104), 110})

Mono = NDArray[np.float32]


class BuiltinVoice:
    """Additive tones and noise drums; holds no native memory."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate_hz = sample_rate_hz

    @property
    def sample_rate_hz(self) -> int:
        """Rate of everything this voice returns."""
        return self._rate_hz

    def play_notes(self, program: int, notes: Sequence[Note], duration: Seconds) -> Stereo:
        """Sound float32 [2, N]: held tones for organs, bows, winds and pads, else plucked ones."""
        n = samples_at(duration, self._rate_hz)
        sound = np.zeros(n, dtype=np.float32)
        for note in notes:
            length_s = note.span.end - note.span.start + RELEASE_S
            cached_s = 2.0 ** math.ceil(math.log2(length_s))  # few lengths, so that few are made
            whole = _tone(note.pitch, cached_s, self._rate_hz, program in HELD_PROGRAMS)
            tone = whole[: samples_at(Seconds(length_s), self._rate_hz)].copy()
            n_release = int(RELEASE_S * self._rate_hz)
            tone[-n_release:] *= np.linspace(1, 0, n_release, dtype=np.float32)
            self._add(sound, tone, note.span.start, note.velocity)
        return np.stack([sound, sound])

    def play_hits(self, kit: int, hits: Sequence[DrumHit], duration: Seconds) -> Stereo:
        """Sound float32 [2, N] of kick, snare, toms, hats and cymbals; all kits sound alike."""
        del kit
        sound = np.zeros(samples_at(duration, self._rate_hz), dtype=np.float32)
        for hit in hits:
            self._add(sound, _stroke(hit.pitch, self._rate_hz), hit.time, hit.velocity)
        return np.stack([sound, sound])

    def close(self) -> None:
        """Nothing to give back."""

    def _add(self, sound: Mono, tone: Mono, start: Seconds, velocity: int) -> None:
        first = samples_at(Seconds(max(0.0, start)), self._rate_hz)
        room = sound[first : first + len(tone)]
        room += tone[: len(room)] * np.float32(LOUDNESS * velocity / 127)


@lru_cache(maxsize=256)
def _tone(pitch: int, length_s: float, rate_hz: int, is_held: bool) -> Mono:
    """Six partials below the Nyquist rate; plucked ones fade, the upper ones sooner."""
    n = math.ceil(length_s * rate_hz)
    time = np.arange(n) / rate_hz
    frequency_hz = 440.0 * 2 ** ((pitch - 69) / 12)
    tone = np.zeros(n)
    for partial in range(1, 7):
        if partial * frequency_hz < 0.45 * rate_hz:
            wave = np.sin(2 * np.pi * partial * frequency_hz * time)
            decay = 1.0 if is_held else np.exp(-time * (1.2 + 1.6 * partial))
            tone += wave * decay / partial**1.2
    n_attack = min(n, int((0.02 if is_held else 0.003) * rate_hz))
    tone[:n_attack] *= np.linspace(0, 1, n_attack)
    return tone.astype(np.float32)


@lru_cache(maxsize=128)
def _stroke(key: int, rate_hz: int) -> Mono:
    """One drum stroke at full velocity."""
    time = np.arange(int(STROKE_S * rate_hz)) / rate_hz
    noise = np.random.default_rng(key).standard_normal(len(time))
    if key in KICKS:
        sweep_hz = 48 + 110 * np.exp(-time * 45)
        wave = 3.0 * np.sin(2 * np.pi * np.cumsum(sweep_hz) / rate_hz) * np.exp(-time * 11)
    elif key in SNARES:
        wave = noise * np.exp(-time * 24)
        wave += 1.2 * np.sin(2 * np.pi * 190 * time) * np.exp(-time * 28)
    elif key in TOMS:
        wave = 2.0 * np.sin(2 * np.pi * (70 + 8 * (key - 41)) * time) * np.exp(-time * 9)
    else:
        ringing = 9.0 if key in (gm.OPEN_HAT, gm.CRASH, 57, gm.RIDE, gm.RIDE_BELL, 59) else 55.0
        wave = 0.7 * np.diff(noise, prepend=0.0) * np.exp(-time * ringing)
    wave[-256:] *= np.linspace(1, 0, 256)
    return wave.astype(np.float32)
